//! What a word can mean to the grammar of time: the alphabet over which the rules are written.
//! The words themselves stand in [`lexicon`](super::lexicon).

/// Part of a day, with the code that `TimeML` gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
}

impl Part {
    /// The `TimeML` code that follows the `T`: `MO`, `MI`, `AF`, `EV`, `NI`.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Morning => "MO",
            Self::Midday => "MI",
            Self::Afternoon => "AF",
            Self::Evening => "EV",
            Self::Night => "NI",
        }
    }
}

/// A unit of time, from the shortest to the longest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
}

/// Which side of now a vague word points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reference {
    Past,
    Present,
    Future,
}

impl Reference {
    /// The `TimeML` value.
    pub(super) fn value(self) -> &'static str {
        match self {
            Self::Past => "PAST_REF",
            Self::Present => "PRESENT_REF",
            Self::Future => "FUTURE_REF",
        }
    }
}

/// The part of a longer stretch that is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    Start,
    Middle,
    End,
}

/// A feast with one day in every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holiday {
    NewYear,
    NewYearEve,
    Christmas,
    ChristmasEve,
    Thanksgiving,
    GoodFriday,
    Easter,
    EasterMonday,
    Ascension,
    Pentecost,
    CorpusChristi,
    AllSaints,
    EidAlFitr,
    EidAlAdha,
}

/// What a token means to the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Term {
    /// Past the end of the text.
    End,
    /// Nothing to do with time.
    Other,
    /// A punctuation mark or symbol.
    Mark(char),
    /// Digits of any script: their value and how many there are.
    Number(u32, u8),
    /// A month of the Gregorian calendar, 1 to 12.
    Month(u8),
    /// A word that is a month's name only beside a day, a year or a preposition: `may`, `مارس`.
    MaybeMonth(u8),
    /// An abbreviation of a month: only beside a number, or with its full stop.
    ShortMonth(u8),
    /// The first word of a name of two words whose second is an ordinal: `كانون`, `تشرين`.
    MonthHead(u8),
    /// A month of the Islamic calendar, 1 to 12.
    Hijri(u8),
    /// The first word of an Islamic month of two words: `ربيع`, `جمادى`, `ذو`.
    HijriHead(u8),
    /// `القعدة` (11), `الحجة` (12).
    HijriTail(u8),
    /// A day of the week, 0 for Monday.
    Weekday(u8),
    /// A short form that is a weekday only beside a date: `sun`, `sat`, `Mo`.
    MaybeWeekday(u8),
    /// A weekday in the plural or as an adverb, which recurs: `montags`.
    Weekdays(u8),
    /// German compounds: `Mittwochabend`.
    WeekdayPart(u8, Part),
    /// `today`, `gestern`, `أمس`: days from the document's day.
    Days(i8),
    /// Adjectives of the same: `gestrigen`, `heutigen`.
    DaysAdjective(i8),
    /// `tonight`: days and part.
    DaysPart(i8, Part),
    /// `morning`, `Abend`, `مساء`.
    Part(Part),
    /// A unit in the singular.
    Unit(Unit),
    /// A unit in the plural.
    Units(Unit),
    /// An Arabic dual: two of the unit.
    Pair(Unit),
    /// A word that tells a length by itself: `zweitägig`, `wochenlang` (0 for an unknown number).
    Lasting(u8, Unit),
    /// `last`, `this`, `next`: −1, 0, 1.
    Which(i8),
    /// `previous`, `following`: relative to the day spoken of, −1, 0 (`same`), 1.
    Beside(i8),
    /// `before`, `zuvor`: after a day, the one before it.
    Before,
    /// A number word.
    Cardinal(u16),
    /// A number word with a half, in tenths: `zweieinhalb` is 25.
    Tenths(u16),
    /// `first`, `dritten`, `الثالث`.
    Ordinal(u8),
    /// `several`, `einige`, `عدة`: a number that is not told.
    Some,
    /// `half`, `نصف`.
    Fraction,
    /// A season, 0 spring to 3 winter.
    Season(u8),
    /// `early`, `Anfang`, `مطلع`.
    Edge(Edge),
    /// `now`, `recently`, `kürzlich`.
    Vague(Reference),
    /// `ago`, Arabic `قبل`, German `vor`.
    Ago,
    /// `every`, `jeden`, `كل`.
    Every,
    /// `daily`, `jährlich`: recurring by itself.
    Recurring(Unit),
    /// A feast whose day the calendar fixes.
    Holiday(Holiday),
    /// `Eve` after a feast: the day before.
    Eve,
    /// `عيد`, before the name of the feast.
    Feast,
    /// `the`, `der`, `a`.
    Article,
    /// `a`, `ein`: an article that counts as one.
    One,
    /// `of`, `من` between a day and its month.
    Of,
    /// `in`, `by`, `bis`, `في`: what may stand before a year.
    Preposition,
    /// `since`, `seit`, `منذ`: the same, and an interval begins there.
    Since,
    /// `and`, `und`, `و`.
    And,
    /// `to`, `bis`, `إلى`: between the ends of a range.
    To,
    /// `o'clock`, `Uhr`, `الساعة`.
    Clock,
    /// `am`, `p.m.`: 0 or 12.
    Meridiem(u8),
    /// `GMT`, `UTC`.
    Zone,
    /// `at`: before a time on the clock.
    At,
    /// `st`, `nd`, `rd`, `th`.
    OrdinalSuffix,
    /// What makes a round year a decade: `1990s`, `90er`.
    DecadeSuffix,
    /// `nineties`, `neunziger`, `التسعينات`: the tens of the decade.
    DecadeName(u8),
    /// A counted thing: the number before it is no year.
    Counted,
    /// A verb form or noun that points to the past.
    PastMark,
    /// A verb form or noun that points to the future.
    FutureMark,
    /// Words between a weekday and its date: `dem`, `الموافق`.
    Joint,
    /// `Vorjahr`, `Vorjahres`.
    PreviousYear,
    /// `heuer`.
    ThisYear,
    /// `kurzem` in `vor kurzem`.
    Shortly,
    /// `Vortag`.
    PreviousDay,
    /// `soon`: vague only by itself, not in `as soon as`.
    Soon,
    /// `current`: with a unit this one, else vague.
    Current,
    /// `recent`: with units a length before the document, else vague.
    Recent,
    /// `als` in `mehr als`.
    Than,
    /// `old`, `alt`: the length before it is an age.
    Age,
    /// `about`, `etwa`, `نحو`.
    Approximately,
    /// `by`, `until`, `ab`: like a preposition, and the words look ahead.
    Toward,
    /// `ab`: the same, at the head of a sentence too.
    Onward,
    /// `be`: the participle after it is no past tense.
    Be,
    /// `published`, `تاريخ النشر`: before the date of publication.
    Published,
    /// `on`.
    On,
    /// `planned`, `set`: points ahead before `to` and `for`.
    Intent,
    /// `as` in `as early as`.
    As,
    /// Words beside a day that make it `these days`: `noch` heute.
    Still,
    /// `هـ`: the year before it is Islamic.
    HijriMark,
    /// A word that makes the day after it a name: `عين` اليوم, `Black` Monday.
    Name,
    /// A word that makes the day before it something else: اليوم `العالمي`, اليوم `الذي`.
    NameTail,
    /// A title before `العام`, which then is `general`: `الأمين` العام.
    General,
    /// A head noun of such names two words away: `قناة` روسيا اليوم.
    NameHead,
}

impl Term {
    /// Whether an expression of time may begin here. Most tokens cannot, and the rules are not
    /// even asked.
    pub(super) fn begins(self) -> bool {
        !matches!(
            self,
            Self::End
                | Self::Other
                | Self::Mark(_)
                | Self::Article
                | Self::Of
                | Self::Preposition
                | Self::And
                | Self::To
                | Self::On
                | Self::At
                | Self::Before
                | Self::Toward
                | Self::Onward
                | Self::Be
                | Self::As
                | Self::Intent
                | Self::Still
                | Self::Counted
                | Self::PastMark
                | Self::FutureMark
                | Self::Name
                | Self::NameTail
                | Self::NameHead
                | Self::General
                | Self::Approximately
                | Self::Age
                | Self::Than
                | Self::Published
                | Self::Joint
                | Self::Zone
                | Self::Meridiem(_)
                | Self::OrdinalSuffix
                | Self::DecadeSuffix
                | Self::HijriMark
                | Self::HijriTail(_)
                | Self::Soon
                | Self::Shortly
                | Self::Eve
        )
    }
}
