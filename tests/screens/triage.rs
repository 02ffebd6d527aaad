//! Marks, tags, notes, views, undo: by keys.

use khabar::config::Config;
use khabar::triage::{Op, Standing};
use khabar::tui::geometry::Pane;

use crate::driver::{Driver, corpus_of, sample_corpus};

/// `n` documents that are dated, so that the list has an order: the last is the first row.
fn many(n: usize) -> Driver {
    let documents: Vec<(String, String)> = (0..n)
        .map(|i| {
            let day = i + 1;
            let text = format!("Dispatch number {i}\n\nAleppo, {day} November 2016 - Text {i}.");
            (format!("{i:02}.txt"), text)
        })
        .collect();
    let documents: Vec<(&str, &str)> = documents
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    Driver::new(corpus_of(&documents), 100, 30)
}

fn count(driver: &Driver, standing: Standing) -> usize {
    driver.model.triage.counts().of(standing)
}

/// Counts worked out from the marks of each article alone.
fn assert_counts_are_right(driver: &Driver) {
    let mut kept = 0;
    let mut dismissed = 0;
    let mut read = 0;
    for (id, _) in driver.model.corpus.articles() {
        let Some(marks) = driver.model.triage.marks(&driver.model.corpus, id) else {
            continue;
        };
        let name = marks.decision.map(khabar::triage::Decision::name);
        kept += usize::from(name == Some("kept"));
        dismissed += usize::from(name == Some("dismissed"));
        read += usize::from(marks.read);
    }
    let all = driver.model.corpus.len();
    assert_eq!(count(driver, Standing::Kept), kept);
    assert_eq!(count(driver, Standing::Dismissed), dismissed);
    assert_eq!(count(driver, Standing::Undecided), all - kept - dismissed);
    assert_eq!(count(driver, Standing::Read), read);
    assert_eq!(count(driver, Standing::Unread), all - read);
}

fn last_line(driver: &Driver) -> String {
    driver.screen().lines().last().unwrap().trim().to_owned()
}

#[test]
fn keep_and_dismiss_go_on_to_the_next_undecided() {
    let mut driver = many(6);
    driver.keys("s");
    assert_eq!(driver.model.articles.scroll.row, 1);
    assert!(
        last_line(&driver).starts_with("kept: "),
        "{}",
        last_line(&driver)
    );
    driver.keys("xs");
    assert_eq!(driver.model.articles.scroll.row, 3);
    // over what is decided already, and round
    driver.keys("jjs");
    assert_eq!(driver.model.articles.scroll.row, 3);
    driver.keys("ss");
    assert_eq!(count(&driver, Standing::Undecided), 0);
    assert_eq!(count(&driver, Standing::Kept), 5);
    assert_counts_are_right(&driver);
    let screen = driver.screen();
    assert!(screen.contains("5 kept · 1 dismissed"), "{screen}");
    // two marks at once, before the screen could show the first
    let mut driver = many(6);
    driver.keys("sss");
    assert_eq!(count(&driver, Standing::Kept), 3);
}

#[test]
fn undo_and_redo_say_what_they_did_and_go_there() {
    let mut driver = many(4);
    driver.keys("sx");
    driver.keys("u");
    assert!(
        last_line(&driver).starts_with("undone: dismiss"),
        "{}",
        last_line(&driver)
    );
    assert_eq!(driver.model.articles.scroll.row, 1);
    assert_eq!(count(&driver, Standing::Dismissed), 0);
    driver.keys("u");
    assert_eq!(driver.model.articles.scroll.row, 0);
    driver.keys("u");
    assert!(last_line(&driver).contains("nothing to undo"));
    driver.keys("<Ctrl-r><Ctrl-r>");
    assert!(last_line(&driver).starts_with("done again: dismiss"));
    assert_eq!(
        (
            count(&driver, Standing::Kept),
            count(&driver, Standing::Dismissed)
        ),
        (1, 1)
    );
    driver.keys("<Ctrl-r>");
    assert!(last_line(&driver).contains("nothing to do again"));
    assert_counts_are_right(&driver);
}

#[test]
fn a_selection_is_counted_first_and_undone_as_one() {
    let mut driver = many(8);
    driver.keys("vjj");
    assert!(
        last_line(&driver).starts_with("3 articles selected"),
        "{}",
        last_line(&driver)
    );
    driver.keys("x");
    assert_eq!(count(&driver, Standing::Dismissed), 3);
    assert!(last_line(&driver).starts_with("dismissed: 3 articles"));
    assert_eq!(driver.model.articles.scroll.row, 3, "the next undecided");
    driver.keys("u");
    assert_eq!(count(&driver, Standing::Dismissed), 0);
    driver.keys("V");
    assert!(last_line(&driver).starts_with("8 articles selected"));
    driver.keys("s");
    assert_eq!(count(&driver, Standing::Kept), 8);
    driver.keys("u");
    assert_counts_are_right(&driver);
    driver.keys("vj<Esc>s");
    assert_eq!(
        count(&driver, Standing::Kept),
        1,
        "Esc gives the selection up"
    );
}

#[test]
fn views_narrow_the_list_and_marks_leave_it() {
    let mut driver = many(6);
    driver.keys("'u");
    assert_eq!(driver.model.result.answer.hits.len(), 6);
    driver.keys("sxs");
    assert_eq!(driver.model.result.answer.hits.len(), 3);
    driver.keys("'k");
    assert_eq!(driver.model.result.answer.hits.len(), 2);
    assert_eq!(
        driver.model.filter.terms.len(),
        1,
        "a view takes another's place"
    );
    assert_eq!(driver.model.focus, Pane::Articles);
    driver.keys("<Esc>");
    assert_eq!(driver.model.result.answer.hits.len(), 6);
    // typed as well, and together with anything else
    driver.keys("/is:undecided aleppo<Enter>");
    assert_eq!(driver.model.result.answer.hits.len(), 3);
    driver.keys("u");
    assert_eq!(
        driver.model.result.answer.hits.len(),
        4,
        "what is undone comes back"
    );
}

#[test]
fn views_of_ones_own_have_counts_and_can_be_taken_back() {
    let mut driver = many(6);
    driver.keys("/is:undecided<Enter>'srage<Enter>");
    driver.keys("s<Esc>'");
    let screen = driver.screen();
    let line = screen.lines().find(|line| line.contains("rage")).unwrap();
    assert!(line.contains("1      5 rage"), "{screen}");
    assert!(line.contains("is:undecided"), "{screen}");
    driver.keys("1");
    assert_eq!(driver.model.result.answer.hits.len(), 5);
    driver.keys("'D");
    assert!(driver.screen().contains("always there"));
    for _ in 0..10 {
        driver.keys("<Down>");
    }
    driver.keys("D");
    assert!(driver.views.is_empty());
    assert!(!driver.screen().contains("5 rage"), "{}", driver.screen());
    driver.keys("<Esc>u");
    assert_eq!(driver.views.len(), 1);
    assert_eq!(driver.views[0].query, "is:undecided");
    driver.keys("<Ctrl-r>");
    assert!(driver.views.is_empty());
    // the mark before it is next
    driver.keys("uu");
    assert_eq!((driver.views.len(), count(&driver, Standing::Kept)), (1, 0));
}

#[test]
fn tags_complete_repeat_and_can_be_searched() {
    let mut driver = many(5);
    driver.keys("tminyan<Enter>");
    driver.keys("j.");
    assert_eq!(count(&driver, Standing::Tagged), 2);
    driver.keys("jtmi<Tab><Enter>");
    assert_eq!(count(&driver, Standing::Tagged), 3);
    driver.keys("jt<Down><Enter>");
    assert_eq!(count(&driver, Standing::Tagged), 4);
    driver.keys("/tag:Minyan<Enter>");
    assert_eq!(driver.model.result.answer.hits.len(), 4);
    // the same tag once more takes it away, from all that have it
    driver.keys("Vtminyan<Enter>");
    assert_eq!(driver.model.result.answer.hits.len(), 0);
    driver.keys("u");
    assert_eq!(driver.model.result.answer.hits.len(), 4);
}

#[test]
fn notes_on_articles_and_passages_are_kept_with_what_they_quote() {
    let documents = [(
        "a.txt",
        "قوات الجيش في حلب\n\nقالت الأمم المتحدة إن حلب محاصرة.",
    )];
    let mut driver = Driver::new(corpus_of(&documents), 80, 24);
    driver.keys("aask Berta<Enter>");
    driver.keys("2vjja who says?<Enter>");
    let notes = driver.model.triage.state.documents().next().unwrap().1;
    let notes = notes.notes.clone();
    assert_eq!(notes[0].text, "ask Berta");
    assert_eq!(notes[0].passage, None);
    let passage = notes[1].passage.clone().unwrap();
    assert_eq!(passage.span.of(documents[0].1), passage.quote);
    assert!(!passage.quote.is_empty());
    for query in ["note:berta", "note:\"who says\"", "note:حلب", "is:noted"] {
        driver.keys(&format!("/{query}<Enter>"));
        assert_eq!(driver.model.result.answer.hits.len(), 1, "{query}");
        driver.keys("\\");
    }
    driver.keys("/note:nobody<Enter>");
    assert_eq!(driver.model.result.answer.hits.len(), 0);
    // an old note is worded anew
    driver.keys("\\1a<Down><Ctrl-u>ask Amal<Enter>");
    let notes = &driver
        .model
        .triage
        .state
        .documents()
        .next()
        .unwrap()
        .1
        .notes;
    assert_eq!(notes[0].text, "ask Amal");
    assert_eq!(notes.len(), 2);
}

#[test]
fn a_note_is_kept_word_by_word_until_it_is_done() {
    let mut driver = many(2);
    driver.keys("aone two thr");
    let draft = |driver: &Driver| {
        driver
            .model
            .triage
            .state
            .draft("amal")
            .map(|d| d.text.clone())
    };
    assert_eq!(draft(&driver).as_deref(), Some("one two "));
    // after a kill: the changes are all that is left
    let journal = driver.changes.clone();
    let corpus = driver.model.corpus.clone();
    let mut again = Driver::with_journal(corpus, 100, 30, Config::default(), journal);
    assert!(again.screen().contains("one two"), "{}", again.screen());
    again.keys("three<Enter>");
    assert_eq!(draft(&again), None);
    let (_, marks) = again.model.triage.state.documents().next().unwrap();
    assert_eq!(marks.notes[0].text, "one two three");
    // given up is given up
    driver.keys("<Esc>");
    assert_eq!(draft(&driver), None);
}

#[test]
fn the_end_of_an_article_makes_it_read_and_r_turns_it() {
    let mut driver = Driver::new(sample_corpus(), 80, 24);
    assert_eq!(count(&driver, Standing::Read), 0, "a glance is no reading");
    driver.keys("2");
    let before = count(&driver, Standing::Read);
    driver.keys("G");
    assert_eq!(count(&driver, Standing::Read), 1);
    assert!(before <= 1);
    driver.keys("r");
    assert_eq!(
        count(&driver, Standing::Read),
        0,
        "and stays unread at its end"
    );
    driver.keys("kj");
    assert_eq!(count(&driver, Standing::Read), 0);
    driver.keys("1u");
    assert_eq!(
        count(&driver, Standing::Read),
        1,
        "what was read by itself is no step"
    );
    driver.keys("u");
    assert!(last_line(&driver).contains("nothing to undo"));
    assert_counts_are_right(&driver);
}

#[test]
fn marks_are_told_without_colour() {
    let mut config = Config::default();
    config.settings.ascii = true;
    config.theme = khabar::config::theme::Theme::plain();
    for (columns, rows) in [(40, 12), (80, 24), (120, 40)] {
        let mut driver = Driver::with_config(sample_corpus(), columns, rows, config.clone());
        driver.keys("sxstminyan<Enter>vj");
        insta::assert_snapshot!(format!("triage_{columns}x{rows}"), driver.screen());
    }
}

#[test]
fn panels_as_they_look() {
    let mut driver = Driver::new(sample_corpus(), 80, 24);
    driver.keys("sxxt مهم<Enter>'");
    insta::assert_snapshot!("views_80x24", driver.screen());
    driver.keys("<Esc>t");
    insta::assert_snapshot!("tag_80x24", driver.screen());
    driver.keys("<Esc>2vja يسأل");
    insta::assert_snapshot!("note_80x24", driver.screen());
    let mut small = Driver::new(sample_corpus(), 40, 12);
    small.keys("s'");
    insta::assert_snapshot!("views_40x12", small.screen());
}

#[test]
fn what_is_new_changed_and_gone_since_last_time() {
    let first = corpus_of(&[
        ("a.txt", "Alpha stays.\n\nAleppo."),
        ("b.txt", "Beta changes.\n\nAleppo."),
        ("c.txt", "Gamma goes.\n\nAleppo."),
        ("d.txt", "Delta moves.\n\nAleppo."),
    ]);
    let mut driver = Driver::new(first.clone(), 100, 30);
    driver.keys("/delta<Enter>2Gr1<Esc>");
    driver.keys("/delta<Enter>sr<Esc>");
    let mut journal = driver.changes.clone();
    let session = Op::session(&first, None).unwrap();
    let mut stamp = khabar::triage::Stamp::new("amal");
    stamp.saw(journal.last().unwrap().time);
    journal.push(stamp.change(0, session));

    let second = corpus_of(&[
        ("a.txt", "Alpha stays.\n\nAleppo."),
        ("b.txt", "Beta has changed.\n\nAleppo."),
        ("e/d.txt", "Delta moves.\n\nAleppo."),
        ("f.txt", "Phi is new.\n\nAleppo."),
    ]);
    let mut driver = Driver::with_journal(second, 100, 30, Config::default(), journal);
    let said = last_line(&driver);
    assert!(
        said.contains("+1 document, 1 changed, 1 vanished, 1 renamed"),
        "{said}"
    );
    assert_eq!(count(&driver, Standing::New), 2);
    assert_eq!(count(&driver, Standing::Kept), 1, "known by what it says");
    driver.keys("'n");
    assert_eq!(driver.model.result.answer.hits.len(), 2);
    assert!(driver.screen().contains("2 new"), "{}", driver.screen());
}

#[test]
fn two_analysts_and_where_they_differ() {
    let corpus = corpus_of(&[("a.txt", "Alpha.\n\nText."), ("b.txt", "Beta.\n\nText.")]);
    let mut amal = Driver::new(corpus.clone(), 100, 30);
    amal.keys("ss");
    let mut berta = khabar::triage::Stamp::new("berta");
    let dismissed = amal.changes[0].op.documents().to_vec();
    let theirs = berta.change(
        1_479_254_500_000,
        Op::Mark {
            mark: khabar::triage::Mark::Dismiss,
            documents: dismissed,
            auto: false,
        },
    );
    let mut both = vec![theirs];
    both.extend(amal.changes.clone());
    let mut driver = Driver::with_journal(corpus, 100, 30, Config::default(), both);
    assert_eq!(count(&driver, Standing::Disputed), 1);
    driver.keys("'d");
    assert_eq!(driver.model.result.answer.hits.len(), 1);
    assert!(driver.screen().contains('≠'), "{}", driver.screen());
}

#[test]
fn what_is_watched_for_stands_first_while_it_is_new() {
    let documents = [
        (
            "a.txt",
            "Alpha\n\nAleppo, 1 November 2016 - Kämpfe um Minjan.",
        ),
        (
            "b.txt",
            "Beta\n\nAleppo, 2 November 2016 - A humanitarian pause.",
        ),
        ("c.txt", "Gamma\n\nAleppo, 3 November 2016 - Nothing of it."),
    ];
    let watch = khabar::query::watch_terms("# names\nMinyan\n\"humanitarian pause\"\n").unwrap();
    let corpus = corpus_of(&documents);
    let mut driver = Driver::new(corpus.clone(), 100, 30);
    assert!(driver.selected_title().contains("Gamma"), "the newest");
    driver.model.triage.watch = std::sync::Arc::new(watch);
    driver.send(khabar::tui::message::Message::Loaded {
        corpus,
        loading: None,
    });
    driver.settle();
    let watched = count(&driver, Standing::Watched);
    assert!(watched >= 1);
    driver.keys("g");
    assert!(
        driver.selected_title().contains("Beta"),
        "{}",
        driver.screen()
    );
    assert!(driver.screen().contains("!en Beta"), "{}", driver.screen());
    // what is decided stays where it is: nothing jumps while one works
    driver.keys("s");
    assert!(driver.screen().contains("+en Beta"), "{}", driver.screen());
    driver.keys("'w");
    assert_eq!(driver.model.result.answer.hits.len(), watched);
}

#[test]
fn five_hundred_to_twelve_in_few_keys() {
    let mut documents = Vec::new();
    for i in 0..500 {
        let place = ["Aleppo", "Idlib", "Hama", "Homs"][i % 4];
        let text = if i % 42 == 7 {
            // twelve of them: the ones that matter
            format!("Dispatch {i}\n\nFighters of Jabhat Fatah al-Sham entered Minyan.")
        } else if i % 45 == 3 {
            format!("Dispatch {i}\n\nJabhat Fatah al-Sham spoke about {place} and the weather.")
        } else {
            format!("Dispatch {i}\n\nA quiet day in {place}, residents said.")
        };
        documents.push((format!("{i:03}.txt"), text));
    }
    let documents: Vec<(&str, &str)> = documents
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let mut driver = Driver::new(corpus_of(&documents), 80, 24);
    driver.keys("/jabhat fatah<Enter>");
    let mut keys = "/jabhat fatah".len() + 1;
    let left = driver.model.result.answer.hits.len();
    assert!(left < 40, "{left}");
    for _ in 0..left {
        // what a reader sees in the preview
        let wanted = driver.screen().contains("entered Minyan");
        driver.keys(if wanted { "s" } else { "x" });
        keys += 1;
    }
    driver.keys("'k");
    keys += 2;
    assert!(keys <= 80, "{keys} keys");
    let corpus = driver.model.corpus.clone();
    let kept = driver.model.result.answer.hits.iter();
    let mut paths: Vec<&str> = kept
        .map(|hit| corpus.article(hit.article).unwrap().raw.path.as_str())
        .collect();
    paths.sort_unstable();
    let planted: Vec<&str> = documents
        .iter()
        .filter(|(_, text)| text.contains("Minyan"))
        .map(|(name, _)| *name)
        .collect();
    assert_eq!(planted.len(), 12);
    assert_eq!(paths, planted);
    assert!(driver.screen().contains("12 kept"), "{}", driver.screen());
}

#[test]
fn files_that_come_and_change_move_neither_cursor_nor_view() {
    let documents: Vec<(String, String)> = (0..30)
        .map(|i| {
            let day = i % 28 + 1;
            let text = format!("Dispatch {i}\n\nAleppo, {day} November 2016 - Text {i}.");
            (format!("m{i:02}.txt"), text)
        })
        .collect();
    let all = |more: &[(&str, &str)], without: &str| {
        let documents = documents.iter().filter(|(name, _)| name != without);
        let documents = documents.map(|(name, text)| (name.as_str(), text.as_str()));
        let documents: Vec<(&str, &str)> = more.iter().copied().chain(documents).collect();
        corpus_of(&documents)
    };
    let mut driver = Driver::new(all(&[], ""), 100, 30);
    driver.keys("jsjjjjjjjs");
    driver.keys("012Gjj3jj1");
    let title = driver.selected_title();
    let place =
        |driver: &Driver| driver.model.articles.scroll.row - driver.model.articles.scroll.top;
    let (before, entity) = (place(&driver), driver.model.entities.chosen);
    let name = |driver: &Driver| {
        let id = driver.model.entities.chosen?;
        Some(driver.model.corpus.entities().get(id)?.key.clone())
    };
    let named = name(&driver);
    assert!(entity.is_some() && named.is_some());
    // before all others in the folder, so that every number is another one
    let more = [
        ("a.txt", "Brand new\n\nIdlib, 29 November 2016 - New."),
        ("b.txt", "Brand new too\n\nIdlib, 2 November 2016 - New."),
    ];
    driver.send(khabar::tui::message::Message::Reloaded(all(
        &more, "m03.txt",
    )));
    driver.settle();
    assert_eq!(driver.selected_title(), title);
    assert_eq!(place(&driver), before, "the same row of the screen");
    assert_eq!(name(&driver), named);
    assert_eq!(driver.model.result.answer.hits.len(), 31);
    assert_eq!(count(&driver, Standing::Kept), 2);
    assert!(last_line(&driver).starts_with("2 new documents have come"));
    assert_eq!(
        driver.model.open_article().unwrap().title.text,
        title,
        "the text follows"
    );
    assert_counts_are_right(&driver);
    // the selected one is gone
    let path = documents
        .iter()
        .find(|(_, text)| text.starts_with(&format!("{title}\n")))
        .map(|(name, _)| name.clone())
        .unwrap();
    driver.send(khabar::tui::message::Message::Reloaded(all(&more, &path)));
    driver.settle();
    assert_eq!(driver.model.result.answer.hits.len(), 31);
    driver.keys("j");
}

#[test]
fn marks_and_corrections_are_undone_in_the_order_in_which_they_were_made() {
    let mut driver = Driver::new(sample_corpus(), 80, 24);
    let names = |driver: &Driver| driver.model.entities.rows.len();
    let before = names(&driver);
    driver.keys("s");
    driver.keys("3fx");
    assert!(names(&driver) < before, "{}", driver.screen());
    driver.keys("<Esc>1s");
    assert_eq!(count(&driver, Standing::Kept), 2);
    driver.keys("u");
    assert_eq!(count(&driver, Standing::Kept), 1);
    driver.keys("u");
    assert_eq!(names(&driver), before, "{}", driver.screen());
    assert_eq!(count(&driver, Standing::Kept), 1);
    driver.keys("u");
    assert_eq!(count(&driver, Standing::Kept), 0);
    driver.keys("<Ctrl-r><Ctrl-r>");
    assert!(names(&driver) < before);
    assert_eq!(count(&driver, Standing::Kept), 1);
}
