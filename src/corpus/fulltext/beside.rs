//! When two words of a folded text stand side by side, as phrases see it.

/// Bytes between two words of a phrase at most.
const WIDEST_GAP: usize = 3;

/// What stands between two words that are side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Joint {
    /// White space, hyphens, quotation marks.
    Open,
    /// One full stop: `u.s`, `3.5`.
    Stop,
}

impl Joint {
    /// The joint that a gap is; `None` where it parts the words.
    #[must_use]
    pub fn of(gap: &str) -> Option<Self> {
        match gap {
            " " | "-" => Some(Self::Open),
            "." => Some(Self::Stop),
            _ => is_open(gap).then_some(Self::Open),
        }
    }
}

fn is_open(gap: &str) -> bool {
    let joins = |byte: &u8| matches!(byte, b' ' | b'-' | b'\'' | b'"' | b'_');
    !gap.is_empty() && gap.len() <= WIDEST_GAP && gap.as_bytes().iter().all(joins)
}

/// Whether a folded word is an Arabic article in Latin letters; most are only known by the hyphen
/// behind them.
#[must_use]
pub fn is_article(word: &str, before_hyphen: bool) -> bool {
    matches!(word, "al" | "el" | "ul")
        || (before_hyphen
            && matches!(
                word,
                "as" | "ash" | "asch" | "ad" | "an" | "at" | "ar" | "az" | "adh" | "ath" | "il"
            ))
}

/// Finds the neighbours of each word of a text that is read from its beginning.
///
/// An article may be passed over, as phrases do: `fatah al-sham` holds the pairs `fatah al`,
/// `al sham` and `fatah sham`.
#[derive(Debug, Default)]
pub(super) struct Neighbours {
    /// The word before: its number, and where it ends.
    last: Option<(u32, usize)>,
    /// The word before that one, where that one is an article, and the joint between them.
    passed: Option<(u32, Joint)>,
}

impl Neighbours {
    /// Takes the next word, which has a number and a place in bytes of the text; gives `pair` its
    /// number behind that of each word before it.
    pub(super) fn next(
        &mut self,
        text: &str,
        number: u32,
        place: &std::ops::Range<usize>,
        mut pair: impl FnMut(u32, Joint),
    ) {
        let before = self.last.replace((number, place.end));
        let passed = self.passed.take();
        let Some((last, end)) = before else { return };
        let gap = text.get(end..place.start).unwrap_or("");
        let Some(joint) = Joint::of(gap) else { return };
        pair(last, joint);
        if let Some((first, earlier)) = passed {
            pair(first, joint.max(earlier));
        }
        let word = text.get(place.clone()).unwrap_or("");
        if word.len() <= 4 {
            let hyphen = text.as_bytes().get(place.end) == Some(&b'-');
            self.passed = is_article(word, hyphen).then_some((last, joint));
        }
    }
}
