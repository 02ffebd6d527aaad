//! Compiles the tables of `assets/kb` into the block that the binary embeds.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "annotate/entity/knowledge"]
#[expect(dead_code, reason = "reading the block is the library's part")]
mod knowledge {
    pub(crate) mod compile;
    pub(crate) mod key;
    pub(crate) mod source;
    pub(crate) mod table;
    pub(crate) mod words;
}

/// What the annotations of one document depend on: rules, models, knowledge base, and the
/// versions of the crates that they use.
const RULES: &[&str] = &[
    "Cargo.lock",
    "assets/kb",
    "assets/models",
    "src/annotate",
    "src/corpus/annotation.rs",
    "src/corpus/article.rs",
    "src/ingest",
    "src/text",
];

/// What a whole corpus depends on besides.
const WHOLE: &[&str] = &[
    "src/corpus",
    "src/link",
    "src/repair",
    "src/pipeline",
    "src/pipeline.rs",
];

fn main() -> Result<(), Box<dyn Error>> {
    for part in RULES.iter().chain(WHOLE) {
        println!("cargo::rerun-if-changed={part}");
    }
    let rules = fingerprint(RULES)?;
    println!("cargo::rustc-env=KHABAR_RULES={rules:032x}");
    println!(
        "cargo::rustc-env=KHABAR_WHOLE={:032x}",
        rules ^ fingerprint(WHOLE)?
    );
    let mut tables: Vec<PathBuf> = Vec::new();
    collect(Path::new("assets/kb"), &mut tables)?;
    tables.sort();
    let mut rows = Vec::new();
    for table in tables {
        let text = fs::read_to_string(&table)?;
        rows.extend(knowledge::source::read(
            &table.display().to_string(),
            &text,
        )?);
    }
    let block = knowledge::compile::compile(&knowledge::source::merge(rows)?)?;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("knowledge.bin"), block.index)?;
    fs::write(out.join("knowledge.txt"), block.text)?;
    Ok(())
}

fn collect(folder: &Path, tables: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, tables)?;
        } else if path.extension().is_some_and(|e| e == "tsv") {
            tables.push(path);
        }
    }
    Ok(())
}

/// A hash of all files of some folders, their names included (FNV-1a, 128 bits): two builds that
/// share it annotate alike. Tests have no part in it.
fn fingerprint(parts: &[&str]) -> std::io::Result<u128> {
    let mut files = Vec::new();
    for part in parts {
        let path = Path::new(part);
        if path.is_dir() {
            files_below(path, &mut files)?;
        } else if path.exists() {
            files.push(path.to_owned());
        }
    }
    files.sort();
    let mut hash = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128;
    let mut add = |bytes: &[u8]| {
        for byte in bytes {
            hash =
                (hash ^ u128::from(*byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    };
    for file in files {
        add(file.to_string_lossy().as_bytes());
        let content = fs::read(&file)?;
        add(&content.len().to_le_bytes());
        add(&content);
    }
    Ok(hash)
}

fn files_below(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_test = path
            .file_stem()
            .is_some_and(|name| name == "tests" || name == "testing");
        if is_test {
            continue;
        }
        if path.is_dir() {
            files_below(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
