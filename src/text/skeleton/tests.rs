use proptest::prelude::*;

use super::{Sounds, similarity, skeleton, words};

#[test]
fn spellings_of_one_name_share_a_skeleton() {
    let alike: &[&[&str]] = &[
        &[
            "Jabhat Fatah al-Sham",
            "Dschabhat Fatah asch-Scham",
            "جبهة فتح الشام",
        ],
        &["Dschaisch al-Fatah", "Jaysh al-Fatah", "جيش الفتح"],
        &["Ahrar al-Sham", "Ahrar asch-Scham", "أحرار الشام"],
        &[
            "Nur al-Din al-Zinki",
            "Nour ad-Din az-Zenki",
            "نور الدين الزنكي",
        ],
        &["Suleiman al-Halabi", "Sulaiman al Halabi", "سليمان الحلبي"],
        &["Hikma", "al-Hikma", "الحكمة"],
        &["Liwa al-Quds", "لواء القدس"],
        &["Abu Omar Saraqib", "أبو عمر سراقب"],
        &["Halab al-Jadida", "حلب الجديدة"],
    ];
    for group in alike {
        for name in *group {
            assert_eq!(
                skeleton(name),
                skeleton(group[0]),
                "{name} and {}",
                group[0]
            );
        }
    }
    for (a, b) in [
        ("Hama", "Homs"),
        ("Idlib", "Aleppo"),
        ("حماة", "حمص"),
        ("Fatah", "Ahrar"),
    ] {
        assert_ne!(skeleton(a), skeleton(b), "{a} and {b}");
    }
}

#[test]
fn one_name_sounds_more_alike_than_two() {
    let same: &[(&str, &str)] = &[
        ("Jabhat Fatah al-Sham", "جبهة فتح الشام"),
        ("Dschabhat Fatah asch-Scham", "Jabhat Fateh al-Sham"),
        ("Hillary Clinton", "هيلاري كلينتون"),
        ("Zakaria al-Malahifji", "زكريا ملاحفجي"),
        ("Yasser al-Youssef", "ياسر اليوسف"),
        ("Schukri al-Quwatli", "شكري القوتلي"),
        ("Rami Abdel Rahman", "رامي عبد الرحمن"),
        ("abhat Fatah al-Sham", "Jabhat Fatah al-Sham"),
        ("Muhammad Scheich", "محمد شيخ"),
        ("Chalid Chodscha", "Khaled Khoja"),
    ];
    for (a, b) in same {
        let similarity = similarity(a, b);
        assert!(similarity >= 0.8, "{a}, {b}: {similarity}");
    }
    let other: &[(&str, &str)] = &[
        ("Jabhat Fatah al-Sham", "Ahrar al-Sham"),
        ("Hillary Clinton", "بيل كلينتون"),
        ("Bashar al-Assad", "ماهر الأسد"),
        ("Homs", "Hama"),
        ("حمص", "حماة"),
        ("Sergei Lavrov", "Sergei Shoigu"),
    ];
    for (a, b) in other {
        let similarity = similarity(a, b);
        assert!(similarity < 0.8, "{a}, {b}: {similarity}");
    }
}

#[test]
fn articles_are_no_words() {
    for (name, expected) in [
        ("al-Nusra Front", &["nusra", "front"][..]),
        ("جبهة النصرة", &["جبهه", "نصره"]),
        ("The", &["the"]),
        ("الله", &["له"]),
        ("", &[]),
        ("—", &[]),
    ] {
        assert_eq!(words(name), expected, "{name}");
    }
}

proptest! {
    #[test]
    fn similarity_is_symmetric_and_within_bounds(a in "\\PC{0,40}", b in "[a-zäشصجةى -]{0,40}") {
        let (x, y) = (Sounds::new(&a), Sounds::new(&b));
        let forth = x.similarity(&y);
        prop_assert!((0.0..=1.0).contains(&forth));
        prop_assert!((forth - y.similarity(&x)).abs() < 1e-6);
        if !x.is_empty() {
            prop_assert!((x.similarity(&x) - 1.0).abs() < 1e-6, "{a}");
        }
        prop_assert!(skeleton(&a).chars().all(|c| c.is_ascii_lowercase() || c == ' '));
    }
}
