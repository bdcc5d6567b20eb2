"""The independent lines of a claim by name: those of its own, and those that reach it through
another claim.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from graphkit.models import Node, Standing
from graphkit.render.summaries.markdown import Cell
from graphkit.render.summaries.scene import Scene, ties
from graphkit.render.words import listing
from graphkit.vocabulary import Kind

_SHOWN: Final = 4  # names of works and runs in a sentence; the rest is counted


class Side(NamedTuple):
    """The lines for a claim, or those against it."""

    ids: tuple[str, ...]
    direct: tuple[str, ...]  # those that bear on the claim themselves
    through: Mapping[str, tuple[str, ...]]  # the others, by the claim that lends them


def sides(scene: Scene, standing: Standing) -> tuple[Side, Side]:
    """The lines for the note's claim and those against it."""
    return _side(scene, standing.supports, 1), _side(scene, standing.opposes, -1)


def _side(scene: Scene, ids: tuple[str, ...], sign: int) -> Side:
    near = ties(scene, lambda tie: tie.inward and tie.sign == sign and not tie.inferred)
    own = {tie.other.id for tie in near}
    lenders = [tie.other for tie in near if tie.other.kind is Kind.CLAIM]
    lent = {claim.id: tuple(id_ for id_ in ids if id_ not in own and _lends(scene, claim, id_))
            for claim in lenders}  # fmt: skip
    through = {claim: given for claim, given in lent.items() if given}
    far = {id_ for given in through.values() for id_ in given}
    return Side(ids, tuple(id_ for id_ in ids if id_ not in far), through)


def _lends(scene: Scene, claim: Node, id_: str) -> bool:
    """Whether a claim has this line for it, which it passes on whichever way it bears."""
    standing = scene.standings.get(claim.id)
    return standing is not None and id_ in standing.supports


def named(scene: Scene, side: Side) -> Cell:
    """The lines of a side, linked: its own, then those of other claims with the claim's name."""
    own = [_few(scene, side.direct)] if side.direct else []
    lent = (
        f"{_few(scene, ids)} through {scene.named(claim)}" for claim, ids in side.through.items()
    )
    return "; ".join((*own, *lent))


def _few(scene: Scene, ids: tuple[str, ...]) -> Cell:
    names = tuple(scene.named(id_) for id_ in ids[:_SHOWN])
    more = len(ids) - len(names)
    return listing((*names, *([f"{more} more"] if more else [])))


def through(scene: Scene) -> Mapping[str, tuple[tuple[Cell, Cell, Cell], ...]]:
    """Rows of an evidence table by the claim that they stand below: the lines it lends."""
    if scene.standing is None:
        return {}
    rows: dict[str, list[tuple[Cell, Cell, Cell]]] = {}
    for side, says in zip(
        sides(scene, scene.standing), ("counts for", "counts against"), strict=True
    ):
        for claim, ids in side.through.items():
            way = f"through {scene.named(claim)}"
            rows.setdefault(claim, []).extend((f"{says} it", scene.named(id_), way) for id_ in ids)
    return {claim: tuple(given) for claim, given in rows.items()}
