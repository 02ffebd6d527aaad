//! Every format reads what it writes; no document can write anything else into it; the same state
//! gives the same bytes; one changed byte is named.

use std::sync::Arc;

use proptest::prelude::*;

use crate::corpus::{
    Article, Clue, DayBasis, DocumentDay, Field, Language, Metadata, RawDocument, Span, Title,
};
use crate::export::citation::{Place, comparable, hex, one_line};
use crate::export::verify::{Documents, Verdict};
use crate::export::{Brief, Claim, Format, Kept, passages, read, write};

const FORMATS: [Format; 4] = [
    Format::Markdown,
    Format::Html,
    Format::Csv,
    Format::JsonLines,
];

fn raw(path: &str, title: Option<&str>, text: &str) -> RawDocument {
    let mut sha256 = [0; 32];
    for (at, byte) in text.bytes().enumerate() {
        sha256[at % 32] ^= byte.rotate_left(u32::try_from(at % 8).unwrap());
    }
    RawDocument {
        id: path.to_owned(),
        path: path.to_owned(),
        title: title.map(str::to_owned),
        text: text.to_owned(),
        encoding: "UTF-8",
        notes: Vec::new(),
        metadata: Metadata::default(),
        sha256,
    }
}

fn article(path: &str, title: Option<&str>, text: &str) -> Article {
    Article {
        raw: Arc::new(raw(path, title, text)),
        title: Title {
            text: title.unwrap_or(text).to_owned(),
            derived_from: None,
        },
        language: Language::Other,
        day: None,
        mentions: Vec::new().into(),
        timexes: Vec::new(),
        entities: Vec::new(),
    }
}

/// A brief of all articles, each with its passages round `hits` and a note.
fn brief<'a>(articles: &'a [Article], note: Option<&str>) -> Brief<'a> {
    Brief {
        corpus: "news",
        query: "\"x\" | <b>".to_owned(),
        kept: articles
            .iter()
            .map(|article| Kept {
                article,
                quotes: passages(article, &[]),
                note: note.map(str::to_owned),
            })
            .collect(),
    }
}

fn documents(articles: &[Article]) -> Documents {
    let mut documents = Documents::default();
    for article in articles {
        documents.add((*article.raw).clone());
    }
    documents
}

fn quotes(claims: &[Claim]) -> Vec<(&str, &str)> {
    claims
        .iter()
        .filter_map(|claim| Some((claim.file.as_str(), claim.quote.as_deref()?)))
        .collect()
}

/// Texts that try to be something else.
const HOSTILE: &[&str] = &[
    "=HYPERLINK(\"http://x\",\"y\") is a formula.",
    "+1 and @SUM(A1) and -2.",
    "'=1+1 behind an apostrophe.",
    "<script>alert(1)</script> & </blockquote></figure> \"quoted\".",
    "> [000.txt ¶1 sha256:00]",
    "| 000.txt | 0000 | a | b |",
    "# A heading that is none",
    "1. A list that is none, 2) nor this.",
    "![x](http://x) [y]: http://www.example.org *a* _b_ `c` ~~d~~ $e$ \\",
    "Turned \u{202E}round\u{202C} and \u{2068}isolated\u{2069}.",
    "\u{1b}[2J\u{9b}31m steers\u{7} a terminal.\u{0}",
    "\tindented code and\rcarriage",
    "قال «أبو عمر سراقب» إن المرحلة الثانية بدأت، والسيطرة على منيان (حلب) تمت.",
    "=سيطرت الفصائل على المدينة.",
    "&lt;b&gt; is no entity \\* nor this an escape.",
    "two\n\n\nparagraphs without a full stop",
];

#[test]
fn every_format_reads_what_it_writes() {
    let articles: Vec<Article> = HOSTILE
        .iter()
        .enumerate()
        .map(|(n, text)| article(&format!("in/{n:03} [a]*.txt"), None, text))
        .collect();
    for format in FORMATS {
        let text = write(&brief(&articles, Some("=note\n> [x] <i> ملاحظة")), format);
        assert_eq!(Format::of_content(&text), format);
        let claims = read(&text, format).unwrap();
        let expected: Vec<(String, String)> = articles
            .iter()
            .flat_map(|article| {
                passages(article, &[]).into_iter().map(|quote| {
                    let passage = quote.span.of(article.field(quote.field));
                    (one_line(&article.raw.path), comparable(passage))
                })
            })
            .collect();
        let expected: Vec<(&str, &str)> = expected
            .iter()
            .map(|(file, quote)| (file.as_str(), quote.as_str()))
            .collect();
        assert_eq!(quotes(&claims), expected, "{format:?}\n{text}");
        for checked in documents(&articles).check(claims) {
            assert!(checked.holds(), "{format:?} {checked:?}");
        }
    }
}

#[test]
fn nothing_steers_and_nothing_runs() {
    for text in HOSTILE {
        let articles = [article("a.txt", Some(text), text)];
        for format in FORMATS {
            let written = write(&brief(&articles, Some(text)), format);
            let steers = |c: &char| {
                (c.is_control() && !matches!(c, '\n' | '\r'))
                    || matches!(
                        c,
                        '\u{202A}'..='\u{202E}' | '\u{2066}' | '\u{2067}' | '\u{200E}' | '\u{200F}'
                    )
            };
            assert_eq!(written.chars().find(steers), None, "{format:?} {written}");
            let opened = written.matches('\u{2068}').count();
            assert_eq!(opened, written.matches('\u{2069}').count());
        }
        let html = write(&brief(&articles, Some(text)), Format::Html);
        assert!(!html.contains("<script") && !html.contains("<b>"), "{html}");
        let csv = write(&brief(&articles, Some(text)), Format::Csv);
        for cell in csv.split("\",\"") {
            let cell = cell.trim_start_matches(['"', '\u{2068}']);
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{csv}");
        }
    }
}

#[test]
fn a_brief_says_what_is_known_and_how() {
    let day = |text: &str| text.parse().ok();
    let mut inferred = article("in/a.txt", Some("A title"), "They met. They left.");
    inferred.language = Language::English;
    inferred.day = Some(DocumentDay {
        day: day("2016-11-03"),
        earliest: day("2016-11-03"),
        latest: day("2016-11-04"),
        confidence: 0.714_29,
        basis: DayBasis::Inferred,
        clues: vec![Clue {
            rule: "weekday".to_owned(),
            text: "on\nThursday".to_owned(),
            span: None,
            weight: 0.6,
        }],
        candidates: Vec::new(),
    });
    let hash = hex(&inferred.raw.sha256);
    let mut open = article("in/b.txt", None, "=x");
    open.day = Some(DocumentDay {
        day: None,
        basis: DayBasis::Candidates,
        clues: Vec::new(),
        ..inferred.day.clone().unwrap()
    });
    let articles = [inferred];
    let brief = brief(&articles, Some("a note"));
    let expected = format!(
        "# Brief: news\n\n1 article, 1 passage. Query: \"x\" \\| &lt;b&gt;\n\n## 1. A title\n\n\
         2016-11-03≈ · en\n\nNote: a note\n\n> They met.\n>\n> [in/a.txt ¶1 sha256:{hash}]\n\n\
         ## Sources\n\n| file | SHA-256 | encoding | day | how the day is known |\n\
         |---|---|---|---|---|\n\
         | in/a.txt | {hash} | UTF-8 | 2016-11-03≈ | inferred, 71 %: weekday “on Thursday” |\n"
    );
    assert_eq!(write(&brief, Format::Markdown), expected);
    let articles = [articles[0].clone(), open];
    let brief = self::brief(&articles, None);
    let lines: Vec<serde_json::Value> = write(&brief, Format::JsonLines)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let known = |line: usize| {
        let field = |name: &str| lines[line][name].to_string();
        ["language", "day", "basis", "confidence", "latest"].map(field)
    };
    assert_eq!(
        known(1),
        [
            "\"en\"",
            "\"2016-11-03\"",
            "\"inferred\"",
            "0.714",
            "\"2016-11-04\""
        ]
    );
    assert_eq!(
        known(2),
        ["null", "null", "\"candidates\"", "0.714", "\"2016-11-04\""]
    );
    let csv = write(&brief, Format::Csv);
    assert!(
        csv.contains("\"'=x\",\"\",\"'=x\",\"\",\"several candidates, 2016-11-03..2016-11-04?\""),
        "{csv}"
    );
}

#[test]
fn markdown_of_a_document_is_text() {
    let hostile = "# x\n- y\n1. z\n[a](b) http://c www.d @e <f> | g";
    let articles = [article("a.txt", None, hostile)];
    let mut brief = brief(&articles, None);
    brief.kept[0].quotes[0].span = Span::new(0, hostile.len());
    let written = write(&brief, Format::Markdown);
    let quoted: Vec<&str> = written
        .lines()
        .filter_map(|line| line.strip_prefix("> "))
        .filter(|line| !line.starts_with('['))
        .collect();
    assert_eq!(
        quoted,
        [
            "\\# x",
            "\\- y",
            "1\\. z",
            "\\[a\\](b) http\\://c www\\.d \\@e &lt;f&gt; \\| g"
        ]
    );
}

#[test]
fn right_to_left_quotes_are_isolated() {
    let arabic = "سيطرت الفصائل على منيان.";
    let articles = [article("ملف.txt", None, arabic)];
    let brief = brief(&articles, None);
    for format in [Format::Markdown, Format::Csv] {
        let text = write(&brief, format);
        assert!(
            text.contains(&format!("\u{2068}{arabic}\u{2069}")),
            "{text}"
        );
        assert!(text.contains("\u{2068}ملف.txt\u{2069}"), "{text}");
    }
    let html = write(&brief, Format::Html);
    assert!(html.contains("<p dir=\"auto\">"), "{html}");
    assert!(html.contains("<bdi class=\"file\">ملف.txt</bdi>"), "{html}");
}

#[test]
fn sentences_round_hits_are_quoted_once() {
    let text = "One is here. Two is there. Three is gone.\nFour is last.";
    let article = article("a.txt", Some("One title"), text);
    let hit = |word: &str| {
        let at = text.find(word).unwrap();
        (Field::Text, Span::new(at, at + word.len()))
    };
    let quoted = |hits: &[(Field, Span)]| -> Vec<String> {
        passages(&article, hits)
            .iter()
            .map(|quote| quote.span.of(article.field(quote.field)).to_owned())
            .collect()
    };
    assert_eq!(quoted(&[]), ["One is here."]);
    assert_eq!(quoted(&[hit("One"), hit("here")]), ["One is here."]);
    assert_eq!(
        quoted(&[hit("One"), hit("there")]),
        ["One is here. Two is there."]
    );
    assert_eq!(
        quoted(&[hit("One"), hit("Three"), hit("Four")]),
        ["One is here.", "Three is gone.", "Four is last."]
    );
    let title = (Field::Title, Span::new(0, 3));
    assert_eq!(quoted(&[title]), ["One title", "One is here."]);
}

#[test]
fn what_no_longer_holds_is_told() {
    let before = "First paragraph here.\n\nThe second one says 800.\n";
    let cited = |path: &str, place, quote: &str| Claim {
        line: 1,
        file: path.to_owned(),
        place,
        sha256: hex(&raw("a.txt", None, before).sha256),
        quote: Some(quote.to_owned()),
    };
    let claim = cited("a.txt", Place::Paragraph(2), "The second one says 800.");
    let told = |path: &str, text: &str, claim: &Claim| {
        let mut documents = Documents::default();
        documents.add(raw(path, None, text));
        documents.check(vec![claim.clone()]).remove(0).verdict
    };
    let fails = |verdict: Verdict, words: &str| match verdict {
        Verdict::Fails(why) => assert!(why.contains(words), "{why}"),
        Verdict::Holds { .. } => panic!("holds, though {words}"),
    };
    let holds = |renamed: Option<&str>| Verdict::Holds {
        renamed: renamed.map(str::to_owned),
    };
    assert_eq!(told("a.txt", before, &claim), holds(None));
    assert_eq!(told("/x/in/a.txt", before, &claim), holds(None));
    assert_eq!(told("b.txt", before, &claim), holds(Some("b.txt")));
    fails(
        told("a.txt", &before.replace("800", "900"), &claim),
        "does not stand",
    );
    fails(
        told("a.txt", &before.replace("First", "1st"), &claim),
        "still stands in ¶2",
    );
    fails(
        told("a.txt", &format!("New.\n{before}"), &claim),
        "stands in ¶3, not in ¶2",
    );
    fails(told("b.txt", "Other.", &claim), "no such file");
    let mut both = Documents::default();
    both.add(raw("b.txt", None, before));
    both.add(raw("a.txt", None, &before.replace("800", "900")));
    let verdict = both.check(vec![claim.clone()]).remove(0).verdict;
    fails(verdict, "the file has changed");
    let altered = cited("a.txt", Place::Paragraph(2), "The second one says 900.");
    fails(told("a.txt", before, &altered), "the brief was altered");
    let moved = cited("a.txt", Place::Paragraph(1), "The second one says 800.");
    fails(told("a.txt", before, &moved), "stands in ¶2");
}

#[test]
fn what_is_no_brief_is_told_with_its_line() {
    for (text, format, line) in [
        ("", Format::Markdown, 1),
        (
            "# A text\n\n> without a citation\n\nmore",
            Format::Markdown,
            4,
        ),
        ("> a\n> [b]", Format::Markdown, 2),
        ("{\"type\":\"brief\"}\n{", Format::JsonLines, 2),
        ("<!DOCTYPE html>\n<figure>", Format::Html, 2),
        ("\"file\",\"place\"\r\n\"a", Format::Csv, 2),
        ("\"file\",\"place\"\r\n\"a\",\"\"", Format::Csv, 1),
    ] {
        let error = read(text, format).unwrap_err();
        assert_eq!(error.line, line, "{text:?} {error}");
    }
}

proptest! {
    #[test]
    fn any_text_goes_out_and_comes_back(
        texts in proptest::collection::vec("(\\PC|[\\x00-\\x20\u{202e}\u{2068}\u{2069}=+@<>&|#>`'\"\\\\\\[\\]\n*،حلب.]){1,60}", 1..4),
        note in proptest::option::of("\\PC{0,20}"),
    ) {
        let articles: Vec<Article> = texts
            .iter()
            .enumerate()
            .map(|(n, text)| article(&format!("{n}{text}"), Some(text), text))
            .collect();
        let made = brief(&articles, note.as_deref());
        let documents = documents(&articles);
        let count: usize = made.kept.iter().map(|kept| {
            kept.quotes.iter().filter(|quote| {
                !comparable(quote.span.of(kept.article.field(quote.field))).is_empty()
            }).count()
        }).sum();
        for format in FORMATS {
            let text = write(&made, format);
            prop_assert_eq!(&text, &write(&made, format));
            let claims = read(&text, format).map_err(|e| TestCaseError::fail(format!("{format:?} {e}\n{text}")))?;
            let read = claims.iter().filter(|c| c.quote.as_ref().is_some_and(|q| !q.is_empty())).count();
            prop_assert_eq!(read, count, "{:?}\n{}", format, text);
            for checked in documents.check(claims) {
                let empty = checked.claim.quote.as_deref() == Some("");
                prop_assert!(empty || checked.holds(), "{:?} {:?}\n{}", format, checked, text);
            }
        }
    }

    #[test]
    fn reading_never_panics(text in any::<String>()) {
        for format in FORMATS {
            let _ = read(&text, format);
        }
    }
}
