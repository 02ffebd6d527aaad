//! All figures of dates in one table: `KHABAR_FIGURES=1 cargo test --test score_dates figures`
//! writes `tests/figures-dates.md`.

use std::fmt::Write as _;
use std::path::Path;

use super::{GOLD, SETS, aleppo, days, own_arabic, score, timeline};

/// What issue and peers ask of the expressions of a set with the document's day given: value and
/// day F1, and the set that they are asked of.
const ASKED: &[(&str, &str)] = &[
    ("dates/en_meantime_a.jsonl", "84 / 93 (other half)"),
    ("dates/en_aquaint.jsonl", "HeidelTime 77.8 / 87.3"),
    ("dates/de_dolomiten_100.jsonl", "85 / 93 (Dolomiten-42)"),
    ("dates/ar_snn_a.jsonl", "85 / 92 (other half)"),
    ("domain/en.jsonl", "92 / 96"),
    ("domain/de.jsonl", "92 / 96"),
    ("domain/ar.jsonl", "85 / 92"),
];

fn line(out: &mut String, set: &str, figure: &str, value: &str, asked: &str) {
    writeln!(out, "| {set} | {figure} | {value} | {asked} |").unwrap();
}

fn expressions(out: &mut String) {
    for (set, language, _, _) in SETS {
        let tally = score(&Path::new(GOLD).join(set), language);
        let asked = ASKED.iter().find(|asked| asked.0 == *set);
        let value = format!("{:.1} / {:.1}", tally.value_f1(), tally.day_f1());
        let figure = "value / day F1, day given";
        line(out, set, figure, &value, asked.map_or("–", |asked| asked.1));
    }
    let own = own_arabic::tally();
    let value = format!("{:.1} / {:.1}", own.value_f1(), own.day_f1());
    line(
        out,
        "our own Arabic gold, 40 articles",
        "value / day F1, day given",
        &value,
        "–",
    );
}

fn document_days(out: &mut String) {
    for (set, language) in [
        ("dates/en_meantime_a.jsonl", "en"),
        ("dates/en_aquaint.jsonl", "en"),
        ("dates/de_dolomiten_100.jsonl", "de"),
        ("domain/en.jsonl", "en"),
        ("domain/de.jsonl", "de"),
        ("domain/ar.jsonl", "ar"),
    ] {
        let days = days::in_company(set, language);
        let value = format!("{} of {}", days.committed, days.documents);
        line(out, set, "documents dated, day hidden", &value, "–");
        if days.committed == 0 {
            continue;
        }
        let share = |part| format!("{:.1} %", days::percent(part, days.committed));
        let (exact, near) = match set {
            "dates/en_meantime_a.jsonl" => ("≥ 98 %", "–"),
            "dates/en_aquaint.jsonl" => ("≥ 70 %", "≥ 85 %"),
            _ => ("–", "–"),
        };
        line(out, set, "exact, of those dated", &share(days.exact), exact);
        let within = share(days.within_one);
        line(out, set, "within a day, of those dated", &within, near);
        let sure = match days.sure {
            0 => "none said".to_owned(),
            sure => format!("{:.1} % of {sure}", days::percent(days.sure_right, sure)),
        };
        line(out, set, "right where it says ≥ .9", &sure, "≥ 95 %");
        let error = format!("{:.3}", days.calibration_error());
        line(out, set, "expected calibration error", &error, "≤ .08");
    }
}

fn folder(out: &mut String) {
    let dated = aleppo::dated(None);
    let right = aleppo::DAYS
        .iter()
        .filter(|(number, day)| {
            let said = aleppo::of(&dated, number).day;
            said.is_some_and(|said| said.to_string() == *day)
        })
        .count();
    let value = format!("{right} of {}", aleppo::DAYS.len());
    line(out, "corpora/aleppo", "documents dated right", &value, "4");
    let open = aleppo::of(&dated, "004");
    let value = match open.day {
        None => format!("open, likeliest {:.2}", open.confidence),
        Some(day) => format!("{day} {:.2}", open.confidence),
    };
    let figure = "the fifth shows candidates";
    line(out, "corpora/aleppo", figure, &value, "open, none above .9");
}

#[test]
fn figures() {
    if std::env::var_os("KHABAR_FIGURES").is_none() || !Path::new(GOLD).is_dir() {
        println!("no KHABAR_FIGURES or no {GOLD}: no table is written");
        return;
    }
    let mut out = String::from(
        "# Figures of dates\n\n\
         Written by `KHABAR_FIGURES=1 cargo test --test score_dates figures`. The sets are those \
         of `../shared/gold` on which the rules were developed; what is asked holds for held-out \
         sets of the same kinds, so these figures are upper bounds. Documents whose day is hidden \
         are dated in the company of their set, without names and addresses.\n\n\
         | set | figure | now | asked |\n|---|---|---|---|\n",
    );
    expressions(&mut out);
    document_days(&mut out);
    folder(&mut out);
    let value = format!("{:.1} %", timeline::busiest_days());
    let set = "corpora/mini, our own list of 30 days";
    line(
        &mut out,
        set,
        "Date-F1 of the 30 busiest days by mentions",
        &value,
        "≥ 30 % (Crisis)",
    );
    std::fs::write("tests/figures-dates.md", &out).unwrap();
    println!("{out}");
}
