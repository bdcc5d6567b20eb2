"""Figures compared: those of a claim with those of the sources behind it, each in one unit.

The figures of a bundled test are compared with nobody's: what a small model does has another size
than what the source measured, and is shown beside it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit.codes import problem
from graphkit.compared import (
    ABSOLUTE,
    NUMBER,
    RELATIVE,
    SHARE,
    agree,
    amount,
    close,
    comparable,
    disagreeing,
    figures_of,
    same_metric,
    silent,
)
from graphkit.graph.argument import Argument, edges_at
from graphkit.graph.bearing import TESTING
from graphkit.graph.edges import CITATION, UNTYPED
from graphkit.graph.names import folded
from graphkit.graph.resolve import resolve
from graphkit.models import Figure, Graph, Link, Node, Note, Problem
from graphkit.vocabulary import Kind, Vocabulary

if TYPE_CHECKING:
    from graphkit.graph.check import Vault

_SHARE = re.compile(
    rf"({NUMBER.pattern})\s?"
    r"((?:%|per\s?cent\b)(?!\s?(?:CIs?|confidence|credible|intervals?)\b)"
    r"|(?:percentage\s)?points?\b|×|x\b|times\b|-fold\b)"
)
_HINT = re.compile(r"\d\s?[%p×xt-]")  # stands in every share, and is faster to look for
_WORD = re.compile(r"[^\W\d_]{3,}")
_REFERRING: Final = frozenset({UNTYPED, CITATION})
_RETELLING: Final = frozenset({Kind.NOTE, Kind.QUESTION})  # what has no figures of its own
_LINKED: Final = frozenset({Kind.CLAIM, Kind.SOURCE})


class Disagreement(NamedTuple):
    """A figure of a claim, and what a work or run behind it states instead."""

    claim: Node
    other: Node
    figure: Figure
    theirs: Figure


def disagreements(graph: Graph, argued: Argument) -> Iterator[Disagreement]:
    """Figures of a claim that a source behind it states otherwise: candidate contradictions.

    Not where the source is already said to qualify the claim or to contradict it. Of runs only
    those of the vault's own experiments are asked, whose author gave the unit.
    """

    def stated(claim: Node, other: Node, figure: Figure) -> Iterable[Figure]:
        return _measured(other, figure) if other.verdict else _figures(graph, claim, other, figure)

    for claim in _claims(graph):
        behind, told = _behind_it(graph, argued, claim)
        for found in disagreeing(claim, behind, told, partial(stated, claim)):
            yield Disagreement(claim, *found)


def differing_figures(vault: Vault, _vocabulary: Vocabulary) -> Iterator[Problem]:
    """What `disagreements` finds, at the figure of the claim."""
    for _, other, figure, theirs in disagreements(vault.graph, vault.argued):
        title = other.title
        message = f'"{figure.text}" is "{theirs.text}" in {title}'
        hint = f"correct it, or say so there: - is qualified by [[{title}]] ({theirs.text})"
        yield problem("figure-differs", message, figure.span, hint)


def confused_units(vault: Vault, _vocabulary: Vocabulary) -> Iterator[Problem]:
    """Per cent where the source has percentage points of the same number, or the other way."""
    for claim, source, figure in _stated(vault.graph, vault.argued):
        theirs = () if source.verdict else _figures(vault.graph, claim, source, figure)
        if any(comparable(each, figure) and agree(each, figure) for each in theirs):
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
    for claim in _claims(vault.graph):
        behind = [vault.graph.nodes[each] for each in sorted(_behind(vault, claim.id))]
        if not claim.figures or not any(node.path for node in behind):
            continue
        said = [edge.context for edge in edges_at(vault.graph, claim.id)]
        said += [text for node in behind for text in (words.get(node.path, ""), _run(node))]
        stated = {number for text in said for number in _numbers(text)}
        for figure in claim.figures:
            if not _states(stated, figure.value, figure.unit):
                message = f'no source or run behind this claim states "{figure.text}"'
                hint = f"name the work that does: - is reported by [[a work]] ({figure.text})"
                yield problem("figure-unsupported", message, figure.span, hint)


def unsupported_numbers(vault: Vault, _vocabulary: Vocabulary) -> Iterator[Problem]:
    """Shares and changes in a page's sentence that nothing which it links to states.

    What is linked to is a claim or a work with a note, and states what is written there, about
    what is tied to it, and in the brackets of its relations.
    """
    words = {page.note.path: _prose(page.note) for page in vault.parsed}
    nodes = (node for node in vault.graph.nodes.values() if node.kind in _LINKED)
    at = {node.path: node.id for node in nodes if node.path}
    said: dict[tuple[str, str], list[tuple[Link, str]]] = {}
    for note, links, _ in vault.parsed:
        for link in links if note.kind in _RETELLING else ():
            if link.relation or not _HINT.search(link.context):
                continue
            if end := at.get(resolve(vault.names, link, note.path).path):
                said.setdefault((note.path, link.context), []).append((link, end))
    known = cache(lambda end: frozenset(_known(vault, words, end)))
    for (_, sentence), ends in said.items():
        for found in _SHARE.finditer(sentence):
            stated = {number for _, end in ends for number in known(end)}
            if not _states(stated, float(found[1].replace(",", "")), found[2]):
                message = f'nothing that this sentence links to states "{found[0]}"'
                hint = "name the work that does, or correct the number"
                yield problem("figure-unsupported", message, ends[0][0].span, hint)


def _states(stated: Collection[float], value: float, unit: str) -> bool:
    """Whether a number is among these, where a share may be one of a hundred or of one."""
    same = [value]
    if unit.startswith(("%", "per")):
        same.append(value / 100)
    elif not unit and 0 < value <= 1:
        same.append(value * 100)
    return any(close(one, each) for one in same for each in stated)


def _known(vault: Vault, words: Mapping[str, str], node_id: str) -> Iterator[float]:
    """The numbers that a node states, or what is tied to it."""
    near = {end for edge in edges_at(vault.graph, node_id) for end in (edge.source, edge.target)
            if edge.relation not in _REFERRING}  # fmt: skip
    for node in (vault.graph.nodes[each] for each in sorted({node_id, *near})):
        yield from _numbers(f"{node.title} {words.get(node.path, '')} {_run(node)}")
        yield from (figure.value for figure in node.figures)
    for edge in edges_at(vault.graph, node_id):
        if edge.relation not in _REFERRING:
            yield from _numbers(edge.context)


def _claims(graph: Graph) -> Iterator[Node]:
    return (node for node in graph.nodes.values() if node.kind is Kind.CLAIM and node.path)


def _stated(graph: Graph, argued: Argument) -> Iterator[tuple[Node, Node, Figure]]:
    """Each figure of a claim with each line for it that does not also narrow or oppose it."""
    for claim in _claims(graph):
        behind, told = _behind_it(graph, argued, claim)
        yield from ((claim, line, each) for line in silent(behind, told) for each in claim.figures)


def _behind_it(graph: Graph, argued: Argument, claim: Node) -> tuple[list[Node], set[str]]:
    """The works and runs for a claim, and the ids of what narrows or opposes it."""
    told = {*argued.qualifiers.get(claim.id, ()), *argued.direct_against.get(claim.id, ())}
    lines = argued.direct_for.get(claim.id, ()) if claim.figures else ()
    return [graph.nodes[line] for line in sorted(lines)], told


def _measured(run: Node, figure: Figure) -> Iterator[Figure]:
    """The value of an experiment of the vault's own, where it measures what a figure tells of."""
    verdict = run.verdict
    if verdict is None or verdict.effect is None or not verdict.own:
        return
    about = {*_WORD.findall(folded(f"{verdict.quantity} {verdict.title}"))}
    if verdict.unit == figure.unit and about & {*_WORD.findall(folded(figure.metric))}:
        direction = ("down" if verdict.effect < 0 else "up") if figure.direction else ""
        yield replace(
            figure,
            value=abs(verdict.effect),
            direction=direction,
            text=f"{verdict.effect:g} {verdict.unit}".rstrip(),
        )


def _figures(graph: Graph, claim: Node, source: Node, figure: Figure) -> tuple[Figure, ...]:
    """What a work states, of itself and where it is linked with the claim of a figure."""
    links = (edge for edge in edges_at(graph, claim.id) if source.id in (edge.source, edge.target))
    return figures_of(source, links, figure)


def _confused(one: Figure, other: Figure) -> bool:
    measures = {amount(one).measure, amount(other).measure}
    mixed = ABSOLUTE in measures and measures & {RELATIVE, SHARE}
    return bool(mixed) and same_metric(one, other) and close(one.value, other.value)


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
    """What a run says in numbers, and what its source is cited with; not what is expected of it."""
    verdict = node.verdict
    if verdict is None:
        return ""
    numbers = (verdict.effect, *(verdict.interval or ()), *(value for _, value in verdict.measures))
    cited = "" if verdict.own else verdict.cited
    return " ".join((cited, *(f"{abs(each):.6g}" for each in numbers if each is not None)))


def _numbers(text: str) -> Iterator[float]:
    for found in NUMBER.finditer(text):
        yield float(found[0].replace(",", ""))
