//! What intake gives → an annotated document, whether it was annotated before or not.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::annotate::date::Options;
use crate::annotate::document::{Annotated, annotate};
use crate::annotate::entity::{Finder, Series};
use crate::annotate::kept::{Mark, Record, Shared};
use crate::corpus::Unreadable;
use crate::ingest::{AnnotatedLine, Outcome};

/// What the user is told of a document whose annotations are of no use any more.
const ANEW: &str = "Annotated by another version of khabar; annotated anew.";

/// An input that could not be read, as a line among annotated ones, so that it is told wherever
/// they are opened.
#[derive(Debug, Serialize, Deserialize)]
pub struct Refused {
    khabar: Mark,
    path: Option<String>,
    unreadable: String,
}

impl Refused {
    pub(super) fn of(refused: &Unreadable, document_day: Option<NaiveDate>) -> Self {
        Self {
            khabar: Mark::new(document_day),
            path: has_path(&refused.path).then(|| refused.path.clone()),
            unreadable: refused.reason.clone(),
        }
    }
}

/// Whether a path says more than that something came from a pipe.
pub(super) fn has_path(path: &str) -> bool {
    let rest = path.strip_prefix('-');
    !rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '#']))
}

/// Annotates one document after the other.
pub(super) struct Annotator<'f> {
    names: Series<'f>,
    document_day: Option<NaiveDate>,
    shared: Shared,
}

impl<'f> Annotator<'f> {
    pub(super) fn new(finder: &'f Finder, document_day: Option<NaiveDate>) -> Self {
        Self {
            names: finder.series(),
            document_day,
            shared: Shared::default(),
        }
    }

    pub(super) fn judge(&mut self, outcome: Outcome) -> Result<Annotated, Unreadable> {
        let options = Options {
            document_day: self.document_day,
        };
        match outcome {
            Outcome::Document(raw) => Ok(annotate(*raw, &mut self.names, options)),
            Outcome::Unreadable(unreadable) => Err(unreadable),
            Outcome::Annotated(line) => self.annotated_before(*line),
        }
    }

    /// A line that khabar annotated: taken as it is if this build would annotate it alike.
    fn annotated_before(&mut self, line: AnnotatedLine) -> Result<Annotated, Unreadable> {
        let options = Options {
            document_day: self.document_day,
        };
        let Ok(record) = serde_json::from_str::<Record>(&line.text) else {
            return self.of_another_shape(line);
        };
        if record.is_current(self.document_day)
            && let Some(annotated) = record.clone().into_annotated(&line.path, &mut self.shared)
        {
            return Ok(annotated);
        }
        let other_rules = record.is_of_other_rules();
        let Some(mut raw) = record.into_raw(&line.path) else {
            return self.of_another_shape(line);
        };
        if other_rules {
            raw.notes.push(ANEW.to_owned());
        }
        Ok(annotate(raw, &mut self.names, options))
    }

    /// A line of another version, or by another hand: what it has in common with any record.
    fn of_another_shape(&mut self, line: AnnotatedLine) -> Result<Annotated, Unreadable> {
        if let Ok(refused) = serde_json::from_str::<Refused>(&line.text) {
            return Err(Unreadable {
                path: refused.path.unwrap_or(line.path),
                reason: refused.unreadable,
            });
        }
        match line.as_record() {
            Outcome::Document(mut raw) => {
                raw.notes.push(ANEW.to_owned());
                self.judge(Outcome::Document(raw))
            }
            other => self.judge(other),
        }
    }
}
