//! The mentions of an article after links: what `Links` say, done to one article at a time.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::corpus::annotation::Mention;
use crate::corpus::article::{Article, ArticleId, Field, Span};
use crate::corpus::links::{Change, Link, Links};
use crate::corpus::segment::surface;
use crate::text::fold::{find_folded, fold, fold_with_origin};

/// Applies links to articles; remembers reasons that it has put into words.
pub(crate) struct Relinker<'l> {
    links: &'l Links,
    /// Folded spellings that the user added, with what says so.
    added: Vec<(String, Mention)>,
    /// (how found, why linked) → both.
    reasons: FxHashMap<(Arc<str>, Arc<str>), Arc<str>>,
}

impl<'l> Relinker<'l> {
    pub(crate) fn new(links: &'l Links) -> Self {
        let added = links.added().iter().map(|added| {
            let mention = Mention {
                field: Field::Text,
                span: Span::new(0, 0),
                kind: added.name.kind,
                entity: Arc::clone(&added.name.key),
                confidence: 1.0,
                why: Arc::from(format!("repair: spelling of {}", added.name.key)),
            };
            (fold(&added.spelling).trim().to_owned(), mention)
        });
        Self {
            links,
            added: added.filter(|(folded, _)| !folded.is_empty()).collect(),
            reasons: FxHashMap::default(),
        }
    }

    /// Whether [`mentions`](Self::mentions) looks at the folded text of an article.
    pub(crate) fn reads_texts(&self) -> bool {
        !self.added.is_empty()
    }

    /// The mentions that an article is to have, `original` being those that annotation gave it;
    /// `None` where they stay the same. `folded` is the article's folded title and body.
    pub(crate) fn mentions(
        &mut self,
        id: ArticleId,
        article: &Article,
        original: &[Mention],
        folded: &str,
    ) -> Option<Vec<Mention>> {
        let found: Vec<Mention> = self
            .added
            .iter()
            .filter(|(spelling, _)| {
                memchr::memmem::find(folded.as_bytes(), spelling.as_bytes()).is_some()
            })
            .flat_map(|(spelling, mention)| occurrences(article, spelling, mention))
            .collect();
        let change_of = |mention: &Mention| {
            let surface = surface(article, mention);
            self.links.change_of(id, mention, surface)
        };
        if found.is_empty() && original.iter().all(|mention| change_of(mention).is_none()) {
            return None;
        }
        let mut mentions = Vec::with_capacity(original.len() + found.len());
        for mention in original {
            match self.links.change_of(id, mention, surface(article, mention)) {
                None => mentions.push(mention.clone()),
                Some(Change::Hide) => {}
                Some(Change::To(link)) => mentions.push(self.relinked(mention, link)),
            }
        }
        // what the user says goes before what was found
        let taken = |m: &Mention| {
            let mut others = found.iter();
            others.any(|other| other.field == m.field && other.span.overlaps(m.span))
        };
        mentions.retain(|mention| !taken(mention));
        mentions.extend(found);
        mentions.sort_by_key(|mention| (mention.field, mention.span));
        mentions.dedup_by(|later, earlier| {
            later.field == earlier.field && later.span.overlaps(earlier.span)
        });
        Some(mentions)
    }

    fn relinked(&mut self, mention: &Mention, link: &Arc<Link>) -> Mention {
        let reasons = (Arc::clone(&mention.why), Arc::clone(&link.reason));
        let why = self
            .reasons
            .entry(reasons)
            .or_insert_with_key(|(found, linked)| Arc::from(format!("{found}; {linked}")));
        Mention {
            field: mention.field,
            span: mention.span,
            kind: link.to.kind,
            entity: Arc::clone(&link.to.key),
            // both must hold
            confidence: mention.confidence * link.confidence,
            why: Arc::clone(why),
        }
    }
}

/// The places in an article where a folded spelling stands as words of its own.
fn occurrences(article: &Article, spelling: &str, mention: &Mention) -> Vec<Mention> {
    let mut found = Vec::new();
    for field in [Field::Title, Field::Text] {
        let text = article.field(field);
        let folded = fold_with_origin(text);
        for range in find_folded(&folded, spelling) {
            if stands_alone(text, range.start, range.end) {
                found.push(Mention {
                    field,
                    span: Span::new(range.start, range.end),
                    ..mention.clone()
                });
            }
        }
    }
    found
}

/// Whether no letter stands before or behind a range of bytes, Arabic particles before it apart.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let after = text.get(end..).and_then(|rest| rest.chars().next());
    if after.is_some_and(char::is_alphanumeric) {
        return false;
    }
    let before = text.get(..start).unwrap_or("").chars().rev();
    let letters: Vec<char> = before.take_while(|c| c.is_alphanumeric()).take(3).collect();
    match letters.as_slice() {
        [] => true,
        [particle] => matches!(particle, 'و' | 'ف' | 'ب' | 'ل' | 'ك'),
        [particle, conjunction] => {
            matches!(conjunction, 'و' | 'ف') && matches!(particle, 'ب' | 'ل' | 'ك')
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::stands_alone;

    #[test]
    fn words_of_their_own() {
        for (text, word, expected) in [
            ("in Minyan.", "Minyan", true),
            ("Minyans", "Minyan", false),
            ("XMinyan", "Minyan", false),
            ("ومنيان", "منيان", true),
            ("وبمنيان", "منيان", true),
            ("بومنيان", "منيان", false),
            ("ممنيان", "منيان", false),
            ("«منيان»", "منيان", true),
        ] {
            let start = text.find(word).unwrap();
            assert_eq!(
                stands_alone(text, start, start + word.len()),
                expected,
                "{text}"
            );
        }
    }
}
