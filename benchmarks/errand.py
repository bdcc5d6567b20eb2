"""One researcher's errand in a real terminal, from opening to coming back: its screens and times.

    python benchmarks/errand.py [--vault notes] [--size 120x36] [--no-run] [--screens FOLDER]

The explorer runs in tmux on a copy of the vault without its run records, so that the run from the
screen changes what the claims are worth and there is something to regenerate. Each step presses
keys and waits for the words that show that it is done; what is printed is the step, the seconds
until then, and at the end whether the second start stands where the first one left. A step whose
words never come ends it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parents[1]
QUESTION = "Can model confidence work as a reward signal for reasoning?"
PATIENCE = 60.0  # seconds for a step
LONG = 1800.0  # and for a run of the tests
FRONT = "f Filter"  # what is at the foot of the screen when no other one is before it


class Step(NamedTuple):
    """What is done, the keys of it, and the words one of which shows that it is done."""

    what: str
    keys: tuple[str, ...]
    shows: tuple[str, ...]
    patience: float = PATIENCE


ASKED = (
    Step("open the search", ("/",), ("Search the notes",)),
    Step("type the question", (QUESTION,), ("by keyword",)),
    Step("ask it, for the first time", ("Enter",), ("what these notes answer",), LONG),
    Step("open the first claim", ("Enter",), (FRONT,)),
    Step("why it stands so", ("w",), ("Why it stands so",)),
    Step("back to the claim", ("Escape",), (FRONT,)),
    Step("what contradicts it", ("x",), ("contradicts", "Nothing contradicts")),
    Step("a path to a question", ("P",), ("How is this joined to",)),
    Step("name the question", ("abstention transfer",), ("Can abstention behavior",)),
    Step("see the path", ("Enter",), ("How they are joined",)),
    Step("back to the note", ("Escape",), (FRONT,)),
)
RUN = (
    Step("the experiment", ("v",), ("Experiment",)),
    Step("run the tests", ("R",), ("starting a run", "smoke")),
    Step("watch it", (), ("10/",), LONG),
    Step("until the run is over", (), ("The run is over",), LONG),
    Step("back from the experiment", ("Escape",), (FRONT,)),
)
REGENERATED = (
    Step("regenerate, with its diff", ("d",), ("nothing is written yet",)),
    Step("write it", ("w",), ("Wrote",)),
    Step("send the notice away", ("Escape",), (FRONT,)),
)


class Terminal:
    """A tmux session of its own."""

    def __init__(self, size: str, home: Path) -> None:
        self._width, self._height = size.split("x")
        self._base = ("tmux", "-L", f"errand-{os.getpid()}", "-f", "/dev/null")
        names = ("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
        self._environment = os.environ | {name: str(home / name) for name in names}

    def open(self, vault: Path) -> None:
        """Start the explorer on a vault."""
        command = f"{sys.executable} {HERE / 'cli.py'} explore {vault}"
        self._tmux("new-session", "-d", "-x", self._width, "-y", self._height, command)

    def press(self, keys: Sequence[str]) -> None:
        for key in keys:
            literal = () if key in {"Enter", "Escape"} else ("-l",)
            self._tmux("send-keys", *literal, key)

    def seen(self) -> str:
        """The words on the screen; none where the program has ended."""
        return self._tmux("capture-pane", "-p")

    def close(self) -> None:
        self._tmux("kill-server")

    def _tmux(self, *arguments: str) -> str:
        done = subprocess.run(
            [*self._base, *arguments],
            env=self._environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return done.stdout


def waited(terminal: Terminal, step: Step) -> float:
    """The seconds until one of the words of a step was seen.

    Raises:
        SystemExit: none was; the screen is printed.
    """
    began = time.monotonic()
    while not any(words in (screen := terminal.seen()) for words in step.shows):
        if time.monotonic() - began > step.patience:
            raise SystemExit(f"{screen}\n{step.what}: none of {step.shows} was seen")
        time.sleep(0.02)
    return time.monotonic() - began


def carried_out(terminal: Terminal, steps: Sequence[Step], folder: Path | None) -> None:
    """Take these steps, telling each with its seconds; keep the screens where there is a folder."""
    for step in steps:
        terminal.press(step.keys)
        print(f"{waited(terminal, step):7.2f} s  {step.what}", flush=True)
        if folder:
            time.sleep(0.3)  # for what is painted last
            (folder / f"{len(list(folder.iterdir())):02} {step.what}.txt").write_text(
                terminal.seen(), encoding="utf-8"
            )


def title(screen: str) -> str:
    """The title of the note one stands on, as far as it is shown: the last one of the trail."""
    return screen.splitlines()[1].rpartition("› ")[2].strip()


def main() -> None:
    """Carry the errand out and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--vault", type=Path, default=HERE / "notes")
    parser.add_argument("--size", default="120x36")
    parser.add_argument("--no-run", action="store_true", help="leave the run of the tests out")
    parser.add_argument("--screens", type=Path, help="a new folder for what was seen")
    asked = parser.parse_args()
    if asked.screens:
        asked.screens.mkdir(parents=True)
    opened = Step("open the vault", (), ("§ ",))  # of the sources that are counted at the top
    steps = (*ASKED, *(() if asked.no_run else RUN), *REGENERATED)
    with tempfile.TemporaryDirectory() as place:
        vault = Path(place) / "vault"
        shutil.copytree(asked.vault, vault, ignore=shutil.ignore_patterns(".graphkit", "records"))
        terminal = Terminal(asked.size, Path(place))
        try:
            terminal.open(vault)
            carried_out(terminal, (opened, *steps), asked.screens)
            time.sleep(0.3)  # an escape with a key right behind it would be another key
            left = title(terminal.seen())
            terminal.press(["q"])
            while terminal.seen():
                time.sleep(0.05)
            terminal.open(vault)
            carried_out(terminal, [opened._replace(what="open it again")], asked.screens)
            again = title(terminal.seen())
        finally:
            terminal.close()
    print(f"left at {left!r}, came back to {again!r}")
    raise SystemExit(left != again)


if __name__ == "__main__":
    main()
