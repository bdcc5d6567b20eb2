"""Questions by difficulty over a folder of Markdown: the share whose note is among the first hits.

    python benchmarks/difficulty.py FOLDER [--depth 3]

The folder holds `docs/` and `queries.jsonl`, each line with `query`, `expected` (a part of the
name of the file that answers it) and `difficulty`. Printed per difficulty and ranking: the share
of questions whose note comes first, and the share whose note is among the first `depth`.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from pathlib import Path

from graphkit import parse
from graphkit.search import encoder, rank
from graphkit.search.store import Store


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--depth", type=int, default=3)
    arguments = parser.parse_args()
    files = sorted((arguments.folder / "docs").glob("*.md"))
    notes = [parse.note(file.read_text("utf-8"), file.name).note for file in files]
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as scratch, Store(Path(scratch) / "index") as store:
        store.sync(notes)
        model = encoder.load(Path(scratch) / "models")
        for line in (arguments.folder / "queries.jsonl").read_text("utf-8").splitlines():
            each = json.loads(line)
            for mode in rank.MODES:
                hits = rank.find(store, each["query"], mode=mode, encoder=model, limit=len(notes))
                right = (at for at, hit in enumerate(hits, 1) if each["expected"] in hit.path)
                places[mode, each["difficulty"]].append(next(right, len(notes) + 1))
    print(f"{'':<24}{'questions':>9}{'first':>9}{f'first {arguments.depth}':>9}")
    for (mode, difficulty), found in places.items():
        shares = (
            sum(place <= depth for place in found) / len(found) for depth in (1, arguments.depth)
        )
        print(f"{mode:<12}{difficulty:<12}{len(found):>9}" + "".join(f"{s:>9.2f}" for s in shares))


if __name__ == "__main__":
    main()
