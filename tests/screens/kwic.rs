//! Hits in context: how they look in three languages, and what keys do there.

use khabar::config::Config;
use khabar::query::Condition;
use khabar::tui::effect::Effect;
use khabar::tui::geometry::Pane;
use khabar::tui::model::overlay::Overlay;

use crate::driver::{Driver, corpus_of, sample_corpus};

fn three() -> Driver {
    let documents = [
        (
            "a.txt",
            "Clashes in Aleppo on 3 November 2016\n\nThe army shelled Minyan, west of Aleppo, and Aleppo itself.",
        ),
        (
            "b.txt",
            "Truce over Idlib\n\nThe United Nations spoke of Idlib on 9 September 2016.",
        ),
        (
            "c.txt",
            "Waffenruhe in Aleppo\n\nIn Aleppo schwiegen am 12. September 2016 die Waffen.",
        ),
    ];
    Driver::new(corpus_of(&documents), 120, 40)
}

/// The words that three languages have for the city.
const CITY: &str = "\"aleppo OR حلب<Enter>";

#[test]
fn hits_in_context_in_three_languages() {
    for (columns, rows) in [(40, 12), (80, 24), (120, 40)] {
        let mut driver = Driver::new(sample_corpus(), columns, rows);
        driver.keys(CITY).keys("K");
        insta::assert_snapshot!(format!("kwic_{columns}x{rows}"), driver.screen());
        driver.keys("z<Ctrl-d>jjj");
        insta::assert_snapshot!(format!("kwic_whole_{columns}x{rows}"), driver.screen());
    }
}

#[test]
fn ascii_and_a_terminal_that_orders_by_itself() {
    let mut config = Config::default();
    config.settings.ascii = true;
    let mut driver = Driver::with_config(sample_corpus(), 80, 24, config);
    driver.keys(CITY).keys("K");
    insta::assert_snapshot!("kwic_ascii_80x24", driver.screen());
    let mut config = Config::default();
    config.settings.bidi = khabar::config::Bidi::Logical;
    let mut driver = Driver::with_config(sample_corpus(), 80, 24, config);
    driver.keys(CITY).keys("K");
    insta::assert_snapshot!("kwic_logical_80x24", driver.screen());
}

/// Columns at which the hits of the rows on the screen begin.
fn columns_of_hits(driver: &Driver) -> Vec<u16> {
    let buffer = driver.buffer();
    let rect = driver.model.geometry().pane(Pane::Articles).unwrap();
    let is_hit = |x: u16, y: u16| {
        let style = buffer[(x, y)].style();
        style
            .add_modifier
            .contains(ratatui::style::Modifier::REVERSED)
    };
    (rect.y..rect.bottom())
        .filter_map(|y| (rect.x..rect.right()).find(|x| is_hit(*x, y)))
        .collect()
}

#[test]
fn all_hits_begin_in_one_column_whatever_their_direction() {
    for (columns, rows) in [(40, 12), (80, 24), (100, 20), (120, 40)] {
        let mut driver = Driver::new(sample_corpus(), columns, rows);
        driver.keys(CITY).keys("K");
        let mut seen = Vec::new();
        for _ in 0..6 {
            let places = columns_of_hits(&driver);
            let height = driver.model.geometry().rows(Pane::Articles);
            assert_eq!(places.len(), height, "a hit a row");
            seen.extend(places);
            driver.keys("<PageDown>");
        }
        seen.dedup();
        assert_eq!(seen.len(), 1, "{columns}x{rows}: {seen:?}");
    }
}

#[test]
fn the_text_follows_and_enter_goes_there_and_back() {
    let mut driver = three();
    driver.keys("\"aleppo<Enter>K");
    let places = driver.model.kwic.places.clone();
    assert_eq!(places.len(), 5, "{places:?}");
    for place in places.iter() {
        assert_eq!(driver.model.kwic.selected(), Some(*place));
        assert_eq!(driver.model.reader.article, Some(place.article));
        let page = driver.model.reader.page.clone().unwrap();
        let hit = driver.model.reader.hit.unwrap();
        assert_eq!(page.hits[hit], (place.field, place.span));
        assert_eq!(driver.model.focus, Pane::Articles);
        driver.keys("j");
    }
    driver.keys("gj<Enter>");
    assert_eq!(driver.model.focus, Pane::Text);
    assert_eq!(driver.model.reader.hit, Some(1));
    driver.keys("<Esc>");
    assert_eq!(driver.model.focus, Pane::Articles);
    assert_eq!(driver.model.kwic.scroll.row, 1);
    driver.keys("<Esc>");
    assert!(!driver.model.kwic.open);
    assert_eq!(driver.model.filter.terms.len(), 1, "the filter stays");
}

#[test]
fn n_walks_across_articles_with_a_counter() {
    let mut driver = three();
    driver.keys("\"aleppo<Enter>K");
    let last_line = |driver: &Driver| driver.screen().lines().last().unwrap().trim().to_owned();
    for number in 2..=5 {
        driver.keys("n");
        let line = last_line(&driver);
        let article = if number < 4 { 1 } else { 2 };
        let expected = format!("hit {number} of 5 · article {article} of 2");
        assert_eq!(line, expected);
    }
    driver.keys("n");
    assert_eq!(last_line(&driver), "that was the last hit");
    driver.keys("N");
    assert_eq!(last_line(&driver), "hit 4 of 5 · article 2 of 2");
    // the list of articles counts the same hits, also when it shows articles
    driver.keys("<Esc>\\\\1g");
    for number in 1..=5 {
        driver.keys("n");
        let line = last_line(&driver);
        assert!(line.starts_with(&format!("hit {number} of 5")), "{line}");
    }
    // another filter is not counted before it is walked through
    driver.keys("/lang:de<Enter>");
    assert!(!driver.model.kwic.counted);
    assert_eq!(driver.model.kwic.places.len(), 5);
    driver.keys("N");
    let line = last_line(&driver);
    assert!(line.starts_with("hit 1 of 2"), "{line}");
}

#[test]
fn a_filter_that_changes_changes_the_hits() {
    let mut driver = three();
    driver.keys("\"aleppo<Enter>KG");
    let chosen = driver.model.kwic.selected().unwrap();
    driver.keys("/lang:de<Enter>");
    assert_eq!(driver.model.kwic.places.len(), 2);
    assert_eq!(
        driver.model.kwic.selected(),
        Some(chosen),
        "the place is kept"
    );
    driver.keys("\\");
    assert!(driver.model.kwic.places.is_empty());
    assert!(driver.screen().contains("Nothing to look for"));
    driver.keys("\\");
    assert_eq!(driver.model.kwic.places.len(), 2);
    driver.keys("\\<Esc><Esc>K");
    assert!(!driver.model.kwic.open);
    assert!(driver.screen().contains("nothing to look for"));
}

#[test]
fn a_card_says_why_a_hit_is_one() {
    let mut driver = three();
    driver.keys("/entity:Aleppo<Enter>Ki");
    assert!(matches!(driver.model.overlay, Some(Overlay::Match { .. })));
    let screen = driver.screen();
    for words in [
        "Why is this a hit",
        "typed Aleppo",
        "why exact",
        "sure 100 %",
        "a.txt",
    ] {
        let squeezed: String = screen.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(squeezed.contains(words), "{words}: {screen}");
    }
    driver.keys("i");
    assert!(driver.model.overlay.is_none());
    // in the text, on a hit, the same; without one, the day
    driver.keys("<Enter>i");
    assert!(matches!(driver.model.overlay, Some(Overlay::Match { .. })));
    driver.keys("<Esc><Esc><Esc>i");
    assert!(matches!(driver.model.overlay, Some(Overlay::Why { .. })));
}

#[test]
fn hostile_text_around_a_hit_steers_nothing() {
    let hostile = "a\u{1b}[2Jb\u{9b}31mc\u{202e}d\u{2066}e\u{2028}f\u{0}\r\u{feff}";
    let text = format!(
        "{hostile} Aleppo {hostile}\n\n{}Aleppo",
        "\u{301}".repeat(900)
    );
    let mut driver = Driver::new(corpus_of(&[("x.txt", &text)]), 100, 30);
    for keys in ["\"aleppo<Enter>K", "j", "z", "i", "<Esc>"] {
        driver.keys(keys);
        for cell in driver.buffer().content() {
            let obeyed = |c: char| {
                c.is_control()
                    || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
            };
            assert!(!cell.symbol().contains(obeyed), "{:?}", cell.symbol());
        }
    }
}

#[test]
fn every_size_draws_hits() {
    let mut driver = Driver::new(sample_corpus(), 120, 40);
    driver.keys(CITY).keys("K");
    for columns in (1..=140).step_by(3) {
        for rows in [5, 6, 12, 15, 40] {
            driver.send(khabar::tui::message::Message::Resize { columns, rows });
            driver.keys("<PageDown>");
            assert!(driver.screen().lines().count() <= usize::from(rows));
        }
    }
}

#[test]
fn one_key_looks_for_nothing_but_what_was_typed() {
    let mut driver = three();
    driver.keys("\"aleppo<Enter>=");
    let first = driver.screen().lines().next().unwrap().to_owned();
    assert!(
        first.contains("spelling:off") && first.contains("scripts:off"),
        "{first}"
    );
    let query = driver.model.filter.query();
    assert_eq!(query.to_string(), "\"aleppo\" spelling:off scripts:off");
    driver.keys("=");
    assert_eq!(driver.model.filter.terms.len(), 1);
}

#[test]
fn the_box_of_words_takes_the_whole_language() {
    let mut driver = three();
    for (typed, found) in [
        ("\"shelled minyan", 1),
        ("\"minyan shelled", 1),
        ("\"shelled minyan\"", 1),
        ("\"minyan shelled\"", 0),
        ("\"schwiegen OR spoke", 2),
        ("\"aleppo -waffen", 1),
        ("/lang:de OR title:truce", 2),
    ] {
        driver.keys(typed);
        assert_eq!(driver.model.result.answer.hits.len(), found, "{typed}");
        driver.keys("<Esc>");
    }
}

#[test]
fn a_group_is_one_chip() {
    let mut driver = three();
    driver.keys("/lang:de OR title:truce<Enter>/-title:waffen<Enter>");
    assert_eq!(driver.model.filter.terms.len(), 2);
    assert!(matches!(
        driver.model.filter.terms[0].condition,
        Condition::Any(_)
    ));
    assert!(driver.screen().contains("(lang:de OR title:truce)"));
    assert_eq!(driver.model.result.answer.hits.len(), 1);
    driver.keys("<Esc>");
    assert_eq!(driver.model.result.answer.hits.len(), 2);
}

#[test]
fn up_goes_through_what_was_typed_before() {
    let mut driver = three();
    driver.keys("/aleppo<Enter>\"idlib<Enter>\\/");
    let line = |driver: &Driver| {
        let line = driver.model.filter.line.as_ref().unwrap();
        format!("{}{}", line.scope.key(), line.editor.text())
    };
    for (keys, expected) in [
        ("<Up>", "\"idlib"),
        ("<Up>", "/aleppo"),
        ("<Up>", "/aleppo"),
        ("<Down>", "\"idlib"),
        ("<Down>", "\""),
        ("<Up><Up>", "/aleppo"),
    ] {
        driver.keys(keys);
        assert_eq!(line(&driver), expected, "{keys}");
    }
    assert_eq!(
        driver.model.result.answer.hits.len(),
        2,
        "it filters at once"
    );
    // once something is typed, the arrows choose an article again
    driver.keys("<Backspace><Down>");
    assert_eq!(line(&driver), "/alepp");
    assert_eq!(driver.model.articles.scroll.row, 1);
    driver.keys("<Enter>");
    let kept: Vec<&str> = driver
        .outside
        .iter()
        .filter_map(|effect| match effect {
            Effect::RememberLine(line) => Some(line.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(kept, ["/aleppo", "\"idlib", "/alepp"]);
}

#[test]
fn tab_completes_fields_and_values_and_else_looks_elsewhere() {
    let mut driver = three();
    let line = |driver: &Driver| {
        let line = driver.model.filter.line.as_ref().unwrap();
        format!("{}{}", line.scope.key(), line.editor.text())
    };
    driver.keys("/la");
    assert!(
        driver
            .screen()
            .lines()
            .last()
            .unwrap()
            .contains("Tab lang:")
    );
    for (keys, expected) in [
        ("<Tab>", "/lang:"),
        ("d<Tab>", "/lang:de "),
        ("<Tab>", "\"lang:de "),
        ("<Shift-Tab>", "/lang:de "),
        (
            "OR ent<Tab>unit<Tab>",
            "/lang:de OR entity:\"United Nations\" ",
        ),
    ] {
        driver.keys(keys);
        assert_eq!(line(&driver), expected, "{keys}");
    }
    assert_eq!(driver.model.result.answer.hits.len(), 2);
}

#[test]
fn filters_are_saved_under_a_name() {
    let mut driver = three();
    driver.keys("S");
    assert!(driver.model.overlay.is_none(), "nothing to save");
    driver.keys("/lang:de OR day:2016-09<Enter>oSGerman<Enter>");
    let [view] = driver.views.as_slice() else {
        panic!("{:?}", driver.views)
    };
    assert_eq!(view.name, "German");
    assert_eq!(view.query, "(lang:de OR day:2016-09)");
    assert_eq!((view.sort.as_deref(), view.reverse), (Some("title"), false));
    driver.keys("Sx<Esc>S<Enter>");
    assert_eq!(driver.views.len(), 1, "given up, and no name");
}

#[test]
fn a_card_says_why_another_name_is_a_hit() {
    let documents = [
        ("a.txt", "Fighting went on in Aleppo on Friday."),
        ("b.txt", "قال ناشطون في حلب إن القصف توقف"),
    ];
    let mut driver = Driver::new(corpus_of(&documents), 120, 40);
    driver.keys("\"halab<Enter>K");
    assert_eq!(driver.model.kwic.places.len(), 2);
    let mut why = Vec::new();
    for _ in 0..2 {
        driver.keys("i");
        let screen = driver.screen();
        let squeezed: String = screen.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(squeezed.contains("typed halab"), "{screen}");
        why.push(["why alias:", "why skeleton:"].map(|why| squeezed.contains(why)));
        driver.keys("<Esc>j");
    }
    assert!(why.iter().all(|why| why.contains(&true)), "{why:?}");
    driver.keys("=");
    assert!(driver.model.kwic.places.is_empty(), "nothing is called so");
}
