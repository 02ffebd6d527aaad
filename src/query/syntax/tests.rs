use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::query::testing::{day, query};
use crate::query::timeline::{first_day, last_day};
use crate::query::{Term, Zoom};

fn one(text: &str) -> Condition {
    let query = query(text);
    assert_eq!(query.terms.len(), 1, "{text}: {query:?}");
    let term = query.terms.first().unwrap();
    assert!(!term.exclude, "{text}");
    term.condition.clone()
}

fn days(from: &str, to: &str) -> Condition {
    Condition::Days {
        field: DayField::Published,
        from: day(from),
        to: day(to),
    }
}

#[test]
fn every_form_is_read() {
    let s = ToOwned::to_owned;
    for (text, condition) in [
        ("jabhat  fatah", Condition::Fuzzy(s("jabhat fatah"))),
        ("جبهة فتح الشام", Condition::Fuzzy(s("جبهة فتح الشام"))),
        ("\"exact words\"", Condition::Text(s("exact words"))),
        ("«فتح الشام»", Condition::Text(s("فتح الشام"))),
        ("“one” ", Condition::Text(s("one"))),
        ("„zwei Worte“", Condition::Text(s("zwei Worte"))),
        (r#""a \"b\" \\ c""#, Condition::Text(s(r#"a "b" \ c"#))),
        ("text:word", Condition::Text(s("word"))),
        ("TITLE:Aleppo", Condition::Title(s("Aleppo"))),
        ("source:reuters", Condition::Source(s("reuters"))),
        (
            "entity:\"Jabhat Fatah al-Sham\"",
            Condition::Entity(s("Jabhat Fatah al-Sham")),
        ),
        ("entity:حلب", Condition::Entity(s("حلب"))),
        ("lang:de", Condition::Language(Language::German)),
        ("lang:other", Condition::Language(Language::Other)),
        ("kind:person", Condition::Kind(EntityKind::Person)),
        (
            "kind:organisation",
            Condition::Kind(EntityKind::Organisation),
        ),
        (
            "day:2016-11-01..2016-11-04",
            days("2016-11-01", "2016-11-04"),
        ),
        ("day:2016-11", days("2016-11-01", "2016-11-30")),
        ("day:2016-2", days("2016-02-01", "2016-02-29")),
        ("day:2016", days("2016-01-01", "2016-12-31")),
        ("day:2016-W44", days("2016-10-31", "2016-11-06")),
        ("day:٢٠١٦-١١-٠٤", days("2016-11-04", "2016-11-04")),
        ("day:۲۰۱۶-۱۱", days("2016-11-01", "2016-11-30")),
        ("day:\u{200f}2016-11-04", days("2016-11-04", "2016-11-04")),
        ("day:2016-11..2017", days("2016-11-01", "2017-12-31")),
        ("undated", Condition::Undated(DayField::Published)),
        ("undated:mentioned", Condition::Undated(DayField::Mentioned)),
        ("12:30", Condition::Fuzzy(s("12:30"))),
        (
            "https://example.org",
            Condition::Fuzzy(s("https://example.org")),
        ),
        ("Aleppo: siege", Condition::Fuzzy(s("Aleppo: siege"))),
        ("حلب:الشام", Condition::Fuzzy(s("حلب:الشام"))),
        ("al-Sham", Condition::Fuzzy(s("al-Sham"))),
        ("a AND b", Condition::Fuzzy(s("a b"))),
        ("NOT NOT a", Condition::Fuzzy(s("a"))),
        (
            "Oregon or NOTable",
            Condition::Fuzzy(s("Oregon or NOTable")),
        ),
        ("fuzzy:OR", Condition::Fuzzy(s("OR"))),
        ("wiki/Foo_(bar)", Condition::Fuzzy(s("wiki/Foo_(bar)"))),
        ("((title:a))", Condition::Title(s("a"))),
        ("=Halab", Condition::Exact(s("Halab"))),
        ("=\"Fatah al-Sham\"", Condition::Exact(s("Fatah al-Sham"))),
        ("=حلب", Condition::Exact(s("حلب"))),
        ("spelling:off", Condition::Without(Leniency::Spelling)),
        ("scripts:OFF", Condition::Without(Leniency::Scripts)),
        ("links:Stated", Condition::Links(LinkMode::Stated)),
        ("links:off", Condition::Links(LinkMode::KnowledgeBaseOnly)),
        ("links:all", Condition::Links(LinkMode::All)),
    ] {
        assert_eq!(one(text), condition, "{text}");
    }
    let open = one("mentioned:..2016-11-04");
    let to = day("2016-11-04");
    let from = NaiveDate::MIN;
    assert_eq!(
        open,
        Condition::Days {
            field: DayField::Mentioned,
            from,
            to
        }
    );
}

#[test]
fn terms_stand_side_by_side() {
    let read = query("jabhat fatah lang:de -aleppo halab -\"no such\" -lang:ar x");
    let terms: Vec<String> = read.terms.iter().map(ToString::to_string).collect();
    let expected = [
        "jabhat fatah",
        "lang:de",
        "-aleppo",
        "halab",
        "-\"no such\"",
        "-lang:ar",
        "x",
    ];
    assert_eq!(terms, expected);
    assert_eq!(query(" \t"), Query::default());
}

#[test]
fn groups_are_read_in_one_form() {
    for (text, printed) in [
        ("a OR b", "(a OR b)"),
        ("a b OR c d", "(a b OR c d)"),
        ("a AND lang:de OR c", "((a lang:de) OR c)"),
        ("(a OR b) c", "(a OR b) c"),
        ("a (b OR (c OR d))", "a (b OR c OR d)"),
        ("a OR (b c)", "(a OR b c)"),
        ("a (b lang:de)", "a fuzzy:b lang:de"),
        ("-(a OR b)", "-(a OR b)"),
        ("NOT (lang:de lang:ar)", "-(lang:de lang:ar)"),
        ("NOT (lang:de)", "-lang:de"),
        ("-(-lang:de)", "lang:de"),
        ("NOT -lang:de", "lang:de"),
        ("-(-(lang:de lang:ar))", "lang:de lang:ar"),
        ("\"a\"OR \"b\"", "(\"a\" OR \"b\")"),
        ("a OR(b)", "(a OR b)"),
        (
            "lang:de OR spelling:off lang:ar",
            "(lang:de OR lang:ar) spelling:off",
        ),
        ("spelling:off OR lang:ar", "lang:ar spelling:off"),
        (
            "lang:de OR links:off lang:ar",
            "(lang:de OR lang:ar) links:off",
        ),
        (
            "spelling:off OR (lang:ar lang:de)",
            "lang:ar lang:de spelling:off",
        ),
        ("entity:حلب OR day:2016-11", "(entity:حلب OR day:2016-11)"),
        ("title:\"a)\"", "title:\"a)\""),
    ] {
        assert_eq!(query(text).to_string(), printed, "{text}");
        assert_eq!(query(printed).to_string(), printed, "{text}");
    }
}

#[test]
fn bare_words_of_a_search_ask_for_the_text() {
    for (text, printed) in [
        ("aleppo", "\"aleppo\""),
        ("words:aleppo", "\"aleppo\""),
        ("words:\" aleppo  siege \"", "words:\"aleppo siege\""),
        ("aleppo siege", "words:\"aleppo siege\""),
        ("aleppo AND siege", "\"aleppo\" \"siege\""),
        ("a b lang:de c d", "words:\"a b\" lang:de words:\"c d\""),
        ("a b OR c", "(words:\"a b\" OR \"c\")"),
        ("aleppo -siege", "\"aleppo\" -\"siege\""),
        ("-aleppo siege", "-\"aleppo\" \"siege\""),
        ("\"the siege\" OR حلب", "(\"the siege\" OR \"حلب\")"),
        ("=Halab lang:ar", "=Halab lang:ar"),
        ("fuzzy:aleppo", "aleppo"),
    ] {
        assert_eq!(Query::in_text(text).unwrap().to_string(), printed);
    }
    assert_eq!(Query::in_text("a lagn:de").unwrap_err().column, 3);
}

#[test]
fn hostile_nesting_ends() {
    for text in [
        "(".repeat(100_000),
        "-(".repeat(100_000),
        "NOT ".repeat(100_000),
    ] {
        assert!(text.parse::<Query>().is_err());
    }
    let deep = format!("{}a{}", "(".repeat(32), ")".repeat(32));
    assert_eq!(one(&deep), Condition::Fuzzy("a".to_owned()));
}

#[test]
fn a_caret_stands_under_what_is_wrong() {
    for (text, shown) in [
        ("aleppo titel:x", "  aleppo titel:x\n         ^"),
        ("a (b", "  a (b\n    ^"),
        ("a\u{1b}[31m lagn:x", "  a␛[31m lagn:x\n         ^"),
        ("ä漢 lagn:x", "  ä漢 lagn:x\n      ^"),
        ("حلب lagn:de", "  حلب lagn:de\n  at: lagn:de"),
        ("title:حلب (", "  title:حلب (\n  at: ("),
    ] {
        assert_eq!(text.parse::<Query>().unwrap_err().shown_in(text), shown);
    }
}

#[test]
fn errors_say_where_and_what() {
    for (text, column, message) in [
        ("aleppo titel:x", 8, "did you mean “title”?"),
        ("حلب langg:de", 5, "did you mean “lang”?"),
        ("lang:xx", 6, "en, de, ar or other expected"),
        ("kind:persn", 6, "did you mean “PERSON”?"),
        ("a \"b c", 3, "a quotation without end: \" expected"),
        ("text:«b", 6, "» expected"),
        ("x -", 3, "nothing to exclude"),
        ("x - y", 3, "nothing to exclude"),
        ("title:", 7, "a value expected after “title:”"),
        ("title: x", 7, "a value expected after “title:”"),
        ("a \"\"", 3, "words expected"),
        ("day:2016-13", 5, "“2016-13” is no day"),
        ("day:2016-11-04..x", 17, "“x” is no day"),
        (
            "day:٢٠١٦-١١-٠٤..2016-11-03",
            17,
            "the range ends on 2016-11-03",
        ),
        ("day:16", 5, "“16” is no day"),
        ("undated:maybe", 9, "published or mentioned expected"),
        ("a OR", 3, "“OR” needs a term after it"),
        ("OR a", 1, "“OR” needs a term before it"),
        ("a OR OR b", 6, "“OR” needs a term before it"),
        ("a AND", 3, "“AND” needs a term after it"),
        ("a AND OR b", 3, "“AND” needs a term after it"),
        ("AND a", 1, "“AND” needs a term before it"),
        ("a NOT", 3, "“NOT” needs a term after it"),
        ("(NOT)", 2, "“NOT” needs a term after it"),
        ("a (b OR c", 3, "a parenthesis without end"),
        ("a b) c", 4, "“)” closes nothing"),
        ("a ()", 3, "terms expected between the parentheses"),
        ("(a -)", 4, "nothing to exclude"),
        ("= a", 2, "a word expected right after “=”"),
        ("spelling:of", 10, "off expected"),
        ("-scripts:off", 1, "cannot be excluded"),
        ("-links:off", 1, "cannot be excluded"),
        ("x -(a links:all)", 3, "cannot be excluded"),
        ("links:some", 7, "all, stated or off"),
        ("x -(a scripts:off)", 3, "cannot be excluded"),
    ] {
        let error = text.parse::<Query>().unwrap_err();
        assert_eq!(error.column, column, "{text}: {error}");
        assert!(error.message.contains(message), "{text}: {error}");
    }
}

fn some_day() -> impl Strategy<Value = NaiveDate> {
    (1..3_652_000).prop_map(|n| NaiveDate::from_num_days_from_ce_opt(n).unwrap())
}

fn range() -> impl Strategy<Value = (NaiveDate, NaiveDate)> {
    prop_oneof![
        (some_day(), some_day()).prop_map(|(a, b)| (a.min(b), a.max(b))),
        (
            some_day(),
            prop::sample::select(vec![Zoom::Week, Zoom::Month, Zoom::Year])
        )
            .prop_map(|(day, zoom)| {
                let first = first_day(day, zoom);
                (first, last_day(first, zoom))
            }),
        some_day().prop_map(|day| (day, NaiveDate::MAX)),
        some_day().prop_map(|day| (NaiveDate::MIN, day)),
    ]
}

fn leaf() -> impl Strategy<Value = Term> {
    let words = "[-\"«»“”„\\\\a:/()= حلßB.]{0,7}[a-cحٌ][\\PC]{0,3}";
    let field = prop::sample::select(vec![DayField::Published, DayField::Mentioned]);
    let language = prop::sample::select(vec![
        Language::English,
        Language::German,
        Language::Arabic,
        Language::Other,
    ]);
    let condition = prop_oneof![
        4 => words.prop_map(Condition::Fuzzy),
        1 => prop::sample::select(vec!["undated", "OR", "a AND b", "NOT", "(x)"])
            .prop_map(|words| Condition::Fuzzy(words.to_owned())),
        1 => words.prop_map(Condition::Text),
        1 => words.prop_map(|words| Condition::words(&words)),
        1 => words.prop_map(Condition::Entity),
        1 => words.prop_map(Condition::Source),
        1 => words.prop_map(Condition::Title),
        1 => words.prop_map(Condition::Exact),
        1 => field.clone().prop_map(Condition::Undated),
        1 => language.prop_map(Condition::Language),
        1 => prop::sample::select(EntityKind::ALL.to_vec()).prop_map(Condition::Kind),
        2 => (field, range()).prop_map(|(field, (from, to))| Condition::Days { field, from, to }),
    ];
    (condition, any::<bool>()).prop_map(|(condition, exclude)| Term { condition, exclude })
}

/// A term and groups of terms, in the normal form that reading gives.
fn term() -> impl Strategy<Value = Term> {
    leaf().prop_recursive(3, 12, 4, |inner| {
        (
            prop::collection::vec(inner, 2..4),
            any::<bool>(),
            any::<bool>(),
        )
            .prop_map(|(terms, any, exclude)| {
                let mut flat = Vec::new();
                for term in terms {
                    match term.condition {
                        Condition::Any(inner) if any && !term.exclude => flat.extend(inner),
                        Condition::All(inner) if !any && !term.exclude => flat.extend(inner),
                        condition => flat.push(Term { condition, ..term }),
                    }
                }
                let condition = if any {
                    Condition::Any(flat)
                } else {
                    Condition::All(flat)
                };
                Term { condition, exclude }
            })
    })
}

/// The terms of a query: what a group of terms that must all hold stands for, side by side.
fn terms() -> impl Strategy<Value = Vec<Term>> {
    prop::collection::vec(term(), 0..5).prop_map(|terms| {
        let side_by_side = |term| match term {
            Term {
                condition: Condition::All(inner),
                exclude: false,
            } => inner,
            other => vec![other],
        };
        terms.into_iter().flat_map(side_by_side).collect()
    })
}

proptest! {
    #[test]
    fn what_is_printed_reads_back(terms in terms()) {
        let query = Query { terms };
        let printed = query.to_string();
        prop_assert_eq!(printed.parse::<Query>(), Ok(query), "{}", printed);
    }

    #[test]
    fn a_term_alone_reads_back(term in term().prop_filter("side by side", |term| {
        term.exclude || !matches!(term.condition, Condition::All(_))
    })) {
        let printed = term.to_string();
        prop_assert_eq!(printed.parse::<Query>(), Ok(Query { terms: vec![term] }), "{}", printed);
    }

    #[test]
    fn any_text_is_read_or_refused_at_one_of_its_columns(text in "[\\PC\t\n]*|[-a-c\"«:. 0-9]{0,20}|(day|kind|lang):[-.0-9W٤]{0,12}|([a(=)-]|OR |AND |NOT | |\"|spelling:off|links:off){0,12}") {
        match text.parse::<Query>() {
            Ok(query) => {
                let printed = query.to_string();
                prop_assert_eq!(printed.parse::<Query>(), Ok(query), "{}", printed);
            }
            Err(error) => prop_assert!((1..=text.chars().count() + 1).contains(&error.column)),
        }
    }
}
