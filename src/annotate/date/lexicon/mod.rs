//! The words of time, one table a language, and how a document's words are looked up in them.

use std::sync::LazyLock;

use super::term::Term;
use super::token;
use crate::corpus::Language;

mod ar;
mod de;
mod en;
mod table;

use table::Table;

/// One row of a table: words, separated by spaces, and what each of them means.
type Row = (&'static str, Term);

static ENGLISH: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    add(&mut table, en::WORDS);
    add_missing(&mut table, de::MONTHS);
    // Chiang Mai, Juno
    table.remove("mai");
    table.remove("juno");
    table.build()
});

static GERMAN: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    add(&mut table, de::MONTHS);
    add(&mut table, de::WORDS);
    for (stems, weekday) in de::WEEKDAY_STEMS {
        for stem in stems.split(' ') {
            for (parts, part) in de::PART_SUFFIXES {
                for suffix in parts.split(' ') {
                    let word = format!("{stem}{suffix}");
                    table.insert(&word, Term::WeekdayPart(*weekday, *part));
                }
            }
        }
    }
    for (count, number) in de::COUNT_STEMS {
        for (stem, unit) in de::LASTING_STEMS {
            for ending in ["", "e", "er", "en", "es", "em"] {
                let word = format!("{count}{stem}{ending}");
                table.insert(&word, Term::Lasting(*number, *unit));
            }
        }
    }
    // tweets and captions in German documents keep their English stamps
    add_missing(&mut table, en::CALENDAR);
    table.build()
});

static ARABIC: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    add(&mut table, ar::WORDS);
    table.build()
});

fn add(table: &mut Table, rows: &[Row]) {
    for (words, term) in rows {
        for word in words.split(' ') {
            table.insert(&token::fold(word), *term);
        }
    }
}

fn add_missing(table: &mut Table, rows: &[Row]) {
    for (words, term) in rows {
        for word in words.split(' ') {
            table.insert_missing(&token::fold(word), *term);
        }
    }
}

/// The tables for one document: one for Latin script, one for Arabic script.
pub(super) struct Vocabulary {
    /// Whether the Latin words are English.
    english: bool,
    latin: &'static Table,
    arabic: &'static Table,
}

impl Vocabulary {
    /// The tables for a document of `language`. Words of another script than the document's are
    /// looked up all the same: Arabic stories quote English tweets, and the other way round.
    pub(super) fn of(language: Language) -> Self {
        Self {
            english: language != Language::German,
            latin: match language {
                Language::German => &GERMAN,
                Language::English | Language::Arabic | Language::Other => &ENGLISH,
            },
            arabic: &ARABIC,
        }
    }

    /// The meaning of a folded Latin word.
    pub(super) fn latin(&self, word: &[u8]) -> Term {
        match self.latin.get(word) {
            Some(term) => term,
            // `announced`: a regular past tense
            None if self.english && word.len() > 4 && word.ends_with(b"ed") => Term::PastMark,
            None => Term::Other,
        }
    }

    /// The meaning of a folded Arabic word, and how many letters of clitics stand before it.
    ///
    /// A clitic is cut only when the whole word is unknown and the rest is known: `وأمس`, `بالأمس`,
    /// but not `واحد`.
    pub(super) fn arabic(&self, word: &[u8]) -> (Term, usize) {
        if let Some(term) = self.arabic.get(word) {
            return (term, 0);
        }
        let mut rest = word;
        let mut cut = 0;
        for clitics in [["و", "ف", "", ""], ["ب", "ك", "ل", "س"]] {
            // all of them are letters of two bytes
            let Some((first, tail)) = rest.split_at_checked(2) else {
                break;
            };
            if !clitics.iter().any(|clitic| clitic.as_bytes() == first) {
                continue;
            }
            cut += 1;
            if let Some(term) = self.arabic.get(tail) {
                return (term, cut);
            }
            // `للجمعة`: the article's alef is swallowed
            if first == "ل".as_bytes() && tail.starts_with(first) {
                let mut whole = [0; token::LONGEST];
                if let Some(whole) = whole.get_mut(..rest.len()) {
                    whole.copy_from_slice(rest);
                    if let Some(alef) = whole.get_mut(..2) {
                        alef.copy_from_slice("ا".as_bytes());
                    }
                    if let Some(term) = self.arabic.get(whole) {
                        return (term, cut);
                    }
                }
            }
            rest = tail;
        }
        (Term::Other, 0)
    }
}
