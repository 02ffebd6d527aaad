//! `khabar doctor` without a terminal.

use std::fs;

use crate::environment::Environment;

#[test]
fn the_report_without_a_terminal() {
    let environment = Environment::new();
    let report = environment.printed(&["doctor"]);
    let home = environment.home().display().to_string();
    let report = report
        .replace(&home, "HOME")
        .replace(env!("CARGO_PKG_VERSION"), "VERSION");
    insta::assert_snapshot!("doctor", report);
    assert_eq!(fs::read_dir(environment.home()).unwrap().count(), 0);
}

#[test]
fn one_json_object_says_the_same() {
    let environment = Environment::new();
    let printed = environment.printed(&["--bidi", "lro", "doctor", "--json"]);
    let found: serde_json::Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(printed.lines().count(), 1);
    assert_eq!(found["terminal"]["dialect"], "lro");
    assert_eq!(found["terminal"]["environment"]["TERM"], "xterm-256color");
    assert!(found["terminal"]["not_asked"].is_string());
    assert_eq!(found["settings"]["exists"], false);
    assert_eq!(found["state"]["problem"], serde_json::Value::Null);
}

#[test]
fn mistakes_and_hostile_values_are_told_and_harmless() {
    let environment = Environment::new();
    let folder = environment.home().join(".config/khabar");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), "[settings]\nmuose = true\n").unwrap();
    fs::create_dir_all(environment.home().join(".local")).unwrap();
    fs::write(environment.home().join(".local/state"), "in the way").unwrap();
    for form in [&["doctor"][..], &["doctor", "--json"]] {
        let mut command = environment.command(form);
        command.env("TERM_PROGRAM", "\u{1b}[31mx\u{202E}y");
        let output = command.output().unwrap();
        assert!(output.status.success());
        let report = String::from_utf8(output.stdout).unwrap();
        assert!(report.contains("mouse"), "{report}");
        assert!(report.contains("Not a directory"), "{report}");
        assert!(!report.contains(['\u{1b}', '\u{202E}']), "{report:?}");
    }
}

#[test]
fn the_question_needs_a_terminal() {
    let environment = Environment::new();
    environment.run(&["doctor", "--bidi"]).code(2);
    environment.run(&["doctor", "--bidi", "--json"]).code(2);
}
