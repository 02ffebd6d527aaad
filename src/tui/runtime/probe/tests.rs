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
            answers(Some(2), "", &[65, 7006, 1]),
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
            "alacritty",
            answers(None, "", &[0, 1700, 1]),
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

fn asked(pairs: &[(&str, &str)], outer_due: bool) -> Identity {
    Identity::asked(Profile::of_environment(&environment(pairs)), outer_due)
}

#[test]
fn the_last_answer_settles_it_and_later_ones_change_nothing() {
    let identity = asked(&[("TERM", "xterm-256color")], false);
    let version = |name: &str| Report::Version(name.to_owned());
    identity.note(&version("Konsole 22.12.3"));
    assert_eq!(
        identity.profile().dialect,
        Dialect::Plain,
        "there may be more"
    );
    assert!(!identity.profile().sure);
    identity.note(&Report::Primary);
    assert!(identity.is_answered() && identity.profile().sure);
    identity.wait();
    identity.note(&version("kitty(0.26.5)"));
    identity.note(&Report::Primary);
    assert_eq!(identity.profile().dialect, Dialect::Rlo);
}

#[test]
fn tmux_is_asked_for_the_terminal_around_it() {
    let table = [
        // (what tmux says, dialect, marks)
        ("xterm-kitty\tkitty(0.26.5)\n", Dialect::Kitty, true),
        ("xterm-256color\tKonsole 22.12.3\n", Dialect::Rlo, true),
        ("mlterm\t\n", Dialect::Mlterm, true),
        ("foot\tfoot(1.13.1)\n", Dialect::Plain, false),
        ("alacritty\t\n", Dialect::Plain, false),
        ("xterm\tXTerm(379)\n", Dialect::Plain, true),
        // VTE answers nothing that names it
        ("xterm-256color\t\n", Dialect::Lro, true),
        ("\t\n", Dialect::Lro, true),
        ("", Dialect::Lro, true),
    ];
    for (line, dialect, marks) in table {
        let identity = asked(&[("TERM", "tmux-256color"), ("TMUX", "x")], true);
        assert!(!identity.profile().sure, "before tmux answers");
        identity.note(&Report::Version("tmux 3.3a".to_owned()));
        identity.note(&Report::Primary);
        identity.note_outer(Outer::parse(line));
        let profile = identity.profile();
        assert_eq!(
            (profile.dialect, profile.marks),
            (dialect, marks),
            "{line:?}"
        );
        assert!(profile.tmux && profile.sure && !profile.repeat, "{line:?}");
    }
}

#[test]
fn without_answers_the_environment_stands() {
    let identity = asked(&[("TERM", "foot")], false);
    identity.note(&Report::Primary);
    let profile = identity.profile();
    assert_eq!((profile.dialect, profile.marks), (Dialect::Plain, false));
    assert_eq!(profile.why, "TERM=foot");
}

#[test]
fn names_survive_the_round_trip() {
    for dialect in Dialect::ALL {
        assert_eq!(Dialect::from_name(dialect.name()), Some(dialect));
    }
    assert_eq!(Dialect::from_name("klingon"), None);
}
