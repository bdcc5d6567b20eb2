"""What using a vault leaves of its files, on copies: they must keep every byte.

    python benchmarks/unharmed.py FOLDER... [--skip ask] [--ask-up-to MB]

Each vault is indexed, listed, checked, asked, and opened and left in the explorer on a terminal of
its own, each by a process like a user's. After each step every file outside `.graphkit` is
compared with what it was; a difference, or a program that fails, ends in exit code 1. `ask`
encodes every passage of a vault that was never asked, which takes minutes for each megabyte of
notes: vaults of more than `--ask-up-to` are searched by keyword in its place, as the line says.
"""

from __future__ import annotations

import argparse
import math
import os
import pty
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Container
from pathlib import Path

from vaults import copied, digest, notes

CLI = str(Path(__file__).parents[1] / "cli.py")
QUESTION = "What is this about?"
STILL = 2.0  # seconds without output, after which the explorer has drawn its screen
PATIENCE = 60.0  # seconds for it to draw, and to end
FINDING = (
    "check",
    "ask",
    "search",
)  # exit code 1 is a finding, or an answer that the notes do not hold


def command(*arguments: str) -> Callable[[Path], int]:
    def run(folder: Path) -> int:
        line = [sys.executable, CLI, "--vault", str(folder), *arguments]
        return subprocess.run(line, check=False, capture_output=True).returncode

    return run


def explored(folder: Path) -> int:
    """Start the explorer, walk a little once it stands still, and leave it."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ |= {"COLUMNS": "120", "LINES": "36", "TERM": "xterm-256color"}
        os.execv(sys.executable, [sys.executable, CLI, "--vault", str(folder)])  # noqa: S606
    drawn(terminal)
    for keys in (b"j", b"\r", b"q"):
        os.write(terminal, keys)
        drawn(terminal, 0.3)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def drawn(terminal: int, still: float = STILL) -> int:
    """Read what is drawn until the screen stands still, or the program ends; how many bytes."""
    count, end = 0, time.monotonic() + PATIENCE
    while time.monotonic() < end:
        wait = still if count else PATIENCE
        if not select.select([terminal], [], [], wait)[0]:
            break
        try:
            count += len(os.read(terminal, 65536))
        except OSError:  # the other end is closed
            break
    return count


USES: dict[str, Callable[[Path], int]] = {
    "index": command("status"),
    "list": command("list"),
    "check": command("check"),
    "ask": command("ask", QUESTION),
    "explore": explored,
}
INSTEAD = {"ask": ("search", command("search", "--mode", "keyword", QUESTION))}


def uses(folder: Path, skip: Container[str], ask_up_to: float) -> dict[str, Callable[[Path], int]]:
    """What is done with a vault: with a large one, what costs less."""
    large = sum(file.stat().st_size for file in notes(folder)) > ask_up_to * 1e6
    listed = [
        INSTEAD.get(name, (name, use)) if large else (name, use) for name, use in USES.items()
    ]
    return {name: use for name, use in listed if name not in skip}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--skip", action="append", default=[], choices=USES)
    parser.add_argument("--ask-up-to", type=float, default=math.inf, metavar="MB")
    asked = parser.parse_args()
    harmed = failed = 0
    for folder in asked.folders:
        with tempfile.TemporaryDirectory() as place:
            vault = copied(folder, Path(place))
            before = digest(vault)
            print(f"{folder.name}: {before[:16]}", flush=True)
            for name, use in uses(vault, asked.skip, asked.ask_up_to).items():
                began = time.perf_counter()
                code = use(vault)
                same = digest(vault) == before
                harmed, failed = harmed + (not same), failed + (code > (name in FINDING))
                says = "every byte as it was" if same else "CHANGED"
                print(
                    f"  {name:<8} exit {code} {time.perf_counter() - began:7.2f} s  {says}",
                    flush=True,
                )
            shutil.rmtree(vault)
    print(f"{harmed} steps changed a file, {failed} failed")
    raise SystemExit(1 if harmed or failed else 0)


if __name__ == "__main__":
    main()
