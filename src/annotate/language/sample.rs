//! A sample of a text, reduced to the script that most of its letters are in.

/// Texts up to this many bytes are looked at whole.
const WHOLE: usize = 2048;

/// How many windows are taken of a longer text, evenly spread, and how long each is in bytes.
const WINDOWS: usize = 4;
const WINDOW: usize = 480;

/// A writing system, as far as it tells our languages apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Arabic,
    Other,
}

/// The letters of a sample.
pub(super) struct Letters {
    /// Words of the majority's script, in small letters.
    text: String,
    latin: usize,
    arabic: usize,
    other: usize,
    /// Letters of the Arabic script that Arabic itself does not use.
    foreign: usize,
}

impl Letters {
    /// Samples a text.
    pub(super) fn of(text: &str) -> Self {
        let mut letters = Self {
            text: String::new(),
            latin: 0,
            arabic: 0,
            other: 0,
            foreign: 0,
        };
        let parts = windows(text);
        for c in parts.iter().flat_map(|part| part.chars()) {
            match script(c) {
                Some(Script::Latin) => letters.latin += 1,
                Some(Script::Arabic) => {
                    letters.arabic += 1;
                    letters.foreign += usize::from(is_foreign(c));
                }
                Some(Script::Other) => letters.other += 1,
                None => {}
            }
        }
        if let Some((majority, _)) = letters.majority() {
            let mut kept = String::with_capacity(parts.iter().map(|part| part.len() + 1).sum());
            for part in &parts {
                // what is in another script, digits and signs separate words
                for c in part.chars() {
                    match script(c) {
                        Some(found) if found == majority && c.is_ascii() => {
                            kept.push(c.to_ascii_lowercase());
                        }
                        Some(found) if found == majority && found == Script::Arabic => kept.push(c),
                        Some(found) if found == majority => kept.extend(c.to_lowercase()),
                        None if is_mark(c) || c == '\'' => kept.push(c),
                        _ => kept.push(' '),
                    }
                }
                kept.push(' ');
            }
            letters.text = kept;
        }
        letters
    }

    /// The sample in the majority's script and small letters, with spaces for everything else.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Letters of the majority's script.
    pub(super) fn count(&self) -> usize {
        self.latin.max(self.arabic).max(self.other)
    }

    /// The script of most letters, and its share.
    pub(super) fn majority(&self) -> Option<(Script, f32)> {
        let all = self.latin + self.arabic + self.other;
        let most = self.count();
        if most == 0 {
            return None;
        }
        let script = if self.latin == most {
            Script::Latin
        } else if self.arabic == most {
            Script::Arabic
        } else {
            Script::Other
        };
        Some((script, ratio(most, all)))
    }

    /// Share of letters, among those of the Arabic script, that Arabic does not use.
    pub(super) fn share_foreign(&self) -> f32 {
        ratio(self.foreign, self.arabic.max(1))
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of a few thousand letters"
)]
fn ratio(part: usize, all: usize) -> f32 {
    part as f32 / all as f32
}

/// The script of a letter. Ranges, because looking up Arabic letters in the tables of
/// `char::is_alphabetic` took a third of the time of reading a corpus.
fn script(c: char) -> Option<Script> {
    match c {
        'a'..='z' | 'A'..='Z' => Some(Script::Latin),
        '\0'..='\u{BF}' | '×' | '÷' | 'ـ' => None,
        '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => Some(Script::Latin),
        '\u{620}'..='\u{64A}'
        | '\u{66E}'..='\u{66F}'
        | '\u{671}'..='\u{6D3}'
        | '\u{6D5}'
        | '\u{6EE}'..='\u{6EF}'
        | '\u{6FA}'..='\u{6FC}'
        | '\u{750}'..='\u{77F}'
        | '\u{FB50}'..='\u{FD3D}'
        | '\u{FD50}'..='\u{FDFB}'
        | '\u{FE70}'..='\u{FEFC}' => Some(Script::Arabic),
        '\u{600}'..='\u{6FF}' | '\u{2000}'..='\u{206F}' => None,
        c if c.is_alphabetic() && !is_mark(c) => Some(Script::Other),
        _ => None,
    }
}

/// Combining marks and tashkeel, which belong to the letter before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{64B}'..='\u{65F}' | '\u{670}' | 'ـ' | '\u{200C}')
}

/// Letters of Persian, Urdu, Kurdish, Pashto and others beyond the Arabic alphabet.
fn is_foreign(c: char) -> bool {
    matches!(c, '\u{66E}'..='\u{6D5}' | '\u{6EE}'..='\u{77F}') && c != '\u{670}' && c != '\u{671}'
}

fn windows(text: &str) -> Vec<&str> {
    if text.len() <= WHOLE {
        return vec![text];
    }
    let step = (text.len() - WINDOW) / (WINDOWS - 1);
    (0..WINDOWS)
        .filter_map(|i| {
            let start = text.floor_char_boundary(i * step);
            let end = text.floor_char_boundary(start + WINDOW);
            let window = text.get(start..end)?;
            // begin and end with whole words, if there are any
            let start = if i == 0 {
                0
            } else {
                window.find(' ').unwrap_or(0)
            };
            let end = window.rfind(' ').filter(|end| *end > start);
            window.get(start..end.unwrap_or(window.len()))
        })
        .collect()
}
