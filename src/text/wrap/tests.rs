use super::*;

const OPTIONS: Options = Options {
    base: Direction::Ltr,
    force: false,
    shape: true,
    marks: true,
};

fn shown(line: &VisualLine) -> String {
    line.cells.iter().map(|cell| cell.symbol.as_str()).collect()
}

fn rows(text: &str, width: u16) -> Vec<String> {
    layout(text, width, &OPTIONS).iter().map(shown).collect()
}

#[test]
fn words_wrap_at_spaces() {
    assert_eq!(
        rows("the rebels took the school", 10),
        ["the rebels", "took the", "school"]
    );
    assert_eq!(rows("a\n\nb\n", 10), ["a", "", "b"]);
}
