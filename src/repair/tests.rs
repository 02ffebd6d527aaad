use proptest::prelude::*;

use super::{DocumentKey, Edit, PartialDay, Place, Repair, Repairs, Revision, revise};
use crate::corpus::{EntityKind, Field, Name, Span};

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
    let order: Vec<&str> = repairs.iter().map(Repair::subject).collect();
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
    let again = repairs.undo(&moved).edit.unwrap();
    let _ = repairs.undo(&undo);
    assert_eq!(repairs.to_text(), text);
    let undone = repairs.undo(&again);
    assert_eq!(undone.problems, []);
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
    assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
    let (read, problems) = Repairs::parse(&text);
    assert_eq!(problems, []);
    assert_eq!(read, repairs, "with the same lines");
}

fn document(path: &str) -> DocumentKey {
    DocumentKey {
        sha256: [path.len().try_into().unwrap(); 32],
        path: path.into(),
    }
}

fn place(start: u32) -> Place {
    Place {
        field: Field::Text,
        span: Span {
            start,
            end: start + 6,
        },
        words: "Friday".into(),
    }
}

/// A day, a month, a year, by a name.
fn day(name: &str) -> PartialDay {
    let iso = match name {
        "A" => "2016-11-03",
        "B" => "2016-11",
        "C" => "2016",
        _ => "2016-11-04",
    };
    PartialDay::from_iso(iso).unwrap()
}

#[test]
fn days_are_read_and_written() {
    let sha = "ab".repeat(32);
    let text = format!(
        "[[day]]\ndocument = \"{sha}\"\npath = \"a.txt\"\nday = 2016-11-03\n\
         [[not_day]]\ndocument = \"{sha}\"\npath = \"a.txt\"\nday = \"2016-11-04\"\n\
         [[date]]\ndocument = \"{sha}\"\npath = \"a.txt\"\nfield = \"text\"\nstart = 4\nend = 10\n\
         words = \"Friday\"\nvalue = \"2016-11\"\n\
         [[not_date]]\ndocument = \"{sha}\"\npath = \"a.txt\"\nfield = \"title\"\nstart = 0\nend = 3\n\
         words = \"May\"\n"
    );
    let (repairs, problems) = Repairs::parse(&text);
    assert_eq!(problems, []);
    let verbs: Vec<&str> = repairs.iter().map(Repair::verb).collect();
    assert_eq!(verbs, ["day", "not_day", "date", "not_date"]);
    let written: String = repairs.iter().map(Repair::to_block).collect();
    let (again, _) = Repairs::parse(&written);
    assert!(again.iter().eq(repairs.iter()), "{written}");
    for (wrong, right) in [
        ("day = 2016-11-03", "day must be"),
        ("start = 4", "start must be"),
        ("end = 10", "end must"),
        ("field = \"text\"", "field"),
    ] {
        let (name, _) = wrong.split_once(' ').unwrap();
        let broken = text.replacen(wrong, &format!("{name} = \"odd\""), 1);
        let (_, problems) = Repairs::parse(&broken);
        assert!(
            problems.iter().any(|p| p.reason.contains(right)),
            "{problems:?}"
        );
    }
    let twice = format!("{text}[[day]]\ndocument = \"{sha}\"\npath = \"b.txt\"\nday = \"2016\"\n");
    let lines: Vec<usize> = Repairs::parse(&twice).1.iter().map(|p| p.line).collect();
    assert_eq!(lines, [1, 24], "one document, two days");
}

#[test]
fn undoing_in_a_file_that_was_edited_by_hand_touches_only_its_own() {
    let put = |text: &str, repair: Repair| revise(text, &Revision::Put(vec![repair])).unwrap();
    let first = put("# mine\n", merge("A", "B"));
    let edit = first.edit.unwrap();
    // somebody adds an entry and a remark
    let by_hand = format!(
        "# theirs\n{}\n# about C\n[[hide]]\nname = \"C\"\nkind = \"GROUP\"",
        first.text
    );
    let undone = revise(&by_hand, &Revision::Undo(edit.clone())).unwrap();
    assert_eq!(
        undone.repairs.iter().map(Repair::verb).collect::<Vec<_>>(),
        ["hide"]
    );
    assert!(undone.text.starts_with("# theirs\n# mine") && undone.text.contains("# about C"));
    let redone = revise(&undone.text, &Revision::Undo(undone.edit.unwrap())).unwrap();
    assert_eq!(redone.text, by_hand);
    // somebody says otherwise: what was replaced does not come back, with the line
    let replaced = put(&first.text, merge("A", "C"));
    let theirs = replaced.text.replace("\"C\"", "\"D\"");
    let refused = revise(&theirs, &Revision::Undo(replaced.edit.unwrap())).unwrap();
    assert_eq!(refused.text, theirs);
    let [problem] = refused.problems.as_slice() else {
        panic!("{:?}", refused.problems);
    };
    assert_eq!(theirs.lines().nth(problem.line - 1), Some("[[merge]]"));
    // an edit can be kept as text
    let kept = serde_json::to_string(&edit).unwrap();
    assert_eq!(serde_json::from_str::<Edit>(&kept).unwrap(), edit);
}

#[test]
fn a_repair_that_cannot_hold_is_refused_with_its_line() {
    let chain: String = [merge("A", "B"), merge("B", "C")]
        .iter()
        .map(Repair::to_block)
        .collect();
    let refused = revise(&chain, &Revision::Put(vec![merge("C", "A")])).unwrap_err();
    assert!(
        refused.line > 0 && refused.reason.contains("circle"),
        "{refused}"
    );
}

#[test]
fn repairs_of_a_renamed_entity_speak_of_what_was_found() {
    let rename = |name: &str, to: &str| Repair::Rename {
        name: group(name),
        to: to.into(),
    };
    let put = |text: &str, repair: Repair| {
        let revised = revise(text, &Revision::Put(vec![repair])).unwrap();
        (
            revised.text,
            revised.repairs.iter().cloned().collect::<Vec<_>>(),
        )
    };
    let (text, _) = put("", rename("A", "B"));
    let (text, repairs) = put(&text, rename("B", "C"));
    assert_eq!(repairs, [rename("A", "C")]);
    let retype = Repair::Retype {
        name: group("C"),
        to: EntityKind::Media,
    };
    let (text, _) = put(&text, retype);
    let hide = Repair::Hide {
        name: Name::new("C", EntityKind::Media),
    };
    let (_, repairs) = put(&text, hide);
    assert!(
        repairs.contains(&Repair::Hide { name: group("A") }),
        "{repairs:?}"
    );
}

fn some_repair() -> impl Strategy<Value = Repair> {
    let name = || {
        let key = prop::sample::select(vec!["A", "B", "C", "النصرة"]);
        key.prop_map(group)
    };
    (0..12, name(), name()).prop_filter_map("two names", |(verb, name, other)| {
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
            8 => Repair::Day {
                document: document(&name.key),
                day: day(&other.key),
            },
            9 => Repair::NotDay {
                document: document(&name.key),
                day: day("A").single()?,
            },
            10 => Repair::Date {
                document: document(&name.key),
                place: place(4),
                day: day(&other.key),
            },
            11 => Repair::NotDate {
                document: document(&name.key),
                place: place(4),
            },
            _ => return None,
        })
    })
}

proptest! {
    #[test]
    fn any_name_is_written_so_that_it_is_read_again(key in "\\PC{0,3}[\\n\\r\u{7f}\u{85}\u{202e}\\[\"\\\\a]{0,6}x", spelling in "x[\\PC\n\\[\\]#=\"]{0,8}x") {
        let repair = Repair::Split {
            name: group(key.trim()),
            spelling: spelling.as_str().into(),
            to: format!("a\n[[hide]]\nname = {key}x").into(),
        };
        let (read, problems) = Repairs::parse(&repair.to_block());
        prop_assert_eq!(problems, vec![]);
        prop_assert!(read.iter().eq([&repair]), "{:?} {:?}", read, repair);
    }

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
            prop_assert_eq!(repairs.undo(&edit).problems, vec![]);
            prop_assert_eq!(&repairs, &before);
        }
    }

    #[test]
    fn a_row_of_revisions_and_as_many_undos_give_the_first_file_byte_for_byte(
        text in "(\\[\\[(merge|hide)\\]\\]\n|name = \"A\"\n|kind = \"GROUP\"\n|into = \"B\"\n|# x\n|\n){0,12}",
        steps in prop::collection::vec(prop::collection::vec(some_repair(), 1..3), 0..8),
    ) {
        let mut now = text.clone();
        let mut edits = Vec::new();
        for step in steps {
            if let Ok(revised) = revise(&now, &Revision::Put(step)) {
                edits.extend(revised.edit);
                now = revised.text;
            }
        }
        let mut redo = Vec::new();
        let last = now.clone();
        while let Some(edit) = edits.pop() {
            let inverse = edit.inverse();
            prop_assert_eq!(&inverse.inverse(), &edit);
            let kept = Edit::from_json(&edit.to_json()).unwrap();
            let revised = revise(&now, &Revision::Undo(kept)).unwrap();
            prop_assert_eq!(revised.edit, Some(inverse.clone()));
            redo.push(inverse);
            now = revised.text;
        }
        prop_assert_eq!(&now, &text);
        while let Some(edit) = redo.pop() {
            now = revise(&now, &Revision::Undo(edit)).unwrap().text;
        }
        prop_assert_eq!(now, last);
    }
}
