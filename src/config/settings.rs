//! The settings: what each means, its default, and how it is read from a file.

use std::ops::RangeInclusive;

use toml::de::{DeTable, DeValue};

use crate::config::document::{Reader, Value, entries};

/// Declares a setting's choices: variant, name in files and flags, meaning.
macro_rules! choices {
    ($(#[$about:meta])* $kind:ident { $(#[$first:meta])* $variant:ident $name:literal $help:literal;
        $($more:ident $more_name:literal $more_help:literal;)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub enum $kind {
            #[doc = $help] #[default] $variant,
            $(#[doc = $more_help] $more,)*
        }

        impl $kind {
            /// Every choice; the first is the default.
            pub const ALL: &[Self] = &[Self::$variant, $(Self::$more,)*];

            /// Every choice's name, in the same order.
            pub const NAMES: &[&str] = &[$name, $($more_name,)*];

            /// The name in files and flags.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { Self::$variant => $name, $(Self::$more => $more_name,)* }
            }

            /// The choice of a name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|choice| choice.name() == name)
            }
        }
    };
}

choices! {
    /// When colours are used.
    ColorWhen {
        Auto "auto" "Unless the environment speaks against it";
        Always "always" "Always";
        Never "never" "Never: bold, underline and reverse remain";
    }
}

choices! {
    /// How right-to-left text is handed to the terminal.
    Bidi {
        Auto "auto" "Ask the terminal and its name";
        Plain "plain" "Visual order; for terminals without bidi of their own";
        Explicit "explicit" "Visual order after switching the terminal's bidi off (VTE, mintty)";
        Mlterm "mlterm" "Visual order after mlterm's own switch";
        Lro "lro" "Visual order under a left-to-right override (tmux, iTerm2)";
        Rlo "rlo" "Reversed under a right-to-left override (Konsole)";
        Kitty "kitty" "Visual order with each letter a run of its own (kitty)";
        Logical "logical" "Logical order: the terminal does all";
    }
}

choices! {
    /// Whether combining marks (tashkeel) are drawn.
    Marks {
        Auto "auto" "Unless the terminal is known to draw them badly";
        Show "show" "Always";
        Hide "hide" "Never; copies and exports keep them";
    }
}

choices! {
    /// Order of the articles at start.
    Sort {
        Day "day" "Newest first, undated last";
        Title "title" "By title";
        Relevance "relevance" "Best match first";
        Length "length" "Longest first";
        Path "path" "By path, numbers in it by value";
    }
}

choices! {
    /// Which days the timeline shows at start.
    TimelineBy {
        Published "published" "The articles' own days";
        Mentioned "mentioned" "The days that they mention";
    }
}

choices! {
    /// Which links between names hold at start.
    Links {
        All "all" "All that are sure enough";
        Stated "stated" "What articles state themselves: none inferred across scripts";
        Off "off" "Those of the knowledge base and your own";
    }
}

choices! {
    /// Whose letters win where the Arabic and the Persian keyboard put one on different keys.
    Keyboard {
        Auto "auto" "By the locale: Persian for fa, else Arabic";
        Arabic "arabic" "Arabic (101)";
        Persian "persian" "Persian";
    }
}

/// Settings that are neither keys nor colours.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "switches of the user's, independent of each other"
)]
pub struct Settings {
    /// Whether the mouse works at start.
    pub mouse: bool,
    /// Whether borders, bars and marks are drawn in ASCII.
    pub ascii: bool,
    /// When colours are used.
    pub color: ColorWhen,
    /// How right-to-left text is handed to the terminal.
    pub bidi: Bidi,
    /// Whether Arabic letters are joined by khabar (presentation forms).
    pub shape: bool,
    /// Whether combining marks are drawn.
    pub marks: Marks,
    /// Order of the articles at start.
    pub sort: Sort,
    /// Which days the timeline shows at start.
    pub timeline_by: TimelineBy,
    /// Which links between names hold at start.
    pub links: Links,
    /// Whether near-duplicates are folded into one row at start.
    pub fold: bool,
    /// Whether inferred days count at start.
    pub inferred: bool,
    /// Milliseconds for which the keys must rest before the other panes follow.
    pub follow_delay_ms: u16,
    /// Whose letters win where Arabic and Persian keyboards differ.
    pub keyboard: Keyboard,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            mouse: false,
            ascii: false,
            color: ColorWhen::Auto,
            bidi: Bidi::Auto,
            shape: true,
            marks: Marks::Auto,
            sort: Sort::Day,
            timeline_by: TimelineBy::Published,
            links: Links::All,
            fold: true,
            inferred: true,
            follow_delay_ms: 40,
            keyboard: Keyboard::Auto,
        }
    }
}

impl Settings {
    /// The names of all settings, as in `[settings]`.
    pub const NAMES: &[&str] = &[
        "mouse",
        "ascii",
        "color",
        "bidi",
        "shape",
        "marks",
        "sort",
        "timeline_by",
        "links",
        "fold",
        "inferred",
        "follow_delay_ms",
        "keyboard",
    ];

    /// What `follow_delay_ms` may be: beyond a second the panes would seem stuck.
    pub const FOLLOW_DELAY_MS: RangeInclusive<u16> = 0..=1000;

    /// Lays a file's `[settings]` over these.
    pub(super) fn read(&mut self, reader: &mut Reader<'_>, table: &DeTable<'_>) {
        for (name, value) in entries(table) {
            match name.get_ref().as_ref() {
                "mouse" => set(&mut self.mouse, reader.boolean("mouse", value)),
                "ascii" => set(&mut self.ascii, reader.boolean("ascii", value)),
                "inferred" => set(&mut self.inferred, reader.boolean("inferred", value)),
                "shape" => set(&mut self.shape, reader.boolean("shape", value)),
                "fold" => set(&mut self.fold, reader.boolean("fold", value)),
                "color" => set(
                    &mut self.color,
                    choice(
                        reader,
                        "color",
                        value,
                        ColorWhen::NAMES,
                        ColorWhen::from_name,
                    ),
                ),
                "bidi" => set(
                    &mut self.bidi,
                    choice(reader, "bidi", value, Bidi::NAMES, Bidi::from_name),
                ),
                "marks" => set(
                    &mut self.marks,
                    choice(reader, "marks", value, Marks::NAMES, Marks::from_name),
                ),
                "sort" => set(
                    &mut self.sort,
                    choice(reader, "sort", value, Sort::NAMES, Sort::from_name),
                ),
                "timeline_by" => set(
                    &mut self.timeline_by,
                    choice(
                        reader,
                        "timeline_by",
                        value,
                        TimelineBy::NAMES,
                        TimelineBy::from_name,
                    ),
                ),
                "links" => set(
                    &mut self.links,
                    choice(reader, "links", value, Links::NAMES, Links::from_name),
                ),
                "keyboard" => set(
                    &mut self.keyboard,
                    choice(
                        reader,
                        "keyboard",
                        value,
                        Keyboard::NAMES,
                        Keyboard::from_name,
                    ),
                ),
                "follow_delay_ms" => set(
                    &mut self.follow_delay_ms,
                    reader.number("follow_delay_ms", value, &Self::FOLLOW_DELAY_MS),
                ),
                unknown => {
                    reader.unknown(
                        "setting",
                        unknown,
                        &name.span(),
                        Self::NAMES.iter().copied(),
                    );
                }
            }
        }
    }
}

fn set<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}

fn choice<T>(
    reader: &mut Reader<'_>,
    setting: &str,
    value: &Value<'_>,
    names: &[&str],
    from_name: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let DeValue::String(name) = value.get_ref() else {
        reader.wrong_type(setting, value, &format!("one of {}", names.join(", ")));
        return None;
    };
    let chosen = from_name(name);
    if chosen.is_none() {
        reader.unknown(
            &format!("value of {setting}"),
            name,
            &value.span(),
            names.iter().copied(),
        );
    }
    chosen
}
