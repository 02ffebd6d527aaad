//! A home, a locale and nothing else of the machine that the tests run on.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use assert_cmd::assert::{Assert, OutputAssertExt as _};
use tempfile::TempDir;

/// An empty home with a folder for documents beside it.
pub(crate) struct Environment {
    folder: TempDir,
}

impl Environment {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("home")).unwrap();
        fs::create_dir(folder.path().join("news")).unwrap();
        Self { folder }
    }

    pub(crate) fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    pub(crate) fn news(&self) -> PathBuf {
        self.folder.path().join("news")
    }

    /// Puts a file into the documents' folder.
    pub(crate) fn document(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        fs::write(self.news().join(name), content).unwrap();
        self
    }

    /// The program, to be run in the folder that holds `home` and `news`.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_khabar"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("HOME", self.home())
            .env("LC_ALL", "C.UTF-8")
            .env("TERM", "xterm-256color");
        command
    }

    /// Runs the program to its end with its output in pipes and nothing on standard input.
    pub(crate) fn run(&self, arguments: &[&str]) -> Assert {
        self.command(arguments).output().unwrap().assert()
    }

    /// What it prints when all goes well.
    pub(crate) fn printed(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments).success().get_output().clone();
        assert_eq!(
            String::from_utf8(output.stderr).unwrap(),
            "",
            "{arguments:?}"
        );
        String::from_utf8(output.stdout).unwrap()
    }

    /// What it says on standard error.
    pub(crate) fn said(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments).get_output().clone();
        String::from_utf8(output.stderr).unwrap()
    }
}

/// Every file below a folder.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files
}
