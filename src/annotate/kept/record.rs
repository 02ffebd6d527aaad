//! The fields of an annotated document.

use std::sync::Arc;

use chrono::NaiveDate;
use compact_str::CompactString;
use encoding_rs::Encoding;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::annotate::date::corpus::KeptEvidence;
use crate::annotate::document::{Annotated, RULES};
use crate::annotate::kept::atoms::{Bytes, Iso, Sha};
use crate::annotate::kept::fields::{Day, KeptMention, KeptTimex};
use crate::annotate::kept::kinds::LanguageForm;
use crate::corpus::{Article, Field, Language, Metadata, RawDocument, Span, StatedDay, Title};

/// Which shape the fields have; another one is not read.
const SHAPE: u32 = 1;

/// How the reason of a name begins that only the tagger found, before its confidence.
const TAGGER: &str = "tagger ";

/// Strings that are kept shared while records are read, at most.
const SHARED: usize = 200_000;

/// By what a document was annotated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    pub(super) annotated: u32,
    pub(super) rules: String,
    /// The day that the user set (`--dct`).
    pub(super) dct: Option<Iso>,
}

impl Mark {
    /// The mark of this build with the day that the user set.
    #[must_use]
    pub fn new(document_day: Option<NaiveDate>) -> Self {
        Self {
            annotated: SHAPE,
            rules: RULES.to_owned(),
            dct: document_day.map(Iso),
        }
    }
}

/// A document as read and as annotated.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Record {
    /// By what it was annotated.
    pub khabar: Mark,
    pub(super) id: String,
    /// `None` for a document from a pipe: it is wherever it stands now.
    pub(super) path: Option<String>,
    pub(super) title: Option<String>,
    pub(super) text: String,
    pub(super) encoding: String,
    pub(super) notes: Vec<String>,
    pub(super) sha256: Sha,
    pub(super) published: Option<Iso>,
    pub(super) published_by: Option<String>,
    pub(super) retrieved: Option<Iso>,
    pub(super) retrieved_by: Option<String>,
    pub(super) source: Option<String>,
    pub(super) url: Option<String>,
    pub(super) author: Option<String>,
    /// As the record gives it.
    pub(super) language: Option<String>,
    #[serde(with = "LanguageForm")]
    pub(super) language_found: Language,
    pub(super) title_shown: CompactString,
    /// Where in the text the title was taken from.
    pub(super) title_bytes: Option<Bytes>,
    pub(super) day: Option<Day>,
    pub(super) mentions: Vec<KeptMention>,
    pub(super) timexes: Vec<KeptTimex>,
    /// Left out in the cache: it follows from the rest.
    evidence: Option<KeptEvidence>,
}

/// Strings that recur from record to record, held once.
#[derive(Debug, Default)]
pub struct Shared {
    known: FxHashMap<Box<str>, Arc<str>>,
}

impl Shared {
    /// The text, in the allocation of its first occurrence.
    pub fn text(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.known.get(text) {
            return Arc::clone(known);
        }
        if self.known.len() >= SHARED {
            self.known.clear();
        }
        let shared: Arc<str> = Arc::from(text);
        self.known.insert(text.into(), Arc::clone(&shared));
        shared
    }
}

impl Record {
    /// What to store of a document. Its path is left out where `has_path` is false.
    #[must_use]
    pub fn of(annotated: &Annotated, mark: Mark, has_path: bool) -> Self {
        Self {
            evidence: Some(annotated.evidence.kept()),
            ..Self::of_article(&annotated.article, mark, has_path)
        }
    }

    /// The same without evidence.
    #[must_use]
    pub fn of_article(article: &Article, mark: Mark, has_path: bool) -> Self {
        let raw = &article.raw;
        let day = |stated: &Option<StatedDay>| stated.as_ref().map(|stated| Iso(stated.day));
        let by = |stated: &Option<StatedDay>| stated.as_ref().map(|stated| stated.origin.clone());
        let metadata = &raw.metadata;
        Self {
            khabar: mark,
            id: raw.id.clone(),
            path: has_path.then(|| raw.path.clone()),
            title: raw.title.clone(),
            text: raw.text.clone(),
            encoding: raw.encoding.to_owned(),
            notes: raw.notes.clone(),
            sha256: Sha(raw.sha256),
            published: day(&metadata.published),
            published_by: by(&metadata.published),
            retrieved: day(&metadata.retrieved),
            retrieved_by: by(&metadata.retrieved),
            source: metadata.source.clone(),
            url: metadata.url.clone(),
            author: metadata.author.clone(),
            language: metadata.language.clone(),
            language_found: article.language,
            title_shown: CompactString::new(&article.title.text),
            title_bytes: article.title.derived_from.map(Bytes),
            day: article.day.as_ref().map(Day::of),
            mentions: article.mentions.iter().map(KeptMention::of).collect(),
            timexes: article.timexes.iter().map(KeptTimex::of).collect(),
            evidence: None,
        }
    }

    /// The language that was found in it.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language_found
    }

    /// Whether its annotations are those that this build would make with the day that the user set.
    #[must_use]
    pub fn is_current(&self, document_day: Option<NaiveDate>) -> bool {
        let mark = &self.khabar;
        mark.annotated == SHAPE
            && mark.rules == RULES
            && mark.dct.map(|day| day.0) == document_day
            && self.is_sound()
    }

    /// Whether other rules annotated it than those of this build.
    #[must_use]
    pub fn is_of_other_rules(&self) -> bool {
        self.khabar.annotated != SHAPE || self.khabar.rules != RULES
    }

    /// Whether every place lies in the text, in order, as readers of annotations rely on. A file
    /// may say anything.
    fn is_sound(&self) -> bool {
        let fits = |field: Field, span: Span| {
            let text = match field {
                Field::Title => self.title.as_deref().unwrap_or(""),
                Field::Text => &self.text,
            };
            text.get(span.range()).is_some()
        };
        let mentions = self.mentions.iter().map(|m| (m.field, m.bytes.0));
        let timexes = self.timexes.iter().map(|t| (t.field, t.bytes.0));
        let apart = |one: &(Field, Span), next: &(Field, Span)| {
            one.0 < next.0 || one.0 == next.0 && one.1.end <= next.1.start
        };
        mentions
            .clone()
            .chain(timexes.clone())
            .all(|(field, span)| fits(field, span))
            && mentions.is_sorted_by(apart)
            && timexes.is_sorted_by_key(|(field, span)| (field, span.start))
            && !self.title_shown.is_empty()
            && self
                .title_bytes
                .is_none_or(|bytes| fits(Field::Text, bytes.0))
    }

    /// The document without its annotations, as it stands at `place`; `None` for an encoding that
    /// does not exist.
    #[must_use]
    pub fn into_raw(self, place: &str) -> Option<RawDocument> {
        let stated = |day: Option<Iso>, origin: Option<String>| {
            let (day, origin) = (day?.0, origin.unwrap_or_default());
            Some(StatedDay { day, origin })
        };
        Some(RawDocument {
            id: self.id,
            path: self.path.unwrap_or_else(|| place.to_owned()),
            title: self.title,
            text: self.text,
            encoding: encoding(&self.encoding)?,
            notes: self.notes,
            metadata: Metadata {
                published: stated(self.published, self.published_by),
                retrieved: stated(self.retrieved, self.retrieved_by),
                source: self.source,
                url: self.url,
                author: self.author,
                language: self.language,
            },
            sha256: self.sha256.0,
        })
    }

    /// A record of which nothing is known yet.
    pub(super) fn blank() -> Self {
        Self {
            khabar: Mark {
                annotated: 0,
                rules: String::new(),
                dct: None,
            },
            id: String::new(),
            path: None,
            title: None,
            text: String::new(),
            encoding: String::new(),
            notes: Vec::new(),
            sha256: Sha([0; 32]),
            published: None,
            published_by: None,
            retrieved: None,
            retrieved_by: None,
            source: None,
            url: None,
            author: None,
            language: None,
            language_found: Language::Other,
            title_shown: CompactString::default(),
            title_bytes: None,
            day: None,
            mentions: Vec::new(),
            timexes: Vec::new(),
            evidence: None,
        }
    }

    /// Calls `each` with every string that may repeat words of the document, or a number, and with
    /// those words.
    pub(super) fn respell(&mut self, each: &dyn Fn(&mut CompactString, &str)) {
        let (title, text) = (self.title.as_deref().unwrap_or(""), self.text.as_str());
        for mention in &mut self.mentions {
            let field = match mention.field {
                Field::Title => title,
                Field::Text => text,
            };
            let words = mention.bytes.0.of(field);
            each(&mut mention.entity, words);
            // the tagger's reason is how sure it is
            if mention.why.starts_with(TAGGER) {
                each(&mut mention.why, &format!("{:.2}", mention.confidence));
            } else {
                each(&mut mention.why, words);
            }
        }
        for clue in self.day.iter_mut().flat_map(|day| &mut day.clues) {
            let words = clue.bytes.map_or("", |bytes| bytes.0.of(text));
            each(&mut clue.text, words);
        }
        let words = self.title_bytes.map_or(title, |bytes| bytes.0.of(text));
        each(&mut self.title_shown, words);
    }

    /// Takes out title, address and text.
    pub(super) fn take_words(&mut self) -> (Option<String>, Option<String>, String) {
        let text = std::mem::take(&mut self.text);
        (self.title.take(), self.url.take(), text)
    }

    /// Puts them back.
    pub(super) fn put_words(&mut self, title: Option<String>, url: Option<String>, text: String) {
        self.title = title;
        self.url = url;
        self.text = text;
    }

    /// Takes out what other documents may be dated by.
    pub fn take_evidence(&mut self) -> Option<KeptEvidence> {
        self.evidence.take()
    }

    /// The article, as it stands at `place`, and its evidence; `None` for what no build of these
    /// rules stores. Only for a record that [is current](Self::is_current).
    #[must_use]
    pub fn into_annotated(mut self, place: &str, shared: &mut Shared) -> Option<Annotated> {
        let evidence = self.evidence.take()?;
        let article = self.into_article(place, shared)?;
        let evidence = evidence.evidence(&article.raw.path, article.day.clone())?;
        Some(Annotated { article, evidence })
    }

    /// The same without evidence.
    #[must_use]
    pub fn into_article(mut self, place: &str, shared: &mut Shared) -> Option<Article> {
        let title = Title {
            text: std::mem::take(&mut self.title_shown).into(),
            derived_from: self.title_bytes.map(|bytes| bytes.0),
        };
        let day = self.day.take().map(Day::day);
        let mentions = self.mentions.iter().map(|m| m.mention(shared)).collect();
        let timexes = std::mem::take(&mut self.timexes);
        let timexes = timexes
            .into_iter()
            .map(|timex| timex.timex(shared))
            .collect();
        let language = self.language_found;
        Some(Article {
            raw: Arc::new(self.into_raw(place)?),
            title,
            language,
            day,
            mentions,
            timexes,
            entities: Vec::new(),
        })
    }
}

/// The name of an encoding that intake decodes.
fn encoding(name: &str) -> Option<&'static str> {
    let wide = ["UTF-32LE", "UTF-32BE"].into_iter();
    let known = Encoding::for_label(name.as_bytes()).map(Encoding::name);
    wide.chain(known).find(|known| *known == name)
}
