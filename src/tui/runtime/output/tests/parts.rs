//! Frames that come in parts, over a slow line.

use super::*;

#[test]
fn over_a_slow_line_a_frame_comes_in_parts() {
    let mut bench = Bench::new(120, 40);
    bench.terminal.backend_mut().set_part(Some(200));
    let first = bench.show(&list(120, 40, 0), None);
    assert!(bench.terminal.backend().is_unfinished());
    // the row that reaches the limit is the last, and no bracket hides the part
    assert!((200..300).contains(&first.len()), "{}", first.len());
    assert!(!first.contains("2026h"), "{first:?}");
    // the mark moves on before the rest has come
    let wanted = list(120, 40, 1);
    let second = bench.show(&wanted, None);
    assert!(second.contains('▌') && second.len() < 300, "{second:?}");
    while bench.terminal.backend().is_unfinished() {
        bench.show(&wanted, None);
    }
    bench.assert_shows(&wanted, None);
    assert_eq!(bench.show(&wanted, None), "");
}

#[test]
fn a_row_that_waits_is_not_painted_on_the_way_to_the_cursor() {
    let mut bench = Bench::new(4, 8);
    bench.terminal.backend_mut().set_part(Some(17));
    let until_whole = |bench: &mut Bench, wanted: &Buffer| {
        bench.show(wanted, None);
        while bench.terminal.backend().is_unfinished() {
            bench.show(wanted, None);
        }
    };
    let mut wanted = Buffer::empty(Rect::new(0, 0, 4, 8));
    put(&mut wanted, (0, 3, 1, " ", Style::new().on_light_blue()));
    until_whole(&mut bench, &wanted);
    // three rows down, a rule at the top, and the cursor in a row that the part does not reach
    wanted.content.rotate_right(12);
    put(&mut wanted, (0, 0, 3, "│\u{202d}", Style::new()));
    bench.show(&wanted, Some(Position { x: 1, y: 3 }));
    assert!(bench.terminal.backend().is_unfinished());
    // the row is as it was before it was painted at all
    wanted.content.rotate_left(12);
    until_whole(&mut bench, &wanted);
    bench.assert_shows(&wanted, None);
}
