//! What is part of a word, answered without the tables of all scripts for the letters of most texts.

/// The same as [`char::is_alphanumeric`], several times as fast on Arabic and accented letters.
#[must_use]
pub fn is_alphanumeric(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphanumeric(),
        '\u{c0}'..='\u{d6}'
        | '\u{d8}'..='\u{f6}'
        | '\u{f8}'..='\u{24f}'
        | '\u{620}'..='\u{64a}' => true,
        // quotation marks and dashes
        '\u{2000}'..='\u{206f}' => false,
        _ => c.is_alphanumeric(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_unicode_says() {
        let mut all = '\0'..=char::MAX;
        assert_eq!(
            all.find(|c| is_alphanumeric(*c) != c.is_alphanumeric()),
            None
        );
    }
}
