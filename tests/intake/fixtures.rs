//! Fixtures of our own: every encoding and format, and what is wrong with them.

use std::path::{Path, PathBuf};

use khabar::corpus::{RawDocument, Unreadable};
use khabar::ingest::Source;

use crate::{read, read_source};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/intake")
}

fn document(path: &str) -> RawDocument {
    let (documents, unreadable) = read(&folder());
    let found = documents.into_iter().find(|d| d.path == path);
    found.unwrap_or_else(|| panic!("{path} was not read: {unreadable:?}"))
}

const ARABIC: &str = "المدينة الهادئة: عودة السوق القديم\n\
    أعلن مجلس البلدية يوم الأحد أن السوق القديم سيفتح أبوابه من جديد؛ وقال التجار: «نحن سعداء».\n";
const GERMAN: &str = "Brücke über den Fluss wieder geöffnet\n\
    Nach drei Jahren fahren die Züge wieder. „Größere Verspätungen“ – so der Sprecher – gebe es \
    nicht mehr.\n";
const ENGLISH: &str = "Old bridge reopens\nThe mayor said: “It took us three years.”\n";

/// `note` is a part of the document's notes, "" for a document without any.
fn check(path: &str, encoding: &str, text: &str, note: &str) {
    let document = document(path);
    assert_eq!(document.text, text, "{path}");
    assert_eq!(document.encoding, encoding, "{path}");
    let notes = document.notes.join(" ");
    assert_eq!(notes.is_empty(), note.is_empty(), "{path}: {notes}");
    assert!(notes.contains(note), "{path}: {notes}");
}

#[test]
fn every_encoding_gives_the_same_text() {
    let latin = "Brücke über den Fluss wieder geöffnet\n\
        Nach drei Jahren fahren die Züge wieder, größere Verspätungen gebe es nicht.\n";
    let straight = ARABIC.replace(['«', '»'], "\"");
    let table = [
        ("ar-utf-8.txt", "UTF-8", ARABIC, ""),
        ("ar-utf-8-bom.txt", "UTF-8", ARABIC, ""),
        ("ar-utf-16le-bom.txt", "UTF-16LE", ARABIC, ""),
        ("ar-utf-16be-bom.txt", "UTF-16BE", ARABIC, ""),
        (
            "ar-utf-16le.txt",
            "UTF-16LE",
            ARABIC,
            "without a byte order mark",
        ),
        (
            "ar-utf-16be.txt",
            "UTF-16BE",
            ARABIC,
            "without a byte order mark",
        ),
        (
            "ar-windows-1256.txt",
            "windows-1256",
            ARABIC,
            "read as windows-1256",
        ),
        (
            "ar-iso-8859-6.txt",
            "ISO-8859-6",
            &straight,
            "read as ISO-8859-6",
        ),
        (
            "de-utf-16le.txt",
            "UTF-16LE",
            GERMAN,
            "without a byte order mark",
        ),
        (
            "de-windows-1252.txt",
            "windows-1252",
            GERMAN,
            "read as windows-1252",
        ),
        (
            "de-iso-8859-1.txt",
            "windows-1252",
            latin,
            "read as windows-1252",
        ),
        (
            "en-windows-1252.txt",
            "windows-1252",
            ENGLISH,
            "no more than a guess",
        ),
        ("en-utf-32le-bom.txt", "UTF-32LE", ENGLISH, ""),
        (
            "packed.txt.zst",
            "windows-1252",
            ENGLISH,
            "no more than a guess",
        ),
    ];
    for (path, encoding, text, note) in table {
        check(path, encoding, text, note);
    }
}

#[test]
fn odd_texts_are_read_as_they_are() {
    let table = [
        ("crlf.txt", "UTF-8", &*ENGLISH.replace('\n', "\r\n"), ""),
        ("no-final-newline.txt", "UTF-8", ENGLISH.trim_end(), ""),
        (
            "two-encodings-arabic-german.txt",
            "UTF-8",
            &format!("{ARABIC}{GERMAN}"),
            "2 of 4 lines have windows-1256",
        ),
        (
            "two-encodings-german.txt",
            "UTF-8",
            &format!("{GERMAN}{GERMAN}"),
            "2 of 4 lines have windows-1252",
        ),
        (
            "nul.txt",
            "UTF-8",
            "Old bridge\0\0 reopens \u{1b}[31mred\u{1b}[0m \u{1b}]0;title\u{7} text\n",
            "2 NUL bytes",
        ),
        (
            "bidi.txt",
            "UTF-8",
            "\u{202e}egdirb\u{202c} \u{2067}الجسر\u{2069} \u{200f}123\n",
            "",
        ),
    ];
    for (path, encoding, text, note) in table {
        check(path, encoding, text, note);
    }
}

#[test]
fn damage_is_shown_and_doubt_is_noted_but_nothing_repaired() {
    let cut = document("cut-in-a-character.txt");
    assert!(cut.text.ends_with("من جدي\u{FFFD}"), "{:?}", cut.text);
    assert_eq!(cut.notes, ["1 damaged byte is shown as \u{FFFD}."]);
    let twice = document("twice-utf-8-as-1252.txt");
    assert!(twice.text.starts_with("Ø§Ù„Ù…Ø¯ÙŠÙ†Ø©"));
    assert!(
        twice
            .notes
            .join("")
            .contains("UTF-8 that was once read as windows-1252")
    );
    let twice = document("twice-1256-as-1252.txt");
    assert!(twice.text.starts_with("ÇáãÏíäÉ"));
    assert!(
        twice
            .notes
            .join("")
            .contains("windows-1256 that was once read as windows-1252")
    );
}

#[test]
fn records_become_documents() {
    let day = |d: &RawDocument| {
        d.metadata
            .published
            .clone()
            .map(|p| (p.day.to_string(), p.origin))
    };
    let stated = |day: &str, origin: &str| Some((day.to_owned(), origin.to_owned()));

    let first = document("records.jsonl:1");
    assert_eq!((&*first.id, &*first.text), ("a-1", "It took three years."));
    assert_eq!(first.title.as_deref(), Some("Old bridge reopens"));
    assert_eq!(day(&first), stated("2016-11-04", "date_publish"));
    let retrieved = first.metadata.retrieved.as_ref().unwrap();
    assert_eq!(
        (retrieved.day.to_string(), &*retrieved.origin),
        ("2016-11-05".into(), "date_download")
    );
    assert_eq!(
        first.metadata.author.as_deref(),
        Some("A. Example, B. Sample")
    );
    assert_eq!(first.metadata.source.as_deref(), Some("example.org"));
    assert_eq!(first.metadata.url.as_deref(), Some("https://example.org/1"));
    assert_eq!(first.metadata.language.as_deref(), Some("en"));

    // names in any case; "None" is empty; the day is the one written, whatever the zone
    let third = document("records.jsonl:3");
    assert_eq!(
        (&*third.id, third.title.as_deref()),
        ("records:3", Some("جسر قديم"))
    );
    assert_eq!(day(&third), stated("2016-11-04", "pubDate"));
    let sixth = document("records.jsonl:6");
    assert_eq!(
        (&*sixth.text, sixth.title.as_deref()),
        ("", Some("Only a headline"))
    );
    assert_eq!(day(&sixth), stated("2016-11-04", "timestamp"));
    let eighth = document("records.jsonl:8");
    assert_eq!(eighth.notes, ["NaN is not JSON; it was read as null."]);
    let tenth = document("records.jsonl:10");
    assert_eq!(
        (&*tenth.text, tenth.encoding),
        ("Züge fahren über die Brücke", "windows-1252")
    );

    let front = document("front-matter.md");
    assert_eq!(front.title.as_deref(), Some("Brücke: wieder offen"));
    assert_eq!(day(&front), stated("2016-11-04", "front matter: date"));
    assert!(
        front.text.starts_with("---\ntitle:"),
        "the text is the file's, unaltered"
    );
    assert_eq!(
        front.metadata.author.as_deref(),
        Some("A. Beispiel, B. Muster")
    );
    assert_eq!(front.metadata.language.as_deref(), Some("de"));

    let article = document("articles.json#1");
    assert_eq!(article.metadata.source.as_deref(), Some("Example News"));
    assert_eq!(day(&article), stated("2016-11-04", "publishedAt"));
    let message = document("telegram.json#1");
    assert_eq!((&*message.id, &*message.text), ("7", "The bridge is open."));
    let shown = document("shown.json");
    assert_eq!(
        (&*shown.id, &*shown.path, &*shown.text),
        ("77a0", "shown.json", "Züge fahren.")
    );
    assert_eq!(shown.metadata.language.as_deref(), Some("de"));
}

#[test]
fn every_shape_of_json_is_read() {
    let (documents, _) = read(&folder());
    let texts = |path: &str| -> Vec<(&str, &str)> {
        documents
            .iter()
            .filter(|d| d.path.split([':', '#']).next() == Some(path))
            .map(|d| (&*d.path, &*d.text))
            .collect()
    };
    assert_eq!(
        texts("bom-crlf.jsonl"),
        [("bom-crlf.jsonl:1", "One"), ("bom-crlf.jsonl:2", "Two")]
    );
    assert_eq!(
        texts("utf-16le.jsonl"),
        [("utf-16le.jsonl:1", "جسر"), ("utf-16le.jsonl:2", "Brücke")]
    );
    assert_eq!(
        texts("list.json"),
        [("list.json#1", "One"), ("list.json#2", "Two")]
    );
    assert_eq!(
        texts("several.json"),
        [("several.json#1", "One"), ("several.json#2", "Two")]
    );
    assert_eq!(
        texts("cut-off.json"),
        [("cut-off.json#1", "One"), ("cut-off.json#2", "Two")]
    );
    assert_eq!(texts("pretty.jsonl"), [("pretty.jsonl", "One")]);
    assert_eq!(texts("one.json"), [("one.json", "It took three years.")]);
    assert_eq!(
        texts("two-frames.jsonl.zst"),
        [
            ("two-frames.jsonl.zst:1", "One"),
            ("two-frames.jsonl.zst:2", "Two")
        ]
    );
    assert_eq!(
        texts("README"),
        [(
            "README",
            "A file without an extension is read when it is text.\n"
        )]
    );
}

#[test]
fn what_cannot_be_read_is_listed_with_its_reason() {
    let (_, unreadable) = read(&folder());
    let table = [
        ("blank.txt", "nothing but white space"),
        ("blob", "it looks like a binary file"),
        ("bom-only.txt", "nothing but white space"),
        ("cut-off.json:4", "cut off. What stands before it was read"),
        ("damaged.jsonl.zst", "Zstandard data is damaged"),
        ("empty.txt", "is empty"),
        ("list.json#3", "neither a text nor a title"),
        ("list.json#4", "Not a record"),
        ("page.html", "HTML, which is not read yet"),
        ("picture.txt", "a PNG picture"),
        ("records.jsonl:2", "cut off"),
        ("records.jsonl:5", "Not a record"),
        ("records.jsonl:7", "neither a text nor a title"),
        ("records.jsonl:9", "control character"),
    ];
    let mut listed: Vec<&Unreadable> = unreadable.iter().collect();
    listed.sort_by(|a, b| a.path.cmp(&b.path));
    let paths: Vec<&str> = listed.iter().map(|bad| &*bad.path).collect();
    assert_eq!(paths, table.map(|(path, _)| path));
    for (bad, (_, reason)) in listed.iter().zip(table) {
        assert!(bad.reason.contains(reason), "{}: {}", bad.path, bad.reason);
        assert!(
            bad.reason.ends_with('.') && !bad.reason.ends_with(".."),
            "{}",
            bad.reason
        );
    }
}

#[test]
fn standard_input_is_a_document_or_records() {
    let from = |bytes: &[u8]| {
        read_source(Source::Bytes {
            name: "-".to_owned(),
            bytes: bytes.to_vec(),
        })
    };
    let (documents, _) = from("Brücke offen\n\nText.\n".as_bytes());
    assert_eq!(
        (documents[0].path.as_str(), documents[0].id.as_str()),
        ("-", "-")
    );
    let (documents, _) = from(b"{\"text\":\"One\"}\n{\"text\":\"Two\"}\n");
    assert_eq!(documents[1].path, "-:2");
    let (documents, _) = from(b"{\n \"text\":\"One\"\n}\n");
    assert_eq!(documents[0].text, "One");
    let (documents, _) = from(b"[{\"text\":\"One\"},\n{\"text\":\"Two\"}]");
    assert_eq!(documents.len(), 2);
    let (documents, _) = from(&std::fs::read(folder().join("two-frames.jsonl.zst")).unwrap());
    assert_eq!(documents.len(), 2, "packed input is unpacked");
    let (documents, _) = from(b"{not json} but a text\n");
    assert_eq!(documents[0].text, "{not json} but a text\n");
    let (documents, unreadable) = from(b"");
    assert!(documents.is_empty());
    assert_eq!(unreadable[0].reason, "The file is empty.");
}
