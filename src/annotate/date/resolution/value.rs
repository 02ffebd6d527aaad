//! `TimeML` values and the words of the reasons.

use crate::annotate::date::expression::Length;
use crate::annotate::date::term::Unit;

/// The value of a length of time: `P3D`, `PT2H`, `P2.5Y`, `PXW`.
pub(super) fn duration(length: Length) -> String {
    let (prefix, unit) = match length.unit {
        Unit::Second => ("PT", "S"),
        Unit::Minute => ("PT", "M"),
        Unit::Hour => ("PT", "H"),
        Unit::Day => ("P", "D"),
        Unit::Weekend => ("P", "WE"),
        Unit::Week => ("P", "W"),
        Unit::Month => ("P", "M"),
        Unit::Quarter => ("P", "Q"),
        Unit::Half => ("P", "H"),
        Unit::Year | Unit::Decade | Unit::Century => ("P", "Y"),
    };
    let years = match length.unit {
        Unit::Decade => 10,
        Unit::Century => 100,
        _ => 1,
    };
    match length.tenths.map(|tenths| tenths * years) {
        None => format!("{prefix}X{unit}"),
        Some(tenths) if tenths % 10 == 0 => format!("{prefix}{}{unit}", tenths / 10),
        Some(tenths) => format!("{prefix}{}.{}{unit}", tenths / 10, tenths % 10),
    }
}

/// English name of a weekday, 0 for Monday.
pub(super) fn weekday_name(weekday: u8) -> &'static str {
    match weekday {
        0 => "Monday",
        1 => "Tuesday",
        2 => "Wednesday",
        3 => "Thursday",
        4 => "Friday",
        5 => "Saturday",
        _ => "Sunday",
    }
}

/// Code of a season, 0 spring to 3 winter.
pub(super) fn season(season: u8) -> &'static str {
    match season {
        0 => "SP",
        1 => "SU",
        2 => "FA",
        _ => "WI",
    }
}
