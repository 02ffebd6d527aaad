//! What the user sets right about names: the file that is named, that of the corpus, mistakes.

use std::fs;

use crate::environment::Environment;
use crate::shapes::{Counted, read};

fn entities(environment: &Environment, arguments: &[&str]) -> Vec<(String, String)> {
    let arguments = [&["entities", "news"], arguments].concat();
    let counted: Vec<Counted> = read(&environment.printed(&arguments));
    counted
        .into_iter()
        .map(|entity| (entity.kind, entity.key))
        .collect()
}

const RENAMED: &str = "[[rename]]\nname = \"Aleppo\"\nkind = \"PLACE\"\nto = \"Halab\"\n";

#[test]
fn a_file_that_is_named_holds() {
    let environment = Environment::new();
    environment.document("a.txt", "They went to Aleppo in Syria on Friday.\n");
    let pair = |kind: &str, key: &str| (kind.to_owned(), key.to_owned());
    let before = entities(&environment, &[]);
    assert_eq!(before, [pair("PLACE", "Aleppo"), pair("COUNTRY", "Syria")]);
    fs::write(environment.home().join("my.toml"), RENAMED).unwrap();
    for arguments in [
        &["--aliases", "home/my.toml"][..],
        // the user's word is no guess: it holds without links too
        &["--aliases", "home/my.toml", "--no-links"],
    ] {
        let after = entities(&environment, arguments);
        assert_eq!(after, [pair("PLACE", "Halab"), pair("COUNTRY", "Syria")]);
    }
    for name in ["Halab", "Aleppo"] {
        let filter = format!("entity:{name}");
        let listed = [
            "list",
            "news",
            "--aliases",
            "home/my.toml",
            "--filter",
            &filter,
        ];
        assert_eq!(environment.printed(&listed).lines().count(), 1, "{name}");
    }
}

#[test]
fn mistakes_in_a_named_file_stop_with_their_lines() {
    let environment = Environment::new();
    environment.document("a.txt", "They went to Aleppo in Syria on Friday.\n");
    let twice = format!("{RENAMED}\n{}", RENAMED.replace("Halab", "Alep"));
    for (text, expected) in [
        (
            twice.as_str(),
            &["home/my.toml:1: ", "line 6", "home/my.toml:6: ", "line 1"][..],
        ),
        (
            "\n[[hide]]\nname = \"X\"\nkind = \"GANG\"\n",
            &["home/my.toml:2: ", "GANG"],
        ),
        ("[[hide]]\nname = \n", &["home/my.toml:2: "]),
    ] {
        fs::write(environment.home().join("my.toml"), text).unwrap();
        let arguments = ["entities", "news", "--aliases", "home/my.toml"];
        let output = environment.run(&arguments).code(2).get_output().clone();
        assert!(output.stdout.is_empty());
        let said = String::from_utf8(output.stderr).unwrap();
        for words in expected {
            assert!(said.contains(words), "{words}: {said}");
        }
    }
    let missing = environment.said(&["entities", "news", "--aliases", "no.toml"]);
    assert!(missing.contains("no.toml"), "{missing}");
}

#[test]
fn the_file_of_the_sample_is_read_and_its_mistakes_are_told() {
    let environment = Environment::new();
    let folder = environment.home().join(".local/state/khabar/aliases");
    fs::create_dir_all(&folder).unwrap();
    let wrong = format!("{RENAMED}\n[[hide]]\nname = \"X\"\nkind = \"GANG\"\n");
    fs::write(folder.join("sample.toml"), wrong).unwrap();
    let output = environment
        .run(&["entities", "--sample"])
        .success()
        .get_output()
        .clone();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.contains("{\"key\":\"Halab\",\"type\":\"PLACE\""));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("sample.toml:6: ") && said.contains("GANG"),
        "{said}"
    );
}

#[test]
fn a_day_that_was_set_holds_in_every_view() {
    let environment = Environment::new();
    environment.document("a.txt", "They went to Aleppo on Friday.\n");
    let shown = environment.printed(&["show", "news"]);
    let shown: serde_json::Value = serde_json::from_str(shown.lines().next().unwrap()).unwrap();
    let sha256 = shown["sha256"].as_str().unwrap();
    let day = format!("[[day]]\ndocument = \"{sha256}\"\npath = \"a.txt\"\nday = \"2016-11-05\"\n");
    fs::write(environment.home().join("my.toml"), day).unwrap();
    let with = |command: &str| {
        let arguments = [command, "news", "--aliases", "home/my.toml"];
        environment.printed(&arguments)
    };
    let listed: serde_json::Value = serde_json::from_str(with("list").trim()).unwrap();
    assert_eq!(
        (&listed["day"], &listed["basis"]),
        (&"2016-11-05".into(), &"set".into())
    );
    let annotated = with("annotate");
    // the Friday before that Saturday
    assert!(annotated.contains("2016-11-04"), "{annotated}");
    assert!(with("timeline").contains("2016-11-05"));
}

#[test]
fn a_filter_says_which_links_hold() {
    let environment = Environment::new();
    let entities =
        |arguments: &[&str]| environment.printed(&[&["entities", "--sample"], arguments].concat());
    let all = entities(&[]);
    for mode in ["stated", "off"] {
        let by_option = entities(&["--links", mode]);
        let filter = format!("links:{mode}");
        assert_ne!(by_option, all, "{mode}");
        assert_eq!(entities(&["--filter", &filter]), by_option, "{mode}");
        // what is asked goes before what is set
        assert_eq!(
            entities(&["--links", "all", "--filter", &filter]),
            by_option
        );
    }
    assert_eq!(entities(&["--no-links", "--filter", "links:all"]), all);
}
