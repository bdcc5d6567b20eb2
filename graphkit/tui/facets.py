"""What the list can be filtered by, and the two facets of the filter that turn by a key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from functools import partial
from typing import TYPE_CHECKING, Final

from graphkit.models import Graph, Node
from graphkit.tui.entries import QUIET
from graphkit.tui.messages import Narrow
from graphkit.tui.rows import Line, Row
from graphkit.tui.screens.ledger import Ledger
from graphkit.vocabulary import Kind, Stand

if TYPE_CHECKING:
    from graphkit.graph.filters import Filter, Scene
    from graphkit.workspace import Workspace

_TURNED: Final[dict[str, tuple[str, ...]]] = {"kind": tuple(Kind), "standing": tuple(Stand)}
_MOST: Final = 60  # values of one field that are offered, the most common ones


def chosen(terms: Filter, field: str) -> str:
    """The one value that a filter asks of a field; empty when it asks none, or several."""
    asked = [term.values for term in terms if term.field == field and not term.negated]
    return asked[0][0] if len(asked) == 1 and len(asked[0]) == 1 else ""


def turned(terms: Filter, field: str, step: int) -> Filter:
    """The same filter with the next value of a field, after the last one none."""
    from graphkit.graph.filters import Term

    values = ("", *_TURNED[field])
    value = values[(values.index(chosen(terms, field)) + step) % len(values)]
    others = tuple(term for term in terms if term.field != field)
    return (Term(field, (value,)), *others) if value else others


def ledger(terms: Filter) -> Ledger:
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
