//! Where a query is wrong, shown below it.

use crate::query::syntax::SyntaxError;
use crate::text::bidi;
use crate::text::visible::sanitize;
use crate::text::width;

impl SyntaxError {
    /// The query and, in a line below it, a caret under the wrong character. Where the query has
    /// right-to-left letters, terminals differ in where a character stands: there the line says
    /// what stands at the column. Nothing in it can steer a terminal.
    #[must_use]
    pub fn shown_in(&self, query: &str) -> String {
        let before: String = query.chars().take(self.column.saturating_sub(1)).collect();
        let shown = sanitize(query);
        if query.chars().any(bidi::is_rtl_block) {
            let rest: String = query.chars().skip(self.column.saturating_sub(1)).collect();
            let word = rest.split_whitespace().next().unwrap_or_default();
            return if word.is_empty() {
                format!("  {shown}\n  at its end")
            } else {
                format!("  {shown}\n  at: {}", sanitize(word))
            };
        }
        let blank = " ".repeat(width::cells(&sanitize(&before)));
        format!("  {shown}\n  {blank}^")
    }
}
