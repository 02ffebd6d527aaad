//! Arabic: what is written onto a name, and what announces one.

use crate::annotate::entity::cue::{Cues, Role};
use crate::annotate::entity::knowledge::key::{self, Key};
use crate::annotate::entity::knowledge::words::{Gap, Word};

/// Letters that a name keeps at least when a particle is taken off it.
const SHORTEST: usize = 3;

/// One way to read a word: without the particles that are written onto it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    /// Bytes of particles in front of the name.
    pub(super) skipped: usize,
    /// Match keys of what is left.
    pub(super) key: Key,
}

/// The readings of a word behind its particles: و and ف, then ب, ك or ل. Where `ل` swallowed the
/// alef of the article (`للجيش`), the rest is read with it. The future `س` goes with verbs only.
pub(super) fn readings(word: &str) -> impl Iterator<Item = Reading> {
    let joined = after(word, 0, &['و', 'ف']);
    let prepositions = [Some(0), joined]
        .into_iter()
        .flatten()
        .filter_map(move |start| after(word, start, &['ب', 'ك', 'ل']).map(|rest| (start, rest)))
        .flat_map(move |(start, rest)| [plain(word, rest), fused(word, start, rest)]);
    [joined.and_then(|rest| plain(word, rest))]
        .into_iter()
        .chain(prepositions)
        .flatten()
}

/// The byte behind a particle at `start`, marks on it included.
fn after(word: &str, start: usize, particles: &[char]) -> Option<usize> {
    let rest = word.get(start..)?;
    let mut chars = rest.char_indices();
    let (_, first) = chars.next()?;
    if !particles.contains(&first) {
        return None;
    }
    chars
        .find(|(_, c)| !is_mark(*c))
        .map(|(offset, _)| start + offset)
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}')
}

fn long_enough(rest: &str) -> bool {
    rest.chars().filter(|c| !is_mark(*c)).count() >= SHORTEST
}

fn plain(word: &str, skipped: usize) -> Option<Reading> {
    let rest = word.get(skipped..)?;
    long_enough(rest).then(|| Reading {
        skipped,
        key: key::key(rest),
    })
}

fn fused(word: &str, particle: usize, skipped: usize) -> Option<Reading> {
    let rest = word.get(skipped..)?;
    let lam = |at: usize| word.get(at..).is_some_and(|w| w.starts_with('ل'));
    (lam(particle) && lam(skipped) && long_enough(rest)).then(|| Reading {
        skipped,
        key: key::key_with_prefix('ا', rest),
    })
}

/// Whether the word that starts a name only qualifies the noun before it: in `السياسة الخارجية
/// الروسية` it names no ministry, as it does in `قالت الخارجية الروسية`.
pub(super) fn qualifies_previous(text: &str, words: &[Word], first: usize) -> bool {
    let fold = |at: usize| words.get(at).map(|word| key::fold(word.of(text)));
    let Some(word) = fold(first) else {
        return false;
    };
    let ministry = MINISTRIES.contains(&word.as_str());
    let touches = words.get(first).is_some_and(|word| word.gap == Gap::Space);
    if !touches || (!ministry && word != ADJECTIVE) {
        return false;
    }
    let before = first.checked_sub(1).and_then(fold).unwrap_or_default();
    let noun = before.strip_prefix(['و', 'ف']).unwrap_or(&before);
    let noun = noun.strip_prefix(['ب', 'ك']).unwrap_or(noun);
    let definite = (noun.starts_with("ال") || noun.starts_with("لل"))
        && !matches!(noun, "الي" | "الا" | "التي" | "الذي");
    let construct = ["ه", "ات", "وزير", "شوون"]
        .iter()
        .any(|end| before.ends_with(end));
    definite || (ministry && construct)
}

/// What is named after people: `مدينة الملك فهد الطبية` is no mention of the king.
const FACILITIES: &[&str] = &[
    "مدينه",
    "جامعه",
    "مستشفي",
    "مركز",
    "جسر",
    "طريق",
    "شارع",
    "مطار",
    "ميناء",
    "مكتبه",
    "مجمع",
    "استاد",
    "ملعب",
    "برنامج",
    "مشروع",
    "جائزه",
    "جايزه",
    "موسسه",
    "مؤسسه",
    "صندوق",
    "حديقه",
    "مسجد",
    "جامع",
    "كليه",
    "معهد",
    "قاعه",
    "حلبه",
    "كرسي",
    "كاس",
    "مدرسه",
    "قاعده",
    "مستشفيات",
    "صاله",
    "كورنيش",
    "ساحه",
    "ميدان",
    "حي",
    "دوار",
    "نفق",
    "بطوله",
    "دوري",
    "مهرجان",
    "درع",
    "ملعب",
];

/// Whether the word before a name makes it the name of a facility.
pub(super) fn names_a_facility(text: &str, words: &[Word], first: usize) -> bool {
    let before = first.checked_sub(1).and_then(|b| words.get(b));
    before.is_some_and(|word| is_cue(&key::fold(word.of(text)), FACILITIES))
}

/// Ministries called by their field alone.
const MINISTRIES: &[&str] = &["الخارجيه", "الداخليه", "الدفاع"];

/// The short name of Saudi Arabia is also the adjective: `الحكومة السعودية`.
const ADJECTIVE: &str = "السعوديه";

/// Whether a folded word is `bare`, or `bare` behind one or two particles.
pub(super) fn is_behind_particles(folded: &str, bare: &str) -> bool {
    folded.strip_suffix(bare).is_some_and(|particles| {
        particles.chars().count() <= 2
            && particles
                .chars()
                .all(|c| matches!(c, 'و' | 'ف' | 'ب' | 'ك' | 'ل'))
    })
}

/// What is behind one of these letters, where two letters are left.
fn without<'w>(letters: &[char], word: &'w str) -> Option<&'w str> {
    word.strip_prefix(letters)
        .filter(|rest| rest.chars().nth(1).is_some())
}

/// Whether a folded word is one of `cues`, particles and article taken off.
pub(super) fn is_cue(folded: &str, cues: &[&str]) -> bool {
    let joined = without(&['و', 'ف'], folded);
    let prepositions = |word| without(&['ب', 'ك', 'ل'], word);
    let forms = [
        Some(folded),
        joined,
        prepositions(folded),
        joined.and_then(prepositions),
    ];
    forms.into_iter().flatten().any(|form| {
        let bare = form.strip_prefix("ال").or(form.strip_prefix('ل'));
        cues.contains(&form) || bare.is_some_and(|bare| cues.contains(&bare))
    })
}

/// Words in front of names; folded, without article.
pub(super) const CUES: Cues = &[
    (
        Role::Place,
        &[
            "مدينه",
            "بلده",
            "قريه",
            "حي",
            "منطقه",
            "محافظه",
            "ناحيه",
            "ضاحيه",
            "جبل",
            "ريف",
            "قضاء",
            "ولايه",
            "اقليم",
            "شارع",
            "بلدتي",
            "قريتي",
            "مدينتي",
            "حيي",
            "احياء",
            "منطقتي",
            "مديريه",
            "جزيره",
            "ميناء",
            "وادي",
            "نهر",
            "بحيره",
            "مطار",
            "معبر",
            "دوار",
            "طريق",
            "مخيم",
            "مدن",
            "قري",
            "بلدات",
            "ساحه",
            "مقاطعه",
            "العاصمه",
            "جبهه",
            "تله",
            "ضواحي",
        ],
    ),
    (
        Role::Preposition,
        &[
            "في",
            "من",
            "الي",
            "علي",
            "عن",
            "نحو",
            "باتجاه",
            "داخل",
            "خارج",
            "شمال",
            "جنوب",
            "شرق",
            "غرب",
            "شمالي",
            "جنوبي",
            "شرقي",
            "غربي",
            "بين",
            "عبر",
            "وسط",
            "قرب",
            "مع",
        ],
    ),
    (
        Role::Country,
        &["دوله", "جمهوريه", "مملكه", "سلطنه", "بلاد", "سفاره"],
    ),
    (
        Role::Media,
        &[
            "صحيفه",
            "جريده",
            "قناه",
            "وكاله",
            "موقع",
            "مجله",
            "تلفزيون",
            "شبكه",
            "اذاعه",
            "فضائيه",
            "مراسل",
            "مراسله",
            "قناتي",
            "صحيفتا",
            "صحيفتي",
            "يوميه",
            "راديو",
        ],
    ),
    (
        Role::Organisation,
        &[
            "حزب",
            "حركه",
            "منظمه",
            "شركه",
            "جمعيه",
            "مؤسسه",
            "هيئه",
            "تيار",
            "نادي",
            "جامعه",
            "مصرف",
            "بنك",
            "موسسه",
            "كتله",
            "ائتلاف",
        ],
    ),
    (
        Role::Group,
        &[
            "لواء",
            "كتيبه",
            "فصيل",
            "تنظيم",
            "جماعه",
            "حركه",
            "ميليشيا",
            "ميليشيات",
            "مليشيا",
            "مليشيات",
            "كتائب",
            "سرايا",
            "الويه",
            "جبهه",
            "تجمع",
            "فصائل",
            "جيش",
            "فرقه",
            "قوات",
            "غرفه",
        ],
    ),
    (
        Role::Person,
        &[
            "رييس",
            "وزير",
            "سيد",
            "شيخ",
            "لواء",
            "عقيد",
            "دكتور",
            "عميد",
            "فريق",
            "جنرال",
            "امير",
            "ملك",
            "سيده",
            "مستشار",
            "مستشاره",
            "سفير",
            "نايب",
            "مبعوث",
            "قايد",
            "زعيم",
            "متحدث",
            "ناطق",
            "امين",
            "مهندس",
            "نظام",
            "حكومه",
            "اداره",
            "مشير",
            "امام",
            "سلطان",
            "رءيس",
        ],
    ),
];
