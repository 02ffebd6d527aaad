//! Annotated elsewhere, opened here: the same answers as from the documents themselves.

use std::fs;
use std::io::Write as _;
use std::process::Stdio;

use khabar::ingest::sample;

use crate::environment::Environment;

/// Views that show everything that annotation and the corpus say.
const VIEWS: &[&[&str]] = &[
    &["list"],
    &["show"],
    &["annotate"],
    &["entities"],
    &["timeline"],
    &["timeline", "--by", "mentioned"],
];

/// What a view prints of a folder, with its complaints.
fn view(environment: &Environment, view: &[&str], folder: &str) -> (String, String) {
    let mut arguments = view.to_vec();
    arguments.push(folder);
    let output = environment.command(&arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr))
}

/// Runs the filter over `input`.
fn piped(environment: &Environment, arguments: &[&str], input: &[u8]) -> Vec<u8> {
    let mut child = environment
        .command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || pipe.write_all(&input));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    output.stdout
}

/// JSON Lines of the sample, half of them dated by their record, and two lines that are none.
fn lines() -> String {
    let mut lines = String::new();
    for (number, (name, text)) in sample::files().iter().enumerate() {
        let mut record = serde_json::json!({ "doc_id": name, "text": text, "source": "a.org" });
        if number % 2 == 0 {
            record["date_publish"] = "2016-11-03".into();
            record["title"] = format!("Report {number}, Aleppo").into();
        }
        lines.extend([record.to_string(), "\n".to_owned()]);
        if number == 7 {
            lines.push_str("{broken\n{\"title\":null}\n");
        }
    }
    lines
}

#[test]
fn a_folder_of_files_opens_alike() {
    let environment = Environment::new();
    for (name, text) in sample::files().iter().take(14) {
        environment.document(name, text);
    }
    environment.document("b.pdf", "%PDF-1.4 and so on");
    let line_a_document = environment.command(&["annotate", "--per-document", "news"]);
    let output = { line_a_document }.output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(String::from_utf8_lossy(&output.stderr).lines().count(), 1);
    let kept = environment.home().join("kept.jsonl");
    fs::write(&kept, &output.stdout).unwrap();
    for arguments in VIEWS {
        let direct = view(&environment, arguments, "news");
        let again = view(&environment, arguments, "home/kept.jsonl");
        assert!(!direct.0.is_empty());
        assert_eq!(direct, again, "{arguments:?}");
    }
}

#[test]
fn shards_from_a_pipe_open_alike_packed_or_not() {
    let environment = Environment::new();
    let lines = lines();
    let all: Vec<&str> = lines.lines().collect();
    fs::create_dir(environment.home().join("kept")).unwrap();
    for (shard, part) in all.chunks(12).enumerate() {
        let name = format!("part-{shard}.jsonl");
        let input = part.join("\n");
        environment.document(&name, &input);
        let filter = ["annotate", "--per-document", "-"];
        let kept = piped(&environment, &filter, input.as_bytes());
        assert_eq!(str::from_utf8(&kept).unwrap().lines().count(), part.len());
        // once more changes nothing
        assert_eq!(piped(&environment, &filter, &kept), kept);
        fs::write(environment.home().join("kept").join(name), kept).unwrap();
    }
    for arguments in VIEWS {
        let direct = view(&environment, arguments, "news");
        let again = view(&environment, arguments, "home/kept");
        assert!(!direct.0.is_empty());
        assert_eq!(direct, again, "{arguments:?}");
    }
    let kept = fs::read(environment.home().join("kept/part-0.jsonl")).unwrap();
    let level = ruzstd::encoding::CompressionLevel::Fastest;
    let packed = ruzstd::encoding::compress_to_vec(kept.as_slice(), level);
    fs::write(environment.home().join("part-0.jsonl.zst"), packed).unwrap();
    assert_eq!(
        view(&environment, &["entities"], "home/kept/part-0.jsonl").0,
        view(&environment, &["entities"], "home/part-0.jsonl.zst").0,
    );
}

#[test]
fn lines_of_another_version_are_annotated_anew_and_say_so() {
    let environment = Environment::new();
    environment.document(
        "a.jsonl",
        r#"{"id":"a","text":"Rebels left Aleppo on Friday."}"#,
    );
    let line = environment.printed(&["annotate", "--per-document", "news/a.jsonl"]);
    let direct = environment.printed(&["annotate", "news/a.jsonl"]);
    let mut other: serde_json::Value = serde_json::from_str(&line).unwrap();
    other["khabar"]["rules"] = "0".into();
    other["mentions"][0]["entity"] = "Aleppo County".into();
    let future = serde_json::json!({ "id": "a", "text": "Rebels left Aleppo on Friday.",
        "khabar": { "annotated": 99, "something": [1, 2] } });
    for changed in [other, future] {
        environment.document("a.jsonl", changed.to_string());
        let listed = environment.printed(&["list", "news/a.jsonl"]);
        assert!(listed.contains("annotated anew"), "{listed}");
        assert_eq!(environment.printed(&["annotate", "news/a.jsonl"]), direct);
    }
    // the user's own day is no other version
    environment.document("a.jsonl", &line);
    let day = environment.printed(&["list", "news/a.jsonl", "--dct", "2016-11-04"]);
    assert!(
        day.contains("\"day\":\"2016-11-04\"") && day.contains("\"notes\":[]"),
        "{day}"
    );
}

#[test]
fn views_of_the_whole_corpus_are_no_filters() {
    let environment = Environment::new();
    for option in [&["--filter", "aleppo"][..], &["--table"], &["--no-links"]] {
        let mut arguments = vec!["annotate", "--per-document", "news"];
        arguments.extend(option);
        assert_eq!(
            environment.run(&arguments).get_output().status.code(),
            Some(2)
        );
    }
}
