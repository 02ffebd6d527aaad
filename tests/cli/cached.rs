//! A corpus that was annotated once: the same answers, whatever happened to files and cache.

use std::fs::{self, OpenOptions};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::PathBuf;
use std::time::Duration;

use khabar::ingest::sample;

use crate::environment::{Environment, files_below};

const VIEWS: &[&[&str]] = &[
    &["list"],
    &["annotate"],
    &["entities"],
    &["timeline", "--by", "mentioned"],
    &["list", "--filter", "\"aleppo\" -lang:ar", "--sort", "title"],
];

/// What all views print, with what they complain of.
fn views(environment: &Environment, options: &[&str]) -> Vec<(String, String)> {
    let view = |view: &&[&str]| {
        let mut arguments = view.to_vec();
        arguments.extend(options);
        arguments.push("news");
        let output = environment.command(&arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (text(output.stdout), text(output.stderr))
    };
    VIEWS.iter().map(view).collect()
}

/// Asserts that the cache changes nothing that is printed, before and after it is written.
fn assert_alike(environment: &Environment, options: &[&str]) {
    let mut uncached = options.to_vec();
    uncached.push("--no-cache");
    let expected = views(environment, &uncached);
    assert!(expected.iter().any(|(out, _)| !out.is_empty()));
    for round in 0..2 {
        assert_eq!(views(environment, options), expected, "round {round}");
    }
}

fn cache(environment: &Environment) -> PathBuf {
    let mut files = files_below(&environment.home().join(".cache/khabar"));
    assert_eq!(files.len(), 1, "{files:?}");
    files.remove(0)
}

/// A file's time must be told from that of the next change.
fn tick() {
    std::thread::sleep(Duration::from_millis(80));
}

fn environment() -> Environment {
    let environment = Environment::new();
    for (name, text) in sample::files().iter().step_by(7) {
        environment.document(name, text);
    }
    let mut lines = String::new();
    for (name, text) in sample::files().iter().skip(1).step_by(7) {
        let record = serde_json::json!({ "id": name, "text": text, "title": "A report",
            "date_publish": "2016-11-04" });
        lines.extend([record.to_string(), "\n".to_owned()]);
    }
    environment.document("more.jsonl", lines + "{broken\n");
    environment.document("picture.png", "");
    tick();
    environment
}

#[test]
fn a_corpus_that_did_not_change_is_not_read_again() {
    let environment = environment();
    assert_alike(&environment, &[]);
    let path = cache(&environment);
    let written = fs::metadata(&path).unwrap().modified().unwrap();
    // a run that finds nothing new writes nothing
    tick();
    views(&environment, &[]);
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), written);
}

#[test]
fn new_changed_and_vanished_files_are_seen() {
    let environment = environment();
    assert_alike(&environment, &[]);
    let news = environment.news();
    let names: Vec<PathBuf> = files_below(&news);
    // one grows, one gets other words of the same length, one goes, one comes, one moves
    let mut grown = OpenOptions::new()
        .append(true)
        .open(news.join("more.jsonl"))
        .unwrap();
    writeln!(
        grown,
        "{{\"text\":\"Rebels left Minyan on Monday, 7 November.\"}}"
    )
    .unwrap();
    tick();
    assert_alike(&environment, &[]);
    let mut other = OpenOptions::new().write(true).open(&names[0]).unwrap();
    other.seek(SeekFrom::Start(0)).unwrap();
    other.write_all(b"Zzz").unwrap();
    drop(other);
    fs::remove_file(&names[1]).unwrap();
    fs::rename(&names[2], news.join("zz-moved.txt")).unwrap();
    environment.document("a-new.txt", "حلب اليوم الجمعة");
    tick();
    assert_alike(&environment, &[]);
    fs::remove_dir_all(&news).unwrap();
    fs::create_dir(&news).unwrap();
    environment.document("only.txt", "Rebels left Aleppo on Friday, 4 November 2016.");
    tick();
    assert_alike(&environment, &[]);
}

#[test]
fn other_options_are_other_corpora() {
    let environment = environment();
    assert_alike(&environment, &[]);
    assert_alike(&environment, &["--dct", "2016-11-05"]);
    assert_alike(&environment, &["--no-links"]);
    assert_alike(&environment, &[]);
    let aliases = environment.home().join("aliases.toml");
    let repair = "[[merge]]\nname = \"Aleppo\"\nkind = \"PLACE\"\ninto = \"Halab\"\n";
    fs::write(&aliases, repair).unwrap();
    assert_alike(&environment, &["--aliases", "home/aliases.toml"]);
}

#[test]
fn a_damaged_cache_is_made_anew() {
    let environment = environment();
    assert_alike(&environment, &[]);
    let path = cache(&environment);
    let whole = fs::read(&path).unwrap();
    let expected = views(&environment, &["--no-cache"]);
    let length = whole.len();
    let damages: Vec<Vec<u8>> = [
        8,
        length / 7,
        length / 3,
        length / 2,
        length - 40,
        length - 1,
    ]
    .into_iter()
    .map(|at| {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x55;
        damaged
    })
    .chain([
        Vec::new(),
        whole[..length / 2].to_vec(),
        b"another file".to_vec(),
    ])
    .collect();
    for damaged in damages {
        // a cache is read-only
        fs::remove_file(&path).unwrap();
        fs::write(&path, &damaged).unwrap();
        let output = environment.command(&["entities", "news"]).output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), expected[2].0);
        assert_ne!(fs::read(&path).unwrap(), damaged);
    }
}

#[test]
fn what_must_not_or_cannot_be_written_is_not() {
    let environment = environment();
    let expected = views(&environment, &["--no-cache"]);
    for options in [&["--private"][..], &["--no-cache"]] {
        assert_eq!(views(&environment, options), expected);
        assert_eq!(files_below(&environment.home()), Vec::<PathBuf>::new());
    }
    // a folder that cannot be made
    environment.document("in-the-way", "x");
    fs::rename(
        environment.news().join("in-the-way"),
        environment.home().join("file"),
    )
    .unwrap();
    let output = environment
        .command(&["list", "news", "--cache", "home/file"])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), expected[0].0);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("home/file") && said.contains("--no-cache"),
        "{said}"
    );
}

#[test]
fn two_at_once_leave_one_that_is_whole() {
    let environment = environment();
    let expected = views(&environment, &["--no-cache"]);
    let runs: Vec<_> = (0..4)
        .map(|_| {
            let mut command = environment.command(&["list", "news"]);
            std::thread::spawn(move || command.output().unwrap().stdout)
        })
        .collect();
    for run in runs {
        assert_eq!(
            String::from_utf8(run.join().unwrap()).unwrap(),
            expected[0].0
        );
    }
    cache(&environment);
    assert_alike(&environment, &[]);
}
