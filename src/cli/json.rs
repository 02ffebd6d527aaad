//! How the views print their lines: as exports do.

pub(super) use crate::export::json::write_line;
