//! Arabic joining forms, for terminals that do not shape.
