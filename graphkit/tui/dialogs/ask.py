"""Search as one types, and ask: one dialog for both."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from graphkit.errors import GraphkitError
from graphkit.models import Graph
from graphkit.tui.actions import Place, bindings
from graphkit.tui.answers import answer_rows, hit_rows
from graphkit.tui.desk import Desk
from graphkit.tui.dialogs.dialog import Dialog
from graphkit.tui.entries import QUIET, Standings
from graphkit.tui.messages import Chosen, Edit, VaultLoaded, Walk, Working
from graphkit.tui.panes.field import Field
from graphkit.tui.panes.keybar import KeyBar
from graphkit.tui.panes.listing import Listing
from graphkit.tui.rows import Line, content
from graphkit.tui.spot import Spot

_PAUSE = 0.05  # seconds without a key after which words are looked for
_REST = 0.1  # and so many more after which it is what they mean: it takes longer
_HITS = 20


class Ask(Dialog[Message | None]):
    """Type to search; enter asks what the notes answer."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.ASK)
    AUTO_FOCUS = "#question"

    def __init__(self, desk: Desk, graph: Graph, standings: Standings) -> None:
        super().__init__()
        self._desk = desk
        self._graph = graph
        self._standings = standings
        self._no_model = ""
        self._said = ""
        self._question = Field(
            placeholder="Search the notes, or ask them a question",
            select_on_focus=False,
            id="question",
        )
        self._state = Static(id="state")
        self._found = Listing(id="found")

    def compose(self) -> ComposeResult:
        yield Vertical(self._question, self._state, self._found, classes="dialog")
        yield KeyBar()

    def on_vault_loaded(self, message: VaultLoaded) -> None:
        self._desk = message.desk
        self._graph, self._standings = message.workspace.graph, message.workspace.standings

    def say(self, words: str, style: str = QUIET) -> None:
        """One line about what is shown, or being looked for."""
        self._said = words
        absent = f" · no model: keyword only · {self._no_model}" if self._no_model else ""
        self._state.update(content(((words, style), (absent, "$doubt"))), layout=False)

    # -- searching -------------------------------------------------------------------------

    @on(Input.Changed, "#question")
    def _typed(self, message: Input.Changed) -> None:
        self._search(message.value.strip())

    @work(exclusive=True, group="question")
    async def _search(self, text: str) -> None:
        """Hits by keyword at once, then those by meaning; the next key cancels both."""
        if not text:
            self._found.show((), nothing="")
            self.say("")
            return
        await asyncio.sleep(_PAUSE)
        try:
            found = await self._desk.by_words(text, _HITS)
            self._found.show(
                hit_rows(found, self._graph, self._standings), nothing="No word matches."
            )
            self.say("by keyword · looking for what it means …")
            await asyncio.sleep(_REST)
            found = await self._desk.by_meaning(text, _HITS)
            self._no_model = await self._desk.no_model()
        except GraphkitError as error:
            self.say(str(error), "$oppose")
            return
        rows = hit_rows(found, self._graph, self._standings)
        self._found.show(rows, self._found.value, nothing="Nothing fits.")
        self.say("by keyword" if self._no_model else "by keyword and meaning")

    # -- asking ----------------------------------------------------------------------------

    def action_ask(self) -> None:
        text = self._question.value.strip()
        if text:
            self._ask(text)

    @work(exclusive=True, group="question")
    async def _ask(self, text: str) -> None:
        """The answer in place of the hits, and the focus on it."""
        self.say("asking the notes …")
        try:
            answer = await self._desk.ask(text)
            self._no_model = await self._desk.no_model()
        except GraphkitError as error:
            self.say(str(error), "$oppose")
            return
        self._found.show(answer_rows(answer, self._graph, self._standings))
        self.set_focus(self._found)
        self.say("what these notes answer")

    def on_working(self, message: Working) -> None:
        said: Line = ((self._said, QUIET), (f"  {message.words}", "$doubt"))
        self._state.update(content(said), layout=False)

    # -- going -----------------------------------------------------------------------------

    @on(Chosen, "#found")
    def _go(self, message: Chosen) -> None:
        spot: Spot = message.value
        self.dismiss(Walk(spot.id, spot.line))

    def action_edit(self) -> None:
        spot = self._found.value
        if isinstance(spot, Spot) and spot.span.path:
            self.app.post_message(Edit(spot.span))

    def action_results(self) -> None:
        self.set_focus(self._found)

    def action_question(self) -> None:
        self.set_focus(self._question)
