//! The embedded sample: thirty dispatches of our own writing, for a first look without any corpus.
//!
//! `assets/sample/README.md` says of each which day it is of and on which public facts it rests.

/// One dispatch: its file name and its text, both from `assets/sample`.
macro_rules! dispatch {
    ($name:literal) => {
        ($name, include_str!(concat!("../../assets/sample/", $name)))
    };
}

/// Names and contents, ten each in English, German and Arabic.
const FILES: &[(&str, &str)] = &[
    dispatch!("en-01-castello.txt"),
    dispatch!("en-02-new-name.txt"),
    dispatch!("en-03-two-rings.txt"),
    dispatch!("en-04-geneva.txt"),
    dispatch!("en-05-convoy.txt"),
    dispatch!("en-06-veto.txt"),
    dispatch!("en-07-western-districts.txt"),
    dispatch!("en-08-northern-third.txt"),
    dispatch!("en-09-who-is-who.txt"),
    dispatch!("en-10-green-buses.txt"),
    dispatch!("de-01-fluchtwege.txt"),
    dispatch!("de-02-hubschrauber.txt"),
    dispatch!("de-03-ramusa.txt"),
    dispatch!("de-04-sonnenuntergang.txt"),
    dispatch!("de-05-wasser.txt"),
    dispatch!("de-06-feuerpause.txt"),
    dispatch!("de-07-zweiter-versuch.txt"),
    dispatch!("de-08-altstadt.txt"),
    dispatch!("de-09-stadtbild.txt"),
    dispatch!("de-10-resolution.txt"),
    dispatch!("ar-01-ism-jadid.txt"),
    dispatch!("ar-02-ramousa.txt"),
    dispatch!("ar-03-hudna.txt"),
    dispatch!("ar-04-qafila.txt"),
    dispatch!("ar-05-muhla.txt"),
    dispatch!("ar-06-minyan.txt"),
    dispatch!("ar-07-mashafi.txt"),
    dispatch!("ar-08-hanano.txt"),
    dispatch!("ar-09-man-yuqatil.txt"),
    dispatch!("ar-10-bayan.txt"),
];

/// The dispatches of the sample as (file name, text).
#[must_use]
pub fn files() -> &'static [(&'static str, &'static str)] {
    FILES
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::files;

    /// What a hostile or careless editor could leave behind: C0 and C1 controls, bidi controls,
    /// zero-width characters, the BOM, the replacement character.
    fn is_hidden(c: char) -> bool {
        (c.is_control() && c != '\n')
            || matches!(c,
                '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffd}')
    }

    #[test]
    fn ten_dispatches_a_language_under_names_of_their_own() {
        for language in ["en", "de", "ar"] {
            let count = files()
                .iter()
                .filter(|(name, _)| name.starts_with(&format!("{language}-")))
                .count();
            assert_eq!(count, 10, "{language}");
        }
        let names: BTreeSet<_> = files().iter().map(|(name, _)| name).collect();
        assert_eq!(names.len(), files().len());
    }

    #[test]
    fn every_file_of_the_folder_is_embedded_and_described() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample");
        let table = fs::read_to_string(folder.join("README.md")).unwrap();
        let on_disk: BTreeSet<String> = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
            .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
            .collect();
        let embedded: BTreeSet<String> =
            files().iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(on_disk, embedded);
        for name in embedded {
            assert_eq!(table.matches(&format!("| `{name}` |")).count(), 1, "{name}");
        }
    }

    #[test]
    fn the_texts_have_the_promised_length_and_hide_nothing() {
        for (name, text) in files() {
            let words = text.split_whitespace().count();
            assert!((80..=450).contains(&words), "{name}: {words} words");
            assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{name}");
            if let Some(c) = text.chars().find(|c| is_hidden(*c)) {
                panic!("{name} hides U+{:04X}", u32::from(c));
            }
        }
    }

    #[test]
    fn each_dispatch_is_in_the_script_of_its_language() {
        for (name, text) in files() {
            let letters = text.chars().filter(|c| c.is_alphabetic());
            let (arabic, other): (Vec<_>, Vec<_>) =
                letters.partition(|c| matches!(c, '\u{600}'..='\u{6ff}'));
            assert_eq!(
                name.starts_with("ar-"),
                arabic.len() > other.len(),
                "{name}"
            );
        }
    }
}
