//! The part of a longer stretch: `early July`, `mid-2012`, `Ende des Jahres`, `منتصف العام الماضي`.

use super::Cursor;
use super::{expression, month, year};
use crate::annotate::date::expression::{Expression, Meaning};
use crate::annotate::date::term::{Edge, Term, Unit};

/// The expression that starts with the word for a part at `at`.
pub(super) fn rule(cursor: &Cursor<'_>, at: usize) -> Option<Expression> {
    let Term::Edge(edge) = cursor.first(at) else {
        return None;
    };
    let mut place = at + 1;
    for _ in 0..3 {
        match cursor.term(place) {
            Term::Of | Term::Article => place += 1,
            Term::Mark('-' | '–') if cursor.glued(place) && cursor.glued(place + 1) => place += 1,
            _ => break,
        }
    }
    // `نهاية الأسبوع`
    if edge == Edge::End
        && cursor.term(place) == Term::Unit(Unit::Week)
        && cursor.definite(place)
        && !matches!(cursor.term(place + 1), Term::Which(_) | Term::Beside(_))
    {
        return Some(cursor.found(at, place + 1, Meaning::Weekend(None), "weekend"));
    }
    let whole = match cursor.term(place) {
        Term::Number(..) => year::at(cursor, place),
        Term::DecadeName(_) => year::rule(cursor, place, false),
        _ => month::month(cursor, place)
            .or_else(|| expression(cursor, place))
            .or_else(|| definite(cursor, place, at)),
    }?;
    if !has_parts(&whole.meaning) {
        return None;
    }
    let found = cursor.found(at, whole.next, whole.meaning, rule_name(&whole));
    Some(Expression {
        edge: Some(edge),
        ..found
    })
}

/// `the year`, `des Monats`, `العام`: the one that runs.
fn definite(cursor: &Cursor<'_>, place: usize, at: usize) -> Option<Expression> {
    let article = place > at + 1 || !cursor.latin(place);
    let meaning = match cursor.term(place) {
        Term::Unit(Unit::Year) => Meaning::Years(0),
        Term::Unit(Unit::Month) => Meaning::Months(0),
        Term::Unit(Unit::Week) => Meaning::Weeks(0),
        Term::PreviousYear => Meaning::Years(-1),
        Term::Unit(unit @ Unit::Day) => Meaning::Beside { unit, offset: 0 },
        _ => return None,
    };
    article.then(|| cursor.found(place, place + 1, meaning, "part of the running year"))
}

fn has_parts(meaning: &Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Weeks(_)
            | Meaning::WeekOf { .. }
            | Meaning::Month { .. }
            | Meaning::Months(_)
            | Meaning::Quarter { .. }
            | Meaning::Half { .. }
            | Meaning::Season { .. }
            | Meaning::Year(_)
            | Meaning::Years(_)
            | Meaning::Decade(_)
            | Meaning::Century(_)
            | Meaning::Beside { .. }
    )
}

fn rule_name(whole: &Expression) -> &'static str {
    match whole.meaning {
        Meaning::Month { .. } | Meaning::Months(_) => "part of a month",
        Meaning::Year(_) | Meaning::Years(_) => "part of a year",
        _ => "part of a stretch",
    }
}
