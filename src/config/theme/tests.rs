use crate::config::theme::{Color, ColorDepth, Role, Style, Theme};

/// Roles that stand in running text, where only their look tells them from each other.
fn in_text() -> impl Iterator<Item = Role> {
    Role::ALL
        .iter()
        .copied()
        .filter(|role| role.name().starts_with("mention.") || role.name().starts_with("date."))
}

#[test]
fn names_lead_back_to_roles() {
    for (index, role) in Role::ALL.iter().enumerate() {
        assert_eq!(Role::from_name(role.name()), Some(*role));
        assert_eq!(*role as usize, index, "styles are kept by this number");
    }
}

#[test]
fn nothing_is_told_by_colour_alone() {
    let plain = Theme::plain();
    for role in Role::ALL {
        let style = plain.style(*role);
        assert_eq!((style.fg, style.bg), (None, None), "{role:?}");
        assert!(
            style.has_modifier() || !role.mark(true).is_empty(),
            "{role:?} has neither modifier nor mark"
        );
    }
}

#[test]
fn kinds_in_running_text_differ_at_every_depth() {
    for depth in [
        ColorDepth::None,
        ColorDepth::Eight,
        ColorDepth::Sixteen,
        ColorDepth::TrueColor,
    ] {
        let theme = Theme::default().at_depth(depth);
        let mut looks: Vec<(Style, Role)> = Vec::new();
        for role in in_text() {
            let style = theme.style(role);
            assert_ne!(style, Style::default(), "{depth:?} {role:?}");
            assert!(!(style.bold && style.dim), "{depth:?} {role:?}");
            if let Some((_, other)) = looks.iter().find(|(look, _)| *look == style) {
                panic!("{depth:?}: {role:?} looks like {other:?}");
            }
            looks.push((style, role));
        }
    }
}

#[test]
fn marks_have_an_ascii_twin() {
    for role in Role::ALL {
        assert!(role.mark(true).is_ascii(), "{role:?}");
        assert_eq!(role.mark(true).is_empty(), role.mark(false).is_empty());
    }
}

#[test]
fn the_default_never_paints_the_background() {
    for role in Role::ALL {
        assert_eq!(Theme::default().style(*role).bg, None, "{role:?}");
    }
}

#[test]
fn a_users_own_modifiers_survive_the_loss_of_colour() {
    let mut theme = Theme::default();
    let own = Style {
        fg: Some(Color::Ansi(3)),
        reverse: true,
        ..Style::default()
    };
    theme.set(Role::MentionPlace, own);
    theme.set(
        Role::MentionPerson,
        Style {
            fg: Some(Color::Rgb(1, 2, 3)),
            ..Style::default()
        },
    );
    let plain = theme.at_depth(ColorDepth::None);
    assert_eq!(plain.style(Role::MentionPlace), own.without_colors());
    assert_eq!(
        plain.style(Role::MentionPerson),
        Theme::plain().style(Role::MentionPerson)
    );
}

#[test]
fn grey_stays_visible_with_eight_colours() {
    let mut theme = Theme::default();
    theme.set(
        Role::Rule,
        Style {
            fg: Some(Color::Ansi(8)),
            ..Style::default()
        },
    );
    let style = theme.at_depth(ColorDepth::Eight).style(Role::Rule);
    assert_eq!(style.fg, Some(Color::Default));
    assert!(style.dim);
}
