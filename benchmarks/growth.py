"""What a note costs in a small vault and in a large one: seconds and memory must grow no faster.

    python benchmarks/growth.py [--sizes 1000 4000 16000 64000] [--links 5] [--json FILE]

Each size is a generated vault, opened cold by a process of its own (notes, graph and full-text
index), then opened again unchanged, then with one note saved. Seconds are of processor, those of
children included; memory is the most that one process held. The last column compares a note of
the largest vault with one of the smallest, whose share of the fixed costs is the greatest; more
than `--most` times ends in exit code 1.
"""

from __future__ import annotations

import argparse
import json
import tempfile
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


def of_a_note(found: dict[str, Any]) -> dict[str, float]:
    notes = found["cold"]["notes"]
    return {name: found[step][key] * unit / notes for name, (step, key, unit) in COLUMNS.items()}


def opened(place: Path, size: int, links: int) -> dict[str, Any]:
    vault = place / str(size)
    generate.write(vault, size, links)
    return {step: stepped(step, vault) for step in ("cold", "again", "saved")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 4_000, 16_000, 64_000])
    parser.add_argument("--links", type=int, default=5)
    parser.add_argument("--most", type=float, default=1.3)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    rows: dict[int, dict[str, Any]] = {}
    print("notes".rjust(8), *(name.rjust(13) for name in COLUMNS), "saved ms".rjust(10))
    for size in asked.sizes:
        with tempfile.TemporaryDirectory() as place:
            rows[size] = opened(Path(place), size, asked.links)
        costs, saved = of_a_note(rows[size]), rows[size]["saved"]
        cells = (f"{cost:13.3f}" for cost in costs.values())
        print(f"{size:8}", *cells, f"{1000 * (saved['read'] + saved['graph']):10.1f}", flush=True)
    first, last = (of_a_note(rows[size]) for size in (asked.sizes[0], asked.sizes[-1]))
    ratios = {name: last[name] / first[name] for name in COLUMNS}
    print("   ratio", *(f"{ratio:13.2f}" for ratio in ratios.values()))
    if asked.json:
        asked.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    raise SystemExit(max(ratios.values()) > asked.most)


if __name__ == "__main__":
    main()
