"""The ledgers of what is written: a note's headings, the facets of many, a vault's problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from functools import partial
from typing import TYPE_CHECKING, Final

from graphkit.models import Graph, Node, Problem, Span
from graphkit.render import marks, words
from graphkit.tui.entries import QUIET, where
from graphkit.tui.messages import Narrow
from graphkit.tui.rows import Line, Row
from graphkit.tui.screens.ledger import Ledger
from graphkit.tui.spot import Spot
from graphkit.tui.theme import ink
from graphkit.vocabulary import Severity

if TYPE_CHECKING:
    from graphkit.graph.filters import Filter, Scene
    from graphkit.workspace import Workspace

_MOST: Final = 60  # values of one facet that are offered, the most common ones


def contents(node: Node) -> Ledger:
    """The headings of a note."""
    about: Line = ((node.title, QUIET),)
    return Ledger("Contents", about, partial(_contents, node), "This note has no heading.")


def _contents(node: Node, workspace: Workspace) -> Iterator[Row]:
    for note in workspace.notes:
        if node.path and note.path == node.path:
            for text, level, line in note.headings:
                indent = "  " * (level - 1)
                spot = Spot(node.id, Span(node.path, line), line)
                style = "bold" if level == 1 else ""
                yield Row(text, spot, style=style, tail=((f"{line} ", QUIET),), lead=indent)


def facets(terms: Filter) -> Ledger:
    """What a filter lets through, counted by all that it could be narrowed by."""
    about: Line = (("enter adds one to the filter", QUIET),)
    return Ledger("Facets", about, partial(_facets, terms), "There is nothing to filter by.")


def _facets(terms: Filter, workspace: Workspace) -> Iterator[Row]:
    from graphkit.graph.filters import Scene, matching

    scene = Scene(workspace.graph, workspace.standings)
    nodes = matching(scene.graph, scene.standings, terms)
    if nodes:
        yield from _counted(nodes, scene.graph)
        yield from _rows(nodes, scene)


def _counted(nodes: Collection[Node], graph: Graph) -> Iterator[Row]:
    """How many nodes there are, and how they hang together."""
    ids = {node.id for node in nodes}
    ends = [(edge.source in ids) + (edge.target in ids) for edge in graph.edges]
    joined = {end for edge in graph.edges for end in (edge.source, edge.target)}
    told = {
        "nodes": f"{len(nodes)} of {len(graph.nodes)}",
        "links": f"{ends.count(2)} among them, {ends.count(1)} to and from others",
        "alone": f"{len(ids - joined)} that nothing is linked to",
    }
    for name, value in told.items():
        yield Row(value, mark=(f"{name:<8}", QUIET))
    yield Row("")


def _rows(nodes: Collection[Node], scene: Scene) -> Iterator[Row]:
    """Every field with the values that the nodes have, each with how many answer to it."""
    from graphkit.graph.filters import FIELDS, Term, written

    for name, field in FIELDS.items():
        counts = Counter(value for node in nodes for value in set(field.read(node, scene)))
        if not counts:
            continue
        yield Row(name, style="bold $primary", tail=((field.meaning, QUIET),), lines=1)
        listed = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        for value, amount in listed[:_MOST]:
            term = written([Term(name, (value,))])
            yield Row(value, Narrow(term), tail=((f"{amount}  ", QUIET),), lead="  ", under="  ")
        yield Row("")


def problems() -> Ledger:
    """Everything that is wrong in the vault, the worst first."""
    about: Line = (("enter goes to the note, e opens your editor there", QUIET),)
    return Ledger("Problems", about, _problems, "Nothing is wrong in this vault.")


def _problems(workspace: Workspace) -> tuple[Row, ...]:
    ids = {node.path: node.id for node in workspace.graph.nodes.values() if node.path}
    found = workspace.check()
    return tuple(
        row
        for severity in Severity
        for row in _of_severity(
            severity, [each for each in found if each.severity is severity], ids
        )
    )


def _of_severity(severity: Severity, found: list[Problem], ids: dict[str, str]) -> Iterator[Row]:
    if not found:
        return
    mark = marks.SEVERITIES[severity]
    plural = "remarks" if severity is Severity.INFO else f"{severity}s"
    noun = "remark" if severity is Severity.INFO else severity.value
    yield Row(words.count(len(found), noun, plural), style=f"bold {ink(mark.style)}")
    for problem in found:
        span = problem.span
        yield Row(
            problem.message,
            Spot(ids.get(span.path, ""), span, span.line),
            (mark.glyph, ink(mark.style)),
            tail=((problem.code, QUIET),),
            notes=((((problem.hint, "$question"),),) if problem.hint else ()),
            place=where(problem.span),
            lines=3,
            lead="  ",
            under="  ",
        )
    yield Row("")
