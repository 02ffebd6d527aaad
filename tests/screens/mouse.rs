//! The mouse over the text: clicks on names, dragging, copying.

use khabar::corpus::{Field, Span};
use khabar::tui::effect::Effect;
use khabar::tui::geometry::Pane;
use khabar::tui::message::{Message, MouseKind};
use khabar::tui::model::page::place_of;
use proptest::prelude::*;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use crate::driver::{Driver, corpus_of};

const MIXED: &str = "قوات الجيش السوري في حلب\n\nقالت الأمم المتحدة (UN) إن 2500 شخص غادروا حلب، \
    أي 45.5% من سكان الحي، بلا ماء ولا سلاح. السَّلامُ عَلَيْكُم: لَا.\n\n\
    Reuters said: «لا للحرب» in Aleppo, and e\u{301}tait 漢字 👩\u{200d}👧.\n";

fn mixed(columns: u16, rows: u16) -> Driver {
    let mut driver = Driver::new(corpus_of(&[("a.txt", MIXED)]), columns, rows);
    driver.keys("2z");
    driver
}

fn lines(driver: &Driver) -> Rect {
    let page = driver.model.reader.page.as_ref().unwrap();
    let geometry = driver.model.geometry();
    geometry.text_lines(page.options.width).unwrap()
}

fn mouse(driver: &mut Driver, kind: MouseKind, (column, row): (u16, u16)) {
    driver.send(Message::Mouse { kind, column, row });
}

fn drag(driver: &mut Driver, from: (u16, u16), to: (u16, u16)) {
    mouse(driver, MouseKind::Click, from);
    mouse(driver, MouseKind::Drag, to);
    mouse(driver, MouseKind::Release, to);
}

/// Column and row of the first cell of the text that shows a byte.
fn cell_of(driver: &Driver, byte: usize) -> (u16, u16) {
    let page = driver.model.reader.page.as_ref().unwrap();
    let area = lines(driver);
    let line = page.line_of(Field::Text, byte);
    let row = &page.lines[line].line;
    let columns = row.columns_of(&(byte..byte + 1));
    let y = area.y + u16::try_from(line - driver.model.reader.top).unwrap();
    (area.x + row.left_edge(area.width) + columns[0].start, y)
}

fn copied(driver: &Driver) -> Option<&str> {
    driver.outside.iter().rev().find_map(|effect| match effect {
        Effect::Copy { text, .. } => Some(text.as_str()),
        _ => None,
    })
}

/// Columns and rows.
type Cells = Vec<(u16, u16)>;

/// The cells of the text that are reversed, and those that show a byte of one of `spans`.
fn lit_and_meant(driver: &Driver, spans: &[Span]) -> (Cells, Cells) {
    let buffer = driver.buffer();
    let area = lines(driver);
    let lit = area
        .positions()
        .filter(|at| buffer[*at].modifier.contains(Modifier::REVERSED))
        .map(|at| (at.x, at.y))
        .collect();
    let page = driver.model.reader.page.as_ref().unwrap();
    let mut meant = Vec::new();
    for (y, line) in (area.y..area.bottom()).zip(&page.lines[driver.model.reader.top..]) {
        let mut x = area.x + line.line.left_edge(area.width);
        for cell in &line.line.cells {
            let shows = |span: &Span| {
                (span.start as usize) < cell.source.end && cell.source.start < span.end as usize
            };
            // the second column of a wide cell has no look of its own
            if spans.iter().any(shows) {
                meant.push((x, y));
            }
            x += u16::from(cell.width);
        }
    }
    (lit, meant)
}

#[test]
fn dragging_over_arabic_copies_it_in_logical_order() {
    let mut driver = mixed(80, 24);
    let from = MIXED.find("الأمم").unwrap();
    let to = MIXED.find("(UN)").unwrap() + 2;
    let (start, end) = (cell_of(&driver, from), cell_of(&driver, to));
    assert!(start.0 > end.0, "from the right to the left");
    drag(&mut driver, start, end);
    assert_eq!(copied(&driver), Some("الأمم المتحدة (UN"));
    // backwards it is the same
    driver.outside.clear();
    drag(&mut driver, end, start);
    assert_eq!(copied(&driver), Some("الأمم المتحدة (UN"));
    // up to a Latin letter the range is two stretches: the letters after it stand between
    let u = cell_of(&driver, to - 1);
    drag(&mut driver, start, u);
    assert_eq!(copied(&driver), Some("الأمم المتحدة (U"));
    let (lit, _) = lit_and_meant(&driver, &[]);
    let row: Vec<u16> = lit.iter().map(|(x, _)| *x).collect();
    let gaps = row.windows(2).filter(|pair| pair[1] > pair[0] + 1);
    assert_eq!(gaps.count(), 1, "{row:?}");
    drag(&mut driver, start, end);
    // y copies it again, Y with its citation, Esc drops it
    driver.outside.clear();
    driver.keys("y");
    assert_eq!(copied(&driver), Some("الأمم المتحدة (UN"));
    driver.keys("Y");
    assert!(copied(&driver).unwrap().contains("sha256:"));
    driver.keys("<Esc>");
    assert_eq!(driver.model.reader.range, None);
}

#[test]
fn a_lam_alef_is_selected_whole() {
    let mut driver = mixed(80, 24);
    let at = cell_of(&driver, MIXED.find("لَا.").unwrap());
    mouse(&mut driver, MouseKind::Click, at);
    mouse(&mut driver, MouseKind::Drag, at);
    mouse(&mut driver, MouseKind::Release, at);
    assert_eq!(copied(&driver), Some("لَا"));
}

#[test]
fn a_click_on_a_name_stands_on_it_and_copies_nothing() {
    let mut driver = mixed(80, 24);
    let name = MIXED.find("الأمم").unwrap();
    let at = cell_of(&driver, name + 4);
    drag(&mut driver, at, at);
    driver.outside.clear();
    mouse(&mut driver, MouseKind::Click, at);
    mouse(&mut driver, MouseKind::Release, at);
    assert_eq!(copied(&driver), None);
    assert_eq!(driver.model.reader.range, None, "a click drops the range");
    let page = driver.model.reader.page.clone().unwrap();
    let article = driver.model.open_article().unwrap();
    let mark = page.marks[driver.model.reader.mark.unwrap()];
    let (_, span) = place_of(article, mark).unwrap();
    assert!(span.of(MIXED).contains("الأمم"), "{}", span.of(MIXED));
    // beside the text is no name
    let area = lines(&driver);
    mouse(&mut driver, MouseKind::Click, (area.x, area.bottom() - 1));
    assert_eq!(driver.model.reader.mark, None);
}

#[test]
fn dragging_over_the_edge_scrolls() {
    let text = "Eine Zeile.\n".repeat(60);
    let mut driver = Driver::new(corpus_of(&[("a.txt", &text)]), 80, 24);
    driver.keys("2z");
    let area = lines(&driver);
    mouse(&mut driver, MouseKind::Click, (area.x, area.y));
    for _ in 0..5 {
        mouse(&mut driver, MouseKind::Drag, (area.x, area.bottom()));
    }
    assert_eq!(driver.model.reader.top, 5);
    let (field, span) = driver.model.reader.range.unwrap();
    let shown = usize::from(area.height) + 4;
    assert_eq!((field, span.start), (Field::Text, 0));
    assert_eq!(span.of(&text).lines().count(), shown + 1);
}

#[test]
fn dragging_that_began_elsewhere_selects_nothing() {
    let mut driver = Driver::new(corpus_of(&[("a.txt", MIXED)]), 120, 40);
    let list = driver.model.geometry().pane(Pane::Articles).unwrap();
    let text = lines(&driver);
    drag(&mut driver, (list.x + 3, list.y), (text.x + 20, text.y + 2));
    assert_eq!(driver.model.reader.range, None);
    assert!(driver.outside.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_lit_is_what_is_copied(
        columns in 60_u16..110,
        from in (0_u16..110, 0_u16..24),
        to in (0_u16..110, 0_u16..24),
    ) {
        let mut driver = mixed(columns, 24);
        let area = lines(&driver);
        let inside = |(x, y): (u16, u16)| (area.x + x % area.width, area.y + y % area.height);
        drag(&mut driver, inside(from), inside(to));
        let Some((field, span)) = driver.model.reader.range else {
            prop_assert!(copied(&driver).is_none());
            return Ok(());
        };
        prop_assert_eq!(field, Field::Text);
        prop_assert_eq!(copied(&driver), MIXED.get(span.range()));
        let page = driver.model.reader.page.clone().unwrap();
        let mark = driver.model.reader.mark.map(|i| page.marks[i]);
        let mark = mark.and_then(|mark| place_of(driver.model.open_article()?, mark));
        let spans: Vec<Span> = mark.map(|(_, span)| span).into_iter().chain([span]).collect();
        let (lit, mut meant) = lit_and_meant(&driver, &spans);
        meant.sort_by_key(|(x, y)| (*y, *x));
        prop_assert_eq!(lit, meant);
        // whole clusters: a range never begins or ends inside of a cell
        for cell in page.lines.iter().flat_map(|line| &line.line.cells) {
            let (start, end) = (span.start as usize, span.end as usize);
            let cut = |at: usize| cell.source.start < at && at < cell.source.end;
            prop_assert!(!cut(start) && !cut(end), "{:?} cuts {:?}", span, cell);
        }
    }
}
