//! What is known of each word of a field before it is tagged: identity, cluster, knowledge base,
//! separators, the rest of the document; and which words may be part of a name at all.

use rustc_hash::FxHashMap;

use crate::annotate::entity::knowledge::table::Table;
use crate::annotate::entity::knowledge::words::{Caps, Gap, Script, Word};
use crate::annotate::entity::resolve::{Choice, Matched, kind_of};
use crate::annotate::entity::tagger::cache::{Bare, Cache};
use crate::annotate::entity::tagger::clitic;
use crate::annotate::entity::tagger::letters::Letters;
use crate::annotate::entity::tagger::lexicon::{Entry, Lexicon};
use crate::corpus::EntityKind;

/// What stands between a word and the word before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Separator {
    Space = 1,
    Hyphen,
    Joined,
    Comma,
    Stop,
    Line,
    Opening,
    Closing,
    Quote,
    Colon,
    Slash,
    Tag,
    AbbreviationDot,
    Other,
}

impl Separator {
    /// Whether a sentence or a line begins behind it.
    pub(super) fn begins(self) -> bool {
        matches!(self, Self::Stop | Self::Line)
    }

    /// Whether no name goes across it.
    pub(super) fn parts(self) -> bool {
        matches!(
            self,
            Self::Stop | Self::Line | Self::Comma | Self::Opening | Self::Closing | Self::Colon
        )
    }
}

/// What is known of one word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fact {
    /// Identity: the match key; of an Arabic word, what is left behind its clitics.
    pub(super) identity: u64,
    /// Bytes of its clitics.
    pub(super) lead: u8,
    /// What an unannotated corpus says of it.
    pub(super) entry: Entry,
    /// What stands before it.
    pub(super) before: Separator,
    /// 0, or 1 + 6 × kind + 2 × how the knowledge base decided + whether it continues a match.
    pub(super) known: u8,
    /// What the rest of the document says of it: bits of [`memory`].
    pub(super) memory: u8,
    /// Whether it may be part of a name.
    pub(super) live: bool,
}

/// Bits of what the rest of a document says of a word.
pub(super) mod memory {
    /// It is written small somewhere.
    pub(crate) const SMALL: u8 = 1;
    /// It has a capital inside of a sentence somewhere.
    pub(crate) const CAPITAL: u8 = 1 << 1;
    /// It comes more than once.
    pub(crate) const AGAIN: u8 = 1 << 2;
    /// It follows a capitalised word somewhere.
    pub(crate) const FOLLOWS: u8 = 1 << 3;
    /// It stands in a name of the knowledge base somewhere, of a person.
    pub(crate) const PERSON: u8 = 1 << 4;
    /// … of a group, organisation or outlet.
    pub(crate) const BODY: u8 = 1 << 5;
    /// … of a place or country.
    pub(crate) const PLACE: u8 = 1 << 6;
}

/// A field with what is known of its words.
pub(super) struct Sheet<'a> {
    /// The text.
    pub(super) text: &'a str,
    /// Its words.
    pub(super) words: &'a [Word],
    /// One for each word.
    pub(super) facts: Vec<Fact>,
}

/// Memory of the words of a document, by identity.
#[derive(Default)]
pub(super) struct Memory(FxHashMap<u64, u8>);

impl<'a> Sheet<'a> {
    /// The sheet of a field, without what the rest of the document says.
    pub(super) fn new(
        table: Table<'static>,
        matched: &Matched<'a>,
        choices: &[Option<Choice>],
        lexicon: &Lexicon<'_>,
        cache: &mut Cache,
    ) -> Self {
        let (text, words) = (matched.text, matched.words);
        let mut end = 0;
        let mut letters_before = 0;
        let mut facts = Vec::with_capacity(words.len());
        for word in words {
            let find = || {
                let (identity, lead) = identity(text, word, lexicon);
                let entry = lexicon.get(identity);
                Bare {
                    identity,
                    lead,
                    entry,
                }
            };
            let Bare {
                identity,
                lead,
                entry,
            } = if word.script == Script::Arabic {
                cache.bare(word.key.full, word.of(text), find)
            } else {
                find()
            };
            let between = text.get(end..word.start).unwrap_or("");
            let before = separator(between, word, end == 0, letters_before);
            facts.push(Fact {
                identity,
                lead,
                entry,
                before,
                known: 0,
                memory: 0,
                live: word.script == Script::Arabic || word.caps != Caps::Lower,
            });
            letters_before = word.end - word.start;
            end = word.end;
        }
        let mut sheet = Self { text, words, facts };
        sheet.add_known(table, matched, choices);
        sheet.enliven();
        sheet
    }

    fn add_known(
        &mut self,
        table: Table<'static>,
        matched: &Matched<'_>,
        choices: &[Option<Choice>],
    ) {
        for (found, choice) in matched.matches.iter().zip(choices) {
            let candidate = choice
                .map(|c| c.candidate)
                .or(found.candidates.first().copied());
            let Some(record) = candidate.and_then(|c| table.entity(c.name.entity)) else {
                continue;
            };
            let at = EntityKind::ALL
                .iter()
                .position(|k| Some(*k) == kind_of(&record));
            let kind = u8::try_from(at.unwrap_or(0)).unwrap_or(0);
            let how = match choice {
                Some(choice) if !choice.by_context => 0,
                Some(_) => 1,
                None => 2,
            };
            for at in found.first..=found.last {
                if let Some(fact) = self.facts.get_mut(at) {
                    fact.known = 1 + kind * 6 + how * 2 + u8::from(at > found.first);
                    fact.live = true;
                }
            }
        }
    }

    /// Small words may be part of a name beside capitals: `Syrian army`, `Karl von Habsburg`.
    fn enliven(&mut self) {
        const AFTER: usize = 2;
        let closed = |word: &Word| matches!(word.gap, Gap::Break);
        let small = |word: &Word| word.script == Script::Latin && word.caps == Caps::Lower;
        let mut since = usize::MAX;
        for (at, word) in self.words.iter().enumerate() {
            if closed(word) {
                since = usize::MAX;
            }
            let Some(fact) = self.facts.get_mut(at) else {
                break;
            };
            if !small(word) {
                since = 0;
            } else if since < AFTER {
                since += 1;
                fact.live = true;
            } else {
                // `eastern Aleppo`, `al-Assad`
                let next = self.words.get(at + 1).filter(|next| !small(next));
                fact.live |= next.is_some_and(|n| n.gap == Gap::Space || word.article);
            }
        }
        // what stands between two live words is live where the gap is short
        for at in 0..self.facts.len() {
            let open = self.words.get(at).zip(self.words.get(at + 1));
            let open = open.is_some_and(|(a, b)| !closed(a) && !closed(b));
            let live =
                |at: Option<usize>| at.and_then(|at| self.facts.get(at)).is_some_and(|f| f.live);
            let between = open && live(at.checked_sub(1)) && live(Some(at + 1));
            if let Some(fact) = self.facts.get_mut(at) {
                fact.live |= between;
            }
        }
    }

    /// Runs of words that may be part of names, as ranges of words.
    pub(super) fn runs(&self) -> Vec<std::ops::Range<usize>> {
        let mut runs = Vec::new();
        let mut start = None;
        for (at, fact) in self.facts.iter().enumerate() {
            // a name does not go across the end of a paragraph
            if let (Some(from), true) = (start, !fact.live || fact.before == Separator::Line) {
                runs.push(from..at);
                start = None;
            }
            if fact.live && start.is_none() {
                start = Some(at);
            }
        }
        runs.extend(start.map(|from| from..self.facts.len()));
        runs
    }

    /// Notes what this field says of its words.
    pub(super) fn tell(&self, memory: &mut Memory) {
        let mut capital_before = false;
        for (fact, word) in self.facts.iter().zip(self.words) {
            let capital = word.caps != Caps::Lower;
            if word.script == Script::Arabic || capital {
                let inside = capital && !fact.before.begins() && fact.before != Separator::Quote;
                let follows = capital && capital_before && fact.before == Separator::Space;
                let mut bits = match fact.known.checked_sub(1).map(|k| (k / 6, k % 6 < 4)) {
                    Some((0, true)) => memory::PERSON,
                    Some((1..=3, true)) => memory::BODY,
                    Some((4 | 5, true)) => memory::PLACE,
                    _ => 0,
                };
                bits |= if inside { memory::CAPITAL } else { 0 };
                bits |= if follows { memory::FOLLOWS } else { 0 };
                memory
                    .0
                    .entry(fact.identity)
                    .and_modify(|known| *known |= bits | memory::AGAIN)
                    .or_insert(bits);
            }
            capital_before = capital;
        }
    }

    /// Notes which of the words that have capitals elsewhere are written small here.
    pub(super) fn tell_small(&self, memory: &mut Memory) {
        for (fact, word) in self.facts.iter().zip(self.words) {
            let small = word.script == Script::Latin && word.caps == Caps::Lower;
            if let Some(known) = memory.0.get_mut(&fact.identity).filter(|_| small) {
                *known |= memory::SMALL;
            }
        }
    }

    /// Takes over what the document says.
    pub(super) fn learn(&mut self, memory: &Memory) {
        for fact in self.facts.iter_mut().filter(|fact| fact.live) {
            fact.memory = memory.0.get(&fact.identity).copied().unwrap_or(0);
        }
    }
}

impl Memory {
    /// Whether a word with this identity comes with a capital.
    pub(super) fn has(&self, identity: u64) -> bool {
        self.0.contains_key(&identity)
    }
}

/// Identity of a word and the bytes of its clitics.
pub(super) fn identity(text: &str, word: &Word, lexicon: &Lexicon<'_>) -> (u64, u8) {
    if word.script != Script::Arabic {
        return (word.key.full, 0);
    }
    let letters = Letters::of(word.of(text));
    let lead = clitic::lead(&letters, lexicon);
    let bytes = u8::try_from(letters.bytes(lead)).unwrap_or(0);
    (letters.hash_from(lead), bytes)
}

fn separator(between: &str, word: &Word, first: bool, letters_before: usize) -> Separator {
    if between == " " {
        return Separator::Space;
    }
    if first {
        return Separator::Line;
    }
    if between.contains('\n') {
        return Separator::Line;
    }
    match word.gap {
        Gap::Joined => Separator::Joined,
        Gap::Space => Separator::Space,
        Gap::Hyphen => Separator::Hyphen,
        Gap::Quote => Separator::Quote,
        Gap::Dot if letters_before <= 2 || between == "." => Separator::AbbreviationDot,
        Gap::Dot => Separator::Stop,
        Gap::Break => {
            let mut best = Separator::Other;
            for c in between.chars() {
                best = match c {
                    '.' | '!' | '?' | '؟' | '…' => return Separator::Stop,
                    '(' | '[' | '{' => Separator::Opening,
                    ')' | ']' | '}' if best == Separator::Other => Separator::Closing,
                    ',' | '،' | ';' | '؛' if best == Separator::Other => Separator::Comma,
                    ':' if best == Separator::Other => Separator::Colon,
                    '/' | '|' if best == Separator::Other => Separator::Slash,
                    '#' | '@' if best == Separator::Other => Separator::Tag,
                    '"' | '“' | '”' | '„' | '«' | '»' if best == Separator::Other => {
                        Separator::Quote
                    }
                    _ => best,
                };
            }
            best
        }
    }
}
