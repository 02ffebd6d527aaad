//! The fields of triage: `is:kept`, `tag:minyan`, `note:ask`.

use crate::query::syntax::nearest;
use crate::triage::{Criterion, Standing};

/// The criterion that a field and its value say.
///
/// # Errors
/// What is wrong with the value.
pub(super) fn criterion(field: &str, value: String) -> Result<Criterion, String> {
    match field {
        "tag" => Ok(Criterion::Tag(value)),
        "note" => Ok(Criterion::Note(value)),
        _ => Standing::from_name(&value)
            .map(Criterion::Is)
            .ok_or_else(|| {
                let names = Standing::ALL.map(Standing::name);
                let near = nearest(&value, &names);
                format!(
                    "“{value}” is nothing that an article can be: {} expected{near}",
                    names.join(", ")
                )
            }),
    }
}

#[cfg(test)]
mod tests {
    use crate::query::Query;

    #[test]
    fn marks_are_read_and_printed() {
        for text in [
            "is:kept -is:read",
            "tag:minyan",
            "tag:\"ask Berta\" note:حلب",
            "is:disputed is:new",
        ] {
            let query: Query = text.parse().unwrap();
            assert_eq!(query.to_string(), text);
        }
        let error = "is:keptt".parse::<Query>().unwrap_err();
        assert_eq!(error.column, 4);
        assert!(error.message.contains("did you mean “kept”"), "{error}");
    }
}
