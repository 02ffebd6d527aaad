//! The words of a date of publication in Arabic, all compared folded.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::text::fold::fold;

const INTRODUCTIONS: &str = "تاريخ بتاريخ النشر نشر نشرت آخر تحديث في";
const WEEKDAYS: &str = "يوم الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد";
/// Also the first words of those of two words.
const MONTHS: &str = "يناير جانفي فبراير فيفري شباط مارس آذار أبريل أفريل نيسان مايو ماي أيار \
    يونيو يونيه جوان حزيران يوليو يوليه جويلية تموز أغسطس آب غشت أوت سبتمبر شتنبر أيلول أكتوبر \
    نوفمبر نونبر ديسمبر دجنبر كانون تشرين";
/// The second words of those of two words.
const MONTH_TAILS: &str = "الأول الثاني";

struct Words {
    introductions: FxHashSet<String>,
    weekdays: FxHashSet<String>,
    months: FxHashSet<String>,
    tails: FxHashSet<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let folded = |words: &str| words.split_whitespace().map(fold).collect();
    Words {
        introductions: folded(INTRODUCTIONS),
        weekdays: folded(WEEKDAYS),
        months: folded(MONTHS),
        tails: folded(MONTH_TAILS),
    }
});

/// Whether a word has letters or digits of the Arabic script.
pub(super) fn is_arabic(word: &str) -> bool {
    word.contains(|c| matches!(c, '\u{620}'..='\u{669}' | '\u{6f0}'..='\u{6f9}'))
}

/// Whether a folded word introduces a date of publication; `في` alone begins sentences.
pub(super) fn is_introduction(word: &str, introduced: bool) -> bool {
    WORDS.introductions.contains(word) && (introduced || word != "في")
}

/// Whether a folded word is a day of the week.
pub(super) fn is_weekday(word: &str) -> bool {
    WORDS.weekdays.contains(word)
}

/// Whether a folded word begins the name of a month: `تموز`, `تموز/يوليو`, `كانون`.
pub(super) fn is_month(word: &str) -> bool {
    let mut parts = word.split('/');
    parts.next().is_some_and(|part| WORDS.months.contains(part)) && parts.all(goes_on)
}

/// Whether a folded word goes on with the name of a month: `الأول/ديسمبر`, `(يوليو)`.
pub(super) fn continues_month(word: &str) -> bool {
    word.split('/').all(goes_on)
}

fn goes_on(part: &str) -> bool {
    WORDS.months.contains(part) || WORDS.tails.contains(part)
}
