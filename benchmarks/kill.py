"""Kills a process at random moments of indexing; the next open must be right each time.

    python benchmarks/kill.py [--times 50] [--notes 1000] [--seed 1]

Every other time the index is there already and half of the notes were changed, so that an update
is killed as well as a first run. Right means: the notes and edges of a vault that was never
indexed, an index that SQLite calls sound, and every file outside `.graphkit` as it was.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import generate
from vaults import digest

from graphkit import Workspace

INDEX = "import sys, graphkit; graphkit.Workspace.open(sys.argv[1]).store"


def killed(folder: Path, after: float) -> bool:
    """Index in a process of its own and kill it; whether it was still at work."""
    with subprocess.Popen([sys.executable, "-c", INDEX, str(folder)]) as process:
        time.sleep(after)
        process.kill()
        return process.wait() != 0


def sound(folder: Path) -> bool:
    bases = (folder / ".graphkit").glob("*.sqlite")
    found = []
    for file in bases:
        base = sqlite3.connect(file)
        found.append(base.execute("PRAGMA integrity_check").fetchone() == ("ok",))
        base.close()
    return all(found)


def right(folder: Path) -> bool:
    """Whether the vault is found as it would be without the index that the killed one left."""
    before = digest(folder)
    found = Workspace.open(folder)
    found.store.close()
    kept, edges = found.parsed, found.graph.edges
    shutil.move(folder / ".graphkit", folder.parent / "set-aside")
    afresh = Workspace.open(folder)
    shutil.rmtree(folder / ".graphkit")
    shutil.move(folder.parent / "set-aside", folder / ".graphkit")
    same = (kept, edges, found.problems) == (afresh.parsed, afresh.graph.edges, ())
    return same and sound(folder) and digest(folder) == before


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--notes", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    tally: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "vault"
        generate.write(folder, asked.notes)
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", INDEX, str(folder)], check=True)
        whole = time.perf_counter() - began
        notes = sorted(folder.rglob("*.md"))
        for number in range(asked.times):
            if number % 2:
                shutil.rmtree(folder / ".graphkit")
            for note in chance.sample(notes, len(notes) // 2):
                note.write_text(note.read_text() + f"\nChanged in round {number}.\n")
            tally["killed at work"] += killed(folder, chance.uniform(0, whole))
            tally["right afterwards"] += right(folder)
    print(f"{asked.times} rounds:", ", ".join(f"{n} {what}" for what, n in tally.items()))
    if tally["right afterwards"] != asked.times:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
