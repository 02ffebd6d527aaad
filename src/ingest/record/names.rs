//! The names that fields go by, for each role that a field can have.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

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

static ROLES: LazyLock<FxHashMap<&'static str, Vec<(Role, usize)>>> = LazyLock::new(|| {
    let mut roles: FxHashMap<&'static str, Vec<(Role, usize)>> = FxHashMap::default();
    for (role, names) in NAMES {
        for (rank, name) in names.iter().enumerate() {
            roles.entry(name).or_default().push((*role, rank));
        }
    }
    roles
});

/// The roles of a field's name in any case, each with its place in that role's list.
pub(super) fn roles(name: &str) -> &'static [(Role, usize)] {
    ROLES
        .get(name.to_ascii_lowercase().as_str())
        .map_or(&[], Vec::as_slice)
}
