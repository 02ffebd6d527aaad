//! Markdown: one document a file. Front matter is metadata and stays part of the text, so that
//! offsets count in the file as it is.

use std::io::BufRead;

use crate::ingest::format::{Failure, Origin, Reader};
use crate::ingest::record::Fields;
use crate::ingest::{Outcome, Sink, front_matter, plain};

/// Reads `.md`.
pub(super) struct Markdown;

impl Reader for Markdown {
    fn read(
        &self,
        origin: Origin<'_>,
        source: &mut dyn BufRead,
        sink: Sink<'_>,
    ) -> Result<(), Failure> {
        let mut document = plain::document(origin, source)?;
        if let Some(matter) = front_matter::fields(&document.text) {
            let mut fields = Fields::default();
            for (name, value) in &matter {
                fields.add(name, value);
            }
            document.metadata = fields.metadata(&mut document.notes);
            for day in [
                &mut document.metadata.published,
                &mut document.metadata.retrieved,
            ]
            .into_iter()
            .flatten()
            {
                day.origin = format!("front matter: {}", day.origin);
            }
            document.title = fields.title();
            if let Some(id) = fields.id() {
                document.id = id;
            }
        }
        sink(Outcome::Document(Box::new(document)));
        Ok(())
    }
}
