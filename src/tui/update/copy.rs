//! What goes to the clipboard: always the source's own words, in logical order.
//!
//! A second press widens: name, sentence, article.

use crate::corpus::{Article, Field, Span};
use crate::export::citation::short;
use crate::query::Row;
use crate::text::segment;
use crate::tui::effect::Effect;
use crate::tui::geometry::Pane;
use crate::tui::model::page::place_of;
use crate::tui::model::reader::Breadth;
use crate::tui::model::{Model, Notice};

/// A passage to copy: its article, its bytes in a field, and what to call it.
struct Passage<'m> {
    article: &'m Article,
    field: Field,
    span: Span,
    called: &'static str,
}

/// Copies what is under the cursor, with its citation if `cited`.
pub(super) fn copy(model: &mut Model, cited: bool) -> Vec<Effect> {
    if model.focus == Pane::Entities && !cited {
        let entity = model
            .entities
            .selected()
            .and_then(|id| model.corpus.entities().get(id));
        let Some(text) = entity.map(|entity| entity.key.to_string()) else {
            return Vec::new();
        };
        let said = format!("copied {text}");
        return vec![Effect::Copy { text, said }];
    }
    let breadth = widen(model);
    let Some(passage) = passage(model, breadth) else {
        model.notice = Some(Notice::Problem("nothing to copy here".to_owned()));
        return Vec::new();
    };
    let source = passage.span.of(passage.article.field(passage.field));
    let mut text = without_controls(source);
    if cited {
        text = format!(
            "“{}” [{}]",
            text.trim(),
            short(passage.article, passage.field, passage.span)
        );
    }
    let again = match (breadth, cited) {
        (Breadth::Name, false) => " · again copies the sentence",
        (Breadth::Sentence, false) => " · again copies the article",
        _ => "",
    };
    let said = format!("copied {}, {} bytes{again}", passage.called, text.len());
    model.reader.copied = Some(breadth);
    vec![Effect::Copy { text, said }]
}

/// How much to copy this time: one step more than the last, where nothing came between.
fn widen(model: &Model) -> Breadth {
    match model.reader.copied {
        _ if model.focus == Pane::Text && model.reader.range.is_some() => Breadth::Range,
        Some(Breadth::Name) => Breadth::Sentence,
        Some(Breadth::Lines) => Breadth::Lines,
        None if model.focus == Pane::Text && model.reader.selection.is_some() => Breadth::Lines,
        None if model.focus == Pane::Text && model.reader.mark.is_some() => Breadth::Name,
        None if model.focus == Pane::Text && model.reader.hit.is_some() => Breadth::Sentence,
        Some(Breadth::Range | Breadth::Sentence | Breadth::Article) | None => Breadth::Article,
    }
}

/// The sentence of the selected row of the timeline.
fn sentence_of_row(model: &Model) -> Option<Passage<'_>> {
    let rows = &model.result.answer.timeline;
    let lead = match rows.get(model.timeline.scroll.row)? {
        Row::Bucket { lead, .. } | Row::Interval { lead, .. } => (*lead)?,
        Row::Gap { .. } | Row::Undated { .. } => return None,
    };
    Some(Passage {
        article: model.corpus.article(lead.article)?,
        field: Field::Text,
        span: lead.span(&model.corpus)?,
        called: "the sentence",
    })
}

fn passage(model: &Model, breadth: Breadth) -> Option<Passage<'_>> {
    if model.focus == Pane::Timeline {
        return sentence_of_row(model);
    }
    if model.focus != Pane::Text {
        let id = model.articles.selected(&model.result.answer)?;
        let article = model.corpus.article(id)?;
        return Some(whole(article));
    }
    let article = model.open_article()?;
    let page = model.reader.page.as_ref()?;
    let stood_on = || match (model.reader.mark, model.reader.hit) {
        (Some(mark), _) => place_of(article, *page.marks.get(mark)?),
        (None, Some(hit)) => page.hits.get(hit).copied(),
        (None, None) => None,
    };
    match breadth {
        Breadth::Range => {
            let (field, span) = model.reader.range?;
            Some(Passage {
                article,
                field,
                span,
                called: "the selected text",
            })
        }
        Breadth::Lines => {
            let (first, last) = model.reader.selected_lines()?;
            let (field, start) = page.source_of(first)?;
            let (_, end) = page.source_of(last).filter(|(of, _)| *of == field)?;
            let span = Span::new(start.start, end.end);
            Some(Passage {
                article,
                field,
                span,
                called: "the selected lines",
            })
        }
        Breadth::Name => {
            let (field, span) = stood_on()?;
            Some(Passage {
                article,
                field,
                span,
                called: "the name",
            })
        }
        Breadth::Sentence => {
            let (field, at) = stood_on()?;
            let start = at.start as usize;
            let sentence = segment::sentences(article.field(field))
                .find(|range| range.start <= start && start < range.end)?;
            let span = Span::new(sentence.start, sentence.end);
            Some(Passage {
                article,
                field,
                span,
                called: "the sentence",
            })
        }
        Breadth::Article => Some(whole(article)),
    }
}

fn whole(article: &Article) -> Passage<'_> {
    let span = Span::new(0, article.raw.text.len());
    Passage {
        article,
        field: Field::Text,
        span,
        called: "the article",
    }
}

/// The text as it is, less what a shell or an editor would obey when it is pasted.
fn without_controls(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::without_controls;

    #[test]
    fn a_paste_obeys_nothing() {
        assert_eq!(without_controls("a\u{1b}[31m\nb\u{9b}c\td"), "a[31m\nbc\td");
        let arabic = "قوات «جبهة فتح الشام»، حلب – 2016";
        assert_eq!(without_controls(arabic), arabic);
    }
}
