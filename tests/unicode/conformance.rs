//! UAX #9 conformance: every row of `BidiTest.txt` and `BidiCharacterTest.txt` (Unicode 15.0),
//! levels after L1 and visual order after L2.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use khabar::text::bidi;
use khabar::text::bidi::Controls;
use khabar::text::bidi::Direction;
use khabar::text::bidi::Spacing;

fn read_fixture(name: &str) -> String {
    let path = Path::new("tests/fixtures/unicode").join(name);
    let file = File::open(path).unwrap();
    let mut text = String::new();
    ruzstd::decoding::StreamingDecoder::new(file)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

/// What our functions make of one line that is one paragraph: the level of each character, `None`
/// for those that X9 removes, and the visual order of the others.
fn resolve(text: &str, base: Option<Direction>) -> (Direction, Vec<Option<u8>>, Vec<usize>) {
    let direction = base.unwrap_or_else(|| Direction::of(text, Direction::Ltr));
    let by_byte = bidi::levels(text, direction, Controls::Obeyed);
    let mut characters: Vec<(char, u8)> = text
        .char_indices()
        .map(|(at, c)| (c, by_byte[at]))
        .collect();
    bidi::reset_white_space(
        &mut characters,
        |(c, _)| Spacing::of(*c),
        |(_, level)| *level = direction.level(),
    );
    let (numbers, kept): (Vec<usize>, Vec<u8>) = characters
        .iter()
        .enumerate()
        .filter(|(_, (c, _))| !is_removed(*c))
        .map(|(number, (_, level))| (number, *level))
        .unzip();
    let order = bidi::visual_order(&kept).into_iter().map(|i| numbers[i]);
    let levels = characters
        .iter()
        .map(|(c, level)| (!is_removed(*c)).then_some(*level));
    (direction, levels.collect(), order.collect())
}

/// Whether rule X9 removes the character.
fn is_removed(c: char) -> bool {
    use unicode_bidi::BidiClass as Class;
    matches!(
        unicode_bidi::bidi_class(c),
        Class::BN | Class::LRE | Class::RLE | Class::LRO | Class::RLO | Class::PDF
    )
}

fn parse_levels(field: &str) -> Vec<Option<u8>> {
    field
        .split_whitespace()
        .map(|level| (level != "x").then(|| level.parse().unwrap()))
        .collect()
}

fn parse_order(field: &str) -> Vec<usize> {
    field
        .split_whitespace()
        .map(|index| index.parse().unwrap())
        .collect()
}

/// A character of each class, of those that real text has most of.
fn character_of(class: &str) -> char {
    match class {
        "L" => 'a',
        "R" => '\u{5D0}',
        "AL" => '\u{628}',
        "EN" => '3',
        "ES" => '-',
        "ET" => '%',
        "AN" => '\u{663}',
        "CS" => ',',
        "NSM" => '\u{64B}',
        "BN" => '\u{AD}',
        "B" => '\u{2029}',
        "S" => '\t',
        "WS" => ' ',
        "ON" => '!',
        "LRE" => '\u{202A}',
        "LRO" => '\u{202D}',
        "RLE" => '\u{202B}',
        "RLO" => '\u{202E}',
        "PDF" => '\u{202C}',
        "LRI" => '\u{2066}',
        "RLI" => '\u{2067}',
        "FSI" => '\u{2068}',
        "PDI" => '\u{2069}',
        other => panic!("unknown class {other}"),
    }
}

#[test]
fn all_rows_of_bidi_test() {
    let file = read_fixture("BidiTest.txt.zst");
    let mut levels = Vec::new();
    let mut order = Vec::new();
    let mut cases = 0;
    for line in file
        .lines()
        .map(|line| line.split('#').next().unwrap_or(""))
    {
        if let Some(field) = line.strip_prefix("@Levels:") {
            levels = parse_levels(field);
        } else if let Some(field) = line.strip_prefix("@Reorder:") {
            order = parse_order(field);
        } else if let Some((classes, bits)) = line.split_once(';') {
            let text: String = classes.split_whitespace().map(character_of).collect();
            let bits: u8 = bits.trim().parse().unwrap();
            for (bit, base) in [
                (1, None),
                (2, Some(Direction::Ltr)),
                (4, Some(Direction::Rtl)),
            ] {
                if bits & bit != 0 {
                    let (_, actual_levels, actual_order) = resolve(&text, base);
                    assert_eq!(actual_levels, levels, "{line}, {base:?}");
                    assert_eq!(actual_order, order, "{line}, {base:?}");
                    cases += 1;
                }
            }
        }
    }
    assert_eq!(cases, 770_241);
}

#[test]
fn all_rows_of_bidi_character_test() {
    let file = read_fixture("BidiCharacterTest.txt.zst");
    let mut cases = 0;
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split(';').collect();
        let [characters, direction, paragraph, levels, order] = fields.as_slice() else {
            assert!(line.is_empty(), "{line}");
            continue;
        };
        let text: String = characters
            .split(' ')
            .map(|code| char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap())
            .collect();
        let base = match *direction {
            "0" => Some(Direction::Ltr),
            "1" => Some(Direction::Rtl),
            _ => None,
        };
        let (actual, actual_levels, actual_order) = resolve(&text, base);
        assert_eq!(actual.level().to_string(), *paragraph, "{line}");
        assert_eq!(actual_levels, parse_levels(levels), "{line}");
        assert_eq!(actual_order, parse_order(order), "{line}");
        cases += 1;
    }
    assert_eq!(cases, 91_707);
}
