//! The block of metadata before a Markdown text: `key: value` lines between two lines of `---`.
//!
//! Only what metadata needs of YAML is read: scalars, quoted or not, and lists in either form.

/// Longest front matter, in lines: what goes on longer is a text that begins with a rule.
const LONGEST: usize = 200;

/// The fields of the front matter, lists joined with ", ". `None` where the text has none or it
/// is never closed.
pub(super) fn fields(text: &str) -> Option<Vec<(String, String)>> {
    let mut lines = text.lines();
    if lines.next()?.trim_end() != "---" {
        return None;
    }
    let mut fields: Vec<(String, Vec<String>)> = Vec::new();
    for line in lines.take(LONGEST) {
        let line = line.trim_end();
        if line == "---" || line == "..." {
            let joined = |(name, values): (String, Vec<String>)| (name, values.join(", "));
            return Some(fields.into_iter().map(joined).collect());
        }
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            if let Some((_, values)) = fields.last_mut() {
                values.push(scalar(item));
            }
        } else if !line.starts_with([' ', '\t', '#'])
            && let Some((name, value)) = line.split_once(':')
        {
            fields.push((name.trim().to_owned(), values(value)));
        }
    }
    None
}

fn values(value: &str) -> Vec<String> {
    let value = value.trim();
    if let Some(list) = value.strip_prefix('[').and_then(|v| v.strip_suffix(']')) {
        return list.split(',').map(scalar).collect();
    }
    Some(scalar(value))
        .filter(|value| !value.is_empty())
        .into_iter()
        .collect()
}

/// A scalar without its quotes; a comment behind a plain one is dropped.
fn scalar(value: &str) -> String {
    let value = value.trim();
    for quote in ['"', '\''] {
        if let Some(inner) = value
            .strip_prefix(quote)
            .and_then(|v| v.strip_suffix(quote))
        {
            return if quote == '"' {
                inner.replace("\\\"", "\"").replace("\\\\", "\\")
            } else {
                inner.replace("''", "'")
            };
        }
    }
    let plain = value.split(" #").next().unwrap_or(value);
    plain.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<Vec<(String, String)>> {
        fields(text)
    }

    #[test]
    fn scalars_and_lists_are_read() {
        let text = "---\r\ntitle: \"Say \\\"yes\\\": now\"\r\ndate: 2016-11-04 # a Friday\r\n\
                    authors:\r\n  - A. Bee\r\n  - 'C''s D'\r\ntags: [x, y]\r\nempty:\r\n# no: field\r\n\
                    ---\r\nBody: text\r\n";
        let fields = of(text).unwrap();
        let fields: Vec<_> = fields.iter().map(|(n, v)| (&**n, &**v)).collect();
        assert_eq!(
            fields,
            [
                ("title", "Say \"yes\": now"),
                ("date", "2016-11-04"),
                ("authors", "A. Bee, C's D"),
                ("tags", "x, y"),
                ("empty", ""),
            ]
        );
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        assert_eq!(of("Text\n---\na: b\n---\n"), None);
        assert_eq!(of("---\nnever: closed\n"), None);
        assert_eq!(of(""), None);
    }
}
