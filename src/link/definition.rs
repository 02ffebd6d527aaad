//! What documents say about names themselves: `X (formerly Y)`, `X (Y سابقا)`, `X, bekannt als Y`,
//! `Syrian Observatory for Human Rights (SOHR)`.

mod cues;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::corpus::{Article, ArticleId, Corpus, EntityKind, Link, LinkRule, Mention, Name};
use crate::link::census::Census;
use crate::link::definition::cues::{FILLERS, FORMER, NAMES, WITHIN};
use crate::link::{Cancelled, same_sort};
use crate::text::fold::fold;
use crate::text::skeleton::{similarity, words};

/// Bytes between two names that can still belong together.
const LONGEST_GAP: usize = 96;

/// Letters from which on an acronym is no other one's by chance.
const LONG_ACRONYM: usize = 4;

/// How a document joins two names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    /// It says that both are one, or were.
    Says { former: bool },
    /// The second stands in brackets right behind the first.
    Brackets,
    /// Both stand in one bracket with a slash between them.
    Slash,
}

/// A name and another that stands right behind it.
struct Pair<'a> {
    article: &'a Article,
    id: ArticleId,
    first: &'a Mention,
    second: &'a Mention,
}

/// Links what documents define; `None` when cancelled.
pub(super) fn propose(
    corpus: &Corpus,
    census: &Census,
    cancelled: Cancelled<'_>,
) -> Option<Vec<Link>> {
    let mut links = Vec::new();
    let mut number = 0u32;
    for segment in corpus.segments() {
        for (at, article) in segment.articles().iter().enumerate() {
            let id = ArticleId(number);
            number += 1;
            if cancelled() {
                return None;
            }
            let mentions = segment.annotated(at);
            let mut head: Option<&Mention> = None;
            for pair in mentions.windows(2) {
                let [first, second] = pair else { continue };
                let pair = Pair {
                    article,
                    id,
                    first,
                    second,
                };
                let relation = pair.relation();
                // (ehemalige X/Y): both belong to the name before the bracket
                let of = match relation {
                    Some(Relation::Slash) => head,
                    Some(_) => Some(first),
                    None => None,
                };
                head = of;
                if let (Some(relation), Some(of)) = (relation, of) {
                    let pair = Pair { first: of, ..pair };
                    links.extend(pair.link(relation, census));
                }
            }
        }
    }
    Some(where_acronyms_hold(links, census))
}

impl Pair<'_> {
    fn relation(&self) -> Option<Relation> {
        if self.first.field != self.second.field {
            return None;
        }
        let text = self.article.field(self.first.field);
        let (start, end) = (self.first.span.range().end, self.second.span.range().start);
        if end < start || end - start > LONGEST_GAP {
            return None;
        }
        let gap = fold(text.get(start..end)?);
        let after = text.get(self.second.span.range().end..).unwrap_or("");
        let before = text.get(..self.first.span.range().start).unwrap_or("");
        relation(&gap, after).filter(|relation| {
            *relation != Relation::Says { former: false } || !tells_of_another(before, &gap)
        })
    }

    /// The names as they stand, on one line.
    fn quote(&self) -> String {
        let text = self.article.field(self.first.field);
        let (start, end) = (self.first.span.range().start, self.second.span.range().end);
        // with what the bracket says behind the name: (النصرة سابقا)
        let after = text.get(end..).unwrap_or("");
        let near = after.get(..after.floor_char_boundary(24)).unwrap_or("");
        let bracket = text
            .get(start..end)
            .is_some_and(|words| words.contains('('));
        let closing = near.find(')').filter(|_| bracket).map_or(0, |at| at + 1);
        let range = start..end + closing;
        let words: Vec<&str> = text.get(range).unwrap_or("").split_whitespace().collect();
        words.join(" ")
    }

    fn surface(&self, mention: &Mention) -> &str {
        mention.span.of(self.article.field(mention.field))
    }

    fn link(&self, relation: Relation, census: &Census) -> Option<Link> {
        let (a, b) = (Name::of(self.first), Name::of(self.second));
        let known = |name: &Name| census.find(name).and_then(|n| census.get(n));
        let both_known = [&a, &b]
            .iter()
            .all(|name| known(name).is_some_and(|e| e.known));
        if a == b || both_known || !same_sort(a.kind, b.kind) {
            return None;
        }
        let (first, second) = (self.surface(self.first), self.surface(self.second));
        let person = a.kind == EntityKind::Person;
        let (rule, confidence) = match relation {
            Relation::Says { former: true } if person => return None,
            Relation::Says { .. } | Relation::Slash => (LinkRule::Definition, 0.9),
            Relation::Brackets => {
                let short = acronym(second, first).or_else(|| acronym(first, second));
                // CIS is known for another name: here it may be short for this one only
                let other = [&a, &b].into_iter().any(|name| {
                    known(name).is_some_and(|entry| {
                        let surface = if *name == a { second } else { first };
                        entry.known && !entry.spellings().any(|s| similarity(s, surface) >= 0.8)
                    })
                });
                match short {
                    Some(_) if other => (LinkRule::Acronym, 0.6),
                    Some(confidence) => (LinkRule::Acronym, confidence),
                    None if a.kind != b.kind => return None,
                    None if similarity(first, second) >= 0.7 => (LinkRule::Definition, 0.88),
                    None => (LinkRule::Definition, 0.5),
                }
            }
        };
        Some(Link {
            from: b,
            to: a,
            rule,
            reason: Arc::from(format!("{}: “{}”", self.article.raw.id, self.quote())),
            confidence,
            within: (rule == LinkRule::Acronym).then_some(self.id),
        })
    }
}

/// What the folded text between two names, and what follows the second, say about them.
fn relation(gap: &str, after: &str) -> Option<Relation> {
    let next = after.chars().next();
    if next.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’')) {
        return None;
    }
    if gap.trim() == "/" {
        return Some(Relation::Slash);
    }
    let bracket = gap
        .trim_start_matches([' ', '"', '\''])
        .starts_with(['(', '[']);
    let comma = gap.trim_start_matches([' ', '"', '\'']).starts_with(',');
    if gap.contains([';', '!', '?', ')', ']', '\0']) {
        return None;
    }
    let words: Vec<&str> = gap
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | ',' | '"' | ':' | '-' | '/'))
        .map(|word| word.trim_matches(['.', '\'']))
        .filter(|word| !word.is_empty())
        .collect();
    let is = |list: &[&str], word: &str| list.contains(&word);
    let told = |word: &&str| is(NAMES, word) || is(FORMER, word) || is(FILLERS, word);
    if !words.iter().all(told) {
        return None;
    }
    let after = fold(after.get(..after.floor_char_boundary(24)).unwrap_or(""));
    let follows = after.trim_start_matches([' ', '"', '\'']);
    let former_after = ["سابقا", "formerly", "previously"]
        .iter()
        .any(|cue| follows.starts_with(cue));
    let former = words.iter().any(|word| is(FORMER, word)) || ((bracket || comma) && former_after);
    if former || words.iter().any(|word| is(NAMES, word)) {
        return Some(Relation::Says { former });
    }
    let closes = follows.starts_with([')', ']', '/', ',']);
    (bracket && words.is_empty() && closes).then_some(Relation::Brackets)
}

/// Whether what is called so is not the first name but something of it or in it: `a faction of X
/// called Y`, `a town in X called Y`. With a comma it is the name: `the leader of X, called Y`.
fn tells_of_another(before: &str, gap: &str) -> bool {
    let apart = gap.contains([',', '(', '[', ':', '-', '/', '،', '–', '—']);
    let last = before.split_whitespace().next_back();
    !apart && last.is_some_and(|word| WITHIN.contains(&fold(word).as_str()))
}

/// How surely one name is the other's acronym; `None` where it is not.
fn acronym(short: &str, full: &str) -> Option<f32> {
    let letters: Vec<char> = short.chars().filter(|c| c.is_alphanumeric()).collect();
    let capitals = letters.iter().filter(|c| c.is_uppercase()).count();
    if !(2..=8).contains(&letters.len()) || capitals < 2 || capitals * 3 < letters.len() * 2 {
        return None;
    }
    let short: String = letters.iter().flat_map(|c| c.to_lowercase()).collect();
    let folded = fold(full);
    let initials = |small: bool| -> String {
        folded
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| small || !is_small(word))
            .filter_map(|word| word.chars().next())
            .collect()
    };
    if words(full).len() > 1 && [true, false].iter().any(|small| initials(*small) == short) {
        return Some(0.95);
    }
    // Bundesnachrichtendienst (BND): its letters in their order, the first one first
    let mut rest = folded.chars().filter(|c| c.is_alphanumeric());
    let starts = folded.chars().next() == short.chars().next();
    let in_order = short.chars().all(|c| rest.by_ref().any(|other| other == c));
    (starts && in_order && folded.len() > short.len() * 2 + 1).then_some(0.85)
}

fn is_small(word: &str) -> bool {
    matches!(
        word,
        "of" | "for"
            | "the"
            | "and"
            | "to"
            | "in"
            | "on"
            | "der"
            | "die"
            | "das"
            | "des"
            | "fur"
            | "und"
            | "zur"
            | "al"
            | "de"
            | "la"
    )
}

/// Where acronyms hold. One that documents expand in several ways holds in each of them only; a
/// long one that stands for one name, everywhere; a short one, in the articles that expand it and
/// in those that share names with them: TRT is a party here and a broadcaster there.
fn where_acronyms_hold(links: Vec<Link>, census: &Census) -> Vec<Link> {
    let mut expansions: FxHashMap<Name, Vec<String>> = FxHashMap::default();
    for link in links.iter().filter(|link| link.within.is_some()) {
        let full = words(&link.to.key).join(" ");
        let of_acronym = expansions.entry(link.from.clone()).or_default();
        if !of_acronym.contains(&full) {
            of_acronym.push(full);
        }
    }
    let mut held = Vec::with_capacity(links.len());
    for mut link in links {
        let is_acronym = link.within.is_some();
        let only = expansions.get(&link.from).is_some_and(|all| all.len() == 1);
        if is_acronym && only {
            if link
                .from
                .key
                .chars()
                .filter(|c| c.is_alphanumeric())
                .count()
                >= LONG_ACRONYM
            {
                link.within = None;
            } else {
                held.extend(in_like_articles(&link, census));
            }
        }
        held.push(link);
    }
    held
}

/// An acronym's link for the other articles that have it and share names with the one that
/// expands it.
fn in_like_articles(link: &Link, census: &Census) -> Vec<Link> {
    let (Some(acronym), Some(full), Some(expanding)) =
        (census.find(&link.from), census.find(&link.to), link.within)
    else {
        return Vec::new();
    };
    let names = census.names_in(expanding);
    let articles = census.articles_of(acronym).filter(|id| *id != expanding);
    articles
        .filter(|id| {
            let shared = census.names_in(*id).iter().filter(|name| {
                let own = [acronym, full].contains(&(**name as usize));
                !own && names.binary_search(name).is_ok()
            });
            shared.count() >= 2
        })
        .map(|id| Link {
            within: Some(id),
            confidence: link.confidence - 0.1,
            ..link.clone()
        })
        .collect()
}
