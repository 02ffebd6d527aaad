//! Which documents hold the words of a phrase side by side, as far as the index knows: those that
//! surely do, and those of which only the text can tell.

use rustc_hash::FxHashSet;

use crate::corpus::FullText;
use crate::corpus::fulltext::beside::{Joint, is_article};
use crate::corpus::fulltext::pairs::{Chunk, Pair, Pairs, is_common};
use crate::query::finder::phrase::{Part, Phrase};
use crate::query::finder::ranking::Weighted;
use crate::query::textquery::Reason;

/// Pairs of the words of two parts that are looked up at most.
const MOST_PAIRS: usize = 40_000;

/// Documents that hold all words of a phrase, told apart.
pub(super) struct Sifted {
    /// Those that hold the phrase, with its weighted occurrences.
    pub(super) sure: Weighted,
    /// Those that may hold it.
    pub(super) open: Weighted,
}

/// Documents of the index that were indexed together.
struct Group<'t> {
    pairs: Option<Pairs<'t>>,
    first: u32,
    chunk: Chunk,
}

/// The documents in question.
struct Candidates<'d> {
    documents: &'d Weighted,
    /// By document: its place among them, from 1.
    places: Vec<u32>,
}

/// What is known of one thing of each candidate: lists in one allocation.
struct Lists<T> {
    heads: Vec<u32>,
    /// An element, and the place of the next one of the same candidate.
    elements: Vec<(T, u32)>,
}

impl<T: Copy> Lists<T> {
    fn new(candidates: usize) -> Self {
        Self {
            heads: vec![0; candidates],
            elements: Vec::new(),
        }
    }

    fn push(&mut self, candidate: usize, element: T) {
        if let Some(head) = self.heads.get_mut(candidate) {
            self.elements.push((element, *head));
            *head = u32::try_from(self.elements.len()).unwrap_or(0);
        }
    }

    fn of(&self, candidate: usize) -> impl Iterator<Item = T> {
        let mut next = self.heads.get(candidate).copied().unwrap_or(0);
        std::iter::from_fn(move || {
            let at = usize::try_from(next.checked_sub(1)?).ok()?;
            let (element, behind) = *self.elements.get(at)?;
            next = behind;
            Some(element)
        })
    }
}

/// Where the words of a part stand.
struct Standing {
    /// By candidate: places in the part's words.
    words: Lists<u16>,
    /// By word and group: whether it is common there.
    common: Vec<Vec<bool>>,
}

/// Tells the documents apart that hold all words of a phrase of several. `None` when cancelled, or
/// when the index cannot help, which `cancelled` tells apart.
pub(super) fn sift(
    text: &FullText,
    phrase: &Phrase,
    documents: &Weighted,
    cancelled: &dyn Fn() -> bool,
) -> Option<Sifted> {
    let parts = &phrase.parts;
    let neighbours = || {
        parts
            .windows(2)
            .filter_map(|two| two.first().zip(two.get(1)))
    };
    let fits =
        |(a, b): (&Part, &Part)| joints(b).is_some() && a.words.len() * b.words.len() <= MOST_PAIRS;
    if !neighbours().any(fits) {
        return None;
    }
    let groups = groups(text);
    let candidates = Candidates::new(text, documents);
    // of each candidate the weight of what surely stands there, and whether more may
    let mut known: Option<Vec<(f32, bool)>> = None;
    let is_pair = parts.len() == 2;
    for (a, b) in neighbours() {
        if cancelled() {
            return None;
        }
        if !fits((a, b)) {
            continue;
        }
        let found = pair(text, phrase, (a, b), &groups, &candidates);
        known = Some(match known {
            None => found,
            // both neighbours must stand there, and only the text tells whether together
            Some(before) => {
                let both = before.into_iter().zip(found);
                let may = |(weight, open): (f32, bool)| weight > 0.0 || open;
                both.map(|(x, y)| (0.0, may(x) && may(y))).collect()
            }
        });
    }
    let mut sifted = Sifted {
        sure: Weighted::new(),
        open: Weighted::new(),
    };
    for ((document, weight), (sure, open)) in documents.iter().zip(known?) {
        if open || (sure > 0.0 && !is_pair) {
            sifted.open.push((*document, *weight));
        } else if sure > 0.0 {
            sifted.sure.push((*document, sure));
        }
    }
    Some(sifted)
}

/// The joints that may stand before a part; `None` where the index knows nothing of them.
fn joints(part: &Part) -> Option<&'static [Joint]> {
    match Joint::of(part.gap()) {
        Some(Joint::Open) => Some(&[Joint::Open]),
        Some(Joint::Stop) => Some(&[Joint::Open, Joint::Stop]),
        None => None,
    }
}

/// All documents in the groups in which they were indexed.
fn groups(text: &FullText) -> Vec<Group<'_>> {
    let mut all = Vec::new();
    for run in text.runs() {
        let end = run.first().saturating_add(run.len());
        let mut first = run.first();
        let pairs = run.pairs();
        for chunk in pairs.iter().flat_map(Pairs::chunks) {
            all.push(Group {
                pairs,
                first,
                chunk,
            });
            first = chunk.end;
        }
        if first < end {
            let chunk = Chunk {
                end,
                is_known: false,
            };
            all.push(Group {
                pairs,
                first,
                chunk,
            });
        }
    }
    all
}

impl<'d> Candidates<'d> {
    fn new(text: &FullText, documents: &'d Weighted) -> Self {
        let mut places = vec![0; text.documents() as usize];
        for ((document, _), place) in documents.iter().zip(1..) {
            if let Some(known) = places.get_mut(*document as usize) {
                *known = place;
            }
        }
        Self { documents, places }
    }

    fn place(&self, document: u32) -> Option<usize> {
        let place = *self.places.get(document as usize)?;
        Some(place.checked_sub(1)? as usize)
    }

    fn standing(&self, text: &FullText, part: &Part, groups: &[Group<'_>]) -> Standing {
        let mut words = Lists::new(self.documents.len());
        let mut common = Vec::with_capacity(part.words.len());
        for (at, (word, _)) in (0u16..).zip(&part.words) {
            let mut counts = vec![0u32; groups.len()];
            let mut group = 0;
            let mut end = groups.first().map_or(0, |group| group.chunk.end);
            for postings in text.postings(*word) {
                postings.each(|posting| {
                    while posting.document >= end && group + 1 < groups.len() {
                        group += 1;
                        end = groups.get(group).map_or(u32::MAX, |group| group.chunk.end);
                    }
                    if let Some(count) = counts.get_mut(group) {
                        *count += 1;
                    }
                    if let Some(place) = self.place(posting.document) {
                        words.push(place, at);
                    }
                });
            }
            let counts = counts.into_iter().zip(groups);
            let common_in = |(count, group): (u32, &Group<'_>)| {
                is_common(count, group.chunk.end.saturating_sub(group.first))
            };
            common.push(counts.map(common_in).collect());
        }
        Standing { words, common }
    }
}

/// How a pair of words on a list counts.
#[derive(Clone, Copy, PartialEq)]
enum Counts {
    For(f32),
    Never,
    /// Only the text tells.
    Perhaps,
}

/// The lists of the pairs of words of two parts.
struct Listed {
    /// By candidate: which pair, how often.
    found: Lists<(u32, u32)>,
    /// By pair of words and joint: where its groups begin in `groups`.
    numbers: Vec<u32>,
    /// By pair with a list, from 1: the groups in which it has one.
    groups: Vec<Vec<bool>>,
}

/// What is known of two neighbouring parts in each candidate.
fn pair(
    text: &FullText,
    phrase: &Phrase,
    (a, b): (&Part, &Part),
    groups: &[Group<'_>],
    candidates: &Candidates<'_>,
) -> Vec<(f32, bool)> {
    let joints = joints(b).unwrap_or_default();
    let (left, right) = (
        candidates.standing(text, a, groups),
        candidates.standing(text, b, groups),
    );
    let number = |i: usize, j: usize, k: usize| (i * b.words.len() + j) * joints.len() + k;
    let listed = listed(text, (a, b), joints, groups, candidates);
    let counts = counting(text, phrase, (a, b));
    let count_of = |of: usize| counts.get(of / joints.len().max(1)).copied();
    let mut known = Vec::with_capacity(candidates.documents.len());
    let mut group = 0;
    for (candidate, (document, _)) in candidates.documents.iter().enumerate() {
        while groups
            .get(group)
            .is_some_and(|group| group.chunk.end <= *document)
        {
            group += 1;
        }
        let Some(here) = groups.get(group).filter(|group| group.chunk.is_known) else {
            known.push((0.0, true));
            continue;
        };
        let mut weight = 0.0;
        let mut open = false;
        for (of, times) in listed.found.of(candidate) {
            match count_of(of as usize).unwrap_or(Counts::Perhaps) {
                #[expect(
                    clippy::cast_precision_loss,
                    reason = "no text says a thing 2^24 times"
                )]
                Counts::For(confidence) => weight += times as f32 * confidence,
                Counts::Never => {}
                Counts::Perhaps => open = true,
            }
        }
        let may_hold = |i: u16, j: u16| {
            let (i, j) = (usize::from(i), usize::from(j));
            if count_of(number(i, j, 0)) == Some(Counts::Never) {
                return false;
            }
            let is_common = |standing: &Standing, at: usize| {
                let common = standing.common.get(at).and_then(|common| common.get(group));
                common.copied().unwrap_or(false)
            };
            let both = is_common(&left, i) && is_common(&right, j);
            joints.iter().enumerate().any(|(k, joint)| {
                let number = listed.numbers.get(number(i, j, k)).copied().unwrap_or(0);
                let has_list = (number as usize)
                    .checked_sub(1)
                    .and_then(|at| listed.groups.get(at));
                if has_list.and_then(|groups| groups.get(group)).copied() == Some(true) {
                    return false;
                }
                let (Some((first, _)), Some((second, _))) = (a.words.get(i), b.words.get(j)) else {
                    return true;
                };
                let pair = Pair::new(*first, *second, *joint);
                !both
                    || here
                        .pairs
                        .is_none_or(|pairs| pairs.may_hold(*document, pair))
            })
        };
        if !open {
            open = left
                .words
                .of(candidate)
                .any(|i| right.words.of(candidate).any(|j| may_hold(i, j)));
        }
        known.push((weight, open));
    }
    known
}

/// How each pair of the words of two parts of a phrase counts.
fn counting(text: &FullText, phrase: &Phrase, (a, b): (&Part, &Part)) -> Vec<Counts> {
    let is_all = phrase.parts.len() == 2;
    let firsts: FxHashSet<u32> = a.words.iter().map(|(word, _)| *word).collect();
    let shares = b.words.iter().any(|(word, _)| firsts.contains(word));
    // an article that is a word of the phrase is not passed over
    let has_article = [a, b]
        .iter()
        .any(|part| part.any_word(|word| is_article(word, true)));
    let seconds = b.are_ascii(text);
    let mut counts = Vec::with_capacity(a.words.len() * b.words.len());
    for ((_, x), first) in a.words.iter().zip(a.are_ascii(text)) {
        for ((_, y), second) in b.words.iter().zip(&seconds) {
            let either = |reason| *x == reason || *y == reason;
            let is_unheard = || phrase.is_never_heard(first && *second);
            counts.push(
                if is_all && (either(Reason::Typo) || (either(Reason::Skeleton) && is_unheard())) {
                    Counts::Never
                } else if shares
                    || has_article
                    || either(Reason::Skeleton)
                    || either(Reason::Compound)
                {
                    Counts::Perhaps
                } else {
                    Counts::For((*x).max(*y).confidence())
                },
            );
        }
    }
    counts
}

fn listed(
    text: &FullText,
    (a, b): (&Part, &Part),
    joints: &[Joint],
    groups: &[Group<'_>],
    candidates: &Candidates<'_>,
) -> Listed {
    let mut listed = Listed {
        found: Lists::new(candidates.documents.len()),
        numbers: vec![0; a.words.len() * b.words.len() * joints.len()],
        groups: Vec::new(),
    };
    let pairs = a.words.iter().flat_map(|(first, _)| {
        let seconds = b.words.iter().map(|(second, _)| *second);
        seconds.flat_map(move |second| {
            joints
                .iter()
                .map(move |joint| Pair::new(*first, second, *joint))
        })
    });
    for (of, pair) in (0u32..).zip(pairs) {
        let mut held: Vec<bool> = Vec::new();
        let mut group = 0;
        for run in text.runs() {
            let Some(pairs) = run.pairs() else { continue };
            pairs.each(pair, |document, times| {
                while groups
                    .get(group)
                    .is_some_and(|group| group.chunk.end <= document)
                {
                    group += 1;
                }
                held.resize(groups.len(), false);
                if let Some(held) = held.get_mut(group) {
                    *held = true;
                }
                if let Some(place) = candidates.place(document) {
                    listed.found.push(place, (of, times));
                }
            });
        }
        if !held.is_empty() {
            listed.groups.push(held);
            if let Some(number) = listed.numbers.get_mut(of as usize) {
                *number = u32::try_from(listed.groups.len()).unwrap_or(0);
            }
        }
    }
    listed
}

#[cfg(test)]
mod tests;
