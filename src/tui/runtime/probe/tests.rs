//! What is made of terminals' answers and of environments.

use super::*;

fn environment(pairs: &[(&str, &str)]) -> Environment {
    Environment::of(pairs.iter().copied())
}

#[test]
fn environments_decide_where_they_are_clear() {
    type Row = (&'static [(&'static str, &'static str)], Dialect, bool, bool);
    let table: &[Row] = &[
        // (environment, dialect, marks, sure)
        (&[("TERM", "xterm-256color")], Dialect::Plain, true, false),
        (&[("TERM", "xterm-kitty")], Dialect::Kitty, true, true),
        (&[("TERM", "mlterm-256color")], Dialect::Mlterm, true, true),
        (&[("TERM", "mlterm")], Dialect::Mlterm, true, true),
        (&[("TERM", "foot")], Dialect::Plain, false, true),
        (&[("TERM", "foot-extra")], Dialect::Plain, false, true),
        (&[("TERM", "alacritty")], Dialect::Plain, false, true),
        (&[("TERM", "linux")], Dialect::Plain, false, true),
        (
            &[("TERM", "screen.xterm-256color")],
            Dialect::Plain,
            true,
            true,
        ),
        (
            &[("TERM", "screen"), ("TMUX", "x")],
            Dialect::Lro,
            true,
            true,
        ),
        (&[("TERM", "tmux-256color")], Dialect::Lro, true, true),
        (
            &[("TERM", "xterm-256color"), ("VTE_VERSION", "7006")],
            Dialect::Explicit,
            true,
            true,
        ),
        (
            &[("TERM", "xterm-256color"), ("KONSOLE_VERSION", "221203")],
            Dialect::Rlo,
            true,
            true,
        ),
        // an xterm started from Konsole, or Konsole from an xterm
        (
            &[
                ("TERM", "xterm-256color"),
                ("KONSOLE_VERSION", "221203"),
                ("XTERM_VERSION", "XTerm(379)"),
            ],
            Dialect::Rlo,
            true,
            false,
        ),
        (
            &[("TERM", "xterm-256color"), ("TERM_PROGRAM", "iTerm.app")],
            Dialect::Lro,
            true,
            true,
        ),
        (
            &[
                ("TERM", "xterm-256color"),
                ("TERM_PROGRAM", "WezTerm"),
                ("WEZTERM_PANE", "0"),
            ],
            Dialect::Explicit,
            true,
            true,
        ),
    ];
    for (pairs, dialect, marks, sure) in table {
        let profile = Profile::of_environment(&environment(pairs));
        let got = (profile.dialect, profile.marks, profile.sure);
        assert_eq!(got, (*dialect, *marks, *sure), "{pairs:?}: {}", profile.why);
    }
}

#[test]
fn repetition_is_left_to_terminals_known_for_it() {
    // mosh and Terminal.app call themselves so, too
    let profile = Profile::of_environment(&environment(&[("TERM", "xterm-256color")]));
    assert!(!profile.repeat);
    assert!(Profile::of_environment(&environment(&[("TERM", "foot")])).repeat);
}

fn answers(mode: Option<u16>, version: &str, secondary: &[u16]) -> Answers {
    let version = (!version.is_empty()).then(|| version.to_owned());
    let secondary = (!secondary.is_empty()).then(|| secondary.to_vec());
    Answers {
        bidi_mode: mode,
        version,
        secondary,
        complete: true,
    }
}

#[test]
fn answers_decide() {
    let table = [
        (
            "VTE 0.70",
            answers(Some(2), "VTE(7006)", &[65, 7006, 1]),
            Some(Dialect::Explicit),
        ),
        (
            "VTE, older",
            answers(Some(2), "", &[65, 6003, 1]),
            Some(Dialect::Explicit),
        ),
        (
            "unknown, obeying",
            answers(Some(2), "Newterm 1", &[]),
            Some(Dialect::Explicit),
        ),
        (
            "mlterm 3.9",
            answers(None, "", &[24, 279, 0]),
            Some(Dialect::Mlterm),
        ),
        (
            "Konsole 22.12",
            answers(None, "Konsole 22.12.3", &[1, 115, 0]),
            Some(Dialect::Rlo),
        ),
        (
            "Konsole, old",
            answers(None, "", &[0, 115, 0]),
            Some(Dialect::Rlo),
        ),
        (
            "kitty 0.26",
            answers(Some(0), "kitty(0.26.5)", &[1, 4000, 26]),
            Some(Dialect::Kitty),
        ),
        (
            "xterm 379",
            answers(Some(0), "XTerm(379)", &[41, 379, 0]),
            Some(Dialect::Plain),
        ),
        (
            "foot 1.13",
            answers(None, "foot(1.13.1)", &[1, 11301, 0]),
            Some(Dialect::Plain),
        ),
        (
            "alacritty 0.11",
            answers(None, "", &[0, 1100, 1]),
            Some(Dialect::Plain),
        ),
        (
            "tmux 3.3a",
            answers(None, "tmux 3.3a", &[84, 0, 0]),
            Some(Dialect::Lro),
        ),
        (
            "WezTerm",
            answers(Some(2), "WezTerm 2025", &[1, 277, 0]),
            Some(Dialect::Explicit),
        ),
        (
            "iTerm2",
            answers(None, "iTerm2 3.6", &[64, 2500, 0]),
            Some(Dialect::Lro),
        ),
        ("Windows Terminal", answers(None, "", &[0, 10, 1]), None),
        ("nothing told", answers(None, "", &[]), None),
    ];
    for (name, answers, expected) in table {
        let dialect = Profile::of_answers(&answers).map(|profile| profile.dialect);
        assert_eq!(dialect, expected, "{name}");
    }
    let marks = |answers| Profile::of_answers(&answers).unwrap().marks;
    assert!(!marks(answers(None, "foot(1.13.1)", &[])));
    assert!(!marks(answers(None, "", &[0, 1302, 1])));
}

#[test]
fn the_last_answer_settles_it_and_later_ones_change_nothing() {
    let guess = Profile::of_environment(&environment(&[("TERM", "xterm-256color")]));
    let identity = Identity::asked(guess);
    let version = Report::Version("Konsole 22.12.3".to_owned());
    assert_eq!(identity.note(&version), None, "it may not be all");
    let profile = identity.note(&Report::Primary).unwrap();
    assert_eq!(profile.dialect, Dialect::Rlo);
    assert!(identity.is_known());
    identity.wait();
    let other = Report::Version("kitty(0.26.5)".to_owned());
    assert_eq!(identity.note(&other), None);
    assert_eq!(identity.note(&Report::Primary), None);
    assert_eq!(identity.profile().dialect, Dialect::Rlo);
}

#[test]
fn answers_that_agree_are_no_news() {
    let guess = Profile::of_environment(&environment(&[("TERM", "foot")]));
    let identity = Identity::asked(guess);
    identity.note(&Report::Version("foot(1.13.1)".to_owned()));
    assert_eq!(identity.note(&Report::Primary), None);
}

#[test]
fn names_survive_the_round_trip() {
    for dialect in Dialect::ALL {
        assert_eq!(Dialect::from_name(dialect.name()), Some(dialect));
    }
    assert_eq!(Dialect::from_name("klingon"), None);
}
