//! The compiled knowledge base, read in place.
//!
//! Layout, little-endian: [`MAGIC`]; four `u32`: entities, names, bits of a bucket number, nothing;
//! the entities ([`ENTITY`] bytes each); the names ([`NAME`] bytes each) sorted by hash; where each
//! bucket of names starts (`u32`, one more than buckets); for each hash of a first word how many
//! words its longest name has, and the longest that needs no capital there (four bits each). Offsets of keys, cards and names count in a text beside it.

/// Codes of the kinds, as the tables write them; a compiled entity holds the position in here.
/// `NONE` is for phrases that contain a name and are none: `مسقط رأس`, where no Muscat is meant.
pub(crate) const KINDS: [&str; 8] = [
    "PERSON", "GROUP", "ORG", "MEDIA", "PLACE", "COUNTRY", "EVENT", "NONE",
];

/// Bits of a compiled name.
pub(crate) mod flag {
    /// May be used in English documents.
    pub(crate) const ENGLISH: u16 = 1;
    /// May be used in German documents.
    pub(crate) const GERMAN: u16 = 1 << 1;
    /// Is written in Arabic letters.
    pub(crate) const ARABIC: u16 = 1 << 2;
    /// Is also an ordinary word or another thing: needs a cue in the document.
    pub(crate) const AMBIGUOUS: u16 = 1 << 3;
    /// Is only a name with its Latin article: `al-Bab`.
    pub(crate) const ARTICLE: u16 = 1 << 4;
    /// Is written in capitals and only then meant: `US`.
    pub(crate) const ACRONYM: u16 = 1 << 5;
    /// Counts only where the document speaks of the entity's country.
    pub(crate) const MINOR: u16 = 1 << 6;
    /// Is a transliteration, whose vowels may vary.
    pub(crate) const TRANSLITERATED: u16 = 1 << 7;
    /// A preposition is no cue enough for it.
    pub(crate) const STRICT: u16 = 1 << 8;
    /// Has capitals inside and is only meant when written so: `LeT`.
    pub(crate) const CAMEL: u16 = 1 << 11;
    /// Needs a cue each time, whatever else the document names.
    pub(crate) const CUED: u16 = 1 << 10;
    /// The document's country completes it: `Foreign Ministry`.
    pub(crate) const LOCAL: u16 = 1 << 9;
}

/// What a block starts with.
pub(crate) const MAGIC: [u8; 8] = *b"khabarK1";
/// Bytes before the entities.
pub(crate) const HEADER: usize = 24;
/// Bytes of an entity: key, card and country (`u32`), lengths of key and card (`u16`), kind, weight.
pub(crate) const ENTITY: usize = 20;
/// Bytes of a name: hash (`u64`), text and entity (`u32`), length and flags (`u16`), case,
/// words, words outside.
pub(crate) const NAME: usize = 24;
/// Bits of a first word's hash that lead to its longest name.
pub(crate) const FIRST_BITS: u32 = 18;
/// Stands for "no entity".
pub(crate) const NO_ENTITY: u32 = u32::MAX;

/// A compiled knowledge base.
#[derive(Clone, Copy)]
pub(crate) struct Table<'b> {
    entities: &'b [u8],
    names: &'b [u8],
    buckets: &'b [u8],
    longest: &'b [u8],
    text: &'b str,
    shift: u32,
}

/// One name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Name<'b> {
    /// Its spelling in the table.
    pub(crate) text: &'b str,
    /// Number of the entity.
    pub(crate) entity: u32,
    /// Bits of [`flag`].
    pub(crate) flags: u16,
    /// Which of the first eight words have a capital.
    pub(crate) case: u8,
    /// How many words it has, articles of romanised Arabic not counted.
    pub(crate) words: u8,
    /// How many of them are a title in front that does not belong to the mention.
    pub(crate) outside: u8,
}

impl Name<'_> {
    /// Whether all bits of `flag` are set.
    pub(crate) fn is(&self, flag: u16) -> bool {
        self.flags & flag == flag
    }
}

/// One entity.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record<'b> {
    /// Canonical key.
    pub(crate) key: &'b str,
    /// Names by language and facts, as `compile` joined them.
    pub(crate) card: &'b str,
    /// Number of its country, [`NO_ENTITY`] for none.
    pub(crate) country: u32,
    /// Position in [`KINDS`].
    pub(crate) kind: u8,
    /// How likely it is to be meant among namesakes.
    pub(crate) weight: u8,
}

impl<'b> Table<'b> {
    /// The knowledge base in what `compile` made; `None` for any other
    /// bytes.
    pub(crate) fn new(index: &'b [u8], text: &'b str) -> Option<Self> {
        let (magic, rest) = index.split_at_checked(MAGIC.len())?;
        if magic != MAGIC {
            return None;
        }
        let (header, rest) = rest.split_at_checked(HEADER - MAGIC.len())?;
        let number = |at: usize| Some(u32_at(header, at)? as usize);
        let bits = u32_at(header, 8)?;
        if !(1..=32).contains(&bits) {
            return None;
        }
        let (entities, rest) = rest.split_at_checked(number(0)?.checked_mul(ENTITY)?)?;
        let (names, rest) = rest.split_at_checked(number(4)?.checked_mul(NAME)?)?;
        let (buckets, rest) = rest.split_at_checked(((1usize << bits) + 1) * 4)?;
        let (longest, rest) = rest.split_at_checked(1 << FIRST_BITS)?;
        if !rest.is_empty() {
            return None;
        }
        Some(Self {
            entities,
            names,
            buckets,
            longest,
            text,
            shift: 64 - bits,
        })
    }

    /// How many entities there are.
    pub(crate) fn len(&self) -> usize {
        self.entities.len() / ENTITY
    }

    /// How many words the longest name has whose first word has this stem hash; 0 for none.
    /// `capital` says whether the first word may be one that has to have a capital.
    pub(crate) fn longest(&self, stem: u64, capital: bool) -> u8 {
        let slot = usize::try_from(stem >> (64 - FIRST_BITS)).unwrap_or(0);
        let words = self.longest.get(slot).copied().unwrap_or(0);
        if capital { words & 0xf } else { words >> 4 }
    }

    /// The names of a hash.
    pub(crate) fn names(&self, hash: u64) -> impl Iterator<Item = Name<'b>> + use<'b> {
        let table = *self;
        let bucket = usize::try_from(hash >> self.shift).unwrap_or(usize::MAX);
        let edge = |n: usize| u32_at(table.buckets, n.saturating_mul(4)).unwrap_or(0);
        (edge(bucket)..edge(bucket.saturating_add(1)))
            .filter_map(move |number| table.name(number, hash))
    }

    fn name(&self, number: u32, hash: u64) -> Option<Name<'b>> {
        let at = (number as usize).checked_mul(NAME)?;
        let record = self.names.get(at..at + NAME)?;
        if u64_at(record, 0)? != hash {
            return None;
        }
        let length = u16_at(record, 16)?;
        Some(Name {
            text: self.piece(u32_at(record, 8)?, length),
            entity: u32_at(record, 12)?,
            flags: u16_at(record, 18)?,
            case: *record.get(20)?,
            words: *record.get(21)?,
            outside: *record.get(22)?,
        })
    }

    /// An entity by its number.
    pub(crate) fn entity(&self, number: u32) -> Option<Record<'b>> {
        let at = (number as usize).checked_mul(ENTITY)?;
        let record = self.entities.get(at..at.checked_add(ENTITY)?)?;
        Some(Record {
            key: self.piece(u32_at(record, 0)?, u16_at(record, 12)?),
            card: self.piece(u32_at(record, 4)?, u16_at(record, 14)?),
            country: u32_at(record, 8)?,
            kind: *record.get(16)?,
            weight: *record.get(17)?,
        })
    }

    fn piece(&self, at: u32, length: u16) -> &'b str {
        let start = at as usize;
        self.text
            .get(start..start + usize::from(length))
            .unwrap_or("")
    }
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    let piece = bytes.get(at..at.checked_add(8)?)?;
    Some(u64::from_le_bytes(piece.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let piece = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(piece.try_into().ok()?))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let piece = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(piece.try_into().ok()?))
}
