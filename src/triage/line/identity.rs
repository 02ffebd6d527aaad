//! The id that the content of a line gives it.

use std::fmt::Write as _;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::triage::change::ChangeId;

/// The id of a line without its `id`.
pub(super) fn content_id(value: Value) -> Option<ChangeId> {
    let Value::Object(mut fields) = value else {
        return None;
    };
    fields.remove("id");
    let mut canonical = String::new();
    write_canonical(&mut canonical, &Value::Object(fields));
    let hash = Sha256::digest(canonical);
    let first = hash.first_chunk::<16>()?;
    Some(ChangeId(*first))
}

/// JSON with the fields of objects sorted by name and nothing between them.
fn write_canonical(out: &mut String, value: &Value) {
    let mut separator = "";
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_unstable_by_key(|(name, _)| *name);
            out.push('{');
            for (name, value) in fields {
                // writing to a string cannot fail
                let _ = write!(out, "{separator}{}:", Value::from(name.as_str()));
                write_canonical(out, value);
                separator = ",";
            }
            out.push('}');
        }
        Value::Array(values) => {
            out.push('[');
            for value in values {
                out.push_str(separator);
                write_canonical(out, value);
                separator = ",";
            }
            out.push(']');
        }
        other => {
            let _ = write!(out, "{other}");
        }
    }
}

/// Whether a line's `id` is that of its content.
///
/// # Errors
/// What is wrong, in one sentence.
pub fn verify(line: &str) -> Result<(), String> {
    let value: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let stated = value.get("id").and_then(Value::as_str).unwrap_or("");
    let stated = ChangeId::from_hex(stated).ok_or("its id is not 32 hexadecimal digits")?;
    if content_id(value) == Some(stated) {
        Ok(())
    } else {
        Err("its id is not that of its content: the line was changed after it was written".into())
    }
}
