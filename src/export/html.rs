//! A brief as one HTML file without scripts, styles from elsewhere, links or pictures; a policy in
//! it forbids them, should a program that shows it find any.

use std::fmt::Write as _;

use crate::corpus::{Article, Language};
use crate::export::NoBrief;
use crate::export::brief::{Brief, Kept, Quote};
use crate::export::citation::{
    Place, comparable, day_known, day_of, hex, one_line, shown_lines, without_isolates,
};
use crate::export::verify::Claim;

const HEAD: &str = "<!DOCTYPE html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">
<meta name=\"viewport\" content=\"width=device-width\">
";

const STYLE: &str = "<style>
body { max-width: 46em; margin: 2em auto; padding: 0 1em; font-family: serif; line-height: 1.5 }
blockquote { margin: 1em 0 0.2em; padding: 0 1em; border-inline-start: 3px solid #999 }
figure { margin: 1em 0 }
figcaption, .meta, table { font-family: sans-serif; font-size: 80%; color: #555 }
.sha256 { overflow-wrap: anywhere }
td, th { text-align: start; vertical-align: top; padding-inline-end: 1em }
</style>
</head>
<body>
";

/// Writes it.
pub(super) fn write(brief: &Brief<'_>) -> String {
    let mut text = HEAD.to_owned();
    let corpus = safe(brief.corpus);
    let _ = writeln!(text, "<title>Brief: {corpus}</title>");
    text.push_str(STYLE);
    let _ = writeln!(text, "<h1>Brief: <bdi>{corpus}</bdi></h1>");
    let query = if brief.query.is_empty() {
        "none, all articles".to_owned()
    } else {
        format!("<bdi>{}</bdi>", safe(&brief.query))
    };
    let _ = writeln!(
        text,
        "<p class=\"meta\">{}. Query: {query}</p>",
        brief.size()
    );
    for kept in &brief.kept {
        article(kept, &mut text);
    }
    sources(&brief.kept, &mut text);
    text.push_str("</body>\n</html>\n");
    text
}

fn article(kept: &Kept<'_>, text: &mut String) {
    let article = kept.article;
    let lang = lang(article);
    let _ = writeln!(
        text,
        "<article>\n<h2{lang} dir=\"auto\">{}</h2>",
        safe(&article.title.text)
    );
    let day = day_of(article).unwrap_or_else(|| "no day".to_owned());
    let _ = write!(text, "<p class=\"meta\">{day}");
    if !article.source().is_empty() {
        let _ = write!(text, " · <bdi>{}</bdi>", safe(article.source()));
    }
    text.push_str("</p>\n");
    note(kept.note.as_deref(), text);
    for quote in &kept.quotes {
        passage(kept, quote, text);
    }
    text.push_str("</article>\n");
}

fn passage(kept: &Kept<'_>, quote: &Quote, text: &mut String) {
    let article = kept.article;
    let _ = write!(text, "<figure>\n<blockquote{}>", lang(article));
    for line in shown_lines(quote.span.of(article.field(quote.field))) {
        let _ = write!(text, "<p dir=\"auto\">{}</p>", escaped(&line));
    }
    let place = Place::of(article, quote.field, quote.span).code();
    let _ = writeln!(
        text,
        "</blockquote>\n<figcaption><bdi class=\"file\">{}</bdi> <span class=\"place\">{place}</span> \
         <code class=\"sha256\">{}</code></figcaption>\n</figure>",
        safe(&article.raw.path),
        hex(&article.raw.sha256)
    );
    note(quote.note.as_deref(), text);
}

fn note(note: Option<&str>, text: &mut String) {
    for line in shown_lines(note.unwrap_or("")) {
        let _ = writeln!(
            text,
            "<p class=\"note\" dir=\"auto\">{}</p>",
            escaped(&line)
        );
    }
}

fn sources(kept: &[Kept<'_>], text: &mut String) {
    text.push_str(
        "<h2>Sources</h2>\n<table>\n<tr><th>file</th><th>SHA-256</th><th>encoding</th>\
         <th>day</th><th>how the day is known</th></tr>\n",
    );
    for Kept { article, .. } in kept {
        let _ = writeln!(
            text,
            "<tr class=\"source\"><td><bdi class=\"file\">{}</bdi></td>\
             <td><code class=\"sha256\">{}</code></td><td>{}</td><td>{}</td>\
             <td><bdi>{}</bdi></td></tr>",
            safe(&article.raw.path),
            hex(&article.raw.sha256),
            article.raw.encoding,
            day_of(article).unwrap_or_default(),
            safe(&day_known(article)),
        );
    }
    text.push_str("</table>\n");
}

fn lang(article: &Article) -> String {
    match article.language {
        Language::Other => String::new(),
        language => format!(" lang=\"{}\"", language.code()),
    }
}

fn safe(text: &str) -> String {
    escaped(&one_line(text))
}

const ENTITIES: [(char, &str); 5] = [
    ('&', "&amp;"),
    ('<', "&lt;"),
    ('>', "&gt;"),
    ('"', "&quot;"),
    ('\'', "&#39;"),
];

fn escaped(line: &str) -> String {
    let mut text = String::with_capacity(line.len() + 8);
    for c in line.chars() {
        match ENTITIES.iter().find(|(special, _)| *special == c) {
            Some((_, entity)) => text.push_str(entity),
            None => text.push(c),
        }
    }
    text
}

fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let entity = ENTITIES.iter().find(|(_, name)| rest.starts_with(name));
        let (c, len) = entity.map_or((c, c.len_utf8()), |(c, name)| (*c, name.len()));
        plain.push(c);
        rest = rest.get(len..).unwrap_or("");
    }
    without_isolates(&plain)
}

/// Reads the citations of a brief: of its quotes, then of its sources. Only what [`write`] makes
/// is looked for; no text of a document holds a `<`, so none can look like it.
pub(super) fn read(text: &str) -> Result<Vec<Claim>, NoBrief> {
    let mut claims = Vec::new();
    for (opening, ending) in [
        ("<figure>", "</figure>"),
        ("<tr class=\"source\">", "</tr>"),
    ] {
        let mut at = 0;
        while let Some(found) = text.get(at..).and_then(|rest| rest.find(opening)) {
            let start = at + found + opening.len();
            let line = 1 + text.get(..start).unwrap_or("").matches('\n').count();
            let bad = |what: &str| NoBrief {
                line,
                reason: format!("a citation without {what}"),
            };
            let rest = text.get(start..).unwrap_or("");
            let len = rest.find(ending).ok_or_else(|| bad("an end"))?;
            let inner = rest.get(..len).unwrap_or("");
            let part = |open: &str, close: &str| {
                let (_, behind) = inner.split_once(open)?;
                behind.split_once(close).map(|(part, _)| part)
            };
            let is_quote = opening == "<figure>";
            let quote = || {
                let quote = part("<blockquote", "</blockquote>")?;
                let (_, body) = quote.split_once('>')?;
                let lines = body.replace("</p>", "\n").replace("<p dir=\"auto\">", "");
                Some(comparable(&unescaped(&lines)))
            };
            let place = part("<span class=\"place\">", "</span>").unwrap_or("");
            claims.push(Claim {
                line,
                file: unescaped(
                    part("<bdi class=\"file\">", "</bdi>").ok_or_else(|| bad("a file"))?,
                ),
                place: Place::from_code(place).ok_or_else(|| bad("a place"))?,
                sha256: part("<code class=\"sha256\">", "</code>")
                    .ok_or_else(|| bad("a SHA-256"))?
                    .to_owned(),
                quote: if is_quote {
                    Some(quote().ok_or_else(|| bad("a quote"))?)
                } else {
                    None
                },
            });
            at = start + len;
        }
    }
    Ok(claims)
}
