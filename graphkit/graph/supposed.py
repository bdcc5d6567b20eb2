"""Which nodes and edges a person means who says what to suppose."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from graphkit.change import Supposition
from graphkit.errors import GraphkitError
from graphkit.graph.argument import counts, edges_at
from graphkit.graph.find import find
from graphkit.models import Edge, Graph

ARROW: Final = " -> "

_PLACE: Final = re.compile(r"(?P<path>.+?):(?P<line>\d+)(?::\d+)?")


def supposition(graph: Graph, remove: Iterable[str], flip: Iterable[str]) -> Supposition:
    """What to suppose, from names: a node by any of its names, an edge as said below.

    `FILE:LINE` are the edges that count among those written on that line, `NAME -> NAME` those
    between two nodes, whichever way they point.

    Raises:
        NodeNotFound: nothing has such a name, or several nodes have.
        GraphkitError: no edge that counts is there, or nothing is supposed at all.
    """
    gone, turned = [_meant(graph, each) for each in remove], [_meant(graph, each) for each in flip]
    if not gone and not turned:
        raise GraphkitError(
            "nothing is supposed", 'give --remove NODE, or --flip NODE, "A -> B" or FILE:LINE'
        )
    return Supposition(
        removed=tuple(each for each in gone if isinstance(each, str)),
        reversed=tuple(each for each in turned if isinstance(each, str)),
        cut=tuple(edge for each in gone if not isinstance(each, str) for edge in each),
        turned=tuple(
            edge for each in turned if not isinstance(each, str) for edge in _signed(graph, each)
        ),
    )


def _meant(graph: Graph, name: str) -> str | tuple[Edge, ...]:
    """The id of the node, or the edges."""
    if name not in graph.nodes and (place := _PLACE.fullmatch(name)):
        path, line = place["path"], int(place["line"])
        there = (each for each in graph.edges if (each.span.path, each.span.line) == (path, line))
        return _counted(graph, there, f"on {name}")
    if ARROW in name:
        start, end = (find(graph, part.strip()).id for part in name.split(ARROW, 1))
        between = (each for each in edges_at(graph, start) if end in (each.source, each.target))
        return _counted(graph, between, f"between {name.replace(ARROW, ' and ')}")
    return find(graph, name).id


def _signed(graph: Graph, edges: tuple[Edge, ...]) -> tuple[Edge, ...]:
    """Those of the edges that support or oppose; all of them, to be refused, where none does."""
    rows = graph.vocabulary.by_name
    return tuple(edge for edge in edges if rows[edge.relation].sign) or edges


def _counted(graph: Graph, edges: Iterable[Edge], where: str) -> tuple[Edge, ...]:
    found = tuple(edge for edge in edges if counts(graph, edge))
    if not found:
        raise GraphkitError(
            f"no edge that counts stands {where}", "graphkit why shows their places"
        )
    return found
