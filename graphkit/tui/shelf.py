"""The nodes of a vault as the list shows them: made once, in a thread, whatever is filtered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from graphkit.models import Graph, Node, Standing
from graphkit.tui.entries import Standings, node_row
from graphkit.tui.rows import Row
from graphkit.vocabulary import Kind

if TYPE_CHECKING:
    from graphkit.graph.filters import Filter
    from graphkit.workspace import Workspace
    from graphkit.workspace.glimpse import Glimpse


class Shelf(NamedTuple):
    """The nodes of a vault in their order, each with its row, and where their text is."""

    graph: Graph
    standings: Mapping[str, Standing]
    rows: tuple[tuple[Node, Row], ...]
    text: Callable[[Node], str]
    whole: bool = True  # or as it was last time, without the links, while the vault is opened

    @property
    def first(self) -> str:
        """The id of the node that the list begins with; empty in an empty vault."""
        return next((node.id for node, _ in self.rows if node.kind is not Kind.GHOST), "")

    @property
    def nothing(self) -> str:
        """What there is to say when no row is shown."""
        return "No note fits this filter." if self.rows else "This vault holds no note."

    def sifted(self, terms: Filter) -> tuple[Row, ...]:
        """The rows that a filter lets through; takes its time in a large vault."""
        from graphkit.graph.filters import Scene, sieve

        fits = sieve(terms, Scene(self.graph, self.standings))
        return tuple(row for node, row in self.rows if fits(node))


def shelved(workspace: Workspace) -> Shelf:
    """The nodes of a vault; takes its time in a large one."""
    from graphkit.graph.filters import ordered
    from graphkit.graph.queries import relations

    graph, standings = workspace.graph, workspace.standings
    rows = _rows(ordered(graph.nodes.values()), standings)
    shelf = Shelf(graph, standings, rows, workspace.text)
    relations(graph, shelf.first)  # looks up the edges of all nodes: no note is to wait for that
    return shelf


def recalled(glimpse: Glimpse) -> Shelf:
    """The nodes that a vault had when it was last listed."""
    from graphkit.workspace.reading import text_of

    nodes = {seen.node.id: seen.node for seen in glimpse.seen}
    standings = {seen.node.id: seen.standing for seen in glimpse.seen if seen.standing}
    rows = _rows(nodes.values(), standings)
    return Shelf(Graph(nodes, ()), standings, rows, partial(text_of, glimpse.root), whole=False)


def _rows(nodes: Iterable[Node], standings: Standings) -> tuple[tuple[Node, Row], ...]:
    return tuple((node, node_row(node, standings.get(node.id))) for node in nodes)
