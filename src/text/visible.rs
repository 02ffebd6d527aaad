//! Untrusted text made safe to print: controls, bidi controls and line separators become visible marks.
