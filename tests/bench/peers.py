#!/usr/bin/env python3
"""What only shows through a terminal: khabar beside fzf and skim, and how its costs grow.

    python3 tests/bench/peers.py                          # 1k, 10k and 100k documents
    python3 tests/bench/peers.py --sizes 1k,10k,100k,1M --keep FOLDER

makes corpora from a seed, annotates them once, and drives the programs through the pty bench of
the project: keys in, bytes and times out, on a screen of 120 by 40. The first table holds the
largest corpus against what is to be reached and against the peers that are installed; the
second one gives each size and the fitted exponent (1 is linear). With --keep FOLDER corpora
and caches stay for the next time. `only` picks groups of rows: start, keys, moves, flood, idle,
slow, load.

The machine must be quiet for times to mean anything: the load is printed.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import corpora
from scale import exponent, run
from screen import changed_bytes
from session import CLOCK, Session, load_ptybench
from table import Figures

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared/tools"
REAL = SHARED.parent / "corpora/mid/mid.jsonl.zst"
GROUPS = ("start", "keys", "moves", "flood", "idle", "slow", "load")
WORDS = ("syrian", "حلب")
DOWN, UP, BACKSPACE, ESCAPE = "\x1b[B", "\x1b[A", "\x7f", "\x1b"
MOVES = 15
# the panes follow later than usual while moves are measured, in ms, so that what a move costs by
# itself is told from what follows, however busy the machine is
FOLLOW = 500


class Khabar:
    """How khabar is started and where its list is."""

    name, opens_filter, leaves_filter = "khabar", "/", ESCAPE
    forwards, backwards = DOWN, UP

    def __init__(self, options, count):
        self.options, self.count = options, count
        self.documents = options.real
        if count != "real":
            self.documents = corpora.titles(options.generator, options.folder, count)[1]
        self.cache = Path(options.folder) / f"cache-{count}"
        self.stdin = self.settings = None

    def command(self):
        settings = ["--config", str(self.settings)] if self.settings else []
        cache = ["--cache", str(self.cache)]
        return [self.options.khabar, *settings, *cache, str(self.documents)]

    def is_ready(self, screen):
        line = screen.text()[0]
        count = r"\d+" if self.count == "real" else self.count
        return re.search(rf" {count} articles", line) and not re.search(r"\bread(ing)?\b", line)

    @staticmethod
    def rows(screen):
        """The rows of the list without their looks: which row is bold follows with the panes."""
        text = screen.text()
        width = text[1].find("│") if "│" in text[1] else screen.width
        end = next((y for y in range(2, screen.height) if text[y][1:9] == "Timeline"), -1)
        return [row[:width] for row in text[2:end]]

    @classmethod
    def has_rows(cls, screen):
        return any(row.startswith("▌") for row in cls.rows(screen)[:1])


class Finder:
    """A fuzzy finder over the titles: fzf, sk."""

    opens_filter, leaves_filter = "", "\x15"
    # the first row is at the bottom
    forwards, backwards = UP, DOWN

    def __init__(self, name, options, count):
        self.name, self.count = name, count
        self.stdin = str(corpora.titles(options.generator, options.folder, count)[0])

    def command(self):
        return [self.name]

    def is_ready(self, screen):
        return any(f"{self.count}/{self.count}" in row for row in screen.text()[-3:])

    @staticmethod
    def rows(screen):
        return screen.text()[:-2]

    @classmethod
    def has_rows(cls, screen):
        return any(row.strip() for row in screen.text()[:-2])


def open_session(options, program, baud=0):
    home = tempfile.mkdtemp(dir=options.folder, prefix="home-")
    return Session(options.bench, program.command(), home, program.stdin, baud)


def measure_start(options, program, figures):
    """Start to the first rows, to the whole corpus, and to the answer to a key typed at once."""
    ready, rows, answered = [], [], []
    for _ in range(options.runs):
        session = open_session(options, program)
        rows.append(session.wait_for(program.has_rows, 120))
        if program.is_ready(session.screen):
            ready.append(rows[-1])
        else:
            ready.append(session.wait_for(program.is_ready, 120))
        session.end()
        if program.name == "khabar":
            session = open_session(options, program)
            session.wait_for(program.has_rows, 120)
            session.press("/s")
            counts = re.compile(rf" \d+ of {program.count} ")
            answered.append(session.wait_for(lambda s: counts.search(s.text()[0]), 120))
            session.end()
    figures.note(program, "rows", middle(rows))
    figures.note(program, "ready", middle(ready))
    figures.note(program, "answered", middle(answered))


def measure_keys(options, session, program, figures):
    """The letters of both words, typed slowly, and backspaces."""
    firsts, settled, all_panes, used, back = [], [], [], [], []
    for word in WORDS:
        session.press(program.opens_filter)
        session.settle()
        session.take_in()
        for letter in word + BACKSPACE * 2:
            processor = session.processor()
            at = session.press(letter)
            session.settle()
            outcome = session.outcome(at, program.rows)
            if letter == BACKSPACE:
                back.append(outcome.settled)
                continue
            firsts.append(outcome.first)
            settled.append(outcome.settled)
            all_panes.append(outcome.last)
            used.append((session.processor() - processor) * 1000)
            figures.note(program, f"key {len(firsts)}", outcome.settled)
        # the line goes, then the filter
        for _ in range(2 if program.name == "khabar" else 1):
            session.press(program.leaves_filter)
            session.settle()
        session.take_in()
    figures.note(program, "first rows, worst", worst(firsts))
    figures.note(program, "key, worst", worst(settled))
    figures.note(program, "key, median", middle(settled))
    figures.note(program, "all panes, worst", worst(all_panes))
    figures.note(program, "key, processor", worst(used))
    figures.note(program, "backspace", worst(back))


def measure_moves(options, program, figures):
    """A row down, again and again."""
    program.settings = Path(options.folder) / "moves.toml"
    program.settings.write_text(f"[settings]\nfollow_delay_ms = {FOLLOW}\n")
    session = open_session(options, program)
    program.settings = None
    session.wait_for(program.is_ready, 300)
    session.settle(quiet=2.0)
    size, latency, ratios, follow = [], [], [], []
    for _ in range(2):
        # what was said of the start goes from the bottom line
        session.press(program.forwards)
        session.settle(quiet=FOLLOW / 400)
    session.take_in()
    for _ in range(MOVES):
        at = session.press(program.forwards)
        session.listen(FOLLOW / 2000)
        own = session.outcome(at, program.rows)
        size.append(own.bytes)
        latency.append(own.first)
        middle_of = session.screen.copy()
        session.settle(quiet=FOLLOW / 800)
        rest = session.outcome(at, program.rows)
        changed = changed_bytes(middle_of, session.screen.cells)
        if changed:
            ratios.append(rest.bytes / changed)
        follow.append(rest.bytes)
    figures.note(program, "move, bytes", worst(size))
    figures.note(program, "move, ms", middle(latency))
    figures.note(program, "follow, bytes", middle(follow))
    figures.note(program, "follow, median ratio", middle(ratios))
    figures.note(program, "follow, worst ratio", worst(ratios))
    session.end()


def measure_flood(session, program, figures):
    """200 keys, each written alone and at once."""
    settled, frames, everything, used = [], [], [], []
    for key in (program.forwards, program.backwards) * 3:
        processor = session.processor()
        for _ in range(200):
            at = session.press(key)
        session.settle()
        outcome = session.outcome(at, program.rows)
        settled.append(max(0.0, outcome.settled or 0.0))
        everything.append(max(0.0, outcome.last or 0.0))
        frames.append(outcome.frames)
        used.append((session.processor() - processor) * 1000)
    figures.note(program, "flood", middle(settled))
    figures.note(program, "flood, all", middle(everything))
    figures.note(program, "flood, frames", worst(frames))
    figures.note(program, "flood, processor", middle(used))


def measure_slow(options, program, baud, figures):
    """60 repeats of a key at 30 Hz over a slow line: how far the screen is behind."""
    session = open_session(options, program, baud)
    session.wait_for(program.is_ready, 120)
    session.settle(quiet=1.0)
    session.take_in()
    come, begun = session.terminal.nread, CLOCK()
    for number in range(60):
        at = session.press(program.forwards)
        session.listen(max(0.0, begun + (number + 1) / 30 - CLOCK()))
    session.settle(quiet=1.0, limit=120)
    outcome = session.outcome(at, program.rows)
    figures.note(program, f"{baud}", max(0.0, outcome.settled or 0.0))
    figures.note(program, f"{baud}, all", max(0.0, outcome.last or 0.0))
    figures.note(program, f"{baud}, bytes", session.terminal.nread - come)
    session.end()


def measure_load(options, figures):
    """20,000 files that nobody annotated: first rows, and keys while it works."""
    folder = corpora.files(options.generator, options.folder, options.files)
    program = Khabar(options, options.files)
    program.command = lambda: [options.khabar, "--no-cache", str(folder)]
    session = open_session(options, program)
    rows = session.wait_for(program.has_rows, 60)
    figures.note(program, "load, rows", rows, size="load")

    def counts(screen):
        return f"of {options.files}" in screen.text()[0]

    # the count may have come with the rows
    progress = rows if counts(session.screen) else None
    figures.note(program, "load, progress", progress or session.wait_for(counts, 60), size="load")
    session.press(":")
    latency = []
    for typed in range(1, 41):
        session.listen(0.05)
        session.take_in()
        if program.is_ready(session.screen):
            break
        at, wanted, seen = session.press("x"), "x" * typed, None
        while seen is None and CLOCK() - at < 5:
            if session.read(0.05):
                came = session.waiting[-1][0]
                session.take_in()
                if any(wanted in row for row in session.screen.text()):
                    seen = (came - at) * 1000
        latency.append(5000.0 if seen is None else seen)
    figures.note(program, "load, keys", len(latency), size="load")
    figures.note(program, "load, key, median", middle(latency), size="load")
    figures.note(program, "load, key, worst", worst(latency), size="load")
    figures.note(program, "load, all", session.wait_for(program.is_ready, 600), size="load")
    session.end()


def measure(options, program, figures, last):
    """All groups of one program at one size."""
    only = options.only
    if "start" in only:
        measure_start(options, program, figures)
    if "moves" in only:
        measure_moves(options, program, figures)
    if {"keys", "flood", "idle"} & only:
        session = open_session(options, program)
        session.wait_for(program.is_ready, 120)
        session.settle(quiet=1.0)
        session.take_in()
        if "flood" in only:
            measure_flood(session, program, figures)
        if "keys" in only:
            measure_keys(options, session, program, figures)
            memory = session.memory()
            figures.note(program, "memory", memory.resident)
            figures.note(program, "memory, most", memory.most)
            figures.note(program, "memory, private", memory.private)
            figures.note(program, "private a document", memory.private * 2**20 / program.count)
        if "idle" in only and last:
            # where one was is kept two seconds after the last key
            session.settle(quiet=4.0)
            idle = session.idle(options.idle)
            figures.note(program, "idle, bytes", idle.bytes)
            figures.note(program, "idle, wakes", idle.wakes)
            figures.note(program, "idle, processor", idle.processor)
        session.end()
    if "slow" in only and program.count == options.slow:
        for baud in (57600, 9600):
            measure_slow(options, program, baud, figures)


def annotate(options, program, figures):
    """Fills the cache, unless a kept one is there, and opens it once without a screen."""
    if not program.cache.exists():
        first = run(options.khabar, program.documents, program.cache)
        figures.note(program, "annotate, processor", first[1])
        figures.note(program, "annotate, memory", first[2])
    again = run(options.khabar, program.documents, program.cache)
    figures.note(program, "headless again, processor", again[1] * 1000)


def middle(values):
    values = [value for value in values if value is not None]
    return statistics.median(values) if values else None


def worst(values):
    values = [value for value in values if value is not None]
    return max(values) if values else None


def count_of(text):
    """1k, 10k, 1M or a plain number."""
    return int(float(text.rstrip("kM")) * {"k": 1000, "M": 1_000_000}.get(text[-1], 1))


def version(program):
    """What a peer says that it is; None where it is not installed."""
    if not shutil.which(program):
        return None
    said = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
    return said.strip().removeprefix(program).split("\n")[0].strip()


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--khabar", default=str(ROOT / "target/release/khabar"))
    parser.add_argument("--ptybench", default=str(SHARED / "ptybench.py"))
    parser.add_argument("--generator", default=str(SHARED / "gen_corpus.py"))
    parser.add_argument("--real", default=str(REAL), help="real news, for what a move costs")
    parser.add_argument("--sizes", default="1k,10k,100k")
    parser.add_argument("--slow", type=count_of, default=10_000, help="documents on slow lines")
    parser.add_argument("--files", type=count_of, default=20_000, help="files to load")
    parser.add_argument("--idle", type=float, default=60, help="seconds of doing nothing")
    parser.add_argument("--runs", type=int, default=5, help="starts, of which the median")
    parser.add_argument("--only", default=",".join(GROUPS))
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--keep", metavar="FOLDER", help="where corpora and caches stay")
    options = parser.parse_args()
    options.only = set(options.only.split(","))
    if unknown := options.only - set(GROUPS):
        parser.error(f"--only {','.join(unknown)}: there are {', '.join(GROUPS)}")
    if not os.access(options.khabar, os.X_OK):
        parser.error(f"{options.khabar}: not there; `cargo build --release` makes it")
    options.khabar = os.path.abspath(options.khabar)
    options.bench = load_ptybench(options.ptybench)
    return options


def main():
    options = arguments()
    sizes = [count_of(size) for size in options.sizes.split(",")]
    peers = {name: None if options.no_peers else version(name) for name in ("fzf", "sk")}
    figures = Figures(sizes, peers, exponent)
    with tempfile.TemporaryDirectory(prefix="khabar-peers-") as folder:
        options.folder = os.path.abspath(options.keep or folder)
        os.makedirs(options.folder, exist_ok=True)
        loads = [os.getloadavg()[0]]
        for size in sorted({*sizes, options.slow} if "slow" in options.only else sizes):
            program = Khabar(options, size)
            annotate(options, program, figures)
            measure(options, program, figures, size == sizes[-1])
            for name in (name for name, version in peers.items() if version):
                measure(options, Finder(name, options, size), figures, size == sizes[-1])
            print(f"{size:,} documents measured", file=sys.stderr)
        if "moves" in options.only and Path(options.real).exists():
            # in real news the texts fill the pane
            program = Khabar(options, "real")
            annotate(options, program, figures)
            measure_moves(options, program, figures)
        if "load" in options.only:
            measure_load(options, figures)
        for home in Path(options.folder).glob("home-*"):
            shutil.rmtree(home, ignore_errors=True)
        loads.append(os.getloadavg()[0])
    figures.print(options, loads, time.strftime("%d %B %Y"))


if __name__ == "__main__":
    main()
