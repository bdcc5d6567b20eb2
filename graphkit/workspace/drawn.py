"""The graph of a vault as its index keeps it: to join the notes takes five times as long.

It is kept under a digest of the notes, the runs and the code that joins them, and written when it
is first asked for after one of them changed. The first line of its text says what it is made of,
the others are nodes and edges: no line is so long that to read it holds up another thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphkit.models import Edge, Graph, LinkCounts, Node, Problem, Verdict
from graphkit.vocabulary import Vocabulary
from graphkit.workspace import codec, collector, index

if TYPE_CHECKING:
    from graphkit.workspace.reading import Reading

MEMO: Final = "graph"
_LONG: Final = 500  # nodes or edges of a line, which take a millisecond


class _Head(NamedTuple):
    """What is told of a graph before its nodes, of which there are so many lines."""

    lines: int
    problems: tuple[Problem, ...]
    links: LinkCounts
    verdicts: tuple[Verdict, ...]


def graph(reading: Reading) -> Graph:
    """The notes joined by their links; as they were `before` makes that quicker than any index."""
    if reading.before or reading.cache is None:
        return reading.draft.graph
    file = reading.cache / index.FILE
    load = partial(_read, reading.vault.vocabulary)
    with collector.resting():
        return index.kept(file, MEMO, reading.state, lambda: reading.draft.graph, load, _written)


def _written(graph: Graph) -> str:
    nodes, edges = [*_lines([*graph.nodes.values()])], _lines(graph.edges)
    head = _Head(len(nodes), graph.problems, graph.links, graph.verdicts)
    return "\n".join((codec.dump(head), *nodes, *edges))


def _lines(values: Sequence[Any]) -> Iterator[str]:
    return (codec.dump(values[at : at + _LONG]) for at in range(0, len(values), _LONG))


def _read(vocabulary: Vocabulary, text: str) -> Graph:
    first, *lines = text.split("\n")
    head = codec.load(_Head, first)
    nodes: Iterable[Node] = _values(tuple[Node, ...], lines[: head.lines])
    edges: Iterable[Edge] = _values(tuple[Edge, ...], lines[head.lines :])
    by_id = {node.id: node for node in nodes}
    return Graph(by_id, tuple(edges), head.problems, head.links, head.verdicts, vocabulary)


def _values(shape: type[tuple[Any, ...]], lines: Iterable[str]) -> Iterable[Any]:
    return chain.from_iterable(codec.load(shape, line) for line in lines)
