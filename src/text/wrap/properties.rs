//! Properties that hold for every text, width and choice of options.

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
    fn each_cell_is_found_by_its_bytes_and_by_its_column(text in text(), width in 1_u16..40, options in options()) {
        for line in layout(&text, width, &options) {
            let mut column = 0;
            for cell in &line.cells {
                let end = column + u16::from(cell.width);
                for at in column..end {
                    prop_assert_eq!(line.cell_at(at), Some(cell));
                }
                // every byte of a cell lights it whole, half a lam-alef too
                for byte in cell.source.clone() {
                    let lit = line.columns_of(&(byte..byte + 1));
                    prop_assert!(
                        lit.iter().any(|span| span.start <= column && end <= span.end),
                        "{byte} of {cell:?} lights {lit:?}"
                    );
                }
                column = end;
            }
            prop_assert_eq!(line.cell_at(column), None);
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
