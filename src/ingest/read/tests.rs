use super::*;
use crate::corpus::RawDocument;
use crate::ingest::{Source, discover};
use sha2::{Digest, Sha256};

fn read(name: &str, bytes: &[u8]) -> (Vec<RawDocument>, Vec<String>) {
    let source = Source::Bytes {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    };
    let found = discover(&[source]);
    let mut documents = Vec::new();
    let mut reasons: Vec<String> = found.unreadable.into_iter().map(|bad| bad.reason).collect();
    for input in &found.inputs {
        read_input(input, &mut |outcome| match outcome {
            Outcome::Document(document) => documents.push(*document),
            Outcome::Annotated(line) => panic!("{} was never annotated", line.path),
            Outcome::Unreadable(bad) => reasons.push(bad.reason),
        });
    }
    (documents, reasons)
}

#[test]
fn hashes_are_of_the_file_or_of_the_record() {
    let hash = |bytes: &[u8]| -> [u8; 32] { Sha256::digest(bytes).into() };
    let bytes = b"\xEF\xBB\xBFBr\xC3\xBCcke\r\n";
    assert_eq!(read("a.txt", bytes).0[0].sha256, hash(bytes));
    let lines = b"{\"text\":\"a\"}\r\n{\"text\":\"b\"}\n{\"text\":\"c\"}";
    let (documents, _) = read("a.jsonl", lines);
    assert_eq!(documents[0].sha256, hash(b"{\"text\":\"a\"}"));
    assert_eq!(documents[1].sha256, hash(b"{\"text\":\"b\"}"));
    assert_eq!(documents[2].sha256, hash(b"{\"text\":\"c\"}"));
    let list = b"[ {\"text\" : \"a\"} ]";
    assert_eq!(
        read("a.json", list).0[0].sha256,
        hash(b"{\"text\" : \"a\"}")
    );
    let one = b" {\"text\" : \"a\"}\n";
    assert_eq!(read("a.json", one).0[0].sha256, hash(one));
}

#[test]
fn ids_stand_for_the_file_and_the_record() {
    let id = |name: &str, bytes: &[u8]| read(name, bytes).0[0].id.clone();
    assert_eq!(id("news/a.b.txt", b"x"), "a.b");
    assert_eq!(id("news/report.2016", b"x"), "report.2016");
    assert_eq!(id("news/a.jsonl", b"\n{\"text\":\"x\"}"), "a:2");
    assert_eq!(id("news/a.json", b"[{\"text\":\"x\"}]"), "a#1");
    assert_eq!(id("-", b"x"), "-");
}

#[test]
fn a_flood_of_bad_lines_is_counted() {
    let (documents, reasons) = read("a.jsonl", "bad\n".repeat(1500).as_bytes());
    assert!(documents.is_empty());
    assert_eq!(reasons.len(), 1001);
    assert_eq!(reasons[1000], "500 further lines could not be read either.");
}

#[test]
fn a_long_line_is_one_text() {
    let text = "حلب Aleppo ".repeat(200_000);
    assert_eq!(read("a.txt", text.as_bytes()).0[0].text, text);
    let json = format!("{{\"text\":\"{text}\"}}\n{{\"text\":\"b\"}}");
    let (documents, _) = read("a.jsonl", json.as_bytes());
    assert_eq!(documents[0].text, text);
    assert_eq!(documents[1].text, "b");
}

#[test]
fn deep_nesting_is_refused_not_followed() {
    let deep = format!("{{\"text\":\"a\",\"x\":{}", "[".repeat(100_000));
    for name in ["a.json", "a.jsonl"] {
        let (documents, reasons) = read(name, deep.as_bytes());
        assert!(documents.is_empty());
        assert_eq!(reasons.len(), 1, "{reasons:?}");
    }
}

#[test]
fn an_empty_list_is_accounted_for() {
    for name in ["-", "a.json"] {
        let (documents, reasons) = read(name, b"[]");
        assert!(documents.is_empty());
        assert_eq!(reasons, ["An empty list: no record stands in it."]);
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_under_any_name_are_accounted_for(
        bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300),
        name in proptest::sample::select(vec!["-", "a.txt", "a.md", "a.jsonl", "a.json", "a.txt.zst"]),
    ) {
        let (documents, reasons) = read(name, &bytes);
        proptest::prop_assert!(documents.len() + reasons.len() > 0);
    }

    #[test]
    fn nearly_json_is_accounted_for(
        text in "[\\[{]?([{}\\[\\],:\"\\\\ n\n]|\"text\":|\"title\"|\"a\"|12|NaN|é){0,40}",
        name in proptest::sample::select(vec!["-", "a.jsonl", "a.json"]),
    ) {
        let (documents, reasons) = read(name, text.as_bytes());
        proptest::prop_assert!(documents.len() + reasons.len() > 0 || text.trim().is_empty());
    }

    #[test]
    fn text_comes_back_unaltered(text in "\\PC{1,200}") {
        proptest::prop_assume!(!text.trim().is_empty() && !text.starts_with('\u{FEFF}'));
        let (documents, _) = read("a.txt", text.as_bytes());
        proptest::prop_assert_eq!(&documents[0].text, &text);
        let line = serde_json::json!({ "text": text, "title": "t" }).to_string();
        let (documents, _) = read("a.jsonl", line.as_bytes());
        proptest::prop_assert_eq!(&documents[0].text, &text);
    }
}
