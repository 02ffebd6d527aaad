//! The shared corpora, where they are at hand: encodings, languages and titles of real news.

use std::path::{Path, PathBuf};

use encoding_rs::{ISO_8859_6, WINDOWS_1252, WINDOWS_1256};
use khabar::annotate::language::identify;
use khabar::annotate::title::title_of;
use khabar::corpus::Language;
use khabar::ingest::encoding::decode;

use crate::read;

/// A part of the shared material, `None` (and a printed note) where it is not at hand.
fn shared(part: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/corpora")
        .join(part);
    if path.exists() {
        Some(path)
    } else {
        eprintln!("left out: {part} is not at hand");
        None
    }
}

fn manifest(path: &Path) -> Vec<serde_json::Value> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The same text up to canonical equivalence and line ends: the manifest has neither the CRLF nor
/// the decomposed letters that some of the files have.
fn comparable(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.replace("\r\n", "\n").nfc().collect()
}

#[test]
fn messy_files_decode_exactly() {
    let Some(folder) = shared("messy") else {
        return;
    };
    let (documents, _) = read(&folder.join("files"));
    let mut wrong = Vec::new();
    let mut count = 0;
    for row in manifest(&folder.join("manifest.jsonl")) {
        let file = row["file"].as_str().unwrap();
        let Some(expected) = row["expected_text_utf8"].as_str() else {
            continue;
        };
        count += 1;
        let Some(document) = documents.iter().find(|d| d.path == file) else {
            wrong.push(format!("{file}: not read"));
            continue;
        };
        let encoding = row["encoding"].as_str().unwrap();
        // the body follows the title's line; the file of two encodings has another text behind it
        let expected = comparable(expected);
        let (_, body) = expected.split_once('\n').unwrap();
        let text = comparable(&document.text);
        let right = match encoding {
            _ if encoding.starts_with("mixed") => {
                text.starts_with(body) && !text.contains('\u{FFFD}')
            }
            // left as decoded, with a note
            _ if encoding.starts_with("mojibake") => {
                document.encoding == "UTF-8"
                    && document.notes.iter().any(|n| n.contains("once read"))
            }
            _ => text == expected,
        };
        if !right {
            wrong.push(format!(
                "{file}: {encoding} as {} {:?}",
                document.encoding, document.notes
            ));
        }
    }
    assert_eq!(count, 28);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn messy_files_are_all_accounted_for() {
    let Some(folder) = shared("messy") else {
        return;
    };
    let (documents, unreadable) = read(&folder.join("files"));
    let mut listed: Vec<&str> = documents.iter().map(|d| &*d.path).collect();
    listed.extend(unreadable.iter().map(|u| &*u.path));
    listed.sort_unstable();
    let mut files: Vec<String> = std::fs::read_dir(folder.join("files"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort_unstable();
    assert_eq!(listed, files);
    for bad in &unreadable {
        eprintln!("{}: {}", bad.path, bad.reason);
    }
}

/// Prints how often the language is right, and gives the share without and with the metadata.
fn languages(part: &str, all: usize) -> Option<[f64; 2]> {
    let (documents, unreadable) = read(&shared(part)?);
    assert!(unreadable.is_empty(), "{unreadable:?}");
    assert_eq!(documents.len(), all);
    Some([false, true].map(|with_hint| {
        let mut right = 0_u32;
        for document in &documents {
            let stated = document.metadata.language.as_deref();
            let expected = stated.and_then(Language::from_code).unwrap();
            let (language, sure) = identify(&document.text, stated.filter(|_| with_hint));
            if language == expected {
                right += 1;
            } else {
                let start: String = document.text.chars().take(60).collect();
                let path = document.path.rsplit('/').next().unwrap();
                eprintln!("{path}: {expected:?} as {language:?}, {sure:.2}: {start:?}");
            }
        }
        eprintln!("{part}: {right} of {all} right, metadata used: {with_hint}");
        f64::from(right) / f64::from(u32::try_from(all).unwrap())
    }))
}

#[test]
fn languages_of_mini_are_told() {
    if let Some([alone, hinted]) = languages("mini/mini.jsonl", 261) {
        assert!(alone >= 1.0, "{alone}");
        assert!(hinted >= 1.0, "{hinted}");
    }
}

#[test]
fn languages_of_mid_are_told() {
    // what is missed: wire tables of abbreviations without one English word, and a few documents
    // whose metadata is wrong
    if let Some([alone, hinted]) = languages("mid/mid.jsonl.zst", 14_278) {
        assert!(alone >= 0.99, "{alone}");
        assert!(hinted >= 0.999, "{hinted}");
    }
}

#[test]
fn titles_of_mini_are_found_in_its_texts() {
    let (Some(texts), Some(records)) = (shared("mini/txt"), shared("mini/mini.jsonl")) else {
        return;
    };
    let (documents, _) = read(&texts);
    let records = manifest(&records);
    assert_eq!(documents.len(), records.len());
    let mut wrong = Vec::new();
    for record in records {
        let file = record["filename"].as_str().unwrap();
        let document = documents.iter().find(|d| d.path == file).unwrap();
        let expected = record["title"].as_str().unwrap();
        let expected: Vec<&str> = expected.split_whitespace().collect();
        let title = title_of(document);
        assert!(title.derived_from.is_some());
        if title.text != expected.join(" ") {
            wrong.push(format!("{expected:?}\n  {:?}", title.text));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// How many of the texts come back from a legacy encoding as they went in.
fn round_trips(encoding: &'static encoding_rs::Encoding, texts: &[String]) -> (Vec<String>, u32) {
    let mut all = 0_u32;
    let mut wrong = Vec::new();
    for text in texts {
        let (bytes, _, unmappable) = encoding.encode(text);
        // what is ASCII, or UTF-8 once more (the text was encoded twice), tells nothing
        if unmappable || std::str::from_utf8(&bytes).is_ok() {
            continue;
        }
        all += 1;
        let decoded = decode(bytes.into_owned());
        if decoded.text != *text {
            let start: String = text.chars().take(60).collect();
            wrong.push(format!(
                "{} as {}: {start}",
                encoding.name(),
                decoded.encoding
            ));
        }
    }
    let name = encoding.name();
    eprintln!("{name}: {} of {all} wrong", wrong.len());
    (wrong, all)
}

#[test]
fn headlines_in_legacy_encodings_are_told() {
    let Some(records) = shared("mid/mid.jsonl.zst") else {
        return;
    };
    let (documents, _) = read(&records);
    let titles: Vec<String> = documents.into_iter().filter_map(|d| d.title).collect();
    for (encoding, at_least) in [
        (WINDOWS_1256, 0.998),
        (ISO_8859_6, 0.998),
        (WINDOWS_1252, 0.998),
    ] {
        let (wrong, all) = round_trips(encoding, &titles);
        assert!(all > 500, "{all}");
        let share = 1.0 - f64::from(u32::try_from(wrong.len()).unwrap()) / f64::from(all);
        assert!(share >= at_least, "{share}\n{}", wrong.join("\n"));
    }
}
