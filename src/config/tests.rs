use toml::de::{DeTable, DeValue};

use crate::config::document::entries;
use crate::config::keymap::{Key, Lookup, Mode};
use crate::config::theme::{Color, ColorDepth, Role};
use crate::config::*;

fn parse(text: &str) -> Config {
    Config::parse("config.toml", text).unwrap()
}

fn mistakes(text: &str) -> Vec<String> {
    let error = Config::parse("config.toml", text).unwrap_err();
    error.problems.iter().map(ToString::to_string).collect()
}

#[test]
fn the_shipped_file_says_exactly_the_defaults() {
    let config = parse(DEFAULT_FILE);
    let defaults = Config::default();
    assert_eq!(config.settings, defaults.settings);
    assert_eq!(config.theme, defaults.theme);
    for mode in Mode::ALL {
        let (file, code): (Vec<_>, Vec<_>) = (
            config.keymap.bindings(mode).collect(),
            defaults.keymap.bindings(mode).collect(),
        );
        assert_eq!(file, code, "{mode:?}");
    }
}

/// Names below a table of the shipped file, inner tables joined with dots.
fn names(table: &DeTable<'_>, leaf: &dyn Fn(&str) -> bool, path: &str, into: &mut Vec<String>) {
    for (name, value) in entries(table) {
        let full = if path.is_empty() {
            name.get_ref().to_string()
        } else {
            format!("{path}.{}", name.get_ref())
        };
        match value.get_ref() {
            DeValue::Table(inner) if !leaf(&full) => names(inner, leaf, &full, into),
            _ => into.push(full),
        }
    }
}

#[test]
fn the_shipped_file_names_everything() {
    let document = DeTable::parse(DEFAULT_FILE).unwrap();
    let mut shipped = Vec::new();
    let leaf = |name: &str| {
        name.strip_prefix("theme.")
            .is_some_and(|role| Role::from_name(role).is_some())
    };
    names(document.get_ref(), &leaf, "", &mut shipped);
    let mut expected: Vec<String> = Settings::NAMES
        .iter()
        .map(|name| format!("settings.{name}"))
        .collect();
    let keymap = Keymap::default();
    for mode in Mode::ALL {
        let mut commands: Vec<_> = keymap.bindings(mode).map(|b| b.command.name()).collect();
        commands.dedup();
        expected.extend(
            commands
                .iter()
                .map(|name| format!("keymap.{}.{name}", mode.name())),
        );
    }
    expected.extend(
        Role::ALL
            .iter()
            .map(|role| format!("theme.{}", role.name())),
    );
    shipped.sort();
    expected.sort();
    assert_eq!(shipped, expected);
}

#[test]
fn an_empty_file_is_the_default() {
    for text in ["", "\n# nothing\n", "[settings]\n[keymap]\n[theme]\n"] {
        assert_eq!(parse(text), Config::default(), "{text:?}");
    }
    assert!(parse("\u{feff}[settings]\nmouse = true\n").settings.mouse);
}

#[test]
fn a_key_given_away_leaves_its_default() {
    let config = parse("[keymap.normal]\nwhy = \"j\"\ndown = [\"e\", \"g g\"]\n");
    let keymap = &config.keymap;
    assert_eq!(keymap.keys_of(crate::command::Command::Why), ["j"]);
    assert_eq!(keymap.keys_of(crate::command::Command::Down), ["e", "g g"]);
    // "g" alone could no longer be typed
    assert_eq!(keymap.keys_of(crate::command::Command::First), ["Home"]);
    assert_eq!(
        keymap.lookup(Mode::Normal, &[Key::char('g')]),
        Lookup::Prefix
    );
    // the other modes keep theirs
    assert_eq!(
        keymap.keys_in(Mode::Overlay, crate::command::Command::First),
        ["g", "Home"]
    );
}

#[test]
fn ctrl_c_quits_whatever_the_file_says() {
    let config = parse("[keymap.normal]\nquit = []\n[keymap.text]\nquit = \"Ctrl-q\"\n");
    for mode in Mode::ALL {
        assert_eq!(
            config.keymap.lookup(mode, &[Key::ctrl('c')]),
            Lookup::Command(crate::command::Command::Quit),
            "{mode:?}"
        );
    }
}

#[test]
fn every_mistake_is_told_in_the_order_of_the_lines() {
    let text = "[theme]\nhitt = {}\n[keymap.normal]\ndwon = \"j\"\n[settings]\nmuose = true\n";
    let lines: Vec<String> = mistakes(text)
        .iter()
        .map(|problem| problem.split(' ').next().unwrap().to_owned())
        .collect();
    assert_eq!(
        lines,
        ["config.toml:2:", "config.toml:4:", "config.toml:6:"]
    );
}

#[test]
fn flags_over_environment_over_file_over_defaults() {
    let file = parse("[settings]\ncolor = \"always\"\nbidi = \"lro\"\nmouse = true\n");
    let quiet = Environment {
        no_color: true,
        ..Environment::default()
    };
    let flags = Flags {
        color: Some(ColorWhen::Always),
        bidi: Some(Bidi::Kitty),
        mouse: None,
        ascii: Some(true),
    };
    let default = Config::default().under(&Environment::default(), Flags::default());
    assert_eq!(default.settings, Settings::default());

    let under_file = file
        .clone()
        .under(&Environment::default(), Flags::default());
    assert_eq!(under_file.settings.bidi, Bidi::Lro);
    assert_eq!(under_file.depth, ColorDepth::Sixteen);

    let under_environment = file.clone().under(&quiet, Flags::default());
    assert_eq!(under_environment.settings.color, ColorWhen::Never);
    assert_eq!(under_environment.depth, ColorDepth::None);
    assert_eq!(under_environment.theme, Theme::plain());

    let under_flags = file.under(&quiet, flags);
    assert_eq!(under_flags.depth, ColorDepth::Sixteen);
    assert_eq!(under_flags.settings.bidi, Bidi::Kitty);
    assert!(under_flags.settings.mouse && under_flags.settings.ascii);
}

#[test]
fn true_colour_only_where_the_terminal_says_so() {
    let file = parse("[theme]\nbar = { fg = \"#0000e6\" }\n");
    let plain = Environment::default();
    let rich = Environment {
        colorterm: "truecolor".to_owned(),
        ..Environment::default()
    };
    for (environment, expected) in [(plain, Color::Ansi(4)), (rich, Color::Rgb(0, 0, 230))] {
        let config = file.clone().under(&environment, Flags::default());
        assert_eq!(config.theme.style(Role::Bar).fg, Some(expected));
    }
}

#[test]
fn files_that_are_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    assert_eq!(Config::from_file(File::Usual(&path)), Ok(Config::default()));
    let error = Config::from_file(File::Named(&path)).unwrap_err();
    assert!(error.to_string().contains("cannot be read"), "{error}");
    fs::write(&path, b"[settings]\nmouse = \"\xff\"\n").unwrap();
    let error = Config::from_file(File::Usual(&path)).unwrap_err();
    assert!(error.to_string().ends_with(":2: is not UTF-8"), "{error}");
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "[\\[\\]a-z.=\"'{} \n#0-9-]{0,80}") {
        let _ = Config::parse("config.toml", &text);
    }

    #[test]
    fn damaged_defaults_are_read_or_refused_with_a_line(at in 0..DEFAULT_FILE.len(), byte in 0u8..128) {
        let mut bytes = DEFAULT_FILE.as_bytes().to_vec();
        bytes[at] = byte;
        if let Ok(text) = String::from_utf8(bytes)
            && let Err(error) = Config::parse("config.toml", &text)
        {
            let lines = text.matches('\n').count() + 1;
            for problem in error.problems {
                proptest::prop_assert!((1..=lines).contains(&problem.line.unwrap()));
            }
        }
    }
}
