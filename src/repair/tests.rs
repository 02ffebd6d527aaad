use proptest::prelude::*;

use super::{Repair, Repairs};
use crate::corpus::{EntityKind, Name};

fn group(key: &str) -> Name {
    Name::new(key, EntityKind::Group)
}

fn merge(name: &str, into: &str) -> Repair {
    Repair::Merge {
        name: group(name),
        into: group(into),
    }
}

#[test]
fn every_repair_is_read() {
    let text = r#"
# ours
[[merge]]
name = "النصرة"
kind = "GROUP"
into = "Jabhat Fatah al-Sham" # since July
[[merge]]
name = "Tripoli"
kind = "place"
into = "Libya"
into_kind = "COUNTRY"
[[split]]
name = "Tripoli"
kind = "PLACE"
spelling = "طرابلس الشام"
to = "Tripoli, Lebanon"
[[rename]]
name = "A"
kind = "ORG"
to = "B"
[[retype]]
name = "A"
kind = "ORG"
to_kind = "MEDIA"
[[hide]]
name = "Freitag"
kind = "PERSON"
[[spelling]]
name = "Minyan"
kind = "PLACE"
spelling = "Minjan"
[[accept]]
name = "X"
kind = "PERSON"
candidate = "Y"
[[reject]]
name = "X"
kind = "PERSON"
candidate = "Z"
candidate_kind = "PERSON"
"#;
    let (repairs, problems) = Repairs::parse(text);
    assert_eq!(problems, []);
    let verbs: Vec<&str> = repairs.iter().map(Repair::verb).collect();
    assert_eq!(
        verbs,
        [
            "merge", "merge", "split", "rename", "retype", "hide", "spelling", "accept", "reject"
        ]
    );
    assert_eq!(
        repairs.iter().nth(1),
        Some(&Repair::Merge {
            name: Name::new("Tripoli", EntityKind::Place),
            into: Name::new("Libya", EntityKind::Country),
        })
    );
    assert_eq!(repairs.to_text(), text);
}

#[test]
fn mistakes_are_told_with_their_line() {
    for (text, line, words) in [
        (
            "[[merge]]\nname = \"A\"\nkind = \"GROUP\"\n",
            1,
            "into is missing",
        ),
        (
            "\n\n[[hide]]\nname = \"A\"\nkind = \"GANG\"\n",
            3,
            "\"GANG\" is not known",
        ),
        (
            "# x\n[[hidden]]\nname = \"A\"\n",
            2,
            "[[hidden]] is not known",
        ),
        ("[hide]\nname = \"A\"\n", 1, "double brackets"),
        (
            "[[hide]]\nname = \"A\"\nkind = \"ORG\"\nwhy = \"x\"\n",
            1,
            "no field why",
        ),
        (
            "[[hide]]\nname = \"\"\nkind = \"ORG\"\n",
            1,
            "words in quotes",
        ),
        ("[[hide]]\nname = 3\nkind = \"ORG\"\n", 1, "words in quotes"),
        ("[[hide]]\nkind = \"ORG\"\nname = A\n", 3, ""),
        ("[[hide]]\n# a\n\nname = \"A\n", 4, ""),
        ("name = \n", 1, ""),
        (
            "[[merge]]\nname = \"A\"\nkind = \"ORG\"\ninto = \"A\"\n",
            1,
            "the same",
        ),
    ] {
        let (repairs, problems) = Repairs::parse(text);
        let [problem] = problems.as_slice() else {
            panic!("{text}: {problems:?}");
        };
        assert_eq!(problem.line, line, "{text}: {problem}");
        assert!(problem.reason.contains(words), "{text}: {problem}");
        assert_eq!(repairs.iter().count(), 0);
        assert_eq!(repairs.to_text(), text, "what is wrong is kept");
    }
}

#[test]
fn contradictions_hold_on_neither_side() {
    let block = |repair: &Repair| repair.to_block();
    let reject = Repair::Reject {
        name: group("B"),
        candidate: group("A"),
    };
    let hide = Repair::Hide { name: group("A") };
    let rename = |to: &str| Repair::Rename {
        name: group("A"),
        to: to.into(),
    };
    for (repairs, lines, holding) in [
        (vec![merge("A", "B"), merge("A", "C")], vec![1, 7], 0),
        (vec![merge("A", "B"), merge("B", "A")], vec![1, 7], 0),
        (vec![merge("A", "B"), reject.clone()], vec![1, 7], 0),
        (vec![hide, merge("A", "B")], vec![1, 5], 0),
        (vec![rename("X"), rename("Y")], vec![1, 6], 0),
        (
            vec![merge("A", "B"), merge("B", "C"), merge("C", "A")],
            vec![13],
            2,
        ),
        (vec![merge("A", "C"), merge("B", "C"), reject], vec![13], 2),
        (vec![merge("A", "C"), merge("B", "C")], vec![], 2),
        (vec![merge("A", "B"), merge("A", "B")], vec![], 2),
    ] {
        let text: String = repairs.iter().map(block).collect();
        let (read, problems) = Repairs::parse(&text);
        let found: Vec<usize> = problems.iter().map(|problem| problem.line).collect();
        assert_eq!(found, lines, "{text}\n{problems:?}");
        assert_eq!(read.iter().count(), holding, "{text}");
    }
}

#[test]
fn edits_are_sorted_replace_what_they_contradict_and_can_be_undone() {
    let text = "# mine\n\n# about B\n[[merge]]\nname = \"B\"\nkind = \"GROUP\"\ninto = \"C\"";
    let (mut repairs, _) = Repairs::parse(text);
    let undo = repairs.add(merge("A", "C")).unwrap();
    let order: Vec<&str> = repairs.iter().map(|r| &*r.name().key).collect();
    assert_eq!(order, ["A", "B"]);
    assert!(
        repairs
            .to_text()
            .starts_with("# mine\n\n[[merge]]\nname = \"A\"")
    );
    assert!(
        repairs
            .to_text()
            .ends_with(text.trim_start_matches("# mine\n\n"))
    );
    assert_eq!(repairs.add(merge("A", "C")), None, "it says so already");
    let moved = repairs.add(merge("B", "D")).unwrap();
    assert_eq!(repairs.iter().count(), 2);
    let again = repairs.undo(moved);
    let _ = repairs.undo(undo);
    assert_eq!(repairs.to_text(), text);
    let _ = repairs.undo(again);
    assert!(repairs.to_text().contains("\"D\""));
    assert!(repairs.remove(&merge("B", "D")).is_some());
    assert!(repairs.remove(&merge("B", "D")).is_none());
}

#[test]
fn a_new_file_says_what_it_is() {
    let mut repairs = Repairs::default();
    assert_eq!(repairs.to_text(), "");
    repairs
        .add(merge("\"odd\\\u{1b}\u{202e}\nkey", "B"))
        .unwrap();
    let text = repairs.to_text();
    assert!(text.starts_with("# What you set right"));
    assert!(!text.contains('\u{1b}'), "{text:?}");
    let (read, problems) = Repairs::parse(&text);
    assert_eq!(problems, []);
    assert_eq!(read, repairs, "with the same lines");
}

fn some_repair() -> impl Strategy<Value = Repair> {
    let name = || {
        let key = prop::sample::select(vec!["A", "B", "C", "النصرة"]);
        key.prop_map(group)
    };
    (0..8, name(), name()).prop_filter_map("two names", |(verb, name, other)| {
        let to = other.key.clone();
        Some(match verb {
            0 if name != other => Repair::Merge { name, into: other },
            1 => Repair::Split {
                name,
                spelling: "x".into(),
                to,
            },
            2 => Repair::Rename { name, to },
            3 => Repair::Retype {
                name,
                to: EntityKind::Media,
            },
            4 => Repair::Hide { name },
            5 => Repair::Spelling {
                name,
                spelling: "y".into(),
            },
            6 if name != other => Repair::Accept {
                name,
                candidate: other,
            },
            7 if name != other => Repair::Reject {
                name,
                candidate: other,
            },
            _ => return None,
        })
    })
}

proptest! {
    #[test]
    fn any_text_is_kept(text in "(\\[\\[(merge|hide)\\]\\]\n|name = \"A\"\n|# x\n|\n|\\PC{0,8}\n){0,12}") {
        let (repairs, _) = Repairs::parse(&text);
        prop_assert_eq!(repairs.to_text(), text);
    }

    #[test]
    fn every_row_of_edits_can_be_undone(edits in prop::collection::vec(some_repair(), 0..12)) {
        let mut repairs = Repairs::default();
        let mut undo = Vec::new();
        for repair in edits {
            let before = repairs.clone();
            if let Some(edit) = repairs.add(repair.clone()) {
                prop_assert!(repairs.iter().any(|held| *held == repair) || repair.verb() == "merge"
                    || repair.verb() == "reject");
                undo.push((before, edit));
            }
            let (read, _) = Repairs::parse(&repairs.to_text());
            prop_assert_eq!(&read, &repairs);
        }
        while let Some((before, edit)) = undo.pop() {
            let _ = repairs.undo(edit);
            prop_assert_eq!(&repairs, &before);
        }
    }
}
