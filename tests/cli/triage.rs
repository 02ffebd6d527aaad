//! `khabar mark`, `tag`, `note`, `journal`, and what the views make of them.

use std::fs;

use khabar::triage::{DocumentKey, Op, Stamp};

use crate::environment::{Environment, files_below};
use crate::shapes::{Imported, Listed, Misread, Recorded, Shown, read};

fn three() -> Environment {
    let environment = Environment::new();
    environment
        .document("a.txt", "Alpha: a truce holds in Aleppo, it is said.\n")
        .document("b.txt", "Beta: die Waffen schweigen in Aleppo.\n")
        .document("c.txt", "قوات الجيش في حلب، كما يقال.\n");
    environment
}

fn recorded(environment: &Environment, arguments: &[&str]) -> Recorded {
    let printed = environment.printed(&[arguments, &["--in", "news"]].concat());
    read(&printed).pop().unwrap()
}

fn ids(environment: &Environment, arguments: &[&str]) -> Vec<String> {
    let assert = environment.run(&[&["list", "news", "--sort", "path"], arguments].concat());
    let printed = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
    let listed: Vec<Listed> = read(&printed);
    listed.into_iter().map(|listed| listed.id).collect()
}

#[test]
fn documents_are_marked_by_id_path_digest_and_filter() {
    let environment = three();
    let shown: Vec<Shown> = read(&environment.printed(&["show", "news"]));
    let digits = shown[2].sha256.get(..12).unwrap();
    let done = recorded(&environment, &["mark", "keep", "a", "b.txt", digits]);
    assert_eq!(
        (done.documents, done.said.as_str()),
        (3, "keep of 3 articles")
    );
    assert_eq!(done.change.len(), 32);
    assert!(done.author.contains('@'), "{}", done.author);
    recorded(
        &environment,
        &["mark", "dismiss", "--filter", "is:kept lang:de"],
    );
    assert_eq!(ids(&environment, &["--view", "kept"]), ["a", "c"]);
    assert_eq!(ids(&environment, &["--filter", "is:dismissed"]), ["b"]);
    let undone = recorded(&environment, &["mark", "undo"]);
    assert_eq!(undone.said, "undone: dismiss of 1 article");
    assert_eq!(ids(&environment, &["--view", "kept"]), ["a", "b", "c"]);
    recorded(&environment, &["mark", "redo"]);
    assert_eq!(ids(&environment, &["--view", "kept"]), ["a", "c"]);
    environment.run(&["mark", "redo", "--in", "news"]).code(1);
    let listed: Vec<Listed> =
        read(&environment.printed(&["list", "news", "--filter", "title:alpha"]));
    assert_eq!(listed[0].decision.as_deref(), Some("kept"));
    assert!(!listed[0].read && listed[0].tags.is_empty());
    assert_eq!(
        files_below(&environment.news()).len(),
        3,
        "the corpus is only read"
    );
}

#[test]
fn records_and_lines_annotated_before_are_marked_by_id() {
    let environment = three();
    let annotated = environment.printed(&["annotate", "--per-document", "news"]);
    environment.document(
        "plain.jsonl",
        "{\"id\":\"r1\",\"text\":\"One.\"}\n{\"id\":\"r2\",\"text\":\"Two.\"}\n",
    );
    recorded(&environment, &["mark", "keep", "r2"]);
    assert_eq!(ids(&environment, &["--view", "kept"]), ["r2"]);
    for name in ["a.txt", "b.txt", "c.txt"] {
        fs::remove_file(environment.news().join(name)).unwrap();
    }
    environment.document("annotated.jsonl", &annotated);
    recorded(&environment, &["mark", "keep", "b"]);
    assert_eq!(ids(&environment, &["--view", "kept"]), ["b", "r2"]);
}

#[test]
fn a_renamed_file_stays_what_it_was() {
    let environment = three();
    recorded(&environment, &["mark", "read", "a"]);
    fs::rename(
        environment.news().join("a.txt"),
        environment.news().join("renamed.txt"),
    )
    .unwrap();
    assert_eq!(ids(&environment, &["--filter", "is:read"]), ["renamed"]);
    fs::write(environment.news().join("renamed.txt"), "Another text.\n").unwrap();
    assert_eq!(ids(&environment, &["--filter", "is:read"]).len(), 0);
}

#[test]
fn tags_and_notes_are_found() {
    let environment = three();
    recorded(&environment, &["tag", "مهم", "a", "c"]);
    recorded(&environment, &["tag", "مهم", "a", "--remove"]);
    assert_eq!(ids(&environment, &["--filter", "tag:مهمّ"]), ["c"]);
    recorded(
        &environment,
        &["note", "who says?", "c", "--quote", "كما يقال"],
    );
    assert_eq!(ids(&environment, &["--filter", "note:who"]), ["c"]);
    assert_eq!(ids(&environment, &["--filter", "note:يقال"]), ["c"]);
    let export = environment.printed(&["journal", "export", "--in", "news"]);
    let note: serde_json::Value = serde_json::from_str(export.lines().last().unwrap()).unwrap();
    let body = fs::read_to_string(environment.news().join("c.txt")).unwrap();
    let place = |name: &str| usize::try_from(note[name].as_u64().unwrap()).unwrap();
    assert_eq!(body.get(place("start")..place("end")), Some("كما يقال"));
    for wrong in [
        &["note", "x", "a", "b"][..],
        &["note", "x", "a", "--quote", "not there"],
        &["note", " ", "a"],
        &["tag", "x"],
        &["mark", "keep", "nothing-of-this-name"],
    ] {
        environment
            .run(&[wrong, &["--in", "news"]].concat())
            .code(2);
    }
}

#[test]
fn journals_of_two_analysts_merge_in_any_order() {
    let environment = three();
    for (file, how, document) in [
        ("amal.jsonl", "keep", "a"),
        ("amal.jsonl", "keep", "b"),
        ("berta.jsonl", "dismiss", "b"),
        ("berta.jsonl", "keep", "c"),
    ] {
        let author = file.trim_end_matches(".jsonl");
        let mut command =
            environment.command(&["mark", how, document, "--in", "news", "--journal", file]);
        let output = command.env("USER", author).output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }
    let folder = environment.news().parent().unwrap().to_owned();
    let file = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let (amal, berta) = (file("amal.jsonl"), file("berta.jsonl"));
    fs::write(folder.join("ab.jsonl"), format!("{amal}{berta}")).unwrap();
    fs::write(folder.join("ba.jsonl"), format!("{berta}{amal}{berta}")).unwrap();
    for both in ["ab.jsonl", "ba.jsonl"] {
        let view = |name: &str| ids(&environment, &["--journal", both, "--view", name]);
        assert_eq!(view("disputed"), ["b"], "{both}");
        assert_eq!(view("kept"), ["a", "c"], "{both}");
    }
    let export =
        |both| environment.printed(&["journal", "export", "--journal", both, "--in", "news"]);
    assert_eq!(export("ab.jsonl"), export("ba.jsonl"));
    // and by importing
    let import = |from: &str| -> Imported {
        let assert = environment.run(&[
            "journal",
            "import",
            from,
            "--journal",
            "amal.jsonl",
            "--in",
            "news",
        ]);
        let printed = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
        read(&printed).pop().unwrap()
    };
    let first = import("berta.jsonl");
    assert_eq!((first.new, first.known, first.misread), (2, 0, 0));
    let again = import("ba.jsonl");
    assert_eq!((again.new, again.known), (0, 4));
    assert!(file("amal.jsonl").starts_with(&amal), "only added to");
    assert_eq!(export("amal.jsonl"), export("ab.jsonl"));
}

#[test]
fn a_journal_that_was_changed_is_told_line_by_line() {
    let environment = three();
    let arguments = ["--journal", "j.jsonl", "--in", "news"];
    for document in ["a", "b", "c"] {
        environment.printed(&[&["mark", "keep", document][..], &arguments].concat());
    }
    let check = [&["journal", "check"][..], &arguments].concat();
    environment.run(&check).code(0);
    let path = environment.news().parent().unwrap().join("j.jsonl");
    let whole = fs::read_to_string(&path).unwrap();
    let changed = whole.replacen("\"op\":\"keep\"", "\"op\":\"dismiss\"", 1);
    fs::write(&path, format!("{changed}{{torn")).unwrap();
    let assert = environment.run(&check).code(3);
    let printed = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
    let told: Vec<Misread> = read(&printed);
    let lines: Vec<usize> = told.iter().map(|misread| misread.line).collect();
    assert_eq!(lines, [1, 4], "{printed}");
    assert!(told[0].problem.contains("changed"), "{printed}");
    let said = environment.said(&["list", "news", "--journal", "j.jsonl"]);
    assert!(said.contains("torn"), "{said}");
}

#[test]
fn no_journal_in_the_corpus_and_none_in_private() {
    let environment = three();
    let inside = [
        "mark",
        "keep",
        "a",
        "--in",
        "news",
        "--journal",
        "news/j.jsonl",
    ];
    let assert = environment.run(&inside).code(2);
    let said = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
    assert!(said.contains("only read"), "{said}");
    environment
        .run(&["mark", "keep", "a", "--in", "news", "--private"])
        .code(2);
    assert!(files_below(&environment.home()).is_empty());
    assert_eq!(files_below(&environment.news()).len(), 3);
}

#[test]
fn what_cannot_be_kept_is_told_and_keeps_what_was_there() {
    let environment = three();
    // a file where the folder should be
    fs::create_dir_all(environment.home().join(".local/state")).unwrap();
    let state = environment.home().join(".local/state/khabar");
    fs::write(&state, "in the way").unwrap();
    let assert = environment
        .run(&["mark", "keep", "a", "--in", "news"])
        .code(2);
    let said = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
    assert!(
        said.contains("not saved") && said.contains("khabar"),
        "{said}"
    );
    assert_eq!(fs::read_to_string(&state).unwrap(), "in the way");

    // files that may not grow: as on a full disk
    let journal = environment.news().parent().unwrap().join("j.jsonl");
    environment.printed(&["mark", "keep", "a", "--in", "news", "--journal", "j.jsonl"]);
    let before = fs::read(&journal).unwrap();
    let script = format!(
        "trap '' XFSZ; ulimit -f 1; exec {} note \"$(head -c 4000 /dev/zero | tr '\\0' x)\" a \
         --in news --journal j.jsonl",
        env!("CARGO_BIN_EXE_khabar")
    );
    let output = std::process::Command::new("sh")
        .args(["-c", &script])
        .current_dir(environment.news().parent().unwrap())
        .env("HOME", environment.home())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("not saved: j.jsonl"), "{said}");
    assert_eq!(
        fs::read(&journal).unwrap(),
        before,
        "whole, and nothing half"
    );
}

#[test]
fn the_list_says_what_changed_since_the_last_session() {
    let environment = three();
    let shown: Vec<Shown> = read(&environment.printed(&["show", "news"]));
    // what closing the explorer writes
    let came = shown.iter().map(|one| {
        let key = DocumentKey::from_hex(&one.sha256).unwrap();
        (key, format!("{}\n{}", one.path, one.id))
    });
    let op = Op::Session {
        came: came.collect(),
        gone: Vec::new(),
    };
    let line = Stamp::new("amal").change(1_479_254_400_000, op).to_line();
    let journal = environment.home().join("j.jsonl");
    fs::write(&journal, line.trim_end().to_owned() + "\n").unwrap();
    environment
        .document("b.txt", "Beta: die Waffen sprechen in Aleppo.\n")
        .document("d.txt", "Delta: new.\n");
    fs::rename(
        environment.news().join("c.txt"),
        environment.news().join("e.txt"),
    )
    .unwrap();
    let changed = |author: &str| -> Vec<(String, Option<String>)> {
        let arguments = ["list", "news", "--sort", "path", "--journal"];
        let mut command = environment.command(&arguments);
        command.arg(&journal);
        let settings = environment.home().join(".config/khabar");
        fs::create_dir_all(&settings).unwrap();
        let author = format!("[settings]\nauthor = \"{author}\"\n");
        fs::write(settings.join("config.toml"), author).unwrap();
        let output = command.output().unwrap();
        let listed: Vec<Listed> = read(&String::from_utf8(output.stdout).unwrap());
        let listed = listed.into_iter();
        listed.map(|one| (one.id, one.changed_from)).collect()
    };
    let of = |id: &str, from: Option<&str>| (id.to_owned(), from.map(str::to_owned));
    assert_eq!(
        changed("amal"),
        [
            of("a", None),
            of("b", Some(&shown[1].sha256)),
            of("d", None),
            of("e", None)
        ]
    );
    assert!(changed("berta").iter().all(|(_, from)| from.is_none()));
}
