use super::*;

fn read(json: &str) -> Result<RawDocument, &'static str> {
    let fields: Fields = serde_json::from_str(json).unwrap();
    fields.into_document(Frame {
        id: "fallback".to_owned(),
        path: "a.jsonl:1".to_owned(),
        sha256: [7; 32],
        encoding: "UTF-8",
        notes: Vec::new(),
    })
}

#[test]
fn the_first_name_that_is_not_empty_wins() {
    let table = [
        (r#"{"text": "b", "maintext": "a"}"#, "a"),
        (r#"{"content": "c", "BODY": "b", "maintext": " "}"#, "b"),
        (
            r#"{"maintext": "None", "text": null, "articleBody": "a"}"#,
            "a",
        ),
        (
            r#"{"maintext": "null", "raw_text": "r", "selftext": "s"}"#,
            "r",
        ),
        (r#"{"notes": "n", "message": "m"}"#, "n"),
        (r#"{"text": "first", "text": "second"}"#, "first"),
        (r#"{"te\u0078t": "escaped name"}"#, "escaped name"),
        (
            r#"{"text": ["a", {"type": "b", "text": "c"}, null, 5]}"#,
            "ac5",
        ),
    ];
    for (json, expected) in table {
        assert_eq!(read(json).unwrap().text, expected, "{json}");
    }
}

#[test]
fn text_keeps_its_white_space_and_its_zeros() {
    let document = read(r#"{"text": "  a\r\n\u0000b  "}"#).unwrap();
    assert_eq!(document.text, "  a\r\n\0b  ");
}

#[test]
fn a_record_needs_a_text_or_a_title() {
    assert!(read(r#"{"url": "https://example.org"}"#).is_err());
    assert!(read(r#"{"text": "", "title": "None"}"#).is_err());
    assert!(read("{}").is_err());
    assert_eq!(read(r#"{"headline": "h", "text": ""}"#).unwrap().text, "");
}

#[test]
fn ids_are_taken_from_any_of_their_names() {
    let table = [
        (r#"{"text": "t", "filename": "f", "doc_id": "d"}"#, "d"),
        (r#"{"text": "t", "id": 17, "doc_id": "d"}"#, "17"),
        (r#"{"text": "t", "event_id_cnty": "SYR1"}"#, "SYR1"),
        (r#"{"text": "t", "GUID": "tag:1"}"#, "tag:1"),
        (r#"{"text": "t", "id": {"oid": 1}}"#, "fallback"),
        (r#"{"text": "t"}"#, "fallback"),
    ];
    for (json, expected) in table {
        assert_eq!(read(json).unwrap().id, expected, "{json}");
    }
}

#[test]
fn a_guid_is_an_address_only_if_it_looks_like_one() {
    let url = |json| read(json).unwrap().metadata.url;
    assert_eq!(url(r#"{"text": "t", "guid": "tag:1"}"#), None);
    assert_eq!(
        url(r#"{"text": "t", "guid": "https://example.org/1"}"#).as_deref(),
        Some("https://example.org/1")
    );
    assert_eq!(
        url(r#"{"text": "t", "url": "", "link": "l"}"#).as_deref(),
        Some("l")
    );
}

#[test]
fn a_day_that_does_not_read_gives_way_to_the_next_and_is_noted() {
    let document =
        read(r#"{"text": "t", "date_publish": "soon", "published": "None", "date": "2016-11-04"}"#)
            .unwrap();
    let published = document.metadata.published.unwrap();
    assert_eq!(published.day.to_string(), "2016-11-04");
    assert_eq!(published.origin, "date");
    assert_eq!(
        document.notes,
        ["The field date_publish does not read as a day."]
    );
}

#[test]
fn the_day_of_crawling_is_never_the_day_of_publication() {
    for name in [
        "date_download",
        "indexed_date",
        "Crawled",
        "indexed",
        "date_crawled",
    ] {
        let json = format!(r#"{{"text": "t", "{name}": "2016-11-04"}}"#);
        let metadata = read(&json).unwrap().metadata;
        assert_eq!(metadata.published, None, "{name}");
        let retrieved = metadata.retrieved.unwrap();
        assert_eq!(retrieved.origin, name);
    }
}

#[test]
fn people_and_sources_may_be_objects_or_lists() {
    let metadata = read(
        r#"{"text": "t", "author": [{"@type": "Person", "name": "A. Bee"}, "C. Dee"],
            "publisher": {"logo": {"url": "x"}, "name": "Example"}, "lang": "de-AT"}"#,
    )
    .unwrap()
    .metadata;
    assert_eq!(metadata.author.as_deref(), Some("A. Bee, C. Dee"));
    assert_eq!(metadata.source.as_deref(), Some("Example"));
    assert_eq!(metadata.language.as_deref(), Some("de-AT"));
}
