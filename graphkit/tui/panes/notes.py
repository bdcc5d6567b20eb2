"""The list of nodes with its filter."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from graphkit.models import Graph
from graphkit.render import marks
from graphkit.tui.entries import Standings, kind_mark, node_row
from graphkit.tui.facets import Facets, matching
from graphkit.tui.messages import Moved
from graphkit.tui.panes.listing import Listing
from graphkit.tui.rows import Line, content
from graphkit.tui.theme import ink


class Chip(Static):
    """One facet of the filter; a click turns it to its next value."""

    def __init__(self, action: str, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._action = action

    async def on_click(self, event: events.Click) -> None:
        event.stop()
        await self.run_action(f"screen.{self._action}")


class Notes(Vertical):
    """Every node that the filter lets through, by kind and title."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.facets = Facets()
        self._graph: Graph | None = None
        self._standings: Standings = {}
        self._kind = Chip("next_kind", id="kind")
        self._stand = Chip("next_stand", id="stand")
        self._count = Static(id="count")
        self._words = Input(placeholder="words of a title", compact=True, id="words")
        self.listing = Listing("Reading the notes …", id="nodes")

    def compose(self) -> ComposeResult:
        yield Horizontal(self._kind, self._stand, self._count, id="facets")
        yield from (self._words, self.listing)

    def on_mount(self) -> None:
        self._words.display = False

    # -- what is shown ---------------------------------------------------------------------

    def hold(self, graph: Graph, standings: Standings) -> None:
        """Take the nodes of a vault and show those that the filter lets through."""
        self._graph, self._standings = graph, standings
        self._refill()

    def filter(self, facets: Facets) -> None:
        """Show what another filter lets through, the cursor where it was if it can be."""
        self.facets = facets
        self._refill()

    def _refill(self) -> None:
        if self._graph is None:
            return
        shown = matching(self._graph, self._standings, self.facets)
        rows = (node_row(node, self._standings.get(node.id)) for node in shown)
        nothing = "No note fits this filter." if self._graph.nodes else "This vault holds no note."
        before = self.listing.value
        self.listing.show(rows, before, nothing=nothing)
        self._describe(len(shown))
        if before not in {None, self.listing.value}:
            self.post_message(Moved(self.listing, self.listing.value))

    def _describe(self, shown: int) -> None:
        kind, stand = self.facets.kind, self.facets.stand
        kinds: Line = (kind_mark(kind), (f" {kind}s", "bold")) if kind else (("all kinds", ""),)
        self._kind.update(content(kinds))
        mark = marks.STANDS[stand] if stand else None
        self._stand.update(
            content(((f"{mark.glyph} {stand}", ink(mark.style)) if mark else ("any standing", ""),))
        )
        self._count.update(content(((str(shown), ""),)), layout=False)

    @property
    def filtered(self) -> bool:
        return self.facets != Facets()

    # -- the words of the filter -----------------------------------------------------------

    def open_filter(self) -> None:
        self._words.display = True
        self.screen.set_focus(self._words)

    def close_filter(self) -> None:
        """Let every node through again."""
        self._words.display = False
        with self._words.prevent(Input.Changed):
            self._words.value = ""
        self.filter(Facets())

    @on(Input.Changed, "#words")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.filter(Facets(self.facets.kind, self.facets.stand, event.value))

    @on(Input.Submitted, "#words")
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.set_focus(self.listing)
