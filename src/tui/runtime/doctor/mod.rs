//! `khabar doctor`: what is known of the terminal and why, measured where it can be.

mod findings;
mod question;
mod widths;

#[cfg(test)]
mod tests;

use std::io;
use std::sync::mpsc::{Receiver, channel};

pub use findings::{Answered, Clipboard, Findings, Known};
pub use widths::Measured;

use crate::config::{Bidi, Config};
use crate::store::Store;
use crate::tui::runtime::choice;
use crate::tui::runtime::environment::Environment;
use crate::tui::runtime::event_loop::screen_options;
use crate::tui::runtime::input::Input;
use crate::tui::runtime::terminal::Screen;

/// Examines the terminal, which is taken for some tenths of a second and given back. Where there
/// is none, the findings hold what the environment says, and why no more.
#[must_use]
pub fn examine(config: &Config, store: &Store) -> Findings {
    let environment = Environment::of_process();
    let setting = config.settings.bidi;
    let kept = choice::kept(store);
    let mut findings = Findings::of_environment(&environment, setting, kept);
    match open(config, setting, kept) {
        Ok((mut screen, inputs)) => {
            if let Err(error) = ask(&mut findings, &mut screen, &inputs) {
                findings.not_asked = Some(error.to_string());
            }
        }
        // what follows the reason tells what the explorer's user can do instead
        Err(error) => {
            let reason = error.to_string();
            findings.not_asked = reason.split(';').next().map(str::to_owned);
        }
    }
    findings
}

/// Shows a line in every way of writing Arabic and keeps the way that the user says reads right;
/// gives what to tell them, `None` if they left without an answer.
///
/// # Errors
/// Where there is no terminal to ask on, or the answer cannot be kept.
pub fn ask_bidi(config: &Config, store: &Store) -> anyhow::Result<Option<String>> {
    let setting = config.settings.bidi;
    let (mut screen, inputs) = open(config, setting, choice::kept(store))?;
    screen.identify()?;
    let answer = question::ask(&mut screen, &inputs, config)?;
    drop(screen);
    let Some(bidi) = answer else { return Ok(None) };
    let mut said = choice::keep(store, bidi)?;
    if setting != Bidi::Auto {
        said.push_str("; the setting “bidi = ");
        said.push_str(setting.name());
        said.push_str("” goes over that");
    }
    Ok(Some(said))
}

fn open(
    config: &Config,
    setting: Bidi,
    kept: Option<Bidi>,
) -> io::Result<(Screen, Receiver<Input>)> {
    let mut options = screen_options(config);
    options.mouse = false;
    if setting == Bidi::Auto {
        options.dialect = kept.and_then(choice::dialect);
    }
    let mut screen = Screen::open(&options)?;
    let (sender, inputs) = channel();
    // whoever does not listen any more has ended
    screen.listen(move |inputs| {
        for input in inputs {
            // a closed inbox belongs to a program that is about to end
            let _ = sender.send(input);
        }
    })?;
    Ok((screen, inputs))
}

fn ask(findings: &mut Findings, screen: &mut Screen, inputs: &Receiver<Input>) -> io::Result<()> {
    let answers = screen.identify()?;
    findings.found_by_asking(&answers, &screen.found(), screen.profile());
    let size = screen.size();
    findings.size = Some((size.width, size.height));
    findings.widths = widths::measure(screen, inputs)?;
    Ok(())
}
