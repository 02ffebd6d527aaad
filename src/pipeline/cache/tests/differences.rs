//! Whatever changed since a cache was written, files or what the user says about names: the same
//! corpus as from nothing, and what did not change is not packed anew.

use std::sync::Arc;

use super::days::{SENTENCES, records};
use super::*;
use crate::corpus::{EntityKind, Name};
use crate::link::LinkMode;
use crate::pipeline::cache::{BUILD, kind};
use crate::repair::{Repair, Repairs};
use crate::store::Blocks;

/// What happens between two starts.
#[derive(Clone, Debug)]
enum Step {
    /// A file is there, with these sentences: of a text, or each of a record of its own.
    Write(u8, Vec<usize>),
    Remove(u8),
    /// The user sets names right.
    Repair(Vec<u8>),
    Links(LinkMode),
}

fn step() -> impl Strategy<Value = Step> {
    let sentences = prop::collection::vec(0..SENTENCES.len(), 1..6);
    prop_oneof![
        4 => (0..12u8, sentences).prop_map(|(file, sentences)| Step::Write(file, sentences)),
        2 => (0..12u8).prop_map(Step::Remove),
        3 => prop::collection::vec(0..5u8, 0..3).prop_map(Step::Repair),
        1 => prop::sample::select(LinkMode::ALL.to_vec()).prop_map(Step::Links),
    ]
}

fn write_file(news: &Path, number: u8, sentences: &[usize]) {
    if number.is_multiple_of(3) {
        let articles: Vec<_> = sentences.iter().map(|at| (vec![*at], None)).collect();
        fs::write(
            news.join(format!("f{number:02}.jsonl")),
            records(&articles).replace("\"r", &format!("\"{number}r")),
        )
        .unwrap();
    } else {
        let text: Vec<&str> = sentences.iter().map(|at| SENTENCES[*at]).collect();
        fs::write(news.join(format!("f{number:02}.txt")), text.join(" ")).unwrap();
    }
}

fn repair(which: u8) -> Repair {
    let group = |key| Name::new(key, EntityKind::Group);
    let assad = Name::new("Bashar al-Assad", EntityKind::Person);
    match which {
        0 => Repair::Hide { name: assad },
        1 => Repair::Rename {
            name: assad,
            to: Arc::from("Assad"),
        },
        2 => Repair::Merge {
            name: group("Ahrar al-Sham"),
            into: group("Jabhat Fatah al-Sham"),
        },
        3 => Repair::Spelling {
            name: assad,
            spelling: Arc::from("the army"),
        },
        _ => Repair::Retype {
            name: Name::new("Minyan", EntityKind::Place),
            to: EntityKind::Group,
        },
    }
}

fn apply(step: &Step, news: &Path, request: &mut Request) {
    match step {
        Step::Write(file, sentences) => write_file(news, *file, sentences),
        Step::Remove(file) => {
            for ending in ["txt", "jsonl"] {
                let _ = fs::remove_file(news.join(format!("f{file:02}.{ending}")));
            }
        }
        Step::Repair(which) => {
            let mut repairs = Repairs::default();
            for which in which {
                repairs.add(repair(*which));
            }
            request.repairs = Arc::new(repairs);
        }
        Step::Links(mode) => request.links = *mode,
    }
}

/// Everything that can be asked of a corpus, whatever the numbers of its words and entities.
fn told_by_name(corpus: &Corpus) -> Vec<String> {
    let mut told = vec![format!(
        "{:?} {:?}",
        corpus.unreadable(),
        corpus.duplicates().clusters()
    )];
    for (segment, at) in corpus.places() {
        let mut article = segment.articles().get(at).unwrap().clone();
        article.entities.clear();
        let entities = segment.entities(at).map(|(id, count)| {
            let entity = corpus.entities().get(id).unwrap();
            (entity.kind, entity.key.to_string(), count)
        });
        let mut entities: Vec<_> = entities.collect();
        entities.sort();
        let words = Part::ALL.map(|part| {
            let words = segment.words(at, part);
            let mut words: Vec<_> = words.map(|word| corpus.words().get(word)).collect();
            words.sort_unstable();
            words
        });
        told.push(format!(
            "{:?} {article:?} {:?} {words:?} {entities:?} {:?} {:?} {} {} {:?}",
            segment.id(at),
            segment.annotated(at),
            segment.day(at),
            segment.mentioned(at).collect::<Vec<_>>(),
            segment.length(at),
            segment.text(at),
            corpus.sources().get(segment.source(at)),
        ));
    }
    let entities = corpus.entities().iter();
    let mut entities: Vec<_> = entities.map(|(_, entity)| format!("{entity:?}")).collect();
    entities.sort();
    told.extend(entities);
    let words = corpus.fulltext().words().iter_from(0);
    let postings = words.map(|(word, text, _)| (text.to_owned(), corpus.fulltext().count(word)));
    let mut postings: Vec<_> = postings.filter(|(_, count)| *count > 0).collect();
    postings.sort();
    told.push(format!("{postings:?} {:?}", corpus.ranks_by_path()));
    told
}

/// Loads with the cache; waits until it is written.
fn load(request: &Request, place: &Place) -> Vec<String> {
    let (corpus, saving) = load_all_cached(request, place);
    if let Some(saving) = saving {
        saving.wait().unwrap();
    }
    told_by_name(&corpus)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn differences_give_what_a_load_from_nothing_gives(
        files in prop::collection::vec(prop::collection::vec(0..SENTENCES.len(), 1..6), 1..12),
        steps in prop::collection::vec((step(), any::<bool>()), 1..4),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let news = folder.path().join("news");
        fs::create_dir(&news).unwrap();
        for (number, sentences) in (0u8..).zip(&files) {
            write_file(&news, number, sentences);
        }
        let place = Place { file: folder.path().join("news.cache"), writes: true };
        let mut request = request(&news);
        std::thread::sleep(std::time::Duration::from_millis(60));
        load(&request, &place);
        for (step, settles) in &steps {
            apply(step, &news, &mut request);
            if *settles {
                // else the file may be changing still, and is looked into
                std::thread::sleep(std::time::Duration::from_millis(60));
            }
            let expected = told_by_name(&load_all(&request));
            prop_assert_eq!(&load(&request, &place), &expected, "{:?}", step);
            prop_assert_eq!(&load(&request, &place), &expected, "as it was written after {:?}", step);
        }
    }
}

/// The packed columns of groups of documents.
fn groups(place: &Place) -> Vec<Vec<u8>> {
    let blocks = Blocks::open(&place.file, BUILD).unwrap();
    let bytes = fs::read(&place.file).unwrap();
    let stored = blocks
        .of_kind(kind::DOCUMENTS)
        .map(|number| blocks.place(number).unwrap());
    stored.map(|place| bytes[place].to_vec()).collect()
}

#[test]
fn only_what_lies_beside_a_change_is_packed_anew() {
    let folder = tempfile::tempdir().unwrap();
    let news = folder.path().join("news");
    fs::create_dir(&news).unwrap();
    for number in 0..40u8 {
        let text = format!("{} Story {number}.", SENTENCES[usize::from(number) % 8]);
        fs::write(news.join(format!("{number:02}.txt")), text).unwrap();
    }
    let place = Place {
        file: folder.path().join("news.cache"),
        writes: true,
    };
    let mut request = request(&news);
    let tick = || std::thread::sleep(std::time::Duration::from_millis(60));
    tick();
    load(&request, &place);
    let mut before = groups(&place);
    assert!(before.len() > 8, "{}", before.len());
    let changes: [&dyn Fn(&mut Request); 4] = [
        &|_| fs::write(news.join("17a.txt"), "Minyan fell on Monday.").unwrap(),
        &|_| fs::remove_file(news.join("30.txt")).unwrap(),
        &|_| fs::write(news.join("00.txt"), "Minyan did not fall.").unwrap(),
        &|request| {
            let mut repairs = Repairs::default();
            repairs.add(repair(0));
            request.repairs = Arc::new(repairs);
        },
    ];
    for change in changes {
        change(&mut request);
        tick();
        load(&request, &place);
        let now = groups(&place);
        let packed = now.iter().filter(|group| !before.contains(group)).count();
        assert!(packed <= 2, "{packed} of {} are packed anew", now.len());
        before = now;
    }
    // told without what was known before, the days of which are not kept at all
    let again = told_by_name(&load_all(&request));
    assert_eq!(load(&request, &place), again);
}
