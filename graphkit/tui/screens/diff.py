"""A planned change of notes, shown as a diff before anything is written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from graphkit.errors import GraphkitError
from graphkit.models import Change
from graphkit.tui.actions import Place, bindings
from graphkit.tui.entries import QUIET
from graphkit.tui.messages import Written
from graphkit.tui.panes.keybar import KeyBar
from graphkit.tui.panes.listing import Listing
from graphkit.tui.rows import Line, Row, content
from graphkit.tui.stack import Stack

if TYPE_CHECKING:
    from graphkit.workspace import Workspace

_INKS: Final = {
    "+++": "bold", "---": "bold", "@@": "$question", "+": "$support", "-": "$oppose",
}  # fmt: skip


class Proposal(NamedTuple):
    """Changes to decide on. `plan` is called off the event loop and writes nothing."""

    title: str
    plan: Callable[[Workspace], tuple[Change, ...]]
    nothing: str


def summaries(names: Iterable[str]) -> Proposal:
    """The summaries of these notes, or of all, brought up to date."""
    nothing = "What is written is what the notes and runs say now: there is nothing to change."
    return Proposal("Regenerate", partial(_stale, tuple(names)), nothing)


def _stale(names: tuple[str, ...], workspace: Workspace) -> tuple[Change, ...]:
    return workspace.regenerate(names)


class DiffScreen(Screen[Message | None]):
    """Shows what would be written; `w` writes it, escape leaves everything as it is."""

    place = Place.DIFF
    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.DIFF)

    def __init__(self, proposal: Proposal, workspace: Workspace) -> None:
        super().__init__()
        self._proposal = proposal
        self._workspace = workspace
        self._changes: tuple[Change, ...] = ()
        self._title = Static(id="title")
        self._listing = Listing("Looking at what would change …", id="ledger")

    def compose(self) -> ComposeResult:
        yield from (self._title, self._listing)
        yield KeyBar()

    def on_mount(self) -> None:
        self._say("")
        self._plan()

    def _say(self, about: str, style: str = QUIET) -> None:
        said: Line = ((self._proposal.title, "bold $primary"), ("   ", ""), (about, style))
        self._title.update(content(said))

    @work(exclusive=True, group="plan", description="planning a change")
    async def _plan(self) -> None:
        try:
            changes = await asyncio.to_thread(self._proposal.plan, self._workspace)
            room = self._listing.room
            rows = await asyncio.to_thread(lambda: Stack(_rows(changes), room))
        except GraphkitError as error:
            self._say(str(error), "$oppose")
            self._listing.show((), nothing="Nothing can be planned.")
            return
        self._changes = tuple(change for change in changes if change.problem is None)
        self._listing.show(rows, nothing=self._proposal.nothing)
        if self._changes:
            self._say(f"{_notes(len(self._changes))} would change; nothing is written yet")

    @work(exclusive=True, group="write", description="writing notes")
    async def _write(self) -> None:
        try:
            await asyncio.to_thread(self._workspace.write, self._changes)
        except GraphkitError as error:
            self._say(str(error), "$oppose")
        else:
            self.dismiss(Written(f"Wrote {_notes(len(self._changes))}."))

    def action_write(self) -> None:
        if self._changes:
            self._write()

    def action_close(self) -> None:
        self.dismiss(None)


def _notes(amount: int) -> str:
    return f"{amount} note{'s' * (amount != 1)}"


def _rows(changes: Iterable[Change]) -> Iterator[Row]:
    """Causes and diff of each change, or why it must be left alone; every line can be reached."""
    from graphkit import render

    for number, change in enumerate(changes):
        if change.problem:
            yield Row(
                change.problem.message, (number, "problem"), ("!", "$doubt"), "$doubt", lines=4
            )
            continue
        for at, cause in enumerate(change.causes):
            yield Row(cause, (number, "cause", at), ("◌", "$doubt"), lines=3)
        shown = render.to_text(render.changes([change]), width=None, colour=False)
        for at, line in enumerate(shown.splitlines()):
            ink = next((ink for mark, ink in _INKS.items() if line.startswith(mark)), QUIET)
            yield Row(line, (number, at), style=ink, lines=8)
        yield Row("")
