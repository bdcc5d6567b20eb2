"""Choose from a list that a few letters make shorter."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, ClassVar, Final, NamedTuple

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
from graphkit.tui.rows import Row, content

_MOST: Final = 40
_LETTERS: Final = "Type a few letters of a name."


class Choice(NamedTuple):
    """What is chosen from. `rows` gives those that fit the words typed, off the event loop."""

    title: str
    field: str  # what to type
    rows: Callable[[str], Iterable[Row]]
    nothing: str  # what is said before a letter is typed, where nothing is listed then


def nodes(title: str, graph: Graph) -> Choice:
    """A node by a few letters of its name."""
    return Choice(title, "a title, an alias or an id", partial(_named, graph), _LETTERS)


def _named(graph: Graph, text: str) -> Iterable[Row]:
    return map(node_row, fuzzy.best(graph.nodes.values(), text, _MOST))


class Pick(Dialog[Any]):
    """Dismissed with what `choose` makes of the value of the chosen row."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.PICK)
    AUTO_FOCUS = "#name"

    def __init__(self, choice: Choice, choose: Callable[[Any], Any]) -> None:
        super().__init__()
        self._choice = choice
        self._choose = choose
        self._found = Listing(choice.nothing, id="found")

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(content(((self._choice.title, "bold $primary"),)))
            yield Field(placeholder=self._choice.field, id="name")
            yield self._found
        yield KeyBar()

    def on_mount(self) -> None:
        self._look("")

    @on(Input.Changed, "#name")
    def _typed(self, message: Input.Changed) -> None:
        self._found.await_rows()
        self._look(message.value)

    @work(exclusive=True, description="looking for names")
    async def _look(self, text: str) -> None:
        found = await asyncio.to_thread(lambda: tuple(self._choice.rows(text)))
        nothing = "No name is like that." if text.strip() else self._choice.nothing
        self._found.show(found, nothing=nothing)

    @on(Chosen, "#found")
    def _go(self, message: Chosen) -> None:
        self.dismiss(self._choose(message.value))

    def action_first(self) -> None:
        """Enter while typing takes the row under the cursor, once the list is that of the words."""
        self._found.action_choose()

    def action_step(self, step: int) -> None:
        self._found.action_move(step)
