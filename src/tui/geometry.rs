//! Terminal size + focused pane → rectangles, in cells. Read by `update` (page sizes, mouse) and
//! by `view` alike, so that neither has to ask the other.
//!
//! ```text
//!  ≥ 100 columns                        60…99 columns            smaller: one pane
//! ┌ status ───────────────────────┐    ┌ status ────────┐       ┌ breadcrumb ┐
//! │ articles │ text    │ entities │    │ articles       │       │ focused    │
//! │          │         │          │    ├ text, or the   │       │ pane       │
//! ├ timeline ─────────────────────┤    │ focused strip  │       └ keys ──────┘
//! └ keys ─────────────────────────┘    │ entities strip │
//!                                      │ timeline strip │
//!                                      └ keys ──────────┘
//! ```

use ratatui::layout::Rect;

/// One of the four panes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pane {
    /// The list of articles.
    #[default]
    Articles,
    /// The full text.
    Text,
    /// Names.
    Entities,
    /// Days.
    Timeline,
}

impl Pane {
    /// All panes in the order of their numbers.
    pub const ALL: [Self; 4] = [Self::Articles, Self::Text, Self::Entities, Self::Timeline];

    /// The word in its title line.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Articles => "Articles",
            Self::Text => "Text",
            Self::Entities => "Entities",
            Self::Timeline => "Timeline",
        }
    }

    /// Place in [`ALL`](Self::ALL).
    #[must_use]
    pub fn index(self) -> usize {
        match self {
            Self::Articles => 0,
            Self::Text => 1,
            Self::Entities => 2,
            Self::Timeline => 3,
        }
    }
}

/// How the screen is cut up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrangement {
    /// Three columns over the timeline.
    Wide,
    /// Articles over one other pane, the rest as strips.
    Medium,
    /// One pane with a breadcrumb.
    Single,
    /// Too small for anything but a sentence.
    TooSmall,
}

/// Rectangles of one frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Geometry {
    /// The whole screen.
    pub screen: Rect,
    /// How it is cut up.
    pub arrangement: Arrangement,
    /// The top line.
    pub status: Rect,
    /// The title line of each pane that has one of its own.
    pub titles: [Option<Rect>; 4],
    /// The rows of each open pane, below its title, in the order of [`Pane::ALL`].
    pub panes: [Option<Rect>; 4],
    /// One-line stand-ins of closed panes.
    pub strips: [Option<Rect>; 4],
    /// Columns that hold a rule between panes: x, first row, rows.
    pub rules: [Option<Rect>; 2],
    /// The bottom line.
    pub footer: Rect,
    /// Where a card opens: beside the text where there is room, else below it.
    pub card: Rect,
}

/// Columns left of an article's lines: the pane's own first column, and air.
const TEXT_MARGIN: u16 = 2;

/// Narrower or lower than this there is only a sentence.
const SMALLEST: (u16, u16) = (24, 6);

impl Geometry {
    /// The rectangles of a screen of `columns` × `rows` cells.
    #[must_use]
    pub fn new(columns: u16, rows: u16, focus: Pane, zoomed: bool) -> Self {
        let screen = Rect::new(0, 0, columns, rows);
        let mut geometry = Self {
            screen,
            arrangement: Arrangement::TooSmall,
            status: Rect::new(0, 0, columns, rows.min(1)),
            titles: [None; 4],
            panes: [None; 4],
            strips: [None; 4],
            rules: [None; 2],
            footer: Rect::new(0, rows.saturating_sub(1), columns, rows.min(1)),
            card: screen,
        };
        if columns < SMALLEST.0 || rows < SMALLEST.1 {
            return geometry;
        }
        // between status and footer
        let body = Rect::new(0, 1, columns, rows - 2);
        geometry.card = body;
        if columns < 60 || rows < 15 {
            geometry.arrangement = Arrangement::Single;
            geometry.panes[focus.index()] = Some(body);
        } else if zoomed {
            geometry.arrangement = Arrangement::Single;
            geometry.open(focus, body);
            geometry.card = right_part(body, columns / 2);
        } else if columns < 100 {
            geometry.medium(body, focus);
        } else {
            geometry.wide(body);
        }
        geometry
    }

    /// The rows of a pane, if it is open.
    #[must_use]
    pub fn pane(&self, pane: Pane) -> Option<Rect> {
        self.panes[pane.index()]
    }

    /// How many rows a pane shows: 0 when it is closed.
    #[must_use]
    pub fn rows(&self, pane: Pane) -> usize {
        self.pane(pane).map_or(0, |rect| usize::from(rect.height))
    }

    /// Columns that the text of an article may take in the text pane.
    #[must_use]
    pub fn text_width(&self) -> u16 {
        let rect = self.pane(Pane::Text).unwrap_or(self.screen);
        // one column of air on the right; lines longer than that tire
        rect.width.saturating_sub(TEXT_MARGIN + 1).clamp(1, 100)
    }

    /// Where the lines of an article that was laid out for `width` columns are drawn, if the text
    /// pane is open.
    #[must_use]
    pub fn text_lines(&self, width: u16) -> Option<Rect> {
        let rect = self.pane(Pane::Text)?;
        Some(Rect {
            x: rect.x + TEXT_MARGIN,
            width: rect.width.saturating_sub(TEXT_MARGIN + 1).min(width),
            ..rect
        })
    }

    /// The open pane at a cell.
    #[must_use]
    pub fn pane_at(&self, column: u16, row: u16) -> Option<Pane> {
        let inside = |rect: Option<Rect>| {
            rect.is_some_and(|r| r.contains(ratatui::layout::Position::new(column, row)))
        };
        Pane::ALL.into_iter().find(|pane| {
            let i = pane.index();
            inside(self.panes[i]) || inside(self.titles[i]) || inside(self.strips[i])
        })
    }

    fn open(&mut self, pane: Pane, area: Rect) {
        let title = Rect {
            height: area.height.min(1),
            ..area
        };
        let rest = Rect {
            y: area.y + title.height,
            height: area.height - title.height,
            ..area
        };
        self.titles[pane.index()] = Some(title);
        self.panes[pane.index()] = Some(rest);
    }

    fn medium(&mut self, body: Rect, focus: Pane) {
        self.arrangement = Arrangement::Medium;
        let strips = 2;
        let upper = (body.height - strips) * 2 / 5;
        let lower = body.height - strips - upper;
        self.open(
            Pane::Articles,
            Rect {
                height: upper,
                ..body
            },
        );
        let below = Rect {
            y: body.y + upper,
            height: lower,
            ..body
        };
        let opened = if focus == Pane::Articles {
            Pane::Text
        } else {
            focus
        };
        self.open(opened, below);
        // never over the line that it explains
        let above = Rect {
            height: upper,
            ..body
        };
        self.card = if focus == Pane::Articles {
            below
        } else {
            above
        };
        let mut y = below.y + lower;
        for pane in [Pane::Text, Pane::Entities, Pane::Timeline] {
            if pane != opened {
                self.strips[pane.index()] = Some(Rect {
                    y,
                    height: 1,
                    ..body
                });
                y += 1;
            }
        }
    }

    fn wide(&mut self, body: Rect) {
        self.arrangement = Arrangement::Wide;
        let lower = (body.height * 3 / 10).max(5);
        let upper = Rect {
            height: body.height - lower,
            ..body
        };
        let left = (body.width * 3 / 8).min(64);
        let right = (body.width * 2 / 9).clamp(24, 40);
        let middle = body.width - left - right - 2;
        let text_x = left + 1;
        let entities_x = text_x + middle + 1;
        self.open(
            Pane::Articles,
            Rect {
                width: left,
                ..upper
            },
        );
        self.open(
            Pane::Text,
            Rect {
                x: text_x,
                width: middle,
                ..upper
            },
        );
        self.open(
            Pane::Entities,
            Rect {
                x: entities_x,
                width: right,
                ..upper
            },
        );
        self.open(
            Pane::Timeline,
            Rect {
                y: body.y + upper.height,
                height: lower,
                ..body
            },
        );
        self.rules = [
            Some(Rect {
                x: left,
                width: 1,
                ..upper
            }),
            Some(Rect {
                x: entities_x - 1,
                width: 1,
                ..upper
            }),
        ];
        self.card = right_part(upper, right + 1);
    }
}

fn right_part(area: Rect, width: u16) -> Rect {
    let width = width.min(area.width);
    Rect {
        x: area.x + area.width - width,
        width,
        ..area
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_overlaps_and_nothing_leaves_the_screen() {
        for columns in 0..=220 {
            for rows in 0..=60 {
                for focus in Pane::ALL {
                    for zoomed in [false, true] {
                        let g = Geometry::new(columns, rows, focus, zoomed);
                        let mut owned = vec![false; usize::from(columns) * usize::from(rows)];
                        let rects = [g.titles, g.panes, g.strips].concat();
                        let fixed = [Some(g.status), Some(g.footer), g.rules[0], g.rules[1]];
                        let fixed = if g.arrangement == Arrangement::TooSmall {
                            &[][..]
                        } else {
                            &fixed
                        };
                        for rect in rects.iter().chain(fixed).flatten() {
                            assert_eq!(g.screen.intersection(*rect), *rect, "{g:?}");
                            for position in rect.positions() {
                                let at = usize::from(position.y) * usize::from(columns)
                                    + usize::from(position.x);
                                assert!(!owned[at], "{columns}×{rows} {focus:?} {position:?}");
                                owned[at] = true;
                            }
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn the_focused_pane_is_always_open() {
        for (columns, rows) in [
            (24, 6),
            (40, 12),
            (59, 40),
            (80, 24),
            (99, 15),
            (100, 15),
            (200, 60),
        ] {
            for focus in Pane::ALL {
                for zoomed in [false, true] {
                    let g = Geometry::new(columns, rows, focus, zoomed);
                    assert!(g.rows(focus) >= 3, "{columns}×{rows} {focus:?} {zoomed}");
                }
            }
        }
    }
}
