//! Near-duplicates in the list, their card, their word difference; and what leaves the explorer.

use std::sync::Arc;

use khabar::config::Config;
use khabar::corpus::{Corpus, Earlier, EarlierText};
use khabar::triage::{DocumentKey, Op, Stamp};
use khabar::tui::effect::{Effect, Passed, Program};
use khabar::tui::model::articles::RowKind;

use crate::driver::{Driver, corpus_of};

const STORY: &str = "2016-11-03\nBEIRUT: Rebels in eastern Aleppo announced on Thursday the start of \
    the second phase of their offensive, which they named after a commander who was killed in \
    August.\n\nA spokesman said that fighters had taken the western edge of the Minyan district \
    and several buildings of the al-Assad suburb, while the army denied that any position had been \
    lost.\n";

const ARABIC: &str = "حلب: أعلنت الفصائل يوم الخميس بدء المرحلة الثانية من المعركة التي سمتها باسم \
    قائد قتل في آب الماضي.\n\nقال ناطق باسمها إن المقاتلين سيطروا على أطراف حي منيان وعلى عدد من \
    الأبنية في ضاحية الأسد، ونفى الجيش أنه خسر أي موقع في المدينة.\n";

fn stories() -> Arc<Corpus> {
    corpus_of(&[
        ("a.txt", STORY),
        (
            "b.txt",
            &STORY
                .replace("BEIRUT", "AMMAN")
                .replace("several buildings", "800 buildings"),
        ),
        ("c.txt", ARABIC),
        ("d.txt", &STORY.replace("Thursday", "Friday")),
        ("e.txt", &ARABIC.replace("الخميس", "الجمعة")),
        ("f.txt", "The market of Aleppo opened again.\n"),
    ])
}

fn driver(columns: u16, rows: u16) -> Driver {
    let mut config = Config::default();
    config.settings.sort = khabar::config::Sort::Path;
    Driver::with_config(stories(), columns, rows, config)
}

fn rows(driver: &Driver) -> Vec<String> {
    let answer = &driver.model.result.answer;
    let paths = driver.model.articles.shown(answer);
    let path = |id| driver.model.corpus.article(id).unwrap().raw.path.clone();
    paths.map(path).collect()
}

#[test]
fn near_duplicates_share_a_row_until_it_is_opened() {
    for (columns, lines) in [(40, 12), (80, 24), (120, 40)] {
        let mut driver = driver(columns, lines);
        assert_eq!(rows(&driver), ["a.txt", "c.txt", "f.txt"]);
        insta::assert_snapshot!(format!("fold_{columns}x{lines}"), driver.screen());
        driver.keys("d");
        assert_eq!(rows(&driver), ["a.txt", "b.txt", "d.txt", "c.txt", "f.txt"]);
        insta::assert_snapshot!(format!("fold_open_{columns}x{lines}"), driver.screen());
        // from one of the copies, too; then the face is selected
        driver.keys("jjd");
        assert_eq!(rows(&driver), ["a.txt", "c.txt", "f.txt"]);
        assert_eq!(driver.model.articles.scroll.row, 0);
        driver.keys("<Alt-d>");
        assert_eq!(rows(&driver).len(), 6);
        driver.keys("d");
        assert!(driver.screen().contains("nothing is folded"));
        driver.keys("<Alt-d>");
        assert_eq!(rows(&driver), ["a.txt", "c.txt", "f.txt"]);
    }
}

#[test]
fn counts_are_of_articles_and_stories() {
    let mut driver = driver(80, 24);
    assert!(driver.screen().contains("6 articles (3 stories)"));
    driver.keys("/lang:ar<Enter>");
    assert!(driver.screen().contains("2 of 6 articles (1 story)"));
    assert_eq!(rows(&driver), ["c.txt"]);
    driver.keys("<Esc>/title:market<Enter>");
    assert!(
        driver.screen().contains("1 of 6 articles "),
        "{}",
        driver.screen()
    );
}

#[test]
fn hits_are_walked_from_story_to_story() {
    let mut driver = driver(80, 24);
    driver.keys("/lang:en<Enter>\"aleppo<Enter>");
    assert_eq!(rows(&driver), ["a.txt", "f.txt"]);
    driver.keys("n");
    let article = |driver: &Driver| {
        let open = driver.model.open_article().unwrap();
        open.raw.path.clone()
    };
    assert_eq!(article(&driver), "a.txt");
    driver.keys("nn");
    assert_eq!(article(&driver), "f.txt");
    driver.keys("N");
    assert_eq!(article(&driver), "a.txt");
}

#[test]
fn what_is_read_stays_when_its_fold_closes_round_it() {
    let corpus = stories();
    let mut driver = driver(80, 24);
    driver.keys("dj");
    let reading = driver.model.reader.shown();
    let path = |driver: &Driver| driver.selected_title();
    let before = path(&driver);
    // the corpus comes again, with its folds
    driver.send(khabar::tui::message::Message::Loaded {
        corpus,
        loading: None,
    });
    driver.settle();
    assert_eq!(driver.model.reader.shown(), reading);
    assert_eq!(path(&driver), before);
    let answer = &driver.model.result.answer;
    let (_, kind) = driver.model.articles.row(answer, 1).unwrap();
    assert_eq!(kind, RowKind::Copy);
}

#[test]
fn the_card_says_how_alike_they_are_and_shows_the_difference() {
    for (columns, lines) in [(40, 12), (80, 24), (120, 40)] {
        let mut driver = driver(columns, lines);
        driver.keys("C");
        insta::assert_snapshot!(format!("copies_{columns}x{lines}"), driver.screen());
        driver.keys("j<Enter>");
        assert!(driver.screen().contains("[-Thursday-]{+Friday+}") || columns < 80);
        driver.keys("<Esc>k<Enter>");
        insta::assert_snapshot!(format!("difference_{columns}x{lines}"), driver.screen());
        driver.keys("<Esc><Esc>");
        assert!(driver.model.overlay.is_none());
        driver.keys("jC<Enter>");
        let screen = driver.screen();
        insta::assert_snapshot!(format!("difference_ar_{columns}x{lines}"), screen);
    }
}

#[test]
fn an_article_without_copies_says_so() {
    let mut driver = driver(80, 24);
    driver.keys("GC");
    assert!(
        driver
            .screen()
            .contains("no other article repeats this one")
    );
    driver.keys("d");
    assert!(driver.screen().contains("no near-duplicate"));
}

/// The stories, of which some said something else when the user last saw them.
fn changed(columns: u16, rows: u16) -> Driver {
    let before = [
        ("c.txt", ARABIC.replace("منيان", "الشهباء")),
        ("f.txt", "The market of Aleppo closed again.\n".to_owned()),
    ];
    let now = stories();
    let before: Vec<(&str, &str)> = before.iter().map(|(n, t)| (*n, t.as_str())).collect();
    let before = corpus_of(&before);
    let seen = now.articles().filter(|(_, a)| {
        let raw = &a.raw;
        before.articles().all(|(_, b)| b.raw.path != raw.path)
    });
    let mut seen: Vec<_> = seen
        .map(|(_, a)| (DocumentKey::of(a), format!("{}\n{}", a.raw.path, a.raw.id)))
        .collect();
    // "f" was changed twice; the text in between was never seen
    let between = corpus_of(&[("f.txt", "The market of Aleppo burned.\n")]);
    let gone = between.articles().chain(before.articles());
    let earlier = Earlier::replaced(gone.map(|(_, a)| EarlierText::of(a)), &now);
    for (_, a) in before.articles() {
        seen.push((DocumentKey::of(a), format!("{}\n{}", a.raw.path, a.raw.id)));
    }
    let session = Stamp::new("amal").change(
        1_479_254_300_000,
        Op::Session {
            came: seen,
            gone: Vec::new(),
        },
    );
    let corpus = Arc::new(now.with_earlier(Arc::new(earlier)));
    let mut config = Config::default();
    config.settings.sort = khabar::config::Sort::Path;
    Driver::with_journal(corpus, columns, rows, config, vec![session])
}

#[test]
fn a_changed_article_opens_as_a_word_difference() {
    for (columns, lines) in [(40, 12), (80, 24), (120, 40)] {
        let mut driver = changed(columns, lines);
        driver.keys("'n");
        assert_eq!(rows(&driver), ["c.txt", "f.txt"]);
        driver.keys("jC");
        insta::assert_snapshot!(format!("changed_{columns}x{lines}"), driver.screen());
        driver.keys("<Esc>kC");
        insta::assert_snapshot!(format!("changed_ar_{columns}x{lines}"), driver.screen());
        // it is a near-duplicate besides
        driver.keys("<Enter>");
        assert!(driver.screen().contains("Near-duplicates"));
        driver.keys("<Esc>");
        assert!(driver.model.overlay.is_none());
    }
    let mut driver = changed(80, 24);
    driver.keys("C");
    assert!(driver.screen().contains("Near-duplicates"), "as it was");
}

#[test]
fn a_brief_is_of_all_that_is_listed() {
    let mut driver = driver(80, 24);
    "out/x.md".clone_into(&mut driver.model.brief_file);
    driver.keys("/lang:en<Enter>E");
    insta::assert_snapshot!("prompt_80x24", driver.screen());
    driver.keys("<Backspace><Backspace>html<Enter>");
    let Some(Effect::Export {
        what: Passed::Brief {
            articles, query, ..
        },
        file,
        ..
    }) = driver.outside.pop()
    else {
        panic!("{:?}", driver.outside);
    };
    // what is folded away is exported all the same
    assert_eq!((articles.len(), file.as_str()), (4, "out/x.html"));
    assert_eq!(query.to_string(), "lang:en");
    driver.keys("E<Esc>");
    let is_export = |effect: &Effect| matches!(effect, Effect::Export { .. });
    assert!(!driver.outside.iter().any(is_export) && driver.model.overlay.is_none());
    driver.keys("/title:nothing-like-it<Enter>E");
    assert!(driver.model.overlay.is_none());
}

#[test]
fn programs_get_the_article_or_the_list() {
    let mut driver = driver(80, 24);
    let run = |driver: &mut Driver| match driver.outside.pop() {
        Some(Effect::Run { program, what, .. }) => (program, what),
        other => panic!("{other:?}\n{}", driver.screen()),
    };
    driver.keys("e");
    let (program, what) = run(&mut driver);
    assert!(matches!(
        (program, what),
        (Program::Editor, Passed::Article(_))
    ));
    driver.keys("2P");
    let (program, what) = run(&mut driver);
    assert!(matches!(
        (program, what),
        (Program::Pager, Passed::Article(_))
    ));
    driver.keys("|wc -w<Enter>");
    let (program, what) = run(&mut driver);
    assert_eq!(program, Program::Command("wc -w".to_owned()));
    assert!(matches!(what, Passed::Article(_)));
    // the command is proposed again; the list is piped from any other pane
    driver.keys("1|<Enter>");
    let (program, what) = run(&mut driver);
    assert_eq!(program, Program::Command("wc -w".to_owned()));
    assert!(matches!(what, Passed::Brief { articles, .. } if articles.len() == 6));
    driver.keys("|<Esc>");
    assert!(driver.outside.is_empty());
}
