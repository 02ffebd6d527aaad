//! The words of time, one table a language, and how a document's words are looked up in them.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::term::Term;
use super::token;
use crate::corpus::Language;

mod ar;
mod de;
mod en;

/// One row of a table: words, separated by spaces, and what each of them means.
type Row = (&'static str, Term);

type Table = FxHashMap<Box<str>, Term>;

static ENGLISH: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    add(&mut table, en::WORDS);
    add_missing(&mut table, de::MONTHS);
    // Chiang Mai, Juno
    table.remove("mai");
    table.remove("juno");
    table
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
                    table.insert(word.into(), Term::WeekdayPart(*weekday, *part));
                }
            }
        }
    }
    for (count, number) in de::COUNT_STEMS {
        for (stem, unit) in de::LASTING_STEMS {
            for ending in ["", "e", "er", "en", "es", "em"] {
                let word = format!("{count}{stem}{ending}");
                table.insert(word.into(), Term::Lasting(*number, *unit));
            }
        }
    }
    // tweets and captions in German documents keep their English stamps
    add_missing(&mut table, en::CALENDAR);
    table
});

static ARABIC: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    add(&mut table, ar::WORDS);
    table
});

fn add(table: &mut Table, rows: &[Row]) {
    for (words, term) in rows {
        for word in words.split(' ') {
            table.insert(token::fold(word).into(), *term);
        }
    }
}

fn add_missing(table: &mut Table, rows: &[Row]) {
    for (words, term) in rows {
        for word in words.split(' ') {
            table.entry(token::fold(word).into()).or_insert(*term);
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
    pub(super) fn latin(&self, word: &str) -> Term {
        match self.latin.get(word) {
            Some(term) => *term,
            // `announced`: a regular past tense
            None if self.english && word.len() > 4 && word.ends_with("ed") => Term::PastMark,
            None => Term::Other,
        }
    }

    /// The meaning of a folded Arabic word, and how many letters of clitics stand before it.
    ///
    /// A clitic is cut only when the whole word is unknown and the rest is known: `وأمس`, `بالأمس`,
    /// but not `واحد`.
    pub(super) fn arabic(&self, word: &str) -> (Term, usize) {
        if let Some(term) = self.arabic.get(word) {
            return (*term, 0);
        }
        let mut rest = word;
        let mut cut = 0;
        for clitics in ["وف", "بكلس"] {
            let Some(first) = rest.chars().next().filter(|c| clitics.contains(*c)) else {
                continue;
            };
            let tail = rest.get(first.len_utf8()..).unwrap_or("");
            cut += 1;
            if let Some(term) = self.arabic.get(tail) {
                return (*term, cut);
            }
            // `للجمعة`: the article's alef is swallowed
            if first == 'ل' && tail.starts_with('ل') {
                let mut whole = String::with_capacity(tail.len() + 2);
                whole.push('ا');
                whole.push_str(tail);
                if let Some(term) = self.arabic.get(whole.as_str()) {
                    return (*term, cut);
                }
            }
            rest = tail;
        }
        (Term::Other, 0)
    }
}
