use proptest::prelude::*;

use super::*;
use crate::text::shape;
use crate::text::visible;
use crate::text::visible::Appearance;

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
        let lines = layout("Reuters قال\nقال Reuters\n123", 40, options);
        lines.iter().map(|line| line.direction).collect()
    };
    assert_eq!(directions(&OPTIONS), [Ltr, Rtl, Ltr]);
    let base = Rtl;
    assert_eq!(directions(&Options { base, ..OPTIONS }), [Ltr, Rtl, Rtl]);
    let force = true;
    assert_eq!(
        directions(&Options {
            base,
            force,
            ..OPTIONS
        }),
        [Rtl, Rtl, Rtl]
    );
}

/// Text rich in what layout looks at.
fn text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "a",
        "the rebels ",
        "Al-Nusra",
        " ",
        "   ",
        "\t",
        "\n",
        "\r\n",
        "\u{a0}",
        "-",
        "(",
        ")",
        "«",
        "1",
        "2.500",
        "%",
        "السلام",
        " عليكم ",
        "لا",
        "لَا",
        "ل",
        "ا",
        "\u{64e}",
        "\u{651}",
        "ـ",
        "\u{200c}",
        "\u{200d}",
        "می",
        "שלום",
        "漢字",
        "。",
        "「",
        "\u{3000}",
        "👨",
        "👍🏽",
        "🇩",
        "🇪",
        "\u{fe0f}",
        "क्ष",
        "한",
        "\u{1100}",
        "\u{1161}",
        "\u{301}",
        "\u{ad}",
        "\u{200b}",
        "\u{2060}",
        "\u{1b}",
        "\0",
        "\u{202e}",
        "\u{2067}",
        "\u{2069}",
        "\u{200f}",
        "\u{feff}",
        "\u{e0041}",
        "\u{600}",
        "\u{2028}",
        "\u{ffff}",
        "\u{17d8}",
    ]);
    prop_oneof![
        4 => prop::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

fn options() -> impl Strategy<Value = Options> {
    (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(rtl, force, shape, marks)| Options {
            base: if rtl { Direction::Rtl } else { Direction::Ltr },
            force,
            shape,
            marks,
        },
    )
}

fn is_safe(symbol: &str) -> bool {
    symbol.chars().all(|c| match visible::appearance(c) {
        Appearance::Plain => true,
        Appearance::Blank => c == ' ' || c == '\u{3000}',
        Appearance::Hidden | Appearance::Hostile => false,
    })
}

proptest! {
    #[test]
    fn no_line_is_wider_than_asked(text in text(), width in 1_u16..40, options in options()) {
        for line in layout(&text, width, &options) {
            let sum: u16 = line.cells.iter().map(|cell| u16::from(cell.width)).sum();
            prop_assert_eq!(line.width, sum);
            prop_assert!(line.width <= width);
        }
        prop_assert!(layout_line(&text, width, &options).width <= width);
    }

    #[test]
    fn cells_are_safe_to_print(text in text(), width in 1_u16..40, options in options()) {
        let mut lines = layout(&text, width, &options);
        lines.push(layout_line(&text, width, &options));
        for cell in lines.iter().flat_map(|line| &line.cells) {
            prop_assert!(matches!(cell.width, 1 | 2));
            prop_assert!(!cell.symbol.is_empty());
            prop_assert!(is_safe(&cell.symbol), "{:?}", cell.symbol);
        }
    }

    #[test]
    fn lines_rejoin_to_the_paragraphs(text in text(), width in 1_u16..40, options in options()) {
        let lines = layout(&text, width, &options);
        let mut lines = lines.iter();
        for paragraph in segment::paragraphs(&text) {
            let mut at = paragraph.start;
            loop {
                let line = lines.next().unwrap();
                prop_assert_eq!(line.source.start, at);
                at = line.source.end;
                if line.ends_paragraph {
                    break;
                }
                prop_assert!(!line.source.is_empty());
            }
            prop_assert_eq!(at, paragraph.end);
        }
        prop_assert!(lines.next().is_none());
    }

    #[test]
    fn every_shown_character_has_its_cell(text in text(), width in 1_u16..40, options in options()) {
        for line in layout(&text, width, &options) {
            let mut sources: Vec<_> = line.cells.iter().map(|cell| cell.source.clone()).collect();
            sources.sort_by_key(|source| source.start);
            sources.dedup();
            for pair in sources.windows(2) {
                prop_assert!(pair[0].end <= pair[1].start, "{:?}", pair);
            }
            for (at, c) in text.get(line.source.clone()).unwrap().char_indices() {
                let at = line.source.start + at;
                let covered = sources.iter().any(|source| source.contains(&at));
                let dropped = !options.marks && shape::is_tashkeel(c);
                let shows = matches!(visible::appearance(c), Appearance::Plain | Appearance::Hostile);
                if shows && !dropped {
                    prop_assert!(covered, "{:?} at {}", c, at);
                }
            }
            for source in sources {
                prop_assert!(text.get(source.clone()).is_some_and(|part| !part.is_empty()));
                prop_assert!(line.source.start <= source.start && source.end <= line.source.end);
            }
        }
    }

    #[test]
    fn wrapping_changes_no_cell(text in text(), width in 6_u16..40, options in options()) {
        // what each byte range shows, wherever lines end
        let symbols = |width| {
            let lines = layout(&text, width, &options);
            let mut symbols: Vec<(usize, CompactString)> = lines
                .iter()
                .flat_map(|line| &line.cells)
                // blanks hang, soft hyphens show, at a wrap only; mirroring of what is left is
                // no matter of the line
                .filter(|cell| !cell.symbol.starts_with([' ', '\u{3000}']))
                .filter(|cell| text.get(cell.source.clone()) != Some("\u{ad}"))
                .map(|cell| (cell.source.start, cell.symbol.clone()))
                .collect();
            symbols.sort();
            symbols
        };
        prop_assert_eq!(symbols(width), symbols(u16::MAX));
    }

    #[test]
    fn columns_and_cells_agree(text in text(), width in 1_u16..40, a in 0_usize..80, b in 0_usize..80) {
        let range = a.min(b)..a.max(b);
        let lines = layout(&text, width, &OPTIONS);
        for line in &lines {
            let spans = line.columns_of(&range);
            for column in 0..line.width {
                let cell = line.cell_at(column).unwrap();
                let lit = range.start < cell.source.end && cell.source.start < range.end;
                prop_assert_eq!(spans.iter().any(|span| span.contains(&column)), lit);
            }
            prop_assert!(line.cell_at(line.width).is_none());
            prop_assert!(spans.windows(2).all(|pair| pair[0].end < pair[1].start));
        }
        for (number, line) in lines.iter().enumerate() {
            for byte in line.source.clone() {
                prop_assert_eq!(line_of_byte(&lines, byte), Some(number));
            }
        }
    }

    #[test]
    fn what_is_switched_off_is_not_shown(text in text(), width in 6_u16..40) {
        let off = Options { shape: false, marks: false, ..OPTIONS };
        for cell in layout(&text, width, &off).iter().flat_map(|line| &line.cells) {
            prop_assert!(!cell.symbol.contains(shape::is_tashkeel));
            let is_form = |c| ('\u{fb50}'..='\u{fdff}').contains(&c) || ('\u{fe70}'..='\u{fefc}').contains(&c);
            if cell.symbol.contains(is_form) {
                prop_assert!(text.get(cell.source.clone()).unwrap().contains(is_form));
            }
        }
    }

    #[test]
    fn a_row_is_cut_only_where_it_must(text in text(), width in 1_u16..60) {
        let text = text.replace('…', "");
        let whole = layout_line(&text, u16::MAX, &OPTIONS);
        let line = layout_line(&text, width, &OPTIONS);
        let cut = line.cells.iter().any(|cell| cell.symbol == "…");
        // text with narrow substitutes is not as wide as the whole
        if width > 6 {
            prop_assert_eq!(cut, whole.width > width);
        }
    }
}
