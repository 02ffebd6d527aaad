//! Links as they are stored: each name once, and reasons without the names in them.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{AddedSpelling, Change, Link, LinkRule, Links, Name};
use crate::corpus::annotation::EntityKind;
use crate::corpus::article::ArticleId;

/// [`Links`] in tables of numbers.
#[derive(Serialize, Deserialize)]
pub(super) struct KeptLinks {
    /// The distinct keys of all names, sorted.
    keys: Vec<Arc<str>>,
    everywhere: Vec<KeptChange>,
    within: Vec<(ArticleId, KeptChange)>,
    /// By folded spelling.
    spelt: Vec<(String, KeptChange)>,
    added: Vec<AddedSpelling>,
    candidates: Vec<KeptLink>,
    listed: Vec<(String, Vec<KeptName>)>,
    proposals: Vec<KeptLink>,
}

/// A key's number and a kind.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct KeptName(u32, EntityKind);

#[derive(Serialize, Deserialize)]
enum KeptChange {
    To(KeptLink),
    Hide(KeptName),
}

impl KeptChange {
    fn name(&self) -> KeptName {
        match self {
            Self::To(link) => link.from,
            Self::Hide(name) => *name,
        }
    }
}

#[derive(Serialize, Deserialize)]
struct KeptLink {
    from: KeptName,
    to: KeptName,
    rule: LinkRule,
    /// As [`without`] gives it.
    reason: String,
    confidence: f32,
    within: Option<ArticleId>,
}

/// Numbers names.
struct Numbers(FxHashMap<Arc<str>, u32>);

impl Numbers {
    fn name(&self, name: &Name) -> KeptName {
        KeptName(self.0.get(&name.key).copied().unwrap_or(0), name.kind)
    }

    fn link(&self, link: &Link) -> KeptLink {
        KeptLink {
            from: self.name(&link.from),
            to: self.name(&link.to),
            rule: link.rule,
            reason: without(&link.reason, &link.from.key, &link.to.key),
            confidence: link.confidence,
            within: link.within,
        }
    }

    /// A change of a name, which is that of its link where it is one.
    fn change(&self, name: &Name, change: &Change) -> KeptChange {
        match change {
            Change::To(link) => KeptChange::To(self.link(link)),
            Change::Hide => KeptChange::Hide(self.name(name)),
        }
    }
}

/// The keys of all names, sorted.
fn keys(links: &Links) -> Vec<Arc<str>> {
    let ends = |link: &Link| [Arc::clone(&link.from.key), Arc::clone(&link.to.key)];
    let mut keys = Vec::new();
    let everywhere = links.everywhere.iter();
    let within = links.within.iter();
    let spelt = links.spelt.iter();
    let changes = everywhere
        .chain(within.map(|((_, name), change)| (name, change)))
        .chain(spelt.map(|((name, _), change)| (name, change)));
    for (name, change) in changes {
        match change {
            Change::To(link) => keys.extend(ends(link)),
            Change::Hide => keys.push(Arc::clone(&name.key)),
        }
    }
    keys.extend(links.candidates.iter().flat_map(ends));
    keys.extend(links.proposals.iter().flat_map(ends));
    let listed = links.listed.values().flatten();
    keys.extend(listed.map(|name| Arc::clone(&name.key)));
    keys.sort_unstable();
    keys.dedup();
    keys
}

impl From<Links> for KeptLinks {
    fn from(links: Links) -> Self {
        let keys = keys(&links);
        let numbers = keys.iter().cloned().zip(0u32..);
        let numbers = Numbers(numbers.collect());
        let everywhere = links.everywhere.iter();
        let mut everywhere: Vec<KeptChange> = everywhere
            .map(|(name, change)| numbers.change(name, change))
            .collect();
        everywhere.sort_unstable_by_key(KeptChange::name);
        let within = links.within.iter();
        let mut within: Vec<(ArticleId, KeptChange)> = within
            .map(|((article, name), change)| (*article, numbers.change(name, change)))
            .collect();
        within.sort_unstable_by_key(|(article, change)| (change.name(), *article));
        let spelt = links.spelt.iter();
        let mut spelt: Vec<(String, KeptChange)> = spelt
            .map(|((name, spelling), change)| (spelling.clone(), numbers.change(name, change)))
            .collect();
        spelt.sort_unstable_by(|(one, a), (other, b)| {
            one.cmp(other).then_with(|| a.name().cmp(&b.name()))
        });
        let names = |names: Vec<Name>| names.iter().map(|name| numbers.name(name)).collect();
        let listed = links.listed.into_iter();
        let mut listed: Vec<(String, Vec<KeptName>)> = listed
            .map(|(folded, meant)| (folded, names(meant)))
            .collect();
        listed.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        let candidates = links.candidates.iter().map(|link| numbers.link(link));
        let proposals = links.proposals.iter().map(|link| numbers.link(link));
        Self {
            everywhere,
            within,
            spelt,
            added: links.added,
            candidates: candidates.collect(),
            listed,
            proposals: proposals.collect(),
            keys,
        }
    }
}

/// What is damaged has names that are none.
#[derive(Debug, thiserror::Error)]
#[error("a link of a name that is not there")]
pub(super) struct NoSuchName;

struct Keys(Vec<Arc<str>>);

impl Keys {
    fn name(&self, KeptName(key, kind): KeptName) -> Result<Name, NoSuchName> {
        let key = self.0.get(key as usize).ok_or(NoSuchName)?;
        let key = Arc::clone(key);
        Ok(Name { key, kind })
    }

    fn link(&self, link: KeptLink) -> Result<Link, NoSuchName> {
        let (from, to) = (self.name(link.from)?, self.name(link.to)?);
        Ok(Link {
            rule: link.rule,
            reason: with(&link.reason, &from.key, &to.key).into(),
            confidence: link.confidence,
            within: link.within,
            from,
            to,
        })
    }

    fn change(&self, change: KeptChange) -> Result<(Name, Change), NoSuchName> {
        let name = self.name(change.name())?;
        let change = match change {
            KeptChange::To(link) => Change::To(Arc::new(self.link(link)?)),
            KeptChange::Hide(_) => Change::Hide,
        };
        Ok((name, change))
    }

    fn links(&self, links: Vec<KeptLink>) -> Result<Vec<Link>, NoSuchName> {
        links.into_iter().map(|link| self.link(link)).collect()
    }
}

impl TryFrom<KeptLinks> for Links {
    type Error = NoSuchName;

    fn try_from(kept: KeptLinks) -> Result<Self, NoSuchName> {
        let keys = Keys(kept.keys);
        let mut links = Self {
            added: kept.added,
            candidates: keys.links(kept.candidates)?,
            proposals: keys.links(kept.proposals)?.into(),
            ..Self::default()
        };
        for change in kept.everywhere {
            let (name, change) = keys.change(change)?;
            links.everywhere.insert(name, change);
        }
        for (article, change) in kept.within {
            let (name, change) = keys.change(change)?;
            links.within.insert((article, name), change);
        }
        for (spelling, change) in kept.spelt {
            let (name, change) = keys.change(change)?;
            links.spelt.insert((name, spelling), change);
        }
        for (folded, meant) in kept.listed {
            let meant = meant.into_iter().map(|name| keys.name(name));
            links
                .listed
                .insert(folded, meant.collect::<Result<_, _>>()?);
        }
        Ok(links)
    }
}

/// Stand for the names in a reason; the third is in front of one that is stored as it is.
const FROM: char = '\u{1}';
const TO: char = '\u{2}';
const AS_IT_IS: char = '\u{3}';

/// A reason with marks in place of two names.
fn without(reason: &str, from: &str, to: &str) -> String {
    let has_marks = |text: &str| text.contains([FROM, TO, AS_IT_IS]);
    if [reason, from, to].into_iter().any(has_marks) || from.is_empty() || to.is_empty() {
        return format!("{AS_IT_IS}{reason}");
    }
    let mut mark = [0; 1];
    let marked = reason.replace(to, TO.encode_utf8(&mut mark));
    marked.replace(from, FROM.encode_utf8(&mut mark))
}

/// The reason that was stored.
fn with(stored: &str, from: &str, to: &str) -> String {
    if let Some(reason) = stored.strip_prefix(AS_IT_IS) {
        return reason.to_owned();
    }
    let mut reason = String::with_capacity(stored.len());
    for letter in stored.chars() {
        match letter {
            FROM => reason.push_str(from),
            TO => reason.push_str(to),
            letter => reason.push(letter),
        }
    }
    reason
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn name() -> impl Strategy<Value = Name> {
        ("[ab]{0,2}|\u{1}|حلب", 0..EntityKind::ALL.len())
            .prop_map(|(key, kind)| Name::new(&key, EntityKind::ALL[kind]))
    }

    fn link() -> impl Strategy<Value = Link> {
        let reason = "[ab]{0,3}( sounds like [ab]{0,3})?|\u{3}?.{0,3}";
        (
            name(),
            name(),
            reason,
            0.0f32..1.0,
            prop::option::of(0..3u32),
        )
            .prop_map(|(from, to, reason, confidence, within)| Link {
                from,
                to,
                rule: LinkRule::Spelling,
                reason: reason.into(),
                confidence,
                within: within.map(ArticleId),
            })
    }

    proptest! {
        #[test]
        fn a_reason_comes_back(
            reason in "[ab\u{1}\u{2}\u{3}]{0,6}|.{0,9}", from in "[ab\u{1}]{0,2}", to in "[ab\u{2}]{0,2}",
        ) {
            prop_assert_eq!(with(&without(&reason, &from, &to), &from, &to), reason);
        }

        #[test]
        fn links_come_back(
            applied in prop::collection::vec(link(), 0..6),
            considered in prop::collection::vec(link(), 0..4),
            hidden in prop::collection::vec((name(), "[ab]{0,2}"), 0..3),
        ) {
            let mut links = Links { proposals: considered.clone().into(), ..Links::default() };
            for link in applied {
                links.list(&link.reason, &link.to);
                links.apply_to_spelling(&link.from.key, link.clone());
                links.apply(link);
            }
            for link in considered {
                links.add_candidate(link);
            }
            for (name, spelling) in hidden {
                links.hide_spelling(&spelling, &name);
                links.hide(name);
            }
            let bytes = postcard::to_stdvec(&links).unwrap();
            let back: Links = postcard::from_bytes(&bytes).unwrap();
            // the order of a table is that of its hashes
            let told = |links: &Links| {
                let mut tables = [
                    links.everywhere.iter().map(|e| format!("{e:?}")).collect::<Vec<_>>(),
                    links.within.iter().map(|e| format!("{e:?}")).collect(),
                    links.spelt.iter().map(|e| format!("{e:?}")).collect(),
                    links.listed.iter().map(|e| format!("{e:?}")).collect(),
                ];
                tables.iter_mut().for_each(|table| table.sort());
                format!("{tables:?} {:?} {:?}", links.candidates, links.proposals)
            };
            prop_assert_eq!(told(&back), told(&links));
        }
    }
}
