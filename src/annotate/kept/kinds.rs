//! Names of kinds in JSON; their numbers in the cache.

use serde::{Deserialize, Serialize};

use crate::corpus::{DayBasis, EntityKind, Field, Language, TimexBasis, TimexKind};

#[derive(Serialize, Deserialize)]
#[serde(remote = "EntityKind")]
pub(super) enum KindForm {
    #[serde(rename = "PERSON")]
    Person,
    #[serde(rename = "GROUP")]
    Group,
    #[serde(rename = "ORG")]
    Organisation,
    #[serde(rename = "MEDIA")]
    Media,
    #[serde(rename = "PLACE")]
    Place,
    #[serde(rename = "COUNTRY")]
    Country,
    #[serde(rename = "EVENT")]
    Event,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Field", rename_all = "lowercase")]
pub(super) enum FieldForm {
    Title,
    Text,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Language")]
pub(super) enum LanguageForm {
    #[serde(rename = "en")]
    English,
    #[serde(rename = "de")]
    German,
    #[serde(rename = "ar")]
    Arabic,
    #[serde(rename = "other")]
    Other,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "TimexKind", rename_all = "UPPERCASE")]
pub(super) enum TimexKindForm {
    Date,
    Time,
    Duration,
    Set,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "TimexBasis", rename_all = "lowercase")]
pub(super) enum TimexBasisForm {
    Stated,
    Resolved,
    Inferred,
    Candidate,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "DayBasis", rename_all = "lowercase")]
pub(super) enum DayBasisForm {
    Stated,
    Set,
    Inferred,
    Candidates,
}
