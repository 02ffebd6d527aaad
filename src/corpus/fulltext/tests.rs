use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::corpus::fulltext::token::tokens;
use crate::corpus::slab::aligned;
use crate::corpus::stored::{Form, Section, kept, sections_of};

fn index(batches: &[Vec<String>]) -> FullText {
    batches.iter().fold(FullText::default(), |index, batch| {
        index.with(batch.iter().map(|text| Document {
            text,
            names: Vec::new(),
        }))
    })
}

/// Word → document → how often, counted naively.
fn counted(batches: &[Vec<String>]) -> BTreeMap<String, BTreeMap<u32, u32>> {
    let mut all: BTreeMap<String, BTreeMap<u32, u32>> = BTreeMap::new();
    for (document, text) in (0..).zip(batches.iter().flatten()) {
        for range in tokens(text) {
            let of_word = all.entry(text.get(range).unwrap().to_owned()).or_default();
            *of_word.entry(document).or_default() += 1;
        }
    }
    all
}

fn listed(index: &FullText) -> BTreeMap<String, BTreeMap<u32, u32>> {
    let mut all = BTreeMap::new();
    for (number, word, _) in index.words().iter_from(0) {
        let mut documents = BTreeMap::new();
        for postings in index.postings(number) {
            postings.each(|p| {
                assert!(p.class < 2, "texts here say a word twice at most");
                documents.insert(p.document, u32::from(p.class) + 1);
            });
        }
        assert_eq!(index.count(number) as usize, documents.len());
        all.insert(word.to_owned(), documents);
    }
    all
}

proptest! {
    #[test]
    fn the_index_lists_what_the_texts_hold(
        batches in prop::collection::vec(prop::collection::vec("([ab]{1,2} ){0,2}|حل[ب،]{0,2}", 0..5), 0..12),
    ) {
        let index = index(&batches);
        prop_assert_eq!(listed(&index), counted(&batches));
        let documents = batches.iter().map(Vec::len).sum::<usize>();
        prop_assert_eq!(index.documents() as usize, documents);
        for form in [Form::Packed, Form::InPlace] {
            let again = kept(form, |sink| index.keep(sink), FullText::of_kept);
            prop_assert!(again.runs().count() <= 1);
            prop_assert_eq!(listed(&again), counted(&batches));
            let more = batches.first().cloned().unwrap_or_default();
            let documents = more.iter().map(|text| Document { text, names: Vec::new() });
            let grown = again.with(documents);
            prop_assert_eq!(listed(&grown), counted(&[batches.concat(), more.clone()]));
        }
    }

    #[test]
    fn damaged_bytes_never_panic(
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<u8>()), 1..9),
        cut: (prop::sample::Index, prop::sample::Index),
    ) {
        let texts = |n: usize| vec!["aleppo aleppo halab".to_owned(), format!("aleppo حلب n{}", n % 9)];
        let batches: Vec<Vec<String>> = (0..90).map(texts).collect();
        let whole = index(&batches);
        let sections = sections_of(Form::Packed, |sink| whole.keep(sink));
        let mut sections: Vec<Vec<u8>> = sections.iter().map(|s| s.read().unwrap().to_vec()).collect();
        for (section, at, value) in flips {
            let section = section.get_mut(&mut sections);
            if !section.is_empty() {
                let at = at.index(section.len());
                section[at] ^= value;
            }
        }
        let cut_off = cut.0.get_mut(&mut sections);
        cut_off.truncate(cut.1.index(cut_off.len() + 1));
        let sections = sections.iter().map(|section| Section::Here(aligned(section)));
        let Some(damaged) = FullText::of_kept(&mut Sections::new(Form::Packed, sections.collect())) else {
            return Ok(());
        };
        let whole = whole.runs().next().unwrap();
        for run in damaged.runs() {
            for word in 0..5 {
                if let Some(postings) = run.postings(word) {
                    postings.each(|_| ());
                    postings.cursor().find(1);
                }
            }
            run.sounding(7).for_each(drop);
            if let Some(pairs) = run.pairs() {
                pairs.chunks().for_each(drop);
                for (a, b) in [(0, 0), (0, 1), (1, 2)] {
                    let pair = pairs::Pair::new(a, b, beside::Joint::Open);
                    pairs.each(pair, |_, _| ());
                    let _ = pairs.may_hold(a, pair);
                }
            }
            whole.merged(run);
            run.merged(whole);
        }
    }
}

#[test]
fn runs_stay_few() {
    let batches: Vec<Vec<String>> = (0..300).map(|n| vec![format!("word{n} said")]).collect();
    let index = index(&batches);
    assert!(index.runs().count() <= 9, "{}", index.runs().count());
    let said = index.words().find("said").unwrap();
    assert_eq!(index.count(said), 300);
}

#[test]
fn words_are_found_by_sound() {
    let index = FullText::default().with(std::iter::once(Document {
        text: "\0الجيش في وحلب haus halab",
        names: vec!["Halab"],
    }));
    let hash = sound::hash_of(&crate::text::skeleton::skeleton("Halab"));
    let found: Vec<_> = index
        .sounding(hash)
        .map(|s| (index.words().get(s.word).unwrap(), s.is_name))
        .collect();
    assert_eq!(found, [("وحلب", false), ("halab", true)]);
}

/// Pair of words → document → how often they stand side by side, by looking at each two.
fn beside(texts: &[String]) -> BTreeMap<(String, String, bool), BTreeMap<u32, u32>> {
    let mut all: BTreeMap<_, BTreeMap<u32, u32>> = BTreeMap::new();
    for (document, text) in (0..).zip(texts) {
        let words: Vec<_> = tokens(text).collect();
        let word = |at: usize| text.get(words[at].clone()).unwrap();
        let joint = |at: usize| match text.get(words[at].end..words[at + 1].start).unwrap() {
            "." => Some(true),
            gap => (gap.chars().all(|c| " -".contains(c)) && gap.len() < 4).then_some(false),
        };
        let mut add = |first: &str, second: &str, stop: bool| {
            let pair = (first.to_owned(), second.to_owned(), stop);
            *all.entry(pair).or_default().entry(document).or_default() += 1;
        };
        for at in 1..words.len() {
            let Some(stop) = joint(at - 1) else { continue };
            add(word(at - 1), word(at), stop);
            if at + 1 == words.len() {
                continue;
            }
            let hyphen = text.get(words[at].end..).unwrap().starts_with('-');
            let Some(next) = joint(at) else { continue };
            if word(at) == "al" || (word(at) == "an" && hyphen) {
                add(word(at - 1), word(at + 1), stop || next);
            }
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn neighbours_are_listed_or_signed(
        texts in prop::collection::vec("((a|b|c|al|an|[d-g])( |-|,|[.]| - |[.] )){0,8}", 1..1500),
        batch in 1..300usize,
        late in 0..100usize,
    ) {
        let held = beside(&texts);
        let mut batches: Vec<Vec<String>> = texts.chunks(batch).map(<[String]>::to_vec).collect();
        batches.extend((0..late).map(|_| vec!["a b".to_owned()]));
        let index = index(&batches);
        let again = kept(Form::Packed, |sink| index.keep(sink), FullText::of_kept);
        let most = texts.len();
        let mut known = 0;
        for run in index.runs().chain(again.runs()) {
            let pairs = run.pairs().unwrap();
            let mut first = run.first();
            for chunk in pairs.chunks() {
                prop_assert!(first < chunk.end);
                let documents = first..chunk.end;
                first = chunk.end;
                if !chunk.is_known || chunk.end as usize > most {
                    continue;
                }
                known += 1;
                for ((one, other, stop), holders) in &held {
                    let joint = if *stop { beside::Joint::Stop } else { beside::Joint::Open };
                    let number = |word: &str| index.words().find(word).unwrap();
                    let pair = pairs::Pair::new(number(one), number(other), joint);
                    let mut listed = BTreeMap::new();
                    pairs.each(pair, |document, count| {
                        if documents.contains(&document) {
                            listed.insert(document, count);
                        }
                    });
                    let here: BTreeMap<u32, u32> =
                        holders.range(documents.clone()).map(|(d, c)| (*d, *c)).collect();
                    let count = |word: &str| {
                        let mut count = 0;
                        let mut add = |p: postings::Posting| count += u32::from(documents.contains(&p.document));
                        index.postings(number(word)).for_each(|postings| postings.each(&mut add));
                        count
                    };
                    let of = u32::try_from(documents.len()).unwrap();
                    if !listed.is_empty() {
                        prop_assert_eq!(listed, here);
                    } else if pairs::is_common(count(one), of) && pairs::is_common(count(other), of) {
                        prop_assert!(here.keys().all(|document| pairs.may_hold(*document, pair)));
                    }
                }
            }
            prop_assert_eq!(first, run.first() + run.len());
        }
        prop_assert!(known > 0 || texts.len() < 512 || index.runs().count() > 1, "{}", texts.len());
    }
}
