//! What goes out: briefs in every form, their check against the files, and near-duplicates.

use std::fs;

use serde_json::Value;

use crate::environment::Environment;
use crate::shapes::Listed;

const STORY: &str = "BEIRUT: Rebels in eastern Aleppo announced on Thursday the start of the second \
    phase of their offensive, which they named after a commander who was killed in August.\n\n\
    A spokesman said that fighters had taken the western edge of the Minyan district and several \
    buildings of the al-Assad suburb, while the army denied that any position had been lost.\n";

const ARABIC: &str = "حلب: أعلنت الفصائل بدء المرحلة الثانية من المعركة.\n\nقال ناطق إن المقاتلين \
    سيطروا على أطراف حي منيان.\n";

fn news() -> Environment {
    let env = Environment::new();
    env.document("a.txt", STORY)
        .document("b.txt", STORY.replace("BEIRUT", "AMMAN").to_uppercase())
        .document("c.txt", ARABIC)
        .document("d.txt", "=1+1 <b>is</b> a sentence of a hostile kind.\n");
    env
}

fn line_count(text: &str) -> usize {
    text.lines().count()
}

#[test]
fn a_brief_is_the_same_twice_and_its_citations_hold() {
    let env = news();
    for form in ["md", "html", "csv", "jsonl"] {
        let file = format!("brief.{form}");
        let arguments = ["export", "news", "--filter", "minyan", "--output", &file];
        env.run(&arguments).success();
        let brief = fs::read_to_string(env.news().with_file_name(&file)).unwrap();
        let again = env.printed(&["export", "news", "--filter", "minyan", "--format", form]);
        assert_eq!(brief, again, "{form}");
        assert!(
            brief.contains("western edge of the Minyan district"),
            "{brief}"
        );
        assert!(!brief.contains("hostile kind"), "the filter holds: {brief}");
        // where the sources lie is named, found beside the brief, or not known
        env.run(&["verify", &file, "news"]).success();
        assert_eq!(
            env.run(&["verify", &file]).get_output().status.code(),
            Some(2)
        );
        fs::copy(env.news().with_file_name(&file), env.news().join(&file)).unwrap();
        env.run(&["verify", &format!("news/{file}")]).success();
        fs::remove_file(env.news().join(&file)).unwrap();
    }
}

#[test]
fn notes_go_into_the_brief_beside_what_they_are_about() {
    let env = news();
    let note = |text, more: &[&str]| {
        env.printed(&[&["note", text, "a", "--in", "news"], more].concat());
    };
    note("ask the spokesman", &[]);
    note("=who denied?", &["--quote", "the army denied"]);
    for form in ["md", "html", "csv", "jsonl"] {
        let arguments = ["export", "news", "--filter", "minyan", "--format", form];
        let brief = env.printed(&arguments);
        assert!(brief.contains("ask the spokesman"), "{brief}");
        assert!(brief.contains("who denied?"), "{brief}");
        assert!(
            form != "csv" || !brief.contains("\"=who"),
            "a formula: {brief}"
        );
        let file = format!("noted.{form}");
        fs::write(env.news().with_file_name(&file), &brief).unwrap();
        env.run(&["verify", &file, "news"]).success();
    }
    // the passage no longer stands where it stood
    env.document("a.txt", STORY.replace("western", "eastern"));
    let brief = env.printed(&["export", "news", "--filter", "minyan"]);
    assert!(!brief.contains("ask the spokesman") && !brief.contains("who denied"));
}

#[test]
fn one_byte_changed_is_named() {
    for form in ["md", "html", "csv", "jsonl"] {
        let env = news();
        let file = format!("brief.{form}");
        env.run(&["export", "news", "--output", &file]).success();
        env.run(&["verify", &file, "news"]).success();
        env.document("c.txt", ARABIC.replace("منيان", "منبان"));
        let output = env.run(&["verify", &file, "news"]).get_output().clone();
        assert_eq!(output.status.code(), Some(1), "{form}");
        let lines: Vec<Value> = String::from_utf8(output.stdout)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        for line in &lines {
            let holds = line["file"] != "c.txt";
            assert_eq!(line["holds"], holds, "{form} {line}");
            if !holds {
                let why = line["why"].as_str().unwrap();
                assert!(why.contains("the file has changed"), "{why}");
            }
        }
        assert!(lines.iter().any(|line| line["file"] == "c.txt"));
        fs::remove_file(env.news().join("a.txt")).unwrap();
        let output = env.run(&["verify", &file, "news"]).get_output().clone();
        let printed = String::from_utf8(output.stdout).unwrap();
        assert!(
            printed.contains("there is no such file"),
            "{form} {printed}"
        );
    }
}

#[test]
fn an_altered_brief_and_a_renamed_file_are_told_apart() {
    let env = news();
    env.run(&["export", "news", "--output", "brief.md"])
        .success();
    let path = env.news().with_file_name("brief.md");
    let brief = fs::read_to_string(&path).unwrap();
    fs::rename(env.news().join("c.txt"), env.news().join("z.txt")).unwrap();
    let printed = env.run(&["verify", "brief.md", "news"]).success();
    let printed = String::from_utf8(printed.get_output().stdout.clone()).unwrap();
    assert!(
        printed.contains("the file is called z.txt now"),
        "{printed}"
    );
    fs::write(&path, brief.replace("second phase", "third phase")).unwrap();
    let output = env
        .run(&["verify", "brief.md", "news"])
        .get_output()
        .clone();
    assert_eq!(output.status.code(), Some(1));
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.contains("the brief was altered"), "{printed}");
    env.document("text.md", "# No brief\n");
    let said = env.said(&["verify", "news/text.md", "news"]);
    assert!(said.contains("is no brief"), "{said}");
}

#[test]
fn nothing_is_overwritten_and_nothing_goes_into_the_corpus() {
    let env = news();
    env.run(&["export", "news", "--output", "brief.md"])
        .success();
    let output = env
        .run(&["export", "news", "--output", "brief.md"])
        .get_output()
        .clone();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("--backup"), "{said}");
    env.run(&["export", "news", "-o", "brief.md", "--backup"])
        .success();
    assert!(env.news().with_file_name("brief.md~").exists());
    let said = env.said(&["export", "news", "--output", "news/brief.md"]);
    assert!(said.contains("never writes"), "{said}");
    assert!(!env.news().join("brief.md").exists());
    let nothing = env
        .run(&["export", "news", "--filter", "\"no such words\""])
        .get_output()
        .clone();
    assert_eq!(nothing.status.code(), Some(1));
    assert!(nothing.stdout.is_empty());
}

#[test]
fn near_duplicates_are_listed_with_how_alike_they_are() {
    let env = news();
    let printed = env.printed(&["duplicates", "news"]);
    assert_eq!(line_count(&printed), 1);
    let cluster: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(cluster["id"], "a");
    assert_eq!(cluster["copies"][0]["id"], "b");
    let resemblance = cluster["copies"][0]["resemblance"].as_f64().unwrap();
    assert!((0.8..1.0).contains(&resemblance), "{cluster}");
    let listed: Vec<Listed> = env
        .printed(&["list", "news", "--sort", "path"])
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let known: Vec<_> = listed
        .iter()
        .map(|one| (one.id.as_str(), one.duplicates_of.as_deref(), one.copies))
        .collect();
    assert_eq!(
        known,
        [
            ("a", None, 1),
            ("b", Some("a"), 0),
            ("c", None, 0),
            ("d", None, 0)
        ]
    );
    let table = env.printed(&["duplicates", "news", "--table"]);
    assert!(table.contains("b.txt"), "{table}");
    env.run(&["duplicates", "news", "--filter", "lang:ar"])
        .code(1);
}
