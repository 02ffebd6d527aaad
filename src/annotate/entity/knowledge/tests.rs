use super::compile::compile;
use super::key::{key, same_word};
use super::source::{merge, read};
use super::table::{KINDS, Table, flag};
use super::words::words;

#[test]
fn romanisations_of_one_word_share_a_key() {
    for (a, b) in [
        ("Dschabhat", "Jabhat"),
        ("Fateh", "Fatah"),
        ("Scham", "Sham"),
        ("Mohammed", "Muhamad"),
        ("Scheich", "Sheikh"),
        ("Nusrah", "Nusra"),
        ("Wladimir", "Vladimir"),
        ("München", "munchen"),
    ] {
        assert_eq!(key(a).full, key(b).full, "{a} {b}");
    }
    for (a, b) in [
        ("Sham", "Shami"),
        ("Hama", "Hamas"),
        ("Iran", "Iraq"),
        ("مصر", "مصري"),
    ] {
        assert_ne!(key(a).full, key(b).full, "{a} {b}");
    }
}

#[test]
fn a_single_word_agrees_by_folding_alone() {
    for (text, name) in [
        ("ZUERICH", "Zürich"),
        ("Zürich", "Zuerich"),
        ("Zurich", "Zürich"),
        ("Kobanî", "Kobani"),
    ] {
        assert!(same_word(text, name), "{text} {name}");
    }
    assert!(!same_word("ÖTV", "OTV"));
    assert!(!same_word("War", "Waer"));
    assert_ne!(key("11").full, key("1").full);
    assert!(same_word("Sana’a", "Sanaa"));
    assert!(same_word("إدلب", "ادلب"));
    assert!(!same_word("Fateh", "Fatah"));
}

#[test]
fn words_know_their_ends() {
    let text = "The U.S. in Aleppo's Sana'a, لـRT @C_Military1 https://t.me/Aleppo al-Nusra";
    let found: Vec<&str> = words(text).iter().map(|w| w.of(text)).collect();
    let wanted = [
        "The", "U.S.", "in", "Aleppo", "Sana'a", "لـ", "RT", "al", "Nusra",
    ];
    assert_eq!(found, wanted);
}

#[test]
fn rows_are_refused_with_their_line() {
    for (table, wanted) in [
        ("Aleppo\tTOWN", "t:1: \"TOWN\" is no kind"),
        (
            "# c\nAleppo\tPLACE\tحلب",
            "t:2: \"حلب\" stands in the wrong column",
        ),
        (
            "Aleppo\tPLACE\t\t\t\tnear=Idlib",
            "t:1: \"near\" is no fact",
        ),
    ] {
        let error = read("t", table).unwrap_err();
        assert!(error.starts_with(wanted), "{error}");
    }
    let rows = read("t", "Aleppo\tPLACE\t\t\t\tin=Syria").unwrap();
    assert!(compile(&rows).is_err_and(|e| e.contains("Syria")));
}

#[test]
fn compiled_names_are_found_by_their_words() {
    let table = "Syria\tCOUNTRY\t\tSyrien\tسوريا\n\
        Jabhat Fatah al-Sham\tGROUP\t\t\tجبهة فتح الشام\tin=Syria\n\
        Al-Bab\tPLACE\t\t\tالباب?\tin=Syria";
    let block = compile(&read("t", table).unwrap()).unwrap();
    let table = Table::new(&block.index, &block.text).unwrap();
    assert_eq!(table.len(), 3);
    let hash = super::key::join(0, key("Syrien").full);
    let names: Vec<_> = table.names(hash).collect();
    assert_eq!(names.len(), 1);
    let name = names[0];
    assert!(name.is(flag::GERMAN) && !name.is(flag::ENGLISH));
    assert_eq!(table.entity(name.entity).unwrap().key, "Syria");
    assert_eq!(table.longest(key("Dschabhat").stem, true), 3);
    assert_eq!(table.longest(key("Dschabhat").stem, false), 0);
    let hash = super::key::join(0, key("الباب").full);
    assert!(table.names(hash).all(|n| n.is(flag::AMBIGUOUS)));
    let bab = table
        .names(super::key::join(0, key("Bab").full))
        .next()
        .unwrap();
    assert!(bab.is(flag::ARTICLE));
    assert_eq!(table.entity(bab.entity).unwrap().country, 0);
}

#[test]
fn additions_join_their_row() {
    let rows = read(
        "t",
        "Syria\tCOUNTRY\t\tSyrien\n+Syria\tCOUNTRY\t\tSyrien?\tسورية",
    )
    .unwrap();
    let rows = merge(rows).unwrap();
    let names: Vec<_> = rows[0]
        .names
        .iter()
        .map(|n| (n.text.as_str(), n.doubt))
        .collect();
    assert_eq!(names, [("Syria", 0), ("Syrien", 1), ("سورية", 0)]);
    let lost = read("t", "+Syria\tCOUNTRY").unwrap();
    assert!(merge(lost).is_err());
    let twice = read("t", "Syria\tCOUNTRY\nSyria\tPLACE").unwrap();
    assert!(merge(twice).is_err());
}

#[test]
fn damaged_blocks_are_refused() {
    let rows = read("t", "Syria\tCOUNTRY").unwrap();
    let block = compile(&rows).unwrap();
    assert!(Table::new(&block.index, &block.text).is_some());
    for cut in 0..64 {
        assert!(Table::new(block.index.get(..cut).unwrap(), &block.text).is_none());
    }
}

#[test]
fn kinds_are_those_of_the_corpus() {
    use crate::corpus::EntityKind;
    let codes: Vec<&str> = EntityKind::ALL.iter().map(|kind| kind.code()).collect();
    assert_eq!(codes, KINDS[..7]);
    assert_eq!(KINDS[7], "NONE");
}
