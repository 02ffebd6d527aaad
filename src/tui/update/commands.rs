//! A command → the pane or the state that it concerns.

use crate::command::Command;
use crate::query::{DayField, Sort, Zoom};
use crate::tui::effect::{Effect, Program};
use crate::tui::geometry::{Arrangement, Pane};
use crate::tui::model::filter::Scope;
use crate::tui::model::overlay::Overlay;
use crate::tui::model::{Model, Notice};
use crate::tui::update::motion::Motion;
use crate::tui::update::{
    articles, bidi, copies, copy, corrections, days, filter, hits, kwic, motion, names, out,
    overlay, reader, sentences, triage, views,
};

/// Runs a command; `count` is what was typed before it.
pub(super) fn run(model: &mut Model, command: Command, count: Option<usize>) -> Vec<Effect> {
    if !matches!(command, Command::Copy | Command::CopyCited) {
        model.reader.copied = None;
    }
    if let Some(effects) = triage::run(model, command) {
        return effects;
    }
    let times = isize::try_from(count.unwrap_or(1)).unwrap_or(isize::MAX);
    match command {
        Command::Down => motion::go(model, Motion::Rows(times)),
        Command::Up => motion::go(model, Motion::Rows(-times)),
        Command::HalfPageDown => motion::go(model, Motion::HalfPages(times)),
        Command::HalfPageUp => motion::go(model, Motion::HalfPages(-times)),
        Command::PageDown => motion::go(model, Motion::Pages(times)),
        Command::PageUp => motion::go(model, Motion::Pages(-times)),
        Command::First => motion::go(model, Motion::To(count.unwrap_or(1).saturating_sub(1))),
        Command::Last => motion::go(model, Motion::To(count.map_or(usize::MAX, |n| n - 1))),
        Command::Left => sideways(model, -1),
        Command::Right => sideways(model, 1),
        Command::FocusNext => focus(model, neighbour(model.focus, 1)),
        Command::FocusPrevious => focus(model, neighbour(model.focus, 3)),
        Command::FocusArticles => focus(model, Pane::Articles),
        Command::FocusText => focus(model, Pane::Text),
        Command::FocusEntities => focus(model, Pane::Entities),
        Command::FocusTimeline => focus(model, Pane::Timeline),
        Command::Open => open(model),
        Command::Zoom => {
            model.zoomed = !model.zoomed;
            Vec::new()
        }
        Command::Back => back(model),
        Command::Filter => filter::start(model, Scope::Names),
        Command::FilterText => filter::start(model, Scope::Text),
        Command::NextHit => hits::walk(model, true),
        Command::PreviousHit => hits::walk(model, false),
        Command::NextMention => hits::walk_mentions(model, true),
        Command::PreviousMention => hits::walk_mentions(model, false),
        Command::Kwic => kwic::toggle(model),
        Command::Lenience => filter::toggle_lenience(model),
        Command::SaveView => views::ask(model),
        Command::Include => filter::take_value(model, false),
        Command::Exclude => filter::take_value(model, true),
        Command::ClearFilters => filter::clear_or_restore(model),
        Command::Sort => sort(model),
        Command::Reverse => turn_round(model),
        Command::TimelineBasis => timeline_basis(model),
        Command::ZoomIn => days::zoom(model, -1),
        Command::ZoomOut => days::zoom(model, 1),
        Command::Inferred => days::toggle_inferred(model),
        Command::Sentences => sentences::open(model),
        Command::SelectRange if model.focus == Pane::Text => {
            reader::toggle_selection(model);
            Vec::new()
        }
        Command::SelectRange => days::toggle_range(model),
        Command::NextDay => days::step(model, times),
        Command::PreviousDay => days::step(model, -times),
        Command::Card => overlay::open_card(model),
        Command::Why => overlay::open_why(model),
        Command::Copy => copy::copy(model, false),
        Command::CopyCited => copy::copy(model, true),
        Command::Fold => articles::toggle_fold(model),
        Command::FoldAll => articles::toggle_folding(model),
        Command::Copies => copies::open(model),
        Command::Export => out::ask_for_file(model),
        Command::Edit => out::hand_over(model, Program::Editor),
        Command::Page => out::hand_over(model, Program::Pager),
        Command::Pipe => out::ask_for_command(model),
        Command::Marks => bidi::toggle_marks(model),
        Command::Bidi => bidi::open(model),
        Command::Unreadable => show(model, Overlay::Unreadable { top: 0 }),
        Command::Help => show(model, Overlay::help()),
        Command::Palette => show(model, Overlay::palette()),
        Command::Mouse => mouse(model),
        Command::Redraw => vec![Effect::Redraw],
        Command::Suspend => vec![Effect::Suspend],
        Command::Quit => vec![Effect::Quit],
        correction => corrections::run(model, correction),
    }
}

fn mouse(model: &mut Model) -> Vec<Effect> {
    model.mouse = !model.mouse;
    let state = if model.mouse {
        "on: wheel, click, drag over text to copy it"
    } else {
        "off"
    };
    model.notice = Some(Notice::Done(format!("mouse {state}")));
    vec![Effect::Mouse(model.mouse)]
}

fn show(model: &mut Model, overlay: Overlay) -> Vec<Effect> {
    model.overlay = Some(overlay);
    Vec::new()
}

fn neighbour(pane: Pane, steps: usize) -> Pane {
    Pane::ALL[(pane.index() + steps) % Pane::ALL.len()]
}

/// Gives the keys to a pane. Asking for the text opens the selected article at once.
pub(super) fn focus(model: &mut Model, pane: Pane) -> Vec<Effect> {
    model.focus = pane;
    if pane == Pane::Text && model.kwic.open {
        return kwic::open(model);
    } else if pane == Pane::Text {
        articles::open_selected(model);
    } else {
        model.timeline.back = None;
    }
    Vec::new()
}

fn sideways(model: &mut Model, by: isize) -> Vec<Effect> {
    match model.focus {
        Pane::Articles if by > 0 => focus(model, Pane::Text),
        Pane::Articles => Vec::new(),
        Pane::Text => reader::step_mark(model, by),
        Pane::Entities => hits::walk_mentions(model, by > 0),
        Pane::Timeline => days::zoom(model, by),
    }
}

fn open(model: &mut Model) -> Vec<Effect> {
    match model.focus {
        Pane::Articles => focus(model, Pane::Text),
        Pane::Text => overlay::open_mark(model),
        Pane::Entities => names::filter_by_selected(model, false),
        Pane::Timeline => days::filter_by_selected(model, false),
    }
}

/// One level back; never further than an unfiltered list.
fn back(model: &mut Model) -> Vec<Effect> {
    let home = model.focus == Pane::Articles;
    if model.pending.count.take().is_some() || model.timeline.anchor.take().is_some() {
        return Vec::new();
    }
    if sentences::go_back(model) || triage::unselect(model) {
        return Vec::new();
    }
    if model.focus == Pane::Text
        && (model.reader.selection.take().is_some() | model.reader.range.take().is_some())
    {
        return Vec::new();
    }
    if model.focus == Pane::Text && model.reader.mark.take().is_some() {
        return Vec::new();
    }
    if model.focus == Pane::Text && model.kwic.open {
        model.focus = Pane::Articles;
        return Vec::new();
    }
    let covering = model.geometry().arrangement != Arrangement::Wide && !home;
    if model.zoomed {
        model.zoomed = false;
    } else if home && model.kwic.open {
        return kwic::toggle(model);
    } else if covering || !filter::peel(model) {
        model.focus = Pane::Articles;
    }
    Vec::new()
}

fn turn_round(model: &mut Model) -> Vec<Effect> {
    model.articles.reverse = !model.articles.reverse;
    Vec::new()
}

fn sort(model: &mut Model) -> Vec<Effect> {
    model.articles.sort = match model.articles.sort {
        Sort::Day => Sort::Title,
        Sort::Title => Sort::Relevance,
        Sort::Relevance => Sort::Length,
        Sort::Length => Sort::Path,
        Sort::Path => Sort::Day,
    };
    model.articles.reverse = false;
    let name = articles::sort_name(model.articles.sort, false);
    model.notice = Some(Notice::Done(format!("sorted by {name}")));
    Vec::new()
}

fn timeline_basis(model: &mut Model) -> Vec<Effect> {
    model.timeline.by = match model.timeline.by {
        DayField::Published => DayField::Mentioned,
        DayField::Mentioned => DayField::Published,
    };
    Vec::new()
}

/// The zoom `by` steps longer (positive) or shorter.
pub(super) fn zoom_step(zoom: Zoom, by: isize) -> Zoom {
    const STEPS: [Zoom; 4] = [Zoom::Day, Zoom::Week, Zoom::Month, Zoom::Year];
    let at = STEPS.iter().position(|step| *step == zoom).unwrap_or(0);
    STEPS[at.saturating_add_signed(by).min(STEPS.len() - 1)]
}
