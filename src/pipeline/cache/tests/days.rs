//! Days that documents have from each other: the same whether their evidence was read just now or
//! follows from what a cache keeps.

use std::fmt::Write as _;
use std::sync::Arc;

use super::*;
use crate::annotate::entity::Finder;
use crate::link::LinkMode;
use crate::pipeline::Corrector;
use crate::repair::{DocumentKey, PartialDay, Repair, Repairs};

pub(super) const SENTENCES: &[&str] = &[
    "Rebels of Jabhat Fatah al-Sham left Minyan near Aleppo on Friday.",
    "Bashar al-Assad and Vladimir Putin met in Damascus on 3 November.",
    "On November 4, 2016 fighters of Ahrar al-Sham launched an offensive in Idlib since Monday.",
    "ALEPPO, November 5, 2016 (Xinhua) -- The army of Bashar al-Assad took Minyan.",
    "Am Donnerstag, dem 3. November, begann in Aleppo und Idlib eine Waffenruhe.",
    "Die Schlacht um Minyan bei Aleppo begann am Freitag, sagte Wladimir Putin.",
    "غادرت جبهة فتح الشام منيان قرب حلب يوم الجمعة 4 تشرين الثاني.",
    "A story of seven words and then seven more that several papers print on Sunday.",
];

/// Records of these sentences and days of November 2016.
pub(super) fn records(articles: &[(Vec<usize>, Option<u8>)]) -> String {
    let mut lines = String::new();
    for (number, (sentences, day)) in articles.iter().enumerate() {
        let text = sentences.iter().map(|at| SENTENCES[*at]);
        let text = text.collect::<Vec<_>>().join(" ");
        let day = day.map(|day| format!(",\"date\":\"2016-11-{day:02}\""));
        let day = day.unwrap_or_default();
        writeln!(lines, "{{\"id\":\"r{number}\",\"text\":\"{text}\"{day}}}").unwrap();
    }
    lines
}

/// Loads with the cache, as often as wanted; gives what the last load can correct by.
fn corrector(request: &Request, place: &Place) -> Corrector {
    let mut last = None;
    let saving = load_cached(request, place, &AtomicBool::new(false), &mut |progress| {
        last = progress.corrector;
    });
    if let Some(saving) = saving {
        saving.wait().unwrap();
    }
    Arc::into_inner(last.unwrap()).unwrap()
}

/// Repairs that say something about the days of some documents.
fn repairs(corpus: &Corpus, said: &[(prop::sample::Index, u8)]) -> Repairs {
    let mut repairs = Repairs::default();
    let articles: Vec<_> = corpus.articles().collect();
    for (which, what) in said {
        let raw = &which.get(&articles).1.raw;
        let document = DocumentKey {
            sha256: raw.sha256,
            path: "a".into(),
        };
        let day = format!("2016-11-0{}", what % 7 + 1);
        repairs.add(match what / 7 {
            0 => Repair::Day {
                document,
                day: PartialDay::from_iso(&day).unwrap(),
            },
            1 => Repair::Day {
                document,
                day: PartialDay::from_iso("2016-11").unwrap(),
            },
            _ => Repair::NotDay {
                document,
                day: day.parse().unwrap(),
            },
        });
    }
    repairs
}

fn article() -> impl Strategy<Value = (Vec<usize>, Option<u8>)> {
    let sentences = prop::collection::vec(0..SENTENCES.len(), 1..4);
    (sentences, prop::option::weighted(0.4, 1u8..9))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn corrections_give_the_same_days_after_a_reload(
        articles in prop::collection::vec(article(), 2..9),
        more in prop::collection::vec(article(), 1..3),
        said in prop::collection::vec(
            prop::collection::vec((any::<prop::sample::Index>(), 0u8..21), 0..3), 1..4),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let news = folder.path().join("news");
        fs::create_dir(&news).unwrap();
        fs::write(news.join("a.jsonl"), records(&articles)).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(80));
        let place = Place { file: folder.path().join("news.cache"), writes: true };
        let request = request(&news);
        let mut fresh = corrector(&request, &place);
        let mut kept = corrector(&request, &place);
        let finder = Finder::embedded();
        for said in &said {
            let repairs = repairs(fresh.corpus(), said);
            let fresh = fresh.apply(&finder, &repairs, LinkMode::default());
            let kept = kept.apply(&finder, &repairs, LinkMode::default());
            prop_assert_eq!(told(&kept), told(&fresh));
        }
        // some documents come from the cache, some are new
        fs::write(news.join("b.jsonl"), records(&more)).unwrap();
        prop_assert_eq!(cached(&request, &place), told(&load_all(&request)));
    }
}
