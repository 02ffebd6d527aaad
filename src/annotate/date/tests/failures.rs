//! What the best program of the field gets wrong, each as a row.

use super::{check, listed, timexes};

#[test]
fn weekday_and_date_are_one_expression() {
    check(&[
        (
            "en",
            "2016-11-05",
            "on Friday 4 November 2016 the",
            "Friday 4 November 2016=2016-11-04",
        ),
        (
            "en",
            "2016-11-05",
            "Friday, November 4, 2016",
            "Friday, November 4, 2016=2016-11-04",
        ),
    ]);
}

#[test]
fn plain_numbers_are_no_years() {
    for (code, text) in [
        ("en", "more than 1700 injured in"),
        ("en", "the liberation of “project 1070” in"),
        ("en", "in 2000 homes"),
        ("de", "rund 2000 Kämpfer"),
        ("de", "dem Apartmentprojekt 3000."),
        ("ar", "نزوح 2000 مواطن من"),
    ] {
        assert_eq!(listed(code, "2016-11-05", text), "", "{text}");
    }
}

#[test]
fn no_date_takes_a_part_of_the_next_paragraph() {
    check(&[
        // kick-off times under a date
        (
            "en",
            "2011-02-25",
            "Saturday, 26 February\n\n1400",
            "Saturday, 26 February=2011-02-26",
        ),
        (
            "de",
            "2011-02-25",
            "Samstag, 26. Februar\n\n1800 Zuschauer",
            "Samstag, 26. Februar=2011-02-26",
        ),
        ("en", "2016-11-05", "in March\n\n15 people", "March=2016-03"),
        (
            "en",
            "2016-11-05",
            "page 4\n\nOctober 2016",
            "October 2016=2016-10",
        ),
        // a line alone is no border
        (
            "en",
            "2016-11-05",
            "Friday, 4 November\n2016 brought",
            "Friday, 4 November\n2016=2016-11-04",
        ),
    ]);
}

#[test]
fn a_date_and_its_weekday_at_odds_are_hardly_believed() {
    let text = "on Thursday 4 November 2016 the";
    let found = timexes("en", "2016-11-05", text);
    assert_eq!(found.len(), 1);
    assert!(found[0].confidence < 0.35, "{}", found[0].confidence);
    assert!(found[0].why.contains("contradiction"), "{}", found[0].why);
}

#[test]
fn a_curly_apostrophe_hides_nothing() {
    check(&[(
        "en",
        "2016-09-30",
        "the outcome of Friday’s fighting",
        "Friday=2016-09-30",
    )]);
}

#[test]
fn january_is_near_in_december() {
    check(&[(
        "de",
        "2009-12-17",
        "am 15. und 16. Jänner zwei Abende",
        "15.=2010-01-15; 16. Jänner=2010-01-16",
    )]);
}

#[test]
fn announced_weekdays_lie_ahead() {
    check(&[
        (
            "de",
            "2014-12-16",
            "Am Samstag findet das Rennen statt",
            "Samstag=2014-12-20",
        ),
        (
            "ar",
            "2016-11-03",
            "يوم الجمعة القادم من",
            "يوم الجمعة القادم=2016-11-04",
        ),
    ]);
}

#[test]
fn english_dates_within_arabic() {
    check(&[(
        "ar",
        "2016-11-04",
        "الحربي (@C_Military1) November 3, 2016",
        "November 3, 2016=2016-11-03",
    )]);
}

#[test]
fn double_names_are_one_month() {
    check(&[
        (
            "ar",
            "2015-08-04",
            "منذ يوليو (تموز) 2015",
            "يوليو (تموز) 2015=2015-07",
        ),
        (
            "ar",
            "2015-08-09",
            "في يوليو تموز أعلى",
            "يوليو تموز=2015-07",
        ),
    ]);
}

#[test]
fn weekdays_without_hamza() {
    check(&[(
        "ar",
        "2016-11-04",
        "الاربعاء والاثنين",
        "الاربعاء=2016-11-02; الاثنين=2016-10-31",
    )]);
}

#[test]
fn a_newspaper_is_no_day() {
    check(&[
        ("ar", "2015-08-04", "عين اليوم – الكويت", ""),
        ("en", "2015-08-04", "as USA Today reported", ""),
    ]);
}
