//! Terms joined by AND, OR, NOT and parentheses, brought into the normal form of
//! [`Condition`].

use crate::query::question::{Condition, Query, Term};
use crate::query::syntax::{Bare, Read, Reader, SyntaxError};

/// Parentheses that may be open at a time: what recurses must end.
const DEEPEST: usize = 32;

impl Reader<'_> {
    /// The whole text.
    pub(super) fn query(mut self) -> Result<Query, SyntaxError> {
        let terms = self.alternatives()?;
        let column = self.column;
        if self.next_if(|c| c == ')').is_some() {
            let message = "“)” closes nothing; in quotes it is searched for as it stands";
            return Err(error(column, message));
        }
        Ok(Query { terms })
    }

    /// `all { OR all }`, as terms that must all hold: one, unless there is no OR.
    fn alternatives(&mut self) -> Result<Vec<Term>, SyntaxError> {
        let mut branches = Vec::new();
        let mut last_or = None;
        loop {
            let terms = self.conjunction()?;
            let or = self.operator("OR");
            if let Some(column) = or.filter(|_| terms.is_empty()) {
                return Err(error(column, "“OR” needs a term before it"));
            }
            if let Some(column) = last_or.filter(|_| terms.is_empty()) {
                return Err(error(column, "“OR” needs a term after it"));
            }
            branches.push(terms);
            last_or = or;
            if or.is_none() {
                break;
            }
        }
        Ok(match <[Vec<Term>; 1]>::try_from(branches) {
            Ok([only]) => only,
            Err(branches) => any_of(branches),
        })
    }

    /// `{ [AND] not }`, as terms that must all hold.
    fn conjunction(&mut self) -> Result<Vec<Term>, SyntaxError> {
        let mut terms: Vec<Term> = Vec::new();
        // whether the last term is of bare words, so that a next one joins it
        let mut bare = false;
        loop {
            let and = self.operator("AND");
            if let Some(column) = and.filter(|_| terms.is_empty()) {
                return Err(error(column, "“AND” needs a term before it"));
            }
            if self.is_over() {
                return match and {
                    Some(column) => Err(error(column, "“AND” needs a term after it")),
                    None => Ok(terms),
                };
            }
            if and.is_some() && self.bare == Bare::Text {
                // who writes it between two words does not mean a name of both
                bare = false;
            }
            let column = self.column;
            let (exclude, minus) = self.negations()?;
            if let Some(group) = self.group()? {
                bare = false;
                add_group(&mut terms, group, exclude, column)?;
                continue;
            }
            match (self.term(minus)?, terms.last_mut()) {
                (Read::Bare(word), Some(last)) if bare && !exclude => match &mut last.condition {
                    Condition::Fuzzy(words) | Condition::Words(words) => {
                        words.push(' ');
                        words.push_str(&word);
                    }
                    Condition::Text(first) => {
                        last.condition = Condition::words(&format!("{first} {word}"));
                    }
                    _ => {}
                },
                (Read::Bare(word), _) => {
                    bare = !exclude;
                    let condition = match self.bare {
                        Bare::Names => Condition::Fuzzy(word),
                        Bare::Text => Condition::Text(word),
                    };
                    terms.push(Term { condition, exclude });
                }
                (Read::Condition(condition), _) => {
                    bare = false;
                    if exclude && condition.is_switch() {
                        return Err(not_to_exclude(column));
                    }
                    terms.push(Term { condition, exclude });
                }
            }
        }
    }

    /// Whether nothing more can be joined by AND: the end, a `)` or an OR.
    fn is_over(&mut self) -> bool {
        self.skip_white();
        let next = self.rest.peek().copied();
        next.is_none_or(|c| c == ')') || self.is_word("OR")
    }

    /// The NOTs and the `-` before a term: whether they exclude it, and the column of the `-`.
    fn negations(&mut self) -> Result<(bool, Option<usize>), SyntaxError> {
        let mut exclude = false;
        let mut last_not = None;
        while let Some(column) = self.operator("NOT") {
            exclude = !exclude;
            last_not = Some(column);
        }
        if let Some(column) = last_not
            && (self.is_over() || self.is_word("AND"))
        {
            return Err(error(column, "“NOT” needs a term after it"));
        }
        let column = self.column;
        let minus = self.next_if(|c| c == '-').map(|_| column);
        Ok((exclude != minus.is_some(), minus))
    }

    /// What stands in parentheses, if they open here.
    fn group(&mut self) -> Result<Option<Vec<Term>>, SyntaxError> {
        let column = self.column;
        if self.next_if(|c| c == '(').is_none() {
            return Ok(None);
        }
        if self.open.len() >= DEEPEST {
            let message = format!("more than {DEEPEST} parentheses are open");
            return Err(error(column, &message));
        }
        self.open.push(column);
        let terms = self.alternatives()?;
        self.open.pop();
        if self.next_if(|c| c == ')').is_none() {
            return Err(error(column, "a parenthesis without end: ) expected"));
        }
        if terms.is_empty() {
            return Err(error(column, "terms expected between the parentheses"));
        }
        Ok(Some(terms))
    }

    /// Takes an operator in; gives its column.
    fn operator(&mut self, name: &str) -> Option<usize> {
        self.skip_white();
        let column = self.column;
        if !self.is_word(name) {
            return None;
        }
        for _ in name.chars() {
            self.next_if(|_| true);
        }
        Some(column)
    }

    /// Whether the next word is this one.
    fn is_word(&self, name: &str) -> bool {
        let mut rest = self.rest.clone();
        name.chars().all(|c| rest.next() == Some(c))
            && rest
                .next()
                .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ')'))
    }

    fn skip_white(&mut self) {
        while self.next_if(char::is_whitespace).is_some() {}
    }
}

/// One term that holds where one of the branches does, and the switches, which hold for all.
fn any_of(branches: Vec<Vec<Term>>) -> Vec<Term> {
    let mut any = Vec::new();
    let mut switches = Vec::new();
    for branch in branches {
        let is_switch = |term: &Term| term.condition.is_switch();
        let (mut off, mut terms): (Vec<Term>, Vec<Term>) = branch.into_iter().partition(is_switch);
        switches.append(&mut off);
        match (terms.pop(), terms.is_empty()) {
            (None, _) => {}
            (
                Some(Term {
                    condition: Condition::Any(mut inner),
                    exclude: false,
                }),
                true,
            ) => any.append(&mut inner),
            (Some(only), true) => any.push(only),
            (Some(last), false) => {
                terms.push(last);
                any.push(Term {
                    condition: Condition::All(terms),
                    exclude: false,
                });
            }
        }
    }
    let mut terms = match <[Term; 1]>::try_from(any) {
        // the other branches were switches alone
        Ok(
            [
                Term {
                    condition: Condition::All(inner),
                    exclude: false,
                },
            ],
        ) => inner,
        Ok([only]) => vec![only],
        Err(any) if any.is_empty() => any,
        Err(any) => vec![Term {
            condition: Condition::Any(any),
            exclude: false,
        }],
    };
    terms.append(&mut switches);
    terms
}

/// Adds a group to terms that must all hold; `column` is where it begins.
fn add_group(
    terms: &mut Vec<Term>,
    mut group: Vec<Term>,
    exclude: bool,
    column: usize,
) -> Result<(), SyntaxError> {
    if !exclude {
        terms.append(&mut group);
        return Ok(());
    }
    if group.iter().any(|term| term.condition.is_switch()) {
        return Err(not_to_exclude(column));
    }
    match <[Term; 1]>::try_from(group) {
        Ok(
            [
                Term {
                    condition: Condition::All(mut inner),
                    exclude: true,
                },
            ],
        ) => terms.append(&mut inner),
        Ok([only]) => terms.push(Term {
            exclude: !only.exclude,
            ..only
        }),
        Err(group) => terms.push(Term {
            condition: Condition::All(group),
            exclude: true,
        }),
    }
    Ok(())
}

fn not_to_exclude(column: usize) -> SyntaxError {
    error(
        column,
        "spelling:, scripts: and links: hold for the whole query and cannot be excluded",
    )
}

fn error(column: usize, message: &str) -> SyntaxError {
    SyntaxError {
        column,
        message: message.to_owned(),
    }
}
