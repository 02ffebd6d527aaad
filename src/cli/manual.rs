//! Shell completions and the manual page, made from the declared arguments.

use clap::CommandFactory as _;
use clap_complete::shells;

use crate::cli::args::{Args, Shell};

/// The completion script of a shell.
pub(super) fn completions(shell: Shell) -> Vec<u8> {
    let mut command = Args::command();
    let mut script = Vec::new();
    match shell {
        Shell::Bash => clap_complete::generate(shells::Bash, &mut command, "khabar", &mut script),
        Shell::Zsh => clap_complete::generate(shells::Zsh, &mut command, "khabar", &mut script),
        Shell::Fish => clap_complete::generate(shells::Fish, &mut command, "khabar", &mut script),
    }
    script
}

/// What the manual tells beyond commands and options.
const MORE: &str = include_str!("manual.roff");

/// The command whose options all commands that read a corpus share.
const PLAINEST: &str = "show";

/// The manual page in roff: one page for the program and all its commands.
///
/// Not `clap_mangen`'s, which gives each command a page of its own and each value of an option
/// a paragraph.
pub(super) fn page() -> String {
    let mut command = Args::command();
    command.build();
    let command = command.mut_arg("help", |help| help.help("Print help"));
    let about = |command: &clap::Command| {
        let long = command.get_long_about().or_else(|| command.get_about());
        long.map_or_else(String::new, ToString::to_string)
    };
    let version = command.get_version().unwrap_or_default();
    let summary = command
        .get_about()
        .map_or_else(String::new, ToString::to_string);
    let shared: Vec<&clap::Arg> = command
        .find_subcommand(PLAINEST)
        .map_or_else(Vec::new, |plainest| plainest.get_arguments().collect());

    let mut page = format!(
        ".TH KHABAR 1 \"\" \"khabar {}\" \"User Commands\"\n\
         .SH NAME\nkhabar \\- {}\n\
         .SH SYNOPSIS\n\
         .B khabar\n[\\fIOPTIONS\\fR] [\\fIPATH\\fR...]\n.br\n\
         .B khabar\n\\fICOMMAND\\fR [\\fIOPTIONS\\fR] [\\fIPATH\\fR...]\n\
         .SH DESCRIPTION\n{}\n.SH OPTIONS\n",
        escaped(version),
        escaped(&summary),
        escaped(&about(&command)),
    );
    page.extend(command.get_arguments().map(paragraph));
    page.push_str(".SH COMMANDS\n");
    for subcommand in command.get_subcommands() {
        let (name, about) = (escaped(subcommand.get_name()), escaped(&about(subcommand)));
        page.extend([".SS \"khabar ", &name, "\"\n", &about, ".\n"]);
        let own = subcommand.get_arguments().filter(|argument| {
            !shared
                .iter()
                .any(|other| other.get_id() == argument.get_id())
        });
        page.extend(own.map(paragraph));
    }
    page.push_str(".SS \"Options of all commands that read documents\"\n");
    let inherited = ["help", "private"];
    page.extend(
        shared
            .into_iter()
            .filter(|argument| !inherited.contains(&argument.get_id().as_str()))
            .map(paragraph),
    );
    page.push_str(MORE);
    page
}

/// The paragraph of an argument or option.
fn paragraph(argument: &clap::Arg) -> String {
    let help = argument
        .get_help()
        .map_or_else(String::new, ToString::to_string);
    let mut text = format!(".TP\n{}\n{}.\n", names(argument), escaped(&help));
    let values: Vec<String> = argument
        .get_possible_values()
        .iter()
        .map(|value| escaped(value.get_name()))
        .collect();
    if argument.get_action().takes_values() && !values.is_empty() {
        text.extend(["One of ", &values.join(", "), ".\n"]);
    }
    text
}

/// The names of an option, or of an argument, with its value.
fn names(argument: &clap::Arg) -> String {
    let mut names: Vec<String> = Vec::new();
    names.extend(
        argument
            .get_short()
            .map(|short| format!("\\fB\\-{short}\\fR")),
    );
    names.extend(
        argument
            .get_long()
            .map(|long| format!("\\fB\\-\\-{}\\fR", escaped(long))),
    );
    let mut text = names.join(", ");
    if argument.get_action().takes_values() {
        let value = argument
            .get_value_names()
            .and_then(<[_]>::first)
            .map_or_else(String::new, ToString::to_string);
        let space = if text.is_empty() { "" } else { " " };
        text = format!("{text}{space}\\fI{}\\fR", escaped(&value));
    }
    text
}

/// Text in which roff finds no requests.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    text.lines()
        .map(|line| match line.chars().next() {
            Some('.' | '\'') => format!("\\&{line}"),
            _ => line.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("\n")
}
