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

fn row(text: &str, width: u16) -> String {
    shown(&layout_line(text, width, &OPTIONS))
}

#[test]
fn lines_break_where_words_do() {
    let cases: &[(&str, u16, &[&str])] = &[
        (
            "the rebels took the school",
            10,
            &["the rebels", "took the", "school"],
        ),
        ("a\n\nb\n", 10, &["a", "", "b"]),
        ("  indented text", 8, &["", "indented", "text"]),
        ("trailing   \nspace", 8, &["trailing", "space"]),
        ("wide     gap", 6, &["wide", "gap"]),
        ("Al-Nusra-Front", 9, &["Al-Nusra-", "Front"]),
        ("minus -5 and 3-4", 7, &["minus", "-5 and", "3-4"]),
        ("Donaudampfschiff", 6, &["Donaud", "ampfsc", "hiff"]),
        ("10\u{a0}km weit", 6, &["10 km", "weit"]),
        (
            "Waffen\u{ad}still\u{ad}stand",
            7,
            &["Waffen-", "still-", "stand"],
        ),
        ("Waffen\u{ad}stand", 20, &["Waffenstand"]),
        ("ab\u{200b}cd", 3, &["ab", "cd"]),
        (
            "漢字「仮名」です。",
            4,
            &["漢字", "「仮", "名」", "で", "す。"],
        ),
        ("漢", 1, &["\u{fffd}"]),
        ("tab\there", 20, &["tab here"]),
        ("", 5, &[]),
    ];
    for (text, width, expected) in cases {
        assert_eq!(&rows(text, *width), expected, "{text:?} in {width}");
    }
}

#[test]
fn rows_are_reordered_after_they_are_broken() {
    // the first word stays in the first row; a word cut in two stays joined
    assert_eq!(rows("سلام عليكم", 6), ["ﻡﻼﺳ", "ﻢﻜﻴﻠﻋ"]);
    assert_eq!(rows("عليكم", 3), ["ﻴﻠﻋ", "ﻢﻜ"]);
    assert_eq!(rows("قال Reuters إن", 11), ["Reuters ﻝﺎﻗ", "ﻥﺇ"]);
    assert_eq!(rows("حلب (Aleppo) 2016", 12), ["(Aleppo) ﺐﻠﺣ", "2016"]);
}

#[test]
fn the_end_of_a_row_that_was_cut_is_its_logical_end() {
    let cases: &[(&str, u16, &str)] = &[
        ("The battle", 10, "The battle"),
        ("The battle", 9, "The batt…"),
        ("The battle", 4, "The…"),
        ("The battle", 5, "The…"),
        ("The battle", 1, "…"),
        ("The battle", 0, ""),
        (" two\n\n lines\t", 20, "two lines"),
        ("سلام عليكم", 8, "…ﻴﻠﻋ ﻡﻼﺳ"),
        ("漢字漢字", 6, "漢字…"),
        ("漢字漢字", 8, "漢字漢字"),
        ("abc سلام عليكم", 10, "abc ﻋ ﻡﻼﺳ…"),
    ];
    for (text, width, expected) in cases {
        assert_eq!(row(text, *width), *expected, "{text:?} in {width}");
    }
    let line = layout_line("The battle of Aleppo ", 6, &OPTIONS);
    assert_eq!(
        line.cells.last().map(|cell| cell.source.clone()),
        Some(5..20)
    );
    let ascii = layout_line_ascii("a\u{1b}b\u{202e}c longer", 12, &OPTIONS);
    assert_eq!(shown(&ascii), "a?b<RLO>c l~");
}

#[test]
fn hostile_characters_are_shown_and_steer_nothing() {
    assert_eq!(
        rows("a\u{1b}[2Jb\u{9b}0m\u{7f}\u{0}", 40),
        ["a␛[2Jb‹9B›0m␡␀"]
    );
    // an override does not turn the text behind it round
    assert_eq!(rows("user\u{202e}txt.exe", 40), ["user‹RLO›txt.exe"]);
    assert_eq!(rows("حلب\u{202d}دمشق", 40), ["ﻖﺸﻣﺩ‹LRO›ﺐﻠﺣ"]);
    assert_eq!(
        rows("a\u{feff}b\u{2066}c\u{fffe}", 40),
        ["a‹BOM›b‹LRI›c‹FFFE›"]
    );
    assert_eq!(
        rows("flag 🏴\u{e0067}\u{e0062}\u{e007f}.", 40),
        ["flag 🏴‹TAG›."]
    );
    // a stand-in that does not fit is one cell
    assert_eq!(rows("\u{202e}", 4), ["\u{fffd}"]);
}

#[test]
fn marks_ride_on_their_letter_and_are_few() {
    let zalgo = format!("a{}", "\u{336}".repeat(1000));
    assert_eq!(rows(&zalgo, 10), ["a\u{336}\u{336}\u{336}\u{336}"]);
    assert_eq!(rows("\u{301}x", 10), ["\u{25cc}\u{301}x"]);
    assert_eq!(rows("u\u{308}", 10), ["ü"]);
    let bare = Options {
        marks: false,
        ..OPTIONS
    };
    let lines = layout("مُحَمَّد a\u{336}", 10, &bare);
    assert_eq!(
        lines.iter().map(shown).collect::<Vec<_>>(),
        ["a\u{336} ﺪﻤﺤﻣ"]
    );
}

#[test]
fn clusters_whose_width_terminals_dispute_are_cells_that_they_do_not() {
    let widths = |text| -> Vec<(String, u8)> {
        let lines = layout(text, 40, &OPTIONS);
        let cells = lines.iter().flat_map(|line| &line.cells);
        cells
            .map(|cell| (cell.symbol.to_string(), cell.width))
            .collect()
    };
    let cell = |symbol: &str, width| (symbol.to_owned(), width);
    assert_eq!(widths("👨\u{200d}👩"), [cell("👨", 2), cell("👩", 2)]);
    assert_eq!(widths("👍🏽"), [cell("👍", 2)]);
    assert_eq!(widths("❤\u{fe0f}"), [cell("❤", 1)]);
    assert_eq!(widths("🇩🇪"), [cell("🇩🇪", 2)]);
    assert_eq!(widths("क्ष"), [cell("क\u{94d}", 1), cell("ष", 1)]);
    assert_eq!(widths("ﻻ"), [cell("ﻻ", 1)]);
}

#[test]
fn unshaped_text_keeps_its_letters() {
    let unshaped = Options {
        shape: false,
        ..OPTIONS
    };
    let lines = layout("سلام می\u{200c}روم", 20, &unshaped);
    assert_eq!(
        lines.iter().map(shown).collect::<Vec<_>>(),
        ["مورىم مالس".replace('ى', "ی")]
    );
}

#[test]
fn bytes_and_columns_map_both_ways() {
    let text = "قال Reuters لا";
    let line = layout_line(text, 40, &OPTIONS);
    assert_eq!(shown(&line), "ﻻ Reuters ﻝﺎﻗ");
    let at = |part: &str| {
        let start = text.find(part).unwrap();
        start..start + part.len()
    };
    let columns = |bytes: Range<usize>| -> Vec<(u16, u16)> {
        let spans = line.columns_of(&bytes);
        spans.iter().map(|span| (span.start, span.end)).collect()
    };
    assert_eq!(columns(at("Reuters")), [(2, 9)]);
    assert_eq!(columns(at("قال")), [(10, 13)]);
    // half of a lam-alef lights all of it
    assert_eq!(columns(at("لا")), [(0, 1)]);
    assert_eq!(columns(text.len() - 2..text.len()), [(0, 1)]);
    // a logical range that bidi splits
    assert_eq!(columns(at("ل Reut")), [(2, 6), (9, 11)]);
    assert_eq!(
        line.cell_at(10)
            .map(|cell| text.get(cell.source.clone()).unwrap()),
        Some("ل")
    );
    assert_eq!(line.cell_at(13), None);
}

#[test]
fn the_direction_is_the_paragraphs() {
    use Direction::{Ltr, Rtl};
    let directions = |options: &Options| -> Vec<Direction> {
        let lines = layout("Reuters قال\nقال Reuters\n123\nBy AP.", 40, options);
        lines.iter().map(|line| line.direction).collect()
    };
    assert_eq!(directions(&OPTIONS), [Ltr, Rtl, Ltr, Ltr]);
    let base = Rtl;
    assert_eq!(
        directions(&Options { base, ..OPTIONS }),
        [Ltr, Rtl, Rtl, Ltr]
    );
    let force = true;
    assert_eq!(
        directions(&Options {
            base,
            force,
            ..OPTIONS
        }),
        [Rtl, Rtl, Rtl, Ltr]
    );
}
