"""What a note costs in a small vault and in a large one: seconds and memory must grow no faster.

    python benchmarks/growth.py [--sizes 1000 4000 16000 64000] [--links 5] [--json FILE]

Each size is a generated vault, opened cold by a process of its own (notes, graph and full-text
index), then opened again unchanged, then with one note saved. Seconds are of processor where the
column does not say wall, those of children and imports included; memory is the most that one
process held. The last rows compare a note of the largest vault with one of the smallest, whose
share of the fixed costs is the greatest, and with the cheapest of all sizes; more than `--most`
times the smallest ends in exit code 1. Takes some minutes: four fifths of them the largest vault.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import generate
from vaults import stepped

COLUMNS = {
    "cold ms": ("cold", "cpu", 1000),
    "cold wall ms": ("cold", "wall", 1000),
    "again ms": ("again", "cpu", 1000),
    "peak KiB": ("cold", "peak", 1024),
}
"""Of one note: the step it is taken from, its key there, and the unit."""
WHOLE = ("cold wall s", "again wall s", "peak MiB", "saved ms")  # of the vault


def of_a_note(found: dict[str, Any]) -> dict[str, float]:
    notes = found["cold"]["notes"]
    return {name: found[step][key] * unit / notes for name, (step, key, unit) in COLUMNS.items()}


def of_all(found: dict[str, Any]) -> tuple[float, ...]:
    """As `WHOLE` has it."""
    cold, again, saved = found["cold"], found["again"], found["changed"]["saved"]
    return cold["wall"], again["wall"], cold["peak"], 1000 * sum(saved.values())


def shown(name: str, *groups: Iterable[float]) -> None:
    cells = (f"{value:13.2f}" for group in groups for value in group)
    print(name.rjust(15), *cells, flush=True)


def opened(place: Path, size: int, links: int) -> dict[str, Any]:
    vault = place / str(size)
    generate.write(vault, size, links)
    return {step: stepped(step, vault) for step in ("cold", "again", "changed")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 4_000, 16_000, 64_000])
    parser.add_argument("--links", type=int, default=5)
    parser.add_argument("--most", type=float, default=1.3)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    rows: dict[int, dict[str, Any]] = {}
    print("notes".rjust(15), *(name.rjust(13) for name in (*WHOLE, *COLUMNS)), flush=True)
    for size in asked.sizes:
        with tempfile.TemporaryDirectory() as place:
            rows[size] = opened(Path(place), size, asked.links)
        shown(str(size), of_all(rows[size]), of_a_note(rows[size]).values())
    costs = [of_a_note(found) for found in rows.values()]
    least = {name: min(cost[name] for cost in costs) for name in COLUMNS}
    for name, other in (("to smallest", costs[0]), ("to cheapest", least)):
        ratios = [costs[-1][column] / other[column] for column in COLUMNS]
        print(name.rjust(15), *(" " * 13 for _ in WHOLE), *(f"{each:12.2f}x" for each in ratios))
    ratios = [costs[-1][column] / costs[0][column] for column in COLUMNS]
    if asked.json:
        asked.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    raise SystemExit(max(ratios) > asked.most)


if __name__ == "__main__":
    main()
