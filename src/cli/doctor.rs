//! `khabar doctor`: what surrounds the explorer (settings, state folder, locale, colours), and how
//! findings are printed. The terminal itself is examined by the explorer's runtime, which this
//! layer does not know: whoever calls brings the findings.

use std::fmt::{self, Display};
use std::io;
use std::path::PathBuf;

use serde::Serialize;

use crate::cli::task::Doctor;
use crate::cli::{Streams, json, say};
use crate::config::theme::ColorDepth;
use crate::config::{Config, Environment, File};
use crate::store::{Directories, Store};

/// What `khabar doctor` is to do, and what it found without a terminal.
pub struct Checkup {
    /// Whether to ask the user how Arabic reads, instead of a report.
    pub asks_bidi: bool,
    /// Settings, all layers applied; the defaults if the file has mistakes.
    pub config: Config,
    /// What is kept between runs.
    pub store: Store,
    surroundings: Surroundings,
    json: bool,
}

/// Everything but the terminal.
#[derive(Clone, Debug, Serialize)]
struct Surroundings {
    version: &'static str,
    /// The locale of characters; empty if none is set.
    locale: String,
    /// Whether only ASCII is drawn.
    ascii: bool,
    colours: Colours,
    settings: SettingsFile,
    state: StateFolder,
}

#[derive(Clone, Debug, Serialize)]
struct Colours {
    depth: &'static str,
    why: &'static str,
}

#[derive(Clone, Debug, Serialize)]
struct SettingsFile {
    path: Option<PathBuf>,
    exists: bool,
    /// Every mistake with its line.
    problems: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
struct StateFolder {
    path: Option<PathBuf>,
    /// Why it cannot be written to; `None` if it can.
    problem: Option<String>,
}

pub(super) fn prepare(
    doctor: &Doctor,
    directories: &Directories,
    environment: &Environment,
) -> Checkup {
    let usual = directories.config_file();
    let (file, path) = match (&doctor.config, &usual) {
        (Some(path), _) => (File::Named(path), Some(path)),
        (None, Some(path)) => (File::Usual(path), Some(path)),
        (None, None) => (File::None, None),
    };
    let (config, problems) = match Config::load(file, environment, doctor.flags) {
        Ok(config) => (config, Vec::new()),
        Err(error) => {
            let problems = error.problems.iter().map(ToString::to_string).collect();
            let defaults = Config::default().under(environment, doctor.flags);
            (defaults, problems)
        }
    };
    let store = Store::new(directories, doctor.private);
    Checkup {
        asks_bidi: doctor.asks_bidi,
        surroundings: Surroundings {
            version: env!("CARGO_PKG_VERSION"),
            locale: environment.locale.clone(),
            ascii: config.settings.ascii,
            colours: Colours {
                depth: match config.depth {
                    ColorDepth::None => "none",
                    ColorDepth::Eight => "8",
                    ColorDepth::Sixteen => "16",
                    ColorDepth::TrueColor => "24 bits",
                },
                why: why_colours(environment, doctor),
            },
            settings: SettingsFile {
                exists: path.is_some_and(|path| path.exists()),
                path: path.cloned(),
                problems,
            },
            state: StateFolder {
                path: directories.state.clone(),
                problem: store.check().err().map(|error| error.to_string()),
            },
        },
        config,
        store,
        json: doctor.json,
    }
}

fn why_colours(environment: &Environment, doctor: &Doctor) -> &'static str {
    if doctor.flags.color.is_some() {
        "--color says so"
    } else if environment.no_color {
        "NO_COLOR is set"
    } else if environment.force_color {
        "CLICOLOR_FORCE is set"
    } else if environment.colorterm.is_empty() {
        "by TERM and the settings"
    } else {
        "by COLORTERM and the settings"
    }
}

impl Checkup {
    /// Prints everything with the findings about the terminal: for people, or as one JSON object
    /// with the findings as its `terminal`.
    ///
    /// # Errors
    /// When standard output cannot be written to.
    pub fn print(
        &self,
        terminal: &(impl Serialize + Display),
        streams: &mut Streams<'_>,
    ) -> io::Result<()> {
        if self.json {
            let whole = Whole {
                surroundings: &self.surroundings,
                terminal,
            };
            json::write_line(streams.out, &whole)?;
        } else {
            let surroundings = &self.surroundings;
            say(streams.out, &format!("{surroundings}\n{terminal}"))?;
        }
        streams.out.flush()
    }
}

#[derive(Serialize)]
struct Whole<'a, T> {
    #[serde(flatten)]
    surroundings: &'a Surroundings,
    terminal: &'a T,
}

impl Display for Surroundings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = |path: &Option<PathBuf>| {
            path.as_ref().map_or_else(
                || "none: neither its XDG variable nor HOME names a folder".to_owned(),
                |path| path.display().to_string(),
            )
        };
        let settings = match (self.settings.exists, self.settings.problems.as_slice()) {
            (_, [_, ..]) => "has mistakes, so the explorer does not start",
            (true, []) => "no mistakes",
            (false, []) => "no file, the defaults hold",
        };
        let locale = match (self.locale.as_str(), self.ascii) {
            ("", _) => "none set, taken for UTF-8".to_owned(),
            (name, true) => format!("{name}, drawn in ASCII"),
            (name, false) => name.to_owned(),
        };
        let colours = format!("{} ({})", self.colours.depth, self.colours.why);
        writeln!(f, "khabar {}", self.version)?;
        line(f, "locale", &locale)?;
        line(f, "colours", &colours)?;
        line(f, "settings", &path(&self.settings.path))?;
        line(f, "", settings)?;
        for problem in &self.settings.problems {
            line(f, "", problem)?;
        }
        line(f, "state", &path(&self.state.path))?;
        let state = self.state.problem.as_deref().unwrap_or("can be written to");
        line(f, "", state)
    }
}

fn line(f: &mut fmt::Formatter<'_>, name: &str, value: &str) -> fmt::Result {
    writeln!(f, "  {name:<22} {value}")
}
