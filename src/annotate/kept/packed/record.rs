//! Which field of a record is stored in which column, and how.

use compact_str::{CompactString, format_compact};

use super::Packed;
use super::columns::Coder;
use super::forms::Forms;
use super::values::{choice, count, day, list, near, optional};
use crate::annotate::kept::atoms::{Bytes, Iso};
use crate::annotate::kept::fields::{Day, KeptClue, KeptMention, KeptTimex};
use crate::annotate::kept::record::{Mark, Record};
use crate::corpus::{DayBasis, EntityKind, Field, Language, Span, TimexBasis, TimexKind};

/// The columns, in the order in which they are stored: like beside like.
#[derive(Clone, Copy)]
enum Column {
    /// Behind the one of how many records there are.
    Shape = 1,
    Rules,
    Set,
    Path,
    PathShared,
    Id,
    TitleLength,
    UrlLength,
    TextLength,
    Encoding,
    Notes,
    Note,
    Published,
    PublishedBy,
    Retrieved,
    RetrievedBy,
    Source,
    Author,
    Language,
    LanguageFound,
    TitleShown,
    TitlePlace,
    Day,
    DayConfidence,
    DayBasis,
    Clues,
    ClueRule,
    ClueText,
    CluePlace,
    ClueWeight,
    Candidates,
    CandidateDay,
    CandidateShare,
    Mentions,
    MentionForm,
    MentionField,
    MentionStart,
    MentionLength,
    MentionEntity,
    MentionConfidence,
    MentionWhy,
    Timexes,
    TimexForm,
    TimexField,
    TimexStart,
    TimexLength,
    TimexKind,
    TimexEarliest,
    TimexLatest,
    TimexValue,
    TimexBasis,
    TimexConfidence,
    TimexWhy,
}

impl Column {
    fn at(self) -> usize {
        self as usize
    }
}

/// What the records before said.
#[derive(Clone, Debug, Default)]
pub(super) struct Last {
    path: String,
    published: Option<Iso>,
    mentions: Forms<(CompactString, CompactString, u32)>,
    timexes: Forms<(TimexKind, TimexBasis, u32, CompactString)>,
}

const LANGUAGES: [Language; 4] = [
    Language::English,
    Language::German,
    Language::Arabic,
    Language::Other,
];
const FIELDS: [Field; 2] = [Field::Title, Field::Text];
const DAY_BASES: [DayBasis; 4] = [
    DayBasis::Stated,
    DayBasis::Set,
    DayBasis::Inferred,
    DayBasis::Candidates,
];
const TIMEX_KINDS: [TimexKind; 4] = [
    TimexKind::Date,
    TimexKind::Time,
    TimexKind::Duration,
    TimexKind::Set,
];
const TIMEX_BASES: [TimexBasis; 4] = [
    TimexBasis::Stated,
    TimexBasis::Resolved,
    TimexBasis::Inferred,
    TimexBasis::Candidate,
];

/// The language of the next record, and the lengths of its title, address and text: each has a
/// column of its own, so the others need not be read.
pub(super) fn outline<C: Coder>(c: &mut C) -> Option<(Language, [Option<u32>; 3])> {
    let (mut title, mut url, mut text) = (None, None, 0);
    length(c, Column::TitleLength, &mut title)?;
    length(c, Column::UrlLength, &mut url)?;
    count(c, Column::TextLength.at(), &mut text)?;
    let mut language = Language::Other;
    choice(c, Column::LanguageFound.at(), &mut language, &LANGUAGES)?;
    Some((language, [title, url, Some(text)]))
}

/// A record without its words.
pub(super) fn packed<C: Coder>(c: &mut C, packed: &mut Packed, last: &mut Last) -> Option<()> {
    length(c, Column::TitleLength, &mut packed.title)?;
    length(c, Column::UrlLength, &mut packed.url)?;
    count(c, Column::TextLength.at(), &mut packed.text)?;
    let record = &mut packed.record;
    mark(c, &mut record.khabar)?;
    c.literal(Column::Id.at(), &mut record.id)?;
    path(c, &mut record.path, &record.id, &mut last.path)?;
    metadata(c, record, last)?;
    choice(
        c,
        Column::LanguageFound.at(),
        &mut record.language_found,
        &LANGUAGES,
    )?;
    c.text(Column::TitleShown.at(), &mut record.title_shown)?;
    place(c, Column::TitlePlace, &mut record.title_bytes)?;
    let base = record.published.or(last.published);
    optional(
        c,
        Column::Day.at(),
        &mut record.day,
        Day::blank,
        |c, day| own_day(c, day, base),
    )?;
    let mut after = (Field::Title, 0);
    list(
        c,
        Column::Mentions.at(),
        &mut record.mentions,
        KeptMention::blank,
        |c, one| mention(c, one, &mut after, &mut last.mentions),
    )?;
    let base = record.day.as_ref().and_then(|day| day.best).or(base);
    timexes(c, &mut record.timexes, base, &mut last.timexes)
}

fn length<C: Coder>(c: &mut C, column: Column, value: &mut Option<u32>) -> Option<()> {
    let mut number = value.map_or(0, |length| u64::from(length) + 1);
    c.number(column.at(), &mut number)?;
    *value = match number.checked_sub(1) {
        None => None,
        Some(length) => Some(u32::try_from(length).ok()?),
    };
    Some(())
}

fn mark<C: Coder>(c: &mut C, mark: &mut Mark) -> Option<()> {
    count(c, Column::Shape.at(), &mut mark.annotated)?;
    c.text(Column::Rules.at(), &mut mark.rules)?;
    day(c, Column::Set.at(), &mut mark.dct, None)
}

/// A path by what differs from the one before; the id in it is not stored again.
fn path<C: Coder>(c: &mut C, path: &mut Option<String>, id: &str, last: &mut String) -> Option<()> {
    optional(c, Column::Path.at(), path, String::new, |c, path| {
        let same = path
            .bytes()
            .zip(last.bytes())
            .take_while(|(one, other)| one == other)
            .count();
        let mut shared = path.floor_char_boundary(same) as u64;
        c.number(Column::PathShared.at(), &mut shared)?;
        let shared = usize::try_from(shared).ok()?;
        if C::WRITES {
            let mut rest = String::from(super::words::without(path.get(shared..)?, id));
            c.literal(Column::PathShared.at(), &mut rest)?;
        } else {
            let mut rest = String::new();
            c.literal(Column::PathShared.at(), &mut rest)?;
            let mut rest = CompactString::from(rest);
            super::words::with(&mut rest, id);
            *path = [last.get(..shared)?, &rest].concat();
        }
        last.clone_from(path);
        Some(())
    })
}

fn metadata<C: Coder>(c: &mut C, record: &mut Record, last: &mut Last) -> Option<()> {
    c.text(Column::Encoding.at(), &mut record.encoding)?;
    list(
        c,
        Column::Notes.at(),
        &mut record.notes,
        String::new,
        |c, note| c.text(Column::Note.at(), note),
    )?;
    let texts = [
        (Column::PublishedBy, &mut record.published_by),
        (Column::RetrievedBy, &mut record.retrieved_by),
        (Column::Source, &mut record.source),
        (Column::Author, &mut record.author),
        (Column::Language, &mut record.language),
    ];
    for (column, value) in texts {
        optional(c, column.at(), value, String::new, |c, text| {
            c.text(column.at(), text)
        })?;
    }
    day(
        c,
        Column::Published.at(),
        &mut record.published,
        last.published,
    )?;
    day(
        c,
        Column::Retrieved.at(),
        &mut record.retrieved,
        record.published,
    )?;
    last.published = record.published.or(last.published);
    Some(())
}

/// A place in the text that may lack.
fn place<C: Coder>(c: &mut C, column: Column, value: &mut Option<Bytes>) -> Option<()> {
    let blank = || Bytes(Span { start: 0, end: 0 });
    optional(c, column.at(), value, blank, |c, bytes| {
        span(c, [column, column], &mut bytes.0, 0)
    })
}

/// A span near the place `after`.
fn span<C: Coder>(
    c: &mut C,
    [start, length]: [Column; 2],
    span: &mut Span,
    after: u32,
) -> Option<()> {
    near(c, start.at(), &mut span.start, after)?;
    let mut size = if C::WRITES {
        span.end.checked_sub(span.start)?
    } else {
        0
    };
    count(c, length.at(), &mut size)?;
    span.end = span.start.checked_add(size)?;
    Some(())
}

fn own_day<C: Coder>(c: &mut C, own: &mut Day, base: Option<Iso>) -> Option<()> {
    day(c, Column::Day.at(), &mut own.best, base)?;
    let base = own.best.or(base);
    day(c, Column::Day.at(), &mut own.earliest, base)?;
    day(c, Column::Day.at(), &mut own.latest, own.earliest.or(base))?;
    c.float(Column::DayConfidence.at(), &mut own.confidence)?;
    choice(c, Column::DayBasis.at(), &mut own.basis, &DAY_BASES)?;
    list(
        c,
        Column::Clues.at(),
        &mut own.clues,
        KeptClue::blank,
        |c, clue| {
            c.text(Column::ClueRule.at(), &mut clue.rule)?;
            c.text(Column::ClueText.at(), &mut clue.text)?;
            place(c, Column::CluePlace, &mut clue.bytes)?;
            c.float(Column::ClueWeight.at(), &mut clue.weight)
        },
    )?;
    let mut before = own.best;
    let blank = || (Iso(chrono::NaiveDate::default()), 0.0);
    list(
        c,
        Column::Candidates.at(),
        &mut own.candidates,
        blank,
        |c, one| {
            let mut candidate = Some(one.0);
            day(c, Column::CandidateDay.at(), &mut candidate, before)?;
            one.0 = candidate?;
            before = candidate;
            c.float(Column::CandidateShare.at(), &mut one.1)
        },
    )
}

/// A name behind the place `after`. One that is the same name, as long, for the same reason as an
/// earlier one is stored as the number of that.
fn mention<C: Coder>(
    c: &mut C,
    mention: &mut KeptMention,
    after: &mut (Field, u32),
    forms: &mut Forms<(CompactString, CompactString, u32)>,
) -> Option<()> {
    choice(c, Column::MentionField.at(), &mut mention.field, &FIELDS)?;
    let from = if after.0 == mention.field { after.1 } else { 0 };
    let span = &mut mention.bytes.0;
    let mut form = Default::default();
    if C::WRITES {
        // an entity is nearly always of one kind: one string says both
        let kind = EntityKind::ALL
            .iter()
            .position(|kind| *kind == mention.kind)?;
        let entity = format_compact!("{kind}{}", mention.entity);
        let length = span.end.checked_sub(span.start)?;
        form = (entity, mention.why.clone(), length);
    }
    near(c, Column::MentionStart.at(), &mut span.start, from)?;
    forms.code(c, Column::MentionForm.at(), &mut form, |c, form| {
        c.text(Column::MentionEntity.at(), &mut form.0)?;
        c.text(Column::MentionWhy.at(), &mut form.1)?;
        count(c, Column::MentionLength.at(), &mut form.2)
    })?;
    if !C::WRITES {
        let (entity, why, length) = form;
        let (kind, name) = entity.split_at_checked(1)?;
        mention.kind = *EntityKind::ALL.get(kind.parse::<usize>().ok()?)?;
        mention.entity = CompactString::new(name);
        mention.why = why;
        span.end = span.start.checked_add(length)?;
    }
    *after = (mention.field, span.end);
    c.float(Column::MentionConfidence.at(), &mut mention.confidence)
}

fn timexes<C: Coder>(
    c: &mut C,
    timexes: &mut Vec<KeptTimex>,
    base: Option<Iso>,
    forms: &mut Forms<(TimexKind, TimexBasis, u32, CompactString)>,
) -> Option<()> {
    let mut after = (Field::Title, 0);
    list(
        c,
        Column::Timexes.at(),
        timexes,
        KeptTimex::blank,
        |c, timex| {
            choice(c, Column::TimexField.at(), &mut timex.field, &FIELDS)?;
            let from = if after.0 == timex.field { after.1 } else { 0 };
            let columns = [Column::TimexStart, Column::TimexLength];
            span(c, columns, &mut timex.bytes.0, from)?;
            after = (timex.field, timex.bytes.0.end);
            timex_form(c, timex, forms)?;
            day(c, Column::TimexEarliest.at(), &mut timex.earliest, base)?;
            day(
                c,
                Column::TimexLatest.at(),
                &mut timex.latest,
                timex.earliest.or(base),
            )?;
            let earliest = timex.earliest;
            let mut value = CompactString::default();
            if C::WRITES {
                value = short_value(&timex.value, earliest);
            }
            c.text(Column::TimexValue.at(), &mut value)?;
            if !C::WRITES {
                timex.value = full_value(value, earliest)?;
            }
            Some(())
        },
    )
}

/// What an expression of time is, how it is known, and why.
fn timex_form<C: Coder>(
    c: &mut C,
    timex: &mut KeptTimex,
    forms: &mut Forms<(TimexKind, TimexBasis, u32, CompactString)>,
) -> Option<()> {
    let confidence = timex.confidence.to_bits();
    let mut form = (timex.kind, timex.basis, confidence, timex.why.clone());
    forms.code(c, Column::TimexForm.at(), &mut form, |c, form| {
        choice(c, Column::TimexKind.at(), &mut form.0, &TIMEX_KINDS)?;
        choice(c, Column::TimexBasis.at(), &mut form.1, &TIMEX_BASES)?;
        let mut confidence = f32::from_bits(form.2);
        c.float(Column::TimexConfidence.at(), &mut confidence)?;
        form.2 = confidence.to_bits();
        c.text(Column::TimexWhy.at(), &mut form.3)
    })?;
    (timex.kind, timex.basis, _, timex.why) = form.clone();
    timex.confidence = f32::from_bits(form.2);
    Some(())
}

/// Forms of a value that say no more than its first day: their signs and formats.
const FORMS: [(&str, &str); 3] = [("\u{1}", "%Y-%m-%d"), ("\u{2}", "%Y-%m"), ("\u{3}", "%Y")];
/// In front of a value that is stored as it is though it begins like a sign.
const AS_IT_IS: char = '\u{4}';

fn short_value(value: &str, earliest: Option<Iso>) -> CompactString {
    let same = |format: &str| earliest.is_some_and(|day| day.0.format(format).to_string() == value);
    if let Some((sign, _)) = FORMS.iter().find(|(_, format)| same(format)) {
        return CompactString::const_new(sign);
    }
    if value.starts_with(|c| c <= AS_IT_IS) {
        return format_compact!("{AS_IT_IS}{value}");
    }
    CompactString::new(value)
}

fn full_value(stored: CompactString, earliest: Option<Iso>) -> Option<CompactString> {
    if let Some((_, format)) = FORMS.iter().find(|(sign, _)| *sign == stored) {
        return Some(format_compact!("{}", earliest?.0.format(format)));
    }
    let as_it_is = stored.strip_prefix(AS_IT_IS).map(CompactString::new);
    Some(as_it_is.unwrap_or(stored))
}
