//! `khabar search`, views that have a name, and what is said about a query that is wrong.

use std::fs;

use serde::{Deserialize, Deserializer};

use crate::environment::Environment;
use crate::shapes::{Listed, Shown, read};

/// A field that may be null but not missing.
fn present<'d, D: Deserializer<'d>, T: Deserialize<'d>>(source: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(source)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Found {
    id: String,
    path: String,
    #[serde(deserialize_with = "present")]
    language: Option<String>,
    title: String,
    #[serde(deserialize_with = "present")]
    day: Option<String>,
    #[serde(deserialize_with = "present")]
    field: Option<String>,
    #[serde(deserialize_with = "present")]
    start: Option<usize>,
    #[serde(deserialize_with = "present")]
    end: Option<usize>,
    #[serde(deserialize_with = "present")]
    bytes: Option<(usize, usize)>,
    #[serde(deserialize_with = "present")]
    text: Option<String>,
    #[serde(deserialize_with = "present")]
    left: Option<String>,
    #[serde(deserialize_with = "present")]
    right: Option<String>,
    #[serde(deserialize_with = "present")]
    typed: Option<String>,
    #[serde(deserialize_with = "present")]
    reason: Option<String>,
    #[serde(deserialize_with = "present")]
    confidence: Option<f64>,
    score: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FoundDocument {
    id: String,
    path: String,
    #[serde(deserialize_with = "present")]
    language: Option<String>,
    title: String,
    #[serde(deserialize_with = "present")]
    day: Option<String>,
    hits: usize,
    score: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct View {
    name: String,
    own: bool,
    query: String,
    documents: usize,
    #[serde(deserialize_with = "present")]
    sort: Option<String>,
    reverse: bool,
}

fn news() -> Environment {
    let environment = Environment::new();
    environment
        .document(
            "a.txt",
            "Aleppo, Aleppo and once more Aleppo.\n\nIdlib is elsewhere.\n",
        )
        .document("b.txt", "😀 قال ناشطون في حلب إن القصف توقف\n")
        .document("c.txt", "In Aleppo öffnete die Straße. Ruhe in Idlib.\n");
    environment
}

#[test]
fn every_hit_stands_where_its_offsets_say() {
    let environment = news();
    let shown: Vec<Shown> = read(&environment.printed(&["show", "news"]));
    let query = "\"aleppo\" OR حلب OR strasse";
    let found: Vec<Found> = read(&environment.printed(&["search", query, "news"]));
    assert!(found.len() >= 6, "{found:?}");
    for hit in &found {
        let document = shown.iter().find(|shown| shown.id == hit.id).unwrap();
        assert_eq!(
            (&document.path, &document.language),
            (&hit.path, &hit.language)
        );
        assert_eq!(hit.field.as_deref(), Some("text"));
        assert!(!hit.title.is_empty() && hit.day.is_none());
        let text = hit.text.as_deref().unwrap();
        let (start, end) = (hit.start.unwrap(), hit.end.unwrap());
        let points: String = document
            .text
            .chars()
            .skip(start)
            .take(end - start)
            .collect();
        assert_eq!(points, text);
        let (first, last) = hit.bytes.unwrap();
        assert_eq!(document.text.get(first..last), Some(text));
        let around = format!(
            "{}{text}{}",
            hit.left.as_ref().unwrap(),
            hit.right.as_ref().unwrap()
        );
        assert!(
            document.text.contains(&around) && !around.contains("\n\n"),
            "{around}"
        );
        assert!(query.contains(hit.typed.as_deref().unwrap()));
        assert!((0.0..=1.0).contains(&hit.confidence.unwrap()) && hit.score > 0);
    }
    let street = found
        .iter()
        .find(|hit| hit.text.as_deref() == Some("Straße"));
    assert_eq!(street.unwrap().reason.as_deref(), Some("folded"));
}

#[test]
fn rank_limit_documents_and_filters() {
    let environment = news();
    let paths = |arguments: &[&str]| -> Vec<String> {
        let all = [&["search"][..], arguments, &["news"]].concat();
        let found: Vec<Found> = read(&environment.printed(&all));
        found.into_iter().map(|hit| hit.path).collect()
    };
    assert_eq!(paths(&["=Aleppo"]), ["a.txt", "a.txt", "a.txt", "c.txt"]);
    assert_eq!(paths(&["=Aleppo", "--limit", "2"]), ["a.txt", "a.txt"]);
    assert_eq!(paths(&["=Aleppo", "--filter", "lang:de"]), ["c.txt"]);
    assert_eq!(paths(&["=Aleppo -strasse"]), ["a.txt", "a.txt", "a.txt"]);
    // found by its language alone, it shows no place
    let by_language: Vec<Found> = read(&environment.printed(&["search", "lang:ar", "news"]));
    assert_eq!((by_language.len(), &by_language[0].field), (1, &None));
    assert!(by_language[0].reason.is_none() && by_language[0].bytes.is_none());

    let printed =
        environment.printed(&["search", "ruhe OR aleppo", "news", "--documents", "--rank"]);
    let documents: Vec<FoundDocument> = read(&printed);
    let told: Vec<(&str, usize)> = documents
        .iter()
        .map(|d| (d.path.as_str(), d.hits))
        .collect();
    for expected in [("a.txt", 3), ("c.txt", 2), ("b.txt", 1)] {
        assert!(told.contains(&expected), "{told:?}");
    }
    assert_eq!(told.len(), 3, "the other script as well: {told:?}");
    assert!(documents.is_sorted_by(|a, b| a.score >= b.score));
    assert!(documents.iter().all(|d| d.score > 0));
    assert!(
        documents
            .iter()
            .all(|d| !d.id.is_empty() && d.day.is_none())
    );
    assert!(
        documents
            .iter()
            .all(|d| !d.title.is_empty() && d.language.is_some())
    );

    let table = environment.printed(&["search", "idlib", "news", "--table"]);
    assert_eq!(table.lines().count(), 3, "{table}");
}

#[test]
fn a_search_ends_as_a_list_does() {
    let environment = news();
    for (arguments, status) in [
        (&["search", "aleppo", "news"][..], 0),
        (&["search", "damascus", "news"], 1),
        (&["search", "aleppo", "news", "--limit", "0"], 0),
        (&["search", "aleppo OR", "news"], 2),
        (&["search"], 2),
        (&["search", "-damascus", "news"], 0),
        (&["search", "aleppo", "news", "nowhere"], 3),
        (&["list", "news", "--view", "no such"], 2),
    ] {
        let output = environment.run(arguments);
        assert_eq!(
            output.get_output().status.code(),
            Some(status),
            "{arguments:?}"
        );
    }
}

#[test]
fn a_wrong_query_is_shown_with_a_caret() {
    let environment = news();
    let said = environment.said(&["search", "aleppo lagn:de", "news"]);
    assert!(
        said.contains("column 8") && said.contains("did you mean “lang”?"),
        "{said}"
    );
    assert!(said.ends_with("\n  aleppo lagn:de\n         ^\n"), "{said}");
    let said = environment.said(&["list", "news", "--filter", "(a"]);
    assert!(
        said.contains("--filter") && said.ends_with("\n  (a\n  ^\n"),
        "{said}"
    );
    let said = environment.said(&["search", "حلب lagn:de\u{1b}[2J", "news"]);
    assert!(
        said.contains("at: lagn:de") && !said.contains('\u{1b}'),
        "{said}"
    );
}

#[test]
fn hostile_text_steers_nothing() {
    let environment = Environment::new();
    environment.document("a.txt", "x\u{1b}[2J\u{202e} Aleppo \u{9b}31m\u{7}\n");
    for form in ["--json", "--table"] {
        let printed = environment.printed(&["search", "aleppo", "news", form]);
        let steers =
            |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(
            printed.contains("Aleppo") && !printed.contains(steers),
            "{printed:?}"
        );
    }
}

#[test]
fn views_are_listed_and_filter() {
    let environment = news();
    let state = environment.home().join(".local/state/khabar");
    let standing: Vec<View> = read(&environment.printed(&["views", "news"]));
    assert!(standing.iter().all(|view| !view.own), "{standing:?}");
    let count = |name: &str| {
        let view = standing.iter().find(|view| view.name == name).unwrap();
        view.documents
    };
    assert_eq!((count("undecided"), count("kept")), (3, 0));
    environment.printed(&["mark", "keep", "a", "--in", "news"]);
    fs::create_dir_all(&state).unwrap();
    let file = state.join("views.toml");
    let saved = "[[view]]\nname = \"Syria\"\nquery = \"\\\"aleppo\\\" OR lang:ar\"\n\n\
                 [[view]]\nname = \"last\"\nquery = \"\"\nsort = \"path\"\nreverse = true\n";
    fs::write(&file, saved).unwrap();
    let all: Vec<View> = read(&environment.printed(&["views", "news"]));
    let first: Vec<&str> = all.iter().map(|view| view.name.as_str()).take(3).collect();
    assert_eq!(first, ["new", "undecided", "kept"]);
    assert_eq!((all[1].documents, all[2].documents), (2, 1));
    let views: Vec<View> = all.into_iter().filter(|view| view.own).collect();
    let told: Vec<(&str, usize)> = views
        .iter()
        .map(|v| (v.name.as_str(), v.documents))
        .collect();
    assert_eq!(told, [("Syria", 3), ("last", 3)]);
    assert_eq!(views[0].query, "\"aleppo\" OR lang:ar");
    assert_eq!(
        (views[1].sort.as_deref(), views[1].reverse),
        (Some("path"), true)
    );
    let narrowed = environment.printed(&["views", "news", "--filter", "lang:ar"]);
    let narrowed: Vec<View> = read(&narrowed);
    let syria = narrowed.iter().find(|view| view.name == "Syria").unwrap();
    assert_eq!(syria.documents, 1);
    assert_eq!(narrowed[2].documents, 0, "what is kept is not Arabic");

    let paths = |arguments: &[&str]| -> Vec<String> {
        let all = [&["list", "news"][..], arguments].concat();
        let listed: Vec<Listed> = read(&environment.printed(&all));
        listed.into_iter().map(|article| article.path).collect()
    };
    assert_eq!(paths(&["--view", "last"]), ["c.txt", "b.txt", "a.txt"]);
    assert_eq!(
        paths(&["--view", "last", "--sort", "path"]),
        ["a.txt", "b.txt", "c.txt"]
    );
    assert_eq!(
        paths(&["--view", "Syria", "--filter", "lang:ar"]),
        ["b.txt"]
    );

    let said = environment.said(&["list", "news", "--view", "Siria"]);
    assert!(
        said.contains("“kept”") && said.contains("“Syria”, “last”"),
        "{said}"
    );
    // a standing is what it is called, whatever the file says
    fs::write(&file, "[[view]]\nname = \"kept\"\nquery = \"lang:ar\"\n").unwrap();
    assert_eq!(paths(&["--view", "kept"]), ["a.txt"]);
    for (wrong, words) in [
        ("query = \"lagn:de\"", "view “Syria”: column 1"),
        ("query = \"\"\nsort = \"colour\"", "“colour” is no order"),
        ("quarry = \"\"", "views.toml, line 3"),
    ] {
        fs::write(&file, format!("[[view]]\nname = \"Syria\"\n{wrong}\n")).unwrap();
        let said = environment.said(&["list", "news", "--view", "Syria"]);
        assert!(
            said.contains(words) && said.contains("views.toml"),
            "{said}"
        );
    }
}
