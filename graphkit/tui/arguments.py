"""The ledgers of an argument: what a standing rests on, what would fall with it, how two join."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from graphkit.change import Impact
from graphkit.models import Edge, Graph, Node, Reason, Span
from graphkit.render import words
from graphkit.render.walks import label
from graphkit.tui.entries import (
    QUIET,
    end_row,
    inference,
    kind_mark,
    node_row,
    relation_mark,
    stands,
    where,
)
from graphkit.tui.rows import Line, Row
from graphkit.tui.screens.ledger import Ledger
from graphkit.tui.spot import Spot, at_edge
from graphkit.vocabulary import Flag, Stand

if TYPE_CHECKING:
    from graphkit.workspace import Workspace

_WAYS: Final = 4  # ways between two nodes that are offered


# -- why ----------------------------------------------------------------------------------------


def why(id_: str) -> Ledger:
    """The tree behind the standing of a claim or question, down to the lines of the notes."""
    about: Line = (("down to the lines of the notes", QUIET),)
    return Ledger("Why it stands so", about, partial(_why, id_), "Nothing stands behind it.")


def _why(id_: str, workspace: Workspace) -> tuple[Row, ...]:
    if id_ not in workspace.graph.nodes:
        return ()
    return tuple(_branches(workspace.why(id_), workspace.graph, "", ""))


def _branches(reason: Reason, graph: Graph, lead: str, under: str) -> Iterator[Row]:
    trunk = "│" if reason.children and lead else ""
    yield _reason(reason, graph, lead, under + trunk)
    for number, child in enumerate(reason.children, start=1):
        last = number == len(reason.children)
        guessed = child.edge is not None and child.edge.inferred
        branch = ("└" if last else "├") + ("╌ " if guessed else "─ ")
        yield from _branches(child, graph, under + branch, under + ("   " if last else "│  "))


def _reason(reason: Reason, graph: Graph, lead: str, under: str) -> Row:
    node, edge = graph.nodes[reason.id], reason.edge
    mark = kind_mark(node.kind) if not lead else ("", "")
    return Row(
        reason.says,
        at_edge(node, edge) if edge else Spot(node.id, Span(node.path, node.line)),
        relation_mark(edge.relation, graph.vocabulary) if edge else mark,
        style="" if lead else "bold",
        notes=(inference(edge),) if edge and edge.inferred else (),
        place=where(edge.span) if edge else "",
        lines=3,
        lead=lead,
        under=under,
    )


# -- impact -------------------------------------------------------------------------------------


def impact(id_: str) -> Ledger:
    """The nodes whose standing would change if this one fell, before and after."""
    about: Line = (("the standings that would change", QUIET),)
    return Ledger("If this fell", about, partial(_impact, id_), "No other standing would change.")


def _impact(id_: str, workspace: Workspace) -> Iterator[Row]:
    graph = workspace.graph
    if id_ not in graph.nodes:
        return
    fallen = workspace.impact(id_).changed
    if not fallen:
        return
    said = f"{words.count(len(fallen), 'node')} would stand otherwise"
    yield node_row(graph.nodes[id_])._replace(
        value=Spot(id_), style="bold", notes=(((said, QUIET),),)
    )
    for number, each in enumerate(fallen, start=1):
        yield _fallen(each, graph.nodes[each.id], last=number == len(fallen))


def _fallen(each: Impact, node: Node, *, last: bool) -> Row:
    after: Line = (("   → ", QUIET), *stands(each.after))
    return Row(
        node.title,
        Spot(node.id, Span(node.path, node.line)),
        kind_mark(node.kind),
        notes=((("now ", QUIET), *stands(each.before)), after),
        lead="└─ " if last else "├─ ",
        under="   " if last else "│  ",
    )


# -- against ------------------------------------------------------------------------------------


def opponents(graph: Graph, id_: str) -> tuple[tuple[Node, Edge], ...]:
    """What a node is at odds with, with the edge that says so; inferred edges last."""
    signs = {row.name: row.sign for row in graph.vocabulary.rows}
    edges = (*graph.incoming.get(id_, ()), *graph.outgoing.get(id_, ()))
    found = {
        edge.target if edge.source == id_ else edge.source: edge
        for edge in sorted(edges, key=lambda edge: not edge.inferred)
        if signs.get(edge.relation, 0) < 0
    }
    pairs = [(graph.nodes[other], edge) for other, edge in found.items()]
    return tuple(sorted(pairs, key=lambda pair: pair[1].inferred))


def against(id_: str) -> Ledger:
    """All that a node is at odds with."""
    about: Line = (("enter goes to the line that says so", QUIET),)
    return Ledger("Against it", about, partial(_against, id_), "Nothing contradicts this.")


def _against(id_: str, workspace: Workspace) -> Iterator[Row]:
    for node, edge in opponents(workspace.graph, id_):
        row = end_row(edge, node, workspace.standings.get(node.id))
        yield row._replace(value=at_edge(node, edge))


# -- path ---------------------------------------------------------------------------------------


def path(start: str, goal: str) -> Ledger:
    """The shortest ways between two nodes, whichever way their edges point."""
    about: Line = (("whichever way the links point", QUIET),)
    return Ledger("How they are joined", about, partial(_path, start, goal), "Nothing joins them.")


def _path(start: str, goal: str, workspace: Workspace) -> Iterator[Row]:
    graph = workspace.graph
    if {start, goal} <= graph.nodes.keys():
        for number, way in enumerate(ways(graph, start, goal), start=1):
            said = f"Way {number}, {words.count(len(way), 'step')}"
            yield Row(said, style="bold $primary")
            yield from _steps(way, start, workspace)
            yield Row("")


def ways(graph: Graph, start: str, goal: str) -> list[tuple[Edge, ...]]:
    """The shortest chain of edges, then those that do without one of its edges, shortest first."""
    from graphkit import graph as graphs

    first = graphs.path(graph, start, goal)
    others = [graphs.path(_without(graph, edge), start, goal) for edge in first[: 2 * _WAYS]]
    found = dict.fromkeys(way for way in (first, *sorted(others, key=len)) if way)
    return list(found)[:_WAYS]


def _without(graph: Graph, gone: Edge) -> Graph:
    """The graph without any edge between the ends of this one."""
    ends = {gone.source, gone.target}
    return replace(
        graph, edges=tuple(edge for edge in graph.edges if {edge.source, edge.target} != ends)
    )


def _steps(way: Iterable[Edge], start: str, workspace: Workspace) -> Iterator[Row]:
    graph, here = workspace.graph, start
    yield node_row(graph.nodes[here])._replace(value=Spot(here), lead="  ", under="  ")
    for edge in way:
        forward = edge.source == here
        here = edge.target if forward else edge.source
        node = graph.nodes[here]
        said = label(edge.relation, graph.vocabulary, forward=forward)
        yield Row(
            node.title,
            at_edge(node, edge),
            kind_mark(node.kind),
            notes=(inference(edge),) if edge.inferred else (),
            place=where(edge.span),
            lead=f"  └ {said} ",
            under="    ",
        )


# -- boards -------------------------------------------------------------------------------------


def unsettled() -> Ledger:
    """What is still to be settled: open questions, contested claims, claims that lean on those."""
    about: Line = (("what is still to be settled", QUIET),)
    return Ledger(
        "Unsettled", about, _unsettled, "Every question is answered, no claim is at odds."
    )


def _unsettled(workspace: Workspace) -> Iterator[Row]:
    standings = workspace.standings
    boards = {
        "Open questions": [s for s in standings.values() if s.word is Stand.OPEN],
        "Contested": [s for s in standings.values() if s.word is Stand.CONTESTED],
        "Refuted": [s for s in standings.values() if s.word is Stand.REFUTED],
        "At risk": [s for s in standings.values() if Flag.AT_RISK in s.flags],
        "Stale": [s for s in standings.values() if Flag.STALE in s.flags],
    }
    for title, board in boards.items():
        if not board:
            continue
        yield Row(title, style="bold $primary", tail=((f"{len(board)}  ", QUIET),))
        for standing in sorted(board, key=lambda each: -len(each.supports) - len(each.opposes)):
            node = workspace.graph.nodes[standing.id]
            spot = Spot(node.id, Span(node.path, node.line))
            yield node_row(node, standing)._replace(value=spot, lead="  ", under="  ")
        yield Row("")


# -- bookmarks ----------------------------------------------------------------------------------


def bookmarks(ids: tuple[str, ...]) -> Ledger:
    """The nodes that the reader set a bookmark on, the newest first."""
    about: Line = (("M sets one and takes it away", QUIET),)
    return Ledger("Bookmarks", about, partial(_bookmarks, ids), "No bookmark is set yet.")


def _bookmarks(ids: tuple[str, ...], workspace: Workspace) -> Iterator[Row]:
    for id_ in reversed(ids):
        if node := workspace.graph.nodes.get(id_):
            row = node_row(node, workspace.standings.get(id_))
            yield row._replace(value=Spot(id_, Span(node.path, node.line)))
