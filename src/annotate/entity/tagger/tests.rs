use super::decode::{Decoder, Space, forbid_inside};
use super::label::{LABELS, OUTSIDE, kind_of, labels_of, may_follow};
use super::lexicon::{Entry, Lexicon, pack};
use super::model::{Model, Parts, scores};
use crate::corpus::EntityKind;

fn parts() -> Parts {
    let row = |label: u8, weight: i8| {
        let mut row = [0; LABELS];
        row[usize::from(label)] = weight;
        row
    };
    let (begin, inside) = labels_of(EntityKind::Person);
    Parts {
        lexicon: pack(&[(7 << 32, Entry::default())]),
        rows: vec![
            (11 << 48 | 1, row(begin, 100)),
            (22 << 48 | 1, row(inside, 100)),
            (33 << 48 | 2, [-100; LABELS]),
        ],
        step: 0.1,
        transitions: [[0.0; LABELS]; LABELS],
        calibration: (1.0, 0.0),
    }
}

#[test]
fn labels_go_with_their_kinds() {
    for kind in EntityKind::ALL {
        let (begin, inside) = labels_of(kind);
        assert_eq!((kind_of(begin), kind_of(inside)), (Some(kind), Some(kind)));
        assert!(may_follow(begin, inside) && may_follow(inside, inside));
        assert!(!may_follow(OUTSIDE, inside) && may_follow(inside, OUTSIDE));
    }
    assert_eq!(kind_of(OUTSIDE), None);
}

#[test]
fn a_packed_model_finds_its_features_and_no_others() {
    let bytes = parts().pack(2);
    let model = Model::new(&bytes).unwrap();
    let mut sums = [0; LABELS];
    model.add(&[11 << 48 | 1, 99 << 48 | 1], &mut sums);
    let (begin, _) = labels_of(EntityKind::Person);
    let mut wanted = [0; LABELS];
    wanted[usize::from(begin)] = 100;
    assert_eq!(scores(&sums), wanted);
    assert!(Model::new(bytes.get(1..).unwrap()).is_none());
    assert!(Model::new(bytes.get(..bytes.len() - 1).unwrap()).is_none());
}

#[test]
fn a_full_bucket_keeps_the_first_features_whole() {
    let mut weights = [3; LABELS];
    weights[0] = 0;
    let rows: Vec<(u64, [i8; LABELS])> = (1..=6).map(|n| (n << 48 | 1, weights)).collect();
    let bytes = Parts { rows, ..parts() }.pack(1);
    let model = Model::new(&bytes).unwrap();
    let mut wanted = weights.map(i16::from);
    wanted[LABELS - 1] = 0;
    for n in 1..=6 {
        let mut sums = [0; LABELS];
        model.add(&[n << 48 | 1], &mut sums);
        let kept = scores(&sums);
        assert_eq!(kept, if n <= 4 { wanted } else { [0; LABELS] }, "{n}");
    }
}

#[test]
fn names_have_the_probability_of_their_span() {
    let bytes = parts().pack(2);
    let model = Model::new(&bytes).unwrap();
    let mut run = [11 << 48 | 1, 22 << 48 | 1, 33 << 48 | 2].map(|feature| {
        let mut sums = [0; LABELS];
        model.add(&[feature], &mut sums);
        scores(&sums)
    });
    let decoder = Decoder::new(&model);
    let (mut space, mut names) = (Space::default(), Vec::new());
    decoder.names(&run, &mut space, &mut names);
    assert_eq!(names.len(), 1);
    assert_eq!((names[0].first, names[0].last), (0, 1));
    assert_eq!(names[0].kind, EntityKind::Person);
    assert!(names[0].probability > 0.99 && names[0].probability <= 1.0);
    // across a comma the second word is no part of it
    forbid_inside(&mut run[1]);
    names.clear();
    decoder.names(&run, &mut space, &mut names);
    assert_eq!((names[0].first, names[0].last), (0, 0));
}

#[test]
fn a_lexicon_keeps_what_it_was_given() {
    let words: Vec<(u64, Entry)> = (1..500u64)
        .map(|n| {
            let frequency = u8::try_from(n % 32).unwrap();
            let entry = Entry {
                frequency,
                ..Entry::default()
            };
            (n.wrapping_mul(0x9e37_79b9_7f4a_7c15), entry)
        })
        .collect();
    let bytes = pack(&words);
    let lexicon = Lexicon::new(&bytes).unwrap();
    let kept = words.iter().filter(|(k, e)| lexicon.get(*k) == *e).count();
    assert_eq!(kept, words.len());
    assert_eq!(lexicon.get(3), Entry::default());
    assert!(Lexicon::default().is_empty() && !lexicon.is_empty());
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_a_model_or_none(bytes in proptest::collection::vec(0u8.., 0..3000)) {
        let magic = [b"khabarT2".as_slice(), &bytes].concat();
        for bytes in [bytes.as_slice(), &magic] {
            if let Some(model) = Model::new(bytes) {
                let mut sums = [0; LABELS];
                model.add(&[1], &mut sums);
            }
        }
    }
}
