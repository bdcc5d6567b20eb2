"""Figures compared: those of a claim with those of the sources behind it, each in one unit.

A run's figures are compared with nobody's: what a small model does has another size than what the
source measured, and is shown beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit.codes import problem
from graphkit.graph.argument import edges_at
from graphkit.graph.bearing import TESTING
from graphkit.graph.names import folded
from graphkit.models import Figure, Node, Note, Problem
from graphkit.vocabulary import Kind, Vocabulary

if TYPE_CHECKING:
    from graphkit.graph.check import Vault

TOLERANCE: Final = 0.02  # figures this close, relative to the larger, are the same but rounded

_NUMBER = re.compile(r"(?:(?<![\w.,])\d{1,3}(?:,\d{3})+|(?<![\d.])\d+)(?:\.\d+)?|(?<![\w.])\.\d+")


class Amount(NamedTuple):
    """A figure in one unit: shares and changes in hundredths, a fall below zero."""

    measure: str
    value: float


RELATIVE: Final = "relative change"  # "cuts hallucination by 28.9 %"
ABSOLUTE: Final = "change in points"  # "recall falls by 24 percentage points"
SHARE: Final = "share"  # "19.4 %", "recall of .194"; also where it fell from another share
RATIO: Final = "ratio"
NUMBER: Final = "number"


def amount(figure: Figure) -> Amount:
    """What a figure says, so that it can be compared with what another says."""
    signed = -figure.value if figure.direction == "down" else figure.value
    level = not figure.direction or _is_number(figure.baseline)
    if figure.unit == "points":
        return Amount(ABSOLUTE, signed)
    if figure.unit == "x":
        return Amount(RATIO, figure.value)
    if figure.unit == "%":
        return Amount(SHARE, figure.value) if level else Amount(RELATIVE, signed)
    share = 0 <= figure.value <= 1
    return Amount(SHARE, 100 * figure.value) if share else Amount(NUMBER, figure.value)


def differing_figures(vault: Vault, _vocabulary: Vocabulary) -> Iterator[Problem]:
    """Figures of a claim that a source behind it states otherwise: a candidate contradiction.

    Not where the source is already said to qualify the claim or to contradict it.
    """
    for claim, source, figure in _stated(vault):
        theirs = [each for each in _figures(vault, claim, source) if _comparable(each, figure)]
        if theirs and not any(_agree(each, figure) for each in theirs):
            title = source.title
            message = f'"{figure.text}" is "{theirs[0].text}" in {title}'
            hint = f"correct it, or say so there: - is qualified by [[{title}]] ({theirs[0].text})"
            yield problem("figure-differs", message, figure.span, hint)


def confused_units(vault: Vault, _vocabulary: Vocabulary) -> Iterator[Problem]:
    """Per cent where the source has percentage points of the same number, or the other way."""
    for claim, source, figure in _stated(vault):
        theirs = _figures(vault, claim, source)
        if any(_comparable(each, figure) and _agree(each, figure) for each in theirs):
            continue
        for each in theirs:
            if _confused(each, figure):
                message = f'"{figure.text}" is "{each.text}" in {source.title}'
                hint = "a change in points and a change in per cent are two figures"
                yield problem("figure-unit", message, figure.span, hint)
                break


def unsupported_figures(vault: Vault, _vocabulary: Vocabulary) -> Iterator[Problem]:
    """Figures of a claim that nothing written about what is behind it states."""
    words = {page.note.path: _prose(page.note) for page in vault.parsed}
    for claim in _claims(vault):
        behind = [vault.graph.nodes[each] for each in sorted(_behind(vault, claim.id))]
        if not claim.figures or not any(node.path for node in behind):
            continue
        said = [edge.context for edge in edges_at(vault.graph, claim.id)]
        said += [text for node in behind for text in (words.get(node.path, ""), _run(node))]
        stated = {number for text in said for number in _numbers(text)}
        for figure in claim.figures:
            if not any(_close(figure.value, each) for each in stated):
                message = f'no source or run behind this claim states "{figure.text}"'
                hint = f"name the work that does: - is reported by [[a work]] ({figure.text})"
                yield problem("figure-unsupported", message, figure.span, hint)


def _claims(vault: Vault) -> Iterator[Node]:
    return (node for node in vault.graph.nodes.values() if node.kind is Kind.CLAIM and node.path)


def _stated(vault: Vault) -> Iterator[tuple[Node, Node, Figure]]:
    """Each figure of a claim with each work that is a line for it and does not also narrow it."""
    nodes, argued = vault.graph.nodes, vault.argued
    for claim in _claims(vault):
        told = {*argued.qualifiers.get(claim.id, ()), *argued.direct_against.get(claim.id, ())}
        for source in sorted(argued.direct_for.get(claim.id, ())):
            if nodes[source].kind is Kind.SOURCE and source not in told:
                yield from ((claim, nodes[source], figure) for figure in claim.figures)


def _figures(vault: Vault, claim: Node, source: Node) -> tuple[Figure, ...]:
    """What a work states: in its own note, and in the brackets of its links with the claim."""
    links = (
        edge for edge in edges_at(vault.graph, claim.id) if source.id in (edge.source, edge.target)
    )
    return (
        *source.figures,
        *(each for edge in links if edge.reported for each in edge.reported.figures),
    )


def _comparable(one: Figure, other: Figure) -> bool:
    return _same_metric(one, other) and amount(one).measure == amount(other).measure


def _same_metric(one: Figure, other: Figure) -> bool:
    return bool(one.metric) and folded(one.metric) == folded(other.metric)


def _agree(one: Figure, other: Figure) -> bool:
    values = amount(one).value, amount(other).value
    if not (one.direction and other.direction):
        return _close(abs(values[0]), abs(values[1]))
    return _close(*values)


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= TOLERANCE * max(abs(one), abs(other))


def _confused(one: Figure, other: Figure) -> bool:
    measures = {amount(one).measure, amount(other).measure}
    mixed = ABSOLUTE in measures and measures & {RELATIVE, SHARE}
    return bool(mixed) and _same_metric(one, other) and _close(one.value, other.value)


def _behind(vault: Vault, claim: str) -> set[str]:
    """The works and runs at a claim, and the claims that are evidence for it."""
    argued = vault.argued
    groups = (argued.direct_for, argued.direct_against, argued.qualifiers, argued.supporters)
    tested = (
        edge.source for edge in vault.graph.incoming.get(claim, ()) if edge.relation == TESTING
    )
    return {*tested}.union(*(group.get(claim, ()) for group in groups))


def _prose(note: Note) -> str:
    return "\n".join(paragraph.text for paragraph in note.paragraphs)


def _run(node: Node) -> str:
    """What a run says in numbers, and what its source is cited with."""
    verdict = node.verdict
    if verdict is None:
        return ""
    numbers = (verdict.effect, *(verdict.interval or ()), *(value for _, value in verdict.measures))
    return " ".join((verdict.cited, *(f"{abs(each):.6g}" for each in numbers if each is not None)))


def _numbers(text: str) -> Iterator[float]:
    for found in _NUMBER.finditer(text):
        yield float(found[0].replace(",", ""))


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None
