//! What makes the name of a place a longer name: the tables of `compose`.

use crate::corpus::EntityKind;

/// A designator: folded words, the kind that it makes, the canonical key with `{}` for the place.
pub(super) type Pattern = (&'static [&'static str], EntityKind, &'static str);

use EntityKind::{Event, Group, Organisation, Place};

/// Behind the place, in Latin script with capitals.
pub(super) const BEHIND: &[Pattern] = &[
    (
        &["international", "airport"],
        Place,
        "{} International Airport",
    ),
    (&["military", "airport"], Place, "{} Military Airport"),
    (&["airport"], Place, "{} Airport"),
    (&["airbase"], Place, "{} Airbase"),
    (&["air", "base"], Place, "{} Airbase"),
    (&["central", "prison"], Place, "{} Central Prison"),
    (&["prison"], Place, "{} Prison"),
    (&["hospital"], Place, "{} Hospital"),
    (&["street"], Place, "{} Street"),
    (&["road"], Place, "{} Road"),
    (&["bridge"], Place, "{} Bridge"),
    (&["square"], Place, "{} Square"),
    (&["oblast"], Place, "{} Oblast"),
    (&["district"], Place, "{} District"),
    (&["raion"], Place, "{} Raion"),
    (&["university"], Organisation, "University of {}"),
    (&["city", "council"], Organisation, "{} City Council"),
    (&["stock", "exchange"], Organisation, "{} Stock Exchange"),
    (&["military", "council"], Group, "{} Military Council"),
    (&["police", "command"], Group, "{} Police Command"),
    (&["police", "department"], Group, "{} Police Department"),
    (&["police"], Group, "{} Police"),
];

/// In front of the place, in Latin script; of the first word a capital is asked.
pub(super) const BEFORE: &[Pattern] = &[
    (&["battle", "of"], Event, "Battle of {}"),
    (&["battle", "for"], Event, "Battle of {}"),
    (&["siege", "of"], Event, "Siege of {}"),
    (&["schlacht", "um"], Event, "Battle of {}"),
    (&["schlacht", "von"], Event, "Battle of {}"),
    (&["belagerung", "von"], Event, "Siege of {}"),
    (&["university", "of"], Organisation, "University of {}"),
    (&["universitat"], Organisation, "University of {}"),
    (&["universitat", "von"], Organisation, "University of {}"),
    (&["flughafen"], Place, "{} Airport"),
    (&["militarflughafen"], Place, "{} Military Airport"),
    (&["port", "of"], Place, "Port of {}"),
    // clubs
    (&["eintracht"], Organisation, "Eintracht {}"),
    (&["borussia"], Organisation, "Borussia {}"),
    (&["hertha"], Organisation, "Hertha {}"),
    (&["arminia"], Organisation, "Arminia {}"),
    (&["fortuna"], Organisation, "Fortuna {}"),
    (&["dynamo"], Organisation, "Dynamo {}"),
    (&["dinamo"], Organisation, "Dinamo {}"),
    (&["spartak"], Organisation, "Spartak {}"),
    (&["partizan"], Organisation, "Partizan {}"),
    (&["ajax"], Organisation, "Ajax {}"),
    (&["olympique"], Organisation, "Olympique {}"),
    (&["deportivo"], Organisation, "Deportivo {}"),
    (&["fc"], Organisation, "FC {}"),
    (&["sc"], Organisation, "SC {}"),
    (&["sv"], Organisation, "SV {}"),
    (&["vfb"], Organisation, "VfB {}"),
    (&["vfl"], Organisation, "VfL {}"),
    (&["tsv"], Organisation, "TSV {}"),
    (&["fsv"], Organisation, "FSV {}"),
    (&["bsc"], Organisation, "BSC {}"),
    (&["tsg"], Organisation, "TSG {}"),
    (&["msv"], Organisation, "MSV {}"),
    (&["spvgg"], Organisation, "SpVgg {}"),
];

/// What ends the name of an institution that starts with a place: `Syria Justice Institute`; with
/// a capital. Only words that end nothing else.
pub(super) const INSTITUTIONS: &[&str] = &[
    "institute",
    "agency",
    "commission",
    "committee",
    "council",
    "foundation",
    "society",
    "association",
    "bureau",
    "center",
    "centre",
    "authority",
    "corporation",
    "university",
    "college",
    "survey",
    "observatory",
    "network",
    "federation",
    "chamber",
    "academy",
    "museum",
    "orchestra",
    "initiative",
];

/// In front of the place, in Arabic; folded, particles taken off.
pub(super) const BEFORE_ARABIC: &[(&str, EntityKind, &str)] = &[
    ("جامعه", Organisation, "University of {}"),
    ("مطار", Place, "{} Airport"),
    ("مستشفي", Place, "{} Hospital"),
    ("مشفي", Place, "{} Hospital"),
    ("معركه", Event, "Battle of {}"),
    ("حصار", Event, "Siege of {}"),
    ("سجن", Place, "{} Prison"),
    ("جسر", Place, "{} Bridge"),
    ("شارع", Place, "{} Street"),
    ("معبر", Place, "{} Crossing"),
    ("ميناء", Place, "Port of {}"),
    ("مرفا", Place, "Port of {}"),
    ("سد", Place, "{} Dam"),
    ("جبل", Place, "Mount {}"),
    ("ولايه", Place, "{} Province"),
    ("محافظه", Place, "{} Governorate"),
];

/// Arabic adjectives that go on with such a name.
pub(super) const GOES_ON: &[(&str, &str)] = &[
    ("الدولي", "International "),
    ("العسكري", "Military "),
    ("المركزي", "Central "),
];
