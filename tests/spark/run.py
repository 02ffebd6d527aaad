#!/usr/bin/env python3
"""Annotates a corpus on Spark, opens what comes out, and compares with a single run.

    python3 tests/spark/run.py target/release/khabar CORPUS.jsonl [--shards 8]

needs `pip install pyspark` (4.x; its archive holds the engine) and Java 17. Spark runs as a
local cluster: two workers, each a process of its own with its own executor. Not part of
`cargo test`. Figures are in README.md beside this file.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pyspark.sql import SparkSession

VIEWS = [
    ["list", "--sort", "path"],
    ["annotate"],
    ["entities"],
    ["timeline"],
    ["timeline", "--by", "mentioned", "--zoom", "week"],
]


def timed(work):
    start = time.monotonic()
    result = work()
    return result, round(time.monotonic() - start, 1)


def printed(khabar, view, folder, cache):
    """What a view prints of a folder. Exit status 3 says that some inputs were unreadable."""
    command = [khabar, *view, "--cache", str(cache), str(folder)]
    run = subprocess.run(command, capture_output=True, check=False)
    if run.returncode not in (0, 3):
        sys.exit(f"{command}: {run.stderr.decode()}")
    return run.stdout


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("khabar", type=os.path.abspath)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--shards", type=int, default=8)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        raw, kept = folder / "raw", folder / "kept"
        raw.mkdir()
        lines = options.corpus.read_bytes().splitlines(keepends=True)
        size = -(-len(lines) // options.shards)
        for shard in range(options.shards):
            part = lines[shard * size : (shard + 1) * size]
            # the names that Spark gives to its output, so that both sides print the same paths
            (raw / f"part-{shard:05}").write_bytes(b"".join(part))

        session = (
            SparkSession.builder.master("local-cluster[2,1,1024]")
            .appName("khabar")
            .config("spark.ui.enabled", "false")
            .config("spark.pyspark.python", sys.executable)
            .getOrCreate()
        )
        context = session.sparkContext
        context.setLogLevel("ERROR")
        shards = [context.textFile(str(path), 1) for path in sorted(raw.iterdir())]
        piped = context.union(shards).pipe(f"{options.khabar} annotate --per-document -")
        _, annotating = timed(lambda: piped.saveAsTextFile(str(kept)))
        executors = context._jsc.sc().getExecutorMemoryStatus().size() - 1
        session.stop()
        (kept / "_SUCCESS").unlink()

        differing = []
        times = {}
        for view in VIEWS:
            direct, slow = timed(lambda: printed(options.khabar, view, raw, folder / "cache"))
            opened, fast = timed(lambda: printed(options.khabar, view, kept, folder / "cache"))
            # the first view loads; the others find a cache
            times[" ".join(view)] = {"annotating": slow, "annotated on Spark": fast}
            if direct != opened:
                differing.append(" ".join(view))
        report = {
            "documents": len(lines),
            "executors": executors,
            "Spark, annotating, s": annotating,
            "views, s": times,
            "differing": differing,
        }
        print(json.dumps(report, indent=2, ensure_ascii=False))
        sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
