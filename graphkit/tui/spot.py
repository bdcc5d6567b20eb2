"""What a row about the vault stands for."""

from __future__ import annotations

from typing import NamedTuple

from graphkit.models import Edge, Node, Span


class Spot(NamedTuple):
    """A node to walk to, at a line of its own note; a place to edit; or both."""

    id: str = ""
    span: Span = Span("")
    line: int = 1


def is_in_note(value: object) -> bool:
    """Whether there is a line to edit behind the value of a row."""
    return isinstance(value, Spot) and bool(value.span.path)


def at_edge(node: Node, edge: Edge) -> Spot:
    """One end of an edge: at the line that states the edge, where that stands in its own note."""
    return Spot(node.id, edge.span, edge.span.line if edge.span.path == node.path else 1)
