//! Roles of the theme → looks of ratatui.

use ratatui::style::{Color, Modifier, Style};

use crate::config::theme::{self, Role, Theme};
use crate::corpus::EntityKind;

/// The look of every role, ready to use.
pub(super) struct Styles {
    looks: Vec<Style>,
}

impl Styles {
    /// The looks of a theme.
    pub(super) fn new(theme: &Theme) -> Self {
        Self {
            looks: Role::ALL
                .iter()
                .map(|role| look(theme.style(*role)))
                .collect(),
        }
    }

    /// The look of a role.
    pub(super) fn get(&self, role: Role) -> Style {
        self.looks.get(role as usize).copied().unwrap_or_default()
    }
}

/// The role that marks names of a kind.
pub(super) fn of_kind(kind: EntityKind) -> Role {
    match kind {
        EntityKind::Person => Role::MentionPerson,
        EntityKind::Group => Role::MentionGroup,
        EntityKind::Organisation => Role::MentionOrganisation,
        EntityKind::Media => Role::MentionMedia,
        EntityKind::Place => Role::MentionPlace,
        EntityKind::Country => Role::MentionCountry,
        EntityKind::Event => Role::MentionEvent,
    }
}

fn look(style: theme::Style) -> Style {
    let mut look = Style::new();
    look.fg = style.fg.map(color);
    look.bg = style.bg.map(color);
    for (held, modifier) in [
        (style.bold, Modifier::BOLD),
        (style.underline, Modifier::UNDERLINED),
        (style.italic, Modifier::ITALIC),
        (style.reverse, Modifier::REVERSED),
        (style.dim, Modifier::DIM),
    ] {
        if held {
            look = look.add_modifier(modifier);
        }
    }
    look
}

fn color(color: theme::Color) -> Color {
    // the sixteen by name: as indices they would cost more bytes in every frame
    const ANSI: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    match color {
        theme::Color::Default => Color::Reset,
        theme::Color::Ansi(index) => ANSI
            .get(usize::from(index))
            .copied()
            .unwrap_or(Color::Reset),
        theme::Color::Rgb(r, g, b) => Color::Rgb(r, g, b),
    }
}
