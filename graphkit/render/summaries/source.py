"""The summary of a source: one work, and the claims it bears on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from graphkit.render.summaries import extract, said
from graphkit.render.summaries.inputs import facts
from graphkit.render.summaries.markdown import Cell, items, text
from graphkit.render.summaries.scene import Part, Scene, Section, Tie, shown, tally, ties
from graphkit.render.summaries.sentences import sentences
from graphkit.render.words import count, listing
from graphkit.vocabulary import Kind

_NARROWING: Final = "qualifies"
_ABOUT: Final = {"year": "", "status": "status: "}  # front matter on how much it may weigh


def _bears(tie: Tie) -> bool:
    """Whether the work speaks for, against or about the scope of a claim."""
    telling = tie.sign != 0 or tie.relation == _NARROWING
    return tie.outward and telling and tie.other.kind is Kind.CLAIM


def _quote(scene: Scene) -> Section:
    return extract.quoted(scene, scene.note.summary, [*sentences(scene.note.summary)][:1])


def _stands(scene: Scene) -> Section:
    """What work it is, how well it was read, and on how many claims it bears."""
    found = ties(scene, _bears)
    known = listing(tuple(map(text, scene.node.identifiers)))
    held = dict(scene.note.properties)
    about = ", ".join(f"{head}{text(held[key])}" for key, head in _ABOUT.items() if held.get(key))
    named = (f"**{known}**" if known else "**Without an identifier**") + (about and f" ({about})")
    told = {"title": scene.node.title, "identifiers": ",".join(scene.node.identifiers),
            **{key: held[key] for key in _ABOUT if held.get(key)}}  # fmt: skip
    inputs = facts(scene.node.id, told)
    if not found:
        return Section(f"{named}: bears on no claim of these notes.", inputs)
    claims = count(len({tie.other.id for tie in found}), "claim")
    words = f"{named}: bears on {claims} ({tally(scene, found)})."
    return Section(words, (*inputs, *shown(scene, found)))


def _sentences(scene: Scene) -> Section:
    """What else its own note says; the claims have summaries of their own."""
    return extract.standing_out(replace(scene, pages={}), _bears)


def _table(scene: Scene) -> Section:
    return said.tied(scene, "Claim", said.by_node(ties(scene, _bears)))


def _open(scene: Scene) -> Section:
    return Section(items("Open", _todo(scene)), shown(scene, ties(scene, _bears)))


def _todo(scene: Scene) -> Iterator[Cell]:
    found = ties(scene, _bears)
    if not scene.node.identifiers:
        yield "Give it an identifier: notes that cite it in other words count as other works."
    yield from said.unconfirmed(scene, found)


PARTS: Final[Mapping[str, Part]] = {
    "standing": _stands,
    "quote": _quote,
    "sentences": _sentences,
    "claims": _table,
    "open": _open,
}
