//! Closed classes of words: function words, in running text every third word or so, and the
//! numerals, weekdays and months that even a table has.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// The words of a sample that holds one script and spaces.
pub(super) fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
        .map(|word| word.trim_matches('\''))
        .filter(|word| !word.is_empty())
}

/// Numerals, weekdays and months only where German does not share them.
const ENGLISH: &str = "\
    a about after against all also an and are as at be been but by can for from had has have \
    he her his if in into is it its more new not of on one or out over said she some that \
    the their there they this to two up was we were when which who will with would you three \
    four five six seven eight nine ten monday tuesday wednesday thursday friday saturday \
    sunday january february march june july october december oct dec year week month day";

/// Numerals, weekdays and months only where English does not share them.
const GERMAN: &str = "\
    aber als am an auch auf aus bei bis da damit das dass dem den der des die dieser durch \
    ein eine einem einen einer er es für gegen haben hat ich ihre im in ist kann mehr mit \
    nach nicht noch nur oder sei sein seine seit sich sie sind so über um und unter vom von \
    vor war was werden wie will wir wird wurde wurden zu zum zur zwei drei vier fünf sechs \
    sieben acht neun zehn montag dienstag mittwoch donnerstag freitag samstag sonntag januar \
    februar märz mai juni juli oktober dezember jahr woche monat tag uhr";

const ARABIC: &str = "\
    في من على إلى الى أن ان عن مع هذا هذه ذلك التي الذي بعد قبل بين ما لا كان كانت قد كما أو \
    او ثم هو هي حتى كل غير عند منذ خلال قال وقال لم لن إن ضد تم أي له به فيها منها عليه يوم \
    وفي ومن حول نحو أكثر بن";

/// Persian with either yeh and kaf, Urdu, Sorani Kurdish, Pashto.
const PERSIAN_AND_URDU: &str = "\
    که كه را این اين از به در با برای براي است می مي های هاي شد شده خود بر تا یک يك آن کرد \
    كرد شود بود کے کی کا کو ہے ہیں میں نے سے اور پر یہ اس بھی تھا لە بە کە بۆ ئەو لەگەڵ چې \
    په د کې ته او سره";

/// A language, or languages, that a word may belong to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Tongue {
    English = 1,
    German = 2,
    Arabic = 4,
    /// One of the languages that borrowed the Arabic script.
    Persian = 8,
}

/// The languages that a word belongs to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known(u8);

impl Known {
    pub(super) fn is(self, tongue: Tongue) -> bool {
        self.0 & tongue as u8 != 0
    }

    fn add(&mut self, tongue: Tongue) {
        self.0 |= tongue as u8;
    }
}

static KNOWN: LazyLock<FxHashMap<&'static str, Known>> = LazyLock::new(|| {
    let mut known: FxHashMap<&'static str, Known> = FxHashMap::default();
    for (tongue, words) in [
        (Tongue::English, ENGLISH),
        (Tongue::German, GERMAN),
        (Tongue::Arabic, ARABIC),
        (Tongue::Persian, PERSIAN_AND_URDU),
    ] {
        for word in words.split_whitespace() {
            known.entry(word).or_default().add(tongue);
        }
    }
    known
});

/// What is known of a word in small letters. A word with the Arabic article is Arabic.
pub(super) fn known(word: &str) -> Known {
    let mut known = KNOWN.get(word).copied().unwrap_or_default();
    // the article, alone or with a conjunction or preposition, and two letters after it
    let article = ["ال", "وال", "بال", "لل", "فال", "كال"]
        .iter()
        .any(|article| word.len() >= article.len() + 4 && word.starts_with(article));
    if article {
        known.add(Tongue::Arabic);
    }
    known
}
