//! Query → the articles that it matches, each with its score.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::corpus::{ArticleId, Corpus, DayRange, EntityId, EntityKind, Language, Segment};
use crate::query::answer::Hit;
use crate::query::fuzzy::{Names, WordScores, typed_words};
use crate::query::question::{Condition, DayField, Query};
use crate::query::text::Phrase;
use crate::text::fold::fold;
use crate::text::skeleton::{Sounds, skeleton};

/// Articles looked at between two questions whether to go on.
const BATCH: usize = 64;

/// Consonants that a name must have to be looked for by sound.
const CONSONANTS: usize = 3;

/// Similarity from which on two names of the same consonants are one.
const ALIKE: f32 = 0.85;

/// A query made ready for one snapshot of a corpus.
pub(crate) struct Filter {
    /// What all hits must pass, the cheapest first.
    tests: Vec<(Test, bool)>,
    /// Whether each fuzzy word matches by name, and how well.
    names: Names,
    /// The fuzzy words as literal ones.
    literal: Vec<Phrase>,
}

/// A condition made ready, in the order of what it costs to ask.
enum Test {
    Days(DayField, NaiveDate, NaiveDate),
    Undated(DayField),
    Language(Language),
    /// By source number.
    Sources(Vec<bool>),
    /// By entity.
    Entities(Vec<bool>),
    /// All words by name.
    Fuzzy(Names),
    Title(Phrase),
    Text(Phrase),
}

impl Test {
    fn cost(&self) -> u8 {
        match self {
            Self::Days(DayField::Published, ..)
            | Self::Undated(DayField::Published)
            | Self::Language(_)
            | Self::Sources(_) => 0,
            Self::Days(..) | Self::Undated(_) | Self::Entities(_) => 1,
            Self::Fuzzy(_) | Self::Title(_) => 2,
            Self::Text(_) => 3,
        }
    }

    /// Whether the article passes, and its score.
    fn score(&self, segment: &Segment, at: usize) -> Option<i64> {
        let passes = match self {
            Self::Text(phrase) => return phrase.count_in(segment.text(at)),
            Self::Fuzzy(names) => return names.score(segment, at),
            Self::Days(DayField::Published, from, to) => segment
                .day(at)
                .is_some_and(|(day, _)| *from <= day && day <= *to),
            Self::Days(DayField::Mentioned, from, to) => {
                days_in(segment, at).any(|range| range.is_within(*from, *to))
            }
            Self::Undated(DayField::Published) => segment.day(at).is_none(),
            Self::Undated(DayField::Mentioned) => !days_in(segment, at).any(DayRange::is_day),
            Self::Language(language) => segment.language(at) == *language,
            Self::Sources(wanted) => is_set(wanted, segment.source(at)),
            Self::Entities(wanted) => segment.entities(at).any(|(id, _)| is_set(wanted, id.0)),
            Self::Title(phrase) => phrase.is_in(segment.title(at)),
        };
        passes.then_some(0)
    }

    /// Whether the article passes.
    fn is_passed(&self, segment: &Segment, at: usize) -> bool {
        match self {
            Self::Text(phrase) => phrase.is_in(segment.text(at)),
            _ => self.score(segment, at).is_some(),
        }
    }
}

fn days_in(segment: &Segment, at: usize) -> impl Iterator<Item = DayRange> {
    segment.mentioned(at).iter().copied().flatten()
}

fn is_set(flags: &[bool], number: u32) -> bool {
    flags.get(number as usize).copied().unwrap_or(false)
}

impl Filter {
    /// Makes a query ready; `None` when cancelled. `scores_of` gives the scores of a folded word
    /// over the words of the corpus, or `None` when cancelled.
    pub(crate) fn new(
        corpus: &Corpus,
        query: &Query,
        cancelled: &dyn Fn() -> bool,
        mut scores_of: impl FnMut(&str) -> Option<Arc<WordScores>>,
    ) -> Option<Self> {
        let mut tests = Vec::new();
        for term in &query.terms {
            let test = match &term.condition {
                Condition::Fuzzy(value) => {
                    if !term.exclude {
                        continue;
                    }
                    let words = typed_words(value);
                    let scores = words.iter().map(|word| scores_of(word));
                    Test::Fuzzy(Names::new(corpus, scores.collect::<Option<_>>()?))
                }
                Condition::Text(words) => Test::Text(Phrase::new(words)),
                Condition::Title(words) => Test::Title(Phrase::new(words)),
                Condition::Entity(name) => Test::Entities(entities_named(corpus, name, cancelled)?),
                Condition::Kind(kind) => Test::Entities(entities_of(corpus, *kind)),
                Condition::Days { field, from, to } => Test::Days(*field, *from, *to),
                Condition::Undated(field) => Test::Undated(*field),
                Condition::Language(language) => Test::Language(*language),
                Condition::Source(part) => Test::Sources(sources_with(corpus, part)),
            };
            tests.push((test, term.exclude));
        }
        tests.sort_by_key(|(test, _)| test.cost());
        let words = query.fuzzy_words();
        let scores = words.iter().map(|word| scores_of(word));
        Some(Self {
            tests,
            names: Names::new(corpus, scores.collect::<Option<_>>()?),
            literal: words.iter().map(|word| Phrase::new(word)).collect(),
        })
    }

    /// Whether what a wider query did not match, this one does not match either.
    pub(crate) fn can_be_narrowed(&self) -> bool {
        !self.names.has_word_of_every_path()
    }

    /// The score of everything but the fuzzy words.
    fn score_of_tests(&self, segment: &Segment, at: usize) -> Option<i64> {
        self.tests.iter().try_fold(0, |sum, (test, exclude)| {
            if *exclude {
                (!test.is_passed(segment, at)).then_some(sum)
            } else {
                Some(sum + test.score(segment, at)?)
            }
        })
    }

    /// The candidates that match, with their scores, in the order of their ids.
    pub(crate) fn hits(
        &self,
        corpus: &Corpus,
        candidates: &Candidates<'_>,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Vec<Hit>> {
        let mut hits = Vec::new();
        candidates.visit(corpus, cancelled, |segment, at| {
            if let Some(names) = self.names.score(segment, at)
                && let Some(rest) = self.score_of_tests(segment, at)
            {
                hits.push(Hit {
                    article: segment.id(at),
                    score: names + rest,
                });
            }
        })?;
        Some(hits)
    }

    /// The candidates that hold the fuzzy words literally and pass every other term, in the order
    /// of their ids.
    pub(crate) fn literal(
        &self,
        corpus: &Corpus,
        candidates: &Candidates<'_>,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Vec<ArticleId>> {
        let mut holders = Vec::new();
        candidates.visit(corpus, cancelled, |segment, at| {
            let passes = |(test, exclude): &(Test, bool)| test.is_passed(segment, at) != *exclude;
            if self.tests.iter().all(passes)
                && self.literal.iter().all(|word| word.is_in(segment.text(at)))
            {
                holders.push(segment.id(at));
            }
        })?;
        Some(holders)
    }
}

/// Which articles to look at: some known ones, and all from an id on.
pub(crate) struct Candidates<'c> {
    /// Ids in order, all below `rest`.
    pub(crate) known: Known<'c>,
    /// The first article of which nothing is known.
    pub(crate) rest: ArticleId,
}

/// Articles that matched something wider.
pub(crate) enum Known<'c> {
    /// As hits.
    Hits(&'c [Hit]),
    /// As ids.
    Ids(&'c [ArticleId]),
}

impl Candidates<'_> {
    /// Every article.
    pub(crate) const ALL: Self = Self {
        known: Known::Ids(&[]),
        rest: ArticleId(0),
    };

    fn visit(
        &self,
        corpus: &Corpus,
        cancelled: &dyn Fn() -> bool,
        mut visit: impl FnMut(&Segment, usize),
    ) -> Option<()> {
        let mut seen = 0usize;
        let mut visit = |(segment, at): (&Segment, usize)| {
            visit(segment, at);
            seen += 1;
            (!seen.is_multiple_of(BATCH) || !cancelled()).then_some(())
        };
        match self.known {
            Known::Hits(hits) => corpus
                .walk(hits.iter().map(|hit| hit.article))
                .try_for_each(&mut visit)?,
            Known::Ids(ids) => corpus.walk(ids.iter().copied()).try_for_each(&mut visit)?,
        }
        let end = u32::try_from(corpus.len()).unwrap_or(u32::MAX);
        corpus
            .walk((self.rest.0..end).map(ArticleId))
            .try_for_each(&mut visit)
    }
}

/// The entities that a name means: those with this key, also one that links made part of another;
/// else those with this folded key; else those that some article spells so; else those for which
/// the knowledge base lists it; else those that sound so. `None` when cancelled.
fn entities_named(corpus: &Corpus, name: &str, cancelled: &dyn Fn() -> bool) -> Option<Vec<bool>> {
    let table = corpus.entities();
    let folded = fold(name);
    let exact = EntityKind::ALL.map(|kind| table.find(name, kind));
    if exact.iter().any(Option::is_some) {
        return Some(flags(table.len(), exact.into_iter().flatten()));
    }
    let mut by_key = Vec::new();
    let mut by_spelling = Vec::new();
    for (id, entity) in table.iter() {
        if id.index().is_multiple_of(BATCH) && cancelled() {
            return None;
        }
        if fold(&entity.key) == folded {
            by_key.push(id);
        }
        let mut spellings = entity.spellings.keys();
        if spellings.any(|(_, spelling)| fold(spelling) == folded) {
            by_spelling.push(id);
        }
    }
    let listed = corpus.links().listed(&folded).iter();
    let listed = listed.filter_map(|name| table.find(&name.key, name.kind));
    let mut known = [by_key, by_spelling, listed.collect()].into_iter();
    let found = match known.find(|found| !found.is_empty()) {
        Some(found) => found,
        None => entities_sounding(corpus, name, cancelled)?,
    };
    Some(flags(table.len(), found))
}

/// The entities that sound like a name in some spelling or script: the same consonants, three at
/// least, and vowels that go with them. `None` when cancelled.
fn entities_sounding(
    corpus: &Corpus,
    name: &str,
    cancelled: &dyn Fn() -> bool,
) -> Option<Vec<EntityId>> {
    let bones = skeleton(name);
    if bones.chars().filter(|c| *c != ' ').count() < CONSONANTS {
        return Some(Vec::new());
    }
    let sounds = Sounds::new(name);
    let is_like = |spelling: &str| {
        skeleton(spelling) == bones && sounds.similarity(&Sounds::new(spelling)) >= ALIKE
    };
    let mut found = Vec::new();
    for (id, entity) in corpus.entities().iter() {
        if id.index().is_multiple_of(BATCH) && cancelled() {
            return None;
        }
        let mut spellings = entity.spellings.keys();
        if is_like(&entity.key) || spellings.any(|(_, spelling)| is_like(spelling)) {
            found.push(id);
        }
    }
    Some(found)
}

fn flags(len: usize, set: impl IntoIterator<Item = EntityId>) -> Vec<bool> {
    let mut flags = vec![false; len];
    for id in set {
        if let Some(flag) = flags.get_mut(id.index()) {
            *flag = true;
        }
    }
    flags
}

fn entities_of(corpus: &Corpus, kind: EntityKind) -> Vec<bool> {
    let entities = corpus.entities().iter();
    entities.map(|(_, entity)| entity.kind == kind).collect()
}

fn sources_with(corpus: &Corpus, part: &str) -> Vec<bool> {
    let part = fold(part.trim());
    let sources = corpus.sources().iter_from(0);
    sources
        .map(|(_, source, _)| source.contains(&part))
        .collect()
}
