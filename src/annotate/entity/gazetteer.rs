//! Names of the knowledge base in a text: the longest at each place, with all that they may mean.

use crate::annotate::entity::arabic;
use crate::annotate::entity::knowledge::key::{self, Key};
use crate::annotate::entity::knowledge::table::{Name, Table, flag};
use crate::annotate::entity::knowledge::words::{Caps, Gap, Script, Word};
use crate::corpus::Language;

/// Letters from which on another romanisation of a single word is taken for the same name.
const LONG_WORD: usize = 6;

/// One thing that a match may mean.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// The name of the knowledge base.
    pub(super) name: Name<'static>,
    /// Whether the text writes the name as the knowledge base does, letter case, diacritics and
    /// letter variants aside.
    pub(super) exact: bool,
    /// First byte of the mention: behind Arabic particles and titles.
    pub(super) start: usize,
    /// One past its last byte: behind a German ending, before any other genitive.
    pub(super) end: usize,
}

/// A name in a text.
#[derive(Clone, Debug)]
pub(super) struct Match {
    /// First word, a Latin article included.
    pub(super) first: usize,
    /// Last word.
    pub(super) last: usize,
    /// First byte, behind Arabic particles.
    pub(super) start: usize,
    /// What it may mean; not empty.
    pub(super) candidates: Vec<Candidate>,
}

/// A text with its words and the knowledge base to look them up in.
#[derive(Clone, Copy)]
pub(super) struct Scan<'a> {
    /// The knowledge base.
    pub(super) table: Table<'static>,
    /// The text.
    pub(super) text: &'a str,
    /// Its words.
    pub(super) words: &'a [Word],
    /// Language of the document.
    pub(super) language: Language,
}

impl Scan<'_> {
    /// All matches, from left to right, not overlapping.
    pub(super) fn matches(&self) -> Vec<Match> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.words.len() {
            match self.longest_at(at) {
                Some(found_here) => {
                    at = found_here.last + 1;
                    found.push(found_here);
                }
                None => at += 1,
            }
        }
        found
    }

    /// Whether the word is a Latin article in front of the next.
    fn article(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.article)
    }

    /// The longest name that starts with a word, its particles taken off where the whole word
    /// starts none.
    fn longest_at(&self, at: usize) -> Option<Match> {
        let word = self.words.get(at)?;
        if word.script == Script::Other || word.article {
            return None;
        }
        let whole = self.longest_from(at, word.key, word.start);
        if let Some(whole) = whole {
            return Some(self.or_longer_behind_title(whole));
        }
        if word.script != Script::Arabic {
            return None;
        }
        arabic::readings(word.of(self.text))
            .filter_map(|reading| self.longest_from(at, reading.key, word.start + reading.skipped))
            .max_by_key(|found| found.last)
    }

    /// A title may start a short name (`Queen Elizabeth`) in front of a longer one (`Elizabeth II`).
    fn or_longer_behind_title(&self, found: Match) -> Match {
        let title = found.candidates.iter().map(|c| c.name.outside).min();
        let behind = match title {
            None | Some(0) => return found,
            Some(title) => found.first + usize::from(title),
        };
        match self.longest_at(behind) {
            Some(longer) if longer.last > found.last => longer,
            _ => found,
        }
    }

    fn longest_from(&self, at: usize, first: Key, start: usize) -> Option<Match> {
        let word = self.words.get(at)?;
        let capital = word.script == Script::Latin && word.caps != Caps::Lower;
        let most = usize::from(self.table.longest(first.stem, capital));
        let mut kept = Vec::with_capacity(most);
        let mut best = None;
        let mut so_far = 0;
        let mut next = at;
        while kept.len() < most {
            let word = self.words.get(next)?;
            let key = if kept.is_empty() { first } else { word.key };
            kept.push(next);
            if let Some(found) = self.ending(start, &kept, so_far, key) {
                best = Some(found);
            }
            so_far = key::join(so_far, key.stem);
            next += 1;
            while kept.len() < most && self.article(next) && self.runs_on(next) {
                next += 1;
            }
            if kept.len() < most && !self.runs_on(next) {
                break;
            }
        }
        best
    }

    /// Whether a name may go on with this word.
    fn runs_on(&self, at: usize) -> bool {
        let (Some(word), Some(before)) = (
            self.words.get(at),
            at.checked_sub(1).and_then(|b| self.words.get(b)),
        ) else {
            return false;
        };
        match word.gap {
            Gap::Space | Gap::Hyphen | Gap::Quote => true,
            // `U. S. Army`, `ver.di`
            Gap::Dot => {
                let between = self.text.get(before.end..word.start);
                before.end - before.start <= 2 || between == Some(".")
            }
            Gap::Joined | Gap::Break => false,
        }
    }

    /// The match that ends with the last word of `kept`, if there is one.
    fn ending(&self, start: usize, kept: &[usize], so_far: u64, key: Key) -> Option<Match> {
        let (&first, &last) = (kept.first()?, kept.last()?);
        let word = self.words.get(last)?;
        let article = first.checked_sub(1).filter(|before| self.article(*before));
        let start = article
            .and_then(|a| self.words.get(a))
            .map_or(start, |word| word.start);
        let mut candidates = self.candidates(key::join(so_far, key.full), kept, start, word.end);
        if candidates.is_empty() && word.caps != Caps::Upper {
            candidates = self.inflected(kept, so_far, start);
        }
        if candidates.is_empty() {
            return None;
        }
        Some(Match {
            first: article.unwrap_or(first),
            last,
            start,
            candidates,
        })
    }

    /// What the name may be when its last word is read without a genitive or dative ending.
    fn inflected(&self, kept: &[usize], so_far: u64, start: usize) -> Vec<Candidate> {
        let Some(word) = kept.last().and_then(|last| self.words.get(*last)) else {
            return Vec::new();
        };
        let surface = word.of(self.text);
        let endings: &[&str] = match self.language {
            Language::German => &["s", "es", "n"],
            _ => &["s"],
        };
        for ending in endings {
            let Some(bare) = surface.strip_suffix(ending).filter(|bare| bare.len() >= 4) else {
                continue;
            };
            let refused = match *ending {
                "s" => bare.ends_with('s'),
                // a dative plural; a single word may be any German noun: Zahle, Zahlen
                "n" => kept.len() == 1,
                _ => false,
            };
            if refused || word.script != Script::Latin {
                continue;
            }
            let hash = key::join(so_far, key::key(bare).full);
            let mut found = self.candidates(hash, kept, start, word.end - ending.len());
            // German writes endings as part of the name, English behind an apostrophe
            if self.language == Language::German {
                for candidate in &mut found {
                    candidate.end = candidate.end.max(word.end);
                }
            }
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// Past a closing quotation mark when the name has the opening one inside.
    fn with_closing_quote(&self, kept: &[usize], end: usize) -> usize {
        let opened = kept
            .iter()
            .skip(1)
            .any(|at| self.words.get(*at).is_some_and(|w| w.gap == Gap::Quote));
        let next = self.text.get(end..).and_then(|rest| rest.chars().next());
        match next {
            Some(c) if opened && matches!(c, '"' | '“' | '”' | '»' | '«' | '’' | '‘' | '\'') => {
                end + c.len_utf8()
            }
            _ => end,
        }
    }

    fn candidates(&self, hash: u64, kept: &[usize], start: usize, end: usize) -> Vec<Candidate> {
        self.table
            .names(hash)
            .filter_map(|name| {
                let exact = self.agrees(&name, kept, end)?;
                let start = match usize::from(name.outside) {
                    0 => start,
                    title => self.words.get(*kept.get(title)?)?.start,
                };
                Some(Candidate {
                    name,
                    exact,
                    start,
                    end: self.with_closing_quote(kept, end),
                })
            })
            .collect()
    }

    /// Whether language, capitals, article and spelling allow the name; if so, whether it is
    /// spelled as in the knowledge base.
    fn agrees(&self, name: &Name<'_>, kept: &[usize], end: usize) -> Option<bool> {
        if usize::from(name.words) != kept.len() || !self.in_language(name) {
            return None;
        }
        if name.is(flag::ARABIC) {
            return Some(true);
        }
        for (i, at) in kept.iter().take(8).enumerate() {
            let capital = name.case & (1 << i) != 0;
            if capital && self.words.get(*at)?.caps == Caps::Lower {
                return None;
            }
        }
        let first = *kept.first()?;
        let word = self.words.get(first)?;
        if name.is(flag::ARTICLE) && !first.checked_sub(1).is_some_and(|b| self.article(b)) {
            return None;
        }
        if name.is(flag::ACRONYM) && (word.caps != Caps::Upper || self.shouted(first)) {
            return None;
        }
        if kept.len() > 1 {
            return Some(true);
        }
        let surface = self.text.get(word.start..end)?;
        let short_shout = word.caps == Caps::Upper && !name.is(flag::ACRONYM) && surface.len() <= 4;
        if short_shout && surface != name.text && !self.shouted(first) {
            return None;
        }
        if name.is(flag::CAMEL) && surface != name.text {
            return None;
        }
        let bare = name.text.rsplit(['-', ' ']).next()?;
        let bare = if name.is(flag::ARTICLE) {
            bare
        } else {
            name.text
        };
        if key::same_word(surface, bare) {
            return Some(true);
        }
        let long = surface.chars().count() >= LONG_WORD;
        (name.is(flag::TRANSLITERATED) && long).then_some(false)
    }

    fn in_language(&self, name: &Name<'_>) -> bool {
        name.is(flag::ARABIC)
            || match self.language {
                Language::English | Language::Arabic => name.is(flag::ENGLISH),
                Language::German => name.is(flag::GERMAN),
                Language::Other => true,
            }
    }

    /// Whether a short acronym stands among capitals only, where it may be any word.
    fn shouted(&self, at: usize) -> bool {
        const REACH: usize = 3;
        let stops = |at: usize| {
            let gap = self.words.get(at).map(|word| word.gap);
            matches!(gap, None | Some(Gap::Break | Gap::Dot))
        };
        let before = (1..=REACH)
            .take_while(|back| at + 1 >= *back && !stops(at + 1 - back))
            .filter_map(|back| at.checked_sub(back));
        let after = (at + 1..=at + REACH).take_while(|next| !stops(*next));
        let mut loud = 0;
        for word in before.chain(after).filter_map(|near| self.words.get(near)) {
            match word.caps {
                Caps::Upper => loud += 1,
                _ if word.script == Script::Latin => return false,
                _ => {}
            }
        }
        loud >= 2 && self.words.get(at).is_some_and(|w| w.end - w.start <= 4)
    }
}
