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

/// What a token means to the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(dead_code, reason = "the rules that use the rest follow")]
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
    /// An adjective of length: `zweitägig`, `dreistündig`; the number follows in the variant.
    Lasting(u8, Unit),
    /// `last`, `this`, `next`: −1, 0, 1.
    Which(i8),
    /// `previous`, `following`: relative to the day spoken of, −1, 0 (`same`), 1.
    Beside(i8),
    /// A number word.
    Cardinal(u16),
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
    /// A noun for the day of an event that the calendar fixes; see the lexicon for its number.
    Holiday(u8),
    /// `the`, `der`, `a`.
    Article,
    /// `a`, `ein`: an article that counts as one.
    One,
    /// `of`, `من` between a day and its month.
    Of,
    /// `in`, `since`, `seit`, `في`: what may stand before a year.
    Preposition,
    /// `and`, `und`, `و`.
    And,
    /// `to`, `bis`, `إلى`: between the ends of a range.
    To,
    /// `يوم` and `Tag`, `day` are units; this is `شهر`-like apposition: `عام 2016`, `year 2016`.
    Era,
    /// `o'clock`, `Uhr`, `الساعة`.
    Clock,
    /// `am`, `p.m.`: 0 or 12.
    Meridiem(u8),
    /// `GMT`, `UTC`.
    Zone,
    /// `st`, `nd`, `rd`, `th`.
    OrdinalSuffix,
    /// `1990s`, `90er`.
    DecadeSuffix,
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
    /// `Vortag`.
    PreviousDay,
    /// `هـ`: the year before it is Islamic.
    HijriMark,
    /// A word that makes its neighbour part of a name: `عين` اليوم, اليوم `العالمي`.
    Name,
}
