//! The card of near-duplicates: which articles repeat which, how alike they are, and why.

use crate::corpus::{ArticleId, Cluster, Corpus};
use crate::tui::model::Model;
use crate::tui::model::cards::{CardLine, Tone, blank, line};
use crate::tui::model::difference::{Compared, Difference};

/// What was compared, and what was asked for.
#[derive(Clone, Debug, Default)]
pub struct DifferenceState {
    /// The newest difference that came.
    pub shown: Option<std::sync::Arc<Difference>>,
    /// What is on its way, or has come.
    pub requested: Option<Compared>,
}

/// The cluster that a card is about.
#[must_use]
pub fn cluster(corpus: &Corpus, article: ArticleId) -> Option<&Cluster> {
    corpus.duplicates().of(article)
}

/// Rows of the card before its copies: title, how it is known, a blank and a heading.
pub(super) fn lines(model: &Model, article: ArticleId, selected: usize) -> Vec<CardLine> {
    let Some(cluster) = cluster(&model.corpus, article) else {
        return vec![line(Tone::Title, "", "No near-duplicate")];
    };
    let name = |id: ArticleId| {
        let article = model.corpus.article(id)?;
        let day = article.published().map(|day| format!("{day} · "));
        let source = match article.source() {
            "" => article.raw.path.as_str(),
            source => source,
        };
        let day = day.unwrap_or_default();
        Some((article.title.text.clone(), format!("{day}{source}")))
    };
    let mut lines = Vec::new();
    if let Some((title, origin)) = name(cluster.representative) {
        lines.push(line(Tone::Title, "", title));
        lines.push(line(Tone::Dim, "", origin));
    }
    lines.push(blank());
    let count = cluster.copies.len();
    let heading = if count == 1 {
        "printed once more".to_owned()
    } else {
        format!("printed {count} times more")
    };
    lines.push(line(Tone::Heading, "", heading));
    for (place, copy) in cluster.copies.iter().enumerate() {
        let Some((title, origin)) = name(copy.article) else {
            continue;
        };
        let mark = if place == selected { ">" } else { "" };
        let alike = f64::from(copy.likeness.resemblance) * 100.0;
        lines.push(line(
            Tone::Plain,
            format!("{mark}{:>4.0} %", alike.floor()),
            title,
        ));
        lines.push(line(Tone::Dim, "", origin));
        lines.push(line(Tone::Dim, "", copy.likeness.reason()));
    }
    lines
}
