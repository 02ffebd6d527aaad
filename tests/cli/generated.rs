//! Help, manual page and completions, as they were looked at last.

use crate::environment::Environment;

#[test]
fn help_fits_a_screen_and_names_everything() {
    let help = Environment::new().printed(&["--help"]);
    insta::assert_snapshot!("help", help);
    assert!(help.lines().count() <= 24, "{} lines", help.lines().count());
    for line in help.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    assert_eq!(help.matches("  khabar ").count(), 5, "five examples");
    // the help is written by hand: nothing may be missing from it
    let manual = Environment::new().printed(&["man"]).replace('\\', "");
    let options = manual.split(".SH COMMANDS").next().unwrap();
    let mut checked = 0;
    for line in options.lines().filter(|line| line.starts_with("fB-")) {
        let name = line.split("fR").next().unwrap().trim_start_matches("fB");
        assert!(help.contains(name), "{name} is not in the help");
        checked += 1;
    }
    for line in manual
        .lines()
        .filter(|line| line.starts_with(".SS \"khabar "))
    {
        let name = line.trim_end_matches('"').rsplit(' ').next().unwrap();
        assert!(help.contains(name), "{name} is not in the help");
        checked += 1;
    }
    assert!(checked >= 18, "{checked} names were looked for");
}

#[test]
fn help_of_the_commands() {
    let environment = Environment::new();
    for command in [
        "list",
        "search",
        "timeline",
        "config",
        "doctor",
        "completions",
    ] {
        let help = environment.printed(&[command, "--help"]);
        insta::assert_snapshot!(format!("help_{command}"), help);
    }
    assert_eq!(
        environment.printed(&["list", "-h"]),
        environment.printed(&["list", "--help"])
    );
}

#[test]
fn the_manual_page() {
    let manual = Environment::new().printed(&["man"]);
    let version = env!("CARGO_PKG_VERSION");
    assert!(manual.contains(version));
    insta::assert_snapshot!("manual", manual.replace(version, "VERSION"));
    // a line of text that begins like a request would vanish
    for line in manual.lines().filter(|line| line.starts_with(['.', '\''])) {
        let request = line.split(' ').next().unwrap();
        let known = [".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".br", ".nf", ".fi"];
        assert!(known.contains(&request), "{line}");
    }
}

#[test]
fn completions_of_three_shells() {
    let environment = Environment::new();
    for shell in ["bash", "zsh", "fish"] {
        let script = environment.printed(&["completions", shell]);
        insta::assert_snapshot!(format!("completions_{shell}"), script);
        for word in ["timeline", "--filter", "logical"] {
            let word = if shell == "fish" {
                word.trim_start_matches("--")
            } else {
                word
            };
            assert!(script.contains(word), "{shell} lacks {word}");
        }
    }
}
