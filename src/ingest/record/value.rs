//! The value of a field, whatever its JSON type, as far as a document needs it.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// A field's name, borrowed where the JSON has no escapes in it.
pub(in crate::ingest) struct Name<'de>(pub(in crate::ingest) Cow<'de, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;

        impl<'de> Visitor<'de> for NameVisitor {
            type Value = Name<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a field name")
            }

            fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Borrowed(name)))
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Owned(name.to_owned())))
            }
        }

        deserializer.deserialize_str(NameVisitor)
    }
}

/// What a field says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Value {
    /// Nothing: null, `true`, an object without a name or text.
    #[default]
    Nothing,
    /// A string, or a number as written.
    Text(String),
    /// A list, empty values left out.
    List(Vec<Value>),
}

impl Value {
    /// Whether it says nothing: blank, or what Python writes for a missing value.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Nothing => true,
            Self::Text(text) => {
                let text = text.trim();
                text.is_empty() || text == "None" || text == "null"
            }
            Self::List(values) => values.iter().all(Self::is_empty),
        }
    }

    /// The string, if it is one.
    pub(super) fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn contains(&self, part: &str) -> bool {
        self.as_str().is_some_and(|text| text.contains(part))
    }

    /// The string; the parts of a list are joined with `glue`.
    pub(super) fn into_string(self, glue: &str) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => text,
            Self::List(values) => values
                .into_iter()
                .filter(|value| *value != Self::Nothing)
                .map(|value| value.into_string(glue))
                .collect::<Vec<_>>()
                .join(glue),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Text(number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Text(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Text(number.to_string()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Value::List(values))
    }

    /// `{"name": …}` as in schema.org's author and `NewsAPI`'s source, `{"text": …}` as in Telegram's
    /// formatted parts.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut best = (usize::MAX, Value::Nothing);
        while let Some(name) = map.next_key::<Name<'de>>()? {
            let value: Value = map.next_value()?;
            let rank = ["name", "text", "title", "id"]
                .iter()
                .position(|n| name.0.eq_ignore_ascii_case(n));
            if let Some(rank) = rank.filter(|rank| *rank < best.0 && !value.is_empty()) {
                best = (rank, value);
            }
        }
        Ok(best.1)
    }
}
