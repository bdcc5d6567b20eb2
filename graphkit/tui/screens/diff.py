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
from textual.widgets import Static

from graphkit.errors import GraphkitError
from graphkit.models import Change, Span
from graphkit.render import words
from graphkit.tui.actions import Place, bindings
from graphkit.tui.entries import QUIET
from graphkit.tui.messages import Written
from graphkit.tui.panes.ground import Ground, Whole
from graphkit.tui.panes.keybar import KeyBar
from graphkit.tui.panes.listing import Listing
from graphkit.tui.rows import Line, Row, content
from graphkit.tui.stack import Stack

if TYPE_CHECKING:
    from graphkit.workspace import Workspace

_INKS: Final = {
    "+++": "bold", "---": "bold", "@@": "$question", "+": "$support", "-": "$oppose",
}  # fmt: skip


class Planned(NamedTuple):
    """Changes, and what writes those that can be written; nothing is written yet."""

    changes: tuple[Change, ...]
    write: Callable[[], None]
    place: Span | None = None  # of the note to go to when they are written
    edit: bool = False  # whether it is to be written on there


class Proposal(NamedTuple):
    """Changes to decide on. `plan` is called off the event loop and writes nothing."""

    title: str
    plan: Callable[[Workspace], Planned]
    nothing: str


def notes(changes: tuple[Change, ...], workspace: Workspace) -> Planned:
    """Changes of notes one by one: what must be left alone keeps no other from being written."""
    writable = [change for change in changes if change.problem is None]
    return Planned(changes, partial(workspace.write, writable))


def summaries(names: Iterable[str]) -> Proposal:
    """The summaries of these notes, or of all, brought up to date."""
    nothing = "What is written is what the notes and runs say now: there is nothing to change."
    return Proposal("Regenerate", partial(_stale, tuple(names)), nothing)


def _stale(names: tuple[str, ...], workspace: Workspace) -> Planned:
    return notes(workspace.regenerate(names), workspace)


class DiffScreen(Whole[Message | None], Ground):
    """Shows what would be written; `w` writes it, escape leaves everything as it is."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.DIFF)

    def __init__(self, proposal: Proposal, workspace: Workspace) -> None:
        super().__init__()
        self._proposal = proposal
        self._workspace = workspace
        self._planned: Planned | None = None
        self._title = Static(id="title")
        self._listing = Listing(
            "Looking at what would change …", id="ledger", opens=lambda _: False
        )

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
            planned = await asyncio.to_thread(self._proposal.plan, self._workspace)
            room = self._listing.room
            rows = await asyncio.to_thread(lambda: Stack(_rows(planned.changes), room))
        except GraphkitError as error:
            self._say(str(error), "$oppose")
            self._listing.show((), nothing="Nothing can be planned.")
            return
        self._listing.show(rows, nothing=self._proposal.nothing)
        if amount := _amount(planned):
            self._planned = planned
            self.refresh_bindings()
            self._say(f"{words.count(amount, 'note')} would change; nothing is written yet")

    @work(exclusive=True, group="write", description="writing notes")
    async def _write(self, planned: Planned) -> None:
        try:
            await asyncio.to_thread(planned.write)
        except GraphkitError as error:
            self._say(str(error), "$oppose")
        else:
            said = f"Wrote {words.count(_amount(planned), 'note')}."
            self.dismiss(Written(said, planned.place, edit=planned.edit))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        return action != "write" or self._planned is not None

    def action_write(self) -> None:
        if self._planned is not None:
            self._write(self._planned)

    def action_close(self) -> None:
        self.dismiss(None)


def _amount(planned: Planned) -> int:
    """How many notes can be written."""
    return sum(change.problem is None for change in planned.changes)


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
