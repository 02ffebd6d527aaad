//! Everything a user can ask for: its name in the keymap, and one line of help.
//!
//! Footer, help, palette and README table are generated from here and from the live keymap.

/// A declared command: variant, name, help line.
macro_rules! commands {
    ($($variant:ident $name:literal $help:literal;)*) => {
        /// One thing that a user can ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Command {
            $(#[doc = $help] $variant,)*
        }

        impl Command {
            /// Every command, in the order of the help.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name in keymap files and in the palette.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What it does, in one line.
            #[must_use]
            pub fn help(self) -> &'static str {
                match self { $(Self::$variant => $help,)* }
            }
        }
    };
}

commands! {
    Down "down" "One row down";
    Up "up" "One row up";
    Left "left" "Back: from the text to the list, to the name or mention before, to shorter rows";
    Right "right" "On: from the list to the text, to the next name or mention, to longer rows";
    HalfPageDown "half-page-down" "Half a page down";
    HalfPageUp "half-page-up" "Half a page up";
    PageDown "page-down" "A page down";
    PageUp "page-up" "A page up";
    First "first" "To the first row, or to row N with a count";
    Last "last" "To the last row";
    FocusNext "focus-next" "Next pane";
    FocusPrevious "focus-previous" "Previous pane";
    FocusArticles "focus-articles" "To the articles";
    FocusText "focus-text" "To the text";
    FocusEntities "focus-entities" "To the entities";
    FocusTimeline "focus-timeline" "To the timeline";
    Open "open" "Open: article to text, entity or day to a filter";
    Zoom "zoom" "Give this pane the whole screen, or back";
    Back "back" "Back one level: close, unselect, peel the last filter";
    Filter "filter" "Filter by title, source, path and names";
    FilterText "filter-text" "Filter by words in the full text";
    Kwic "hits-in-context" "Hits in context, one a line, or the articles again";
    Lenience "other-spellings" "Find other spellings and other scripts, too, or only what was typed";
    SaveView "save-view" "Save the filters under a name";
    NextHit "next-hit" "Next hit, on into the next article";
    PreviousHit "previous-hit" "Previous hit, back into the article before";
    NextMention "next-mention" "Next mention of the selected entity";
    PreviousMention "previous-mention" "Previous mention of the selected entity";
    Include "include" "Only articles with the value under the cursor";
    Exclude "exclude" "Only articles without the value under the cursor";
    ClearFilters "clear-filters" "Clear all filters, or bring them back";
    Card "card" "Who is this: all spellings of the name, and why";
    Why "why" "How is this day known: the clues";
    Accept "accept" "Accept the candidate under the cursor, or the day shown";
    Reject "reject" "Reject the candidate under the cursor, or the day shown";
    Merge "merge" "This is part of another entity";
    Split "split" "The spelling under the cursor means another entity";
    Rename "rename" "Call this entity otherwise";
    Retype "retype" "This is of another kind: person, group, place";
    Hide "hide" "No name, or of no interest: hide it";
    AddSpelling "add-spelling" "These words mean this entity as well";
    SetDay "set-day" "Say of which day the article is, or what the date means";
    Undo "undo" "Undo what you did last";
    Redo "redo" "Do again what was undone";
    Links "links" "Links between names: all, only stated ones, none";
    Sort "sort" "Sort by the next key: day, title, relevance, length, path";
    Reverse "reverse" "Turn the order round";
    TimelineBasis "timeline-basis" "Timeline of publication days or of mentioned days";
    ZoomIn "zoom-in" "Timeline in shorter rows: year, month, week, day";
    ZoomOut "zoom-out" "Timeline in longer rows: day, week, month, year";
    Inferred "inferred" "Inferred days taken away, or brought back";
    Sentences "sentences" "The best sentences of the day under the cursor";
    SelectRange "select-range" "Select: articles, a range of days, or lines of the text";
    NextDay "next-day" "Next day with something";
    PreviousDay "previous-day" "Previous day with something";
    Copy "copy" "Copy to the clipboard: selected lines, sentence, name, article";
    CopyCited "copy-cited" "The same with file, paragraph and day";
    Keep "keep" "Keep the article, or the selected ones, and on to the next undecided";
    Dismiss "dismiss" "Dismiss it, or the selected ones, and on to the next undecided";
    Read "read" "Read or unread; the end of an article on the screen makes it read";
    Tag "tag" "Tag the article, or the selected ones; again takes the tag away";
    Note "note" "Note on the article, or on the selected passage";
    Repeat "repeat" "The last mark or tag once more, here";
    SelectAll "select-all" "Select all articles that the filters leave";
    Views "views" "Views: new, undecided, kept, tagged, and your own";
    Fold "fold" "Near-duplicates of this row: show or fold them";
    FoldAll "fold-all" "Fold near-duplicates in the whole list, or none";
    Copies "copies" "How an article has changed, or near-duplicates differ";
    Export "export" "Write a brief of what is listed: md, html, csv or jsonl";
    Edit "edit" "Open a copy of the article in $EDITOR";
    Page "page" "Read the article in $PAGER";
    Pipe "pipe" "Pipe the article, or a brief of what is listed, to a command";
    Marks "marks" "Vowel marks (tashkeel) shown or hidden";
    Bidi "bidi" "Arabic reads wrongly: try the next way to write it";
    Unreadable "unreadable" "List what could not be read, and why";
    Help "help" "All keys, searchable";
    Palette "palette" "Run a command by its name";
    Mouse "mouse" "Mouse on or off";
    Redraw "redraw" "Draw the whole screen again";
    Suspend "suspend" "Back to the shell; fg returns";
    Quit "quit" "Quit";
}

impl Command {
    /// The command of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|command| command.name() == name)
    }
}
