use super::*;

fn tree(files: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "text").unwrap();
    }
    folder
}

fn paths(found: &Discovery) -> Vec<&str> {
    found.inputs.iter().map(Input::path).collect()
}

fn of(path: &Path) -> Source {
    Source::Path(path.to_path_buf())
}

#[test]
fn a_folder_is_read_to_the_bottom_in_natural_order() {
    let folder = tree(&[
        "b10.txt",
        "b9.txt",
        "a/2.md",
        "a/10.jsonl",
        "a/deep/er/x.json",
        ".hidden/x.txt",
        "a/.hidden.txt",
        ".gitignore",
        "NOTES",
        "report.2016",
        "x.jsonl.zst",
    ]);
    fs::write(folder.path().join(".gitignore"), "*.txt\n").unwrap();
    let found = discover(&[of(folder.path())]);
    assert_eq!(
        paths(&found),
        [
            "a/2.md",
            "a/10.jsonl",
            "a/deep/er/x.json",
            "b9.txt",
            "b10.txt",
            "NOTES",
            "report.2016",
            "x.jsonl.zst"
        ]
    );
    assert!(found.unreadable.is_empty(), "{:?}", found.unreadable);
}

#[test]
fn several_folders_keep_their_names_before_their_files() {
    let folder = tree(&["one/a.txt", "two/a.txt", "c.txt"]);
    let (one, two) = (folder.path().join("one/"), folder.path().join("two"));
    let file = folder.path().join("c.txt");
    let found = discover(&[of(&one), of(&two), of(&file)]);
    let expected = [
        folder.path().join("one/a.txt"),
        folder.path().join("two/a.txt"),
        "c.txt".into(),
    ];
    assert_eq!(
        paths(&found),
        expected.map(|p| p.to_string_lossy().into_owned())
    );
    // one folder beside a file: the folder's files are still relative to it
    assert_eq!(paths(&discover(&[of(&one), of(&file)]))[0], "a.txt");
}

#[test]
fn a_named_file_is_shown_shortly_but_never_as_another() {
    let folder = tree(&["one/a.txt", "two/a.txt", "two/b.txt"]);
    let at = |name: &str| folder.path().join(name);
    let (one, two, other) = (at("one/a.txt"), at("two/a.txt"), at("two/b.txt"));
    let whole = |path: &Path| path.to_string_lossy().into_owned();
    assert_eq!(paths(&discover(&[of(&one)])), ["a.txt"]);
    assert_eq!(
        paths(&discover(&[of(&one), of(&two), of(&other)])),
        [whole(&one), whole(&two), "b.txt".to_owned()]
    );
    // relative to the package, where tests run
    let relative = Path::new("assets/sample/README.md");
    assert_eq!(
        paths(&discover(&[of(relative)])),
        ["assets/sample/README.md"]
    );
    let missing = at("missing.txt");
    assert_eq!(
        discover(&[of(&missing)]).unreadable[0].path,
        whole(&missing)
    );
}

#[test]
fn what_is_not_read_is_listed() {
    let folder = tree(&[
        "a.txt",
        "b.html",
        "c.PDF",
        "d.xyz",
        "e.html.zst",
        "f.jpeg",
        "g.sgm",
    ]);
    let found = discover(&[of(folder.path()), of(&folder.path().join("missing.txt"))]);
    assert_eq!(paths(&found), ["a.txt"]);
    let names: Vec<String> = found
        .unreadable
        .iter()
        .map(|bad| bad.path.rsplit('/').next().unwrap().to_owned())
        .collect();
    assert_eq!(
        names,
        [
            "b.html",
            "c.PDF",
            "d.xyz",
            "e.html.zst",
            "f.jpeg",
            "g.sgm",
            "missing.txt"
        ]
    );
    let reason = |i: usize| found.unreadable[i].reason.as_str();
    assert!(
        reason(0).contains("HTML, which is not read yet"),
        "{}",
        reason(0)
    );
    assert!(reason(2).contains("name it .txt"), "{}", reason(2));
    assert_eq!(reason(6), "There is no such file or folder.");
}

#[test]
fn bytes_go_by_the_name_they_were_given() {
    let source = |name: &str| Source::Bytes {
        name: name.to_owned(),
        bytes: b"x".to_vec(),
    };
    let found = discover(&[source("-"), source("sample/a.md"), source("b.html")]);
    assert_eq!(paths(&found), ["-", "sample/a.md"]);
    assert_eq!(found.inputs[0].format(), None);
    assert_eq!(found.unreadable[0].path, "b.html");
}

#[cfg(unix)]
#[test]
fn links_are_followed_but_not_in_circles() {
    let folder = tree(&["a/x.txt"]);
    std::os::unix::fs::symlink(folder.path(), folder.path().join("a/up")).unwrap();
    std::os::unix::fs::symlink("x.txt", folder.path().join("a/y.txt")).unwrap();
    std::os::unix::fs::symlink("gone.txt", folder.path().join("a/z.txt")).unwrap();
    let found = discover(&[of(folder.path())]);
    assert_eq!(paths(&found), ["a/x.txt", "a/y.txt"]);
    let listed: Vec<&str> = found.unreadable.iter().map(|bad| &*bad.path).collect();
    assert_eq!(listed, ["a/up", "a/z.txt"]);
    assert!(found.unreadable[0].reason.starts_with("A link back"));
}

#[cfg(unix)]
#[test]
fn a_folder_that_does_not_open_is_listed() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tree(&["shut/x.txt", "y.txt"]);
    let shut = folder.path().join("shut");
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o000)).unwrap();
    let open_to_us = fs::read_dir(&shut).is_ok();
    let found = discover(&[of(folder.path())]);
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o755)).unwrap();
    // root may read everything; then there is nothing to see here
    if !open_to_us {
        assert_eq!(paths(&found), ["y.txt"]);
        assert_eq!(found.unreadable[0].path, "shut");
        assert_eq!(found.unreadable[0].reason, "Permission denied.");
    }
}
