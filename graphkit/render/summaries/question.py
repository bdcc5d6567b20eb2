"""The summary of a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from graphkit.models import Node
from graphkit.render.summaries import extract, said
from graphkit.render.summaries.inputs import facts, wording
from graphkit.render.summaries.markdown import Cell, items
from graphkit.render.summaries.scene import Part, Scene, Section, Tie, tally, ties
from graphkit.render.summaries.sentences import sentences
from graphkit.render.words import count
from graphkit.vocabulary import Kind, Stand

_ANSWERING: Final = frozenset({"addresses", "resolves"})
_UNSETTLED: Final = frozenset({Stand.CONTESTED, Stand.REFUTED, Stand.UNSUPPORTED})


def _quote(scene: Scene) -> Section:
    """What the note asks in its own words, where it does so beyond its title."""
    asked = (each for each in sentences(scene.note.summary) if each.endswith(("?", "？")))
    words = next(asked, "")
    return extract.quoted(scene, scene.note.summary, [words] if words != scene.note.title else [])


def _answers(tie: Tie) -> bool:
    return tie.inward and tie.relation in _ANSWERING


def _stands(scene: Scene) -> Section:
    word = (scene.standing.word if scene.standing else Stand.OPEN).capitalize()
    claims = [tie for tie in ties(scene, _answers) if tie.other.kind is Kind.CLAIM]
    amount = len({tie.other.id for tie in claims})
    if not amount:
        return said.stands(scene, f"**{word}**: no claim addresses it.")
    verb = "addresses" if amount == 1 else "address"
    told = f"{count(amount, 'claim')} {verb} it ({tally(scene, claims)})"
    return said.stands(scene, f"**{word}**: {told}.")


def _claims(scene: Scene) -> Section:
    """The claims that answer it, with what each says."""
    found = ties(scene, _answers)

    def says(node: Node) -> Cell:
        return extract.assertion(scene, node.path)

    told = said.tied(scene, "Claim", found, says)
    quoted = (facts(tie.other.id, {"says": wording(says(tie.other))}) for tie in found)
    return told._replace(inputs=(*told.inputs, *(fact for each in quoted for fact in each)))


def _open(scene: Scene) -> Section:
    return Section(items("Open", _todo(scene)))


def _todo(scene: Scene) -> Iterator[Cell]:
    found = ties(scene, _answers)
    if not any(tie.other.kind is Kind.CLAIM for tie in found):
        yield "Name a claim that addresses it."
    yield from said.unconfirmed(scene, found)
    for tie in found:
        standing = scene.standings.get(tie.other.id)
        if standing and standing.word in _UNSETTLED:
            yield f"{scene.link(tie.other)} is {standing.word}."


PARTS: Final[Mapping[str, Part]] = {
    "standing": _stands,
    "quote": _quote,
    "claims": _claims,
    "open": _open,
}
