"""The graph of a vault: every note a node, every link that means something an edge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import Final, NamedTuple

from graphkit.graph import broken, runs
from graphkit.graph.edges import UNTYPED, edges
from graphkit.graph.index import Index, index
from graphkit.graph.joints import Joined, Joint, joiner, united
from graphkit.graph.works import census
from graphkit.models import Edge, Graph, LinkCounts, ParsedNote, Problem, Verdict
from graphkit.vocabulary import VOCABULARY, Vocabulary


class Page(NamedTuple):
    """A note with what became of its links."""

    parsed: ParsedNote
    joined: Joined
    joints: tuple[Joint, ...]  # those of `joined`, their works under the ids that the vault uses
    edges: tuple[Edge, ...]


@dataclass(frozen=True)
class Draft:
    """A graph, and what of its making serves again when a few of its notes have changed."""

    graph: Graph
    pages: Mapping[str, Page]  # by path
    called: tuple[object, ...]  # what decides where links lead and how edges are drawn
    names: Index


_CALLED: Final = attrgetter("path", "id", "kind", "title", "aliases", "identifiers", "blocks")
"""What of a note other notes' links go by."""


def build(
    parsed: Iterable[ParsedNote],
    verdicts: Iterable[Verdict] = (),
    vocabulary: Vocabulary = VOCABULARY,
) -> Graph:
    """Resolve the links of these notes and join them to the runs that test their claims.

    The graph does not depend on the order of notes or verdicts. Its `problems` are those of
    parsing and of resolving, in order of place; `check` adds what a linter finds. Its `verdicts`
    name the claims they speak for.
    """
    return draft(parsed, verdicts, vocabulary).graph


def draft(
    parsed: Iterable[ParsedNote],
    verdicts: Iterable[Verdict] = (),
    vocabulary: Vocabulary = VOCABULARY,
    before: Draft | None = None,
) -> Draft:
    """The same graph as `build`, sooner where it can lean on the one `before`.

    As long as no note is called otherwise, only the links of notes that are not the very values
    they were are resolved again; everything that spans notes is gathered anew.
    """
    sheets = sorted(parsed, key=lambda sheet: sheet.note.path)
    notes = [sheet.note for sheet in sheets]
    called = (vocabulary, *map(_CALLED, notes))
    kept = before if before and before.called == called else None
    old = [kept.pages.get(note.path) if kept else None for note in notes]
    names = kept.names if kept else index(notes)
    nodes, by_path, duplicates = census(notes)
    join = joiner(names, by_path)
    joined = [
        page.joined if page and page.parsed is sheet else join(sheet)
        for page, sheet in zip(old, sheets, strict=True)
    ]
    per_page, strangers = united(joined)
    nodes = {**strangers, **nodes}
    spoken = runs.with_claims(verdicts, nodes)
    nodes |= runs.tested(spoken, nodes)
    results = runs.results(spoken, notes, by_path)
    nodes |= {key: runs.result_node(key, each, nodes.get(key)) for key, each in results.items()}
    outcomes = tuple(runs.verdict_edges(results, nodes))
    drawn = [
        page.edges if page and page.joints is joints else edges(joints, nodes, vocabulary)
        for page, joints in zip(old, per_page, strict=True)
    ]
    joints = tuple(chain.from_iterable(per_page))
    graph = Graph(
        nodes={key: nodes[key] for key in sorted(nodes)},
        edges=(*_beside(outcomes, chain.from_iterable(drawn)), *outcomes),
        problems=_sorted(
            *(problem for sheet in sheets for problem in sheet.problems),
            *duplicates,
            *broken.problems(joints, {note.path: note for note in notes}, vocabulary),
            *runs.problems(spoken, notes, nodes),
        ),
        links=LinkCounts(*(sum(page.counts[at] for page in joined) for at in range(4))),
        verdicts=spoken,
        vocabulary=vocabulary,
    )
    pages = map(Page, sheets, joined, per_page, drawn)
    return Draft(graph, {page.parsed.note.path: page for page in pages}, called, names)


def _beside(outcomes: Iterable[Edge], written: Iterable[Edge]) -> Iterator[Edge]:
    """The edges of notes, without a result note's bare links to the claims that its run tests."""
    told = {(edge.source, edge.target) for edge in outcomes}
    for edge in written:
        if edge.relation != UNTYPED or (edge.source, edge.target) not in told:
            yield edge


def _sorted(*problems: Problem) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=place))


def place(problem: Problem) -> tuple[str, int, int, str, str]:
    """Where a problem stands in a list: by file, line, column, then code and words."""
    span = problem.span
    return span.path, span.line, span.column, problem.code, problem.message
