//! What each role on the screen looks like. Roles, not widgets: a mention of a person looks the
//! same wherever it stands. Plain types; the view turns them into the screen library's.

mod color;
mod read;
mod role;
#[cfg(test)]
mod tests;

pub use color::{Color, ColorDepth};
pub use role::Role;

/// How text looks. Everything unset is the terminal's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the terminal's attributes are independent of each other"
)]
pub struct Style {
    /// Colour of the letters.
    pub fg: Option<Color>,
    /// Colour behind them.
    pub bg: Option<Color>,
    /// Bold.
    pub bold: bool,
    /// Underlined.
    pub underline: bool,
    /// Italic; some terminals show it as reverse or not at all.
    pub italic: bool,
    /// Letters and background exchanged.
    pub reverse: bool,
    /// Faint; some terminals do not show it.
    pub dim: bool,
}

impl Style {
    /// The names of its parts, as in a settings file.
    pub const NAMES: &[&str] = &["fg", "bg", "bold", "underline", "italic", "reverse", "dim"];

    /// Whether it would show without colours.
    #[must_use]
    pub fn has_modifier(&self) -> bool {
        self.bold || self.underline || self.italic || self.reverse || self.dim
    }

    /// The same without colours.
    #[must_use]
    pub fn without_colors(self) -> Self {
        Self {
            fg: None,
            bg: None,
            ..self
        }
    }

    fn at_depth(self, depth: ColorDepth) -> Self {
        let fg = self.fg.and_then(|color| color.at_depth(depth));
        // what was grey is told from the rest by being faint
        let faded = self.fg != fg && self.fg == Some(Color::Ansi(8)) && depth == ColorDepth::Eight;
        Self {
            fg,
            bg: self.bg.and_then(|color| color.at_depth(depth)),
            dim: self.dim || faded,
            ..self
        }
    }
}

/// A style for each role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    styles: [Style; Role::ALL.len()],
}

impl Default for Theme {
    fn default() -> Self {
        let mut styles = [Style::default(); Role::ALL.len()];
        for (style, role) in styles.iter_mut().zip(Role::ALL) {
            *style = role.colored();
        }
        Self { styles }
    }
}

impl Theme {
    /// The theme without any colour, in which no two kinds of mentions or dates look alike.
    #[must_use]
    pub fn plain() -> Self {
        Self::default().at_depth(ColorDepth::None)
    }

    /// What a role looks like.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }

    /// Sets what a role looks like.
    pub fn set(&mut self, role: Role, style: Style) {
        if let Some(place) = self.styles.get_mut(role as usize) {
            *place = style;
        }
    }

    /// The theme as a terminal of so many colours can show it. Where colours go, a role that
    /// they alone told apart gets its plain style instead.
    #[must_use]
    pub fn at_depth(&self, depth: ColorDepth) -> Self {
        let mut theme = self.clone();
        for role in Role::ALL {
            let style = self.style(*role);
            let told_by_color = style.fg.is_some() || style.bg.is_some();
            let shown = if depth == ColorDepth::None && told_by_color {
                // a user's own modifiers stay where they say something
                let bare = style.without_colors();
                if bare.has_modifier() && style != role.colored() {
                    bare
                } else {
                    role.plain()
                }
            } else {
                style.at_depth(depth)
            };
            theme.set(*role, shown);
        }
        theme
    }
}
