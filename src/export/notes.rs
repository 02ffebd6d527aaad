//! What analysts wrote, in a brief.

use crate::export::brief::{Brief, Kept, Quote};
use crate::triage::{DocumentKey, Note};

impl Brief<'_> {
    /// Adds the notes on its articles and on passages of them. A passage that no longer stands
    /// where it stood is left out: it would be a wrong citation.
    pub fn add_notes<'n>(&mut self, notes: impl Fn(&DocumentKey) -> &'n [Note]) {
        for kept in &mut self.kept {
            kept.add_notes(notes(&DocumentKey::of(kept.article)));
        }
    }
}

impl Kept<'_> {
    fn add_notes(&mut self, notes: &[Note]) {
        let mut on_article = Vec::new();
        for note in notes {
            let Some(passage) = &note.passage else {
                on_article.push(note.text.as_str());
                continue;
            };
            if passage.span.of(self.article.field(passage.field)) != passage.quote {
                continue;
            }
            let same =
                |quote: &&mut Quote| (quote.field, quote.span) == (passage.field, passage.span);
            match self.quotes.iter_mut().find(same) {
                Some(quote) => {
                    let text = quote.note.take().map(|before| before + "; ");
                    quote.note = Some(text.unwrap_or_default() + &note.text);
                }
                None => self.quotes.push(Quote {
                    field: passage.field,
                    span: passage.span,
                    note: Some(note.text.clone()),
                }),
            }
        }
        self.quotes.sort_by_key(|quote| (quote.field, quote.span));
        if !on_article.is_empty() {
            self.note = Some(on_article.join("; "));
        }
    }
}
