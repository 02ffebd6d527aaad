//! `khabar config`.

use std::fs;

use crate::environment::Environment;

#[test]
fn the_default_file_is_printed_and_has_no_mistakes() {
    let environment = Environment::new();
    let printed = environment.printed(&["config", "--print-default"]);
    let shipped = fs::read_to_string("assets/config.toml").unwrap();
    assert_eq!(printed, shipped);
    let file = environment.news().join("config.toml");
    fs::write(&file, printed).unwrap();
    let path = file.to_str().unwrap();
    environment
        .run(&["config", "--check", "--config", path])
        .success();
}

#[test]
fn the_path_follows_the_xdg_variables() {
    let environment = Environment::new();
    let home = environment.home();
    let usual = environment.printed(&["config", "--path"]);
    assert_eq!(
        usual,
        format!("{}/.config/khabar/config.toml\n", home.display())
    );
    for (variable, expected) in [
        ("/elsewhere", "/elsewhere/khabar/config.toml\n"),
        ("relative", usual.as_str()),
        ("", usual.as_str()),
    ] {
        let output = environment
            .command(&["config", "--path"])
            .env("XDG_CONFIG_HOME", variable)
            .output()
            .unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), expected);
    }
}

#[test]
fn mistakes_are_listed_with_file_and_line() {
    let environment = Environment::new();
    let said = environment.said(&["config", "--check"]);
    assert!(said.contains("the defaults hold"), "{said}");

    let folder = environment.home().join(".config/khabar");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("config.toml");
    fs::write(
        &file,
        "[settings]\nmuose = true\n\n[keymap.normal]\ndwon = \"j\"\n",
    )
    .unwrap();
    let assert = environment.run(&["config", "--check"]).code(2);
    let said = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 2, "{said}");
    for (line, number, near) in [(lines[0], 2, "\"mouse\""), (lines[1], 5, "\"down\"")] {
        let place = format!("{}:{number}: ", file.display());
        assert!(line.starts_with(&place) && line.contains(near), "{line}");
    }
    // scripts that only read a corpus are not stopped by it
    environment.document("a.txt", "Rebels left Aleppo.\n");
    environment.run(&["list", "news"]).success();

    fs::write(
        &file,
        "[keymap.normal]\nwhy = \"q\"\nquit = []\nsort = []\n",
    )
    .unwrap();
    let assert = environment.run(&["config", "--check"]).success();
    let said = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
    assert!(said.contains("\"sort\" has no key now"), "{said}");
    assert!(said.contains("no mistakes"), "{said}");

    let missing = environment.said(&["config", "--check", "--config", "nowhere.toml"]);
    assert!(
        missing.contains("nowhere.toml: cannot be read"),
        "{missing}"
    );
}

#[test]
fn a_named_file_is_checked_by_every_command_that_is_given_it() {
    let environment = Environment::new();
    environment.document("a.txt", "Rebels left Aleppo.\n");
    let home = environment.home();
    let (right, wrong) = (home.join("right.toml"), home.join("wrong.toml"));
    fs::write(&right, "[settings]\nmouse = true\n").unwrap();
    fs::write(&wrong, "[settings]\n\nmuose = true\n").unwrap();
    let (right, wrong) = (right.to_str().unwrap(), wrong.to_str().unwrap());
    for command in ["list", "show", "annotate", "entities", "timeline"] {
        environment
            .run(&[command, "--config", right, "news"])
            .code(0);
        for arguments in [
            &[command, "news", "--config", wrong][..],
            &["--config", wrong, command, "news"],
        ] {
            let assert = environment.run(arguments).code(2);
            let output = assert.get_output();
            let said = String::from_utf8(output.stderr.clone()).unwrap();
            assert!(said.contains(&format!("{wrong}:3: ")), "{said}");
            assert!(output.stdout.is_empty(), "{arguments:?}");
        }
    }
    environment.run(&["--config", wrong, "news"]).code(2);
    environment
        .run(&["--config", "nowhere.toml", "list", "news"])
        .code(2);
}
