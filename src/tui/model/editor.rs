//! One line of text under a caret: the filter, the palette, the search in the help.

use unicode_segmentation::UnicodeSegmentation;

/// A line and its caret. The text is logical; right-to-left input needs nothing special here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineEditor {
    text: String,
    /// Byte offset of the caret, on a cluster boundary.
    caret: usize,
}

impl LineEditor {
    /// An editor that holds `text`, the caret at its end.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            caret: text.len(),
        }
    }

    /// The line.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Byte offset of the caret.
    #[must_use]
    pub fn caret(&self) -> usize {
        self.caret
    }

    /// Inserts at the caret; line breaks and other controls of a paste become spaces.
    pub fn insert(&mut self, inserted: &str) {
        let clean: String = inserted
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        self.text.insert_str(self.caret, &clean);
        self.caret += clean.len();
    }

    /// Puts a text in the place of everything from byte `start` to the caret.
    pub fn replace_before(&mut self, start: usize, text: &str) {
        if start <= self.caret && self.text.is_char_boundary(start) {
            self.delete(start, self.caret);
            self.insert(text);
        }
    }

    /// Deletes the cluster before the caret.
    pub fn backspace(&mut self) {
        let start = self.before();
        self.delete(start, self.caret);
    }

    /// Deletes the cluster after the caret.
    pub fn delete_forward(&mut self) {
        let end = self.after();
        self.delete(self.caret, end);
    }

    /// Deletes back to the start of the word.
    pub fn delete_word(&mut self) {
        let start = self.word_before();
        self.delete(start, self.caret);
    }

    /// Deletes everything before the caret.
    pub fn delete_to_start(&mut self) {
        self.delete(0, self.caret);
    }

    /// Moves the caret one cluster towards the start of the text.
    pub fn backward(&mut self) {
        self.caret = self.before();
    }

    /// Moves the caret one cluster towards the end of the text.
    pub fn forward(&mut self) {
        self.caret = self.after();
    }

    /// Moves the caret to the start of the word.
    pub fn word_backward(&mut self) {
        self.caret = self.word_before();
    }

    /// Moves the caret past the end of the word.
    pub fn word_forward(&mut self) {
        let rest = self.text.get(self.caret..).unwrap_or("");
        let word = rest
            .split_word_bound_indices()
            .find(|(_, w)| !w.trim().is_empty());
        self.caret += word.map_or(rest.len(), |(at, w)| at + w.len());
    }

    /// Moves the caret to the start.
    pub fn to_start(&mut self) {
        self.caret = 0;
    }

    /// Moves the caret to the end.
    pub fn to_end(&mut self) {
        self.caret = self.text.len();
    }

    fn delete(&mut self, start: usize, end: usize) {
        self.text.replace_range(start..end, "");
        self.caret = start;
    }

    fn before(&self) -> usize {
        let head = self.text.get(..self.caret).unwrap_or("");
        head.grapheme_indices(true)
            .next_back()
            .map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        let rest = self.text.get(self.caret..).unwrap_or("");
        self.caret + rest.graphemes(true).next().map_or(0, str::len)
    }

    fn word_before(&self) -> usize {
        let head = self.text.get(..self.caret).unwrap_or("");
        head.split_word_bound_indices()
            .rev()
            .find(|(_, w)| !w.trim().is_empty())
            .map_or(0, |w| w.0)
    }
}

#[cfg(test)]
mod tests {
    use super::LineEditor;

    #[test]
    fn backspace_takes_a_whole_cluster() {
        let mut line = LineEditor::new("حيّ");
        line.backspace();
        assert_eq!(line.text(), "ح");
        line.backspace();
        line.backspace();
        assert_eq!((line.text(), line.caret()), ("", 0));
    }

    #[test]
    fn word_keys_in_both_scripts() {
        let mut line = LineEditor::new("جبهة فتح al-Sham");
        line.delete_word();
        assert_eq!(line.text(), "جبهة فتح al-");
        line.word_backward();
        line.word_backward();
        line.word_backward();
        assert_eq!(line.caret(), "جبهة ".len());
        line.word_forward();
        assert_eq!(line.caret(), "جبهة فتح".len());
    }

    #[test]
    fn a_paste_is_one_line() {
        let mut line = LineEditor::new("ab");
        line.backward();
        line.insert("x\r\n\u{1b}y");
        assert_eq!(line.text(), "ax   yb");
        assert_eq!(line.caret(), 6);
    }
}
