//! Settings files that are right and files that are wrong, each with what khabar makes of it.
//!
//! Beside `NAME.toml` lies `NAME.txt`: for a right file how it differs from the defaults, for a
//! wrong one its mistakes as the user reads them. `KHABAR_BLESS=1 cargo test --test configs`
//! writes the texts anew; read the difference before committing it.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read its files has failed"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use khabar::config::keymap::{Mode, chord_name};
use khabar::config::theme::Role;
use khabar::config::{Config, File};

fn files(folder: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(Path::new("tests/configs").join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        })
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no files in {folder}");
    files
}

/// Compares with the text beside the file, or writes it.
fn expect(path: &Path, found: &str) -> Result<(), String> {
    let beside = path.with_extension("txt");
    if std::env::var_os("KHABAR_BLESS").is_some() {
        fs::write(&beside, found).unwrap();
    }
    let expected = fs::read_to_string(&beside).unwrap_or_default();
    if found == expected {
        return Ok(());
    }
    Err(format!(
        "{}\n--- expected\n{expected}--- found\n{found}",
        path.display()
    ))
}

/// One line for everything that a configuration says.
fn describe(config: &Config) -> Vec<String> {
    let mut lines: Vec<String> = format!("{:#?}", config.settings)
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
        .map(|line| line.trim_end_matches(',').to_owned())
        .collect();
    for mode in Mode::ALL {
        lines.extend(config.keymap.bindings(mode).map(|binding| {
            let keys = chord_name(&binding.keys);
            format!("{}: {keys} = {}", mode.name(), binding.command.name())
        }));
    }
    for role in Role::ALL {
        let style = config.theme.style(*role);
        let mut line = format!("{}:", role.name());
        for (name, color) in [("fg", style.fg), ("bg", style.bg)] {
            if let Some(color) = color {
                write!(line, " {name} {color:?}").unwrap();
            }
        }
        for (name, on) in [
            ("bold", style.bold),
            ("underline", style.underline),
            ("italic", style.italic),
            ("reverse", style.reverse),
            ("dim", style.dim),
        ] {
            if on {
                write!(line, " {name}").unwrap();
            }
        }
        lines.push(line);
    }
    lines
}

#[test]
fn right_files_say_what_they_say_and_nothing_else() {
    let defaults = describe(&Config::default());
    let mut wrong = Vec::new();
    for path in files("valid") {
        let config = Config::from_file(File::Named(&path)).unwrap_or_else(|e| panic!("{e}"));
        let found = describe(&config);
        let mut difference = String::new();
        for line in defaults.iter().filter(|line| !found.contains(line)) {
            writeln!(difference, "- {line}").unwrap();
        }
        for line in found.iter().filter(|line| !defaults.contains(line)) {
            writeln!(difference, "+ {line}").unwrap();
        }
        wrong.extend(expect(&path, &difference).err());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn wrong_files_are_refused_with_line_and_nearest_name() {
    let mut wrong = Vec::new();
    for path in files("invalid") {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        match Config::parse(&name, &text) {
            Ok(_) => wrong.push(format!("{name} was taken")),
            Err(error) => wrong.extend(expect(&path, &format!("{error}\n")).err()),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
