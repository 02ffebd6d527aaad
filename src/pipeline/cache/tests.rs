//! With a cache or without one, whole or damaged: the same corpus.

mod days;
mod differences;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use proptest::prelude::*;

use super::Place;
use crate::corpus::{Corpus, Part};
use crate::ingest::Source;
use crate::pipeline::cache::kind;
use crate::pipeline::{Request, load_all, load_all_cached, load_cached};

const TEXTS: &[(&str, &str)] = &[
    (
        "a.txt",
        "ALEPPO, November 4, 2016 (Xinhua) -- Rebels of Jabhat Fatah al-Sham left Minyan on Friday.",
    ),
    (
        "b.txt",
        "In Minyan bei Aleppo kämpfte am Freitag die Dschabhat Fatah asch-Scham. Baschar al-Assad \
         schwieg.",
    ),
    (
        "c.txt",
        "غادرت جبهة فتح الشام منيان يوم الجمعة، وقال بشار الأسد إن حلب آمنة.",
    ),
    (
        "d.jsonl",
        "{\"text\":\"Zaki Morsini met Zaki Mursini on Monday.\",\"date\":\"2016-11-07\"}\n{broken\n",
    ),
];

fn request(folder: &Path) -> Request {
    Request {
        name: "news".into(),
        sources: vec![Source::Path(folder.to_owned())],
        ..Request::default()
    }
}

/// A folder of articles that were not changed just now, and a place for a cache.
fn folder() -> (tempfile::TempDir, PathBuf, Place) {
    let folder = tempfile::tempdir().unwrap();
    let news = folder.path().join("news");
    fs::create_dir(&news).unwrap();
    for (name, text) in TEXTS {
        fs::write(news.join(name), text).unwrap();
    }
    // a file's time must be told from that of the next change
    std::thread::sleep(std::time::Duration::from_millis(80));
    let place = Place {
        file: folder.path().join("cache/news.cache"),
        writes: true,
    };
    (folder, news, place)
}

/// Everything that can be asked of a corpus.
fn told(corpus: &Corpus) -> String {
    let mut told = format!("{:?}\n", corpus.unreadable());
    for segment in corpus.segments() {
        for (at, article) in segment.articles().iter().enumerate() {
            let words = Part::ALL.map(|part| {
                let words = segment.words(at, part);
                let mut words: Vec<_> = words.map(|word| corpus.words().get(word)).collect();
                words.sort_unstable();
                words
            });
            let entities = segment.entities(at);
            let entities: Vec<_> = entities
                .map(|(id, count)| (corpus.entities().get(id).map(|e| e.key.to_string()), count))
                .collect();
            told.extend([format!(
                "{article:?} {:?} {words:?} {entities:?} {:?} {:?} {:?} {} {} {} {} {:?}\n",
                segment.annotated(at),
                segment.day(at),
                segment.mentioned(at).collect::<Vec<_>>(),
                segment.day_between(at),
                segment.length(at),
                segment.title(at),
                segment.text(at),
                segment.language(at).code(),
                corpus.sources().get(segment.source(at)),
            )]);
        }
    }
    let mut entities: Vec<_> = corpus.entities().iter().map(|e| format!("{e:?}")).collect();
    entities.sort();
    told.push_str(&entities.join("\n"));
    let mut postings: Vec<_> = corpus
        .fulltext()
        .words()
        .iter_from(0)
        .map(|(word, text, _)| (text.to_owned(), corpus.fulltext().count(word)))
        .collect();
    postings.sort();
    told.extend([format!("{postings:?} {:?}", corpus.ranks_by_path())]);
    told
}

/// Loads with the cache until nothing is written behind it.
fn cached(request: &Request, place: &Place) -> String {
    let (corpus, saving) = load_all_cached(request, place);
    if let Some(saving) = saving {
        saving.wait().unwrap();
    }
    told(&corpus)
}

#[test]
fn a_corpus_comes_back_whole_before_its_files_are_read() {
    let (_folder, news, place) = folder();
    let request = request(&news);
    let expected = told(&load_all(&request));
    assert_eq!(cached(&request, &place), expected);
    let mut published = Vec::new();
    let saving = load_cached(&request, &place, &AtomicBool::new(false), &mut |progress| {
        published.push((progress.inputs, progress.finished, told(&progress.corpus)));
    });
    assert!(saving.is_none(), "there was nothing to write");
    let first = (None, false, expected.clone());
    assert_eq!(published, [first, (Some(4), true, expected)]);
}

#[test]
fn while_changes_are_read_the_earlier_corpus_stands() {
    let (_folder, news, place) = folder();
    let request = request(&news);
    let before = cached(&request, &place);
    fs::write(
        news.join("0.txt"),
        "On Tuesday, November 8, 2016, Minyan fell.",
    )
    .unwrap();
    let expected = told(&load_all(&request));
    let mut published = Vec::new();
    load_cached(&request, &place, &AtomicBool::new(false), &mut |progress| {
        published.push((progress.finished, told(&progress.corpus)));
    });
    let last = published.pop().unwrap();
    assert_eq!(last, (true, expected));
    assert!(
        published
            .iter()
            .all(|(finished, corpus)| !finished && *corpus == before)
    );
}

#[test]
fn a_load_that_is_given_up_leaves_nothing() {
    let (_folder, news, place) = folder();
    let cancelled = AtomicBool::new(true);
    let saving = load_cached(&request(&news), &place, &cancelled, &mut |_| {});
    assert!(saving.is_none());
    assert!(!place.file.exists());
}

/// What the documents said before, newest first: file name and text.
fn earlier(request: &Request, place: &Place) -> Vec<(String, String)> {
    let (corpus, saving) = load_all_cached(request, place);
    if let Some(saving) = saving {
        saving.wait().unwrap();
    }
    let texts = corpus.earlier().iter().map(|earlier| {
        let name = earlier.path.rsplit('/').next().unwrap_or_default();
        (name.to_owned(), earlier.text.trim_end().to_owned())
    });
    texts.collect()
}

#[test]
fn what_a_document_said_before_is_kept() {
    let (_folder, news, place) = folder();
    let request = request(&news);
    let tick = || std::thread::sleep(std::time::Duration::from_millis(80));
    let record = |id: &str, text: &str| format!("{{\"id\":\"{id}\",\"text\":\"{text}\"}}\n");
    let (one, two) = (record("r1", "One."), record("r2", "Two."));
    fs::write(news.join("e.jsonl"), one.clone() + &two).unwrap();
    tick();
    assert!(earlier(&request, &place).is_empty());

    // one is edited, one moves, one goes; a record is edited behind a new one
    fs::write(news.join("a.txt"), "Rebels left Minyan on Saturday.").unwrap();
    fs::rename(news.join("b.txt"), news.join("bb.txt")).unwrap();
    fs::remove_file(news.join("c.txt")).unwrap();
    let edited = record("r0", "Zero.") + &one + &record("r2", "Second.");
    fs::write(news.join("e.jsonl"), edited).unwrap();
    tick();
    let old = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let first = [old("a.txt", TEXTS[0].1), old("e.jsonl:2", "Two.")];
    assert_eq!(earlier(&request, &place), first);
    assert_eq!(
        earlier(&request, &place),
        first,
        "from the cache, unchanged"
    );

    // what was kept stays beside what changes later, until it is there again
    fs::write(news.join("a.txt"), "Nobody left.").unwrap();
    tick();
    let again = [
        old("a.txt", "Rebels left Minyan on Saturday."),
        old("a.txt", TEXTS[0].1),
        old("e.jsonl:2", "Two."),
    ];
    let reads = Place {
        writes: false,
        ..place.clone()
    };
    let bytes = fs::read(&place.file).unwrap();
    assert_eq!(earlier(&request, &reads), again);
    assert_eq!(fs::read(&place.file).unwrap(), bytes, "nothing was written");
    fs::write(news.join("a.txt"), TEXTS[0].1).unwrap();
    fs::remove_file(news.join("e.jsonl")).unwrap();
    tick();
    assert_eq!(
        earlier(&request, &place),
        [old("a.txt", "Rebels left Minyan on Saturday.")]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn damage_is_never_seen(
        places in prop::collection::vec((any::<prop::sample::Index>(), 1u8..), 1..4),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let (_folder, news, place) = folder();
        let request = request(&news);
        let expected = cached(&request, &place);
        let mut bytes = fs::read(&place.file).unwrap();
        for (at, flip) in places {
            let at = at.index(bytes.len());
            bytes[at] ^= flip;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        // a cache is read-only
        fs::remove_file(&place.file).unwrap();
        fs::write(&place.file, bytes).unwrap();
        prop_assert_eq!(&cached(&request, &place), &expected);
        prop_assert_eq!(&cached(&request, &place), &expected);
    }
}

#[test]
fn no_kind_of_blocks_is_two() {
    let mut kinds = vec![
        kind::DOCUMENTS,
        kind::ORIGIN,
        kind::CORPUS,
        kind::LATE,
        kind::HASHES,
        kind::INPUTS,
        kind::REDATED,
        kind::EARLIER,
        kind::COMMON_TITLES,
        kind::ENDS_OF_TITLES,
        kind::TITLES,
    ];
    kinds.extend(kind::WORDS);
    kinds.extend(kind::DICTIONARIES);
    let all = kinds.len();
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds.len(), all);
}
