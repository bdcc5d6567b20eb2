"""The summary of a source: one work, and the claims it bears on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graphkit.render.summaries import said
from graphkit.render.summaries.inputs import facts, wording
from graphkit.render.summaries.markdown import Cell, items, text
from graphkit.render.summaries.scene import Part, Scene, Section, Tie, tally, ties
from graphkit.render.words import count, listing
from graphkit.vocabulary import Kind, Stand

_NARROWING: Final = "qualifies"


def _bears(tie: Tie) -> bool:
    """Whether the work speaks for, against or about the scope of a claim."""
    telling = tie.sign != 0 or tie.relation == _NARROWING
    return tie.outward and telling and tie.other.kind is Kind.CLAIM


def _stands(scene: Scene) -> Section:
    found = ties(scene, _bears)
    known = listing(tuple(map(text, scene.node.identifiers)))
    named = f"**{known}**" if known else "**Without an identifier**"
    inputs = facts(scene.node.id, {"words": wording(known)})
    if not found:
        return Section(f"{named}: bears on no claim of these notes.", inputs)
    claims = count(len({tie.other.id for tie in found}), "claim")
    return Section(f"{named}: bears on {claims} ({tally(scene, found)}).", inputs)


def _table(scene: Scene) -> Section:
    return said.tied(scene, "Claim", ties(scene, _bears))


def _open(scene: Scene) -> Section:
    return Section(items("Open", _todo(scene)))


def _todo(scene: Scene) -> Iterator[Cell]:
    found = ties(scene, _bears)
    if not scene.node.identifiers:
        yield "Give it an identifier: notes that cite it in other words count as other works."
    yield from said.unconfirmed(scene, found)
    for tie in found:
        standing = scene.standings.get(tie.other.id)
        if tie.sign > 0 and standing and standing.word in {Stand.CONTESTED, Stand.REFUTED}:
            finding = f"is {standing.word}, although this work {text(tie.label)} it"
            yield f"{scene.link(tie.other)} {finding}."


PARTS: Final[tuple[Part, ...]] = (said.says, _stands, _table, _open)
