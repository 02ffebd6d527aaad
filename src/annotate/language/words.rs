//! Function words, the commonest words of a language: in running text every third word or so.

/// The words of a sample that holds one script and spaces.
pub(super) fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
        .map(|word| word.trim_matches('\''))
        .filter(|word| !word.is_empty())
}

const ENGLISH: &[&str] = &[
    "a", "about", "after", "against", "all", "also", "an", "and", "are", "as", "at", "be", "been",
    "but", "by", "can", "for", "from", "had", "has", "have", "he", "her", "his", "if", "in",
    "into", "is", "it", "its", "more", "new", "not", "of", "on", "one", "or", "out", "over",
    "said", "she", "some", "that", "the", "their", "there", "they", "this", "to", "two", "up",
    "was", "we", "were", "when", "which", "who", "will", "with", "would", "you",
];

const GERMAN: &[&str] = &[
    "aber", "als", "am", "an", "auch", "auf", "aus", "bei", "bis", "da", "damit", "das", "dass",
    "dem", "den", "der", "des", "die", "dieser", "durch", "ein", "eine", "einem", "einen", "einer",
    "er", "es", "für", "gegen", "haben", "hat", "ich", "ihre", "im", "in", "ist", "kann", "mehr",
    "mit", "nach", "nicht", "noch", "nur", "oder", "sei", "sein", "seine", "seit", "sich", "sie",
    "sind", "so", "über", "um", "und", "unter", "vom", "von", "vor", "war", "was", "werden", "wie",
    "will", "wir", "wird", "wurde", "wurden", "zu", "zum", "zur", "zwei",
];

const ARABIC: &[&str] = &[
    "في", "من", "على", "إلى", "الى", "أن", "ان", "عن", "مع", "هذا", "هذه", "ذلك", "التي", "الذي",
    "بعد", "قبل", "بين", "ما", "لا", "كان", "كانت", "قد", "كما", "أو", "او", "ثم", "هو", "هي",
    "حتى", "كل", "غير", "عند", "منذ", "خلال", "قال", "وقال", "لم", "لن", "إن", "ضد", "تم", "أي",
    "له", "به", "فيها", "منها", "عليه", "يوم", "وفي", "ومن", "حول", "نحو", "أكثر", "بن",
];

const PERSIAN_AND_URDU: &[&str] = &[
    // Persian, with either yeh and kaf
    "که",
    "كه",
    "را",
    "این",
    "اين",
    "از",
    "به",
    "در",
    "با",
    "برای",
    "براي",
    "است",
    "می",
    "مي",
    "های",
    "هاي",
    "شد",
    "شده",
    "خود",
    "بر",
    "تا",
    "یک",
    "يك",
    "آن",
    "کرد",
    "كرد",
    "شود",
    "بود",
    // Urdu
    "کے",
    "کی",
    "کا",
    "کو",
    "ہے",
    "ہیں",
    "میں",
    "نے",
    "سے",
    "اور",
    "پر",
    "یہ",
    "اس",
    "بھی",
    "تھا",
    // Sorani Kurdish and Pashto
    "لە",
    "بە",
    "کە",
    "بۆ",
    "ئەو",
    "لەگەڵ",
    "چې",
    "په",
    "د",
    "کې",
    "ته",
    "او",
    "سره",
];

/// Whether a word in any case is a function word of English, and of German.
pub(super) fn latin(word: &str) -> (bool, bool) {
    let word = word.to_lowercase();
    let word = word.as_str();
    (ENGLISH.contains(&word), GERMAN.contains(&word))
}

/// Whether a word bears the Arabic article or is an Arabic function word.
pub(super) fn is_arabic(word: &str) -> bool {
    let bare = |w: &str| w.chars().count() > 3;
    ["ال", "وال", "بال", "لل", "فال", "كال"]
        .iter()
        .any(|article| word.strip_prefix(article).is_some_and(|_| bare(word)))
        || ARABIC.contains(&word)
}

/// Whether a word is a function word of another language in Arabic script.
pub(super) fn is_persian_or_urdu(word: &str) -> bool {
    PERSIAN_AND_URDU.contains(&word)
}
