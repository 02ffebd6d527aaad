//! Words that tell whether a full stop ends a sentence.

/// How a word with a full stop behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Something always follows it: `Dr.`, `z.B.`, `bzw.`
    Title,
    /// It is an abbreviation before a number only: `No. 5`, `Nov. 3`.
    BeforeNumber,
    /// It may also be the last word of a sentence: `etc.`, `Inc.`, `a.m.`
    MayEnd,
}

/// Words behind which a sentence goes on, in lower case and without their last full stop.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "adm", "allg", "bes", "betr", "bez", "bgm", "bishop", "brig", "bspw", "bzgl", "bzw", "ca",
    "capt", "cf", "cmdr", "col", "cpl", "d.h", "d.i", "dipl", "dr", "e.g", "ehem", "einschl",
    "engl", "evtl", "fr", "frz", "gen", "geb", "gegr", "gest", "ggf", "gov", "hl", "hon", "hr",
    "hrsg", "i.a", "i.e", "i.d.r", "ing", "inkl", "insb", "insg", "lat", "lt", "ltn", "maj",
    "max", "mdb", "messrs", "mind", "mme", "mr", "mrs", "ms", "mt", "o.g", "obgfr", "obstlt",
    "oltn", "pfc", "pres", "prof", "pvt", "rep", "resp", "rev", "s.o", "s.u", "sen", "sgt", "sog",
    "st", "supt", "u.a", "u.u", "usgn", "v.a", "vgl", "vs", "wr", "z.b", "z.t", "z.zt", "zzgl",
];

/// Words that are abbreviations before a number.
#[rustfmt::skip]
const BEFORE_NUMBERS: &[&str] = &[
    "abs", "apr", "art", "aug", "bd", "dec", "dez", "feb", "fig", "jan", "jul", "jun", "kap",
    "mar", "no", "nos", "nov", "nr", "oct", "okt", "p", "pos", "pp", "s", "sep", "sept", "tel",
    "vol", "ziff",
];

/// Abbreviations that may end a sentence as well.
#[rustfmt::skip]
const MAY_END: &[&str] = &[
    "a.d", "a.k.a", "a.m", "b.c", "bros", "co", "corp", "d.c", "esq", "etc", "inc", "jr", "ltd",
    "mio", "mrd", "p.m", "sr", "u.k", "u.n", "u.s", "u.s.a", "usf", "usw", "u.v.m", "o.ä",
    "n.chr", "v.chr", "jh", "jhd", "str", "std", "min", "sek", "tsd", "dept", "gov't", "approx",
    "est", "ave", "blvd", "rd", "hwy",
];

/// The abbreviation that `word` is, given without its last full stop.
pub(super) fn find(word: &str) -> Option<Abbreviation> {
    let lower = word.to_lowercase();
    let is_in = |list: &[&str]| list.contains(&lower.as_str());
    if is_in(TITLES) {
        Some(Abbreviation::Title)
    } else if is_in(BEFORE_NUMBERS) {
        Some(Abbreviation::BeforeNumber)
    } else if is_in(MAY_END) {
        Some(Abbreviation::MayEnd)
    } else {
        None
    }
}

/// Words that begin sentences far more often than they follow an abbreviation or an ordinal, as
/// written at the start of a sentence.
#[rustfmt::skip]
const STARTERS: &[&str] = &[
    "A", "After", "Again", "All", "Although", "Amid", "An", "And", "Another", "As", "At",
    "Before", "But", "By", "Despite", "During", "Earlier", "Each", "For", "From", "He", "Her",
    "His", "How", "However", "If", "In", "It", "Its", "Last", "Later", "Many", "Meanwhile",
    "More", "Most", "No", "Not", "On", "One", "Only", "Other", "Our", "Over", "Several", "She",
    "Since", "So", "Some", "Such", "That", "The", "Their", "Then", "There", "These", "They",
    "This", "Those", "Though", "To", "Under", "Until", "We", "What", "When", "Where", "Which",
    "While", "Who", "Why", "With", "You", "Aber", "Alle", "Als", "Am", "An", "Auch", "Auf", "Aus",
    "Außerdem", "Bei", "Bis", "Bislang", "Da", "Dabei", "Dadurch", "Dafür", "Daher", "Damit",
    "Danach", "Dann", "Daraufhin", "Darauf", "Das", "Dass", "Davon", "Dazu", "Dem", "Den", "Denn",
    "Der", "Des", "Deshalb", "Die", "Dies", "Diese", "Dieser", "Dieses", "Doch", "Dort", "Durch",
    "Ein", "Eine", "Einem", "Einen", "Einer", "Eines", "Einige", "Er", "Erst", "Es", "Für",
    "Gegen", "Hier", "Ihr", "Ihre", "Im", "Insgesamt", "Ist", "Jetzt", "Kein", "Keine", "Laut",
    "Mehr", "Mit", "Nach", "Nachdem", "Nicht", "Noch", "Nun", "Nur", "Ob", "Ohne", "Sein",
    "Seine", "Seit", "Sie", "Sind", "So", "Sollte", "Trotz", "Um", "Und", "Unter", "Viele", "Vom",
    "Von", "Vor", "Was", "Weil", "Wenn", "Wer", "Wie", "Wir", "Während", "Zu", "Zudem", "Zum",
    "Zur", "Zuvor", "Zwar", "Zwischen", "Über",
];

/// Whether `word` is a likely first word of a sentence.
pub(super) fn is_starter(word: &str) -> bool {
    STARTERS.contains(&word)
}

/// German words before an ordinal number.
#[rustfmt::skip]
const BEFORE_ORDINALS: &[&str] = &[
    "ab", "am", "an", "auf", "bis", "dem", "den", "der", "des", "die", "das", "beim", "im", "ihr",
    "ihre", "ihren", "ihrem", "mein", "nach", "oder", "sein", "seine", "seinem", "seinen",
    "seiner", "seit", "und", "vom", "von", "vor", "zum", "zur", "zwischen", "freitag", "samstag",
    "sonntag", "montag", "dienstag", "mittwoch", "donnerstag", "sonnabend",
];

/// Whether `word` often stands before an ordinal number in German.
pub(super) fn precedes_ordinal(word: &str) -> bool {
    BEFORE_ORDINALS.contains(&word.to_lowercase().as_str())
}

/// German words that follow an ordinal number in news: months, and what is counted.
#[rustfmt::skip]
const AFTER_ORDINALS: &[&str] = &[
    "Januar", "Jänner", "Februar", "Feber", "März", "April", "Mai", "Juni", "Juli", "August",
    "September", "Oktober", "November", "Dezember", "Jan", "Feb", "Apr", "Jun", "Jul", "Aug",
    "Sep", "Sept", "Okt", "Nov", "Dez", "Jahrhundert", "Jahrhunderts", "Jh", "Jahrestag",
    "Jahrestages", "Geburtstag", "Weltkrieg", "Weltkriegs", "Quartal", "Bezirk", "Stock",
    "Klasse", "Runde", "Etappe", "Minute", "Spieltag",
];

/// Whether the German word `word` makes an ordinal of the number before it.
pub(super) fn follows_ordinal(word: &str) -> bool {
    AFTER_ORDINALS.contains(&word)
}

/// Top-level domains that are written with a capital (`Amazon.Com`).
#[rustfmt::skip]
const DOMAINS: &[&str] = &[
    "Com", "De", "Gov", "Info", "Net", "Org", "Tv",
];

/// Whether `word` behind a full stop makes a domain of both.
pub(super) fn is_domain(word: &str) -> bool {
    DOMAINS.contains(&word)
}
