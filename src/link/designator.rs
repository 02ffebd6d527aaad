//! Words that say what sort of thing a name names, in three languages and in transliteration:
//! `al-Hikma School`, `Hikma-Schule`, مدرسة الحكمة. They are compared by what they mean.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// What a designator means, and its folded words.
const DESIGNATORS: &[(&str, &[&str])] = &[
    (
        "north",
        &[
            "north",
            "northern",
            "nord",
            "nordliche",
            "nordlichen",
            "شمال",
            "شمالي",
            "شماليه",
        ],
    ),
    (
        "south",
        &[
            "south",
            "southern",
            "sud",
            "sudliche",
            "sudlichen",
            "جنوب",
            "جنوبي",
            "جنوبيه",
        ],
    ),
    (
        "east",
        &[
            "east",
            "eastern",
            "ost",
            "ostliche",
            "ostlichen",
            "شرق",
            "شرقي",
            "شرقيه",
        ],
    ),
    (
        "west",
        &[
            "west",
            "western",
            "westliche",
            "westlichen",
            "غرب",
            "غربي",
            "غربيه",
        ],
    ),
    ("countryside", &["countryside", "umland", "ريف"]),
    (
        "observatory",
        &["observatory", "beobachtungsstelle", "مرصد"],
    ),
    (
        "school",
        &["school", "schule", "مدرسه", "madrasa", "madrasat"],
    ),
    (
        "hospital",
        &[
            "hospital",
            "krankenhaus",
            "klinik",
            "clinic",
            "مستشفي",
            "مشفي",
            "mustashfa",
        ],
    ),
    (
        "camp",
        &["camp", "lager", "fluchtlingslager", "مخيم", "mukhayyam"],
    ),
    ("airport", &["airport", "flughafen", "مطار", "matar"]),
    (
        "base",
        &["base", "basis", "stutzpunkt", "militarbasis", "قاعده"],
    ),
    (
        "airbase",
        &["airbase", "luftwaffenstutzpunkt", "luftwaffenbasis"],
    ),
    ("university", &["university", "universitat", "جامعه", "uni"]),
    ("mosque", &["mosque", "moschee", "مسجد", "جامع", "masjid"]),
    ("church", &["church", "kirche", "كنيسه"]),
    (
        "square",
        &["square", "platz", "ساحه", "ميدان", "دوار", "roundabout"],
    ),
    ("bridge", &["bridge", "brucke", "جسر"]),
    ("river", &["river", "fluss", "نهر"]),
    (
        "mountain",
        &[
            "mountain",
            "mount",
            "mountains",
            "berg",
            "gebirge",
            "جبل",
            "jabal",
            "jebel",
            "dschabal",
            "dschebel",
        ],
    ),
    ("hill", &["hill", "hugel", "tal", "tell", "تل", "تله"]),
    ("village", &["village", "dorf", "قريه"]),
    ("town", &["town", "city", "stadt", "بلده", "مدينه"]),
    (
        "quarter",
        &[
            "district",
            "neighborhood",
            "neighbourhood",
            "quarter",
            "viertel",
            "stadtteil",
            "stadtviertel",
            "bezirk",
            "حي",
        ],
    ),
    ("suburb", &["suburb", "vorort", "vorstadt", "ضاحيه"]),
    (
        "province",
        &[
            "province",
            "governorate",
            "provinz",
            "gouvernement",
            "محافظه",
            "ولايه",
        ],
    ),
    (
        "crossing",
        &[
            "crossing",
            "checkpoint",
            "grenzubergang",
            "ubergang",
            "معبر",
            "حاجز",
        ],
    ),
    ("prison", &["prison", "jail", "gefangnis", "سجن"]),
    (
        "road",
        &[
            "road",
            "street",
            "strasse",
            "highway",
            "شارع",
            "طريق",
            "اوتوستراد",
        ],
    ),
    ("dam", &["dam", "damm", "staudamm", "سد"]),
    (
        "factory",
        &["factory", "plant", "fabrik", "werk", "معمل", "مصنع"],
    ),
    (
        "academy",
        &["academy", "akademie", "college", "اكاديميه", "كليه"],
    ),
    ("project", &["project", "apartments", "projekt", "مشروع"]),
    (
        "army",
        &[
            "army",
            "armee",
            "جيش",
            "jaysh",
            "jaish",
            "jeish",
            "dschaisch",
            "dschaysch",
        ],
    ),
    (
        "front",
        &["front", "جبهه", "jabhat", "jabha", "dschabhat", "dschabha"],
    ),
    (
        "brigade",
        &[
            "brigade",
            "brigades",
            "brigaden",
            "لواء",
            "الويه",
            "liwa",
            "alwiya",
            "كتاءب",
            "كتايب",
            "kataib",
            "كتيبه",
            "katiba",
            "battalion",
            "battalions",
            "bataillon",
            "bataillone",
        ],
    ),
    ("division", &["division", "فرقه", "firqa", "firqat"]),
    (
        "movement",
        &["movement", "bewegung", "حركه", "harakat", "haraka"],
    ),
    ("party", &["party", "partei", "حزب", "hizb"]),
    (
        "forces",
        &[
            "forces",
            "force",
            "krafte",
            "streitkrafte",
            "قوات",
            "quwat",
            "quwwat",
        ],
    ),
    (
        "militia",
        &[
            "militia",
            "militias",
            "miliz",
            "milizen",
            "ميليشيا",
            "مليشيا",
        ],
    ),
    ("council", &["council", "rat", "مجلس", "majlis"]),
    (
        "committee",
        &["committee", "komitee", "ausschuss", "لجنه", "لجان"],
    ),
    ("ministry", &["ministry", "ministerium", "وزاره"]),
    (
        "agency",
        &["agency", "agentur", "nachrichtenagentur", "وكاله"],
    ),
    ("network", &["network", "netzwerk", "شبكه"]),
    ("channel", &["channel", "sender", "tv", "قناه"]),
    (
        "newspaper",
        &["newspaper", "daily", "zeitung", "صحيفه", "جريده"],
    ),
    ("group", &["group", "gruppe", "مجموعه", "جماعه"]),
    ("room", &["room", "operationsraum", "غرفه"]),
    ("union", &["union", "اتحاد", "ittihad"]),
    (
        "alliance",
        &[
            "alliance",
            "coalition",
            "allianz",
            "bundnis",
            "koalition",
            "تحالف",
            "ائتلاف",
        ],
    ),
    (
        "organisation",
        &[
            "organisation",
            "organization",
            "منظمه",
            "هيءه",
            "هييه",
            "hayat",
            "hayat",
        ],
    ),
    (
        "association",
        &["association", "verein", "verband", "جمعيه"],
    ),
    ("foundation", &["foundation", "stiftung", "موسسه"]),
    ("company", &["company", "gesellschaft", "شركه"]),
    ("bank", &["bank", "بنك", "مصرف"]),
    ("battle", &["battle", "schlacht", "معركه"]),
    ("operation", &["operation", "عمليه"]),
];

/// What a folded word without article means as a designator.
pub(super) fn meaning(word: &str) -> Option<&'static str> {
    static MEANINGS: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
        let all = DESIGNATORS.iter();
        all.flat_map(|(meaning, words)| words.iter().map(|word| (*word, *meaning)))
            .collect()
    });
    MEANINGS.get(word).copied()
}

/// Whether a name with the designator is never the name without it.
pub(super) fn tells_apart(meaning: &str) -> bool {
    matches!(meaning, "north" | "south" | "east" | "west" | "countryside")
}

/// Words that make another organisation of one: the Free Syrian Army is not the Syrian army.
pub(super) fn makes_another(word: &str) -> bool {
    matches!(
        word,
        "free"
            | "new"
            | "real"
            | "national"
            | "popular"
            | "democratic"
            | "liberal"
            | "opposition"
            | "freie"
            | "freien"
            | "neue"
            | "neuen"
            | "nationale"
            | "nationalen"
            | "demokratische"
            | "demokratischen"
            | "حر"
            | "جديد"
            | "وطني"
            | "وطنيه"
            | "شعبي"
            | "شعبيه"
            | "ديمقراطي"
            | "ديمقراطيه"
    )
}

/// Whether documents use the designator alone for the one organisation that they speak of: `the
/// Observatory`, unlike `the army`.
pub(super) fn stands_alone(word: &str) -> bool {
    let meanings = [
        "observatory",
        "council",
        "alliance",
        "ministry",
        "movement",
        "party",
        "committee",
        "agency",
    ];
    meaning(word).is_some_and(|meaning| meanings.contains(&meaning))
}
