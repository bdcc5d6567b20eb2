"""Whole-process times of the commands, after a first run, beside Python alone.

    python benchmarks/commands.py [--vault DIR | --notes 10000] [--runs 5] [--reference]

Each line is the median of so many runs, in seconds: by the clock, and of processor time, which a
busy machine does not take away, beside the most that the clock should show. The vault is the
bundled notes, any other, or so many notes that `generate.py` writes: those are kept and encoded
once, which takes ten minutes for 10,000. Commands that name notes are run on the bundled ones
only. `--reference` adds the same question encoded by sentence-transformers in a process of its own.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import generate

ROOT = Path(__file__).parents[1]
CLI = str(ROOT / "cli.py")
NOTES = ROOT / "notes"
QUESTION = "Why do reasoning models stop saying I don't know?"
COMMANDS: Mapping[str, list[str]] = {
    "python alone": ["-c", "pass"],
    "--help": [CLI, "--help"],
    "list": [CLI, "list"],
    "search --mode keyword": [CLI, "search", "--mode", "keyword", "abstention"],
    "search": [CLI, "search", "abstention"],
    "ask": [CLI, "ask", QUESTION],
}
NAMING: Mapping[str, list[str]] = {
    "links": [CLI, "links", "TruthRL"],
    "path": [CLI, "path", "TruthRL", "Why does reasoning fine-tuning"],
}
TARGETS: Mapping[str, float] = {"--help": 0.2, "ask": 0.7}  # seconds, on two quiet cores
TARGETS_OF_MANY: Mapping[str, float] = {
    "--help": 0.2,
    "search --mode keyword": 0.3,
    "ask": 1.0,
}
REFERENCE = (
    f"from graphkit.search.encoder import reference; reference(device='cpu').encode([{QUESTION!r}])"
)


class Spent(NamedTuple):
    """Seconds of one process."""

    wall: float
    processor: float


def spent(arguments: list[str]) -> Spent:
    """Run Python with these arguments; a command that finds nothing is timed like any other."""
    began, before = time.perf_counter(), os.times()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, *arguments], check=False, capture_output=True, env=environment)
    after = os.times()
    processor = sum(after[2:4]) - sum(before[2:4])  # of children, in Python and in the kernel
    return Spent(time.perf_counter() - began, processor)


def generated(notes: int) -> Path:
    """A vault of so many notes, with its index: made the first time."""
    folder = Path(tempfile.gettempdir()) / f"graphkit-{notes}-notes"
    if not folder.exists():
        generate.write(folder, notes)
        (folder / "graphkit.toml").touch()
    subprocess.run([sys.executable, CLI, "index", str(folder)], check=True)
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--vault", type=Path, default=NOTES, metavar="DIR")
    which.add_argument("--notes", type=int, help="a generated vault of so many notes")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--reference", action="store_true")
    arguments = parser.parse_args()
    vault = generated(arguments.notes) if arguments.notes else arguments.vault
    commands = {**COMMANDS, **(NAMING if vault == NOTES else {})}
    targets = TARGETS if vault == NOTES else TARGETS_OF_MANY
    os.chdir(vault)
    if arguments.reference:
        commands["sentence-transformers"] = ["-c", REFERENCE]
    print(f"{'':<24}{'wall':>8}{'processor':>11}{'target':>8}")
    for name, command in commands.items():
        spent(command)
        runs = [spent(command) for _ in range(arguments.runs)]
        wall, processor = (statistics.median(column) for column in zip(*runs, strict=True))
        print(f"{name:<24}{wall:>8.3f}{processor:>11.3f}{targets.get(name, ''):>8}")


if __name__ == "__main__":
    main()
