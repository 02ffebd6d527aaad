"""A program in a pseudo-terminal of ptybench.py, and what came of a key, with times.

Times are those of reading a piece of output; what it did to the screen is worked out afterwards,
so that looking does not slow the program down.
"""

import importlib.util
import os
import sys
import time
from pathlib import Path
from types import SimpleNamespace

from screen import Screen, unfinished

COLUMNS, ROWS = 120, 40
CLOCK = time.perf_counter

# pieces of output less far apart, in ms, are one frame
APART = 1.0

# what would make two machines differ
for name in list(os.environ):
    if name.startswith(("XDG_", "FZF_", "SKIM_", "KHABAR_")) or name in ("NO_COLOR", "CLICOLOR"):
        del os.environ[name]


def load_ptybench(path):
    """The pty bench as a module, or an end with what to do about it."""
    if not Path(path).is_file():
        sys.exit(
            f"{path}: not there. It is the pty bench that comes with the corpora of the project;\n"
            "say where it is: --ptybench FILE"
        )
    spec = importlib.util.spec_from_file_location("ptybench", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Session:
    """A program that runs until `end`."""

    def __init__(self, ptybench, command, home, stdin=None, baud=0):
        self.bench = ptybench
        options = SimpleNamespace(
            term="xterm-256color", env=[f"HOME={home}"], stdin=stdin, baud=baud, no_answer=True
        )
        self.asked = b""
        self.screen = Screen(COLUMNS, ROWS)
        self.waiting = []  # pieces that the screen has not taken in, with their times
        self.terminal = ptybench.Term(command, COLUMNS, ROWS, options)

    def read(self, timeout):
        """Whether a piece came within so many seconds."""
        piece = self.terminal.read(timeout)
        if piece:
            self.waiting.append((CLOCK(), piece))
            # a question that is cut in two, as all are on slow lines, is one question
            self.asked += piece
            whole = unfinished(self.asked)
            self.terminal.answer(self.asked[:whole])
            self.asked = self.asked[whole:]
        return bool(piece)

    def take_in(self):
        """The pieces that came, with their times; the screen shows them then."""
        pieces, self.waiting = self.waiting, []
        for _, piece in pieces:
            self.screen.feed(piece)
        return pieces

    def wait_for(self, shows, limit):
        """ms from the start until `shows(screen)`, or None."""
        while CLOCK() - self.terminal.t0 < limit and not self.terminal.eof:
            if self.read(0.02):
                at = self.waiting[-1][0]
                self.take_in()
                if shows(self.screen):
                    return (at - self.terminal.t0) * 1000
        return None

    def settle(self, quiet=0.2, limit=60, idle_share=0.2):
        """Reads until nothing came for a while and the program works no more."""
        begun = mark = CLOCK()
        used = self.processor()
        while CLOCK() - begun < limit and not self.terminal.eof:
            if self.read(min(0.01, quiet)):
                mark, used = CLOCK(), self.processor()
            elif CLOCK() - mark >= quiet:
                now = self.processor()
                if now - used <= idle_share * (CLOCK() - mark):
                    return
                mark, used = CLOCK(), now

    def listen(self, seconds):
        """Reads for so many seconds."""
        end = CLOCK() + seconds
        while CLOCK() < end:
            self.read(max(0.0, min(0.005, end - CLOCK())))

    def press(self, keys):
        """Writes keys; gives when that was."""
        at = CLOCK()
        self.terminal.write(keys.encode())
        return at

    def outcome(self, since, region):
        """What the pieces that came did to the screen and to a part of it.

        `first` and `settled` are the first and the last change of the part, `last` the last
        piece, `frames` those after `since`; all in ms after `since`.
        """
        part = region(self.screen)
        first = settled = last = None
        size, frames = 0, []
        pieces, self.waiting = self.waiting, []
        for at, piece in pieces:
            self.screen.feed(piece)
            size += len(piece)
            last = (at - since) * 1000
            if last > 0 and (not frames or last - frames[-1] > APART):
                frames.append(last)
            now = region(self.screen)
            if now != part:
                part, settled = now, last
                first = last if first is None else first
        return SimpleNamespace(
            first=first, settled=settled, last=last, bytes=size, frames=len(frames)
        )

    def processor(self):
        """Seconds of processor time of all its processes."""
        return self.bench.tree(self.terminal.pid)[0] / 1e9

    def idle(self, seconds):
        """Bytes, wake-ups and ms of processor time while nothing happens."""
        before, come = self.bench.tree(self.terminal.pid), self.terminal.nread
        self.listen(seconds)
        after = self.bench.tree(self.terminal.pid)
        return SimpleNamespace(
            bytes=self.terminal.nread - come,
            wakes=after[3] - before[3],
            processor=(after[0] - before[0]) / 1e6,
        )

    def memory(self):
        """MB: resident, the most so far, private (not mapped from files)."""
        resident = most = private = 0
        for process in self.bench.session_pids(self.terminal.pid):
            try:
                status = Path(f"/proc/{process}/status").read_text()
                rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
            except OSError:
                continue
            resident += field(status, "VmRSS:")
            most += field(status, "VmHWM:")
            private += field(rollup, "Anonymous:")
        return SimpleNamespace(
            resident=resident / 1024, most=most / 1024, private=private / 1024
        )

    def end(self):
        self.bench.kill_session(self.terminal.pid)
        os.close(self.terminal.fd)


def field(text, name):
    """A number of a file in /proc, in KiB."""
    for line in text.splitlines():
        if line.startswith(name):
            return int(line.split()[1])
    return 0
