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

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=assets/kb");
    println!("cargo::rerun-if-changed=src/annotate/entity/knowledge");
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
