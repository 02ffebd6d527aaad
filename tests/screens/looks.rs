//! Whole screens as they look: three sizes, three languages, every overlay.

use crate::driver::{Driver, sample_corpus};

/// One article of each language, by words of its path.
const OPENED: [(&str, &str); 3] = [("en", "en-01"), ("de", "de-03"), ("ar", "ar-06")];
const SIZES: [(u16, u16); 3] = [(40, 12), (80, 24), (120, 40)];

#[test]
fn the_first_screen() {
    let corpus = sample_corpus();
    for (columns, rows) in SIZES {
        let driver = Driver::new(corpus.clone(), columns, rows);
        insta::assert_snapshot!(format!("start_{columns}x{rows}"), driver.screen());
    }
}

#[test]
fn an_article_of_each_language_at_each_size() {
    let corpus = sample_corpus();
    for (columns, rows) in SIZES {
        for (language, path) in OPENED {
            let mut driver = Driver::new(corpus.clone(), columns, rows);
            driver.keys(&format!("/{path}<Enter>\\<Enter>"));
            insta::assert_snapshot!(format!("text_{language}_{columns}x{rows}"), driver.screen());
        }
    }
}

#[test]
fn panes_of_a_small_screen() {
    let corpus = sample_corpus();
    for (columns, rows) in [(40, 12), (80, 24)] {
        let mut driver = Driver::new(corpus.clone(), columns, rows);
        driver.keys("3");
        insta::assert_snapshot!(format!("entities_{columns}x{rows}"), driver.screen());
        driver.keys("4");
        insta::assert_snapshot!(format!("timeline_{columns}x{rows}"), driver.screen());
    }
}

#[test]
fn overlays() {
    let mut driver = Driver::new(sample_corpus(), 80, 24);
    driver.keys("?");
    insta::assert_snapshot!("help_80x24", driver.screen());
    driver.keys("timeline");
    insta::assert_snapshot!("help_searched_80x24", driver.screen());
    driver.keys("<Esc>:zo");
    insta::assert_snapshot!("palette_80x24", driver.screen());
    driver.keys("<Esc>3f");
    insta::assert_snapshot!("card_80x24", driver.screen());
    driver.keys("<Esc>1i");
    insta::assert_snapshot!("why_80x24", driver.screen());
}

#[test]
fn a_filter_while_it_is_typed() {
    let mut driver = Driver::new(sample_corpus(), 120, 40);
    driver.keys("/minyan");
    insta::assert_snapshot!("filter_120x40", driver.screen());
}

#[test]
fn ascii_and_no_colour_tell_the_same() {
    let mut config = khabar::config::Config::default();
    config.settings.ascii = true;
    config.theme = khabar::config::theme::Theme::plain();
    let driver = Driver::with_config(sample_corpus(), 80, 24, config);
    let screen = driver.screen();
    insta::assert_snapshot!("ascii_80x24", screen);
    let drawn = screen
        .chars()
        .filter(|c| ('\u{2190}'..='\u{27ff}').contains(c));
    assert_eq!(
        drawn.collect::<String>(),
        "",
        "only corpus text may be other than ASCII"
    );
}

#[test]
fn too_small_is_a_sentence() {
    let driver = Driver::new(sample_corpus(), 20, 5);
    insta::assert_snapshot!("too_small_20x5", driver.screen());
}

#[test]
fn every_size_draws() {
    let corpus = sample_corpus();
    let mut driver = Driver::new(corpus, 120, 40);
    for columns in (1..=140).step_by(7) {
        for rows in (1..=45).step_by(4) {
            driver.send(khabar::tui::message::Message::Resize { columns, rows });
            for keys in ["1", "2", "3", "4", "f", "<Esc>", "z", "z", "?", "<Esc>"] {
                driver.keys(keys);
                let screen = driver.screen();
                assert!(screen.lines().count() <= usize::from(rows));
            }
        }
    }
}
