"""What the list can be filtered by, and the two facets of the filter that turn by a key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from graphkit.tui.entries import QUIET
from graphkit.tui.messages import Narrow
from graphkit.tui.rows import Row
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


def rows(workspace: Workspace) -> tuple[Row, ...]:
    """Every field with the values that the vault has, each with how many nodes answer to it."""
    from graphkit.graph.filters import Scene

    return tuple(_rows(Scene(workspace.graph, workspace.standings)))


def _rows(scene: Scene) -> Iterator[Row]:
    from graphkit.graph.filters import FIELDS, Term, written

    for name, field in FIELDS.items():
        nodes = scene.graph.nodes.values()
        counts = Counter(value for node in nodes for value in set(field.read(node, scene)))
        if not counts:
            continue
        yield Row(name, style="bold $primary", tail=((field.meaning, QUIET),), lines=1)
        listed = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        for value, amount in listed[:_MOST]:
            term = written([Term(name, (value,))])
            yield Row(value, Narrow(term), tail=((f"{amount}  ", QUIET),), lead="  ", under="  ")
        yield Row("")
