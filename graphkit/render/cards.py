"""Nodes: the list of them, and one in full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from rich.console import Group, RenderableType
from rich.text import Text

from graphkit.models import Edge, Node, Standing
from graphkit.render import marks
from graphkit.render.escape import line
from graphkit.render.layout import Facts, Hang, Rows, dotted, facts, paragraph, spaced, stack

_NONE: Final[Mapping[str, Standing]] = MappingProxyType({})


def nodes(found: Iterable[Node], standings: Mapping[str, Standing] = _NONE) -> Rows:
    """A list of nodes: id, kind, how each stands, where it is written, its title."""
    listed = tuple(found)
    return Rows(
        rows=[_row(node, standings.get(node.id)) for node in listed],
        stacks=lambda: [_stack(node, standings.get(node.id)) for node in listed],
    )


def _row(node: Node, standing: Standing | None) -> tuple[Text, ...]:
    return (
        Text(line(node.id), style=marks.FAINT),
        Text(node.kind.value),
        marks.stand(standing) if standing else Text(),
        marks.place(node.path, node.line),
        Text(line(node.title)),
    )


def _stack(node: Node, standing: Standing | None) -> Group:
    where = marks.place(node.path, node.line)
    return stack(
        Hang(marks.lead(standing), Text(line(node.title))),
        facts(*marks.states(standing), marks.name(node), where, by=2),
    )


def heading(node: Node) -> Group:
    """A node as the head of a view of its own: title, kind, id, place."""
    return stack(
        paragraph(Text(line(node.title), style=marks.TITLE)),
        facts(marks.name(node), marks.place(node.path, node.line)),
    )


def node(
    shown: Node,
    standing: Standing | None = None,
    links: Iterable[Edge] = (),
    measured: Iterable[tuple[Edge, Node]] = (),
) -> RenderableType:
    """One node: title, kind, place, standing, what it says and by which names it is known.

    `links` are shown by their places: the only trace of a node that no note stands behind.
    `measured` are edges at it that tell of a measurement, each with its other end.
    """
    stands = Hang(marks.lead(standing), dotted(*marks.states(standing))) if standing else Text()
    return spaced(
        (
            stack(heading(shown), stands),
            *([paragraph(Text(line(shown.summary)), by=2)] if shown.summary else []),
            *_names(shown),
            *_measured(measured),
            *_places(links),
        )
    )


def _measured(edges: Iterable[tuple[Edge, Node]]) -> list[RenderableType]:
    """What links with other nodes say of measurements, as it was read."""
    told = [
        Facts(
            Text(f"  {line(other.title)}  ", style=marks.FAINT),
            (marks.measurement(edge), marks.span(edge.span)),
        )
        for edge, other in edges
    ]
    return [stack(*told)] if told else []


def _places(links: Iterable[Edge]) -> list[RenderableType]:
    spans = dict.fromkeys(edge.span for edge in links)
    lead = Text("  linked from  ", style=marks.FAINT)
    return [Facts(lead, tuple(map(marks.span, spans)))] if spans else []


def _names(shown: Node) -> list[RenderableType]:
    fields = {
        "also called": shown.aliases,
        "identifiers": shown.identifiers,
        "figures": tuple(figure.text for figure in shown.figures),
        "tests": shown.tests,
        "tags": shown.tags,
    }
    width = max(map(len, fields))
    told = [
        Facts(
            Text(f"  {label:<{width}}  ", style=marks.FAINT),
            tuple(Text(line(value)) for value in values),
        )
        for label, values in fields.items()
        if values
    ]
    return [stack(*told)] if told else []
