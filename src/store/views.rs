//! `views.toml`: queries that the user gave a name.
//!
//! ```toml
//! [[view]]
//! name = "Aleppo in Arabic"
//! query = "entity:Aleppo lang:ar"
//! sort = "relevance"
//! reverse = false
//! ```
//!
//! The file may be edited and commented. Queries are kept as text: what a query means is not
//! known here.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::store::{Store, StoreError, atomic, lock};
use crate::triage::Standing;

/// Characters of the longest name.
pub const LONGEST_NAME: usize = 60;

/// A query that has a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct View {
    /// The name: no two views share one.
    pub name: String,
    /// The query in the query language.
    pub query: String,
    /// The order of the articles as the settings name it; `None` for that of the settings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<String>,
    /// Whether that order is turned round.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reverse: bool,
}

/// The file's content.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Views {
    #[serde(default, rename = "view", skip_serializing_if = "Vec::is_empty")]
    views: Vec<View>,
}

impl Store {
    /// The file of the views; `None` without a state folder.
    #[must_use]
    pub fn views_file(&self) -> Option<PathBuf> {
        Some(self.state.as_ref()?.join("views.toml"))
    }

    /// The views in the order in which they were first saved; none without a file.
    ///
    /// # Errors
    /// When the file cannot be read, or is not what it should be: with the line.
    pub fn views(&self) -> Result<Vec<View>, StoreError> {
        match self.views_file() {
            Some(file) => Ok(parse(&file, &read(&file)?)?.views),
            None => Ok(Vec::new()),
        }
    }

    /// The view of a name.
    ///
    /// # Errors
    /// As [`views`](Self::views).
    pub fn view(&self, name: &str) -> Result<Option<View>, StoreError> {
        let views = self.views()?;
        Ok(views.into_iter().find(|view| view.name == name.trim()))
    }

    /// Saves a view; gives the one of the same name that it replaces. In private mode nothing is
    /// written.
    ///
    /// # Errors
    /// When the name is empty, too long or that of a standing, or the file cannot be read or written. What stood in
    /// it stays.
    pub fn save_view(&self, view: &View) -> Result<Option<View>, StoreError> {
        let file = self.views_file().ok_or(StoreError::Homeless)?;
        let name = view.name.trim();
        if name.is_empty() || name.chars().count() > LONGEST_NAME || name.contains(char::is_control)
        {
            return Err(StoreError::Refused(format!(
                "a view's name has 1 to {LONGEST_NAME} characters on one line"
            )));
        }
        if Standing::from_name(name).is_some() {
            return Err(StoreError::Refused(format!(
                "the view “{name}” is always there: choose another name"
            )));
        }
        let view = View {
            name: name.to_owned(),
            ..view.clone()
        };
        self.change_views(&file, |views| {
            if let Some(known) = views.iter_mut().find(|known| known.name == view.name) {
                return Some(std::mem::replace(known, view));
            }
            views.push(view);
            None
        })
    }

    /// Removes the view of a name and gives it; `None` where there is none.
    ///
    /// # Errors
    /// When the file cannot be read or written. What stood in it stays.
    pub fn remove_view(&self, name: &str) -> Result<Option<View>, StoreError> {
        let file = self.views_file().ok_or(StoreError::Homeless)?;
        self.change_views(&file, |views| {
            let at = views.iter().position(|view| view.name == name.trim())?;
            Some(views.remove(at))
        })
    }

    fn change_views(
        &self,
        file: &Path,
        change: impl FnOnce(&mut Vec<View>) -> Option<View>,
    ) -> Result<Option<View>, StoreError> {
        if self.private {
            return Ok(None);
        }
        let _turn = lock::hold(file).map_err(|source| StoreError::Io {
            path: file.to_owned(),
            source,
        })?;
        let text = read(file)?;
        let old = parse(file, &text)?;
        let mut new = old.views.clone();
        let changed = change(&mut new);
        let written = rewritten(&text, &old.views, &new).unwrap_or_else(|| print(&new));
        atomic::write(file, written.as_bytes())?;
        Ok(changed)
    }
}

fn read(file: &Path) -> Result<String, StoreError> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        Err(source) => Err(StoreError::Io {
            path: file.to_owned(),
            source,
        }),
    }
}

fn parse(file: &Path, text: &str) -> Result<Views, StoreError> {
    toml::from_str(text).map_err(|error: toml::de::Error| {
        let at = error.span().map_or(0, |span| span.start);
        let before = text.as_bytes().get(..at).unwrap_or_default();
        let line = 1 + memchr::memchr_iter(b'\n', before).count();
        let reason = error.message().trim_end().replace('\n', "; ");
        StoreError::Refused(format!(
            "{}, line {line}: {reason}; correct it, or move the file away",
            file.display()
        ))
    })
}

fn print(views: &[View]) -> String {
    let views = views.to_vec();
    toml::to_string(&Views { views }).unwrap_or_default()
}

/// The text with only those lines changed that have to be, so that comments stay; `None` where
/// that does not come out right, as with strings of several lines.
fn rewritten(text: &str, old: &[View], new: &[View]) -> Option<String> {
    let mut written = String::new();
    let mut blocks = old.iter();
    let mut block: Option<&View> = None;
    for line in text.split_inclusive('\n') {
        let code = line.trim();
        if code.starts_with("[[") {
            block = blocks.next();
            let view = new
                .iter()
                .find(|view| view.name == block.map_or("", |b| &b.name));
            if let Some(view) = view.filter(|view| Some(*view) != block) {
                written.push_str(&print(std::slice::from_ref(view)));
            } else if view.is_some() {
                written.push_str(line);
            }
            continue;
        }
        let is_comment = code.is_empty() || code.starts_with('#');
        if is_comment || block.is_none_or(|block| new.contains(block)) {
            written.push_str(line);
        }
    }
    for view in new
        .iter()
        .skip_while(|view| old.iter().any(|o| o.name == view.name))
    {
        if !written.is_empty() {
            let ends = if written.ends_with('\n') {
                "\n"
            } else {
                "\n\n"
            };
            written.push_str(ends);
        }
        written.push_str(&print(std::slice::from_ref(view)));
    }
    let read: Views = toml::from_str(&written).ok()?;
    (read.views == new).then_some(written)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::store::Directories;

    fn store(state: &Path, private: bool) -> Store {
        let directories = Directories {
            state: Some(state.to_owned()),
            ..Directories::default()
        };
        Store::new(&directories, private)
    }

    fn view(name: &str, query: &str) -> View {
        View {
            name: name.to_owned(),
            query: query.to_owned(),
            sort: None,
            reverse: false,
        }
    }

    #[test]
    fn views_are_saved_replaced_and_removed() {
        let home = tempfile::tempdir().unwrap();
        let store = store(&home.path().join("khabar"), false);
        assert_eq!(store.views().unwrap(), []);
        assert_eq!(store.save_view(&view("a", "lang:ar")).unwrap(), None);
        let second = View {
            sort: Some("relevance".to_owned()),
            reverse: true,
            ..view(" حلب ", "\"حلب\" OR =\"x\\\"\"")
        };
        assert_eq!(store.save_view(&second).unwrap(), None);
        let replaced = store.save_view(&view("a", "lang:de")).unwrap();
        assert_eq!(replaced, Some(view("a", "lang:ar")));
        let names: Vec<String> = store.views().unwrap().into_iter().map(|v| v.name).collect();
        assert_eq!(names, ["a", "حلب"]);
        assert_eq!(store.view("حلب").unwrap().unwrap().query, second.query);
        assert_eq!(store.remove_view("a").unwrap(), Some(view("a", "lang:de")));
        assert_eq!(store.remove_view("a").unwrap(), None);
        assert_eq!(store.views().unwrap().len(), 1);
        for name in ["", " ", "a\nb", &"x".repeat(61), "kept", " New "] {
            assert!(store.save_view(&view(name, "x")).is_err(), "{name:?}");
        }
    }

    #[test]
    fn private_writes_nothing() {
        let home = tempfile::tempdir().unwrap();
        let state = home.path().join("khabar");
        store(&state, true).save_view(&view("a", "b")).unwrap();
        assert!(!state.exists());
    }

    #[test]
    fn comments_of_the_user_stay() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path(), false);
        let file = store.views_file().unwrap();
        let text = "# mine\n\n[[view]] # one\nname = \"a\"\nquery = \"x\"\n\n# of b\n[[view]]\nname = \"b\"\nquery = \"y\" # why\n";
        fs::write(&file, text).unwrap();
        store.save_view(&view("c", "z")).unwrap();
        store.save_view(&view("a", "xx")).unwrap();
        store.remove_view("c").unwrap();
        let left = fs::read_to_string(&file).unwrap();
        for kept in [
            "# mine\n",
            "# of b\n",
            "query = \"y\" # why\n",
            "query = \"xx\"\n",
        ] {
            assert!(left.contains(kept), "{kept} in {left}");
        }
        assert_eq!(store.views().unwrap(), [view("a", "xx"), view("b", "y")]);
    }

    #[test]
    fn a_damaged_file_is_told_with_its_line_and_stays() {
        let home = tempfile::tempdir().unwrap();
        let store = store(home.path(), false);
        let file = store.views_file().unwrap();
        for (text, line) in [
            ("[[view]]\nname = \"a\"\nquery = 3\n", "line 3"),
            ("[[view]]\nname = \"a\"\n", "line 1"),
            (
                "\n[[view]]\nname = \"a\"\nquery = \"\"\ncolour = 1\n",
                "line 5",
            ),
            ("?", "line 1"),
        ] {
            fs::write(&file, text).unwrap();
            let error = store.views().unwrap_err().to_string();
            assert!(
                error.contains(line) && error.contains("views.toml"),
                "{error}"
            );
            assert!(store.save_view(&view("b", "c")).is_err());
            assert_eq!(fs::read_to_string(&file).unwrap(), text);
        }
    }

    proptest! {
        #[test]
        fn any_views_come_back(
            names in prop::collection::vec("[a-cح\"#\\[ ]{1,3}", 1..6),
            queries in prop::collection::vec("[\\PC]{0,12}", 6),
        ) {
            let home = tempfile::tempdir().unwrap();
            let store = store(home.path(), false);
            let mut expected: Vec<View> = Vec::new();
            for (name, query) in names.iter().zip(&queries).filter(|(n, _)| !n.trim().is_empty()) {
                let saved = view(name.trim(), query);
                store.save_view(&saved).unwrap();
                match expected.iter_mut().find(|view| view.name == saved.name) {
                    Some(known) => *known = saved,
                    None => expected.push(saved),
                }
            }
            prop_assert_eq!(store.views().unwrap(), expected);
        }
    }
}
