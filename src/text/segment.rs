//! Grapheme clusters, words, sentences, paragraphs: where they begin and end, in bytes.
