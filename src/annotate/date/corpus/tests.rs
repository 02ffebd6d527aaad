//! Documents that date each other.

use std::sync::Arc;

use proptest::prelude::*;

use super::{Evidence, Said, date_documents};
use crate::annotate::date::Options;
use crate::annotate::date::tests::{day, document, language};
use crate::corpus::{DayBasis, EntityKind, Field, Mention, Span, StatedDay};

/// Mentions of some entities at the head of a text.
fn mentions(keys: &[&str]) -> Vec<Mention> {
    let mention = |key: &&str| Mention {
        field: Field::Text,
        span: Span::new(0, 1),
        kind: EntityKind::Place,
        entity: Arc::from(*key),
        confidence: 1.0,
        why: Arc::from("test"),
    };
    keys.iter().map(mention).collect()
}

fn evidence(name: &str, code: &str, text: &str, keys: &[&str]) -> Evidence {
    let mut raw = document(text);
    raw.path = name.to_owned();
    Evidence::of(&raw, language(code), &mentions(keys), Options::default())
}

const GERMAN: &str = "Nach der Ankündigung einer Waffenruhe für den 04. November verlegten beide \
    Seiten Truppen. Am 03. November begann die Schlacht von Neuem. Die für morgen geplante Ruhe \
    könnte scheitern.";
const ARABIC: &str = "قال الخميس إن القتال مستمر\n— الاعلام (@C_Military1) November 3, 2016\nوأضاف";

#[test]
fn a_story_without_a_year_leans_on_one_with() {
    let names = &["Minyan", "Fatah al-Sham", "Aleppo"];
    let alone = date_documents(&[evidence("a", "de", GERMAN, names)]);
    assert_eq!(alone[0].day, None);
    let both = date_documents(&[
        evidence("a", "de", GERMAN, names),
        evidence("b", "ar", ARABIC, names),
    ]);
    assert_eq!(both[1].day, Some(day("2016-11-03")));
    assert_eq!(both[0].day, Some(day("2016-11-03")));
    assert_eq!(both[0].basis, DayBasis::Inferred);
    assert!(
        both[0].clues.iter().any(|clue| clue.rule.contains("as b")),
        "{:?}",
        both[0].clues
    );
    assert!(both[0].confidence > alone[0].confidence);
}

/// The evidence of a document once the user has said something about its day.
fn corrected(name: &str, code: &str, text: &str, keys: &[&str], said: &Said) -> Evidence {
    let mut raw = document(text);
    raw.path = name.to_owned();
    let options = Options::default();
    Evidence::corrected(&raw, language(code), &mentions(keys), options, said)
}

#[test]
fn a_day_that_the_user_sets_moves_the_documents_that_lean_on_it() {
    let names = &["Minyan", "Fatah al-Sham", "Aleppo"];
    // the Arabic document without its stamp
    let bare = "قال الخميس إن القتال مستمر";
    let with = |said: &Said| {
        date_documents(&[
            evidence("a", "de", GERMAN, names),
            corrected("b", "ar", bare, names, said),
        ])
    };
    let unsaid = with(&Said::default());
    assert_eq!((unsaid[0].day, unsaid[1].day), (None, None));
    let set = with(&Said {
        within: Some((day("2016-11-03"), day("2016-11-03"))),
        rejected: Vec::new(),
    });
    assert_eq!(set[1].basis, DayBasis::Set);
    assert_eq!(set[0].day, Some(day("2016-11-03")));
    assert!(set[0].clues.iter().any(|clue| clue.rule.contains("as b")));
}

#[test]
fn what_the_user_rejects_is_no_candidate_and_a_month_bounds_all() {
    let text = "Aleppo, 4 November 2016 (Agency) - Troops advanced on Friday.";
    let said = |within: Option<(&str, &str)>, rejected: &[&str]| {
        let said = Said {
            within: within.map(|(first, last)| (day(first), day(last))),
            rejected: rejected.iter().map(|text| day(text)).collect(),
        };
        date_documents(&[corrected("a", "en", text, &[], &said)]).remove(0)
    };
    let stated = said(None, &[]);
    assert_eq!(stated.day, Some(day("2016-11-04")));
    let rejected = said(None, &["2016-11-04"]);
    assert_ne!(rejected.day, stated.day);
    let days: Vec<_> = rejected.candidates.iter().map(|(day, _)| *day).collect();
    assert!(!days.contains(&day("2016-11-04")), "{days:?}");
    assert!(
        rejected
            .clues
            .iter()
            .any(|clue| clue.rule == "rejected by you")
    );
    // a stated day within the month stands
    assert_eq!(
        said(Some(("2016-11-01", "2016-11-30")), &[]).day,
        stated.day
    );
    let other = said(Some(("2015-02-01", "2015-02-28")), &[]);
    let within = day("2015-02-01")..=day("2015-02-28");
    assert!(within.contains(&other.earliest.unwrap()) && within.contains(&other.latest.unwrap()));
    assert!(other.candidates.iter().all(|(day, _)| within.contains(day)));
}

#[test]
fn other_names_tell_another_story() {
    let found = date_documents(&[
        evidence(
            "a",
            "en",
            "Rebels said on Friday they left.",
            &["Minyan", "Aleppo"],
        ),
        evidence(
            "b",
            "en",
            "Published May 3 2014 Floods hit Bosnia.",
            &["Sava", "Bosnia"],
        ),
    ]);
    assert_eq!(found[1].day, Some(day("2014-05-03")));
    assert_eq!(found[0].day, None, "{:?}", found[0]);
    assert!(found[0].confidence < 0.5);
}

#[test]
fn an_event_lends_its_year() {
    let bombing = "Officials met in Dar es Salaam. The Aug. 7 bombings of embassies in Nairobi and \
        Salaam, blamed on Laden, were condemned Thursday.";
    let dated = "NAIROBI, August 8 (Xinhua) -- On Friday, August 7, 1998, bombings shook Nairobi \
        and Salaam; Laden denied it.";
    let found = date_documents(&[
        evidence("a", "en", bombing, &[]),
        evidence("b", "en", dated, &[]),
    ]);
    let clue = found[0]
        .clues
        .iter()
        .find(|clue| clue.rule.starts_with("same event"));
    assert!(clue.is_some(), "{:?}", found[0].clues);
    assert_eq!(found[0].candidates[0].0.to_string().get(..4), Some("1998"));
}

#[test]
fn copies_share_their_day() {
    let text = "The spokesman for the provincial health office said that at least nine wounded men \
        had been brought to the hospital in the north of the city since the morning, and that more \
        were on their way from the villages around it. He asked all who could give blood to come \
        at once, because the stores of the city's three hospitals were nearly empty after weeks of \
        siege and shelling.";
    let mut raw = document(&format!("{text} It was Friday."));
    raw.metadata.published = Some(StatedDay {
        day: day("2016-09-23"),
        origin: "date_publish".into(),
    });
    let first = Evidence::of(&raw, language("en"), &[], Options::default());
    let found = date_documents(&[
        first,
        evidence("b", "en", &format!("Report: {text} On Friday."), &[]),
    ]);
    assert_eq!(found[1].day, Some(day("2016-09-23")), "{:?}", found[1]);
}

#[test]
fn what_is_given_stays_and_nothing_known_stays_open() {
    let mut raw = document("Floods on Monday.");
    raw.metadata.published = Some(StatedDay {
        day: day("2016-09-23"),
        origin: "date_publish".into(),
    });
    let given = Evidence::of(&raw, language("en"), &[], Options::default());
    let found = date_documents(&[given, evidence("b", "en", "Nothing.", &[])]);
    assert_eq!(found[0].basis, DayBasis::Stated);
    assert_eq!(found[1].day, None);
    assert!(found[1].candidates.is_empty() && found[1].clues.is_empty());
    assert!(date_documents(&[]).is_empty());
}

proptest! {
    #[test]
    fn any_company_is_survived(texts in prop::collection::vec(".{0,80}|[A-Z][a-z]+ said on (Friday|Monday), 4 May(, 20[01][0-9])?\\. .{0,20}", 0..6)) {
        let all: Vec<Evidence> = texts
            .iter()
            .enumerate()
            .map(|(number, text)| evidence(&number.to_string(), "en", text, &["Minyan", "Aleppo"]))
            .collect();
        let found = date_documents(&all);
        prop_assert_eq!(found.len(), all.len());
        for day in &found {
            prop_assert!((0.0..=1.0).contains(&day.confidence));
            prop_assert!(day.day.is_none() || day.candidates.first().map(|best| best.0) == day.day);
            prop_assert!(day.candidates.windows(2).all(|pair| pair[0].1 >= pair[1].1));
        }
        prop_assert_eq!(found, date_documents(&all));
    }
}

const LAUNCHED: &str = "July 31, 2016\n\nRebels announced on Sunday launching an offensive in order \
    to break the siege of the town.";

#[test]
fn a_story_of_the_same_beginning_lies_within_its_week() {
    let names = &["Hikma", "Sheikh Said", "Aleppo"];
    let arabic = "قال إن المعركة التي أطلقوها منذ يوم الأحد بكسر الحصار مستمرة. وكان الجيش استعاد \
        صباح الأربعاء تلة، وتستمر الاشتباكات مع أولى ساعات الليل.";
    let german = "Die am Sonntag begonnene Offensive gegen die Belagerung geht weiter, hieß es am \
        Mittwochmorgen. In der Nacht blieb es ruhig.";
    for (code, text) in [("ar", arabic), ("de", german)] {
        let found = date_documents(&[
            evidence("a", code, text, names),
            evidence("b", "en", LAUNCHED, names),
        ]);
        assert_eq!(found[1].day, Some(day("2016-07-31")), "{:?}", found[1]);
        assert!(!found[0].candidates.is_empty(), "{code}: {:?}", found[0]);
        assert_eq!(
            found[0].candidates[0].0,
            day("2016-08-03"),
            "{:?}",
            found[0]
        );
        assert!(found[0].confidence <= 0.9);
        let clue = found[0]
            .clues
            .iter()
            .find(|clue| clue.rule == "began on the same day as in b");
        let clue = clue.unwrap_or_else(|| panic!("{code}: {:?}", found[0].clues));
        assert_eq!(clue.span.unwrap().of(text), clue.text);
        // without the other it is not known at all
        let alone = date_documents(&[evidence("a", code, text, names)]);
        assert_eq!(alone[0].day, None);
        assert!(alone[0].candidates.is_empty());
    }
}

#[test]
fn another_beginning_is_no_clue() {
    let names = &["Hikma", "Sheikh Said", "Aleppo"];
    for text in [
        // another weekday
        "The offensive launched on Tuesday to break the siege goes on.",
        // another thing
        "Talks on a ceasefire began on Sunday.",
        // what went before is not what began
        "Since Sunday the offensive, which began after the siege was lifted, goes on.",
        // ahead
        "An offensive to break the siege will begin on Sunday.",
    ] {
        let found = date_documents(&[
            evidence("a", "en", text, names),
            evidence("b", "en", LAUNCHED, names),
        ]);
        let mut rules = found[0].clues.iter().map(|clue| &clue.rule);
        assert!(
            !rules.any(|rule| rule.starts_with("began")),
            "{text}: {:?}",
            found[0].clues
        );
    }
    let text = "The offensive launched on Sunday to break the siege goes on.";
    let found = date_documents(&[
        evidence("a", "en", text, &["Sava", "Bosnia"]),
        evidence("b", "en", LAUNCHED, names),
    ]);
    let mut rules = found[0].clues.iter().map(|clue| &clue.rule);
    assert!(!rules.any(|rule| rule.starts_with("began")), "other names");
}

#[test]
fn evidence_that_was_stored_says_the_same() {
    let texts = [
        ("de", GERMAN),
        ("ar", ARABIC),
        (
            "en",
            "Rebels advanced on Wednesday morning. Shelling went on in the evening.",
        ),
        (
            "en",
            "Rebels advanced on Wednesday morning. Since Sunday 12 have died, on Friday 3.",
        ),
        (
            "en",
            "Talks will begin on Monday. Today, Tuesday, both sides rested.",
        ),
        (
            "en",
            "Both sides had rested yesterday, Tuesday. Published 3 November 2016",
        ),
    ];
    let mut all = String::new();
    for (code, text) in texts {
        let evidence = evidence("a", code, text, &["Aleppo", "Minyan"]);
        let stored = evidence
            .kept()
            .evidence("a", evidence.alone.clone())
            .unwrap();
        assert_eq!(format!("{stored:?}"), format!("{evidence:?}"), "{text}");
        all.extend([format!("{evidence:?}")]);
    }
    for rule in ["Bare", "Ahead", "Since", "Morning", "MorningBefore"] {
        let seen =
            all.contains(&format!("rule: {rule} ")) || all.contains(&format!("rule: {rule},"));
        assert!(seen, "no text shows {rule}");
    }
}
