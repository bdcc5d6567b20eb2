"""Choose a node by a few letters of its name."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from graphkit.models import Graph
from graphkit.tui import fuzzy
from graphkit.tui.actions import Place, bindings
from graphkit.tui.dialogs.dialog import Dialog
from graphkit.tui.entries import node_row
from graphkit.tui.messages import Chosen
from graphkit.tui.panes.field import Field
from graphkit.tui.panes.keybar import KeyBar
from graphkit.tui.panes.listing import Listing
from graphkit.tui.rows import content

_MOST: Final = 40


class Pick(Dialog[Any]):
    """Dismissed with what `choose` makes of the id of the chosen node."""

    place = Place.PICK
    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.PICK)
    AUTO_FOCUS = "#name"

    def __init__(self, title: str, graph: Graph, choose: Callable[[str], Any]) -> None:
        super().__init__()
        self._title = title
        self._graph = graph
        self._choose = choose
        self._found = Listing("Type a few letters of a name.", id="found")

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(content(((self._title, "bold $primary"),)))
            yield Field(placeholder="a title, an alias or an id", id="name")
            yield self._found
        yield KeyBar()

    @on(Input.Changed, "#name")
    def _typed(self, message: Input.Changed) -> None:
        self._look(message.value)

    @work(exclusive=True, description="looking for names")
    async def _look(self, text: str) -> None:
        found = await asyncio.to_thread(fuzzy.best, self._graph.nodes.values(), text, _MOST)
        nothing = "No name is like that." if text.strip() else "Type a few letters of a name."
        self._found.show(map(node_row, found), nothing=nothing)

    @on(Chosen, "#found")
    def _go(self, message: Chosen) -> None:
        self.dismiss(self._choose(message.value))

    def action_first(self) -> None:
        """Enter while typing takes the row under the cursor of the list."""
        self._found.action_choose()

    def action_step(self, step: int) -> None:
        self._found.action_move(step)
