//! Programs of the user's that get the terminal for a while: editor, pager, a command to pipe to.
//!
//! They are given copies: what is read is never opened for writing. A copy lies in a folder that
//! only the user may enter, and goes when the program has ended. Controls in it are stand-ins: a
//! pager that is told to pass escapes on has none to pass.

use std::collections::HashMap;
use std::env;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::fd::OwnedFd;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;

use crate::corpus::{ArticleId, Corpus};
use crate::export::{self, Brief, Format};
use crate::query::Query;
use crate::text::segment;
use crate::text::visible::sanitize;
use crate::triage::{DocumentKey, Note};
use crate::tui::effect::{Passed, Program};
use crate::tui::message::Message;
use crate::tui::runtime::tty::Tty;

/// What a program is called when nothing names one.
const EDITOR: &str = "vi";
const PAGER: &str = "less";

/// What is handed over: a name for a file, and its text.
pub(super) fn text(corpus: &Corpus, what: &Passed) -> (String, String) {
    match what {
        Passed::Article(id) => {
            let Some(article) = corpus.article(*id) else {
                return (String::new(), String::new());
            };
            let mut text = String::new();
            if let Some(title) = &article.raw.title {
                text.push_str(&sanitize(title));
                text.push_str("\n\n");
            }
            for line in segment::paragraphs(&article.raw.text) {
                text.push_str(&sanitize(article.raw.text.get(line).unwrap_or("")));
                text.push('\n');
            }
            (file_name(&article.raw.id), text)
        }
        Passed::Brief {
            articles,
            query,
            notes,
        } => {
            let brief = brief(corpus, articles, query, notes);
            (
                "brief.jsonl".to_owned(),
                export::write(&brief, Format::JsonLines),
            )
        }
    }
}

/// A brief with the notes, as `khabar export` makes it.
fn brief<'c>(
    corpus: &'c Corpus,
    articles: &[ArticleId],
    query: &Query,
    notes: &HashMap<DocumentKey, Vec<Note>>,
) -> Brief<'c> {
    let mut brief = Brief::of(corpus, articles.iter().copied(), query);
    brief.add_notes(|key| notes.get(key).map_or(&[], Vec::as_slice));
    brief
}

/// A name for a copy: what of an id any file system takes.
fn file_name(id: &str) -> String {
    let safe = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let name: String = id
        .chars()
        .take(40)
        .map(|c| if safe(c) { c } else { '_' })
        .collect();
    format!("{name}.txt")
}

/// Runs a program on a terminal that was given back, and says how it ended. Takes until then.
pub(super) fn run(
    program: &Program,
    name: &str,
    text: &str,
    input: OwnedFd,
    terminal: &Tty,
) -> Message {
    let ended = match program {
        Program::Editor => on_copy(&chosen(&["VISUAL", "EDITOR"], EDITOR), name, text, &input),
        Program::Pager => on_copy(&chosen(&["PAGER"], PAGER), name, text, &input),
        Program::Command(command) => {
            let ended = piped(command, text);
            // what it printed is to be read before the screen comes back
            match &ended {
                Ok((_, status)) => wait_for_enter(*status, input, terminal),
                Err(_) => drop(input),
            }
            ended
        }
    };
    match ended {
        Ok((called, status)) if status.success() => Message::Done(format!("{called} ended")),
        Ok((called, status)) => Message::Failed(format!("{called} ended with {status}")),
        Err(error) => Message::Failed(format!("no program could be run: {error}")),
    }
}

/// The first of these variables that names a program.
fn chosen(variables: &[&str], otherwise: &str) -> String {
    variables
        .iter()
        .filter_map(|name| env::var(name).ok())
        .find(|program| !program.trim().is_empty())
        .unwrap_or_else(|| otherwise.to_owned())
}

/// Runs a program with a copy as its argument. The shell splits the name, as git's does:
/// `EDITOR="vim -u NONE"`.
fn on_copy(
    program: &str,
    name: &str,
    text: &str,
    input: &OwnedFd,
) -> io::Result<(String, ExitStatus)> {
    let folder = private_folder()?;
    let copy = folder.join(name);
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&copy)
        .and_then(|mut file| file.write_all(text.as_bytes()));
    let status = written.and_then(|()| {
        Command::new("sh")
            .arg("-c")
            .arg(format!("{program} \"$@\""))
            .arg("sh")
            .arg(&copy)
            .stdin(Stdio::from(input.try_clone()?))
            .status()
    });
    // best effort: the folder is ours alone, and the system empties it
    let _ = fs::remove_dir_all(&folder);
    let called = Path::new(program.split_whitespace().next().unwrap_or(program));
    let called = called.file_name().unwrap_or_default().to_string_lossy();
    Ok((called.into_owned(), status?))
}

/// Runs a command of the shell with a text on its standard input.
fn piped(command: &str, text: &str) -> io::Result<(String, ExitStatus)> {
    let mut child = Command::new("sh")
        .arg("-c")
        .arg(command)
        .stdin(Stdio::piped())
        .spawn()?;
    let pipe = child.stdin.take();
    thread::scope(|scope| {
        scope.spawn(|| {
            // a command that has read enough closes its end
            let _ = pipe.map(|mut pipe| pipe.write_all(text.as_bytes()));
        });
        child.wait()
    })
    .map(|status| ("the command".to_owned(), status))
}

fn wait_for_enter(status: ExitStatus, input: OwnedFd, terminal: &Tty) {
    let said = if status.success() {
        String::new()
    } else {
        format!("{status}; ")
    };
    let said = format!("\n[khabar: {said}Enter returns] ");
    if terminal.clone().write_all(said.as_bytes()).is_err() {
        return;
    }
    let mut byte = [0];
    let mut input = File::from(input);
    loop {
        match input.read(&mut byte) {
            Ok(1) if !matches!(byte, [b'\n' | b'\r']) => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            // Enter, the end of the input, or a terminal that is gone
            _ => return,
        }
    }
}

/// A new folder that only the user may enter.
fn private_folder() -> io::Result<PathBuf> {
    let base = env::temp_dir();
    let mut last = io::Error::other("no name for a folder is free");
    for number in 0..100 {
        let folder = base.join(format!("khabar-{}-{number}", std::process::id()));
        match DirBuilder::new().mode(0o700).create(&folder) {
            Ok(()) => return Ok(folder),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

/// Where a brief goes unless the user says otherwise: the current folder, or the home where that
/// is being read; a name that is not taken yet.
pub(super) fn brief_file(corpus: &str, read: &[PathBuf]) -> String {
    let name: String = corpus
        .chars()
        .take(40)
        .map(|c| if c.is_alphanumeric() { c } else { '-' })
        .collect();
    let name = name.trim_matches('-');
    let here = env::current_dir().unwrap_or_default();
    let is_read = |folder: &Path| {
        read.iter()
            .filter_map(|path| fs::canonicalize(path).ok())
            .any(|path| folder.starts_with(path))
    };
    let folder = if is_read(&here) {
        PathBuf::from("~")
    } else {
        PathBuf::new()
    };
    let file = |number: usize| {
        let lead = if name.is_empty() {
            String::new()
        } else {
            format!("{name}-")
        };
        let number = if number < 2 {
            String::new()
        } else {
            format!("-{number}")
        };
        folder.join(format!("{lead}brief{number}.md"))
    };
    let free = (1..100).map(file).find(|file| {
        let path = at_home(&file.to_string_lossy());
        fs::symlink_metadata(path).is_err()
    });
    free.unwrap_or_else(|| file(1))
        .to_string_lossy()
        .into_owned()
}

/// A path as typed, `~` being the home.
fn at_home(typed: &str) -> PathBuf {
    match (typed.strip_prefix("~/"), env::var_os("HOME")) {
        (Some(below), Some(home)) => PathBuf::from(home).join(below),
        _ => PathBuf::from(typed),
    }
}

/// Writes a brief into a file and says so. `read` is never written to.
pub(super) fn save(corpus: &Corpus, what: &Passed, file: &str, read: &[PathBuf]) -> Message {
    let Passed::Brief {
        articles,
        query,
        notes,
    } = what
    else {
        return Message::Failed("only what is listed makes a brief".to_owned());
    };
    let path = at_home(file);
    let Some(format) = Format::of_file(&path) else {
        return Message::Failed(format!(
            "{file}: the name has to end in .md, .html, .csv or .jsonl"
        ));
    };
    let brief = brief(corpus, articles, query, notes);
    let text = export::write(&brief, format);
    match export::file::save(&path, text.as_bytes(), false, read) {
        Ok(_) => Message::Done(format!("{} in {file}", brief.size())),
        Err(error) => Message::Failed(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_copies_are_harmless() {
        for (id, name) in [
            ("000", "000.txt"),
            ("../../etc/passwd", "______etc_passwd.txt"),
            ("news:17", "news_17.txt"),
            ("a\u{1b}b", "a_b.txt"),
            ("", ".txt"),
        ] {
            assert_eq!(file_name(id), name);
        }
    }

    #[test]
    fn a_brief_is_never_proposed_inside_what_is_read() {
        let here = env::current_dir().unwrap();
        assert!(brief_file("in", &[here]).starts_with("~/in-brief"));
        assert_eq!(brief_file("a b", &[]), "a-b-brief.md");
        assert_eq!(brief_file("/", &[]), "brief.md");
    }
}
