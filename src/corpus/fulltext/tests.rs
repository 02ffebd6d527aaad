use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::corpus::fulltext::token::tokens;
use crate::corpus::stored::kept;

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
        let again = kept(|sink| index.keep(sink), FullText::of_kept);
        prop_assert!(again.runs().count() <= 1);
        prop_assert_eq!(listed(&again), counted(&batches));
    }

    #[test]
    fn damaged_bytes_never_panic(flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4), cut: prop::sample::Index) {
        let whole = index(&[vec!["aleppo aleppo halab".to_owned(), "aleppo حلب".to_owned()]]);
        let whole = whole.runs().next().unwrap();
        let mut bytes = whole.as_bytes().to_vec();
        for (at, value) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= value;
        }
        let cut = bytes.get(..cut.index(bytes.len())).unwrap().to_vec();
        for bytes in [bytes, cut] {
            let Some(run) = Run::from_bytes(bytes.into()) else { continue };
            for word in 0..5 {
                if let Some(postings) = run.postings(word) {
                    postings.each(|_| ());
                    postings.cursor().find(1);
                }
            }
            run.sounding(7).for_each(drop);
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
