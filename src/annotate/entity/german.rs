//! German: what announces a name, and what only looks like one.

use crate::annotate::entity::cue::{Cues, Role};
use crate::annotate::entity::knowledge::key;
use crate::annotate::entity::knowledge::words::{Gap, Word};

/// Countries and regions whose name is also that of their people.
const PEOPLES: &[&str] = &[
    "ungarn",
    "polen",
    "schweden",
    "bayern",
    "sachsen",
    "hessen",
    "franken",
    "schwaben",
    "preussen",
    "westfalen",
    "flandern",
    "friesen",
    "pommern",
];

/// What stands before a people and not before its country.
const BEFORE_PEOPLES: &[&str] = &[
    "die",
    "den",
    "der",
    "viele",
    "vielen",
    "alle",
    "allen",
    "einige",
    "mehr",
    "tausende",
    "zehntausende",
    "hunderttausende",
    "hunderte",
    "dutzende",
    "millionen",
    "zwei",
    "drei",
    "vier",
    "junge",
    "jungen",
    "andere",
    "anderen",
    "uns",
    "wir",
];

/// Members of a club that is called by its town: `Bayern-Trainer`.
const SPORT: &[&str] = &[
    "trainer",
    "coach",
    "sturmer",
    "profi",
    "profis",
    "spieler",
    "fans",
    "fan",
    "torwart",
    "torhuter",
    "keeper",
    "goalie",
    "kapitan",
    "star",
    "verteidiger",
    "mittelfeldspieler",
    "elf",
    "kicker",
    "sportdirektor",
    "angreifer",
    "boss",
    "tormann",
    "anhanger",
    "bezwinger",
];

fn is(text: &str, word: &Word, list: &[&str]) -> bool {
    list.contains(&key::fold(word.of(text)).as_str())
}

/// Whether the name of a country or region stands for its people.
pub(super) fn names_people(text: &str, words: &[Word], first: usize, last: usize) -> bool {
    let before = first.checked_sub(1).and_then(|before| words.get(before));
    let both = words.get(first).zip(before);
    first == last
        && both.is_some_and(|(name, before)| {
            name.gap == Gap::Space && is(text, name, PEOPLES) && is(text, before, BEFORE_PEOPLES)
        })
}

/// Whether the name of a place stands for its club.
pub(super) fn names_club(text: &str, words: &[Word], last: usize) -> bool {
    let next = words.get(last + 1);
    next.is_some_and(|next| next.gap == Gap::Hyphen && is(text, next, SPORT))
}

/// Words in front of names, folded.
pub(super) const CUES: Cues = &[
    (
        Role::Place,
        &[
            "stadt",
            "stadte",
            "ort",
            "ortschaft",
            "ortschaften",
            "dorf",
            "dorfer",
            "bezirk",
            "stadtteil",
            "stadtteile",
            "stadtteilen",
            "stadtbezirk",
            "provinz",
            "gouvernement",
            "vorort",
            "vororte",
            "gebiet",
            "gebiete",
            "gebieten",
            "region",
            "viertel",
            "lager",
            "flughafen",
            "fluss",
            "insel",
            "hafen",
            "hauptstadt",
            "stadten",
            "dorfern",
            "nahe",
            "nordlich",
            "sudlich",
            "ostlich",
            "westlich",
            "hafenstadt",
            "grossstadt",
            "kreis",
            "bundesland",
            "unweit",
            "raum",
            "kleinstadt",
        ],
    ),
    (
        Role::Preposition,
        &["in", "nach", "bei", "aus", "um", "bis", "uber", "von"],
    ),
    (
        Role::Country,
        &[
            "im",
            "republik",
            "konigreich",
            "staat",
            "zwischen",
            "nachbarland",
            "land",
        ],
    ),
    (
        Role::Media,
        &[
            "zeitung",
            "tageszeitung",
            "sender",
            "magazin",
            "agentur",
            "nachrichtenagentur",
            "blatt",
            "zeitschrift",
            "nachrichtenmagazin",
            "fernsehsender",
            "fernsehen",
            "onlinemagazin",
            "wochenzeitung",
            "webseite",
            "website",
            "kanal",
        ],
    ),
    (
        Role::Organisation,
        &[
            "partei",
            "bewegung",
            "organisation",
            "firma",
            "verein",
            "konzern",
            "unternehmen",
            "bank",
            "verband",
            "stiftung",
        ],
    ),
    (
        Role::Group,
        &[
            "gruppe",
            "gruppen",
            "miliz",
            "milizen",
            "brigade",
            "brigaden",
            "bataillon",
            "organisation",
            "bewegung",
            "rebellen",
            "terrormiliz",
            "terrorgruppe",
            "terrororganisation",
            "allianz",
        ],
    ),
    (
        Role::Person,
        &[
            "prasident",
            "prasidenten",
            "prasidentin",
            "herr",
            "herrn",
            "frau",
            "dr",
            "minister",
            "ministerin",
            "aussenminister",
            "verteidigungsminister",
            "innenminister",
            "kanzler",
            "kanzlerin",
            "bundeskanzler",
            "bundeskanzlerin",
            "premierminister",
            "ministerprasident",
            "premier",
            "general",
            "oberst",
            "sprecher",
            "botschafter",
            "generalsekretar",
            "konig",
            "prinz",
            "scheich",
            "fuhrer",
            "chef",
            "kommandeur",
            "sondergesandter",
            "senator",
            "papst",
            "staatschef",
            "machthaber",
            "regierungschef",
            "us-prasident",
            "exprasident",
            "richter",
            "anwalt",
        ],
    ),
];
