//! The names that fields go by, for each role that a field can have.

/// What a field is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Text,
    Title,
    Published,
    /// When somebody fetched it: an upper bound of publication, never the day itself.
    Retrieved,
    Url,
    Source,
    Author,
    Language,
    Id,
}

/// The names of each role, best first, in lower case.
const NAMES: &[(Role, &[&str])] = &[
    (
        Role::Text,
        &[
            "maintext",
            "text",
            "raw_text",
            "body",
            "content",
            "article_body",
            "articlebody",
            "full_text",
            "notes",
            "selftext",
            "message",
        ],
    ),
    (
        Role::Title,
        &[
            "title",
            "headline",
            "title_page",
            "title_rss",
            "name",
            "subject",
        ],
    ),
    (
        Role::Published,
        &[
            "date_publish",
            "publish_date",
            "date_published",
            "published",
            "published_at",
            "publishedat",
            "pubdate",
            "datepublished",
            "date",
            "event_date",
            "seendate",
            "sqldate",
            "v2.1date",
            "created_at",
            "timestamp",
            "filedate",
        ],
    ),
    (
        Role::Retrieved,
        &[
            "date_download",
            "download_date",
            "date_retrieved",
            "retrieved",
            "date_indexed",
            "indexed_date",
            "indexed",
            "date_crawled",
            "crawl_date",
            "crawled",
        ],
    ),
    (
        Role::Url,
        &[
            "url",
            "link",
            "documentidentifier",
            "sourceurl",
            "canonical",
            "guid",
        ],
    ),
    (
        Role::Source,
        &[
            "source_domain",
            "source",
            "sitename",
            "hostname",
            "media_name",
            "sourcecommonname",
            "feed",
            "publisher",
        ],
    ),
    (
        Role::Author,
        &["authors", "author", "byline", "creator", "from"],
    ),
    (Role::Language, &["language", "lang", "locale"]),
    (
        Role::Id,
        &[
            "id",
            "doc_id",
            "stories_id",
            "guid",
            "event_id_cnty",
            "gkgrecordid",
            "filename",
        ],
    ),
];

/// The roles of a field's name, each with its place in that role's list.
pub(super) fn roles(name: &str) -> impl Iterator<Item = (Role, usize)> {
    NAMES.iter().filter_map(move |(role, names)| {
        let rank = names.iter().position(|n| n.eq_ignore_ascii_case(name))?;
        Some((*role, rank))
    })
}
