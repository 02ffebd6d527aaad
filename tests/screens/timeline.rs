//! The timeline: days and stretches of time, languages, the best sentences, inferred days.

use std::fmt::Write as _;
use std::sync::Arc;

use khabar::config::Config;
use khabar::config::theme::Theme;
use khabar::corpus::Corpus;
use khabar::query::{Inferred, Row, Zoom};
use khabar::tui::geometry::Pane;
use khabar::tui::model::overlay::Overlay;

use crate::driver::{Driver, corpus_of, sample_corpus};

/// Five dispatches of one week, in three languages, with a month, a range and an inferred day.
fn one_week() -> Arc<Corpus> {
    corpus_of(&[
        (
            "1.txt",
            "Published October 31 2016\n\nThe army entered Minyan west of Aleppo on Sunday. In October 2016 it had lost it.\n",
        ),
        (
            "2.txt",
            "Published November 1 2016\n\nThe army entered Minyan, west of Aleppo, on Sunday. Rebels from Idlib answered on Tuesday.\n",
        ),
        (
            "3.txt",
            "04.11.2016\n\nDie Armee meldete am Donnerstag, sie habe Minyan bei Aleppo verloren. Vom 28. bis 31. Oktober 2016 war der Ort umkämpft.\n",
        ),
        (
            "4.txt",
            "تاريخ النشر: 4 نوفمبر 2016\n\nقال الجيش يوم الخميس إنه دخل منيان غرب حلب. وكانت المعارك قد بدأت في عام 2016.\n",
        ),
        (
            "5.txt",
            "قال الخميس إن الجيش تقدم في حلب\n— الاعلام الحربي (@C_Military1) November 3, 2016\nوأضاف أن المعارك مستمرة منذ الأربعاء.\n",
        ),
    ])
}

/// A dispatch every nine days for ten years.
fn ten_years() -> Arc<Corpus> {
    let first = chrono::NaiveDate::from_ymd_opt(2008, 1, 3).unwrap();
    let documents: Vec<(String, String)> = (0..406)
        .map(|number| {
            let day = first + chrono::Days::new(9 * number);
            let mut text = format!("Published {}\n\n", day.format("%B %-d %Y"));
            write!(
                text,
                "Dispatch number {number} speaks of Aleppo and of Homs."
            )
            .unwrap();
            (format!("{number:03}.txt"), text)
        })
        .collect();
    let named: Vec<(&str, &str)> = documents
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    corpus_of(&named)
}

fn plain(ascii: bool) -> Config {
    let mut config = Config::default();
    config.settings.ascii = ascii;
    config.theme = Theme::plain();
    config
}

#[test]
fn one_week_by_days_and_longer() {
    for (columns, rows) in [(40, 12), (80, 24), (120, 40)] {
        let mut driver = Driver::new(one_week(), columns, rows);
        driver.keys("4T");
        insta::assert_snapshot!(format!("week_{columns}x{rows}"), driver.screen());
    }
    let mut driver = Driver::with_config(one_week(), 80, 24, plain(true));
    driver.keys("4T");
    insta::assert_snapshot!("week_ascii_80x24", driver.screen());
}

#[test]
fn ten_years_come_by_the_month() {
    let mut driver = Driver::new(ten_years(), 80, 24);
    assert_eq!(driver.model.timeline.zoom, Zoom::Month);
    assert!(driver.screen().contains("by month"), "{}", driver.screen());
    driver.keys("4");
    insta::assert_snapshot!("ten_years_80x24", driver.screen());
    driver.keys("<lt>z");
    assert_eq!(driver.model.timeline.zoom, Zoom::Year);
    insta::assert_snapshot!("ten_years_by_year_80x24", driver.screen());
    // the user's own choice stays
    driver.keys(">>>");
    assert_eq!(driver.model.timeline.zoom, Zoom::Day);
    assert!(driver.model.result.answer.timeline.len() > 400);
}

#[test]
fn a_small_corpus_comes_by_the_day() {
    let driver = Driver::new(sample_corpus(), 80, 24);
    assert_eq!(driver.model.timeline.zoom, Zoom::Day);
}

#[test]
fn the_best_sentences_of_a_day_lead_into_the_text_and_back() {
    for (columns, rows) in [(40, 12), (80, 24), (120, 40)] {
        let mut driver = Driver::new(one_week(), columns, rows);
        driver.keys("4TGkD");
        insta::assert_snapshot!(format!("sentences_{columns}x{rows}"), driver.screen());
        let day = driver.model.timeline.chosen;
        driver.keys("j");
        let Some(Overlay::Sentences(list)) = driver.model.overlay.clone() else {
            panic!("no list: {}", driver.screen());
        };
        let told = list.told.clone().unwrap()[1].clone();
        driver.keys("<Enter>");
        assert_eq!(driver.model.overlay, None);
        assert_eq!(driver.model.focus, Pane::Text);
        assert_eq!(driver.model.reader.shown(), Some(told.article));
        assert_eq!(
            driver.model.reader.range.map(|range| range.1),
            Some(told.span)
        );
        driver.keys("<Esc>");
        assert_eq!(driver.model.overlay, Some(Overlay::Sentences(list)));
        assert_eq!(driver.model.timeline.chosen, day);
        assert_eq!(driver.model.reader.range, None);
        driver.keys("<Esc>");
        assert_eq!(
            (driver.model.overlay.clone(), driver.model.focus),
            (None, Pane::Timeline)
        );
    }
}

#[test]
fn a_sentence_of_the_open_article_is_gone_to_as_well() {
    let mut driver = Driver::new(one_week(), 120, 40);
    driver.keys("4TgD<Enter>");
    let first = driver.model.reader.shown();
    let range = driver.model.reader.range;
    assert!(range.is_some());
    driver.keys("<Esc><Esc>D<Enter>");
    assert_eq!(
        (driver.model.reader.shown(), driver.model.reader.range),
        (first, range)
    );
    // who leaves the text has no way back any more
    driver.keys("1<Enter><Esc>");
    assert_eq!(driver.model.overlay, None);
}

#[test]
fn inferred_days_go_and_come_back() {
    let mut driver = Driver::new(one_week(), 80, 24);
    let undated = |driver: &Driver| {
        let rows = driver.model.result.answer.timeline.iter();
        rows.filter_map(|row| match row {
            Row::Undated { articles, .. } => Some(*articles),
            _ => None,
        })
        .sum::<u32>()
    };
    assert_eq!(undated(&driver), 0);
    let before = driver.screen();
    assert!(before.contains('≈'));
    driver.keys("I4");
    assert_eq!(driver.model.timeline.inferred, Inferred::Hidden);
    assert_eq!(undated(&driver), 1);
    insta::assert_snapshot!("without_inferred_80x24", driver.screen());
    let screen = driver.screen();
    assert!(
        screen
            .lines()
            .next()
            .unwrap()
            .contains("without inferred days")
    );
    driver.keys("1I<Esc>");
    assert_eq!(undated(&driver), 0);
    let mut config = Config::default();
    config.settings.inferred = false;
    let driver = Driver::with_config(one_week(), 80, 24, config);
    assert_eq!(undated(&driver), 1);
}

#[test]
fn the_next_day_is_a_day_and_a_stretch_marks_what_it_covers() {
    let mut driver = Driver::new(one_week(), 80, 24);
    driver.keys("4Tg");
    let row = |driver: &Driver| {
        driver.model.result.answer.timeline[driver.model.timeline.scroll.row].clone()
    };
    assert!(
        matches!(row(&driver), Row::Interval { .. }),
        "{:?}",
        row(&driver)
    );
    let screen = driver.screen();
    assert!(
        screen.lines().filter(|line| line.starts_with('│')).count() >= 3,
        "{screen}"
    );
    for _ in 0..4 {
        driver.keys("]");
        assert!(
            !matches!(row(&driver), Row::Interval { .. }),
            "{:?}",
            row(&driver)
        );
    }
    // a range goes from day to day
    driver.keys("gjv");
    for _ in 0..9 {
        driver.keys("j");
        if driver.model.timeline.anchor.is_some() {
            assert!(
                matches!(row(&driver), Row::Bucket { .. }),
                "{:?}",
                row(&driver)
            );
        }
    }
}

#[test]
fn the_row_without_a_day_is_filtered_as_it_is_counted() {
    for zoom in ["", "<lt>", "<lt><lt>", "<lt><lt><lt>"] {
        let mut driver = Driver::new(sample_corpus(), 80, 24);
        driver.keys(&format!("4T{zoom}G"));
        let Some(Row::Undated { articles, .. }) =
            driver.model.result.answer.timeline.last().cloned()
        else {
            panic!("every article of the sample speaks of a day");
        };
        driver.keys("<Enter>");
        let found = driver.model.result.answer.hits.len();
        assert_eq!(found, articles as usize, "{zoom}");
    }
}

#[test]
fn help_tells_the_marks() {
    let mut driver = Driver::new(sample_corpus(), 120, 40);
    driver.keys("?bars");
    assert!(
        driver.screen().contains("English, German, Arabic"),
        "{}",
        driver.screen()
    );
}
