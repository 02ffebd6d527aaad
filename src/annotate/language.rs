//! Language identification: script first, then function words, then trigrams.
//!
//! Only three answers matter to annotation; everything else is "other". Function words decide
//! most Latin texts, because in a sentence or two they are surer than trigrams; trigrams
//! (whatlang) tell English and German from their relatives and from what is neither.

mod sample;
mod words;

use whatlang::{Detector, Lang};

use crate::corpus::Language;
use sample::{Letters, Script};
use words::Tongue;

/// Fewer letters than this are a headline at most; what metadata says then weighs more.
const SHORT: usize = 120;

/// Fewer letters than this may be a table, of which trigrams make anything.
const TABLE: usize = 600;

/// The language of a text and how sure that is, 0 to 1. `hint` is the code that metadata gives; it
/// decides only where the text is short or the evidence thin.
///
/// Long texts are sampled. In a text of several scripts the one with most letters counts.
#[must_use]
pub fn identify(text: &str, hint: Option<&str>) -> (Language, f32) {
    let hint = hint.map(str::trim).filter(|code| {
        !code.is_empty() && !["und", "unknown", "none", "null", "mul"].contains(code)
    });
    let hinted = hint.map(|code| Language::from_code(code).unwrap_or(Language::Other));
    let letters = Letters::of(text);
    let Some((script, share)) = letters.majority() else {
        // nothing to read: a hint is all there is
        return hinted.map_or((Language::Other, 0.0), |language| (language, 0.5));
    };
    let (found, sure) = match script {
        Script::Arabic => arabic(&letters),
        Script::Latin => latin(&letters),
        Script::Other => (Language::Other, 0.95),
    };
    let sure = sure * share;
    match hinted {
        Some(hinted) if hinted == found => (found, (sure + 0.3).min(1.0)),
        Some(hinted) if fits(hinted, script) => {
            let thin = sure < 0.5 || letters.count() < SHORT;
            if found == Language::Other && (thin || letters.count() < TABLE) {
                // tables and lists of names look like no language at all
                (hinted, 0.6)
            } else if thin && sure <= 0.85 {
                (hinted, 0.6)
            } else {
                (found, sure * 0.8)
            }
        }
        _ => (found, sure),
    }
}

/// Whether a language is written in a script ("other" may be anything).
fn fits(language: Language, script: Script) -> bool {
    match language {
        Language::English | Language::German => script == Script::Latin,
        Language::Arabic => script == Script::Arabic,
        Language::Other => true,
    }
}

/// Arabic, or one of the languages that borrowed its script: Persian, Urdu, Kurdish, Pashto.
fn arabic(letters: &Letters) -> (Language, f32) {
    let foreign_letters = letters.share_foreign();
    let (mut all, mut arabic, mut foreign) = (0.0_f32, 0.0_f32, 0.0_f32);
    for word in words::split(letters.text()) {
        all += 1.0;
        let known = words::known(word);
        if known.is(Tongue::Arabic) {
            arabic += 1.0;
        } else if known.is(Tongue::Persian) {
            foreign += 1.0;
        }
    }
    if all == 0.0 {
        return (Language::Other, 0.0);
    }
    let margin = arabic / all - foreign / all - foreign_letters;
    // a headline need not hold any article or particle; without foreign letters it is Arabic
    if margin >= -0.03 {
        (Language::Arabic, (0.75 + margin).min(0.99))
    } else {
        (Language::Other, (0.6 - margin).min(0.99))
    }
}

fn latin(letters: &Letters) -> (Language, f32) {
    let (mut all, mut english, mut german) = (0.0_f32, 0.0_f32, 0.0_f32);
    for word in words::split(letters.text()) {
        all += 1.0;
        let known = words::known(word);
        english += f32::from(u8::from(known.is(Tongue::English)));
        german += f32::from(u8::from(known.is(Tongue::German)));
    }
    if all == 0.0 {
        return (Language::Other, 0.0);
    }
    let (english, german) = (english / all, german / all);
    let (better, ahead, behind) = if english >= german {
        (Language::English, english, german)
    } else {
        (Language::German, german, english)
    };
    if all >= 12.0 && ahead >= 0.18 && ahead >= behind * 2.0 {
        return (better, (0.7 + ahead - behind).min(0.99));
    }
    match by_trigrams(letters) {
        // grammar beats trigrams, which follow the names in a text
        Some((Language::Other, _)) if ahead - behind >= 0.2 => {
            (better, 0.5 + (ahead - behind) / 2.0)
        }
        Some((Language::Other, sure)) if sure < 0.6 && ahead > behind => {
            (better, 0.3 + ahead - behind)
        }
        // whichever language it is, with no word of ours it is not one of ours
        Some((Language::Other, sure)) if ahead == 0.0 && all >= 8.0 => {
            (Language::Other, sure.max(0.5))
        }
        Some((found, sure)) if found == better && ahead > behind => {
            (found, (sure * 0.6 + ahead - behind + 0.2).min(0.95))
        }
        // a name or two: what trigrams say of those is no more than a hunch
        Some((found, sure)) if letters.count() < SHORT => (found, sure * 0.5),
        Some((found, sure)) => (found, sure * 0.9),
        None => (Language::Other, 0.0),
    }
}

fn by_trigrams(letters: &Letters) -> Option<(Language, f32)> {
    // languages of nearly no news, which take short English and German texts for theirs
    let detector = Detector::with_denylist(vec![Lang::Epo, Lang::Lat]);
    let info = detector.detect(letters.text())?;
    #[expect(clippy::cast_possible_truncation, reason = "a value between 0 and 1")]
    let confidence = info.confidence() as f32;
    let found = match info.lang() {
        Lang::Eng => Language::English,
        Lang::Deu => Language::German,
        _ => Language::Other,
    };
    Some((found, confidence))
}

#[cfg(test)]
mod tests;
