//! A corpus without its articles as bytes, for another run of the same build: what would take
//! long to work out anew. Whoever keeps the bytes makes sure that they come back as they were and
//! that the same build reads them.

use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::corpus::annotation::{DayRange, TimexBasis};
use crate::corpus::article::Unreadable;
use crate::corpus::columns::{Rows, Strings, as_u32};
use crate::corpus::duplicates::Duplicates;
use crate::corpus::entities::{EntityTable, KeptEntities};
use crate::corpus::fulltext::{FullText, Run};
use crate::corpus::held::Keeper;
use crate::corpus::lexicon::Lexicon;
use crate::corpus::links::Links;
use crate::corpus::segment::{Days, KeptSegment, Segment};
use crate::corpus::snapshot::Corpus;

/// The bytes of a corpus, in parts that can be read side by side.
#[derive(Debug, Default)]
pub struct Parts {
    /// The tables of the whole corpus.
    pub head: Vec<u8>,
    /// The index of words.
    pub runs: Vec<Vec<u8>>,
    /// The columns of each segment.
    pub segments: Vec<Vec<u8>>,
}

#[derive(Serialize, Deserialize)]
struct Head {
    entities: KeptEntities,
    words: Strings,
    sources: Strings,
    words_in_text: Strings,
    of_every_path: Arc<[u32]>,
    unreadable: Vec<(String, String)>,
    links: Links,
    duplicates: Duplicates,
    in_path_order: bool,
}

impl Corpus {
    /// The corpus as bytes. Nothing where it could not be written, which does not happen in memory.
    #[must_use]
    pub fn to_parts(&self) -> Option<Parts> {
        let unreadable = self.unreadable.iter();
        let head = Head {
            entities: self.entities.kept(),
            words: self.words.strings(),
            sources: self.sources.strings(),
            words_in_text: self.fulltext.words().strings(),
            of_every_path: Arc::clone(&self.of_every_path),
            unreadable: unreadable
                .map(|u| (u.path.clone(), u.reason.clone()))
                .collect(),
            links: Links::clone(&self.links),
            duplicates: Duplicates::clone(&self.duplicates),
            in_path_order: self.in_path_order,
        };
        let segments = self.segments.iter();
        let segments = segments.map(|segment| postcard::to_stdvec(&segment.kept()).ok());
        Some(Parts {
            head: postcard::to_stdvec(&head).ok()?,
            runs: self
                .fulltext
                .runs()
                .map(|run| run.as_bytes().to_vec())
                .collect(),
            segments: segments.collect::<Option<_>>()?,
        })
    }

    /// The corpus of these bytes, whose articles `keeper` has; `None` for any others.
    #[must_use]
    pub fn of_parts(name: &str, parts: Parts, keeper: &Arc<dyn Keeper>) -> Option<Self> {
        let Parts {
            head,
            runs,
            segments,
        } = parts;
        // the tables are read while the segments are
        std::thread::scope(|scope| {
            let columns = scope.spawn(move || {
                let segments = segments.iter();
                let segments =
                    segments.map(|bytes| postcard::from_bytes::<KeptSegment>(bytes).ok());
                segments.collect::<Option<Vec<_>>>()
            });
            let head: Head = postcard::from_bytes(&head).ok()?;
            let mut corpus = head.corpus(name, runs)?;
            for segment in columns.join().ok()?? {
                let first = as_u32(corpus.len);
                let (keeper, links) = (Arc::clone(keeper), Arc::clone(&corpus.links));
                let segment = Segment::of_kept(first, segment, keeper, links)?;
                corpus.len += segment.articles().len();
                corpus.starts.push(first);
                corpus.segments.push(Arc::new(segment));
            }
            (corpus.fulltext.documents() as usize == corpus.len).then_some(corpus)
        })
    }
}

impl Head {
    fn corpus(self, name: &str, runs: Vec<Vec<u8>>) -> Option<Corpus> {
        let runs = runs
            .into_iter()
            .map(|run| Run::from_bytes(run).map(Arc::new));
        let runs = runs.collect::<Option<Vec<_>>>()?;
        let unreadable = self.unreadable.into_iter();
        Some(Corpus {
            entities: EntityTable::of_kept(self.entities),
            words: Lexicon::of_strings(self.words),
            sources: Lexicon::of_strings(self.sources),
            fulltext: FullText::of(Lexicon::of_strings(self.words_in_text), runs)?,
            of_every_path: self.of_every_path,
            unreadable: Arc::new(
                unreadable
                    .map(|(path, reason)| Unreadable { path, reason })
                    .collect(),
            ),
            links: Arc::new(self.links),
            duplicates: Arc::new(self.duplicates),
            in_path_order: self.in_path_order,
            ..Corpus::new(name)
        })
    }
}

/// [`Days`] with each day as a number.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct KeptDays {
    /// Twice the number of the day, and one where it is stated.
    own: Vec<Option<i32>>,
    mentioned: Rows<Option<(i32, i32, bool, TimexBasis)>>,
    in_titles: Vec<u32>,
    between: Vec<(u32, i32, i32)>,
}

impl KeptDays {
    pub(super) fn of(days: &Days) -> Self {
        let number = |day: NaiveDate| day.num_days_from_ce();
        let own = days.own.iter();
        let own = own.map(|day| day.map(|(day, stated)| number(day) * 2 + i32::from(stated)));
        let mut mentioned = Rows::default();
        for at in 0..days.own.len() {
            let ranges = days.mentioned.get(at).unwrap_or_default().iter();
            mentioned.push(ranges.map(|range| {
                range.map(|range| {
                    (
                        number(range.from),
                        number(range.to),
                        range.firm,
                        range.basis,
                    )
                })
            }));
        }
        Self {
            own: own.collect(),
            mentioned,
            in_titles: days.in_titles.clone(),
            between: days
                .between
                .iter()
                .map(|(at, earliest, latest)| (*at, number(*earliest), number(*latest)))
                .collect(),
        }
    }

    pub(super) fn days(self) -> Option<Days> {
        let day = NaiveDate::from_num_days_from_ce_opt;
        let own = self.own.into_iter().map(|kept| match kept {
            None => Some(None),
            Some(number) => Some(Some((
                day(number.div_euclid(2))?,
                number.rem_euclid(2) == 1,
            ))),
        });
        let own: Vec<_> = own.collect::<Option<_>>()?;
        let mut mentioned = Rows::default();
        for at in 0..own.len() {
            let ranges = self.mentioned.get(at)?.iter().map(|kept| {
                let (from, to, firm, basis) = (*kept)?;
                let (from, to) = (day(from)?, day(to)?);
                Some(DayRange {
                    from,
                    to,
                    firm,
                    basis,
                })
            });
            mentioned.push(ranges);
        }
        mentioned.shrink();
        let between = self.between.into_iter();
        let between = between.map(|(at, from, to)| Some((at, day(from)?, day(to)?)));
        Some(Days {
            own,
            mentioned,
            in_titles: self.in_titles,
            between: between.collect::<Option<_>>()?,
        })
    }
}
