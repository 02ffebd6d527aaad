//! German words of time, with the Austrian ones.

use super::super::term::{Edge, Part, Reference, Term, Unit};
use super::Row;

/// Months: also looked up in English documents.
pub(super) const MONTHS: &[Row] = &[
    ("januar jänner jaenner", Term::Month(1)),
    ("februar feber", Term::Month(2)),
    ("märz maerz", Term::Month(3)),
    ("mär", Term::ShortMonth(3)),
    ("april", Term::Month(4)),
    ("apr", Term::ShortMonth(4)),
    ("mai", Term::Month(5)),
    ("juni juno", Term::Month(6)),
    ("juli", Term::Month(7)),
    ("august", Term::Month(8)),
    ("aug", Term::ShortMonth(8)),
    ("september", Term::Month(9)),
    ("sept sep", Term::ShortMonth(9)),
    ("oktober", Term::Month(10)),
    ("okt", Term::ShortMonth(10)),
    ("november", Term::Month(11)),
    ("nov", Term::ShortMonth(11)),
    ("dezember", Term::Month(12)),
    ("dez", Term::ShortMonth(12)),
];

/// Weekdays as the first part of compounds: `Mittwoch` + `abend`.
pub(super) const WEEKDAY_STEMS: &[(&str, u8)] = &[
    ("montag", 0),
    ("dienstag", 1),
    ("mittwoch", 2),
    ("donnerstag", 3),
    ("freitag", 4),
    ("samstag sonnabend", 5),
    ("sonntag", 6),
];

/// Parts of day as the second part of compounds.
pub(super) const PART_SUFFIXES: &[(&str, Part)] = &[
    ("morgen früh vormittag vormittags morgens", Part::Morning),
    ("mittag mittags", Part::Midday),
    ("nachmittag nachmittags", Part::Afternoon),
    ("abend abends", Part::Evening),
    ("nacht nachts", Part::Night),
];

/// Everything but the months.
pub(super) const WORDS: &[Row] = &[
    ("jan jän", Term::ShortMonth(1)),
    ("feb", Term::ShortMonth(2)),
    ("jun", Term::ShortMonth(6)),
    ("jul", Term::ShortMonth(7)),
    ("montag montags montage", Term::Weekday(0)),
    ("dienstag dienstags", Term::Weekday(1)),
    ("mittwoch mittwochs", Term::Weekday(2)),
    ("donnerstag donnerstags", Term::Weekday(3)),
    ("freitag freitags", Term::Weekday(4)),
    ("samstag samstags sonnabend sonnabends", Term::Weekday(5)),
    ("sonntag sonntags", Term::Weekday(6)),
    ("mo", Term::MaybeWeekday(0)),
    ("di", Term::MaybeWeekday(1)),
    ("mi", Term::MaybeWeekday(2)),
    ("do", Term::MaybeWeekday(3)),
    ("fr", Term::MaybeWeekday(4)),
    ("sa", Term::MaybeWeekday(5)),
    ("so", Term::MaybeWeekday(6)),
    ("heute", Term::Days(0)),
    ("gestern", Term::Days(-1)),
    ("vorgestern", Term::Days(-2)),
    ("übermorgen uebermorgen", Term::Days(2)),
    // `morgen` is tomorrow, `Morgen` the morning: the grammar looks at the capital
    ("morgen", Term::Days(1)),
    ("heutige heutigen heutiger heutiges", Term::DaysAdjective(0)),
    (
        "gestrige gestrigen gestriger gestriges",
        Term::DaysAdjective(-1),
    ),
    ("vorgestrige vorgestrigen", Term::DaysAdjective(-2)),
    ("morgige morgigen morgiger morgiges", Term::DaysAdjective(1)),
    (
        "vormittag vormittags morgens früh frühmorgens morgengrauen morgenstunden \
         vormittagsstunden",
        Term::Part(Part::Morning),
    ),
    ("mittag mittags mittagszeit", Term::Part(Part::Midday)),
    (
        "nachmittag nachmittags nachmittagsstunden",
        Term::Part(Part::Afternoon),
    ),
    ("abend abends abendstunden", Term::Part(Part::Evening)),
    (
        "nacht nachts mitternacht nachtstunden",
        Term::Part(Part::Night),
    ),
    ("sekunde", Term::Unit(Unit::Second)),
    ("sekunden", Term::Units(Unit::Second)),
    ("minute", Term::Unit(Unit::Minute)),
    ("minuten", Term::Units(Unit::Minute)),
    ("stunde", Term::Unit(Unit::Hour)),
    ("stunden", Term::Units(Unit::Hour)),
    ("tag tages", Term::Unit(Unit::Day)),
    ("tage tagen", Term::Units(Unit::Day)),
    ("wochenende wochenendes", Term::Unit(Unit::Weekend)),
    ("wochenenden", Term::Units(Unit::Weekend)),
    ("woche", Term::Unit(Unit::Week)),
    ("wochen", Term::Units(Unit::Week)),
    ("monat monats monates", Term::Unit(Unit::Month)),
    ("monate monaten", Term::Units(Unit::Month)),
    ("quartal quartals trimester", Term::Unit(Unit::Quarter)),
    ("quartale quartalen", Term::Units(Unit::Quarter)),
    ("halbjahr halbjahres jahreshälfte", Term::Unit(Unit::Half)),
    ("jahr jahres", Term::Unit(Unit::Year)),
    ("jahre jahren", Term::Units(Unit::Year)),
    ("jahrzehnt jahrzehnts", Term::Unit(Unit::Decade)),
    ("jahrzehnte jahrzehnten", Term::Units(Unit::Decade)),
    ("jahrhundert jahrhunderts", Term::Unit(Unit::Century)),
    ("jahrhunderte jahrhunderten", Term::Units(Unit::Century)),
    (
        "letzte letzten letzter letztes letztem vergangene vergangenen vergangener vergangenes \
         vergangenem vorige vorigen voriger voriges vorigem verflossenen",
        Term::Which(-1),
    ),
    (
        "diese diesen dieser dieses diesem laufende laufenden laufender aktuellen",
        Term::Which(0),
    ),
    (
        "nächste nächsten nächster nächstes nächstem kommende kommenden kommender kommendes \
         kommendem",
        Term::Which(1),
    ),
    (
        "selben gleichen selbem derselben desselben demselben",
        Term::Beside(0),
    ),
    ("folgenden darauffolgenden folgende darauf", Term::Beside(1)),
    ("ein eine einen einem einer eines", Term::One),
    ("eins", Term::Cardinal(1)),
    ("zwei beiden beide", Term::Cardinal(2)),
    ("drei", Term::Cardinal(3)),
    ("vier", Term::Cardinal(4)),
    ("fünf", Term::Cardinal(5)),
    ("sechs", Term::Cardinal(6)),
    ("sieben", Term::Cardinal(7)),
    ("acht", Term::Cardinal(8)),
    ("neun", Term::Cardinal(9)),
    ("zehn", Term::Cardinal(10)),
    ("elf", Term::Cardinal(11)),
    ("zwölf", Term::Cardinal(12)),
    ("dreizehn", Term::Cardinal(13)),
    ("vierzehn", Term::Cardinal(14)),
    ("fünfzehn", Term::Cardinal(15)),
    ("sechzehn", Term::Cardinal(16)),
    ("siebzehn", Term::Cardinal(17)),
    ("achtzehn", Term::Cardinal(18)),
    ("neunzehn", Term::Cardinal(19)),
    ("zwanzig", Term::Cardinal(20)),
    ("dreißig dreissig", Term::Cardinal(30)),
    ("vierzig", Term::Cardinal(40)),
    ("fünfzig", Term::Cardinal(50)),
    ("sechzig", Term::Cardinal(60)),
    ("siebzig", Term::Cardinal(70)),
    ("achtzig", Term::Cardinal(80)),
    ("neunzig", Term::Cardinal(90)),
    ("hundert", Term::Cardinal(100)),
    ("erste ersten erster erstes erstem", Term::Ordinal(1)),
    ("zweite zweiten zweiter zweites zweitem", Term::Ordinal(2)),
    ("dritte dritten dritter drittes drittem", Term::Ordinal(3)),
    ("vierte vierten vierter viertes", Term::Ordinal(4)),
    ("fünfte fünften fünfter", Term::Ordinal(5)),
    ("sechste sechsten sechster", Term::Ordinal(6)),
    ("siebte siebten siebter", Term::Ordinal(7)),
    ("achte achten achter", Term::Ordinal(8)),
    ("neunte neunten neunter", Term::Ordinal(9)),
    ("zehnte zehnten zehnter", Term::Ordinal(10)),
    (
        "einige einigen mehrere mehreren wenige wenigen viele vielen paar",
        Term::Some,
    ),
    ("halbe halben halbes", Term::Fraction),
    ("frühling frühlings frühjahr frühjahrs", Term::Season(0)),
    ("sommer sommers sommermonate", Term::Season(1)),
    ("herbst herbstes", Term::Season(2)),
    ("winter winters", Term::Season(3)),
    ("anfang beginn", Term::Edge(Edge::Start)),
    ("mitte", Term::Edge(Edge::Middle)),
    ("ende", Term::Edge(Edge::End)),
    (
        "jetzt nun derzeit zurzeit momentan gegenwärtig inzwischen heutzutage",
        Term::Vague(Reference::Present),
    ),
    (
        "kürzlich unlängst neulich jüngst damals früher einst",
        Term::Vague(Reference::Past),
    ),
    (
        "künftig künftige künftigen zukünftig zukünftige zukünftigen zukunft demnächst bald",
        Term::Vague(Reference::Future),
    ),
    ("vor", Term::Ago),
    ("vorjahr vorjahres vorjahrs", Term::PreviousYear),
    ("vortag vortages", Term::PreviousDay),
    ("tags", Term::Other),
    ("jeden jeder jedes jedem jede je", Term::Every),
    (
        "täglich tägliche täglichen alltäglich alltäglichen",
        Term::Recurring(Unit::Day),
    ),
    (
        "wöchentlich wöchentliche wöchentlichen",
        Term::Recurring(Unit::Week),
    ),
    (
        "monatlich monatliche monatlichen",
        Term::Recurring(Unit::Month),
    ),
    (
        "jährlich jährliche jährlichen alljährlich alljährliche alljährlichen",
        Term::Recurring(Unit::Year),
    ),
    ("der die das den dem des", Term::Article),
    (
        "im in seit ab bis von um gegen nach während zwischen aus für zum am an auf vom zur \
         anno bereits",
        Term::Preposition,
    ),
    ("und oder sowie bzw", Term::And),
    ("uhr", Term::Clock),
    ("mez mesz gmt utc", Term::Zone),
    ("er", Term::DecadeSuffix),
    (
        "menschen personen zivilisten soldaten kämpfer tote toten verletzte verletzten opfer \
         einwohner flüchtlinge familien frauen männer kinder meter metern kilometer kilometern \
         km m euro dollar prozent tonnen liter punkte mitglieder mitarbeiter schüler zuschauer \
         besucher teilnehmer polizisten beamte häuser stimmen stück gäste unternehmen betriebe \
         hektar quadratmeter kubikmeter arbeitsplätze millionen milliarden",
        Term::Counted,
    ),
    (
        "wurde wurden war waren hatte hatten sagte sagten teilte teilten kam kamen gab starb \
         starben erklärte berichtete begann fand ging geworden worden gewesen",
        Term::PastMark,
    ),
    (
        "wird werden soll sollen will wollen möchte findet finden statt geplant geplante geplanten \
         beginnt startet starten steht stehen lädt laden eröffnet tritt treten erwartet termin \
         termine gastiert",
        Term::FutureMark,
    ),
];
