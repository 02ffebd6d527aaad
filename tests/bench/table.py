"""The figures of peers.py, and how they are printed."""

# key, what, unit, to reach (None: nothing was set), whether peers have it
GOALS = (
    ("rows", "start: first rows", "ms", 15, True),
    ("ready", "start: all is there", "ms", 40, True),
    ("answered", "start: first rows, then a letter, answered", "ms", None, False),
    ("first rows, worst", "a letter of the filter: first new rows, worst", "ms", 8, True),
    ("key, worst", "the same, ranking settled, worst", "ms", 33, True),
    ("key, median", "the same, median", "ms", 16, True),
    ("all panes, worst", "the same, all panes, worst", "ms", None, True),
    ("key, processor", "the same, processor time, worst", "ms", None, True),
    ("backspace", "backspace there, worst", "ms", 2, True),
    ("move, bytes", "a row down, at once, worst", "B", 60, True),
    ("move, ms", "the same, median", "ms", 2, True),
    ("follow, bytes", "the other panes then, median", "B", None, False),
    ("follow, median ratio", "by the bytes of the changed cells, median", "", None, False),
    ("follow, worst ratio", "the same, worst", "", 1.1, False),
    ("flood", "200 keys at once, list settled", "ms", 8, True),
    ("flood, all", "the same, all panes", "ms", None, True),
    ("flood, frames", "frames after the last key, worst", "", 2, True),
    ("flood, processor", "processor time of all 200", "ms", None, True),
    ("idle, bytes", "idle: bytes", "B", 0, True),
    ("idle, wakes", "idle: wake-ups", "", 0, True),
    ("idle, processor", "idle: processor time", "ms", 0, True),
    ("memory", "memory after typing, resident", "MB", 160, True),
    ("memory, most", "the same, at the most so far", "MB", None, True),
    ("memory, private", "the same, not mapped from files", "MB", None, True),
    ("private a document", "the same, a document", "B", 64, True),
)
SLOW = (
    ("57600", "60 keys at 30 Hz, 57,600 baud: list behind", "ms", 300, True),
    ("57600, all", "the same, all panes", "ms", None, True),
    ("57600, bytes", "the same, bytes", "B", None, True),
    ("9600", "60 keys at 30 Hz, 9,600 baud: list behind", "ms", 1500, True),
    ("9600, all", "the same, all panes", "ms", None, True),
    ("9600, bytes", "the same, bytes", "B", None, True),
)
REAL = tuple(row for row in GOALS if row[0].startswith(("move", "follow")))
LOAD = (
    ("load, rows", "first rows", "ms", 100, False),
    ("load, progress", "progress shown", "ms", 100, False),
    ("load, key, median", "a key while it loads, median", "ms", None, False),
    ("load, key, worst", "the same, worst", "ms", 20, False),
    ("load, keys", "keys pressed", "", None, False),
    ("load, all", "all files read", "ms", None, False),
)
GROWTH = (
    ("annotate, processor", "annotating, processor time", "s"),
    ("annotate, memory", "annotating, memory", "MB"),
    ("headless again, processor", "opened again without a screen, processor", "ms"),
    ("rows", "start: first rows", "ms"),
    ("ready", "start: all is there", "ms"),
    ("first rows, worst", "letter: first new rows, worst", "ms"),
    ("key, worst", "letter: ranking settled, worst", "ms"),
    ("all panes, worst", "letter: all panes, worst", "ms"),
    ("key, processor", "letter: processor time, worst", "ms"),
    ("backspace", "backspace, worst", "ms"),
    ("move, ms", "a row down", "ms"),
    ("flood", "200 keys at once, list settled", "ms"),
    ("memory", "memory after typing, resident", "MB"),
    ("memory, private", "the same, not mapped from files", "MB"),
)


class Figures:
    """What was measured, by program, size and key."""

    def __init__(self, sizes, peers, exponent):
        self.sizes, self.peers, self.exponent = sizes, peers, exponent
        self.noted = {}

    def note(self, program, key, value, size=None):
        self.noted[program.name, size or program.count, key] = value

    def of(self, name, size, key):
        return self.noted.get((name, size, key))

    def print(self, options, loads, day):
        said = [f"{name} {version or 'is not installed'}" for name, version in self.peers.items()]
        print(f"\nMeasured on {day}; load {loads[0]:.1f} before, {loads[1]:.1f} after. " + "; ".join(said))
        self.goals(f"{self.sizes[-1]:,} documents", GOALS, self.sizes[-1])
        self.goals("Real news", REAL, "real")
        self.goals(f"Slow lines, {options.slow:,} documents", SLOW, options.slow)
        self.goals(f"Loading {options.files:,} files that nobody annotated", LOAD, "load")
        self.keys()
        self.growth()

    def goals(self, title, rows, size):
        rows = [row for row in rows if self.of("khabar", size, row[0]) is not None]
        if not rows:
            return
        print(f"\n{title:<50}{'to reach':>10}{'khabar':>11}   ", end="")
        print("".join(f"{name:>11}{'ratio':>8}" for name in self.peers))
        for key, what, unit, goal, shared in rows:
            value = self.of("khabar", size, key)
            held = "  " if goal is None else "ok" if value <= goal else "NO"
            line = f"{what:<50}{shown(goal, unit):>10}{shown(value, unit):>11} {held}"
            for name in self.peers:
                other = self.of(name, size, key) if shared else None
                ratio = f"{value / other:.3f}" if other else ""
                line += f"{shown(other, unit):>11}{ratio:>8}"
            print(line.rstrip())

    def keys(self):
        """Each letter by itself."""
        size, letters = self.sizes[-1], "syrianحلب"
        if self.of("khabar", size, "key 1") is None:
            return
        print(f"\n{'a letter, ranking settled, ms':<34}" + "".join(f"{c:>9}" for c in letters))
        for name in ("khabar", *self.peers):
            values = [self.of(name, size, f"key {n + 1}") for n in range(len(letters))]
            if any(value is not None for value in values):
                print(f"{name:<34}" + "".join(f"{shown(value, ''):>9}" for value in values))

    def growth(self):
        if len(self.sizes) < 2:
            return
        print(f"\n{'khabar by documents':<44}", end="")
        print("".join(f"{size:>12,}" for size in self.sizes) + f"{'exponent':>10}")
        for key, what, unit in GROWTH:
            values = [self.of("khabar", size, key) for size in self.sizes]
            known = [(s, v) for s, v in zip(self.sizes, values) if v]
            if not known:
                continue
            fitted = ""
            if len(known) > 1:
                fitted = f"{self.exponent(*zip(*known)):.2f}"
            line = f"{what:<44}" + "".join(f"{shown(value, unit):>12}" for value in values)
            print(line + f"{fitted:>10}")


def shown(value, unit):
    if value is None:
        return "–"
    number = f"{value:.3g}" if abs(value) < 100 else f"{value:,.0f}"
    return f"{number} {unit}".strip()
