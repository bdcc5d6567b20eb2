"""How well the search ranks and declines, on several collections in BEIR layout.

    python benchmarks/retrieval.py FOLDER... [--cache FOLDER] [--threads 1]

For each collection, what `graphkit bench retrieval` shows. Then, where several are given, nDCG@10
with the weight of the vectors chosen on the others, so that no figure in that table owes anything
to the collection it is for. Passages are encoded once and kept in the cache.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from graphkit import render
from graphkit.search import bench, collection, encoder, rank
from graphkit.search.bench import Asked, Ranking, Searched
from graphkit.search.store import Store

WEIGHTS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)  # of the vectors, tried in the last table


def searched(folder: Path, model: encoder.Encoder, cache: Path) -> Searched:
    found = collection.read(folder)
    with Store(cache / f"{found.name}.sqlite") as store:
        return bench.search(found, store, model, partial(print, "encoded", end="\r"))


def blended(asked: Asked, weight: float) -> Ranking:
    return rank.fuse(asked.scores, weight)


def weighed(every: Sequence[Searched]) -> Iterator[str]:
    """nDCG@10 by the weight of the vectors, and with the weight that the others would choose."""
    table = np.array(
        [
            [bench.quality(each, partial(blended, weight=w))[0].mean() for w in WEIGHTS]
            for each in every
        ]
    )
    yield f"{'nDCG@10 by weight':<18}" + "".join(f"{w:<7}" for w in WEIGHTS) + "chosen on others"
    for at, each in enumerate(every):
        chosen = int(np.delete(table, at, axis=0).mean(axis=0).argmax())
        figures = "".join(f"{figure:<7.3f}" for figure in table[at])
        name = each.collection.name
        yield f"{name:<18}{figures}{table[at, chosen]:.3f} at {WEIGHTS[chosen]}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    temporary = Path(tempfile.gettempdir()) / "graphkit-retrieval"
    parser.add_argument("--cache", type=Path, default=temporary)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    model = encoder.load(arguments.cache / "models", threads=arguments.threads)
    every = []
    for folder in arguments.folders:
        every.append(searched(folder, model, arguments.cache))
        print(render.to_text(render.retrieval(bench.report(every[-1]))))
    if len(every) > 1:
        print(*weighed(every), sep="\n")


if __name__ == "__main__":
    main()
