//! Other forms of a folded word by rules alone: Arabic particles and pronouns, light endings.
//!
//! Forms are only guesses: what counts is whether the corpus has the word. Rules that would make
//! one name of another (`Hama`, `Hamas`) are left out, so stemming is lighter than usual.

use crate::query::textquery::Reason;

/// Endings of German nouns and adjectives, and English plurals, with what a word must be like to
/// take them.
type Ending = (&'static str, fn(&str) -> bool);

const ENDINGS: &[Ending] = &[
    ("s", takes_s),
    ("es", takes_es),
    ("e", takes_e),
    ("en", takes_e),
    ("n", takes_n),
    ("er", is_adjective),
    ("em", is_adjective),
];

fn letters(word: &str) -> usize {
    word.chars().count()
}

fn takes_s(word: &str) -> bool {
    match word.chars().last() {
        // a name in -a is another one with -s: Hama, Hamas
        Some('a' | 'i' | 'u') => letters(word) >= 5,
        Some('s' | 'x' | 'z') | None => false,
        Some(_) => letters(word) >= 4,
    }
}

fn takes_es(word: &str) -> bool {
    letters(word) >= 4 && !word.ends_with(['a', 'e', 'i', 'u'])
}

fn takes_e(word: &str) -> bool {
    letters(word) >= 4 && !word.ends_with(['a', 'e', 'i', 'o', 'u', 'y'])
}

fn takes_n(word: &str) -> bool {
    letters(word) >= 5 && (word.ends_with('e') || word.ends_with("er") || word.ends_with("el"))
}

fn is_adjective(word: &str) -> bool {
    letters(word) >= 6 && ["isch", "lich", "ig"].iter().any(|end| word.ends_with(end))
}

/// Other forms that a folded word may have in texts, each with the rule. May hold the word itself.
pub(super) fn forms(word: &str) -> Vec<(String, Reason)> {
    if word.chars().all(|c| c.is_ascii_alphabetic()) {
        latin(word)
    } else if word.chars().all(is_arabic) {
        arabic(word)
    } else {
        Vec::new()
    }
}

/// Whether a folded character is an Arabic letter.
pub(crate) fn is_arabic(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{6d3}')
}

fn latin(word: &str) -> Vec<(String, Reason)> {
    let mut bases = vec![word.to_owned()];
    for (ending, takes) in ENDINGS {
        if let Some(base) = word.strip_suffix(ending)
            && takes(base)
        {
            bases.push(base.to_owned());
        }
    }
    if let Some(stem) = word.strip_suffix("ies")
        && letters(stem) >= 3
    {
        bases.push(format!("{stem}y"));
    }
    let mut found = Vec::new();
    for base in bases {
        for (ending, takes) in ENDINGS {
            if takes(&base) {
                found.push((format!("{base}{ending}"), Reason::Stem));
            }
        }
        if let Some(stem) = base.strip_suffix('y')
            && letters(stem) >= 3
        {
            found.push((format!("{stem}ies"), Reason::Stem));
        }
        found.push((base, Reason::Stem));
    }
    found
}

fn arabic(word: &str) -> Vec<(String, Reason)> {
    let article = word.strip_prefix("ال");
    let bare = article.filter(|noun| letters(noun) >= 2).unwrap_or(word);
    let mut found = Vec::new();
    with_particles(bare, Reason::Clitic, &mut found);
    if letters(bare) < 4 {
        return found;
    }
    // ة is folded to ه, and is written ت before an ending
    let open = bare.strip_suffix('ه').map(|stem| format!("{stem}ت"));
    let stem = open.as_deref().unwrap_or(bare);
    for pronoun in ["ها", "هم", "هما", "نا", "كم"] {
        with_particles(&format!("{stem}{pronoun}"), Reason::Clitic, &mut found);
    }
    let endings: &[&str] = if open.is_some() {
        &["ين", "ان"]
    } else {
        &["ات", "ين", "ون"]
    };
    for ending in endings {
        with_particles(&format!("{stem}{ending}"), Reason::Stem, &mut found);
    }
    if let Some(stem) = bare.strip_suffix('ه') {
        with_particles(&format!("{stem}ات"), Reason::Stem, &mut found);
    }
    for (ending, instead) in [("ات", "ه"), ("ات", ""), ("ين", ""), ("ون", "")] {
        if let Some(stem) = bare.strip_suffix(ending)
            && letters(stem) >= 4
        {
            with_particles(&format!("{stem}{instead}"), Reason::Stem, &mut found);
        }
    }
    found
}

/// A word with every particle that may be written in front of it.
pub(crate) fn with_particles(word: &str, reason: Reason, found: &mut Vec<(String, Reason)>) {
    for joined in ["", "و", "ف"] {
        for preposition in ["ال", "بال", "لل", "كال"] {
            found.push((format!("{joined}{preposition}{word}"), reason));
        }
        // a word of two letters would be another word: حي, وحي
        if letters(word) >= 3 {
            for preposition in ["", "ب", "ل"] {
                found.push((format!("{joined}{preposition}{word}"), reason));
            }
        }
    }
    found.push((word.to_owned(), reason));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;

    fn has(word: &str, form: &str) -> bool {
        let form = fold(form);
        forms(&fold(word)).iter().any(|(found, _)| *found == form)
    }

    #[test]
    fn forms_of_one_word() {
        for (a, b) in [
            ("rebel", "rebels"),
            ("city", "cities"),
            ("militia", "militias"),
            ("Waffe", "Waffen"),
            ("Stadt", "Städte"),
            ("Armee", "Armeen"),
            ("Kämpfer", "Kämpfern"),
            ("syrische", "syrischen"),
            ("syrischer", "syrisches"),
            ("Aleppo", "Aleppos"),
            ("مدينة", "مدينتها"),
            ("مدينة", "بالمدينة"),
            ("مقاتل", "المقاتلين"),
            ("دبابة", "دبابات"),
        ] {
            assert!(has(a, b), "{a} {b}");
        }
        for (plural, singular) in [("rebels", "rebel"), ("cities", "city"), ("دبابات", "دبابة")]
        {
            assert!(has(plural, singular), "{plural} {singular}");
        }
        for (word, form) in [
            ("حلب", "وحلب"),
            ("حلب", "بحلب"),
            ("القدس", "للقدس"),
            ("قدس", "والقدس"),
            ("حي", "الحي"),
        ] {
            assert!(has(word, form), "{word} {form}");
        }
    }

    #[test]
    fn other_words_stay_apart() {
        for (a, b) in [
            ("Hama", "Hamas"),
            ("Hamas", "Hama"),
            ("Syria", "Syrian"),
            ("Lage", "Lager"),
            ("Homs", "Hom"),
            ("war", "ware"),
            ("ward", "wards war"),
            ("حي", "وحي"),
            ("بار", "كبار"),
            ("سليم", "سليمان"),
            ("2016", "2016s"),
        ] {
            assert!(!has(a, b), "{a} {b}");
        }
    }
}
