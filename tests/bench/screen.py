"""What a terminal shows, as far as the programs of peers.py need it: cells with their looks.

No terminal: it answers nothing, knows no tabs, no insertion and no margins left and right.
"""

import re
import unicodedata

PLAIN = (None, None, False, False, False)

SEQUENCE = re.compile(
    rb"\x1b\[([0-?]*)([ -/]*)([@-~])"  # CSI
    rb"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # OSC
    rb"|\x1bP.*?\x1b\\"  # DCS
    rb"|\x1b[ -/]*[0-OQ-Z\\^-~]",
    re.S,
)
TEXT = re.compile(rb"[^\x00-\x1f\x7f]+")


def columns(char):
    """Columns that a character takes: 0, 1 or 2."""
    if char < "\u0300":
        return 1
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


class Screen:
    """Cells are pairs: what stands there, and (foreground, background, bold, underlined, reversed)."""

    def __init__(self, width, height):
        self.width, self.height = width, height
        self.cells = [self.blank() for _ in range(height)]
        self.x = self.y = 0
        self.pen = PLAIN
        self.top, self.bottom = 0, height - 1
        self.saved = (0, 0, PLAIN)
        self.rest = b""
        self.last = " "

    def blank(self):
        return [(" ", PLAIN)] * self.width

    def copy(self):
        """The cells as they are now."""
        return [row[:] for row in self.cells]

    def text(self):
        """Rows without their looks."""
        return ["".join(cell[0] for cell in row) for row in self.cells]

    def feed(self, data):
        data = self.rest + data
        self.rest = b""
        at = 0
        while at < len(data):
            byte = data[at]
            if byte == 0x1B:
                found = SEQUENCE.match(data, at)
                if not found:
                    # cut in two, or nothing that is known
                    if len(data) - at < 4096:
                        self.rest = data[at:]
                        return
                    at += 1
                    continue
                if found.group(3):
                    self.control(found.group(1), found.group(2), found.group(3))
                else:
                    self.escape(found.group(0))
                at = found.end()
            elif byte < 0x20 or byte == 0x7F:
                self.c0(byte)
                at += 1
            else:
                found = TEXT.match(data, at)
                piece, at = found.group(0), found.end()
                if at == len(data):
                    piece, self.rest = cut(piece)
                for char in piece.decode("utf-8", "replace"):
                    self.put(char)

    def c0(self, byte):
        if byte == 0x08:
            self.x = max(0, min(self.x, self.width - 1) - 1)
        elif byte == 0x0D:
            self.x = 0
        elif byte == 0x0A:
            self.down()

    def down(self):
        if self.y == self.bottom:
            self.scroll(1)
        else:
            self.y = min(self.y + 1, self.height - 1)

    def scroll(self, by):
        """Moves the rows within the margins up, or down if negative."""
        rows = self.cells[self.top : self.bottom + 1]
        by = max(-len(rows), min(by, len(rows)))
        if by >= 0:
            rows = rows[by:] + [self.blank() for _ in range(by)]
        else:
            rows = [self.blank() for _ in range(-by)] + rows[:by]
        self.cells[self.top : self.bottom + 1] = rows

    def put(self, char):
        width = columns(char)
        if width == 0:
            x = min(self.x, self.width) - 1
            if x >= 0:
                text, look = self.cells[self.y][x]
                self.cells[self.y][x] = (text + char, look)
            return
        if self.x + width > self.width:
            self.x = 0
            self.down()
        self.last = char
        row = self.cells[self.y]
        row[self.x] = (char, self.pen)
        if width == 2:
            row[self.x + 1] = ("", self.pen)
        self.x += width

    def escape(self, sequence):
        if sequence == b"\x1b7":
            self.saved = (self.x, self.y, self.pen)
        elif sequence == b"\x1b8":
            self.x, self.y, self.pen = self.saved
        elif sequence == b"\x1bM":
            if self.y == self.top:
                self.scroll(-1)
            else:
                self.y = max(0, self.y - 1)
        elif sequence in (b"\x1bD", b"\x1bE"):
            self.x = 0 if sequence == b"\x1bE" else self.x
            self.down()

    def control(self, given, between, final):
        if between or given[:1] in (b"?", b">", b"<", b"="):
            if given in (b"?1049", b"?47", b"?1047") and final in b"hl":
                self.cells = [self.blank() for _ in range(self.height)]
            return
        numbers = [int(n) if n.isdigit() else 0 for n in given.split(b";")]
        one = max(1, numbers[0])
        x, last = min(self.x, self.width - 1), self.height - 1
        if final == b"m":
            self.look(given)
        elif final in b"Hf":
            self.y = min(one - 1, last)
            self.x = min(max(1, numbers[1] if len(numbers) > 1 else 1) - 1, self.width - 1)
        elif final == b"A":
            self.y = max(0, self.y - one)
        elif final in b"Be":
            self.y = min(last, self.y + one)
        elif final in b"Ca":
            self.x = min(self.width - 1, x + one)
        elif final == b"D":
            self.x = max(0, x - one)
        elif final in b"G`":
            self.x = min(self.width, one) - 1
        elif final == b"d":
            self.y = min(self.height, one) - 1
        elif final in b"EF":
            self.x = 0
            self.y = max(0, min(last, self.y + (one if final == b"E" else -one)))
        elif final == b"J":
            self.erase_screen(numbers[0])
        elif final == b"K":
            self.erase_row(numbers[0])
        elif final == b"X":
            self.fill(self.y, x, x + one)
        elif final == b"b":
            for _ in range(one):
                self.put(self.last)
        elif final in b"ST":
            self.scroll(one if final == b"S" else -one)
        elif final in b"LM" and self.top <= self.y <= self.bottom:
            top, self.top = self.top, self.y
            self.scroll(one if final == b"M" else -one)
            self.top = top
        elif final == b"P":
            row = self.cells[self.y]
            row[x:] = (row[x + one :] + self.blank())[: self.width - x]
        elif final == b"@":
            row = self.cells[self.y]
            row[x:] = (self.blank()[:one] + row[x:])[: self.width - x]
        elif final == b"r":
            self.top = one - 1
            bottom = numbers[1] if len(numbers) > 1 and numbers[1] else self.height
            self.bottom = min(bottom, self.height) - 1
            self.x = self.y = 0
        elif final == b"s":
            self.saved = (self.x, self.y, self.pen)
        elif final == b"u":
            self.x, self.y = self.saved[:2]

    def fill(self, y, start, end):
        look = (None, self.pen[1], False, False, False)
        for x in range(start, min(end, self.width)):
            self.cells[y][x] = (" ", look)

    def erase_row(self, what):
        x = min(self.x, self.width - 1)
        self.fill(self.y, 0 if what else x, x + 1 if what == 1 else self.width)

    def erase_screen(self, what):
        self.erase_row(what)
        rows = range(self.y + 1, self.height) if what == 0 else range(self.y)
        for y in range(self.height) if what >= 2 else rows:
            self.fill(y, 0, self.width)

    def look(self, given):
        foreground, background, bold, underlined, reversed_ = self.pen
        codes = [int(n) if n.isdigit() else 0 for n in re.split(rb"[;:]", given)]
        while codes:
            code = codes.pop(0)
            if code == 0:
                foreground, background, bold, underlined, reversed_ = PLAIN
            elif code in (1, 22):
                bold = code == 1
            elif code in (4, 24):
                underlined = code == 4
            elif code in (7, 27):
                reversed_ = code == 7
            elif code in (38, 48):
                count = {5: 2, 2: 4}.get(codes[0] if codes else 0, 0)
                colour, codes = tuple(codes[:count]), codes[count:]
                if code == 38:
                    foreground = colour
                else:
                    background = colour
            elif 30 <= code <= 39 or 90 <= code <= 97:
                foreground = None if code == 39 else code
            elif 40 <= code <= 49 or 100 <= code <= 107:
                background = None if code == 49 else code
        self.pen = (foreground, background, bold, underlined, reversed_)


def cut(piece):
    """What of these bytes is whole characters, and the rest."""
    for back in range(1, min(4, len(piece)) + 1):
        lead = piece[-back]
        if lead >= 0xC0:
            whole = 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
            if whole > back:
                return piece[:-back], piece[-back:]
            break
        if lead < 0x80:
            break
    return piece, b""


def unfinished(data):
    """Where the sequence begins that these bytes break off in; their length if none does."""
    at = data.rfind(b"\x1b")
    return len(data) if at < 0 or SEQUENCE.match(data, at) else at


def changed_bytes(before, after):
    """UTF-8 bytes of the cells that differ, a blank counting as one."""
    return sum(
        max(1, len(new[0].encode()))
        for old_row, new_row in zip(before, after)
        for old, new in zip(old_row, new_row)
        if old != new
    )
