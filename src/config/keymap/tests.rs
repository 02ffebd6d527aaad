use proptest::prelude::*;

use crate::command::Command;
use crate::config::keymap::{Binding, Code, Key, Keymap, Lookup, Mode, chord_name, defaults};
use crate::config::layouts::Preference;

#[test]
fn names_of_keys() {
    for (name, key) in [
        ("j", Key::char('j')),
        ("G", Key::char('G')),
        ("ج", Key::char('ج')),
        ("\\", Key::char('\\')),
        ("+", Key::char('+')),
        ("-", Key::char('-')),
        ("|", Key::char('|')),
        ("Space", Key::char(' ')),
        ("Ctrl-d", Key::ctrl('d')),
        ("Ctrl--", Key::ctrl('-')),
        ("Ctrl-Space", Key::ctrl(' ')),
        ("Alt-x", Key::new(Code::Char('x'), false, true, false)),
        ("Ctrl-Alt-x", Key::new(Code::Char('x'), true, true, false)),
        ("Shift-Tab", Key::new(Code::Tab, false, false, true)),
        ("Esc", Key::plain(Code::Esc)),
        ("PageDown", Key::plain(Code::PageDown)),
        ("F12", Key::plain(Code::Function(12))),
    ] {
        assert_eq!(Key::parse(name), Ok(key), "{name}");
        assert_eq!(key.to_string(), name);
    }
}

#[test]
fn one_key_is_one_value_however_it_is_reported() {
    assert_eq!(
        Key::new(Code::Char('G'), false, false, true),
        Key::char('G')
    );
    assert_eq!(
        Key::new(Code::Char('g'), false, false, true),
        Key::char('G')
    );
    assert_eq!(Key::new(Code::Char('D'), true, false, true), Key::ctrl('d'));
    assert_eq!(
        Key::new(Code::Char('?'), false, false, true),
        Key::char('?')
    );
}

#[test]
fn a_wrong_name_says_the_right_one() {
    for (name, expected) in [
        ("PgDn", "\"PageDown\""),
        ("Pagedown", "\"PageDown\""),
        ("escape", "\"Esc\""),
        ("Ctrl-Return", "\"Ctrl-Enter\""),
        ("C-d", "\"Ctrl-d\""),
        ("^d", "\"Ctrl-d\""),
        ("<C-d>", "\"Ctrl-d\""),
        ("<Tab>", "\"Tab\""),
        ("ctrl-d", "\"Ctrl-d\""),
        ("Ctrl-i", "name Tab"),
        ("Ctrl-[", "name Esc"),
        ("Shift-g", "\"G\""),
        ("Ctrl-Ctrl-d", "twice"),
        ("Ctrl-", "a key is one character"),
        ("xyzzy", "a key is one character"),
        ("\u{1b}", "a key is one character"),
    ] {
        let message = Key::parse(name).unwrap_err();
        assert!(message.contains(expected), "{name:?}: {message}");
        assert!(!message.contains('\u{1b}'), "{message:?}");
    }
    assert!(Key::parse_chord("  ").is_err());
}

#[test]
fn every_default_key_is_named_right_and_none_clashes() {
    let keymap = Keymap::default();
    assert_eq!(keymap.bindings.len(), defaults::chords().count());
    for (index, binding) in keymap.bindings.iter().enumerate() {
        for other in keymap.bindings.iter().skip(index + 1) {
            assert!(!binding.clashes(other), "{binding:?} and {other:?}");
        }
    }
}

#[test]
fn every_command_has_a_key_and_what_is_to_come_has_room() {
    let keymap = Keymap::default();
    for command in Command::ALL {
        // what sets something right has its key on cards
        let of_cards = keymap.keys_in(Mode::Overlay, *command);
        let keys = [keymap.keys_of(*command), of_cards].concat();
        assert!(!keys.is_empty(), "{command:?}");
    }
    for key in "cw".chars() {
        assert_eq!(
            keymap.lookup(Mode::Normal, &[Key::char(key)]),
            Lookup::None,
            "{key}"
        );
    }
}

#[test]
fn text_fields_leave_every_character_to_typing() {
    let keymap = Keymap::default();
    for binding in keymap.bindings(Mode::Text) {
        assert!(binding.keys.iter().all(|key| key.typed().is_none()));
    }
}

#[test]
fn lookups() {
    let mut keymap = Keymap::default();
    keymap.bindings.push(Binding {
        mode: Mode::Normal,
        keys: vec![Key::char('w'), Key::char('q')],
        command: Command::Why,
    });
    let (j, y, q) = (Key::char('j'), Key::char('w'), Key::char('q'));
    for (mode, keys, expected) in [
        (Mode::Normal, vec![j], Lookup::Command(Command::Down)),
        (Mode::Normal, vec![y], Lookup::Prefix),
        (Mode::Normal, vec![y, q], Lookup::Command(Command::Why)),
        (Mode::Normal, vec![y, j], Lookup::None),
        (Mode::Normal, vec![j, j], Lookup::None),
        (Mode::Normal, vec![], Lookup::None),
        (Mode::Text, vec![j], Lookup::None),
        (Mode::Overlay, vec![q], Lookup::Command(Command::Back)),
        (Mode::Normal, vec![q], Lookup::Command(Command::Quit)),
        (
            Mode::Text,
            vec![Key::ctrl('c')],
            Lookup::Command(Command::Quit),
        ),
        // Arabic (101): the j key writes ت, the y key غ
        (
            Mode::Normal,
            vec![Key::char('ت')],
            Lookup::Command(Command::Down),
        ),
        (Mode::Normal, vec![Key::char('ص')], Lookup::Prefix),
        (
            Mode::Normal,
            vec![Key::char('ص'), Key::char('ض')],
            Lookup::Command(Command::Why),
        ),
        (
            Mode::Overlay,
            vec![Key::char('ض')],
            Lookup::Command(Command::Back),
        ),
        (Mode::Text, vec![Key::char('ت')], Lookup::None),
        (
            Mode::Normal,
            vec![Key::ctrl('в')],
            Lookup::Command(Command::HalfPageDown),
        ),
        (
            Mode::Normal,
            vec![Key::char('د')],
            Lookup::Command(Command::NextDay),
        ),
    ] {
        assert_eq!(
            keymap.lookup(mode, &keys),
            expected,
            "{mode:?} {}",
            chord_name(&keys)
        );
    }
    keymap.prefer(Preference::Persian);
    assert_eq!(
        keymap.lookup(Mode::Normal, &[Key::char('د')]),
        Lookup::Command(Command::NextHit)
    );
}

#[test]
fn the_first_key_is_the_one_to_teach() {
    let keymap = Keymap::default();
    assert_eq!(keymap.keys_of(Command::Down), ["j", "Down"]);
    assert_eq!(keymap.keys_of(Command::Quit), ["q", "Ctrl-c"]);
    assert_eq!(keymap.keys_in(Mode::Overlay, Command::Back), ["Esc", "q"]);
    assert!(keymap.keys_in(Mode::Text, Command::Sort).is_empty());
}

proptest! {
    #[test]
    fn any_name_is_read_or_refused(name in "\\PC{0,12}") {
        if let Ok(keys) = Key::parse_chord(&name) {
            // what is shown reads back as the same keys
            prop_assert_eq!(Key::parse_chord(&chord_name(&keys)), Ok(keys));
        }
    }
}
