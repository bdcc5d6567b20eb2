"""From one changed run record to the list of stale summaries, in an open vault of many notes.

    python benchmarks/stale_list.py [--notes 10000] [--rounds 5]

The vault has claims with seven relations each, a third as many sources, and the bundled records,
whose tests a few claims name. Every round one record is replaced by another one of its arm, and
`Workspace.recheck` lists what is stale: the record read, its tests judged, what they reach
weighed and composed again. Judging is resampling (thousands of draws over seeds and items) and is
told apart from the list; a sample that was judged before is not judged again. The first line is
the same list made from nothing, for comparison, and both must be the same. Times are processor
milliseconds of this process.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import tempfile
import time
from pathlib import Path

from graphkit import Workspace
from graphkit.workspace import evidence, index, vault

WORDS = "model reward training abstains accuracy data fails under strong weak shift scale noise"
TESTS = (
    "ternary-reward", "reasoning-removes-abstention", "objective-sets-direction",
    "clarification-reward",
)  # fmt: skip
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


def replaced(records: Path, number: int) -> None:
    """Give one arm of a seed the outcomes of the arm that it is compared with, or of a third."""
    arms = ("k-ternary", "k-binary") if number % 2 == 0 else ("k-ternary", "k-ternary-cost")
    target, other = (min(records.glob(f"full-{arm}-seed*.json")) for arm in arms)
    kept = {key: json.loads(other.read_text())[key] for key in ("items", "metrics")}
    target.write_text(json.dumps(json.loads(target.read_text()) | kept))


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
        for number in range(asked.rounds):
            replaced(root / "experiments/records", number)
            began = time.process_time()
            evidence.load(opened.experiments, opened.cache and opened.cache / index.FILE)
            judged, began = _since(began), time.process_time()
            after = opened.recheck(plan)
            times = f"judged in {judged:.0f} ms, listed in {_since(began):.0f} ms"
            print(f"round {number + 1}: {times}, {len(after.due)} stale summaries")
        afresh = Workspace.open(root).summaries()
        same = [c.causes for c in afresh.due] == [c.causes for c in after.due]
        print("the same as a list from nothing" if same else "NOT the same as from nothing")
        if not same:
            raise SystemExit(1)


def _since(began: float) -> float:
    return 1000 * (time.process_time() - began)


if __name__ == "__main__":
    main()
