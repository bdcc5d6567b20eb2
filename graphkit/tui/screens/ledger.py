"""One screen for every list that is about the vault: why, problems, verdicts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from graphkit.errors import GraphkitError
from graphkit.tui.actions import Place, bindings
from graphkit.tui.messages import Chosen, Edit, Moved, VaultLoaded, Walk
from graphkit.tui.panes.ground import Ground, Whole
from graphkit.tui.panes.keybar import KeyBar
from graphkit.tui.panes.listing import Listing
from graphkit.tui.rows import Line, Row, content
from graphkit.tui.screens.diff import DiffScreen, Proposal
from graphkit.tui.spot import Spot, is_in_note
from graphkit.tui.stack import Stack

if TYPE_CHECKING:
    from graphkit.workspace import Workspace


class Ledger(NamedTuple):
    """A list about a vault. `rows` is called off the event loop, and again after an edit."""

    title: str
    about: Line
    rows: Callable[[Workspace], Iterable[Row]]
    nothing: str


class LedgerScreen(Whole[Message | Screen[Any] | None], Ground):
    """Shows a ledger; a chosen row is walked to, opened, or is what to leave with."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.PAGE)

    def __init__(self, ledger: Ledger, workspace: Workspace) -> None:
        super().__init__()
        self._ledger = ledger
        self._workspace = workspace
        self._listing = Listing("…", id="ledger", opens=_leads)

    def compose(self) -> ComposeResult:
        yield Static(
            content(((self._ledger.title, "bold $primary"), ("   ", ""), *self._ledger.about)),
            id="title",
        )
        yield self._listing
        yield KeyBar()

    def on_mount(self) -> None:
        self._fill(self._workspace)

    def on_vault_loaded(self, message: VaultLoaded) -> None:
        self._workspace = message.workspace
        self._fill(self._workspace)

    @work(exclusive=True, description="filling a list")
    async def _fill(self, workspace: Workspace) -> None:
        try:
            rows = await asyncio.to_thread(lambda: tuple(self._ledger.rows(workspace)))
        except GraphkitError as error:
            self._listing.show((), nothing=str(error))
            return
        stack = await asyncio.to_thread(Stack, rows, self._listing.room)
        value, nothing = self._listing.value, self._ledger.nothing
        self._listing.show(stack, value, nothing, stay=True)
        self.refresh_bindings()

    @on(Chosen, "#ledger")
    def _go(self, message: Chosen) -> None:
        match message.value:
            case Message() as errand:
                self.dismiss(errand)
            case Ledger() as deeper:
                self.app.push_screen(LedgerScreen(deeper, self._workspace), self._pass_on)
            case Proposal() as proposal:
                self.app.push_screen(DiffScreen(proposal, self._workspace), self._pass_on)
            case Spot(id="") as place if is_in_note(place):
                self.app.post_message(Edit(place.span))
            case Spot(id=id_, line=line):
                self.dismiss(Walk(id_, line))

    def _pass_on(self, errand: Message | Screen[Any] | None) -> None:
        """Leave with what a deeper ledger was left with."""
        if errand is not None:
            self.dismiss(errand)

    @on(Moved, "#ledger")
    def _moved(self) -> None:
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        return action != "edit" or is_in_note(self._listing.value)

    def action_edit(self) -> None:
        self.app.post_message(Edit(self._listing.value.span))

    def action_close(self) -> None:
        self.dismiss(None)


def _leads(value: object) -> bool:
    """Whether a row with this value leads anywhere when it is chosen."""
    is_place = isinstance(value, Spot) and bool(value.id or value.span.path)
    return is_place or isinstance(value, Message | Ledger | Proposal)
