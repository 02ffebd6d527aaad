//! What linking costs: how it grows with the corpus, and how soon it gives up.

use std::sync::Arc;
use std::time::{Duration, Instant};

use khabar::annotate::entity::Finder;
use khabar::corpus::{Article, Corpus, Language, RawDocument, Title};
use khabar::link::{self, LinkMode};
use khabar::repair::Repairs;

/// After this time the user has had enough.
const PATIENCE: Duration = Duration::from_millis(50);

fn article(finder: &Finder, language: Language, raw: &RawDocument) -> Article {
    Article {
        title: Title {
            text: raw.id.clone(),
            derived_from: None,
        },
        mentions: finder.find(raw, language).into(),
        raw: Arc::new(raw.clone()),
        language,
        day: None,
        timexes: Vec::new(),
        entities: Vec::new(),
    }
}

/// Links the documents once, and four times as many: the same again.
pub(crate) fn tell(finder: &Finder, documents: &[(Language, RawDocument)]) {
    let articles: Vec<Article> = documents
        .iter()
        .map(|(language, raw)| article(finder, *language, raw))
        .collect();
    let repairs = Repairs::default();
    let mut last = 0.0;
    for times in [1, 2, 4] {
        let mut corpus = Corpus::new("mid");
        for _ in 0..times {
            corpus = corpus.with(articles.clone(), Vec::new());
        }
        let start = Instant::now();
        let linked = link::linked(&corpus, finder, &repairs, LinkMode::All);
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "linking, {} articles: {seconds:.2} s, {} entities",
            articles.len() * times,
            linked.entities().iter().count()
        );
        last = seconds;
        let start = Instant::now();
        let impatient = || start.elapsed() > PATIENCE;
        let linked = link::linked_unless(&corpus, finder, &repairs, LinkMode::All, &impatient);
        println!(
            "  given up after {} ms: back {:.1} ms later{}",
            PATIENCE.as_millis(),
            (start.elapsed().saturating_sub(PATIENCE)).as_secs_f64() * 1e3,
            if linked.is_some() {
                ", done by then"
            } else {
                ""
            }
        );
    }
    println!(
        "  {:.0} articles/s at last",
        articles.len() as f64 * 4.0 / last
    );
}
