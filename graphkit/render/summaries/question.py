"""The summary of a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from graphkit.models import Node
from graphkit.render.summaries import extract, said
from graphkit.render.summaries.inputs import Input, facts
from graphkit.render.summaries.markdown import Cell, items, table, text
from graphkit.render.summaries.scene import Part, Scene, Section, Tie, shown, tally, ties
from graphkit.render.summaries.sentences import sentences
from graphkit.render.words import count, listing
from graphkit.vocabulary import Kind, Stand

_ANSWERING: Final = frozenset({"addresses", "resolves"})
_FEW: Final = 2  # contested claims that are named before the table does


def _quote(scene: Scene) -> Section:
    """What the note asks in its own words, where it does so beyond its title."""
    asked = (each for each in sentences(scene.note.summary) if each.endswith(("?", "？")))
    words = next(asked, "")
    return extract.quoted(scene, scene.note.summary, [words] if words != scene.note.title else [])


def _answers(tie: Tie) -> bool:
    return tie.inward and tie.relation in _ANSWERING


def _stands(scene: Scene) -> Section:
    claims = [tie for tie in ties(scene, _answers) if tie.other.kind is Kind.CLAIM]
    first = said.stands(scene, partial(_sentence, scene, claims))
    return replace(first, inputs=(*first.inputs, *shown(claims)))


def _sentence(scene: Scene, claims: Sequence[Tie]) -> str:
    word = (scene.standing.word if scene.standing else Stand.OPEN).capitalize()
    amount = len({tie.other.id for tie in claims})
    if not amount:
        return f"**{word}**: no claim addresses it."
    verb = "addresses" if amount == 1 else "address"
    told = f"{count(amount, 'claim')} {verb} it ({tally(scene, claims)})"
    return f"**{word}**{_through(scene, claims)}: {told}{_leaning(scene, claims)}."


def _through(scene: Scene, claims: Sequence[Tie]) -> Cell:
    """The claims that make a question contested, by name where they are few."""
    named = dict.fromkeys(
        scene.link(tie.other)
        for tie in claims
        if (standing := scene.standings.get(tie.other.id)) and standing.word is Stand.CONTESTED
    )
    few = 0 < len(named) <= _FEW and len(named) < len({tie.other.id for tie in claims})
    return f" through {listing(tuple(named))}" if few else ""


def _leaning(scene: Scene, claims: Sequence[Tie]) -> Cell:
    """On which side the contested claims have more lines; which side is right they do not say."""
    found = {tie.other.id: scene.standings.get(tie.other.id) for tie in claims}
    contested = [s for s in found.values() if s and s.word is Stand.CONTESTED and s.supports]
    if not contested:
        return ""
    balance = [len(each.supports) - len(each.opposes) for each in contested]
    sides = {"more lines for than against": sum(b > 0 for b in balance),
             "as many lines for as against": sum(b == 0 for b in balance),
             "more lines against than for": sum(b < 0 for b in balance)}  # fmt: skip
    alone = len(contested) == 1
    told = (f"{'' if alone else f'{amount} '}{'has' if amount == 1 else 'have'} {says}"
            for says, amount in sides.items() if amount)  # fmt: skip
    return f"; {'the contested one' if alone else 'of the contested,'} {listing(tuple(told))}"


def _claims(scene: Scene) -> Section:
    """The claims that answer it, with what each says; the relation only where they differ in it."""
    found = ties(scene, _answers)

    def rows() -> Iterator[Sequence[Cell]]:
        alike = len({tie.label for tie in found}) < 2
        yield from (_row(scene, group, alike=alike) for group in said.by_node(found))

    inputs = (*shown(found), *(each for tie in found for each in _says(scene, tie.other)))
    return Section(lambda: table(("Claim", "It says", "In these words"), rows()), inputs)


def _row(scene: Scene, group: Sequence[Tie], *, alike: bool) -> tuple[Cell, ...]:
    other, words = group[0].other, said.in_words(scene, group)
    label = "" if alike or len(group) > 1 else f"{text(group[0].label)}: "
    return scene.called(other), extract.assertion(scene, other.path), label + words


def _says(scene: Scene, node: Node) -> tuple[Input, ...]:
    """The facts of what a claim asserts, as the table quotes it."""
    words = extract.assertion(scene, node.path)
    return facts(node.id, extract.says([words], node.figures) if words else {})


def _open(scene: Scene) -> Section:
    """What is to be done, and what the note itself says remains open."""
    own = extract.remaining(scene)

    def cells() -> Iterator[Cell]:
        yield from _todo(scene)
        yield from (text(quote.text) for quote in own.quotes)

    inputs = (*own.inputs, *shown(ties(scene, _answers)))
    return Section(lambda: items("Open", cells()), inputs, own.quotes)


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
