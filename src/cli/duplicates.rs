//! `khabar duplicates`: the stories that are told more than once, one a line.

use std::collections::HashSet;
use std::io::{self, Write};

use crate::cli::json;
use crate::cli::list::iso;
use crate::cli::table::{Align, Table};
use crate::cli::task::Form;
use crate::cli::wire::{Repeated, Repeating, rounded};
use crate::corpus::{Article, ArticleId, Cluster, Corpus};
use crate::query::Answer;

/// Writes the clusters that an article of the answer is in; says whether there were any.
pub(super) fn write(
    corpus: &Corpus,
    answer: &Answer,
    form: Form,
    out: &mut dyn Write,
) -> io::Result<bool> {
    let asked: HashSet<ArticleId> = answer.hits.articles().collect();
    let mut table = Table::new(&[
        ("ALIKE", Align::Right),
        ("WITHIN", Align::Right),
        ("DAY", Align::Left),
        ("PATH", Align::Left),
        ("TITLE", Align::Left),
    ]);
    let mut found = false;
    for cluster in corpus.duplicates().clusters() {
        if !cluster.articles().any(|article| asked.contains(&article)) {
            continue;
        }
        let Some(repeated) = repeated(corpus, cluster) else {
            continue;
        };
        found = true;
        if form == Form::Json {
            json::write_line(out, &repeated)?;
            continue;
        }
        let day = repeated.day.as_deref().unwrap_or("");
        table.row(["", "", day, repeated.path, repeated.title]);
        for copy in &repeated.copies {
            let percent = |share: f32| format!("{:.0} %", (share * 100.0).floor());
            table.row([
                &percent(copy.resemblance),
                &percent(copy.containment),
                copy.day.as_deref().unwrap_or(""),
                copy.path,
                copy.title,
            ]);
        }
    }
    table.write(out)?;
    Ok(found)
}

fn repeated<'c>(corpus: &'c Corpus, cluster: &Cluster) -> Option<Repeated<'c>> {
    let day = |article: &Article| article.published().map(iso);
    let original = corpus.article(cluster.representative)?;
    let copies = cluster.copies.iter().filter_map(|copy| {
        let article = corpus.article(copy.article)?;
        Some(Repeating {
            id: &article.raw.id,
            path: &article.raw.path,
            title: &article.title.text,
            day: day(article),
            resemblance: rounded(copy.likeness.resemblance),
            containment: rounded(copy.likeness.containment),
            why: copy.likeness.reason(),
        })
    });
    Some(Repeated {
        id: &original.raw.id,
        path: &original.raw.path,
        title: &original.title.text,
        day: day(original),
        copies: copies.collect(),
    })
}
