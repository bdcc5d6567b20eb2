"""The links of the note being read, in both directions, grouped by relation."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from graphkit.models import Edge, Graph, RelationGroup
from graphkit.tui.entries import Standings, dotted, link_rows
from graphkit.tui.panes.listing import Listing
from graphkit.tui.rows import content


class Links(Vertical):
    """Every typed edge of a node; choosing one walks to its other end."""

    def compose(self) -> ComposeResult:
        yield Static(id="tally")
        yield Listing(id="edges")

    def show(
        self, groups: Sequence[RelationGroup], graph: Graph, standings: Standings, edge: Edge | None
    ) -> None:
        """Show these groups, the cursor on `edge` if it is one of theirs."""
        out = sum(len(group.edges) for group in groups if group.outgoing)
        into = sum(len(group.edges) for group in groups if not group.outgoing)
        tally = dotted(((f"{out} →", "$quiet"),), ((f"{into} ←", "$quiet"),))
        self.query_one("#tally", Static).update(content((("Links  ", "bold"), *tally)))
        rows = link_rows(groups, graph, standings)
        self.listing.show(rows, edge, nothing="Nothing is linked to this yet.")

    @property
    def listing(self) -> Listing:
        return self.query_one(Listing)

    @property
    def edge(self) -> Edge | None:
        """The edge under the cursor."""
        value = self.listing.value
        return value if isinstance(value, Edge) else None
