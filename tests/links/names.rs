//! Names in Latin and in Arabic letters: the best match in a pool.

use std::fs;

use khabar::text::skeleton::Sounds;

/// Pairs of one name in Latin and in Arabic letters, where the list is at hand.
pub(crate) fn pairs() -> Option<Vec<(String, String)>> {
    let Ok(list) = fs::read_to_string("../shared/gold/names/anetac_3000.tsv") else {
        println!("no ../shared: names are not compared");
        return None;
    };
    let pair = |line: &str| {
        let mut cells = line.split(char::is_whitespace).skip(1);
        Some((cells.next()?.to_owned(), cells.next()?.to_owned()))
    };
    Some(list.lines().filter_map(pair).collect())
}

/// F of the best match in a pool, every `step`th name asked for, at the best threshold.
pub(crate) fn best_match(pool: &[(String, String)], step: usize) -> (f32, f32) {
    let arabic: Vec<(&str, Sounds)> = pool.iter().map(|(_, b)| (&**b, Sounds::new(b))).collect();
    let asked = pool.iter().step_by(step);
    let mut matches: Vec<(f32, bool)> = asked
        .map(|(latin, right)| {
            let sounds = Sounds::new(latin);
            let scored = arabic
                .iter()
                .map(|(name, b)| (sounds.similarity(b), *name == right));
            // of two equally good ones the wrong one counts
            scored
                .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
                .unwrap()
        })
        .collect();
    matches.sort_by(|a, b| b.0.total_cmp(&a.0));
    let count = |n: usize| f32::from(u16::try_from(n).unwrap());
    let (all, mut right) = (matches.len(), 0);
    let mut best = (0.0, 0.0);
    for (made, (similarity, is_right)) in (1..).zip(matches) {
        right += usize::from(is_right);
        let f = 2.0 * count(right) / count(made + all);
        if f > best.0 {
            best = (f, similarity);
        }
    }
    best
}

#[test]
fn the_best_match_in_a_pool_is_the_same_name() {
    let Some(pairs) = pairs() else { return };
    let (f, threshold) = best_match(&pairs[..2000], 20);
    println!("best match in a pool of 2,000, 100 names asked: F {f:.3} at {threshold:.3}");
    assert!(f > 0.92, "{f}");
}

#[test]
#[ignore = "takes minutes without optimisation: cargo test --release -- --ignored whole_pool"]
fn the_whole_pool() {
    let Some(pairs) = pairs() else { return };
    for pool in [&pairs[..2000], &pairs[1000..]] {
        let (f, threshold) = best_match(pool, 1);
        println!("best match in a pool of 2,000: F {f:.3} at {threshold:.3}");
        assert!(f > 0.92, "{f}");
    }
}
