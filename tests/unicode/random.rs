//! Random Unicode at random widths, for as long as `KHABAR_FUZZ_SECONDS` says (2 by default).
//! `KHABAR_FUZZ_SEED` begins elsewhere; a failure prints the text that it failed on.

use std::env;
use std::ops::Range;
use std::panic;
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use std::time::Instant;

use khabar::text::bidi::Direction;
use khabar::text::fold;
use khabar::text::segment;
use khabar::text::visible;
use khabar::text::visible::Appearance;
use khabar::text::width;
use khabar::text::wrap;
use khabar::text::wrap::Options;
use khabar::text::wrap::VisualLine;

/// `SplitMix64` (Steele, Lea and Flood 2014): enough for choosing test cases.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `range`.
    fn within(&mut self, range: Range<u32>) -> u32 {
        let span = u64::from(range.end - range.start);
        range.start + u32::try_from(self.next() % span).unwrap()
    }

    /// A character, mostly of the blocks where something can go wrong.
    fn character(&mut self) -> char {
        let code = match self.within(0..16) {
            0..4 => self.within(0x20..0x7F),
            4 => self.within(0..0x250),
            5..8 => self.within(0x600..0x700),
            8 => self.within(0x2000..0x2070),
            9 => self.within(0x300..0x370),
            10 => self.within(0x590..0x900),
            11 => self.within(0x900..0x1200),
            12 => self.within(0x3000..0x3100),
            13 => self.within(0xFB00..0x1_0000),
            14 => self.within(0x1_F000..0x1_FB00),
            _ => self.within(0..0x11_0000),
        };
        char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    fn text(&mut self) -> String {
        let length = match self.within(0..10) {
            0..7 => self.within(0..40),
            7..9 => self.within(40..400),
            _ => self.within(400..3000),
        };
        let mut text = String::new();
        while u32::try_from(text.len()).unwrap() < length {
            let c = self.character();
            let times = match self.within(0..20) {
                0 => self.within(2..12),
                _ => 1,
            };
            text.extend((0..times).map(|_| c));
            if self.within(0..7) == 0 {
                let blanks = [' ', ' ', ' ', '\n', '\t', '\u{A0}'];
                text.push(blanks[self.within(0..6) as usize]);
            }
        }
        text
    }

    fn options(&mut self) -> Options {
        let bits = self.next();
        Options {
            base: if bits & 1 == 0 {
                Direction::Ltr
            } else {
                Direction::Rtl
            },
            force: bits & 2 == 0,
            shape: bits & 4 == 0,
            marks: bits & 8 == 0,
        }
    }
}

fn is_safe(c: char) -> bool {
    match visible::appearance(c) {
        Appearance::Plain => true,
        Appearance::Blank => c == ' ' || c == '\u{3000}',
        Appearance::Hidden | Appearance::Hostile => false,
    }
}

fn check_line(text: &str, line: &VisualLine, width: u16) {
    let sum: u16 = line.cells.iter().map(|cell| u16::from(cell.width)).sum();
    assert_eq!(sum, line.width);
    assert!(line.width <= width);
    assert!(text.get(line.source.clone()).is_some());
    for cell in &line.cells {
        assert!(matches!(cell.width, 1 | 2));
        assert!(text.get(cell.source.clone()).is_some());
        assert!(!cell.symbol.is_empty() && cell.symbol.chars().all(is_safe));
        let lit = line.columns_of(&cell.source);
        let lit: u16 = lit.iter().map(|span| span.end - span.start).sum();
        let shared = line.cells.iter().filter(|c| c.source == cell.source);
        let shared: u16 = shared.map(|cell| u16::from(cell.width)).sum();
        assert_eq!(lit, shared);
    }
}

fn check_layout(text: &str, width: u16, options: Options) {
    let lines = wrap::layout(text, width, &options);
    let mut rest = lines.iter();
    for paragraph in segment::paragraphs(text) {
        let mut at = paragraph.start;
        loop {
            let line = rest.next().unwrap();
            check_line(text, line, width);
            assert_eq!(line.source.start, at);
            at = line.source.end;
            if line.ends_paragraph {
                break;
            }
        }
        assert_eq!(at, paragraph.end);
    }
    assert!(rest.next().is_none());
    let mut line = wrap::layout_line(text, width, &options);
    check_line(text, &line, width);
    line.use_ascii();
    check_line(text, &line, width);
}

fn check(text: &str, width: u16, options: Options) {
    check_layout(text, width, options);
    let folded = fold::fold_with_origin(text);
    assert_eq!(fold::fold(folded.text()), folded.text());
    let needle: String = folded.text().chars().skip(3).take(2).collect();
    let mut hits = fold::find_folded(&folded, &needle);
    assert!(needle.is_empty() || hits.next().is_some_and(|hit| text.get(hit).is_some()));
    let safe = visible::sanitize(text);
    assert_eq!(visible::sanitize(&safe), safe);
    assert!(width::cells(text) <= text.len() * 9);
    for range in segment::sentences(text).chain(segment::words(text)) {
        assert!(text.get(range).is_some_and(|part| !part.is_empty()));
    }
}

fn number(name: &str, default: u64) -> u64 {
    env::var(name)
        .ok()
        .and_then(|value| value.parse().ok())
        .unwrap_or(default)
}

#[test]
fn random_text_breaks_nothing() {
    let limit = Duration::from_secs(number("KHABAR_FUZZ_SECONDS", 2));
    let mut random = Random(number("KHABAR_FUZZ_SEED", 1));
    let start = Instant::now();
    let (mut texts, mut bytes) = (0_u64, 0);
    while start.elapsed() < limit {
        let text = random.text();
        let width = u16::try_from(random.within(1..201)).unwrap();
        let options = random.options();
        let outcome = panic::catch_unwind(AssertUnwindSafe(|| check(&text, width, options)));
        if let Err(panic) = outcome {
            println!("width {width}, {options:?}, text {}", text.escape_unicode());
            panic::resume_unwind(panic);
        }
        texts += 1;
        bytes += text.len();
    }
    println!("{texts} texts, {bytes} bytes");
    assert!(texts > 0);
}
