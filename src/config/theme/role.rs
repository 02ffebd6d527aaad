//! The roles that a theme can style, with their looks in colour and without.

use crate::config::theme::{Color, Style};

const NONE: Style = Style {
    fg: None,
    bg: None,
    bold: false,
    underline: false,
    italic: false,
    reverse: false,
    dim: false,
};

const fn fg(ansi: u8) -> Style {
    Style {
        fg: Some(Color::Ansi(ansi)),
        ..NONE
    }
}

const BOLD: Style = Style { bold: true, ..NONE };
const UNDERLINE: Style = Style {
    underline: true,
    ..NONE
};
const ITALIC: Style = Style {
    italic: true,
    ..NONE
};
const REVERSE: Style = Style {
    reverse: true,
    ..NONE
};
const DIM: Style = Style { dim: true, ..NONE };

/// Both of two styles; the first one's colours win.
const fn with(first: Style, second: Style) -> Style {
    Style {
        fg: if first.fg.is_some() {
            first.fg
        } else {
            second.fg
        },
        bg: if first.bg.is_some() {
            first.bg
        } else {
            second.bg
        },
        bold: first.bold || second.bold,
        underline: first.underline || second.underline,
        italic: first.italic || second.italic,
        reverse: first.reverse || second.reverse,
        dim: first.dim || second.dim,
    }
}

/// Declares roles: variant, name in files, what it is; style with and without colours; marks
/// that stand beside it, in Unicode and in ASCII.
macro_rules! roles {
    ($($variant:ident $name:literal $help:literal
        [$colored:expr; $plain:expr; $mark:literal $ascii:literal];)*) => {
        /// What something on the screen is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Role {
            $(#[doc = $help] $variant,)*
        }

        impl Role {
            /// Every role.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name in settings files.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What it is, in a few words.
            #[must_use]
            pub fn help(self) -> &'static str {
                match self { $(Self::$variant => $help,)* }
            }

            /// The default look with colours.
            pub(super) const fn colored(self) -> Style {
                match self { $(Self::$variant => $colored,)* }
            }

            /// The default look without colours.
            pub(super) const fn plain(self) -> Style {
                match self { $(Self::$variant => $plain,)* }
            }

            /// The mark that tells the role without any style, "" for a role that has none.
            #[must_use]
            pub fn mark(self, ascii: bool) -> &'static str {
                match (self, ascii) {
                    $((Self::$variant, false) => $mark, (Self::$variant, true) => $ascii,)*
                }
            }
        }
    };
}

// Without colours the eleven kinds of mentions and dates share four modifiers: each has its own
// set of them, and none is bold and dim at once, which terminals do not show alike.
roles! {
    MentionPerson "mention.person" "A person's name"
        [fg(6); UNDERLINE; "" ""];
    MentionGroup "mention.group" "An armed group's or force's name"
        [fg(1); with(BOLD, UNDERLINE); "" ""];
    MentionOrganisation "mention.organisation" "An organisation's name"
        [fg(5); with(UNDERLINE, ITALIC); "" ""];
    MentionMedia "mention.media" "An outlet's or agency's name"
        [with(fg(5), ITALIC); ITALIC; "" ""];
    MentionPlace "mention.place" "A place's name"
        [fg(2); with(BOLD, ITALIC); "" ""];
    MentionCountry "mention.country" "A country's name"
        [with(fg(2), BOLD); BOLD; "" ""];
    MentionEvent "mention.event" "An event's name"
        [fg(3); with(BOLD, with(UNDERLINE, ITALIC)); "" ""];
    DateStated "date.stated" "A day that the text says in full"
        [with(fg(12), UNDERLINE); with(DIM, with(UNDERLINE, ITALIC)); "" ""];
    DateResolved "date.resolved" "A day worked out from the article's stated day"
        [fg(12); with(DIM, UNDERLINE); "=" "="];
    DateInferred "date.inferred" "A day worked out from an inferred day"
        [with(fg(12), ITALIC); with(DIM, ITALIC); "≈" "~"];
    DateCandidate "date.candidate" "One of several days that remain possible"
        [DIM; DIM; "?" "?"];
    Hit "hit" "What the filter's words found"
        [REVERSE; REVERSE; "" ""];
    CurrentHit "current-hit" "The hit on which n and N stand"
        [with(REVERSE, BOLD); with(REVERSE, with(BOLD, UNDERLINE)); "" ""];
    Selected "selected" "The selected row"
        [BOLD; BOLD; "▌" ">"];
    TitleFocused "title.focused" "Title of the pane that has the keys"
        [with(BOLD, REVERSE); with(BOLD, REVERSE); "" ""];
    TitleOther "title.other" "Title of any other pane"
        [NONE; NONE; "─" "-"];
    Chip "chip" "A filter"
        [BOLD; BOLD; "" ""];
    ExcludedChip "excluded-chip" "A filter that excludes"
        [with(fg(1), BOLD); BOLD; "-" "-"];
    Key "key" "A key's name in footer and help"
        [BOLD; BOLD; "" ""];
    Bar "bar" "A bar of the timeline"
        [fg(12); NONE; "█" "#"];
    Rule "rule" "The rules between panes"
        [DIM; DIM; "│" "|"];
    Dim "dim" "What matters less: counts, paths, gaps"
        [DIM; DIM; "" ""];
    Notice "notice" "What was done, and how to undo it"
        [NONE; NONE; "·" "-"];
    Error "error" "What went wrong"
        [with(fg(1), BOLD); with(BOLD, REVERSE); "!" "!"];
}

impl Role {
    /// The role of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.name() == name)
    }
}
