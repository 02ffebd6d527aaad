//! Exit status, standard error, pipes.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;

use crate::environment::{Environment, files_below};

#[test]
fn found_nothing_failed_unreadable() {
    let environment = Environment::new();
    environment.document("a.txt", "Rebels left Aleppo on Friday.\n");
    for (arguments, status) in [
        (&["list", "news"][..], 0),
        (&["list", "news", "--filter", "damascus"], 1),
        (&["list", "news", "--filter", "\"aleppo\""], 0),
        (&["show", "news", "--filter", "\"damascus\""], 1),
        (&["annotate", "news", "--filter", "lang:ar"], 1),
        (&["timeline", "news", "--filter", "lang:ar"], 1),
        (&["entities", "news", "--filter", "lang:ar"], 1),
        (&["list", "news", "--filter", "lang:"], 2),
        (&["list", "news", "--sort", "colour"], 2),
        (&["list", "news", "--dct", "yesterday"], 2),
        (&["list", "--json", "--table", "news"], 2),
        (&["list", "--sample", "news"], 2),
        (&["timeline", "news", "--from", "2016-13"], 2),
        (
            &[
                "timeline",
                "news",
                "--from",
                "2016-11-04",
                "--to",
                "2016-11-03",
            ],
            2,
        ),
        (&["list", "-", "-"], 2),
        (&["list", "news", "nowhere"], 3),
        (&["list", "nowhere"], 2),
        (&["list", "nowhere", "nor-here"], 2),
        (&["news"], 0),
        (&["nowhere"], 2),
        (&["--help"], 0),
        (&["--version"], 0),
        (&["list", "--help"], 0),
        (&["--no-such-option"], 2),
        (&["completions", "tcsh"], 2),
        (&["config"], 2),
    ] {
        let assert = environment.run(arguments);
        let output = assert.get_output();
        assert_eq!(output.status.code(), Some(status), "{arguments:?}");
        let silent = output.stderr.is_empty();
        assert_eq!(silent, status < 2, "{arguments:?}: {output:?}");
        let nothing = output.stdout.is_empty();
        assert_eq!(nothing, matches!(status, 1 | 2), "{arguments:?}");
    }
}

#[test]
fn what_cannot_be_read_is_told_line_by_line() {
    let environment = Environment::new();
    environment
        .document("a.txt", "Rebels left Aleppo.\n")
        .document("b.jsonl", "{\"text\":\"one\"}\n{broken\n")
        .document("empty.txt", "")
        .document("evil\u{1b}[2J.pdf", "%PDF-1.4\n");
    let assert = environment.run(&["list", "news"]).code(3);
    let said = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 3, "{said}");
    assert!(
        lines.iter().any(|line| line.starts_with("b.jsonl:2: ")),
        "{said}"
    );
    assert!(
        lines.iter().any(|line| line.starts_with("empty.txt: ")),
        "{said}"
    );
    assert!(!said.contains('\u{1b}'), "{said:?}");
    let printed = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
    assert_eq!(printed.lines().count(), 2, "{printed}");
}

#[test]
fn what_was_typed_cannot_steer_the_terminal_that_hears_of_it() {
    let environment = Environment::new();
    for arguments in [
        &["--bidi", "\u{1b}[2J"][..],
        &["--\u{9b}2J"],
        &["\u{1b}]0;title\u{7}"],
        &["list", "\u{202e}txt.exe"],
        &["list", "--filter", "\u{1b}[2J:x"],
        &["--config", "\u{1b}[2J", "config", "--check"],
    ] {
        let said = environment.said(arguments);
        let steering = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!said.is_empty(), "{arguments:?}");
        assert!(!said.chars().any(steering), "{arguments:?}: {said:?}");
    }
}

#[test]
fn a_pipe_that_closes_early_is_no_failure() {
    let environment = Environment::new();
    // more output than any pipe holds
    let long = "They met in Aleppo on 4 November 2016.\n".repeat(1 << 13);
    environment
        .document("a.txt", &long)
        .document("b.txt", &long)
        .document("unreadable.txt", "");
    for arguments in [
        &["show", "news"][..],
        &["show", "news", "--table"],
        &["annotate", "news"],
    ] {
        let mut child = environment
            .command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = Vec::new();
        let mut reader = BufReader::new(child.stdout.take().unwrap());
        reader.read_until(b' ', &mut first).unwrap();
        drop(reader);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?} {output:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!said.contains("pipe"), "{said}");
    }
}

#[test]
fn standard_input_is_a_document_or_json_lines() {
    let environment = Environment::new();
    for (input, lines) in [
        ("Rebels left Aleppo on Friday.\n", 1),
        (
            "{\"id\":\"1\",\"text\":\"one\"}\n{\"id\":\"2\",\"text\":\"two\"}\n",
            2,
        ),
    ] {
        let mut child = environment
            .command(&["list", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(input.as_bytes())
            .unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        let printed = String::from_utf8(output.stdout).unwrap();
        assert_eq!(printed.lines().count(), lines, "{printed}");
    }
}

#[test]
fn options_may_stand_before_the_command_and_a_path_may_have_its_name() {
    let environment = Environment::new();
    environment.document("list", "Rebels left Aleppo.\n");
    let after = environment.printed(&["list", "news", "--filter", "\"aleppo\""]);
    let before = environment.printed(&["--filter", "\"aleppo\"", "list", "news"]);
    assert_eq!(after, before);
    assert_eq!(
        after,
        environment.printed(&["--filter", "\"aleppo\"", "news"])
    );
    let by_path = environment.printed(&["news/list"]);
    assert!(by_path.contains("Rebels left Aleppo"), "{by_path}");
    let excluded = environment.run(&["list", "news", "--filter", "-\"aleppo\""]);
    excluded.code(1);
}

#[test]
fn a_misspelt_command_is_not_taken_for_an_empty_corpus() {
    let environment = Environment::new();
    let said = environment.said(&["anotate"]);
    assert!(
        said.contains("anotate") && said.contains("`khabar annotate`"),
        "{said}"
    );
}

#[test]
fn without_a_path_it_says_what_it_reads() {
    let environment = Environment::new();
    let assert = environment.run(&["list"]).success();
    let output = assert.get_output();
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(said.contains("sample"), "{said}");
    assert_eq!(output.stdout.split(|byte| *byte == b'\n').count(), 31);
}

#[test]
fn commands_write_nothing_but_the_cache() {
    let environment = Environment::new();
    environment.document("a.txt", "Rebels left Aleppo.\n");
    for command in ["list", "show", "annotate", "entities", "timeline"] {
        environment.run(&[command, "news", "--private"]);
        environment.run(&[command, "news", "--no-cache"]);
    }
    environment.run(&["--private", "news"]);
    assert_eq!(
        files_below(&environment.home()),
        Vec::<std::path::PathBuf>::new()
    );
    environment.run(&["list", "news"]);
    let written = files_below(&environment.home());
    let cache = environment.home().join(".cache/khabar");
    assert!(written.iter().all(|file| file.starts_with(&cache)));
    assert_eq!(written.len(), 1);
    assert_eq!(files_below(&environment.news()).len(), 1);
}

#[test]
fn no_home_is_no_trouble() {
    let environment = Environment::new();
    environment.document("a.txt", "Rebels left Aleppo.\n");
    let output = environment
        .command(&["list", "news"])
        .env_remove("HOME")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}
