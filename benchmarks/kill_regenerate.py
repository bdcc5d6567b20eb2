"""Kills `regenerate` at random moments: every note must be its old self or its new one, whole.

    python benchmarks/kill_regenerate.py [--times 200] [--notes 500] [--seed 1]

Each round sets the vault back to notes without summaries, begins to write the planned ones in a
process of its own and kills it with SIGKILL, at a moment drawn from the time that writing takes.
Then every note is compared with the two texts it may have, and what else lies in its folder is
listed: only hidden files that no command reads may be left, and the next `regenerate` must finish
the rest. Then the same on a full disk (a file size limit of zero bytes) and with a read-only note.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import resource
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import generate

from graphkit import Workspace
from graphkit.errors import VaultError
from graphkit.models import Change

PLANS: dict[Path, tuple[Workspace, tuple[Change, ...]]] = {}
Notes = Mapping[Path, bytes]


def texts(folder: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in folder.rglob("*.md")
            if not file.name.startswith(".")}  # fmt: skip


def reset(notes: Notes) -> None:
    for file, data in notes.items():
        if file.read_bytes() != data:
            file.write_bytes(data)


def started(folder: Path, before: Callable[[], None] | None = None) -> int:
    """A process of its own that begins to write the planned summaries; its id."""
    workspace, changes = PLANS[folder]
    process = os.fork()
    if process == 0:
        code = 1
        with contextlib.suppress(VaultError):
            if before:
                before()
            workspace.write(changes)
            code = 0
        os._exit(code)
    return process


def ended(process: int) -> bool:
    """Wait for a process; whether it was stopped or failed before its end."""
    return os.waitpid(process, 0)[1] != 0


def torn(old: Notes, new: Notes) -> list[Path]:
    """The notes that are neither as they were nor as they are to be."""
    return [file for file in old if file.read_bytes() not in (old[file], new[file])]


def strangers(folder: Path, old: Notes) -> list[Path]:
    """Files that were not there before and that a command would read as notes."""
    return [file for file in texts(folder) if file not in old]


def litter(folder: Path) -> list[Path]:
    """Hidden files that a killed write left beside the notes."""
    return [file for file in folder.rglob(".*.md.*") if ".graphkit" not in file.parts]


def full_disk() -> None:
    """Let the process write no file at all from now on, as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def killed(folder: Path, old: Notes, new: Notes, times: int, seed: int) -> Counter[str]:
    chance, tally = random.Random(seed), Counter[str]()
    reset(old)
    began = time.perf_counter()
    ended(started(folder))
    whole = time.perf_counter() - began
    print(f"writing takes {whole:.2f} s", flush=True)
    for _ in range(times):
        reset(old)
        process = started(folder)
        time.sleep(chance.uniform(0, whole))
        os.kill(process, signal.SIGKILL)
        tally["killed at work"] += ended(process)
        written = sum(file.read_bytes() == new[file] != old[file] for file in old)
        tally["some written"] += 0 < written < len(old)
        tally["torn notes"] += len(torn(old, new))
        tally["notes that were not there"] += len(strangers(folder, old))
        tally["left hidden files"] += bool(litter(folder))
        for file in litter(folder):
            file.unlink()
    rest = Workspace.open(folder)
    rest.write(rest.regenerate())
    tally["wrong after the last run"] += texts(folder) != new
    return tally


def refused(folder: Path, old: Notes, new: Notes) -> Counter[str]:
    """The same on a full disk, and with one note that may not be written."""
    tally = Counter[str]()
    reset(old)
    tally["refused by a full disk"] += ended(started(folder, full_disk))
    tally["torn on a full disk"] += len(torn(old, new)) + len(strangers(folder, old))
    tally["wrong: written on a full disk"] += sum(texts(folder)[file] != old[file] for file in old)
    note = next(file for file in old if old[file] != new[file])
    note.chmod(0o444)
    workspace = Workspace.open(folder)
    workspace.write(workspace.regenerate())
    tally["wrong: a read-only note that was written"] += note.read_bytes() != old[note]
    tally["others written beside it"] += sum(file.read_bytes() == new[file] for file in old)
    note.chmod(0o644)
    return tally


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--notes", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "vault"
        generate.write(folder, asked.notes)
        for file in folder.rglob("*.md"):  # every claim has a summary
            file.write_bytes(file.read_bytes().replace(b"---\n", b"---\nkind: claim\n", 1))
        old = texts(folder)
        Workspace.open(folder).write(Workspace.open(folder).regenerate())
        new = texts(folder)
        reset(old)
        workspace = Workspace.open(folder)
        PLANS[folder] = workspace, workspace.regenerate()
        tally = killed(folder, old, new, asked.times, asked.seed)
        tally.update(refused(folder, old, new))
    bad = sum(count for what, count in tally.items() if what.startswith(("torn", "wrong", "notes")))
    print(f"{asked.times} kills over {len(old)} notes:")
    for what, count in tally.items():
        print(f"  {count:>4} {what}")
    if bad:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
