//! What only all documents together tell, made anew whenever the user sets something right: which
//! names are one, and of which day documents are. Reads and annotates nothing again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::annotate::date;
use crate::annotate::date::corpus::{Evidence, Said, date_documents, date_documents_unless};
use crate::annotate::entity::Finder;
use crate::corpus::{Article, ArticleId, Corpus, DocumentDay, Duplicates, Timex, TimexBasis};
use crate::link::{self, Cancelled, LinkMode};
use crate::pipeline::Request;
use crate::repair::{Repair, Repairs};

/// Reason of what the user said about an expression of time.
pub const SET_BY_YOU: &str = "set by you";

/// A corpus with what is needed to take in corrections.
#[derive(Debug)]
pub struct Corrector {
    corpus: Arc<Corpus>,
    /// What the user fixed for all documents when they were read.
    options: date::Options,
    /// What each document says about days; of those that the user spoke about, with what they
    /// said.
    evidence: Vec<Evidence>,
    /// The same of those documents without.
    unsaid: BTreeMap<usize, Evidence>,
    /// Documents in which the user set or rejected expressions of time.
    overridden: BTreeSet<ArticleId>,
    /// Whether the documents were dated by each other.
    dated: bool,
    /// The articles whose days the last dating changed.
    redated: Vec<ArticleId>,
    /// Where the evidence is until it is needed.
    kept: Option<Arc<dyn KeptEvidenceOf>>,
}

/// Whoever keeps the evidence of a corpus outside of the heap.
pub trait KeptEvidenceOf: fmt::Debug + Send + Sync {
    /// What each document says about days by itself, in their order; `None` when it cannot be
    /// read any more.
    fn evidence(&self) -> Option<Vec<Evidence>>;
}

impl Corrector {
    /// A corrector of a corpus as it was annotated; `evidence` is what each of its documents says
    /// about days under `options`, in their order.
    #[must_use]
    pub fn new(corpus: Arc<Corpus>, evidence: Vec<Evidence>, options: date::Options) -> Self {
        Self {
            corpus,
            options,
            evidence,
            unsaid: BTreeMap::new(),
            overridden: BTreeSet::new(),
            dated: false,
            redated: Vec::new(),
            kept: None,
        }
    }

    /// A corrector of a corpus as an earlier run left it, under the repairs of `request`.
    #[must_use]
    pub fn of_kept(
        corpus: Arc<Corpus>,
        evidence: Arc<dyn KeptEvidenceOf>,
        request: &Request,
    ) -> Self {
        let options = date::Options {
            document_day: request.document_day,
        };
        // what the user said about days is in those of the corpus: once it is not said any more
        // they are worked out anew
        let said = request
            .repairs
            .iter()
            .any(|repair| repair.document().is_some());
        Self {
            dated: !said,
            kept: Some(evidence),
            ..Self::new(corpus, Vec::new(), options)
        }
    }

    /// The articles whose days others or the user decided when the corpus was last dated.
    #[must_use]
    pub fn redated(&self) -> &[ArticleId] {
        &self.redated
    }

    /// Reads the evidence, if it is elsewhere.
    fn fetch(&mut self) {
        let Some(kept) = self.kept.take() else { return };
        let evidence = kept.evidence().filter(|all| all.len() == self.corpus.len());
        self.evidence = evidence.unwrap_or_else(|| all_evidence(&self.corpus, self.options));
    }

    /// A corrector of a corpus whose evidence was not kept: reads all expressions of time again.
    #[must_use]
    pub fn of(corpus: Arc<Corpus>) -> Self {
        let options = date::Options::default();
        let evidence = all_evidence(&corpus, options);
        Self::new(corpus, evidence, options)
    }

    /// The corpus as it was last made.
    #[must_use]
    pub fn corpus(&self) -> &Arc<Corpus> {
        &self.corpus
    }

    /// The corpus with what repeats in it.
    pub fn with_duplicates(&mut self, duplicates: Duplicates) -> Arc<Corpus> {
        self.corpus = Arc::new(self.corpus.with_duplicates(duplicates));
        Arc::clone(&self.corpus)
    }

    /// The corpus under other repairs and links. Articles and entities keep their ids.
    pub fn apply(&mut self, finder: &Finder, repairs: &Repairs, mode: LinkMode) -> Arc<Corpus> {
        let applied = self.apply_unless(finder, repairs, mode, &|| false);
        applied.unwrap_or_else(|| Arc::clone(&self.corpus))
    }

    /// The same, given up within milliseconds once `cancelled` says so while names are linked:
    /// `None` then, and nothing has changed.
    pub fn apply_unless(
        &mut self,
        finder: &Finder,
        repairs: &Repairs,
        mode: LinkMode,
        cancelled: Cancelled<'_>,
    ) -> Option<Arc<Corpus>> {
        // where the user says nothing about days, documents are dated while names are linked
        let silent = repairs.iter().all(|repair| repair.document().is_none());
        let fresh = !self.dated && self.kept.is_none();
        let untouched = silent && self.unsaid.is_empty() && self.overridden.is_empty();
        let (linked, days) = thread::scope(|scope| {
            let evidence = &self.evidence;
            let days = (fresh && untouched)
                .then(|| scope.spawn(|| date_documents_unless(evidence, cancelled)));
            let linked = link::linked_unless(&self.corpus, finder, repairs, mode, cancelled);
            let days = days.map(|days| days.join().unwrap_or_else(|panic| resume_unwind(panic)));
            (linked, days)
        });
        let days = match days {
            Some(days) => Some(days?),
            None => None,
        };
        self.corpus = Arc::new(self.dated_anew(linked?, repairs, days));
        Some(Arc::clone(&self.corpus))
    }

    /// The corpus with the days that only all documents together tell: stories that share names,
    /// sentences or events lend each other theirs, and what hangs on a day is resolved anew.
    /// `days` are those of the documents where they are known already.
    fn dated_anew(
        &mut self,
        corpus: Corpus,
        repairs: &Repairs,
        days: Option<Vec<DocumentDay>>,
    ) -> Corpus {
        let said = Saying::of(&corpus, repairs);
        let silent = said.days.is_empty() && said.expressions.is_empty();
        if !(self.dated && silent && self.unsaid.is_empty() && self.overridden.is_empty()) {
            self.fetch();
        }
        let heard = self.hear(&corpus, &said);
        let overridden: BTreeSet<ArticleId> = said.expressions.keys().copied().collect();
        if self.dated && !heard && overridden.is_empty() && self.overridden.is_empty() {
            return corpus;
        }
        let mut changes = Vec::new();
        let days = days.unwrap_or_else(|| date_documents(&self.evidence));
        for ((id, article), day) in corpus.articles().zip(days) {
            let says_nothing =
                day.day.is_none() && day.clues.is_empty() && day.candidates.is_empty();
            let now = (!says_nothing).then_some(day);
            let touched = overridden.contains(&id) || self.overridden.contains(&id);
            if touched || now != article.day {
                let mut timexes = date::resolve(&article.raw, article.language, now.as_ref());
                if let Some(repairs) = said.expressions.get(&id) {
                    timexes = overridden_by(article, timexes, repairs);
                }
                changes.push((id, now, timexes));
            }
        }
        self.overridden = overridden;
        self.dated = true;
        self.redated = changes.iter().map(|(id, ..)| *id).collect();
        corpus.redated(changes)
    }

    /// Takes in what the user says about the days of documents; gives whether that is news.
    fn hear(&mut self, corpus: &Corpus, said: &Saying<'_>) -> bool {
        let before: Vec<usize> = self.unsaid.keys().copied().collect();
        let mut news = false;
        for (at, evidence) in std::mem::take(&mut self.unsaid) {
            if let Some(slot) = self.evidence.get_mut(at) {
                *slot = evidence;
            }
        }
        for (id, said) in &said.days {
            let Some((segment, at)) = corpus.locate(*id) else {
                continue;
            };
            let (Some(article), Some(slot)) = (
                segment.articles().get(at),
                self.evidence.get_mut(id.index()),
            ) else {
                continue;
            };
            let mentions = segment.annotated(at);
            let (raw, language) = (&article.raw, article.language);
            let corrected = Evidence::corrected(raw, language, mentions, self.options, said);
            self.unsaid
                .insert(id.index(), std::mem::replace(slot, corrected));
            news = true;
        }
        news || !before.is_empty()
    }
}

/// What each document says about days by itself.
fn all_evidence(corpus: &Corpus, options: date::Options) -> Vec<Evidence> {
    let segments = corpus.segments().flat_map(|segment| {
        let articles = segment.articles().iter().enumerate();
        articles.map(|(at, article)| (article, segment.annotated(at)))
    });
    segments
        .map(|(article, mentions)| Evidence::of(&article.raw, article.language, mentions, options))
        .collect()
}

/// What the user says about days, by article.
struct Saying<'r> {
    days: BTreeMap<ArticleId, Said>,
    expressions: BTreeMap<ArticleId, Vec<&'r Repair>>,
}

impl<'r> Saying<'r> {
    fn of(corpus: &Corpus, repairs: &'r Repairs) -> Self {
        let mut saying = Self {
            days: BTreeMap::new(),
            expressions: BTreeMap::new(),
        };
        let wanted: FxHashSet<&[u8; 32]> = repairs
            .iter()
            .filter_map(|repair| Some(&repair.document()?.sha256))
            .collect();
        if wanted.is_empty() {
            return saying;
        }
        let mut ids: FxHashMap<&[u8; 32], Vec<ArticleId>> = FxHashMap::default();
        for (id, article) in corpus.articles() {
            if let Some(sha256) = wanted.get(&article.raw.sha256) {
                ids.entry(sha256).or_default().push(id);
            }
        }
        for repair in repairs.iter() {
            let Some(document) = repair.document() else {
                continue;
            };
            for id in ids.get(&document.sha256).into_iter().flatten() {
                match repair {
                    Repair::Day { day, .. } => {
                        saying.days.entry(*id).or_default().within = Some(day.range());
                    }
                    Repair::NotDay { day, .. } => {
                        saying.days.entry(*id).or_default().rejected.push(*day);
                    }
                    _ => saying.expressions.entry(*id).or_default().push(repair),
                }
            }
        }
        saying
    }
}

/// Expressions of time with what the user says about them.
fn overridden_by(article: &Article, timexes: Vec<Timex>, repairs: &[&Repair]) -> Vec<Timex> {
    let means = |timex: &Timex| {
        repairs.iter().find(|repair| {
            let (Repair::Date { place, .. } | Repair::NotDate { place, .. }) = repair else {
                return false;
            };
            // the words guard against offsets that were mistyped; a line break in them is a space
            // in the file
            let words = timex.span.of(article.field(timex.field)).split_whitespace();
            place.field == timex.field
                && place.span == timex.span
                && place.words.split_whitespace().eq(words)
        })
    };
    let overridden = timexes.into_iter().filter_map(|timex| match means(&timex) {
        Some(Repair::NotDate { .. }) => None,
        Some(Repair::Date { day, .. }) => {
            let (first, last) = day.range();
            Some(Timex {
                value: day.to_string(),
                earliest: Some(first),
                latest: Some(last),
                basis: TimexBasis::Resolved,
                confidence: 1.0,
                why: Arc::from(SET_BY_YOU),
                ..timex
            })
        }
        _ => Some(timex),
    });
    overridden.collect()
}
