//! Turns the tables into one block of bytes: entities, names sorted by hash, and the two tables
//! that lead to them. `table` documents the layout.

use std::collections::HashMap;

use super::key;
use super::source::{Name, Row};
use super::table::{ENTITY, FIRST_BITS, HEADER, MAGIC, NAME, NO_ENTITY, flag};
use super::words::{Caps, Script, Word, words};

struct Compiled {
    hash: u64,
    first: u64,
    text: u32,
    length: u16,
    entity: u32,
    flags: u16,
    case: u8,
    words: u8,
    outside: u8,
}

/// A compiled knowledge base: what [`Table`](super::table::Table) reads.
pub(crate) struct Block {
    /// Everything of fixed width.
    pub(crate) index: Vec<u8>,
    /// Keys, cards and names.
    pub(crate) text: String,
}

/// Compiles the rows of all tables.
///
/// # Errors
/// A sentence about a relation to nothing, or a name without words.
pub(crate) fn compile(rows: &[Row]) -> Result<Block, String> {
    let mut by_key: HashMap<&str, u32> = HashMap::new();
    for (number, row) in (0u32..).zip(rows) {
        by_key.insert(row.key.as_str(), number);
    }
    let mut text = String::new();
    let mut names = Vec::new();
    let mut entities = Vec::new();
    for (number, row) in (0u32..).zip(rows) {
        entities.extend(entity(row, &by_key, rows, &mut text)?);
        for name in &row.names {
            add_name(number, row, name, &mut text, &mut names)?;
        }
    }
    names.sort_by_key(|n: &Compiled| (n.hash, n.entity, n.flags & !LANGUAGES, n.text));
    let spelling =
        |n: &Compiled| text.get(n.text as usize..n.text as usize + usize::from(n.length));
    names.dedup_by(|next, kept| {
        let same = next.hash == kept.hash
            && next.entity == kept.entity
            && (next.flags ^ kept.flags) & !LANGUAGES == 0
            && spelling(next) == spelling(kept);
        if same {
            kept.flags |= next.flags;
        }
        same
    });
    let index = assemble(rows.len(), &entities, &names);
    Ok(Block { index, text })
}

const LANGUAGES: u16 = flag::ENGLISH | flag::GERMAN | flag::ARABIC;

fn put(text: &mut String, piece: &str) -> (u32, u16) {
    let at = u32::try_from(text.len()).unwrap_or(u32::MAX);
    text.push_str(piece);
    (at, u16::try_from(piece.len()).unwrap_or(u16::MAX))
}

/// One entity's record.
fn entity(
    row: &Row,
    by_key: &HashMap<&str, u32>,
    rows: &[Row],
    text: &mut String,
) -> Result<Vec<u8>, String> {
    for relation in ["in", "part_of", "allied_to", "capital_of", "of"] {
        for (_, value) in row.facts.iter().filter(|(name, _)| name == relation) {
            if !by_key.contains_key(value.as_str()) {
                return Err(format!(
                    "{:?}: {relation} names {value:?}, which has no row",
                    row.key
                ));
            }
        }
    }
    let (key_at, key_length) = put(text, &row.key);
    let card = card(row);
    let (card_at, card_length) = put(text, &card);
    let weight: u8 = match row.fact("weight") {
        Some(weight) => weight
            .parse()
            .map_err(|_| format!("{:?}: {weight:?} is no weight", row.key))?,
        None => 200,
    };
    let mut record = Vec::with_capacity(ENTITY);
    record.extend(key_at.to_le_bytes());
    record.extend(card_at.to_le_bytes());
    record.extend(country(row, by_key, rows).to_le_bytes());
    record.extend(key_length.to_le_bytes());
    record.extend(card_length.to_le_bytes());
    record.push(row.kind);
    record.push(weight);
    record.extend([0, 0]);
    Ok(record)
}

/// What the entity card shows: the names by language and the facts, separated by tabs.
fn card(row: &Row) -> String {
    let column = |wanted: usize| {
        let names: Vec<&str> = row
            .names
            .iter()
            .filter(|n| n.column == wanted)
            .map(|n| n.text.as_str())
            .collect();
        names.join(";")
    };
    let facts: Vec<String> = row
        .facts
        .iter()
        .filter(|(name, _)| !["weight", "minor", "translit"].contains(&name.as_str()))
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    [column(0), column(1), column(2), facts.join(";")].join("\t")
}

/// The country that an entity belongs to, along its relations.
fn country(row: &Row, by_key: &HashMap<&str, u32>, rows: &[Row]) -> u32 {
    let mut row = row;
    for _ in 0..6 {
        let number = by_key.get(row.key.as_str()).copied().unwrap_or(NO_ENTITY);
        if row.kind == 5 {
            return number;
        }
        let up = ["in", "capital_of", "of", "part_of"]
            .iter()
            .find_map(|relation| row.fact(relation))
            .and_then(|key| by_key.get(key))
            .and_then(|number| rows.get(*number as usize));
        match up {
            Some(next) => row = next,
            None => return NO_ENTITY,
        }
    }
    NO_ENTITY
}

fn add_name(
    number: u32,
    row: &Row,
    name: &Name,
    text: &mut String,
    names: &mut Vec<Compiled>,
) -> Result<(), String> {
    let all = words(&name.text);
    let kept: Vec<&Word> = all.iter().filter(|word| !word.article).collect();
    let (Some(first), Some(last)) = (kept.first(), kept.last()) else {
        return Err(format!("{:?}: {:?} has no words", row.key, name.text));
    };
    if kept.len() > 15 {
        return Err(format!("{:?}: {:?} is too long", row.key, name.text));
    }
    // a title in brackets has to be there, but is no part of the name: `(King) Salman`
    let title = if name.text.starts_with('(') {
        name.text.find(')').unwrap_or(0)
    } else {
        0
    };
    let outside = kept.iter().filter(|word| word.end <= title).count();
    let outside = u8::try_from(outside).unwrap_or(u8::MAX);
    if usize::from(outside) == kept.len() {
        return Err(format!("{:?}: {:?} is all title", row.key, name.text));
    }
    let (at, length) = put(text, &name.text);
    let so_far = |words: &[&Word]| words.iter().fold(0, |h, w| key::join(h, w.key.stem));
    let leading = so_far(kept.get(..kept.len() - 1).unwrap_or(&[]));
    let mut compiled = |first: u64, hash: u64| {
        names.push(Compiled {
            hash,
            first,
            text: at,
            length,
            entity: number,
            flags: flags(row, name, &kept, all.len()),
            case: case(&kept),
            words: u8::try_from(kept.len()).unwrap_or(u8::MAX),
            outside,
        });
    };
    let hash = key::join(leading, last.key.full);
    compiled(first.key.stem, hash);
    // families and groups are written with and without the article: الزنكي, زنكي
    if kept.len() > 1 && last.script == Script::Arabic && row.kind <= 1 {
        let word = last.of(&name.text);
        let toggled = match word.strip_prefix("ال") {
            Some(rest) if rest.chars().count() >= 3 => key::key(rest),
            Some(_) => return Ok(()),
            None => key::key_with_prefix('ا', &format!("ل{word}")),
        };
        compiled(first.key.stem, key::join(leading, toggled.full));
    }
    Ok(())
}

fn flags(row: &Row, name: &Name, kept: &[&Word], all: usize) -> u16 {
    let yes = |fact: &str| row.fact(fact) == Some("yes");
    let own_german = row
        .names
        .iter()
        .any(|n| n.column == 1 && words(&n.text).len() == 1);
    let single = kept.len() == 1;
    let also_german = row
        .names
        .iter()
        .any(|n| n.column == 1 && n.text == name.text);
    let mut flags = match name.column {
        2 => flag::ARABIC,
        // the German column says how sure the word is in German
        0 if also_german => flag::ENGLISH,
        // a place that has a German name goes by it in German: Jordan is then no country
        0 if own_german && row.kind >= 4 && single => flag::ENGLISH,
        1 if single => flag::GERMAN,
        _ => flag::ENGLISH | flag::GERMAN,
    };
    let mut add = |bit: u16, holds: bool| flags |= if holds { bit } else { 0 };
    add(flag::AMBIGUOUS, name.doubt > 0);
    add(flag::STRICT, name.doubt == 2);
    add(flag::CUED, name.doubt > 2);
    add(flag::LOCAL, name.local);
    add(flag::ARTICLE, single && all > 1 && name.column < 2);
    add(
        flag::ACRONYM,
        single && kept.iter().all(|w| w.caps == Caps::Upper),
    );
    add(
        flag::CAMEL,
        single && kept.iter().all(|w| is_camel(w.of(&name.text))),
    );
    add(flag::MINOR, yes("minor"));
    add(flag::TRANSLITERATED, yes("translit"));
    flags
}

/// Whether a word has a capital inside and small letters too: `LeT`, `MoD`.
fn is_camel(word: &str) -> bool {
    word.chars().skip(1).any(char::is_uppercase) && word.chars().any(char::is_lowercase)
}

/// Which of the first eight words start with a capital.
fn case(kept: &[&Word]) -> u8 {
    kept.iter()
        .take(8)
        .enumerate()
        .filter(|(_, word)| word.caps != Caps::Lower)
        .fold(0, |bits, (i, _)| bits | (1 << i))
}

fn assemble(count: usize, entities: &[u8], names: &[Compiled]) -> Vec<u8> {
    let bits = usize::BITS - names.len().leading_zeros();
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes();
    let mut block = Vec::with_capacity(HEADER + entities.len() + names.len() * (NAME + 8));
    block.extend(MAGIC);
    block.extend(number(count));
    block.extend(number(names.len()));
    block.extend(bits.to_le_bytes());
    block.extend([0; 4]);
    block.extend(entities);
    for name in names {
        block.extend(name.hash.to_le_bytes());
        block.extend(name.text.to_le_bytes());
        block.extend(name.entity.to_le_bytes());
        block.extend(name.length.to_le_bytes());
        block.extend(name.flags.to_le_bytes());
        block.push(name.case);
        block.push(name.words);
        block.push(name.outside);
        block.push(0);
    }
    let buckets = 1u64 << bits;
    let mut next = 0;
    for bucket in 0..=buckets {
        while names
            .get(next)
            .is_some_and(|n| n.hash >> (64 - bits) < bucket)
        {
            next += 1;
        }
        block.extend(number(next));
    }
    let mut longest = vec![0u8; 1 << FIRST_BITS];
    for name in names {
        let slot = usize::try_from(name.first >> (64 - FIRST_BITS)).unwrap_or(0);
        if let Some(words) = longest.get_mut(slot) {
            let (any, small) = (*words & 0xf, *words >> 4);
            let own = if name.case & 1 == 0 { name.words } else { 0 };
            *words = any.max(name.words) | small.max(own) << 4;
        }
    }
    block.extend(longest);
    block
}
