//! Whether the citations of a brief still hold: each is looked up in the documents as they are
//! now, and one that does not hold is told with what has changed.

use std::collections::{BTreeSet, HashMap};

use crate::corpus::RawDocument;
use crate::export::citation::{Place, comparable, hex, one_line, start_of_paragraph};

/// What a citation claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The line of the brief that it stands on, from 1.
    pub line: usize,
    /// The file, as the brief shows it.
    pub file: String,
    /// Where in it.
    pub place: Place,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
    /// The quote as [`comparable`] text; `None` for a source that is only listed.
    pub quote: Option<String>,
}

/// Whether a claim holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It does; `renamed` is what the file is called now, where that is another name.
    Holds {
        /// The name, safe to show.
        renamed: Option<String>,
    },
    /// It does not, and why not, in a sentence.
    Fails(String),
}

/// A claim with what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The claim.
    pub claim: Claim,
    /// Whether it holds.
    pub verdict: Verdict,
}

impl Checked {
    /// Whether the claim holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        matches!(self.verdict, Verdict::Holds { .. })
    }
}

/// Documents as claims are checked against them, by content and by name.
#[derive(Debug, Default)]
pub struct Documents {
    all: Vec<Document>,
    by_hash: HashMap<String, Vec<usize>>,
}

#[derive(Debug)]
struct Document {
    path: String,
    sha256: String,
    title: String,
    text: String,
}

impl Documents {
    /// Adds a document as it was read.
    pub fn add(&mut self, raw: RawDocument) {
        let sha256 = hex(&raw.sha256);
        let place = self.all.len();
        self.by_hash.entry(sha256.clone()).or_default().push(place);
        self.all.push(Document {
            path: one_line(&raw.path),
            sha256,
            title: raw.title.unwrap_or_default(),
            text: raw.text,
        });
    }

    /// Checks claims, in their order.
    #[must_use]
    pub fn check(&self, claims: Vec<Claim>) -> Vec<Checked> {
        let check = |claim: Claim| Checked {
            verdict: self.verdict(&claim),
            claim,
        };
        claims.into_iter().map(check).collect()
    }

    fn verdict(&self, claim: &Claim) -> Verdict {
        let wanted = claim.sha256.to_ascii_lowercase();
        let same = self.by_hash.get(&wanted).map_or(&[][..], Vec::as_slice);
        let same: Vec<&Document> = same.iter().filter_map(|at| self.all.get(*at)).collect();
        let mut standing = same.iter().filter(|d| d.holds(claim)).peekable();
        let first = standing.peek().map(|document| document.path.clone());
        if standing.any(|document| is_called(&document.path, &claim.file)) {
            return Verdict::Holds { renamed: None };
        }
        // a copy elsewhere does not make up for a file of that very name that says something else
        let replaced = self.all.iter().any(|document| document.path == claim.file);
        if first.is_some() && !replaced {
            return Verdict::Holds { renamed: first };
        }
        if let Some(document) = same.first().filter(|_| first.is_none()) {
            return Verdict::Fails(format!(
                "the file is as it was, but {}: the brief was altered",
                document.whereabouts(claim)
            ));
        }
        let named: Vec<&Document> = self
            .all
            .iter()
            .filter(|d| is_called(&d.path, &claim.file))
            .collect();
        match named.first() {
            Some(document) => Verdict::Fails(format!(
                "the file has changed (SHA-256 is now {}); {}",
                document.sha256,
                document.whereabouts(claim)
            )),
            None => Verdict::Fails("there is no such file".to_owned()),
        }
    }
}

impl Document {
    /// Whether the quote stands where the claim says.
    fn holds(&self, claim: &Claim) -> bool {
        let Some(quote) = &claim.quote else {
            return true;
        };
        match claim.place {
            Place::Title => comparable(&self.title).contains(quote),
            Place::Whole => comparable(&self.text).contains(quote),
            Place::Paragraph(number) => self.is_in_paragraph(number, quote),
        }
    }

    /// Whether a quote begins in a paragraph; it may go on into the next ones.
    fn is_in_paragraph(&self, number: usize, quote: &str) -> bool {
        let Some(start) = start_of_paragraph(&self.text, number) else {
            return false;
        };
        let end = start_of_paragraph(&self.text, number + 1).unwrap_or(self.text.len());
        let first = comparable(self.text.get(start..end).unwrap_or(""));
        if first.contains(quote) {
            return !quote.is_empty();
        }
        let rest = comparable(self.text.get(start..).unwrap_or(""));
        rest.find(quote).is_some_and(|at| at < first.len())
    }

    /// What became of the quote, as half a sentence.
    fn whereabouts(&self, claim: &Claim) -> String {
        let Some(quote) = &claim.quote else {
            return "no quote hangs on it".to_owned();
        };
        if self.holds(claim) {
            return format!("the quote still stands in {}", claim.place.code());
        }
        let paragraphs = (1..).map_while(|n| start_of_paragraph(&self.text, n).map(|_| n));
        let found = comparable(&self.text).contains(quote);
        let place = found
            .then(|| {
                paragraphs
                    .into_iter()
                    .find(|n| self.is_in_paragraph(*n, quote))
            })
            .flatten();
        match place {
            Some(number) => format!(
                "the quote stands in ¶{number}, not in {}",
                claim.place.code()
            ),
            None if comparable(&self.title).contains(quote) => {
                "the quote stands in the title".to_owned()
            }
            None => "the quote does not stand in it".to_owned(),
        }
    }
}

/// Whether a file of this path is what a brief calls so: the same path, or one that ends in it,
/// because what is shown of a path depends on the folder that was named.
fn is_called(path: &str, cited: &str) -> bool {
    let ends = |long: &str, short: &str| {
        long.strip_suffix(short)
            .is_some_and(|folder| folder.is_empty() || folder.ends_with(['/', '\\']))
    };
    !cited.is_empty() && (ends(path, cited) || ends(cited, path))
}

/// The files that claims name, without the line or place of a record in them.
#[must_use]
pub fn files(claims: &[Claim]) -> BTreeSet<String> {
    claims.iter().map(|claim| claim.file.clone()).collect()
}

/// The name of the file that a record is in: `news.jsonl` for `news.jsonl:17` or `news.json#3`.
#[must_use]
pub fn file_of_record(name: &str) -> Option<&str> {
    let (file, number) = name.rsplit_once([':', '#'])?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some(file)
}
