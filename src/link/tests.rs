use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{LINE, LinkMode, linked, linked_unless};
use crate::annotate::entity::Finder;
use crate::corpus::{
    Article, Corpus, EntityKind, Field, Language, Mention, Metadata, Name, RawDocument, Span, Title,
};
use crate::repair::{Repair, Repairs};

use EntityKind::{Group, Organisation, Person, Place};

/// A document whose names stand in square brackets, with a letter for the kind: `[p:Talal Silo]`;
/// every name has its own words for its key, as a tagger leaves them.
fn article(id: &str, language: Language, marked: &str) -> Article {
    let mut text = String::new();
    let mut mentions = Vec::new();
    let mut rest = marked;
    while let Some((before, from)) = rest.split_once('[') {
        let (inside, after) = from.split_once(']').unwrap();
        let (kind, name) = inside.split_once(':').unwrap();
        text.push_str(before);
        let start = text.len();
        text.push_str(name);
        mentions.push(Mention {
            field: Field::Text,
            span: Span::new(start, text.len()),
            kind: match kind {
                "p" => Person,
                "g" => Group,
                "o" => Organisation,
                _ => Place,
            },
            entity: Arc::from(name),
            confidence: 0.5,
            why: Arc::from("tagger"),
        });
        rest = after;
    }
    text.push_str(rest);
    Article {
        raw: Arc::new(RawDocument {
            id: id.to_owned(),
            path: id.to_owned(),
            title: None,
            text,
            encoding: "UTF-8",
            notes: Vec::new(),
            metadata: Metadata::default(),
            sha256: [0; 32],
        }),
        title: Title {
            text: id.to_owned(),
            derived_from: None,
        },
        language,
        day: None,
        mentions: mentions.into(),
        timexes: Vec::new(),
        entities: Vec::new(),
    }
}

fn corpus(documents: &[&str]) -> Corpus {
    let articles = documents.iter().enumerate().map(|(number, text)| {
        let arabic = text
            .chars()
            .filter(|c| ('\u{620}'..='\u{64a}').contains(c))
            .count();
        let language = if arabic * 2 > text.chars().count() {
            Language::Arabic
        } else if text.starts_with("Der ") || text.starts_with("des ") {
            Language::German
        } else {
            Language::English
        };
        article(&number.to_string(), language, text)
    });
    Corpus::new("test").with(articles.collect(), Vec::new())
}

fn link(corpus: &Corpus, repairs: &[Repair], mode: LinkMode) -> Corpus {
    let mut file = Repairs::default();
    for repair in repairs {
        file.add(repair.clone()).unwrap();
    }
    linked(corpus, &Finder::embedded(), &file, mode)
}

/// What each mention means, with why.
fn meant(corpus: &Corpus) -> Vec<(String, String)> {
    let mentions = corpus.articles().flat_map(|(_, article)| {
        let meant = |m: &Mention| (m.entity.to_string(), m.why.to_string());
        article.mentions.iter().map(meant).collect::<Vec<_>>()
    });
    mentions.collect()
}

fn entities(corpus: &Corpus) -> Vec<String> {
    let entities = corpus.entities().iter();
    let mut keys: Vec<String> = entities
        .map(|(_, entity)| format!("{} {} {}", entity.key, entity.mentions, entity.documents))
        .collect();
    keys.sort();
    keys
}

/// Documents, and the entities that they have after linking, each with mentions and documents.
#[track_caller]
fn check(documents: &[&str], expected: &[&str]) {
    let linked = link(&corpus(documents), &[], LinkMode::All);
    assert_eq!(entities(&linked), expected, "{:#?}", meant(&linked));
}

#[test]
fn the_same_letters() {
    check(
        &[
            "[g:Liwa al-Zorgan]",
            "[g:liwa Al Zorgan] [o:Liwa al-Zorgan]",
        ],
        &["Liwa al-Zorgan 3 2"],
    );
    check(
        &[
            "Der [o:Nationale Zorganrat] [o:Nationale Zorganrat]",
            "des [o:Nationalen Zorganrats]",
        ],
        &["Nationale Zorganrat 3 2"],
    );
    check(&["[l:Zorganiyah]", "[l:al-Zorganiya]"], &["Zorganiyah 2 2"]);
    // another sort of thing is another thing
    check(&["[p:Zorgan]", "[l:Zorgan]"], &["Zorgan 1 1", "Zorgan 1 1"]);
}

#[test]
fn what_documents_define() {
    check(
        &[
            "[g:Harakat Zorgan] (formerly the [g:Melvan Front]) left.",
            "The [g:Melvan Front] came.",
        ],
        &["Harakat Zorgan 3 2"],
    );
    check(
        &["[g:حركة زرقان] ([g:ملفان] سابقا)", "[g:ملفان]"],
        &["حركة زرقان 3 2"],
    );
    check(
        &["[p:Tarek Zorgan], bekannt als [p:Abu Melvan], kam"],
        &["Tarek Zorgan 2 1"],
    );
    check(
        &["[p:طارق زرقان] المعروف بـ[p:ابو ملفان] قال"],
        &["طارق زرقان 2 1"],
    );
    // the office is another person's
    check(
        &["[p:Tarek Zorgan], formerly [p:Omar Melvan], came"],
        &["Omar Melvan 1 1", "Tarek Zorgan 1 1"],
    );
    check(&["[l:Zorgan] ([l:Melvan])"], &["Melvan 1 1", "Zorgan 1 1"]);
}

#[test]
fn acronyms() {
    let full = "The [o:Zorgan Observatory for Melvan Rights] ([o:ZOMR]) said.";
    check(
        &[full, "[o:ZOMR] said"],
        &["Zorgan Observatory for Melvan Rights 3 2"],
    );
    // two expansions: each where it stands
    check(
        &[
            "[o:Zorgan Press Union] ([o:ZPU])",
            "[o:Zenith Party of Unity] ([o:ZPU])",
            "[o:ZPU]",
        ],
        &[
            "ZPU 1 1",
            "Zenith Party of Unity 2 1",
            "Zorgan Press Union 2 1",
        ],
    );
    // three letters far from where they are expanded
    check(
        &[
            "[o:Zorgan Press Union] ([o:ZPU]) in [l:Melvan]",
            "[o:ZPU] in [l:Qarat]",
        ],
        &[
            "Melvan 1 1",
            "Qarat 1 1",
            "ZPU 1 1",
            "Zorgan Press Union 2 1",
        ],
    );
}

#[test]
fn spellings_and_scripts() {
    check(
        &[
            "[p:Dschamal Zorgan]",
            "[p:Jamal Zorgan] [p:Jamal Zorgan]",
            "[p:جمال زرقان]",
        ],
        &["Jamal Zorgan 4 3"],
    );
    check(
        &[
            "[g:Melvan Zorgan Front]",
            "[g:elvan Zorgan Front]",
            "[g:Melvan Zorgan Front]",
        ],
        &["Melvan Zorgan Front 3 3"],
    );
    check(
        &[
            "[o:al-Zorgan School]",
            "[o:Zorgan-Schule]",
            "[o:مدرسة الزرقان]",
        ],
        &["al-Zorgan School 3 3"],
    );
    // other persons, other places
    check(
        &["[p:Nick Zorgan]", "[p:Mick Zorgan]"],
        &["Mick Zorgan 1 1", "Nick Zorgan 1 1"],
    );
    check(
        &["[p:Mr Bondi]", "[p:Mr Pound]"],
        &["Mr Bondi 1 1", "Mr Pound 1 1"],
    );
    check(
        &["[p:Sam Gopal]", "[p:عصام الجبالي]"],
        &["Sam Gopal 1 1", "عصام الجبالي 1 1"],
    );
    check(
        &["[p:Tarek Husayn]", "[p:طارق الحسيني]"],
        &["Tarek Husayn 1 1", "طارق الحسيني 1 1"],
    );
    check(
        &["[p:Hassan Zorgan]", "[p:Hussein Zorgan]"],
        &["Hassan Zorgan 1 1", "Hussein Zorgan 1 1"],
    );
    check(
        &["[p:Ahmed Zorgan]", "[p:Hamed Zorgan]"],
        &["Ahmed Zorgan 1 1", "Hamed Zorgan 1 1"],
    );
    check(
        &["[l:East Zorgan]", "[l:West Zorgan]"],
        &["East Zorgan 1 1", "West Zorgan 1 1"],
    );
    check(
        &["[l:Melvan Zorgan]", "[l:Melvan Zorgan airport]"],
        &["Melvan Zorgan 1 1", "Melvan Zorgan airport 1 1"],
    );
}

#[test]
fn a_single_word_needs_the_words_around_it() {
    let around = "[l:Aleppo] [l:Homs] [l:Idlib] [l:Hama]";
    let alone = link(
        &corpus(&["[l:Zorganit]", "[l:زرغانيت]"]),
        &[],
        LinkMode::All,
    );
    assert_eq!(alone.entities().iter().count(), 2);
    let name = Name::new("Zorganit", Place);
    let [candidate] = alone.links().candidates_of(&name)[..] else {
        panic!("{:?}", alone.links().candidates());
    };
    assert!(candidate.confidence < LINE);
    let with = [
        format!("[l:Zorganit] {around}"),
        format!("[l:زرغانيت] {around}"),
    ];
    let with = link(&corpus(&[&with[0], &with[1]]), &[], LinkMode::All);
    assert!(
        entities(&with).contains(&"Zorganit 2 2".to_owned()),
        "{:?}",
        entities(&with)
    );
}

#[test]
fn parts_of_names_within_a_document() {
    check(
        &[
            "[p:Tarek Zorgan] said. [p:Zorgan] left.",
            "[p:Omar Zorgan]. [p:Zorgan]",
            "[p:Zorgan]",
        ],
        &["Omar Zorgan 2 1", "Tarek Zorgan 2 1", "Zorgan 1 1"],
    );
    check(
        &["[p:Tarek Zorgan] and [p:Omar Zorgan]. [p:Zorgan] left."],
        &["Omar Zorgan 1 1", "Tarek Zorgan 1 1", "Zorgan 1 1"],
    );
    check(
        &["[p:Tarek Zorgan] [p:T. Zorgan] [p:Zorgans] [p:Tarek]"],
        &["Tarek Zorgan 4 1"],
    );
    check(
        &["[p:سليمان هلال زرقان] [p:هلال زرقان]"],
        &["سليمان هلال زرقان 1 1", "هلال زرقان 1 1"],
    );
    check(
        &["[o:Zorgan Observatory for Rights]: the [o:Observatory] said"],
        &["Zorgan Observatory for Rights 2 1"],
    );
    check(
        &["[g:Free Zorgan Army] [g:Zorgan army]"],
        &["Free Zorgan Army 1 1", "Zorgan army 1 1"],
    );
}

#[test]
fn every_link_says_why() {
    let corpus = corpus(&["[p:Dschamal Zorgan]", "[p:Jamal Zorgan] [p:Jamal Zorgan]"]);
    let linked = link(&corpus, &[], LinkMode::All);
    let (entity, why) = &meant(&linked)[0];
    assert_eq!(entity, "Jamal Zorgan");
    assert_eq!(why, "tagger; Dschamal Zorgan spelling of Jamal Zorgan");
    let reasons = linked
        .links()
        .reasons_of(&Name::new("Jamal Zorgan", Person));
    let [reason] = reasons[..] else {
        panic!("{reasons:?}")
    };
    assert_eq!(&*reason.from.key, "Dschamal Zorgan");
    let (_, article) = linked.articles().next().unwrap();
    let expected = 0.5 * reason.confidence;
    assert!((article.mentions[0].confidence - expected).abs() < 1e-6);
    // the old key still leads there
    let found = linked.entities().find("Dschamal Zorgan", Person).unwrap();
    assert_eq!(&*linked.entities().get(found).unwrap().key, "Jamal Zorgan");
    // and everything can be taken back
    let apart = link(&linked, &[], LinkMode::KnowledgeBaseOnly);
    assert_eq!(meant(&apart), meant(&corpus));
    assert_eq!(entities(&apart), entities(&corpus));
}

#[expect(clippy::too_many_lines, reason = "a table")]
/// Repairs of the documents of `repairs_hold`, with the entities that are left.
fn repairs_and_entities() -> Vec<(Repair, &'static [&'static str])> {
    let person = |key| Name::new(key, Person);
    let group = |key| Name::new(key, Group);
    let melvan = Name::new("Melvan", Place);
    vec![
        (
            Repair::Merge {
                name: group("Liwa Qarat"),
                into: group("Kataib Sumar"),
            },
            &["Dschamal Zorgan 2 2", "Kataib Sumar 2 2", "Melvan 1 1"][..],
        ),
        (
            Repair::Merge {
                name: group("Liwa Qarat"),
                into: Name::new("Not in the corpus", Organisation),
            },
            &[
                "Dschamal Zorgan 2 2",
                "Kataib Sumar 1 1",
                "Melvan 1 1",
                "Not in the corpus 1 1",
            ],
        ),
        (
            Repair::Reject {
                name: person("Jamal Zorgan"),
                candidate: person("Dschamal Zorgan"),
            },
            &[
                "Dschamal Zorgan 1 1",
                "Jamal Zorgan 1 1",
                "Kataib Sumar 1 1",
                "Liwa Qarat 1 1",
                "Melvan 1 1",
            ],
        ),
        (
            Repair::Split {
                name: person("Dschamal Zorgan"),
                spelling: "jamal zorgan".into(),
                to: "Another".into(),
            },
            &[
                "Another 1 1",
                "Dschamal Zorgan 1 1",
                "Kataib Sumar 1 1",
                "Liwa Qarat 1 1",
                "Melvan 1 1",
            ],
        ),
        (
            Repair::Rename {
                name: person("Jamal Zorgan"),
                to: "J. Z.".into(),
            },
            &[
                "J. Z. 2 2",
                "Kataib Sumar 1 1",
                "Liwa Qarat 1 1",
                "Melvan 1 1",
            ],
        ),
        (
            Repair::Hide {
                name: group("Liwa Qarat"),
            },
            &["Dschamal Zorgan 2 2", "Kataib Sumar 1 1", "Melvan 1 1"],
        ),
        (
            Repair::Spelling {
                name: melvan.clone(),
                spelling: "Milvan".into(),
            },
            &[
                "Dschamal Zorgan 2 2",
                "Kataib Sumar 1 1",
                "Liwa Qarat 1 1",
                "Melvan 2 2",
            ],
        ),
        (
            Repair::Retype {
                name: melvan.clone(),
                to: Organisation,
            },
            &[
                "Dschamal Zorgan 2 2",
                "Kataib Sumar 1 1",
                "Liwa Qarat 1 1",
                "Melvan 1 1",
            ],
        ),
        (
            Repair::Accept {
                name: group("Liwa Qarat"),
                candidate: group("Kataib Sumar"),
            },
            &["Dschamal Zorgan 2 2", "Kataib Sumar 2 2", "Melvan 1 1"],
        ),
    ]
}

#[test]
fn repairs_hold() {
    let documents = [
        "[p:Jamal Zorgan] [l:Melvan]",
        "[p:Dschamal Zorgan] [g:Liwa Qarat] and Milvan, Milvans",
        "[g:Kataib Sumar]",
    ];
    let corpus = corpus(&documents);
    for (repair, expected) in repairs_and_entities() {
        let repaired = link(&corpus, std::slice::from_ref(&repair), LinkMode::All);
        assert_eq!(entities(&repaired), expected, "{repair:?}");
        if matches!(repair, Repair::Retype { .. }) {
            assert!(repaired.entities().find("Melvan", Organisation).is_some());
        }
        // the same from a corpus that was linked before, and back again
        let before = link(&corpus, &[], LinkMode::All);
        let after = link(&before, std::slice::from_ref(&repair), LinkMode::All);
        assert_eq!(entities(&after), expected, "{repair:?}");
        assert_eq!(meant(&after), meant(&repaired));
        let undone = link(&after, &[], LinkMode::All);
        assert_eq!(entities(&undone), entities(&before), "{repair:?}");
        assert_eq!(meant(&undone), meant(&before), "{repair:?}");
    }
}

#[test]
fn what_the_knowledge_base_keeps_apart_stays_apart() {
    let text = "[g:Ahrar al-Sham] (formerly [g:Hezbollah])";
    let linked = link(&corpus(&[text]), &[], LinkMode::All);
    let finder = Finder::embedded();
    for key in ["Ahrar al-Sham", "Hezbollah"] {
        assert!(
            finder.card(key, Group).is_some(),
            "{key} is in the knowledge base"
        );
    }
    assert_eq!(entities(&linked), ["Ahrar al-Sham 1 1", "Hezbollah 1 1"]);
    assert!(linked.links().candidates().is_empty());
}

#[test]
fn each_mode_holds_only_links_of_its_rules() {
    let documents = [
        "[p:Jamal Zorgan] [g:Liwa Qarat] (formerly [g:Kataib Sumar])",
        "[p:Dschamal Zorgan]",
    ];
    let corpus = corpus(&documents);
    let count = |mode: LinkMode| {
        let linked = link(&corpus, &[], mode);
        let links = linked.links().proposals().len();
        let entities = linked.entities().iter();
        for (_, entity) in entities {
            let name = Name::new(&entity.key, entity.kind);
            let reasons = linked.links().reasons_of(&name);
            assert!(
                reasons.iter().all(|link| mode.allows(link.rule)),
                "{reasons:?}"
            );
        }
        (links > 0, linked.entities().iter().count())
    };
    assert_eq!(count(LinkMode::All), (true, 2));
    assert_eq!(count(LinkMode::Stated), (true, 3));
    assert_eq!(count(LinkMode::KnowledgeBaseOnly), (false, 4));
    let names: Vec<&str> = [
        LinkMode::All,
        LinkMode::All.next(),
        LinkMode::All.next().next(),
    ]
    .map(LinkMode::name)
    .into();
    assert_eq!(names, ["all", "stated", "off"]);
}

#[test]
fn linking_stops_wherever_it_is_cancelled() {
    let documents: Vec<String> = (0..20)
        .map(|n| format!("[p:Jamal Zorgan{n}] [g:Liwa Qarat{n}] and Zorgan{n}"))
        .collect();
    let documents: Vec<&str> = documents.iter().map(String::as_str).collect();
    let corpus = corpus(&documents);
    let (finder, repairs) = (Finder::embedded(), Repairs::default());
    let until = |last: usize| {
        let asked = AtomicUsize::new(0);
        let cancelled = || asked.fetch_add(1, Ordering::Relaxed) >= last;
        let linked = linked_unless(&corpus, &finder, &repairs, LinkMode::All, &cancelled);
        (linked.is_some(), asked.into_inner())
    };
    let (done, asked) = until(usize::MAX);
    assert!(done);
    // in the census, in two looks at each document, for each name
    assert!(asked > 5 * documents.len(), "{asked}");
    for last in (0..asked).step_by(7) {
        let (done, asked) = until(last);
        // each of three threads, two of which compare spellings, hears it when it asks next
        assert!(
            !done && (last + 1..=last + 3).contains(&asked),
            "{last}: {asked}"
        );
    }
}
