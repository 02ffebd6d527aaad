use super::Finder;
use crate::corpus::{EntityKind, Field, Language, Mention, Metadata, RawDocument};

fn document(title: Option<&str>, text: &str) -> RawDocument {
    RawDocument {
        id: "d".to_owned(),
        path: "d.txt".to_owned(),
        title: title.map(str::to_owned),
        text: text.to_owned(),
        encoding: "UTF-8",
        notes: Vec::new(),
        metadata: Metadata::default(),
        sha256: [0; 32],
    }
}

/// What the knowledge base finds by itself: the taggers have tests of their own.
fn found(language: Language, text: &str) -> Vec<(String, String)> {
    Finder::with_models([&[]; 3])
        .find(&document(None, text), language)
        .iter()
        .map(|m| (m.span.of(text).to_owned(), m.entity.to_string()))
        .collect()
}

fn check(language: Language, cases: &[(&str, &[(&str, &str)])]) {
    for (text, wanted) in cases {
        let wanted: Vec<_> = wanted
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect();
        assert_eq!(found(language, text), wanted, "{text}");
    }
}

#[test]
fn english_names() {
    check(
        Language::English,
        &[
            (
                "Jabhat Fateh al Sham, formerly al-Nusra Front, left Aleppo's east.",
                &[
                    ("Jabhat Fateh al Sham", "Jabhat Fatah al-Sham"),
                    ("al-Nusra Front", "Jabhat Fatah al-Sham"),
                    ("Aleppo", "Aleppo"),
                ],
            ),
            (
                "A U.S. envoy told us: the US is out. WHO IS IN?",
                &[("U.S.", "United States"), ("US", "United States")],
            ),
            ("Syrian and Russian jets over Idlib", &[("Idlib", "Idlib")]),
            ("Michael Jordan met reporters.", &[]),
            ("He fled to Jordan.", &[("Jordan", "Jordan")]),
            (
                "reached the al-Assad residential suburb",
                &[("al-Assad", "Al-Assad suburb")],
            ),
            (
                "said Billy Bush to President Bush.",
                &[("Bush", "George W. Bush")],
            ),
            ("Syrian military sources in the town of Khan al-Assad", &[]),
            (
                "the Syrian military said",
                &[("Syrian military", "Syrian Armed Forces")],
            ),
            (
                "Queen Elizabeth II. Let it go to War.",
                &[("Elizabeth II", "Elizabeth II")],
            ),
        ],
    );
}

#[test]
fn german_names() {
    check(
        Language::German,
        &[
            (
                "Die Dschabhat Fatah asch-Scham in Syriens Norden",
                &[
                    ("Dschabhat Fatah asch-Scham", "Jabhat Fatah al-Sham"),
                    ("Syriens", "Syria"),
                ],
            ),
            (
                "die syrischen Regierung und die Freien Syrischen Armee",
                &[("Freien Syrischen Armee", "Free Syrian Army")],
            ),
            (
                "der Stadtteile al-Assad und Minyan",
                &[("al-Assad", "Al-Assad suburb"), ("Minyan", "Minyan")],
            ),
            (
                "im Kongo, wegen des Irakkrieges und Russlands",
                &[
                    ("Kongo", "Democratic Republic of the Congo"),
                    ("Irakkrieges", "Iraq War"),
                    ("Russlands", "Russia"),
                ],
            ),
            ("Die Zahlen der ÖTV", &[]),
            ("ruft ver.di zum Streik", &[("ver.di", "ver.di")]),
            (
                "Er lebt in Paris. London ist fern.",
                &[("Paris", "Paris"), ("London", "London")],
            ),
            (
                "von abhat Fatah al-Sham (ehemals",
                &[("abhat Fatah al-Sham", "Jabhat Fatah al-Sham")],
            ),
            ("Präsident Assad sprach.", &[("Assad", "Bashar al-Assad")]),
        ],
    );
}

#[test]
fn arabic_names() {
    check(
        Language::Arabic,
        &[
            (
                "وقالت جبهة فتح الشام (النصرة سابقا) إن حلب",
                &[
                    ("جبهة فتح الشام", "Jabhat Fatah al-Sham"),
                    ("النصرة", "Jabhat Fatah al-Sham"),
                    ("حلب", "Aleppo"),
                ],
            ),
            (
                "لا مشاركة لتركيا وبسوريا",
                &[("تركيا", "Turkey"), ("سوريا", "Syria")],
            ),
            ("للجيش السوري", &[("لجيش السوري", "Syrian Arab Army")]),
            (
                "#عاجل#الجيش_السوري غرب #حلب",
                &[("الجيش_السوري", "Syrian Arab Army"), ("حلب", "Aleppo")],
            ),
            (
                "في ضاحية الأسد وقال الأسد",
                &[
                    ("ضاحية الأسد", "Al-Assad suburb"),
                    ("الأسد", "Bashar al-Assad"),
                ],
            ),
            ("هذه الحياة صعبة", &[]),
            ("السياسة الخارجية الروسية", &[]),
            (
                "قالت الخارجية الروسية",
                &[("الخارجية الروسية", "Ministry of Foreign Affairs (Russia)")],
            ),
            ("للأسرة السعودية", &[]),
            ("وصل إلى السعودية", &[("السعودية", "Saudi Arabia")]),
            (
                "مدينة الملك فهد الطبية",
                &[("مدينة الملك فهد الطبية", "King Fahd Medical City")],
            ),
            ("مستشفى الملك سلمان في الرياض", &[("الرياض", "Riyadh")]),
            (
                "استقبل الملك سلمان وفدا",
                &[("سلمان", "Salman of Saudi Arabia")],
            ),
            ("مسقط رأسه صنعاء", &[("صنعاء", "Sanaa")]),
        ],
    );
}

#[test]
fn a_land_is_not_its_people_nor_a_town_its_club() {
    check(
        Language::German,
        &[
            ("viele Ungarn in Ungarn", &[("Ungarn", "Hungary")]),
            (
                "der Dortmund-Trainer in Dortmund",
                &[("Dortmund", "Dortmund")],
            ),
        ],
    );
}

#[test]
fn designators_make_longer_names() {
    check(
        Language::English,
        &[
            (
                "in the Battle of Brega",
                &[("Battle of Brega", "Battle of Brega")],
            ),
            (
                "Raqqa Military Airport",
                &[("Raqqa Military Airport", "Raqqa Military Airport")],
            ),
            (
                "it was said by the Aleppo Justice Institute, which knows",
                &[("Aleppo Justice Institute", "Aleppo Justice Institute")],
            ),
            (
                "Aleppo Reads Justice Institute Report",
                &[("Aleppo", "Aleppo")],
            ),
            (
                "Russia's Ministry of Defence and Syria, Syria, Syria",
                &[
                    ("Russia", "Russia"),
                    ("Ministry of Defence", "Ministry of Defence (Russia)"),
                    ("Syria", "Syria"),
                    ("Syria", "Syria"),
                    ("Syria", "Syria"),
                ],
            ),
        ],
    );
    check(
        Language::German,
        &[
            (
                "die Schlacht um Sabratha",
                &[("Schlacht um Sabratha", "Battle of Sabratha")],
            ),
            ("der SV Chemnitz siegt", &[("SV Chemnitz", "SV Chemnitz")]),
        ],
    );
    check(
        Language::Arabic,
        &[(
            "وبمطار الرقة العسكري",
            &[("مطار الرقة العسكري", "Raqqa Military Airport")],
        )],
    );
}

#[test]
fn the_tagger_finds_names_that_the_knowledge_base_does_not_have() {
    let text = "Michael Jordan met reporters.";
    let mentions = Finder::embedded().find(&document(None, text), Language::English);
    let [name] = mentions.as_slice() else {
        panic!("{mentions:?}");
    };
    assert_eq!(name.span.of(text), "Michael Jordan");
    assert_eq!(&*name.entity, "Michael Jordan");
    assert_eq!(name.kind, EntityKind::Person);
}

#[test]
fn surnames_link_to_the_full_name() {
    let text = "Zakaria al-Malahifji of Fastaqim spoke. Talal Silo agreed. Silo left.";
    let mentions = Finder::embedded().find(&document(Some("Silo speaks"), text), Language::English);
    let silo: Vec<&Mention> = mentions
        .iter()
        .filter(|m| &*m.entity == "Talal Silo")
        .collect();
    assert_eq!(silo.len(), 3);
    assert_eq!(silo[0].field, Field::Title);
    assert_eq!(&*silo[2].why, "surname of Talal Silo in this document");
    assert!(silo.iter().all(|m| m.kind == EntityKind::Person));
}

#[test]
fn cards_tell_spellings_and_relations() {
    let finder = Finder::embedded();
    let card = finder
        .card("Jabhat Fatah al-Sham", EntityKind::Group)
        .unwrap();
    assert_eq!(card.fact("formerly"), Some("al-Nusra Front"));
    let (language, arabic) = &card.names[2];
    assert_eq!(*language, Language::Arabic);
    assert!(arabic.contains(&"جبهة فتح الشام"));
    assert_eq!(finder.card("Jabhat Fatah al-Sham", EntityKind::Place), None);
}

/// Particles that are written onto a word.
const PARTICLES: [&str; 10] = ["", "و", "ف", "ب", "ل", "ك", "وب", "فب", "ول", "فل"];

/// Names that nothing has to speak for.
const PLAIN: [&str; 9] = [
    "دمشق",
    "حلب",
    "روسيا",
    "إدلب",
    "حزب الله",
    "جبهة فتح الشام",
    "الأمم المتحدة",
    "الجيش السوري الحر",
    "بشار الأسد",
];

/// The name behind a particle as Arabic writes it, and what of it is the name.
fn behind(particle: &str, name: &str) -> (String, String) {
    // لـ swallows the alef of the article
    let rest = name.strip_prefix('ا').filter(|rest| rest.starts_with('ل'));
    let own = rest.filter(|_| particle.ends_with('ل')).unwrap_or(name);
    (format!("{particle}{own}"), own.to_owned())
}

/// The name with a vowel mark or a tatweel behind some letters.
fn vowelled(name: &str, marks: &[Option<char>]) -> String {
    let mut out = String::new();
    for (letter, mark) in name.chars().zip(marks.iter().cycle()) {
        out.push(letter);
        out.extend(mark.filter(|_| letter.is_alphabetic()));
    }
    out
}

proptest::proptest! {
    #[test]
    fn arabic_particles_stay_outside_of_names(
        particle in proptest::sample::select(&PARTICLES),
        name in proptest::sample::select(&PLAIN),
        marks in proptest::collection::vec(
            proptest::option::weighted(0.3, proptest::sample::select(vec!['َ', 'ُ', 'ِ', 'ْ'])),
            1..8,
        ),
        tagged: bool,
    ) {
        let (written, own) = behind(particle, name);
        let (written, own) = if marks.iter().any(Option::is_some) {
            let own = vowelled(&own, &marks);
            (format!("{particle}{own}"), own)
        } else {
            (written, own)
        };
        let text = format!("قال أمس {written} مرة أخرى");
        let at = text.find(&own).unwrap();
        let wanted = at..at + own.len();
        let finder = if tagged { Finder::embedded() } else { Finder::with_models([&[]; 3]) };
        let mentions = finder.find(&document(None, &text), Language::Arabic);
        let spans: Vec<_> = mentions.iter().map(|m| m.span.range()).collect();
        proptest::prop_assert_eq!(spans, vec![wanted], "{}", text);
    }

    #[test]
    fn mentions_fit_any_text(text in "\\PC{0,80}") {
        let text = format!("{text} Aleppo {text}حلب\u{0}{text}");
        for language in [Language::English, Language::German, Language::Arabic, Language::Other] {
            let mentions = Finder::embedded().find(&document(Some(&text), &text), language);
            let mut last = (Field::Title, 0);
            for mention in mentions {
                proptest::prop_assert!(!mention.span.is_empty());
                proptest::prop_assert!(text.get(mention.span.range()).is_some());
                proptest::prop_assert!(mention.field > last.0 || mention.span.start >= last.1);
                proptest::prop_assert!((0.0..=1.0).contains(&mention.confidence));
                last = (mention.field, mention.span.end);
            }
        }
    }
}
