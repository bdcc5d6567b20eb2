"""The summary of a source: one work, and the claims it bears on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from graphkit.render.summaries import extract, said
from graphkit.render.summaries.inputs import facts
from graphkit.render.summaries.markdown import Cell, address, items, text
from graphkit.render.summaries.scene import Part, Scene, Section, Tie, shown, tally, ties
from graphkit.render.summaries.sentences import sentences
from graphkit.render.words import count, listing
from graphkit.rules import QUALIFYING
from graphkit.vocabulary import Kind

_CITING: Final = frozenset({"cites", "mentions"})

_READ: Final = {
    "seen": "its text or code was consulted",
    "abstract read": "no more than its abstract was read",
    "recalled": "told from memory, not read for these notes",
    "unknown": "nothing that could be cited was found",
    "retracted": "",  # told with its date
}
"""What the front matter's `status` says of how much a work may weigh."""


def _bears(tie: Tie) -> bool:
    """Whether the work speaks for, against or about the scope of a claim."""
    telling = tie.sign != 0 or tie.relation == QUALIFYING
    return tie.outward and telling and tie.other.kind is Kind.CLAIM


def _quote(scene: Scene) -> Section:
    return extract.quoted(scene, scene.note.summary, [*sentences(scene.note.summary)][:1])


def _stands(scene: Scene) -> Section:
    """What work it is, how well it was read, and on how many claims it bears."""
    found, cited = ties(scene, _bears), ties(scene, _cites)
    held = dict(scene.note.properties)
    told = {"title": scene.node.title, "identifiers": ",".join(scene.node.identifiers),
            "year": held.get("year", ""), "status": held.get("status", ""),
            "retracted": scene.node.retracted}  # fmt: skip
    inputs = (*facts(scene.node.id, told), *shown(found or cited))
    return Section(lambda: f"{_named(scene)}: {_weight(scene, found, cited)}.", inputs)


def _named(scene: Scene) -> Cell:
    """What work it is, and how well it was read."""
    held = dict(scene.note.properties)
    known = listing(tuple(map(_link, scene.node.identifiers)))
    told = (held.get("year", ""), scene.node.retracted)
    about = "; ".join(filter(None, (*map(text, told), _read(held.get("status", "")))))
    return (f"**{known}**" if known else "**Without an identifier**") + (about and f" ({about})")


def _weight(scene: Scene, found: Sequence[Tie], cited: Sequence[Tie]) -> Cell:
    """On how many claims a work bears; where on none, what cites it."""
    if found:
        claims = count(len({tie.other.id for tie in found}), "claim")
        return f"bears on {claims} ({tally(scene, found)})"
    by = listing(tuple(dict.fromkeys(scene.named(tie.other.id) for tie in cited)))
    return "bears on no claim of these notes itself" + (f"; cited by {by}" if by else "")


def _cites(tie: Tie) -> bool:
    """Whether another work refers to this one."""
    return tie.inward and tie.relation in _CITING and tie.other.kind in {Kind.SOURCE, Kind.CLAIM}


def _read(status: str) -> Cell:
    words = _READ.get(status.casefold())
    return f"status: {text(status)}" if words is None and status else words or ""


def _link(identifier: str) -> Cell:
    url = address(identifier)
    return f"[{text(identifier)}]({url})" if url else text(identifier)


def _sentences(scene: Scene) -> Section:
    """What else its own note says; the claims have summaries of their own."""
    return extract.standing_out(replace(scene, pages={}), _bears)


def _table(scene: Scene) -> Section:
    return said.tied(scene, "Claim", said.by_node(ties(scene, _bears)))


def _open(scene: Scene) -> Section:
    return Section(lambda: items("Open", _todo(scene)), shown(ties(scene, _bears)))


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
