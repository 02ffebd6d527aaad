#!/usr/bin/env python3
"""How the cost of a corpus grows with its documents, and the fitted exponents.

    python3 tests/bench/scale.py target/release/khabar 1000 10000 100000

generates folders of text files with ../shared/tools/gen_corpus.py (from a seed, so always the
same), runs `khabar timeline` without sentences on each: first without a cache, then with the one
that this left, then with one more file. Reports processor and elapsed seconds, the largest resident
memory, and the cache as a share of the text. An exponent of 1 is linear.
"""

import math
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# counts over all documents, and reads none of them
VIEW = ("timeline", "--zoom", "month", "--sentences", "0")
GENERATOR = Path(__file__).resolve().parents[3] / "shared/tools/gen_corpus.py"


def run(khabar, folder, cache):
    """Seconds elapsed, seconds of processor time, MB of memory at most."""
    start = time.monotonic()
    process = subprocess.Popen(
        [khabar, *VIEW, "--cache", str(cache), str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"khabar failed on {folder}")
    elapsed = time.monotonic() - start
    return elapsed, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def measure(khabar, documents, folder):
    subprocess.run(
        [sys.executable, GENERATOR, "--docs", str(documents), "--titles", "10", "--out", folder],
        check=True,
        capture_output=True,
    )
    texts, cache = Path(folder) / "txt", Path(folder) / "cache"
    size = sum(file.stat().st_size for file in texts.rglob("*.txt"))
    time.sleep(0.1)
    first = run(khabar, texts, cache)
    again = run(khabar, texts, cache)
    kept = sum(file.stat().st_size for file in cache.iterdir())
    (texts / "zz-new.txt").write_text("Rebels left Aleppo on Friday, 4 November 2016.")
    time.sleep(0.1)
    more = run(khabar, texts, cache)
    return {
        "text, MB": size / 1e6,
        "cache, share of text": kept / size,
        "first, s": first[0],
        "first, processor s": first[1],
        "first, MB": first[2],
        "again, s": again[0],
        "again, processor s": again[1],
        "again, MB": again[2],
        "one file more, s": more[0],
        "one file more, processor s": more[1],
    }


def exponent(counts, values):
    """The slope of the least squares line through the logarithms."""
    xs, ys = [math.log(c) for c in counts], [math.log(v) for v in values]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    above = sum((a - x) * (b - y) for a, b in zip(xs, ys))
    return above / sum((a - x) ** 2 for a in xs)


def main():
    khabar, counts = os.path.abspath(sys.argv[1]), [int(n) for n in sys.argv[2:]]
    rows = []
    for documents in counts:
        with tempfile.TemporaryDirectory() as folder:
            rows.append(measure(khabar, documents, folder))
        print(f"{documents} documents", file=sys.stderr)
    print(f"{'':28}" + "".join(f"{n:>12,}" for n in counts) + f"{'exponent':>12}")
    for name in rows[0]:
        values = [row[name] for row in rows]
        slope = f"{exponent(counts, values):.2f}" if len(counts) > 1 else ""
        print(f"{name:28}" + "".join(f"{v:>12.3g}" for v in values) + f"{slope:>12}")


if __name__ == "__main__":
    main()
