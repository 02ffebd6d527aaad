use std::sync::Arc;

use proptest::prelude::*;

use crate::corpus::{Field, Span};
use crate::triage::{
    Change, ChangeId, Decision, DocumentKey, DocumentMarks, Line, Mark, Op, Passage, Stamp, State,
    parse_lines, read_line, verify,
};

fn key(n: u8) -> DocumentKey {
    DocumentKey([n; 32])
}

fn mark(mark: Mark, documents: &[u8]) -> Op {
    Op::Mark {
        mark,
        documents: documents.iter().map(|n| key(*n)).collect(),
        auto: false,
    }
}

fn tag(tag: &str, add: bool, documents: &[u8]) -> Op {
    Op::Tag {
        tag: tag.to_owned(),
        add,
        documents: documents.iter().map(|n| key(*n)).collect(),
    }
}

/// Everything that a state shows.
type Shown = (Vec<(DocumentKey, DocumentMarks)>, Option<String>);

/// Documents without any mark show nothing, whatever was undone on them.
fn shown(state: &State) -> Shown {
    let mut documents: Vec<_> = state
        .documents()
        .map(|(key, marks)| (*key, marks.clone()))
        .filter(|(_, marks)| *marks != DocumentMarks::default())
        .collect();
    documents.sort_by_key(|(key, _)| *key);
    let draft = state.draft("amal").map(|draft| draft.text.clone());
    (documents, draft)
}

/// Operations that are steps, on few documents so that they meet.
fn step() -> impl Strategy<Value = Op> {
    let documents = || prop::collection::vec(0u8..5, 1..4);
    prop_oneof![
        4 => (0usize..5, documents()).prop_map(|(m, on)| mark(Mark::ALL[m], &on)),
        2 => ("[ab]", any::<bool>(), documents()).prop_map(|(name, add, on)| tag(&name, add, &on)),
        2 => (0u8..5, "[xy]?", any::<bool>()).prop_map(|(n, text, quoted)| Op::Note {
            document: key(n),
            passage: quoted.then(|| Passage {
                field: Field::Text,
                span: Span { start: 0, end: 7 },
                quote: "حلب".to_owned(),
            }),
            text,
            replaces: None,
        }),
        1 => Just(Op::Correction {
            said: "merge".to_owned(),
            undo: "a".to_owned(),
            redo: "b".to_owned(),
        }),
    ]
}

/// What somebody does: a step, an undo, a redo, or something that is no step.
fn act() -> impl Strategy<Value = Option<Op>> {
    prop_oneof![
        6 => step().prop_map(Some),
        1 => Just(Some(Op::Undo { of: ChangeId([0; 16]) })),
        1 => Just(Some(Op::Redo { of: ChangeId([0; 16]) })),
        1 => (0u8..5, "[a-c]{0,3}").prop_map(|(n, text)| Some(Op::Draft {
            document: key(n),
            passage: None,
            text,
            replaces: None,
        })),
        1 => prop::option::of("[ab]").prop_map(|query| Some(Op::View { name: "v".to_owned(), query })),
        1 => (0u8..5).prop_map(|n| Some(Op::Mark {
            mark: Mark::Read,
            documents: vec![key(n)],
            auto: true,
        })),
        1 => Just(None),
    ]
}

/// The changes of two analysts who each see only their own, by clocks that may stand still or
/// differ.
fn journal(author: &str, clock: i64, acts: &[Option<Op>]) -> Vec<Change> {
    let mut stamp = Stamp::new(author);
    let mut state = State::default();
    for (tick, act) in acts.iter().enumerate() {
        let op = match act {
            None => continue,
            Some(Op::Undo { .. }) => match state.to_undo(author) {
                Some(change) => Op::Undo { of: change.id },
                None => continue,
            },
            Some(Op::Redo { .. }) => match state.to_redo(author) {
                Some(change) => Op::Redo { of: change.id },
                None => continue,
            },
            Some(op) => op.clone(),
        };
        let now = clock + i64::try_from(tick / 3).unwrap();
        state.extend([stamp.change(now, op)]);
    }
    state.changes().to_vec()
}

proptest! {
    #[test]
    fn as_many_undos_as_steps_give_the_first_state_and_redos_the_last(
        before in prop::collection::vec(step(), 0..6),
        steps in prop::collection::vec(step(), 0..20),
    ) {
        let mut stamp = Stamp::new("amal");
        let mut state = State::default();
        for op in before {
            state.extend([stamp.change(0, op)]);
        }
        let first = shown(&state);
        let mut all = vec![first.clone()];
        for op in &steps {
            state.extend([stamp.change(0, op.clone())]);
            all.push(shown(&state));
        }
        for expected in all.iter().rev().skip(1) {
            let of = state.to_undo("amal").unwrap().id;
            state.extend([stamp.change(0, Op::Undo { of })]);
            prop_assert_eq!(&shown(&state), expected);
            // a state that is read again from its lines is the same, with the same next steps
            let again = State::of(state.changes().to_vec());
            prop_assert_eq!(&shown(&again), expected);
            prop_assert_eq!(again.to_undo("amal"), state.to_undo("amal"));
            prop_assert_eq!(again.to_redo("amal"), state.to_redo("amal"));
        }
        prop_assert_eq!(&shown(&state), &first);
        for expected in all.iter().skip(1) {
            let of = state.to_redo("amal").unwrap().id;
            state.extend([stamp.change(0, Op::Redo { of })]);
            prop_assert_eq!(&shown(&state), expected);
        }
        prop_assert!(state.to_redo("amal").is_none());
    }

    #[test]
    fn merging_commutes_and_twice_is_once(
        acts in prop::collection::vec(act(), 0..20),
        others in prop::collection::vec(act(), 0..20),
        apart in -5i64..5,
        cut in 0usize..40,
    ) {
        let one = journal("amal", 100, &acts);
        let other = journal("berta", 100 + apart, &others);
        let ab = State::of(one.iter().chain(&other).cloned());
        let ba = State::of(other.iter().chain(&one).chain(&other).cloned());
        prop_assert_eq!(shown(&ab), shown(&ba));
        prop_assert_eq!(ab.changes(), ba.changes());
        // and piece by piece
        let mut pieces = State::of(one.clone());
        let cut = cut.min(other.len());
        pieces.extend(other[cut..].to_vec());
        pieces.extend(other[..cut].to_vec());
        pieces.extend(one);
        prop_assert_eq!(shown(&pieces), shown(&ab));
        for author in ["amal", "berta"] {
            prop_assert_eq!(pieces.to_undo(author), ab.to_undo(author));
            prop_assert_eq!(pieces.to_redo(author), ab.to_redo(author));
        }
    }

    #[test]
    fn a_change_is_a_line_is_a_change(op in step(), author in any::<String>(), time in any::<i64>()) {
        let change = Change::new(time, Arc::from(author), op);
        let line = change.to_line();
        prop_assert_eq!(line.matches('\n').count(), 1);
        prop_assert!(line.trim_end().chars().all(|c| !c.is_control()));
        prop_assert_eq!(read_line(line.trim_end()), Line::Change(change));
        prop_assert!(verify(&line).is_ok());
        let edited = line.replacen("\"author\":\"", "\"author\":\"x", 1);
        prop_assert!(verify(&edited).is_err());
    }

    #[test]
    fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let (changes, _) = parse_lines(&bytes, 1);
        prop_assert!(changes.is_empty());
    }

    #[test]
    fn a_damaged_line_takes_no_other_along(
        ops in prop::collection::vec(step(), 1..8),
        at in 0usize..4000,
        byte in any::<u8>(),
    ) {
        let mut stamp = Stamp::new("amal");
        let changes: Vec<Change> = ops.into_iter().map(|op| stamp.change(5, op)).collect();
        let mut text: Vec<u8> = changes.iter().flat_map(|c| c.to_line().into_bytes()).collect();
        let at = at % text.len();
        prop_assume!(text[at] != b'\n' && byte != b'\n');
        text[at] = byte;
        let (read, damages) = parse_lines(&text, 1);
        let same = changes.iter().filter(|change| read.contains(change)).count();
        prop_assert!(same + 1 >= changes.len());
        prop_assert!(read.len() + damages.len() >= changes.len());
    }
}

#[test]
fn the_last_decision_holds_and_analysts_may_differ() {
    let mut state = State::default();
    let (mut amal, mut berta) = (Stamp::new("amal"), Stamp::new("berta"));
    state.extend([amal.change(10, mark(Mark::Keep, &[1, 2]))]);
    state.extend([berta.change(20, mark(Mark::Dismiss, &[2]))]);
    let marks = |n| state.marks(&key(n)).unwrap();
    assert_eq!(marks(1).decision, Some(Decision::Kept));
    assert_eq!(marks(2).decision, Some(Decision::Dismissed));
    assert!(!marks(1).is_disputed() && marks(2).is_disputed());
    // each undoes their own
    let of = state.to_undo("amal").unwrap().id;
    state.extend([amal.change(30, Op::Undo { of })]);
    assert_eq!(
        state.marks(&key(2)).unwrap().decision,
        Some(Decision::Dismissed)
    );
    assert!(!state.marks(&key(2)).unwrap().is_disputed());
    assert!(state.to_undo("amal").is_none());
}

#[test]
fn a_new_step_gives_up_what_was_undone() {
    let mut state = State::default();
    let mut stamp = Stamp::new("amal");
    state.extend([stamp.change(1, mark(Mark::Keep, &[1]))]);
    let of = state.to_undo("amal").unwrap().id;
    state.extend([stamp.change(2, Op::Undo { of })]);
    assert!(state.to_redo("amal").is_some());
    state.extend([stamp.change(3, mark(Mark::Dismiss, &[2]))]);
    assert!(state.to_redo("amal").is_none());
    assert_eq!(state.marks(&key(1)).unwrap().decision, None);
}

#[test]
fn what_is_done_last_holds_even_behind_a_clock_that_is_ahead() {
    let mut state = State::default();
    let mut ahead = Stamp::new("berta");
    let theirs = ahead.change(1_000_000, mark(Mark::Dismiss, &[1]));
    let mut stamp = Stamp::new("amal");
    stamp.saw(theirs.time);
    state.extend([theirs]);
    state.extend([stamp.change(5, mark(Mark::Keep, &[1]))]);
    assert_eq!(state.marks(&key(1)).unwrap().decision, Some(Decision::Kept));
}

#[test]
fn a_note_can_be_reworded_and_taken_away() {
    let note = |text: &str, replaces| Op::Note {
        document: key(1),
        passage: None,
        text: text.to_owned(),
        replaces,
    };
    let mut state = State::default();
    let mut stamp = Stamp::new("amal");
    let first = stamp.change(1, note("ask", None));
    let second = stamp.change(2, note("ask Berta", Some(first.id)));
    let gone = stamp.change(3, note("", Some(second.id)));
    let texts = |state: &State| -> Vec<String> {
        let notes = &state.marks(&key(1)).unwrap().notes;
        notes.iter().map(|note| note.text.clone()).collect()
    };
    state.extend([first, second]);
    assert_eq!(texts(&state), ["ask Berta"]);
    state.extend([gone]);
    assert!(texts(&state).is_empty());
    let of = state.to_undo("amal").unwrap().id;
    state.extend([stamp.change(4, Op::Undo { of })]);
    assert_eq!(texts(&state), ["ask Berta"]);
}

#[test]
fn lines_that_define_views_are_handed_on_and_mean_nothing() {
    let mut stamp = Stamp::new("amal");
    let kept = stamp.change(1, mark(Mark::Keep, &[1]));
    let view = stamp.change(
        2,
        Op::View {
            name: "rage".to_owned(),
            query: Some("is:kept".to_owned()),
        },
    );
    let undo = stamp.change(3, Op::Undo { of: view.id });
    let lines = [&kept, &view, &undo].map(Change::to_line).concat();
    let (read, damages) = parse_lines(lines.as_bytes(), 1);
    assert_eq!((read.len(), damages.len()), (3, 0));
    assert!(read.iter().all(|change| verify(&change.to_line()).is_ok()));
    let state = State::of(read);
    assert_eq!(state.to_undo("amal"), Some(&kept));
    assert_eq!(state.to_redo("amal"), None);
    let exported: String = state.changes().iter().map(Change::to_line).collect();
    assert_eq!(exported, lines);
}

#[test]
fn sessions_remember_what_was_seen() {
    let mut state = State::default();
    assert!(state.seen("amal").is_none());
    let mut stamp = Stamp::new("amal");
    let session = |came: &[u8], gone: &[u8]| Op::Session {
        came: came.iter().map(|n| (key(*n), format!("{n}.txt"))).collect(),
        gone: gone.iter().map(|n| key(*n)).collect(),
    };
    state.extend([stamp.change(1, session(&[1, 2], &[]))]);
    state.extend([stamp.change(2, session(&[3], &[1]))]);
    let seen = state.seen("amal").unwrap();
    let mut keys: Vec<_> = seen.keys().collect();
    keys.sort();
    assert_eq!(keys, [&key(2), &key(3)]);
    assert!(state.seen("berta").is_none(), "each has their own");
    assert!(state.to_undo("amal").is_none(), "a session is no step");
}
