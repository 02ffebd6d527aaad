use proptest::prelude::*;

use super::*;

fn write(path: &Path, blocks: &[(u8, Vec<u8>)]) {
    let mut writer = BlockWriter::create(path, "one").unwrap();
    for (number, (kind, block)) in blocks.iter().enumerate() {
        match number % 2 {
            0 => writer.add(*kind, block).unwrap(),
            _ => writer.add_plain(*kind, block).unwrap(),
        }
    }
    writer.finish().unwrap();
}

#[test]
fn only_the_same_build_reads_and_nothing_is_left_of_what_was_not_finished() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/er/news.cache");
    write(&path, &[(1, b"first".to_vec())]);
    assert!(Blocks::open(&path, "other").is_none());
    let before = Blocks::open(&path, "one").unwrap();

    let mut writer = BlockWriter::create(&path, "one").unwrap();
    writer.add(1, b"second").unwrap();
    drop(writer);
    let abandoned = path.with_file_name("news.cache.999999999.new");
    fs::write(&abandoned, b"half").unwrap();
    write(&path, &[(1, b"third".to_vec())]);
    assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    // what was opened stays what it was, and nobody writes to it
    let mode = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o400);
    assert_eq!(before.read(0).unwrap(), b"first");
    assert_eq!(
        Blocks::open(&path, "one").unwrap().read(0).unwrap(),
        b"third"
    );
}

proptest! {
    #[test]
    fn what_was_written_comes_back_by_kind(
        blocks in prop::collection::vec((0u8..3, prop::collection::vec(any::<u8>(), 0..300)), 0..9)
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        write(&path, &blocks);
        let file = Blocks::open(&path, "one").unwrap();
        prop_assert!(file.is_whole());
        for kind in 0..3 {
            let expected: Vec<_> =
                blocks.iter().filter(|b| b.0 == kind).map(|b| b.1.clone()).collect();
            let in_place: Vec<_> =
                file.of_kind(kind).map(|number| file.bytes(number).unwrap().to_vec()).collect();
            prop_assert_eq!(&in_place, &expected);
            for (number, block) in file.of_kind(kind).zip(&expected) {
                let end = block.len() as u64;
                let second = file.is_plain(number).then(|| block[block.len() / 2..].to_vec());
                prop_assert_eq!(file.part(number, end / 2..end), second);
                prop_assert_eq!(file.part(number, 0..end + 1), None);
            }
            prop_assert_eq!(file.read_all(kind), Some(expected));
        }
        prop_assert_eq!(file.read(blocks.len()), None);
    }

    #[test]
    fn damage_never_gives_other_bytes(at in any::<prop::sample::Index>(), flip in 1u8..,
        cut in any::<prop::sample::Index>())
    {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let blocks = vec![(0, b"Rebels left Aleppo. ".repeat(30)), (1, vec![7; 100])];
        write(&path, &blocks);
        let whole = fs::read(&path).unwrap();
        let mut flipped = whole.clone();
        let place = at.index(flipped.len());
        flipped[place] ^= flip;
        let cut_off = whole[..cut.index(whole.len())].to_vec();
        for damaged in [flipped, cut_off] {
            fs::remove_file(&path).unwrap();
            fs::write(&path, damaged).unwrap();
            if let Some(file) = Blocks::open(&path, "one") {
                for (number, (_, block)) in blocks.iter().enumerate() {
                    if let Some(read) = file.read(number) {
                        prop_assert_eq!(&read, block);
                    }
                }
            }
        }
    }
}
