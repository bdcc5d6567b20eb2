"""The links of the note being read, in both directions, grouped by relation."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from graphkit.models import Edge, Node, RelationGroup
from graphkit.tui.entries import QUIET, dotted
from graphkit.tui.panes.ground import Ground
from graphkit.tui.panes.listing import Listing
from graphkit.tui.rows import content
from graphkit.tui.stack import Stack


class Links(Vertical, Ground):
    """Every typed edge of a node; choosing one walks to its other end."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._node = ""
        self._tally = Static(id="tally")
        self.listing = Listing("Reading the links …", id="edges")

    def compose(self) -> ComposeResult:
        yield from (self._tally, self.listing)

    def show(
        self, node: Node, groups: Sequence[RelationGroup], stack: Stack, *, keep: bool
    ) -> None:
        """Show the edges of a node, the cursor on the first one or where it already is."""
        self._node = node.id
        self._tally.update(_tally(groups), layout=False)
        edge = self.edge if keep else None
        self.listing.show(stack, edge, "Nothing is linked to this yet.", stay=keep)

    def other(self, edge: Edge) -> str:
        """The end of an edge that is not the node whose edges are shown."""
        return edge.target if edge.source == self._node else edge.source

    @property
    def edge(self) -> Edge | None:
        """The edge under the cursor."""
        value = self.listing.value
        return value if isinstance(value, Edge) else None


def _tally(groups: Sequence[RelationGroup]) -> Content:
    out = sum(len(group.edges) for group in groups if group.outgoing)
    into = sum(len(group.edges) for group in groups if not group.outgoing)
    ways = dotted(((f"{out} →", QUIET),), ((f"{into} ←", QUIET),))
    return content((("Links  ", "bold"), *ways))
