//! What keys do, asserted on the model and on what the screen says.

use std::sync::Arc;

use khabar::config::Config;
use khabar::corpus::{ArticleId, Corpus};
use khabar::query::{Condition, DayField, Row, answer};
use khabar::tui::effect::Effect;
use khabar::tui::geometry::Pane;
use khabar::tui::message::Message;
use khabar::tui::model::Model;
use khabar::tui::update::update;

use crate::driver::{Driver, corpus_of, sample_corpus};

fn three() -> Driver {
    let documents = [
        (
            "a.txt",
            "Clashes in Aleppo on 3 November 2016\n\nThe Syrian army shelled Minyan, west of Aleppo, on 3 November 2016.",
        ),
        (
            "b.txt",
            "Truce over Idlib\n\nThe United Nations spoke of Idlib on 9 September 2016 and again on 12 September 2016.",
        ),
        (
            "c.txt",
            "Waffenruhe in Aleppo\n\nIn Aleppo schwiegen am 12. September 2016 die Waffen. Die Vereinten Nationen waren zufrieden.",
        ),
    ];
    Driver::new(corpus_of(&documents), 120, 40)
}

#[test]
fn a_move_in_the_list_opens_the_article_when_the_keys_rest() {
    let mut driver = three();
    let first = driver.model.reader.article;
    driver.send(Message::Key(
        khabar::config::keymap::Key::parse("j").unwrap(),
    ));
    assert_eq!(
        driver.model.reader.article, first,
        "not before the keys rest"
    );
    driver.keys("");
    driver.settle();
    assert_ne!(driver.model.reader.article, first);
    let answer = &driver.model.result.answer;
    assert_eq!(
        driver.model.reader.article,
        driver.model.articles.selected(answer)
    );
}

#[test]
fn the_selected_article_stays_selected_through_a_filter() {
    let mut driver = three();
    driver.keys("G");
    let title = driver.selected_title();
    driver.keys("/aleppo");
    assert_eq!(driver.model.result.answer.hits.len(), 2);
    driver.keys("<Esc>");
    assert_eq!(driver.model.result.answer.hits.len(), 3);
    assert_eq!(driver.selected_title(), title);
}

#[test]
fn filters_are_chips_that_esc_peels_and_one_key_clears_and_brings_back() {
    let mut driver = three();
    driver.keys("/aleppo<Enter>/lang:de<Enter>");
    assert_eq!(driver.model.filter.terms.len(), 2);
    assert_eq!(driver.model.result.answer.hits.len(), 1);
    assert!(driver.screen().lines().next().unwrap().contains("lang:de"));
    driver.keys("<Esc>");
    assert_eq!(driver.model.filter.terms.len(), 1);
    driver.keys("\\");
    assert_eq!(driver.model.result.answer.hits.len(), 3);
    driver.keys("\\");
    assert_eq!(driver.model.filter.terms.len(), 1);
    assert_eq!(driver.model.result.answer.hits.len(), 2);
}

#[test]
fn esc_never_quits() {
    let mut driver = three();
    driver.keys("<Esc><Esc>2<Esc><Esc>3<Esc>4v<Esc><Esc>?<Esc>:<Esc>/x<Esc>");
    assert!(driver.outside.is_empty());
    driver.keys("q");
    assert!(matches!(driver.outside.as_slice(), [Effect::Quit]));
}

#[test]
fn entities_follow_every_filter_and_filter_themselves() {
    let mut driver = three();
    let before = driver.model.entities.rows.len();
    driver.keys("/idlib<Enter>");
    assert!(driver.model.entities.rows.len() < before);
    driver.keys("\\3");
    let id = driver.model.entities.selected().unwrap();
    let documents = driver.model.corpus.entities().get(id).unwrap().documents as usize;
    driver.keys("<Enter>");
    assert_eq!(driver.model.result.answer.hits.len(), documents);
    // the same value the other way round is the opposite, not a second filter
    driver.keys("-");
    assert_eq!(driver.model.filter.terms.len(), 1);
    assert_eq!(driver.model.result.answer.hits.len(), 3 - documents);
}

#[test]
fn days_mentioned_filter_by_a_range() {
    let mut driver = three();
    driver.keys("T4");
    assert_eq!(driver.model.timeline.by, DayField::Mentioned);
    let buckets = driver.model.result.answer.timeline.iter();
    let days: Vec<_> = buckets
        .filter_map(|row| match row {
            Row::Bucket { from, .. } => Some(from.to_string()),
            _ => None,
        })
        .collect();
    assert_eq!(days, ["2016-09-09", "2016-09-12", "2016-11-03"]);
    driver.keys("gvj<Enter>");
    let [term] = driver.model.filter.terms.as_slice() else {
        panic!("one chip")
    };
    let Condition::Days { from, to, .. } = &term.condition else {
        panic!("a chip of days")
    };
    assert_eq!(
        (from.to_string().as_str(), to.to_string().as_str()),
        ("2016-09-09", "2016-09-12")
    );
    assert_eq!(driver.model.result.answer.hits.len(), 2);
}

#[test]
fn zooming_the_timeline_keeps_the_place() {
    let mut driver = three();
    driver.keys("T4G[");
    let before = driver.model.timeline.chosen;
    driver.keys("<lt><lt><lt>");
    assert_eq!(driver.model.result.answer.timeline.len(), 1, "one year");
    driver.keys(">>>");
    assert_eq!(driver.model.timeline.chosen, before);
}

#[test]
fn hits_are_counted_and_go_on_into_the_next_article() {
    let mut driver = three();
    driver.keys("\"aleppo<Enter>");
    assert_eq!(driver.model.result.answer.hits.len(), 2);
    let mut seen = Vec::new();
    for _ in 0..8 {
        driver.keys("n");
        let line = driver.screen().lines().last().unwrap().trim().to_owned();
        seen.push(line);
    }
    assert!(seen[0].starts_with("hit 1 of"), "{seen:?}");
    assert!(
        seen.iter().any(|line| line.contains("article 2 of 2")),
        "{seen:?}"
    );
    assert!(seen.last().unwrap().contains("last hit"), "{seen:?}");
    driver.keys("N");
    assert!(driver.screen().lines().last().unwrap().contains("hit"));
}

#[test]
fn mentions_of_a_name_are_walked_across_articles() {
    let mut driver = three();
    driver.keys("3");
    for _ in 0..20 {
        let id = driver.model.entities.selected().unwrap();
        if &*driver.model.corpus.entities().get(id).unwrap().key == "Aleppo" {
            break;
        }
        driver.keys("j");
    }
    let mut articles = Vec::new();
    for _ in 0..6 {
        driver.keys("l");
        articles.push(driver.model.reader.article.unwrap());
    }
    articles.dedup();
    assert_eq!(articles.len(), 2, "both articles that name it");
}

#[test]
fn counts_do_not_fight_pane_keys() {
    let documents: Vec<(String, String)> = (0..40)
        .map(|i| (format!("{i}.txt"), format!("Dispatch {i}\n\nNothing.")))
        .collect();
    let documents: Vec<(&str, &str)> = documents
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let mut driver = Driver::new(corpus_of(&documents), 120, 40);
    driver.keys("5j");
    assert_eq!(driver.model.articles.scroll.row, 5);
    driver.keys("012G");
    assert_eq!(driver.model.articles.scroll.row, 11);
    driver.keys("3");
    assert_eq!(driver.model.focus, Pane::Entities);
    assert_eq!(driver.model.articles.scroll.row, 11);
}

#[test]
fn keys_of_an_arabic_keyboard_are_commands() {
    let mut driver = three();
    // ت stands on j, ن on k (Arabic 101)
    driver.keys("ت");
    assert_eq!(driver.model.articles.scroll.row, 1);
    driver.keys("ن");
    assert_eq!(driver.model.articles.scroll.row, 0);
    // in the filter they are letters
    driver.keys("/ت");
    assert_eq!(
        driver.model.filter.line.as_ref().unwrap().editor.text(),
        "ت"
    );
}

#[test]
fn a_filter_finds_through_folding() {
    let documents = [
        ("a.txt", "Verstärkungen erreichen Straße\n\nText."),
        ("b.txt", "قوات أحمد تدخل الشاميّة\n\nنص."),
    ];
    let mut driver = Driver::new(corpus_of(&documents), 100, 30);
    for query in [
        "verstarkungen",
        "verstaerkungen",
        "strasse",
        "احمد",
        "الشاميه",
    ] {
        driver.keys(&format!("/{query}"));
        assert_eq!(driver.model.result.answer.hits.len(), 1, "{query}");
        driver.keys("<Esc>");
    }
}

#[test]
fn an_error_in_a_filter_names_the_column() {
    let mut driver = three();
    driver.keys("/lagn:de");
    let last = driver.screen().lines().last().unwrap().to_owned();
    assert!(last.contains("lang"), "{last}");
    driver.keys("<Enter>");
    assert!(driver.model.filter.terms.is_empty());
}

#[test]
fn the_place_in_an_article_is_kept() {
    let mut driver = Driver::new(sample_corpus(), 80, 24);
    driver.keys("2<Ctrl-d>");
    let top = driver.model.reader.top;
    assert!(top > 0);
    driver.keys("1jk2");
    assert_eq!(driver.model.reader.top, top);
}

#[test]
fn undated_articles_have_a_row_of_their_own() {
    let mut driver = Driver::new(corpus_of(&[("a.txt", "Nothing here says when.")]), 80, 24);
    driver.keys("4");
    assert!(driver.screen().contains("no day"));
    driver.keys("<Enter>");
    assert!(matches!(
        driver.model.filter.terms[0].condition,
        Condition::Undated(_)
    ));
    assert_eq!(driver.model.result.answer.hits.len(), 1);
}

/// What was put on the clipboard last.
fn copied(driver: &Driver) -> &str {
    driver
        .outside
        .iter()
        .rev()
        .find_map(|effect| match effect {
            Effect::Copy { text, .. } => Some(text.as_str()),
            _ => None,
        })
        .unwrap()
}

#[test]
fn copying_takes_the_source_bytes_and_a_second_press_takes_more() {
    let documents = [(
        "a.txt",
        "قوات الجيش السوري في حلب\n\nقالت الأمم المتحدة إن حلب (شمالا) محاصرة. وأضافت شيئا آخر.",
    )];
    let body = documents[0].1;
    let mut driver = Driver::new(corpus_of(&documents), 80, 24);
    driver.keys("2lll");
    driver.keys("y");
    let name = copied(&driver).to_owned();
    assert!(body.contains(&name) && name.chars().count() < 30, "{name}");
    driver.keys("y");
    let sentence = copied(&driver).to_owned();
    assert!(
        sentence.contains(&name) && body.contains(&sentence),
        "{sentence}"
    );
    driver.keys("y");
    assert_eq!(copied(&driver), body);
    driver.keys("<Esc>vjjy");
    assert!(
        body.starts_with(copied(&driver).trim_end()),
        "{}",
        copied(&driver)
    );
    driver.keys("Y");
    assert!(copied(&driver).contains("[a"), "{}", copied(&driver));
    assert!(copied(&driver).contains("sha256:"));
}

#[test]
fn the_question_about_arabic_goes_through_all_ways_and_keeps_one() {
    let mut driver = Driver::new(sample_corpus(), 80, 24);
    driver.keys("B");
    assert!(driver.screen().contains("Does this read correctly?"));
    driver.keys("BBB<Enter>");
    let kept = driver.outside.iter().rev().find_map(|effect| match effect {
        Effect::Bidi { bidi, keep: true } => Some(bidi.name()),
        _ => None,
    });
    assert_eq!(kept, Some("mlterm"));
    assert!(driver.model.overlay.is_none());
}

/// Takes a snapshot of a load in and answers what is asked of it; the keys rest.
fn take_in(model: &mut Model, documents: &[(&str, &str)]) {
    let loaded = Message::Loaded {
        corpus: corpus_of(documents),
        loading: None,
    };
    for effect in update(model, loaded) {
        if let Effect::Ask {
            ticket,
            corpus,
            question,
        } = effect
        {
            let answer = answer(&corpus, &question, &|| false).unwrap();
            let answered = Message::Answered {
                ticket,
                corpus,
                answer: Arc::new(answer),
            };
            update(model, answered);
        }
    }
    update(model, Message::Rested);
}

#[test]
fn until_somebody_chooses_the_first_row_is_shown_whatever_the_load_puts_there() {
    let older = (
        "a.txt",
        "Older\n\nAleppo, 3 November 2016 - The army advanced.",
    );
    let newer = (
        "b.txt",
        "Newer\n\nAleppo, 9 November 2016 - The army advanced.",
    );
    let corpus = Arc::new(Corpus::new("load"));
    let mut model = Model::new(Arc::new(Config::default()), corpus, (80, 24));
    take_in(&mut model, &[older]);
    assert_eq!(model.reader.article, Some(ArticleId(0)));
    take_in(&mut model, &[older, newer]);
    assert_eq!(model.articles.scroll.row, 0);
    assert_eq!(model.reader.article, Some(ArticleId(1)));
    // long enough to be read
    update(&mut model, Message::Dwelt);
    let newest = (
        "c.txt",
        "Newest\n\nAleppo, 12 November 2016 - The army advanced.",
    );
    take_in(&mut model, &[older, newer, newest]);
    assert_eq!(model.reader.article, Some(ArticleId(1)));
    assert_eq!(model.articles.scroll.row, 1);
}
