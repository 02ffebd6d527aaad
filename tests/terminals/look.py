#!/usr/bin/env python3
"""Pictures of khabar in real terminals, to be looked at letter by letter.

    tests/terminals/look.py [-o FOLDER] [-k KHABAR] [TERMINAL...]

Each terminal runs on an X server of its own that nobody sees. The pictures go to FOLDER
(target/terminals) and are not for the repository: fonts and versions differ from machine to
machine. Beside them, letters.txt in this folder says what each line must look like.

Terminals: xterm vte mlterm konsole kitty alacritty foot tmux (tmux stands in VTE) and logical (VTE
with --bidi logical: there the terminal orders and joins). One that is not installed is passed over.

Needs Xvfb, openbox, xdotool and imagemagick, the font DejaVu Sans Mono, and of the terminals what
is there: xterm, xfce4-terminal and dbus-run-session, mlterm, konsole, kitty, alacritty, foot and
weston, tmux. On Debian: xvfb openbox xdotool imagemagick fonts-dejavu-core dbus libgl1-mesa-dri and
the terminals by their names.
"""

import argparse
import ctypes
import os
import pathlib
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
FONT, POINTS = "DejaVu Sans Mono", 11

# Each terminal: the program that must be there, and the class of its window.
TERMINALS = {
    "xterm": ("xterm", "XTerm"),
    "vte": ("xfce4-terminal", "Xfce4-terminal"),
    "mlterm": ("mlterm", "mlterm"),
    "konsole": ("konsole", "konsole"),
    "kitty": ("kitty", "kitty"),
    "alacritty": ("alacritty", "Alacritty"),
    "foot": ("foot", "Weston Compositor"),
    "tmux": ("tmux", "Xfce4-terminal"),
    "logical": ("xfce4-terminal", "Xfce4-terminal"),
}

# Each session: columns, rows, what khabar opens, and what is typed; "=name" takes a picture, "drag:"
# moves the mouse with the button down from column, row to column, row (about: windows have edges).
SESSIONS = [
    (120, 40, "--sample", "=all j j j =three-down slash text:lang:ar Return =arabic j j j =arabic-three-down "
                          "2 ctrl+d =text l l =name shift+b =question Escape 3 =entities"),
    (80, 24, "--sample --filter lang:ar", "=small j j j =small-three-down 4 =small-timeline 3 =small-entities"),
    (80, 24, shlex.quote(str(HERE / "letters.txt")), "2 z =letters shift+m =letters-marks shift+m m drag:60,6,40,8 =letters-drag"),
]


def descendants(root):
    """Every process that descends from one."""
    children = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            stat = pathlib.Path("/proc", entry, "stat").read_text()
        except OSError:
            continue
        parent = int(stat.rpartition(")")[2].split()[1])
        children.setdefault(parent, []).append(int(entry))
    found, open_ = [], [root]
    while open_:
        new = children.get(open_.pop(), [])
        found += new
        open_ += new
    return found


def end_all():
    """Ends what was started here, by process id; orphans are ours, too (subreaper)."""
    for sign in (signal.SIGHUP, signal.SIGTERM, signal.SIGKILL):
        for process in reversed(descendants(os.getpid())):
            try:
                os.kill(process, sign)
            except ProcessLookupError:
                pass
        deadline = time.monotonic() + 1
        while time.monotonic() < deadline:
            try:
                if os.waitpid(-1, os.WNOHANG)[0] == 0:
                    time.sleep(0.05)
            except ChildProcessError:
                return


def wait_for(what, seconds):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := what():
            return found
        time.sleep(0.1)
    return None


def command_of(terminal, columns, rows, script, run):
    """How a terminal is told to run a script in a window of a size."""
    size = f"{columns}x{rows}"
    return {
        "xterm": ["xterm", "-fa", FONT, "-fs", str(POINTS), "-geometry", f"{size}+0+0", "-u8", "-e", script],
        "mlterm": ["mlterm", "-g", f"{size}+0+0", "--sb=none", "-w", str(POINTS * 4 // 3), "-e", script],
        "konsole": ["konsole", "--hide-menubar", "--hide-tabbar", "--nofork", "-p", f"Font={FONT},{POINTS}",
                    "-p", "ScrollBarPosition=2", "-p", f"TerminalColumns={columns}", "-p", f"TerminalRows={rows}",
                    "-e", script],
        "kitty": ["kitty", "--config", "NONE", "-o", f"font_family={FONT}", "-o", f"font_size={POINTS}",
                  "-o", "remember_window_size=no", "-o", f"initial_window_width={columns}c",
                  "-o", f"initial_window_height={rows}c", "-o", "update_check_interval=0", script],
        "alacritty": ["alacritty", "-o", f"window.dimensions.columns={columns}",
                      "-o", f"window.dimensions.lines={rows}", "-o", f'font.normal.family="{FONT}"',
                      "-o", f"font.size={POINTS}", "-e", script],
        "foot": ["foot", "-c", "/dev/null", "-o", f"font={FONT}:size={POINTS}", "-o", "csd.preferred=none",
                 "-W", size, script],
    }.get(terminal, ["dbus-run-session", "--", "xfce4-terminal", "--disable-server", f"--geometry={size}+0+0",
                     f"--font={FONT} {POINTS}", "--hide-menubar", "--hide-toolbar", "--hide-scrollbar",
                     "--hide-borders", "-x", script])


class Desk:
    """An X server with one terminal."""

    def __init__(self, folder):
        self.folder = folder
        kept = ("PATH", "XDG_DATA_DIRS", "USER", "SHELL")
        self.environment = {name: os.environ[name] for name in kept if name in os.environ}
        self.environment |= {
            "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "LANG": "C.UTF-8", "LIBGL_ALWAYS_SOFTWARE": "1",
            "NO_AT_BRIDGE": "1", "QT_QPA_PLATFORM": "xcb", "GDK_BACKEND": "x11",
        }
        self.log = open(folder / "log", "w")
        read, write = os.pipe()
        self.start(["Xvfb", "-displayfd", str(write), "-screen", "0", "1900x1300x24", "-nolisten", "tcp", "-noreset"],
                   pass_fds=(write,))
        os.close(write)
        # to the end of the line: a server that finds the pipe closed gives up
        with os.fdopen(read) as said:
            self.environment["DISPLAY"] = ":" + said.readline().strip()
        self.start(["openbox"])
        time.sleep(0.5)

    def start(self, command, **more):
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
                                env=self.environment, start_new_session=True, **more)

    def call(self, *command):
        return subprocess.run(command, env=self.environment, capture_output=True, text=True).stdout

    def weston(self):
        (self.folder / "weston.ini").write_text(
            "[core]\nidle-time=0\n[shell]\npanel-position=none\nbackground-color=0xff303030\nanimation=none\n")
        self.start(["weston", "--backend=x11-backend.so", "--use-pixman", "--width=1800", "--height=1200",
                    "--socket=look", f"--config={self.folder}/weston.ini"])
        wait_for((self.folder / "look").exists, 10)
        self.environment["WAYLAND_DISPLAY"] = "look"

    def window(self, of_class):
        """The largest window of a class."""
        best = (0, None)
        for window in self.call("xdotool", "search", "--onlyvisible", "--class", of_class).split():
            lines = self.call("xdotool", "getwindowgeometry", "--shell", window).split()
            sizes = dict(line.split("=") for line in lines if "=" in line)
            best = max(best, (int(sizes.get("WIDTH", 0)) * int(sizes.get("HEIGHT", 0)), window))
        return best[1] if best[0] > 5000 else None

    def drag(self, window, columns, rows, place):
        lines = self.call("xdotool", "getwindowgeometry", "--shell", window).split()
        size = dict(line.split("=") for line in lines if "=" in line)
        width, height = int(size["WIDTH"]) / columns, int(size["HEIGHT"]) / rows
        x, y, to_x, to_y = (int(number) + 0.5 for number in place.split(","))
        at = [str(int(n)) for n in (x * width, y * height, to_x * width, to_y * height)]
        self.call("xdotool", "mousemove", "--window", window, *at[:2], "mousedown", "1", "sleep", "0.1",
                  "mousemove", "--window", window, *at[2:], "sleep", "0.1", "mouseup", "1")

    def picture(self, window, file, cut):
        self.call("import", "-window", window, "-strip", str(file))
        if cut:
            self.call("convert", str(file), "-bordercolor", "#303030", "-border", "2", "-fuzz", "3%", "-trim",
                      "+repage", str(file))
        return file.exists()


def session(terminal, columns, rows, opened, typed, khabar, out):
    """One terminal, one size: types and takes the pictures; how many it took."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="khabar-look."))
    try:
        desk = Desk(folder)
        script, ready = folder / "run", folder / "ready"
        mode = "--bidi logical " if terminal == "logical" else ""
        run = f"{shlex.quote(str(khabar))} --private {mode}{opened}"
        if terminal == "tmux":
            run = f"tmux -S {folder}/socket -f /dev/null new-session {shlex.quote(run)}"
        script.write_text(f"#!/bin/sh\nfor i in 1 2 3 4 5 6 7 8 9; do [ \"$(stty size)\" = '{rows} {columns}' ] && "
                          f"break; sleep 0.1; done\nstty size > {ready}\n{run}\nsleep 60\n")
        script.chmod(0o755)
        if terminal == "foot":
            desk.weston()
        started = desk.start(command_of(terminal, columns, rows, str(script), run))
        if not wait_for(lambda: ready.exists() or started.poll(), 20) or not ready.exists():
            print(f"{terminal}: does not start\n{(folder / 'log').read_text()[-800:]}", file=sys.stderr)
            return 0
        window = wait_for(lambda: desk.window(TERMINALS[terminal][1]), 10)
        desk.call("xdotool", "windowactivate", window, "mousemove", "1890", "1290")
        time.sleep(3.5)
        taken = 0
        for word in typed.split():
            if word.startswith("="):
                time.sleep(1.0)
                taken += desk.picture(window, out / f"{terminal}-{word[1:]}.png", terminal == "foot")
            elif word.startswith("drag:"):
                desk.drag(window, columns, rows, word[5:])
            elif word.startswith("text:"):
                desk.call("xdotool", "type", "--delay", "30", word[5:])
            else:
                desk.call("xdotool", "key", word)
            time.sleep(0.15)
        size = ready.read_text().split()
        if size != [str(rows), str(columns)]:
            print(f"{terminal}: wanted {columns}x{rows}, is {size[1]}x{size[0]}", file=sys.stderr)
        return taken
    finally:
        end_all()
        shutil.rmtree(folder, ignore_errors=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("-o", "--out", type=pathlib.Path, default=pathlib.Path("target/terminals"))
    arguments.add_argument("-k", "--khabar", type=pathlib.Path, default=pathlib.Path("target/debug/khabar"))
    arguments.add_argument("-s", "--session", type=int, choices=range(len(SESSIONS)), help="only this one")
    arguments.add_argument("terminal", nargs="*", help="all of them by default")
    chosen = arguments.parse_args()
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER: orphans come to us
    missing = [name for name in ("Xvfb", "openbox", "xdotool", "import", "convert") if not shutil.which(name)]
    if missing:
        sys.exit(f"not here: {' '.join(missing)}")
    if not chosen.khabar.exists():
        sys.exit(f"{chosen.khabar}: not built")
    chosen.out.mkdir(parents=True, exist_ok=True)
    taken = 0
    for terminal in chosen.terminal or TERMINALS:
        if terminal not in TERMINALS:
            sys.exit(f"{terminal}: known are {' '.join(TERMINALS)}")
        if not shutil.which(TERMINALS[terminal][0]):
            print(f"{terminal}: not installed", file=sys.stderr)
            continue
        for number, of in enumerate(SESSIONS):
            if chosen.session in (None, number):
                taken += session(terminal, *of, chosen.khabar.resolve(), chosen.out.resolve())
    print(f"{taken} pictures in {chosen.out}")


main()
