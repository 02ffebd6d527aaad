//! Settings, keymap and theme: defaults < file < environment < flags, validated at start.
