"""The trail as a list, to jump to any step of it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static

from graphkit.models import Graph
from graphkit.tui.actions import Place, bindings
from graphkit.tui.entries import Standings, trail_rows
from graphkit.tui.messages import Chosen, Jump
from graphkit.tui.panes.keybar import KeyBar
from graphkit.tui.panes.listing import Listing
from graphkit.tui.rows import content
from graphkit.tui.trail import Trail


class Steps(ModalScreen[Message | None]):
    """Where one has been, the newest step first."""

    place = Place.DIALOG
    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.DIALOG)

    def __init__(self, trail: Trail, graph: Graph, standings: Standings) -> None:
        super().__init__()
        self._trail = trail
        self._graph = graph
        self._standings = standings

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -small"):
            yield Static(content((("Trail", "bold $primary"), ("   enter jumps there", "$quiet"))))
            yield Listing(id="steps")
        yield KeyBar()

    def on_mount(self) -> None:
        rows = trail_rows(self._trail.ids, self._trail.at, self._graph, self._standings)
        self.query_one(Listing).show(rows, self._trail.at)

    @on(Chosen, "#steps")
    def _jump(self, message: Chosen) -> None:
        self.dismiss(Jump(message.value))

    def action_close(self) -> None:
        self.dismiss(None)
