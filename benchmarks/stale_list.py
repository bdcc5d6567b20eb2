"""From one changed run record to the list of stale summaries, in an open vault of many notes.

    python benchmarks/stale_list.py [--notes 10000] [--rounds 5]

The vault has claims with seven relations each, a third as many sources, and the bundled records,
whose tests a few claims name. Every round one record is not what it was when the vault was opened,
and `Workspace.recheck` lists what is stale, with the causes: the record read, its tests judged by
resampling, what they reach weighed and composed again. No sample was judged before. In the last
two rounds one seed is counted twice, so that no verdict can stand on it: first of a test that only
narrowed its claims, then of one that was a line for them, which falls with all that it carried.
The first line is the same list made from nothing, for comparison, and both must be the same.
Times are processor milliseconds of this process, and those of the clock behind them.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from graphkit import Workspace
from graphkit.workspace import vault

WORDS = "model reward training abstains accuracy data fails under strong weak shift scale noise"
TESTS = (
    "ternary-reward", "reasoning-removes-abstention", "objective-sets-direction",
    "clarification-reward",
)  # fmt: skip
Change = Callable[[Path], Path]  # of one record in a folder of them, which it returns
ARMS = ("k-ternary", "k-binary")
DECISIVE = "r-clarify"  # of a test that came out as reproduced
BETWEEN = ("has evidence", "contradicts", "depends on", "is qualified by", "extends")


def sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS.split(), k=10)).capitalize() + "."


def write(root: Path, notes: int, seed: int = 1) -> None:
    """A vault of claims and sources, with the bundled records."""
    chance = random.Random(seed)
    sources = notes // 3
    claims = notes - sources
    for folder in ("claims", "sources"):
        (root / folder).mkdir(parents=True)
    for number in range(sources):
        head = f"kind: source\ntitle: Source {number}\nidentifiers: [arXiv:2401.{number:05}]"
        body = f"# Source {number}\n\n{sentence(chance)} {sentence(chance)}\n"
        (root / f"sources/s{number}.md").write_text(f"---\n{head}\n---\n{body}")
    for number in range(claims):
        tests = f"\ntests: [{TESTS[number % 4]}]" if number % 1000 < 4 else ""
        relations = "\n".join(relation(chance, claims, sources) for _ in range(7))
        prose = f"{sentence(chance)}\n\n## Limits\n\n{sentence(chance)} {sentence(chance)}"
        head = f"kind: claim\ntitle: Claim {number}{tests}"
        body = f"# Claim {number}\n\n{prose}\n\n## Relations\n\n{relations}\n"
        (root / f"claims/c{number}.md").write_text(f"---\n{head}\n---\n{body}")
    shutil.copytree(vault.bundled() / "experiments", root / "experiments")
    (root / "graphkit.toml").write_text('name = "many"\n')


def relation(chance: random.Random, claims: int, sources: int) -> str:
    if chance.random() < 0.55:
        return f"- is reported by [[Source {chance.randrange(sources)}]] ({sentence(chance)})"
    other = f"[[Claim {chance.randrange(claims)}]]"
    return f"- {chance.choice(BETWEEN)} {other} ({sentence(chance)})"


def replaced(records: Path, number: int) -> Path:
    """Give one arm of a seed the outcomes of the arm that it is compared with."""
    target, other = (sorted(records.glob(f"full-{arm}-seed*.json"))[number] for arm in ARMS)
    return _told(target, other)


def counted_twice(records: Path, arm: str) -> Path:
    """Give one seed of an arm the outcomes of another seed."""
    other, target, *_ = sorted(records.glob(f"full-{arm}-seed*.json"))
    return _told(target, other)


def _told(target: Path, other: Path) -> Path:
    kept = {key: json.loads(other.read_text())[key] for key in ("items", "metrics")}
    target.write_text(json.dumps(json.loads(target.read_text()) | kept))
    return target


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / "vault"
        write(root, asked.notes)
        opened = Workspace.open(root)
        opened.write(opened.regenerate())
        opened = Workspace.open(root)
        began = time.process_time()
        plan = opened.summaries()
        edges, nodes = len(opened.graph.edges), len(opened.graph.nodes)
        print(f"{nodes} nodes, {edges} edges: {_since(began):.0f} ms for a list from nothing")
        records = root / "experiments/records"
        changes: list[Change] = [partial(replaced, number=at) for at in range(asked.rounds)]
        changes += [partial(counted_twice, arm=arm) for arm in (ARMS[0], DECISIVE)]
        for change in changes:
            changed = change(records)
            began, clock = time.process_time(), time.perf_counter()
            after = opened.recheck(plan)
            times = f"{_since(began):.0f} ms ({1000 * (time.perf_counter() - clock):.0f} ms)"
            print(f"{changed.stem}: listed in {times}, {len(after)} stale summaries")
            last = changed.read_bytes()
            shutil.copy2(vault.bundled() / "experiments/records" / changed.name, changed)
        changed.write_bytes(last)
        same = Workspace.open(root).summaries().stale == after
        print("the same as a list from nothing" if same else "NOT the same as from nothing")
        if not same:
            raise SystemExit(1)


def _since(began: float) -> float:
    return 1000 * (time.process_time() - began)


if __name__ == "__main__":
    main()
