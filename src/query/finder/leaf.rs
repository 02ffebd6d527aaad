//! One word or phrase of a question, made ready.

use crate::corpus::fulltext::beside::is_article;
use crate::corpus::{Article, Corpus, EntityId, Field, FullText, Mention, Span};
use crate::query::expand::{
    Expansion, Place, Typed, beginning, expand, is_arabic, typed_words, with_particles,
};
use crate::query::finder::alias;
use crate::query::finder::lookup::{has_compounds, holding, zeroed};
use crate::query::finder::phrase::{
    Found, Heard, PARTS_FOR_A_SLIP, Part, Phrase, is_too_short_to_hear,
};
use crate::query::finder::ranking::{self, Weighted};
use crate::query::finder::verify;
use crate::query::text::ExactWords;
use crate::query::textquery::{Match, Matching, Reason};
use crate::text::fold::Folded;

/// A word or phrase with all that it may match.
#[derive(Debug)]
pub(super) struct Leaf {
    typed: String,
    /// The letters that must stand there.
    exact: Option<ExactWords>,
    phrase: Phrase,
    /// The documents that hold the words themselves, where they were looked for before.
    known: Option<Weighted>,
    /// Entities that the typed name means.
    entities: Vec<EntityId>,
    /// Their spellings.
    spellings: Vec<Phrase>,
}

impl Leaf {
    /// Makes a phrase (one word mostly) ready; the last word may be unfinished if `is_prefix`.
    /// It must hold a word. `None` when cancelled.
    pub(super) fn new(
        corpus: &Corpus,
        typed: &str,
        matching: Matching,
        is_prefix: bool,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Self> {
        let all = typed_words(typed);
        let words = if matching.exact {
            all
        } else {
            without_articles(all)
        };
        let last = words.len().saturating_sub(1);
        let text = corpus.fulltext();
        let place = if last == 0 {
            Place::Alone
        } else {
            Place::InPhrase
        };
        let mut parts = Vec::with_capacity(words.len());
        let unheard = is_too_short_to_hear(&words);
        for (at, word) in words.iter().enumerate() {
            let mut found = if is_prefix && at == last {
                beginning(text, &word.folded, cancelled)?
            } else {
                expand(text, word, matching, place, cancelled)?
            };
            if found.is_empty() && at == last && matching.spelling && !is_prefix {
                found = beginning(text, &word.folded, cancelled)?;
            }
            // what no place of the phrase may match by
            if words.len() > 1 {
                let no_slip = words.len() < PARTS_FOR_A_SLIP;
                found.retain(|_, reason| match reason {
                    Reason::Typo => !no_slip,
                    Reason::Skeleton => !unheard,
                    _ => true,
                });
            }
            parts.push(Part::new(text, &found, &word.gap));
        }
        let mut leaf = Self {
            typed: typed.to_owned(),
            exact: matching.exact.then(|| ExactWords::new(typed)),
            phrase: Phrase::new(parts, &words),
            known: None,
            entities: Vec::new(),
            spellings: Vec::new(),
        };
        if matching.scripts && !is_prefix {
            leaf.find_aliases(corpus, &words, cancelled)?;
        }
        Some(leaf)
    }

    /// What some words name together; `None` when cancelled, `Some(None)` when they are no name.
    #[expect(
        clippy::option_option,
        reason = "the outer one says, as everywhere here, whether it was cancelled"
    )]
    pub(super) fn named(
        corpus: &Corpus,
        typed: &str,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Option<Self>> {
        let words = without_articles(typed_words(typed));
        let mut leaf = Self::new(corpus, typed, Matching::FOLDED, false, cancelled)?;
        leaf.find_aliases(corpus, &words, cancelled)?;
        Some((!leaf.entities.is_empty()).then_some(leaf))
    }

    fn find_aliases(
        &mut self,
        corpus: &Corpus,
        words: &[Typed],
        cancelled: &dyn Fn() -> bool,
    ) -> Option<()> {
        let may_be_name = words.iter().any(|word| alias::is_in_names(corpus, word));
        let found = if may_be_name {
            self.base(corpus, None, cancelled)?
        } else {
            Weighted::new()
        };
        self.entities = alias::entities(corpus, &self.typed, &self.phrase, &found);
        self.known = may_be_name.then_some(found);
        let text = corpus.fulltext();
        let mut single = Expansion::default();
        for spelling in alias::spellings(corpus, &self.entities, words.len()) {
            let typed = without_articles(typed_words(&spelling));
            let expansions: Vec<Expansion> =
                typed.iter().map(|word| as_spelt(text, word)).collect();
            match expansions.as_slice() {
                [only] => single.extend(only),
                several => {
                    let parts = several.iter().zip(&typed);
                    let parts = parts.map(|(words, typed)| Part::new(text, words, &typed.gap));
                    let phrase = Phrase::new(parts.collect(), &typed);
                    if !phrase.is_hopeless() {
                        self.spellings.push(phrase);
                    }
                }
            }
        }
        if self.phrase.parts.len() == 1 {
            let known = self.phrase.parts.iter().flat_map(|part| &part.words);
            for (number, _) in known {
                single.remove(number);
            }
        }
        if !single.is_empty() {
            let part = Part::new(text, &single, "");
            self.spellings.push(Phrase::new(vec![part], &[]));
        }
        Some(())
    }

    /// How many documents it costs to ask at most, roughly.
    pub(super) fn cost(&self) -> usize {
        let phrases = std::iter::once(&self.phrase).chain(&self.spellings);
        phrases.map(rarest).sum()
    }

    /// The documents that match, among some or of all, with their scores. `None` when cancelled.
    pub(super) fn documents(
        &self,
        corpus: &Corpus,
        among: Option<&Weighted>,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Weighted> {
        let mut found = self.base(corpus, among, cancelled)?;
        let spellings: Vec<&Phrase> = self.spellings.iter().collect();
        for more in holding(corpus, &spellings, among, cancelled)? {
            found = ranking::union(found, more, |a, b| a + b);
        }
        for entity in &self.entities {
            let articles = corpus.mentioning(*entity).iter();
            let weight = Reason::Alias.confidence();
            #[expect(clippy::cast_precision_loss, reason = "counts of mentions are small")]
            let more = articles.map(|(article, count)| (*article, *count as f32 * weight));
            let more = match among {
                Some(among) => ranking::both(&more.collect(), &zeroed(among)),
                None => more.collect(),
            };
            found = ranking::union(found, more, f32::max);
        }
        ranking::score(corpus.fulltext(), &mut found);
        Some(found)
    }

    /// The documents that hold the words themselves, with weighted occurrences.
    fn base(
        &self,
        corpus: &Corpus,
        among: Option<&Weighted>,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Weighted> {
        if let Some(known) = &self.known {
            return Some(match among {
                Some(among) => ranking::both(known, &zeroed(among)),
                None => known.clone(),
            });
        }
        let found = holding(corpus, &[&self.phrase], among, cancelled)?.pop()?;
        let Some(words) = &self.exact else {
            return Some(found);
        };
        verify::each(
            corpus,
            &found,
            cancelled,
            |(segment, at), weight, &mut ()| {
                let (title, text) = segment.fields(at);
                (words.is_in(&title) || words.is_in(&text)).then_some(*weight)
            },
        )
    }

    /// A match as a place in the source.
    fn shown(&self, source: &str, folded: &Folded, field: Field, found: Found) -> Option<Match> {
        let (range, reason) = found;
        let range = folded.source_range(range);
        let surface = source.get(range.clone())?;
        let is_exact = || surface.to_lowercase() == self.typed.trim().to_lowercase();
        let reason = match reason {
            Reason::Folded if is_exact() => Reason::Exact,
            other => other,
        };
        Some(self.found(field, Span::new(range.start, range.end), reason))
    }

    fn found(&self, field: Field, span: Span, reason: Reason) -> Match {
        Match {
            field,
            span,
            typed: self.typed.clone(),
            reason,
        }
    }

    /// Adds the places in a field of an article that match.
    pub(super) fn matches_in(
        &self,
        corpus: &Corpus,
        article: &Article,
        field: Field,
        folded: &Folded,
        matches: &mut Vec<Match>,
    ) {
        let source = article.field(field);
        if let Some(words) = &self.exact {
            let spans = words.spans_in(source);
            matches.extend(spans.map(|span| self.found(field, span, Reason::Exact)));
            return;
        }
        let mut heard = Heard::default();
        let counts = |found: &Found| found.1 != Reason::Compound || has_compounds(article.language);
        let found = self.phrase.matches(folded.text(), &mut heard).into_iter();
        let found = found.filter(counts);
        matches.extend(found.filter_map(|place| self.shown(source, folded, field, place)));
        for spelling in &self.spellings {
            let found = spelling.matches(folded.text(), &mut heard).into_iter();
            matches.extend(
                found.filter_map(|place| {
                    self.shown(source, folded, field, (place.0, Reason::Alias))
                }),
            );
        }
        if self.entities.is_empty() {
            return;
        }
        let is_meant = |mention: &&Mention| {
            mention.field == field
                && self.entities.iter().any(|id| {
                    let entity = corpus.entities().get(*id);
                    entity.is_some_and(|e| e.key == mention.entity && e.kind == mention.kind)
                })
        };
        let mentions = article.mentions.iter().filter(is_meant);
        matches.extend(mentions.map(|m| self.found(field, m.span, Reason::Alias)));
    }
}

/// A name's word as it is spelt, with Arabic particles in front.
fn as_spelt(text: &FullText, word: &Typed) -> Expansion {
    let mut forms = vec![(word.folded.clone(), Reason::Alias)];
    if word.folded.chars().all(is_arabic) {
        let bare = word.folded.strip_prefix("ال");
        let bare = bare.filter(|noun| noun.chars().nth(1).is_some());
        with_particles(bare.unwrap_or(&word.folded), Reason::Alias, &mut forms);
    }
    let numbers = forms.iter().filter_map(|(form, _)| text.words().find(form));
    numbers.map(|number| (number, Reason::Alias)).collect()
}

/// Typed words without Arabic articles, as long as any other word is left.
fn without_articles(words: Vec<Typed>) -> Vec<Typed> {
    let hyphens = words.iter().skip(1).map(|next| next.gap == "-");
    let hyphens: Vec<bool> = hyphens.chain(std::iter::once(false)).collect();
    let is_one = |(word, hyphen): (&Typed, &bool)| is_article(&word.folded, *hyphen);
    if words.iter().zip(&hyphens).all(is_one) {
        return words;
    }
    let own = words.into_iter().zip(&hyphens);
    own.filter(|(word, hyphen)| !is_one((word, hyphen)))
        .map(|(word, _)| word)
        .collect()
}

/// Documents of the part that has the fewest.
fn rarest(phrase: &Phrase) -> usize {
    let counts = phrase.parts.iter().map(|part| part.count);
    counts.min().unwrap_or(0)
}
