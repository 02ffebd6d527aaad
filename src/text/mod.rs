//! Unicode only: what characters are, how they compare, and which cells of a terminal they take.
//!
//! All corpus text reaches the screen through [`wrap`]; nothing above this layer asks for widths,
//! reorders, shapes or sanitises by itself. Nothing here knows articles, files or ratatui.

pub mod bidi;
pub mod difference;
pub mod fold;
mod glyph;
pub mod letter;
pub mod natural;
pub mod segment;
pub mod shape;
pub mod skeleton;
pub mod visible;
pub mod width;
pub mod wrap;
