"""The summary of a question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from graphkit.models import Node
from graphkit.render.summaries import extract, said
from graphkit.render.summaries.inputs import facts, wording
from graphkit.render.summaries.markdown import Cell, items, text
from graphkit.render.summaries.scene import Part, Quote, Scene, Section, Tie, shown, tally, ties
from graphkit.render.summaries.sentences import sentences
from graphkit.render.words import count, listing
from graphkit.vocabulary import Kind, Stand

_ANSWERING: Final = frozenset({"addresses", "resolves"})
_FEW: Final = 2  # contested claims that are named before the table does
_REMAINING: Final = re.compile(r"\b(?:open|unanswered|unresolved)\b", re.IGNORECASE)


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
    first = said.stands(scene, f"**{word}**{_through(scene, claims)}: {told}.")
    return first._replace(inputs=(*first.inputs, *shown(scene, claims)))


def _through(scene: Scene, claims: Sequence[Tie]) -> Cell:
    """The claims that make a question contested, by name where they are few."""
    named = dict.fromkeys(
        scene.link(tie.other)
        for tie in claims
        if (standing := scene.standings.get(tie.other.id)) and standing.word is Stand.CONTESTED
    )
    few = 0 < len(named) <= _FEW and len(named) < len({tie.other.id for tie in claims})
    return f" through {listing(tuple(named))}" if few else ""


def _claims(scene: Scene) -> Section:
    """The claims that answer it, with what each says."""
    found = ties(scene, _answers)

    def says(node: Node) -> Cell:
        return extract.assertion(scene, node.path)

    told = said.tied(scene, "Claim", found, says)
    quoted = (facts(tie.other.id, {"says": wording(says(tie.other))}) for tie in found)
    return told._replace(inputs=(*told.inputs, *(fact for each in quoted for fact in each)))


def _open(scene: Scene) -> Section:
    """What is to be done, and what the note itself says remains open."""
    own = [p for p in scene.note.paragraphs if _REMAINING.search(p.heading)]
    quotes = tuple(Quote(" ".join(p.text.split()), scene.note.path, p.line, p.heading) for p in own)
    told = {"title": scene.node.title, "open": wording(*(q.text for q in quotes)) if quotes else ""}
    cells = (*_todo(scene), *(text(quote.text) for quote in quotes))
    inputs = (*facts(scene.node.id, told), *shown(scene, ties(scene, _answers)))
    return Section(items("Open", cells), inputs, quotes)


def _todo(scene: Scene) -> Iterator[Cell]:
    found = ties(scene, _answers)
    if not any(tie.other.kind is Kind.CLAIM for tie in found):
        yield "Name a claim that addresses it."
    yield from said.unconfirmed(scene, found)


PARTS: Final[Mapping[str, Part]] = {
    "standing": _stands,
    "quote": _quote,
    "claims": _claims,
    "open": _open,
}
