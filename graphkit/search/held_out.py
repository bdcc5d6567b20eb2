"""Whether a link that its author wrote would be suggested, had it not been written.

Each pair of linked notes is looked at as though it were not linked: how many of the notes that
one of them is not linked to are closer to it than the other is? Closeness itself reads no link,
so that taking one away changes nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from graphkit.measured import Returned
from graphkit.search import measures
from graphkit.search.suggest import TYPED, Scene

if TYPE_CHECKING:
    from graphkit.search.measures import Column

DEPTHS: Final = (1, 3, 5, 10)


def returned(scene: Scene) -> Returned | None:
    """How often a link comes back among the closest; None where no two notes are linked.

    Only links between claims, questions and sources count: the kinds that links are suggested for.
    """
    pairs = sorted({pair for one in scene.nodes for pair in _pairs(scene, one)})
    if not pairs:
        return None
    places = np.array([[_place(scene, *pair), _place(scene, *pair[::-1])] for pair in pairs])
    free = np.array([[_free(scene, end) for end in pair] for pair in pairs])
    return Returned(
        len(pairs),
        {k: measures.bootstrap(measures.mean, _share(places, k)) for k in DEPTHS},
        {
            k: measures.bootstrap(measures.mean, np.asarray((places <= k).any(axis=1), dtype=float))
            for k in DEPTHS
        },
        {k: float(np.minimum(1, k / free).mean()) for k in DEPTHS},
        measures.RESAMPLES,
        measures.SEED,
    )


def _pairs(scene: Scene, one: str) -> list[tuple[str, str]]:
    if not _counts(scene, one):
        return []
    others = (other for other in scene.linked.get(one, ()) if other in scene.bonds.get(one, {}))
    return [(min(one, other), max(one, other)) for other in others if _counts(scene, other)]


def _counts(scene: Scene, path: str) -> bool:
    return path in scene.nodes and scene.nodes[path].kind in TYPED


def _share(places: Column, k: int) -> Column:
    """For each pair, from how many of its two ends the other is among the k closest."""
    return np.asarray((places <= k).mean(axis=1))


def _place(scene: Scene, one: str, other: str) -> int:
    """Which of the notes that a note is not linked to the other would be, counted from 1."""
    linked = scene.linked[one]
    near = {path: bond.score for path, bond in scene.bonds[one].items() if _counts(scene, path)}
    return 1 + sum(
        score > near[other] for path, score in near.items() if path not in linked and path != other
    )


def _free(scene: Scene, one: str) -> int:
    """How many notes it is not linked to, the one taken away among them."""
    return sum(_counts(scene, path) and path not in scene.linked[one] for path in scene.nodes)
