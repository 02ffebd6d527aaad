"""The corpora that peers.py measures on: the same bytes from the same seed.

The generator comes with the pty bench. A folder that is kept is not made again.
"""

import json
import subprocess
import sys
from pathlib import Path

# days that the documents are dated to, so that the timeline has something to show
YEARS = (2014, 2015, 2016, 2017)


def generate(generator, folder, **sizes):
    if not Path(generator).is_file():
        sys.exit(f"{generator}: not there; say where the generator of corpora is: --generator FILE")
    options = [f"--{name.replace('_', '-')}={value}" for name, value in sizes.items()]
    subprocess.run(
        [sys.executable, generator, *options, "--out", folder], check=True, capture_output=True
    )


def titles(generator, folder, count):
    """A file of so many titles, and one of as many dated documents with these titles."""
    folder = Path(folder) / f"titles-{count}"
    lines, documents = folder / "titles.txt", folder / "news.jsonl"
    if not (folder / "made").exists():
        generate(generator, folder, titles=count, docs=1)
        with open(lines, encoding="utf-8") as given, open(documents, "w", encoding="utf-8") as made:
            last = ""
            for number, line in enumerate(given):
                title = line.rstrip("\n")
                day = number * 7919 % (365 * len(YEARS))
                year, day = YEARS[day // 365], day % 365
                record = {
                    "id": f"{number:07}",
                    "date": f"{year}-{day // 31 + 1:02}-{day % 28 + 1:02}",
                    "title": title,
                    "text": f"{title}. {last}.",
                }
                made.write(json.dumps(record, ensure_ascii=False) + "\n")
                last = title
        (folder / "made").touch()
    return lines, documents


def files(generator, folder, count):
    """A folder of so many small text files."""
    folder = Path(folder) / f"files-{count}"
    if not (folder / "made").exists():
        generate(generator, folder, titles=10, docs=count, bytes_per_doc=1000)
        (folder / "made").touch()
    return folder / "txt"
