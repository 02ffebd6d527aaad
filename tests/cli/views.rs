//! What the views print, checked against each other and against the documents.

use std::collections::{BTreeMap, BTreeSet};

use crate::environment::Environment;
use crate::shapes::{Annotated, Bucket, Counted, Listed, Shown, read};

/// Code points `start..end` of a text.
fn code_points(text: &str, start: usize, end: usize) -> String {
    text.chars().skip(start).take(end - start).collect()
}

fn is_day(text: &str) -> bool {
    chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok_and(|day| day.to_string() == text)
}

#[test]
fn every_offset_counts_code_points_of_the_shown_text() {
    let environment = Environment::new();
    environment
        .document(
            "a.jsonl",
            "{\"id\":\"ä\",\"title\":\"😀 Aleppo on 3 November 2016\",\"text\":\"😀 حلب — Aleppo, 4 November 2016.\"}\n",
        )
        .document("b.txt", "Die Straße nach Aleppo, am 4. November 2016 geöffnet.\r\n\r\nSyrien.\n");
    let mut offsets = 0;
    for corpus in [&["--sample"][..], &["news"]] {
        let arguments = |command| [&[command][..], corpus].concat();
        let shown: Vec<Shown> = read(&environment.printed(&arguments("show")));
        let annotated: Vec<Annotated> = read(&environment.printed(&arguments("annotate")));
        assert_eq!(shown.len(), annotated.len());
        for (shown, annotated) in shown.iter().zip(&annotated) {
            assert_eq!((&shown.id, &shown.path), (&annotated.id, &annotated.path));
            assert_eq!(shown.title, annotated.title);
            assert_eq!(shown.language, annotated.language);
            let names = annotated.mentions.iter().map(|m| {
                assert!(!m.why.is_empty() && !m.entity.is_empty() && !m.kind.is_empty());
                (&m.field, m.start, m.end, &m.text, m.confidence)
            });
            let times = annotated.timexes.iter().map(|t| {
                assert!(!t.why.is_empty() && !t.value.is_empty() && !t.kind.is_empty());
                for day in [&t.day, &t.earliest, &t.latest].into_iter().flatten() {
                    assert!(is_day(day), "{day}");
                }
                (&t.field, t.start, t.end, &t.text, t.confidence)
            });
            for (field, start, end, text, confidence) in names.chain(times) {
                let source = match field.as_str() {
                    "text" => &shown.text,
                    "title" => shown.title.as_ref().unwrap(),
                    other => panic!("field {other}"),
                };
                assert!(start < end, "{}: {text}", shown.id);
                assert_eq!(&code_points(source, start, end), text, "{}", shown.id);
                assert!((0.0..=1.0).contains(&confidence));
                offsets += 1;
            }
        }
    }
    assert!(offsets > 20, "{offsets} offsets were checked");
}

#[test]
fn documents_are_shown_as_they_were_read() {
    let environment = Environment::new();
    // SHA-256 of the bytes, of which "abc" is the standard's own example
    environment
        .document("abc.txt", "abc")
        .document(
            "latin.txt",
            b"Stra\xdfe nach M\xfcnchen ge\xf6ffnet, \xfcber die Br\xfccke.\n",
        )
        .document(
            "r.json",
            "{\"id\":\"7\",\"title\":\"Ein Titel\",\"text\":\"Ein Text\\u001b[2J\\u202e.\"}",
        );
    let printed = environment.printed(&["show", "news"]);
    assert!(!printed.contains(['\u{1b}', '\u{202e}']), "{printed:?}");
    let shown: Vec<Shown> = read(&printed);
    let by_path: BTreeMap<&str, &Shown> = shown.iter().map(|s| (s.path.as_str(), s)).collect();
    let abc = by_path["abc.txt"];
    assert_eq!(
        abc.sha256,
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    assert_eq!((abc.id.as_str(), abc.text.as_str()), ("abc", "abc"));
    assert_eq!((abc.encoding.as_str(), &abc.title), ("UTF-8", &None));
    assert_eq!(abc.language, None, "three letters are no language");
    let latin = by_path["latin.txt"];
    assert_eq!(latin.encoding, "windows-1252");
    assert!(
        latin.text.starts_with("Straße nach München"),
        "{}",
        latin.text
    );
    let record = shown.iter().find(|shown| shown.id == "7").unwrap();
    assert_eq!(record.title.as_deref(), Some("Ein Titel"));
    assert_eq!(record.text, "Ein Text\u{1b}[2J\u{202e}.");

    // what show prints can be read again, to the same text and title
    environment.document("again.jsonl", &printed);
    let again: Vec<Shown> = read(&environment.printed(&["show", "news/again.jsonl"]));
    for (before, after) in shown.iter().zip(&again) {
        assert_eq!((&before.id, &before.text), (&after.id, &after.text));
        assert_eq!(before.title, after.title);
    }
    assert_eq!(shown.len(), again.len());
}

#[test]
fn the_list_keeps_to_its_order() {
    let environment = Environment::new();
    let listed = |arguments: &[&str]| -> Vec<Listed> {
        read(&environment.printed(&[&["list", "--sample"], arguments].concat()))
    };
    let by_length = listed(&["--sort", "length"]);
    assert_eq!(by_length.len(), 30);
    assert!(by_length.is_sorted_by(|a, b| a.chars >= b.chars));
    let mut turned = listed(&["--sort", "length", "--reverse"]);
    turned.reverse();
    let ids = |articles: &[Listed]| -> Vec<String> {
        articles.iter().map(|article| article.id.clone()).collect()
    };
    assert!(turned.is_sorted_by(|a, b| a.chars >= b.chars));
    assert_eq!(
        ids(&by_length).into_iter().collect::<BTreeSet<_>>(),
        ids(&turned).into_iter().collect()
    );
    let by_path = listed(&["--sort", "path"]);
    assert!(by_path.is_sorted_by(|a, b| a.path <= b.path));
    for article in listed(&["--filter", "lang:ar"]) {
        assert_eq!(article.language.as_deref(), Some("ar"));
        assert!(!article.title.is_empty() && article.notes.is_empty());
        assert_eq!(article.source, "");
    }
}

#[test]
fn a_day_that_the_user_sets_is_the_day() {
    let environment = Environment::new();
    let arguments = ["--sample", "--dct", "2016-11-03", "--filter", "lang:de"];
    let listed: Vec<Listed> = read(&environment.printed(&[&["list"][..], &arguments].concat()));
    assert_eq!(listed.len(), 10);
    for article in &listed {
        assert_eq!(article.day.as_deref(), Some("2016-11-03"));
        assert_eq!(article.basis.as_deref(), Some("set"));
    }
    let annotated: Vec<Annotated> =
        read(&environment.printed(&[&["annotate"][..], &arguments].concat()));
    for document in annotated {
        let dct = document.dct.unwrap();
        assert_eq!(dct.day.as_deref(), Some("2016-11-03"));
        assert_eq!((&dct.day, &dct.day), (&dct.earliest, &dct.latest));
        assert!((dct.confidence - 1.0).abs() < f64::EPSILON);
        for clue in dct.basis {
            assert!(!clue.rule.is_empty() && clue.weight.is_finite());
            assert_eq!(clue.start.is_some(), clue.end.is_some());
            assert!(clue.start.is_some() || clue.text.is_empty() || !clue.rule.is_empty());
        }
    }
    let timeline: Vec<Bucket> =
        read(&environment.printed(&[&["timeline"][..], &arguments].concat()));
    assert_eq!(timeline.len(), 1);
    assert_eq!(timeline[0].articles, 10);
    let languages = timeline[0].languages.as_ref().unwrap();
    assert_eq!(
        (languages.de, languages.en, languages.ar, languages.other),
        (10, 0, 0, 0)
    );
}

#[test]
fn the_timeline_adds_up() {
    let environment = Environment::new();
    environment
        .document("a.jsonl", "{\"id\":\"a\",\"date\":\"2016-10-31\",\"text\":\"Erster Satz über die Brücke. Zweiter Satz.\"}\n{\"id\":\"b\",\"date\":\"2016-11-01\",\"text\":\"One sentence about the bridge. Another one.\"}\n")
        .document("c.jsonl", "{\"id\":\"c\",\"date\":\"2016-12-24\",\"text\":\"A late sentence about the bridge.\"}\n{\"id\":\"d\",\"text\":\"Without any day at all, this text.\"}\n");
    let timeline = |arguments: &[&str]| -> Vec<Bucket> {
        read(&environment.printed(&[&["timeline", "news"], arguments].concat()))
    };
    let rows = |buckets: &[Bucket]| -> Vec<(String, String, u32)> {
        buckets
            .iter()
            .map(|bucket| {
                let day = |day: &Option<String>| day.clone().unwrap_or_default();
                (day(&bucket.from), day(&bucket.to), bucket.articles)
            })
            .collect()
    };
    let row = |from: &str, to: &str, articles| (from.to_owned(), to.to_owned(), articles);
    for (arguments, expected) in [
        (
            &[][..],
            vec![
                row("2016-10-31", "2016-10-31", 1),
                row("2016-11-01", "2016-11-01", 1),
                row("2016-12-24", "2016-12-24", 1),
                row("", "", 1),
            ],
        ),
        (
            &["--zoom", "week"],
            vec![
                row("2016-10-31", "2016-11-06", 2),
                row("2016-12-19", "2016-12-25", 1),
                row("", "", 1),
            ],
        ),
        (
            &["--zoom", "year"],
            vec![row("2016-01-01", "2016-12-31", 3), row("", "", 1)],
        ),
        (
            &["--from", "2016-11"],
            vec![
                row("2016-11-01", "2016-11-01", 1),
                row("2016-12-24", "2016-12-24", 1),
            ],
        ),
        (
            &["--from", "2016-11", "--to", "2016-11"],
            vec![row("2016-11-01", "2016-11-01", 1)],
        ),
        (
            &["--to", "2016-10-31"],
            vec![row("2016-10-31", "2016-10-31", 1)],
        ),
    ] {
        assert_eq!(rows(&timeline(arguments)), expected, "{arguments:?}");
    }
    let shown: Vec<Shown> = read(&environment.printed(&["show", "news"]));
    for bucket in timeline(&[]) {
        let Some(lead) = bucket.lead else {
            assert_eq!(bucket.from, None);
            continue;
        };
        let document = shown.iter().find(|shown| shown.id == lead.id).unwrap();
        assert_eq!(code_points(&document.text, lead.start, lead.end), lead.text);
        assert!(
            lead.text.ends_with('.') && !lead.text.contains(". "),
            "{}",
            lead.text
        );
    }
}

#[test]
fn days_that_are_mentioned_are_counted_by_article_and_by_mention() {
    let environment = Environment::new();
    let arguments = ["--sample", "--by", "mentioned", "--dct", "2016-11-03"];
    let printed = environment.printed(&[&["timeline"][..], &arguments].concat());
    let buckets: Vec<Bucket> = read(&printed);
    let dated = buckets.iter().filter(|bucket| bucket.from.is_some());
    for bucket in dated.clone() {
        let languages = bucket.languages.as_ref().unwrap();
        let articles = languages.en + languages.de + languages.ar + languages.other;
        assert_eq!(articles, bucket.articles, "{bucket:?}");
        assert!(
            bucket.articles > 0 && bucket.mentions >= bucket.articles,
            "{bucket:?}"
        );
    }
    assert!(dated.clone().count() > 10, "{printed}");
    let mut days = dated.clone().filter(|bucket| bucket.kind == "days");
    let first = days.next().unwrap();
    days.fold(first, |before, bucket| {
        assert!(before.to < bucket.from, "{before:?} {bucket:?}");
        bucket
    });
    let intervals: Vec<String> = dated
        .clone()
        .filter(|bucket| bucket.kind == "interval")
        .map(|bucket| {
            assert!(bucket.from < bucket.to, "{bucket:?}");
            let end = |day: &Option<String>| day.clone().unwrap();
            format!("{}/{}", end(&bucket.from), end(&bucket.to))
        })
        .collect();
    for bucket in dated.filter(|bucket| bucket.kind == "days") {
        let (from, to) = (bucket.from.as_ref().unwrap(), bucket.to.as_ref().unwrap());
        let touching = intervals.iter().filter(|interval| {
            let (first, last) = interval.split_once('/').unwrap();
            first <= to.as_str() && from.as_str() <= last
        });
        assert!(touching.eq(&bucket.intervals), "{bucket:?}");
    }
    assert!(!intervals.is_empty());
    for bucket in buckets.iter().rev().skip(1) {
        assert!(bucket.from.is_some(), "only the last row is without a day");
    }
}

#[test]
fn sentences_of_the_timeline_are_where_they_say() {
    let environment = Environment::new();
    let shown: Vec<Shown> = read(&environment.printed(&["show", "--sample"]));
    for by in ["published", "mentioned"] {
        let arguments = ["timeline", "--sample", "--by", by, "--sentences", "4"];
        let buckets: Vec<Bucket> = read(&environment.printed(&arguments));
        let sentences: Vec<_> = buckets
            .iter()
            .flat_map(|bucket| &bucket.sentences)
            .collect();
        assert!(sentences.len() > 20, "{by}: {}", sentences.len());
        for sentence in sentences {
            let document = shown.iter().find(|shown| shown.id == sentence.id).unwrap();
            assert_eq!(document.path, sentence.path);
            assert_eq!(document.language, sentence.language);
            let text = code_points(&document.text, sentence.start, sentence.end);
            assert_eq!(text, sentence.text);
            let [start, end] = sentence.bytes;
            assert_eq!(document.text.get(start..end), Some(sentence.text.as_str()));
            assert!(!sentence.why.is_empty());
            assert!(sentence.alike.iter().all(|other| *other != sentence.id));
            assert!(sentence.names.iter().all(|name| !name.is_empty()));
        }
        assert!(buckets.iter().all(|bucket| bucket.sentences.len() <= 4));
        let none = environment.printed(&["timeline", "--sample", "--by", by, "--sentences", "0"]);
        let none: Vec<Bucket> = read(&none);
        assert_eq!(none.len(), buckets.len());
        assert!(none.iter().all(|bucket| bucket.sentences.is_empty()));
    }
}

#[test]
fn without_inferred_days_nothing_leans_on_one() {
    let environment = Environment::new();
    // the day of the first is inferred from the message that it quotes, the second's is stated
    environment
        .document("a.txt", "قال الخميس إن الجيش تقدم\n— الاعلام الحربي (@C_Military1) November 3, 2016\nوأضاف أن المعارك استمرت.\n")
        .document("b.jsonl", "{\"id\":\"b\",\"date\":\"2016-11-04\",\"text\":\"The army said on Thursday that it advanced.\"}\n");
    let listed = |switch: &str| -> Vec<Listed> {
        read(&environment.printed(&["list", "news", "--sort", "path", "--inferred", switch]))
    };
    let annotated = |switch: &str| -> Vec<Annotated> {
        read(&environment.printed(&["annotate", "news", "--inferred", switch]))
    };
    let timeline = |by: &str, switch: &str| -> Vec<Bucket> {
        let arguments = ["timeline", "news", "--by", by, "--inferred", switch];
        read(&environment.printed(&arguments))
    };
    assert_eq!(listed("on")[0].basis.as_deref(), Some("inferred"));
    assert_eq!(listed("off")[0].basis, None);
    assert_eq!(listed("off")[0].day, None);
    assert_eq!(listed("off")[1].day.as_deref(), Some("2016-11-04"));

    let dct = annotated("on").remove(0).dct.unwrap();
    assert_eq!(dct.known, "inferred");
    assert_eq!(Some(&dct.candidates[0].day), dct.day.as_ref());
    assert!((dct.candidates[0].confidence - dct.confidence).abs() < 1e-9);
    assert!(
        annotated("on")[0]
            .timexes
            .iter()
            .any(|t| t.basis == "inferred")
    );
    let off = annotated("off");
    assert!(off[0].dct.is_none());
    let timexes = off.iter().flat_map(|one| &one.timexes);
    assert!(timexes.clone().all(|timex| timex.basis != "inferred"));
    assert!(
        timexes.clone().any(|t| t.basis == "stated")
            && timexes.clone().any(|t| t.basis == "resolved")
    );

    let days = |rows: &[Bucket]| -> Vec<(Option<String>, u32, Option<String>)> {
        rows.iter()
            .map(|row| (row.from.clone(), row.articles, row.basis.clone()))
            .collect()
    };
    let row = |day: Option<&str>, articles, basis: Option<&str>| {
        (day.map(str::to_owned), articles, basis.map(str::to_owned))
    };
    assert_eq!(
        days(&timeline("published", "on")),
        [
            row(Some("2016-11-03"), 1, Some("inferred")),
            row(Some("2016-11-04"), 1, Some("stated")),
        ]
    );
    assert_eq!(
        days(&timeline("published", "off")),
        [
            row(Some("2016-11-04"), 1, Some("stated")),
            row(None, 1, None),
        ]
    );
    let mentioned = timeline("mentioned", "off");
    assert!(
        mentioned
            .iter()
            .all(|row| row.basis.as_deref() != Some("inferred"))
    );
}

#[test]
fn entities_count_what_annotations_hold() {
    let environment = Environment::new();
    for filter in ["", "lang:en", "lang:ar"] {
        let arguments = ["--sample", "--filter", filter];
        let output = environment.run(&[&["entities"][..], &arguments].concat());
        let printed = String::from_utf8(output.get_output().stdout.clone()).unwrap();
        let counted: Vec<Counted> = read(&printed);
        let annotated: Vec<Annotated> =
            read(&environment.printed(&[&["annotate"][..], &arguments].concat()));
        let mut expected: BTreeMap<(String, String), (u32, u32)> = BTreeMap::new();
        for document in &annotated {
            let mut here = BTreeSet::new();
            for mention in &document.mentions {
                let name = (mention.kind.clone(), mention.entity.clone());
                expected.entry(name.clone()).or_default().1 += 1;
                here.insert(name);
            }
            for name in here {
                expected.entry(name).or_default().0 += 1;
            }
        }
        assert_eq!(counted.len(), expected.len(), "{filter}");
        for entity in counted {
            assert!(entity.first <= entity.last, "{}", entity.key);
            for spelling in entity.reasons.values().flat_map(BTreeMap::keys) {
                let known = |of: &BTreeMap<String, u32>| of.contains_key(spelling);
                assert!(
                    entity.spellings.values().any(known),
                    "a reason for {spelling}"
                );
            }
            for candidate in &entity.candidates {
                assert!((0.0..=1.0).contains(&candidate.confidence));
                let said = [&candidate.key, &candidate.kind, &candidate.why];
                assert!(said.iter().all(|text| !text.is_empty()), "{candidate:?}");
            }
            let name = (entity.kind.clone(), entity.key.clone());
            assert_eq!(
                expected.get(&name),
                Some(&(entity.documents, entity.mentions)),
                "{name:?} {filter}"
            );
            let spelt: u32 = entity
                .spellings
                .values()
                .flat_map(|words| words.values())
                .sum();
            assert_eq!(spelt, entity.mentions, "{name:?}");
            for (language, spellings) in &entity.spellings {
                let reasons = &entity.reasons[language];
                assert!(spellings.keys().eq(reasons.keys()), "{name:?} {language}");
                assert!(reasons.values().all(|reason| !reason.is_empty()));
            }
            assert_eq!(entity.reasons.len(), entity.spellings.len());
            assert_eq!(entity.first.is_some(), entity.last.is_some());
            for day in [&entity.first, &entity.last].into_iter().flatten() {
                assert!(is_day(day), "{day}");
            }
            assert!(entity.first <= entity.last, "{name:?}");
            for candidate in &entity.candidates {
                assert_ne!(
                    (&candidate.kind, &candidate.key),
                    (&entity.kind, &entity.key)
                );
                assert!((0.0..0.95).contains(&candidate.confidence) && !candidate.why.is_empty());
            }
        }
    }
}

#[test]
fn tables_hold_nothing_that_steers_a_terminal() {
    let environment = Environment::new();
    environment.document(
        "a.jsonl",
        "{\"id\":\"1\\u009b\",\"title\":\"T\\u001b]0;x\\u0007\\u202eA\",\"text\":\"Aleppo\\u001b[2J on 4 November 2016\\u2028\\u200f.\\nحلب\\n\"}\n",
    );
    for command in ["list", "show", "annotate", "entities", "timeline"] {
        let output = environment.run(&[command, "news", "--table"]);
        let printed = String::from_utf8(output.get_output().stdout.clone()).unwrap();
        let steering = |c: char| {
            (c.is_control() && c != '\n')
                || ('\u{200e}'..='\u{200f}').contains(&c)
                || ('\u{2028}'..='\u{202e}').contains(&c)
        };
        assert!(!printed.chars().any(steering), "{command}: {printed:?}");
        assert!(command == "entities" || !printed.is_empty(), "{command}");
    }
    let listed = environment.printed(&["list", "news", "--table"]);
    assert_eq!(listed.lines().count(), 2, "{listed}");
    assert!(listed.starts_with("DAY"), "{listed}");
}

#[test]
fn weekdays_alone_are_no_day() {
    let environment = Environment::new();
    environment.document("a.txt", "Rebels said on Friday that fighting went on.\n");
    let annotated: Vec<Annotated> = read(&environment.printed(&["annotate", "news"]));
    assert!(annotated[0].dct.is_none());
    let listed: Vec<Listed> = read(&environment.printed(&["list", "news"]));
    assert_eq!((&listed[0].day, &listed[0].basis), (&None, &None));
}

#[test]
fn a_file_is_called_as_it_was_named() {
    let environment = Environment::new();
    environment.document("a.txt", "Rebels left Aleppo.\n");
    let whole = environment.news().join("a.txt");
    for (argument, path) in [
        (whole.to_str().unwrap(), "a.txt"),
        ("news/a.txt", "news/a.txt"),
    ] {
        let listed: Vec<Listed> = read(&environment.printed(&["list", argument]));
        assert_eq!(listed[0].path, path);
    }
}

#[test]
fn the_samples_days_are_those_of_its_table() {
    let environment = Environment::new();
    let table = std::fs::read_to_string("assets/sample/README.md").unwrap();
    let listed: Vec<Listed> = read(&environment.printed(&["list", "--sample"]));
    let undated = listed.iter().filter(|article| article.day.is_none());
    assert!((8..=16).contains(&undated.count()));
    for article in &listed {
        let row = format!("| `{}` | ", article.path);
        let rest = table.split(&row).nth(1).unwrap();
        if let Some(day) = &article.day {
            assert!(rest.starts_with(day), "{}: {day}", article.path);
        }
    }
}
