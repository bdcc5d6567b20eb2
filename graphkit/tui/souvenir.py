"""A trail as Markdown, to be kept, sent or put into a note."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from graphkit.models import Graph, Node, Span
from graphkit.render import escape, words
from graphkit.tui.entries import Standings, where


def markdown(ids: Iterable[str], graph: Graph, standings: Standings) -> str:
    """The nodes of a trail in order, each as a link with its kind, standing and place."""
    steps = (_step(graph.nodes[id_], standings) for id_ in ids if id_ in graph.nodes)
    listed = (f"{number}. {step}" for number, step in enumerate(steps, start=1))
    return "\n".join(("# Trail", "", *listed, ""))


def _step(node: Node, standings: Standings) -> str:
    standing = standings.get(node.id)
    stands = (str(standing), *words.flags(standing)) if standing else ()
    place = where(Span(escape.line(node.path), node.line))
    told = f"[[{escape.line(node.title)}]] ({', '.join((node.kind.value, *stands))})"
    return f"{told} `{place}`" if place else told


def file_name(now: datetime) -> str:
    """What a trail is written to."""
    return f"trail-{now:%Y-%m-%d-%H%M%S}.md"
