//! What is found without a terminal.

use super::*;

#[test]
fn the_environment_part_names_what_counted_and_hides_what_is_private() {
    let environment = Environment::of([
        ("TERM", "foot"),
        ("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22"),
    ]);
    let findings = Findings::of_environment(&environment, Bidi::Auto, None);
    let text = findings.to_string();
    for wanted in ["TERM=foot", "plain", "hidden", "OSC 52", "74994"] {
        assert!(text.contains(wanted), "{wanted} in\n{text}");
    }
    assert!(!text.contains("192.0.2"), "{text}");
    assert!(
        !serde_json::to_string(&findings)
            .unwrap()
            .contains("192.0.2")
    );
}

#[test]
fn a_setting_goes_over_an_answer_and_an_answer_over_what_is_found() {
    let environment = Environment::of([("TERM", "mlterm")]);
    for (setting, kept, dialect) in [
        (Bidi::Auto, None, "mlterm"),
        (Bidi::Auto, Some(Bidi::Auto), "mlterm"),
        (Bidi::Auto, Some(Bidi::Rlo), "rlo"),
        (Bidi::Plain, Some(Bidi::Rlo), "plain"),
    ] {
        let findings = Findings::of_environment(&environment, setting, kept);
        assert_eq!(findings.dialect, dialect, "{setting:?} {kept:?}");
        assert_eq!(findings.assumed.dialect, "mlterm");
    }
}

#[test]
fn what_is_expected_is_what_the_text_layer_counts() {
    for (name, text, expected) in widths::TEXTS {
        let counted = u16::try_from(crate::text::width::cells(text)).unwrap();
        // a control that a dialect adds is no part of the text
        let control = text.contains('\u{202D}');
        assert!(
            control || expected.is_none_or(|cells| cells == counted),
            "{name}"
        );
        let same = widths::TEXTS.iter().filter(|(_, other, _)| other == text);
        assert_eq!(same.count(), 1, "{name}");
    }
}
