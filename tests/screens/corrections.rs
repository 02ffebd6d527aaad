//! Setting right on the screen: keys on cards, what changes in the panes, undo and redo.

use khabar::corpus::{Corpus, DayBasis, EntityId, EntityKind, LinkMode, Name, Timex};
use khabar::query::Row;
use khabar::triage::Standing;
use khabar::tui::geometry::Pane;
use khabar::tui::message::Message;
use khabar::tui::model::cards::{self, Target};
use khabar::tui::model::correction::Choice;
use khabar::tui::model::page::Mark;
use khabar::tui::model::{Loading, Notice};
use proptest::prelude::*;

use crate::driver::{Driver, corpus_of, sample_corpus};

/// The state that a correction may change, without ids.
fn state(corpus: &Corpus) -> Vec<String> {
    let mut state: Vec<String> = corpus
        .entities()
        .iter()
        .map(|(_, e)| format!("{} {} {} {}", e.kind, e.key, e.mentions, e.documents))
        .collect();
    state.sort();
    state.extend(corpus.articles().map(|(_, article)| {
        let values: Vec<&str> = article.timexes.iter().map(|t| t.value.as_str()).collect();
        format!("{} {:?} {values:?}", article.raw.id, article.published())
    }));
    state
}

/// Stands on an entity in the third pane.
fn select(driver: &mut Driver, id: EntityId) {
    driver.keys("<Esc><Esc>\\3g");
    for _ in 0..driver.model.entities.rows.len() {
        if driver.model.entities.selected() == Some(id) {
            return;
        }
        driver.keys("j");
    }
    panic!("not in the list");
}

/// Moves the cursor of the open card to a statement.
fn stand_on(driver: &mut Driver, wanted: impl Fn(&Target) -> bool) {
    driver.keys("g");
    for _ in 0..cards::targets(&driver.model).len() {
        if cards::target(&driver.model).is_some_and(|target| wanted(&target)) {
            return;
        }
        driver.keys("j");
    }
    panic!("not on the card:\n{}", driver.screen());
}

fn notice(driver: &Driver) -> String {
    match &driver.model.notice {
        Some(Notice::Done(text)) => text.clone(),
        other => panic!("{other:?}"),
    }
}

fn mentions(driver: &Driver, id: EntityId) -> u32 {
    let entity = driver.model.corpus.entities().get(id).unwrap();
    entity.mentions
}

/// A candidate of the sample: both entities.
fn candidate(corpus: &Corpus) -> (Name, EntityId, EntityId) {
    let find = |name: &Name| corpus.entities().find(&name.key, name.kind);
    let mut links = corpus.links().candidates().iter();
    let found =
        links.find_map(|link| Some((link.from.clone(), find(&link.from)?, find(&link.to)?)));
    found.unwrap()
}

#[test]
fn a_candidate_accepted_is_counted_in_all_panes_and_undone() {
    let corpus = sample_corpus();
    let (from, first, second) = candidate(&corpus);
    let mut driver = Driver::new(corpus.clone(), 80, 24);
    let before = state(&driver.model.corpus);
    let sum = mentions(&driver, first) + mentions(&driver, second);
    select(&mut driver, second);
    driver.keys("f");
    stand_on(&mut driver, |target| {
        *target == Target::Candidate(from.clone())
    });
    let screen = driver.screen();
    assert!(
        screen.contains("y the same") && screen.contains("n another"),
        "{screen}"
    );
    driver.keys("y");
    assert!(
        notice(&driver).contains("are one · u undoes it"),
        "{}",
        notice(&driver)
    );
    assert!(driver.repairs().contains("[[accept]]"));
    let one = driver
        .model
        .corpus
        .entities()
        .find(&from.key, from.kind)
        .unwrap();
    assert_eq!(mentions(&driver, one), sum);
    let row = driver
        .model
        .result
        .answer
        .entities
        .iter()
        .find(|row| row.entity == one);
    assert_eq!(row.unwrap().mentions, sum, "the third pane counts both");
    driver.keys("u");
    assert!(
        notice(&driver).starts_with("undone: "),
        "{}",
        notice(&driver)
    );
    assert_eq!(state(&driver.model.corpus), before);
    assert_eq!(driver.repairs(), "");
    driver.keys("<Ctrl-r>");
    assert!(driver.repairs().contains("[[accept]]"));
    driver.keys("uu");
    assert!(
        matches!(&driver.model.notice, Some(Notice::Problem(text)) if text.contains("nothing"))
    );
    select(&mut driver, second);
    driver.keys("f");
    stand_on(&mut driver, |target| {
        *target == Target::Candidate(from.clone())
    });
    driver.keys("n");
    assert!(notice(&driver).contains("stay apart"));
    let name = driver.model.corpus.entities().get(second).unwrap();
    let name = Name::new(&name.key, name.kind);
    let left = driver.model.corpus.links().candidates_of(&name);
    assert!(left.iter().all(|link| link.from != from && link.to != from));
}

const THREE: [(&str, &str); 3] = [
    (
        "a.txt",
        "Clashes in Minyan\n\nRebels of Jaysh Qarat held Minyan on Friday. Qarati fighters left Aleppo.",
    ),
    (
        "b.txt",
        "Jaysh Qarat speaks\n\nA spokesman of Jaysh Qarat denied losses in Aleppo.",
    ),
    (
        "c.txt",
        "A truce in Idlib\n\nIn Idlib a truce held on 3 November 2016, said Liwa Sumar.",
    ),
];

#[test]
fn every_repair_by_keys_and_all_of_them_undone() {
    let corpus = corpus_of(&THREE);
    let entities = corpus.entities();
    let place = |key: &str| {
        let found = entities.iter().find(|(_, entity)| &*entity.key == key);
        found.map(|(id, _)| id).unwrap()
    };
    let mut driver = Driver::new(corpus.clone(), 80, 24);
    let before = state(&driver.model.corpus);
    let (minyan, aleppo, idlib) = (place("Minyan"), place("Aleppo"), place("Idlib"));
    for (entity, keys, says, verb) in [
        (minyan, "rMinian West<Enter>", "is called", "[[rename]]"),
        (minyan, "torg<Enter>", "is of kind ORG", "[[retype]]"),
        (aleppo, "midlib<Enter>", "is part of Idlib", "[[merge]]"),
        (aleppo, "x", "is hidden", "[[hide]]"),
        (idlib, "atruce<Enter>", "wherever it stands", "[[spelling]]"),
    ] {
        let keys = if verb == "[[rename]]" {
            // what stood there goes first
            keys.replacen('r', "r<Ctrl-u>", 1)
        } else {
            keys.to_owned()
        };
        select(&mut driver, entity);
        driver.keys("f").keys(&keys);
        assert!(
            notice(&driver).contains(says),
            "{keys}: {}",
            notice(&driver)
        );
        assert!(driver.repairs().contains(verb), "{keys}");
        assert_ne!(state(&driver.model.corpus), before, "{keys}");
        driver.keys("u");
        assert_eq!(state(&driver.model.corpus), before, "{keys}");
    }
    select(&mut driver, aleppo);
    driver.keys("f");
    stand_on(&mut driver, |target| matches!(target, Target::Spelling(_)));
    driver.keys("s<Ctrl-u>Aleppo, Texas<Enter>");
    assert!(notice(&driver).contains("means Aleppo, Texas now"));
    assert!(
        state(&driver.model.corpus)
            .iter()
            .any(|line| line.contains("Aleppo, Texas"))
    );
    driver.keys("u");
    assert_eq!(state(&driver.model.corpus), before);
    assert_eq!(driver.repairs(), "");
}

#[test]
fn several_corrections_of_one_entity_hold_together() {
    let corpus = corpus_of(&THREE);
    let mut driver = Driver::new(corpus.clone(), 80, 24);
    let before = state(&driver.model.corpus);
    let find = |driver: &Driver, key: &str| {
        let mut all = driver.model.corpus.entities().iter();
        all.find(|(_, entity)| &*entity.key == key)
            .map(|(id, _)| id)
    };
    let aleppo = find(&driver, "Aleppo").unwrap();
    select(&mut driver, aleppo);
    // the card follows the entity under its new name
    driver.keys("fr<Ctrl-u>Halab<Enter>r<Ctrl-u>Halep<Enter>torg<Enter>");
    let halep = find(&driver, "Halep").unwrap();
    assert_eq!(
        driver
            .model
            .corpus
            .entities()
            .get(halep)
            .unwrap()
            .kind
            .code(),
        "ORG"
    );
    assert!(find(&driver, "Halab").is_none() && find(&driver, "Aleppo").is_none());
    assert_eq!(
        driver.repairs().matches("[[").count(),
        2 + 12,
        "one of each, and the remarks"
    );
    driver.keys("m<Ctrl-u>idlib<Enter>");
    assert!(find(&driver, "Halep").is_none());
    let idlib = find(&driver, "Idlib").unwrap();
    assert_eq!(
        driver.model.entities.selected(),
        Some(idlib),
        "the place is kept"
    );
    driver.keys("uuuu");
    assert_eq!(state(&driver.model.corpus), before);
    assert_eq!(driver.repairs(), "");
}

fn timeline(driver: &Driver) -> Vec<String> {
    let rows = driver.model.result.answer.timeline.iter();
    let days = rows.filter_map(|row| match row {
        Row::Bucket { from, .. } => Some(from.to_string()),
        _ => None,
    });
    days.collect()
}

#[test]
fn a_day_set_moves_the_article_in_the_timeline_and_what_hangs_on_it() {
    let mut driver = Driver::new(corpus_of(&THREE), 80, 24);
    let before = (state(&driver.model.corpus), timeline(&driver));
    driver.keys("/clashes<Enter>\\1");
    assert_eq!(driver.selected_title(), "Clashes in Minyan");
    driver.keys("id31.2.2016<Enter>");
    assert!(
        driver.screen().contains("no day of the calendar"),
        "{}",
        driver.screen()
    );
    driver.keys("<Ctrl-u>5.11.2016<Enter>");
    assert!(
        notice(&driver).contains("a is of 2016-11-05"),
        "{}",
        notice(&driver)
    );
    assert!(
        driver.screen().contains("set by you"),
        "{}",
        driver.screen()
    );
    assert!(
        timeline(&driver).contains(&"2016-11-05".to_owned()),
        "{:?}",
        timeline(&driver)
    );
    let article = |driver: &Driver| {
        let mut all = driver.model.corpus.articles();
        all.find(|(_, article)| article.raw.id == "a")
            .unwrap()
            .1
            .clone()
    };
    let day = article(&driver).day.unwrap();
    assert_eq!((day.basis, day.confidence), (DayBasis::Set, 1.0));
    // 5 November 2016 was a Saturday
    let friday = |driver: &Driver| article(driver).timexes.first().and_then(Timex::day);
    assert_eq!(friday(&driver).unwrap().to_string(), "2016-11-04");
    driver.keys("n");
    assert!(notice(&driver).contains("a is not of 2016-11-05"));
    assert_ne!(
        article(&driver)
            .published()
            .map(|day| day.to_string())
            .as_deref(),
        Some("2016-11-05")
    );
    driver.keys("d2016-11<Enter>");
    let bounds = article(&driver).day.unwrap();
    for day in [bounds.earliest.unwrap(), bounds.latest.unwrap()] {
        assert_eq!(day.to_string().get(..7), Some("2016-11"));
    }
    assert!(
        bounds
            .candidates
            .iter()
            .all(|(day, _)| day.to_string() != "2016-11-05")
    );
    driver.keys("uuu");
    assert_eq!((state(&driver.model.corpus), timeline(&driver)), before);
    assert_eq!(driver.repairs(), "");
}

#[test]
fn a_candidate_day_is_accepted_where_the_cursor_stands() {
    let corpus = sample_corpus();
    let several = |corpus: &Corpus| {
        let mut all = corpus.articles();
        all.find(|(_, article)| {
            let day = article.day.as_ref();
            day.is_some_and(|day| day.day.is_none() && day.candidates.len() > 1)
        })
        .map(|(_, article)| article.raw.path.clone())
    };
    let path = several(&corpus).unwrap();
    let mut driver = Driver::new(corpus, 80, 24);
    driver.keys(&format!("/{path}<Enter>i"));
    stand_on(&mut driver, |target| matches!(target, Target::Day(Some(_))));
    let Some(Target::Day(Some(day))) = cards::target(&driver.model) else {
        panic!("on a day");
    };
    driver.keys("y");
    assert!(
        notice(&driver).contains(&format!("is of {day}")),
        "{}",
        notice(&driver)
    );
    assert_eq!(timeline(&driver), [day.to_string()]);
    driver.keys("<Esc>u");
    assert_eq!(timeline(&driver), [""; 0]);
}

#[test]
fn a_date_in_the_text_is_set_and_rejected() {
    let mut driver = Driver::new(corpus_of(&THREE), 80, 24);
    driver.keys("/truce<Enter>\\2");
    let marked = |driver: &Driver| {
        let page = driver.model.reader.page.clone()?;
        page.marks.get(driver.model.reader.mark?).copied()
    };
    for _ in 0..20 {
        if matches!(marked(&driver), Some(Mark::Timex(_))) {
            break;
        }
        driver.keys("l");
    }
    let values = |driver: &Driver| -> Vec<String> {
        let timexes = &driver.model.open_article().unwrap().timexes;
        timexes.iter().map(|timex| timex.value.clone()).collect()
    };
    let before = values(&driver);
    driver.keys("id2017<Enter>");
    assert_eq!(values(&driver), ["2017"], "{}", driver.screen());
    assert!(
        driver.screen().contains("set by you"),
        "{}",
        driver.screen()
    );
    assert!(driver.repairs().contains("[[date]]"));
    driver.keys("n");
    assert_eq!(values(&driver), [""; 0]);
    assert!(
        !driver.repairs().contains("[[date]]\n"),
        "what it contradicts has gone"
    );
    driver.keys("<Esc>uu");
    assert_eq!(values(&driver), before);
}

#[test]
fn links_are_switched_off_and_on() {
    let corpus = sample_corpus();
    let mut driver = Driver::new(corpus.clone(), 80, 24);
    let before = state(&corpus);
    let count = |driver: &Driver| driver.model.corpus.entities().iter().count();
    let all = count(&driver);
    driver.keys("L");
    let stated = count(&driver);
    assert!(
        driver.screen().contains("links: stated"),
        "{}",
        driver.screen()
    );
    driver.keys("L");
    let none = count(&driver);
    assert!(driver.screen().contains("links: off"));
    assert!(all < stated && stated < none, "{all} {stated} {none}");
    driver.keys("L");
    assert_eq!(state(&driver.model.corpus), before);
    assert!(!driver.screen().contains("links:"));
}

#[test]
fn a_query_says_which_links_hold_while_it_stands() {
    let corpus = sample_corpus();
    let mut driver = Driver::new(corpus.clone(), 80, 24);
    let before = state(&corpus);
    driver.keys("LL");
    let none = state(&driver.model.corpus);
    driver.keys("L");
    let rows = driver.model.result.answer.entities.len();
    // nothing holds before the word is whole
    driver.keys("/links:of");
    assert_eq!(state(&driver.model.corpus), before);
    driver.keys("f<Enter>");
    assert_eq!(state(&driver.model.corpus), none);
    assert!(driver.model.result.answer.entities.len() > rows);
    let screen = driver.screen();
    assert!(
        screen.contains("links:off") && !screen.contains("links: off"),
        "{screen}"
    );
    // the setting waits its turn
    driver.keys("L");
    assert_eq!(state(&driver.model.corpus), none);
    assert!(
        notice(&driver).contains("links: stated once"),
        "{}",
        notice(&driver)
    );
    driver.keys("/links:all<Enter>");
    assert_eq!(state(&driver.model.corpus), before, "the last one holds");
    driver.keys("<Esc>");
    assert_eq!(state(&driver.model.corpus), none);
    driver.keys("<Esc>");
    let stated = state(&driver.model.corpus);
    assert!(stated != before && stated != none);
    assert!(driver.screen().contains("links: stated"));
}

#[test]
fn links_that_are_not_made_yet_are_not_claimed() {
    let corpus = sample_corpus();
    let mut driver = Driver::new(corpus.clone(), 120, 24);
    let loading = Some(Loading {
        inputs_read: 1,
        inputs: Some(2),
    });
    driver.model.corrections.read = LinkMode::KnowledgeBaseOnly;
    driver.send(Message::Loaded { corpus, loading });
    let screen = driver.screen();
    assert!(screen.contains("links: off · taking it in"), "{screen}");
}

/// What the journal and the file of repairs come to.
fn kept(driver: &Driver) -> (String, Vec<String>, usize) {
    (
        driver.repairs().to_owned(),
        state(&driver.model.corpus),
        driver.model.triage.counts().of(Standing::Kept),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn marks_and_corrections_are_undone_in_one_order_across_restarts(
        acts in prop::collection::vec(any::<bool>(), 1..6),
        restart in 0..6usize,
    ) {
        let mut driver = Driver::new(corpus_of(&THREE), 80, 24);
        let mut states = vec![kept(&driver)];
        for (number, is_mark) in acts.iter().enumerate() {
            if *is_mark {
                driver.keys("<Esc><Esc>1gs");
            } else {
                let id = driver.model.corpus.entities().find("Idlib", EntityKind::Place).unwrap();
                select(&mut driver, id);
                driver.keys(&format!("fa{}<Enter>", ["truce", "held", "rebels", "fighters", "spokesman", "losses"][number]));
            }
            states.push(kept(&driver));
        }
        let steps = driver.model.triage.state.changes().iter().filter(|c| c.op.is_step()).count();
        if restart < acts.len() {
            driver = driver.restarted();
        }
        for _ in 0..steps {
            driver.keys("<Esc><Esc>u");
        }
        prop_assert_eq!(&kept(&driver), &states[0]);
        driver.keys("u");
        prop_assert!(matches!(&driver.model.notice, Some(Notice::Problem(text)) if text.contains("nothing")));
        driver = driver.restarted();
        for _ in 0..steps {
            driver.keys("<Ctrl-r>");
        }
        prop_assert_eq!(&kept(&driver), states.last().unwrap());
        for wanted in states.iter().rev().skip(1) {
            while kept(&driver) != *wanted {
                driver.keys("u");
                prop_assert!(!matches!(&driver.model.notice, Some(Notice::Problem(_))), "{:?}", driver.model.notice);
            }
        }
    }
}

#[test]
fn cards_lead_on_and_back() {
    let corpus = sample_corpus();
    let (_, first, _) = candidate(&corpus);
    let mut driver = Driver::new(corpus.clone(), 80, 24);
    select(&mut driver, first);
    driver.keys("f");
    let key = corpus.entities().get(first).unwrap().key.to_string();
    let head = |driver: &Driver| driver.screen().lines().nth(2).unwrap().to_owned();
    assert!(head(&driver).contains(&key));
    stand_on(&mut driver, |target| matches!(target, Target::Company(_)));
    driver.keys("<Enter>");
    assert!(!head(&driver).contains(&key), "{}", driver.screen());
    driver.keys("<Backspace>");
    assert!(matches!(
        cards::target(&driver.model),
        Some(Target::Company(_))
    ));
    driver.keys("g<Esc>");
    assert!(driver.model.overlay.is_none());
    driver.keys("f");
    stand_on(&mut driver, |target| matches!(target, Target::Article(_)));
    driver.keys("<Enter>");
    assert!(driver.model.overlay.is_none() && driver.model.focus == Pane::Text);
}

#[test]
fn the_palette_opens_what_a_correction_needs() {
    let mut driver = Driver::new(corpus_of(&THREE), 80, 24);
    driver.keys("3:rename<Enter>");
    assert!(driver.model.corrections.prompt.is_some() && driver.model.overlay.is_some());
    driver.keys("<Esc><Esc>1:set-day<Enter>2016-11-05<Enter>");
    assert!(
        notice(&driver).contains("is of 2016-11-05"),
        "{}",
        notice(&driver)
    );
    // on the card of a day there is no name to merge
    driver.keys("m");
    assert!(matches!(&driver.model.notice, Some(Notice::Problem(text)) if text.contains("merge")));
    driver.keys("<Esc>:undo<Enter>");
    assert_eq!(driver.repairs(), "");
}

#[test]
fn a_name_is_found_by_what_is_typed() {
    let mut driver = Driver::new(sample_corpus(), 80, 24);
    driver.keys("3fm");
    let choices = |driver: &Driver| driver.model.corrections.prompt.clone().unwrap().choices;
    assert!(choices(&driver).len() > 5, "the most mentioned ones");
    driver.keys("dschabhat fat");
    let found = choices(&driver);
    assert!(
        matches!(found.first(), Some(Choice::Entity(name, _)) if &*name.key == "Jabhat Fatah al-Sham"),
        "{found:?}"
    );
    assert!(matches!(found.last(), Some(Choice::New(_))));
    driver.keys("<Esc>");
    assert!(driver.model.corrections.prompt.is_none() && driver.model.overlay.is_some());
}

#[test]
fn cards_as_they_look() {
    let corpus = sample_corpus();
    let (_, _, second) = candidate(&corpus);
    for (columns, rows) in [(40, 12), (80, 24), (120, 40)] {
        let mut driver = Driver::new(corpus.clone(), columns, rows);
        select(&mut driver, second);
        driver.keys("f");
        stand_on(&mut driver, |target| matches!(target, Target::Candidate(_)));
        insta::assert_snapshot!(format!("candidate_{columns}x{rows}"), driver.screen());
        driver.keys("mhalab");
        insta::assert_snapshot!(format!("merge_{columns}x{rows}"), driver.screen());
    }
}
