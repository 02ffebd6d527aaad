use crate::link::definition::{Relation, acronym, relation, tells_of_another};
use crate::text::fold::fold;

#[test]
fn what_stands_between_two_names() {
    let says = |former| Some(Relation::Says { former });
    for (gap, after, expected) in [
        (" (formerly ", ") said", says(true)),
        (", formerly known as the ", ", said", says(true)),
        (" (ehemalige ", "/Dschabhat", says(true)),
        (" (", " سابقا) في", says(true)),
        (" المعروف بـ", " قال", says(false)),
        (" المعروفة باسم «", "»", says(false)),
        (", auch bekannt als ", ", sagte", says(false)),
        (" (", ") said", Some(Relation::Brackets)),
        (" \"(", ") said", Some(Relation::Brackets)),
        ("/", ") said", Some(Relation::Slash)),
        (" (", " and others)", None),
        (" (formerly of ", ")", None),
        (" (formerly ", "'s deputy)", None),
        (" (ehemalige ", "-Kämpfer)", None),
        (" (near ", ")", None),
        (") known as ", "", None),
        (", ", ", and", None),
        (" and ", ".", None),
        ("", "", None),
    ] {
        assert_eq!(relation(&fold(gap), after), expected, "{gap:?} {after:?}");
    }
}

#[test]
fn what_belongs_to_a_name_is_called_otherwise() {
    for (before, gap, expected) in [
        ("a specific faction of ", " called the ", true),
        ("a town in ", " called ", true),
        ("بلدة في ", " تعرف ", true),
        ("the head of ", ", known as ", false),
        ("the head of ", " (also known as ", false),
        ("by the group ", " called ", false),
        ("", " known as ", false),
    ] {
        assert_eq!(tells_of_another(before, gap), expected, "{before}X{gap}Y");
    }
}

#[test]
fn first_letters() {
    for (short, full, expected) in [
        ("SOHR", "Syrian Observatory for Human Rights", Some(0.95)),
        ("BND", "Bundesnachrichtendienst", Some(0.85)),
        ("AfD", "Alternative für Deutschland", Some(0.95)),
        ("FSA", "Free Syrian Army", Some(0.95)),
        ("YPG", "Volksverteidigungseinheiten", None),
        ("Vermont", "Bernie Sanders", None),
        ("UN", "Unruh", None),
        ("R", "Republican", None),
    ] {
        assert_eq!(acronym(short, full), expected, "{short}");
    }
}
