//! Where folded characters go: joins white space, and drops the `e` of `ae`, `oe`, `ue`.
//!
//! German writes ä, ö, ü also as ae, oe, ue (and, without umlauts at hand, as a, o, u). So the `e`
//! goes where it can be such a second half: behind a, o or u, and before a consonant or u
//! (`Gebaeude`). It stays at the end of a word and before other vowels (`UAE`, `blue`, `IAEA`,
//! `Videoeinsatz`), and behind `au`, `eu` and `qu` (`Bauer`, `neue`, `Quelle`), where German has
//! no ü. Words such as `poet` lose theirs on both sides and still find themselves.
//!
//! All rules look at folded characters only, so a second folding finds nothing left to do.

/// Collects folded characters and where they came from.
pub(super) struct Sink {
    text: String,
    steps: Vec<(u32, u32)>,
    keep_steps: bool,
    /// An `e` that may be half an umlaut, with its source byte; it waits for what follows.
    waiting: Option<usize>,
    /// The last character, and the one before it.
    last: (char, char),
}

impl Sink {
    /// A sink for the folding of `len` bytes.
    pub(super) fn new(len: usize, keep_steps: bool) -> Self {
        Self {
            text: String::with_capacity(len),
            steps: Vec::new(),
            keep_steps,
            waiting: None,
            last: ('\0', '\0'),
        }
    }

    /// Adds a folded character that came from the character at byte `source`.
    pub(super) fn push(&mut self, c: char, source: usize) {
        self.settle(c);
        match c {
            ' ' if self.last.0 == ' ' => {}
            'e' if self.may_be_umlaut() => self.waiting = Some(source),
            _ => self.write(c, source),
        }
    }

    /// Adds characters that fold to themselves or to their lower case, none of them an `e` or a
    /// space; the first came from byte `source`.
    pub(super) fn push_run(&mut self, run: &str, source: usize) {
        let mut chars = run.chars();
        let Some(first) = chars.next() else { return };
        self.settle(first.to_ascii_lowercase());
        if self.keep_steps {
            self.note_step(source);
        }
        let start = self.text.len();
        self.text.push_str(run);
        if let Some(run) = self.text.get_mut(start..) {
            run.make_ascii_lowercase();
        }
        let lower = |c: char| c.to_ascii_lowercase();
        self.last = match (chars.next_back(), chars.next_back()) {
            (Some(last), Some(before)) => (lower(last), lower(before)),
            (Some(last), None) => (lower(last), lower(first)),
            (None, _) => (lower(first), self.last.0),
        };
    }

    /// Adds the `e` that waits, if it cannot be half an umlaut before the character that follows.
    fn settle(&mut self, next: char) {
        if let Some(source) = self.waiting.take() {
            let consonant_or_u =
                next.is_ascii_lowercase() && !matches!(next, 'a' | 'e' | 'i' | 'o');
            if !consonant_or_u {
                self.write('e', source);
            }
        }
    }

    /// Whether an `e` that came now could make an umlaut of the character before it.
    fn may_be_umlaut(&self) -> bool {
        match self.last {
            ('a' | 'o', _) => true,
            ('u', before) => !matches!(before, 'a' | 'e' | 'q'),
            _ => false,
        }
    }

    fn write(&mut self, c: char, source: usize) {
        if self.keep_steps {
            self.note_step(source);
        }
        self.text.push(c);
        self.last = (c, self.last.0);
    }

    fn note_step(&mut self, source: usize) {
        let at = self.text.len();
        let expected = match self.steps.last() {
            Some((from, origin)) => *origin as usize + (at - *from as usize),
            None => at,
        };
        if expected != source {
            let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            self.steps.push((clamp(at), clamp(source)));
        }
    }

    /// The folded text and its steps.
    pub(super) fn finish(mut self) -> (String, Vec<(u32, u32)>) {
        if let Some(source) = self.waiting.take() {
            self.write('e', source);
        }
        (self.text, self.steps)
    }
}
