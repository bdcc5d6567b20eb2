"""The main screen: the list of nodes, the note being read, its links, the trail of the walk."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from graphkit.models import Node, Span
from graphkit.tui.actions import Place, bindings
from graphkit.tui.here import Here
from graphkit.tui.messages import (
    Jump,
    Narrow,
    Retrace,
    ShowTest,
    Stroll,
    VaultLoaded,
    VaultMissing,
    Walk,
    Working,
)
from graphkit.tui.panes.banner import Banner
from graphkit.tui.panes.hint import Hint
from graphkit.tui.panes.keybar import KeyBar
from graphkit.tui.panes.spread import Spread
from graphkit.tui.panes.trailbar import TrailBar
from graphkit.tui.state import Stay
from graphkit.tui.trail import Trail

if TYPE_CHECKING:
    from graphkit.tui.app import Explorer
    from graphkit.tui.deeds import Outcome
    from graphkit.workspace import Workspace


class Explore(Screen[None]):
    """Walk the graph: choose a node, read it, follow what it is linked to."""

    place = Place.EXPLORE
    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.EXPLORE)
    AUTO_FOCUS = "#nodes"

    # Textual's own paints the whole screen anew whenever the focus moves.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self) -> None:
        super().__init__()
        self.vault: VaultLoaded | None = None
        self._stay = Stay()
        self._banner = Banner(id="banner")
        self._trail_bar = TrailBar(id="trail")
        self._spread = Spread(id="spread")
        self._notes = self._spread.notes
        self._hint = Hint(id="hint")

    def compose(self) -> ComposeResult:
        yield from (self._banner, self._trail_bar, self._spread, self._hint)
        yield KeyBar()

    def on_mount(self) -> None:
        self._hint.display = not self.explorer.state.hinted
        self._banner.tell("opening the vault …")
        self.explorer.load()

    @property
    def explorer(self) -> Explorer:
        return cast("Explorer", self.app)

    @property
    def workspace(self) -> Workspace | None:
        return self.vault.workspace if self.vault else None

    @property
    def node(self) -> Node | None:
        """The node in the reader."""
        return self._spread.node

    @property
    def trail(self) -> Trail:
        return self._stay.trail

    @property
    def stay(self) -> Stay:
        """Where the reader is, to be there again at the next start."""
        at_home = self._spread.shown == self.trail.here
        return replace(self._stay, line=self._spread.reader.line if at_home else 1)

    def say(self, words: str) -> None:
        """A notice in literal words; it goes by itself, with a click, or with escape."""
        self.notify(words, markup=False)

    # -- the vault -------------------------------------------------------------------------

    def on_vault_loaded(self, message: VaultLoaded) -> None:
        workspace, again = message.workspace, self.vault is not None
        self.vault = message
        nodes = workspace.graph.nodes
        self._stay = (self.stay if again else message.stay).known(nodes)
        self._banner.describe(workspace.name, workspace.graph)
        self._spread.hold(workspace, message.shelf)
        if again and self._spread.shown in nodes:
            self._spread.show(self._spread.shown, keep=True)
            self._mark_trail()
        else:
            self._start(message.shelf.first)
        self._count_problems(workspace)

    def _start(self, first: str) -> None:
        """Stand where the trail does, else on the first node."""
        if start := self.trail.here or first:
            self._visit(start, self._stay.line)

    def on_vault_missing(self, message: VaultMissing) -> None:
        if self.vault is not None:
            self.say(str(message.error))
            return
        self._banner.tell("no vault")
        self._spread.apologise(message.error)

    def on_working(self, message: Working) -> None:
        if self.vault is None:
            self._banner.tell(f"{message.words or 'opening the vault'} …")

    @work(exclusive=True, group="problems", description="checking the vault")
    async def _count_problems(self, workspace: Workspace) -> None:
        self._banner.warn(await asyncio.to_thread(workspace.check))

    # -- walking ---------------------------------------------------------------------------

    def _visit(self, id_: str, line: int = 1) -> None:
        """Walk to a node: a step of the trail."""
        self._stand(self.trail.visit(id_), line)

    def _stand(self, trail: Trail, line: int = 1) -> None:
        """Show the node that a trail stands on."""
        self._stay = replace(self._stay, trail=trail, line=line)
        self._mark_trail()
        self._notes.select(trail.here)
        self._spread.show(trail.here, line=line)

    def _mark_trail(self) -> None:
        if self.workspace is not None:
            self._trail_bar.show(self.trail, self.workspace.graph.nodes)

    def on_walk(self, message: Walk) -> None:
        if self.workspace and message.id in self.workspace.graph.nodes:
            self._visit(message.id, message.line)
            if not self._spread.wide:
                self._spread.go("reader")

    def on_stroll(self, message: Stroll) -> None:
        if self.workspace is not None:
            trail = reduce(Trail.visit, message.ids, self.trail)
            self._stand(trail.without(self.workspace.graph.nodes))

    def on_jump(self, message: Jump) -> None:
        self._step(self.trail.jump(message.at))

    def _step(self, trail: Trail) -> None:
        if trail.here and (trail != self.trail or self._spread.shown != trail.here):
            self._stand(trail)

    def action_back(self) -> None:
        """One step back; from a note that was only looked at, to where the trail stands."""
        self._step(self.trail if self._spread.shown != self.trail.here else self.trail.back())

    def action_forward(self) -> None:
        self._step(self.trail.forward())

    def action_mark(self) -> None:
        """Set a bookmark on the node in the reader, or take it away."""
        if self.node:
            self._stay = self._stay.marked(self.node.id)
            is_set = self.node.id in self._stay.marks
            self.say(f"{'Bookmark set' if is_set else 'No bookmark any more'}: {self.node.title}")

    def on_keep(self) -> None:
        self._stay = self._stay.keeping()
        is_kept = self.trail.ids in self._stay.kept
        self.say("The trail is kept." if is_kept else "The trail is kept no more.")

    def on_retrace(self, message: Retrace) -> None:
        if self.workspace is not None:
            self._step(Trail(message.ids).jump(0).without(self.workspace.graph.nodes))

    def on_show_test(self, message: ShowTest) -> None:
        if self.workspace is not None:
            from graphkit.tui.screens.trials import TrialsScreen

            self._come_to(TrialsScreen(self.workspace, message.test))

    # -- doing -----------------------------------------------------------------------------

    def action_do(self, name: str) -> None:
        """Do what a row of the table of actions names."""
        from graphkit.tui.deeds import done  # after the skeleton has been painted

        if self.vault is None:
            self.say("The vault is still being read.")
        else:
            node = self.node
            span = self._spread.looked_at(node) if node else Span("")
            held = (self.vault.workspace, self.vault.desk)
            here = Here(*held, self._stay, self._notes.terms, node, span)
            self._come_to(done(name, here))

    def _come_to(self, outcome: Outcome | None) -> None:
        """Open, post or say what a deed gave, or what another screen was left with."""
        match outcome:
            case str():
                self.say(outcome)
            case Screen():
                self.app.push_screen(cast("Screen[Any]", outcome), self._come_to)
            case Message():
                self.post_message(outcome)
                if isinstance(outcome, Walk):
                    self._spread.go("reader")  # what was asked for is to be read

    def action_reload(self) -> None:
        self.say("Reading the vault again.")
        self.explorer.load()

    # -- panes and filter ------------------------------------------------------------------

    def action_pane(self, name: str) -> None:
        self._spread.go(name)

    def action_turn(self, step: int) -> None:
        self._spread.turn(step)

    def action_filter(self) -> None:
        self._spread.go("notes")
        self._notes.open_filter()

    def on_narrow(self, message: Narrow) -> None:
        self._notes.narrow(message.term)
        self._spread.go("notes")

    def action_kind(self, step: int) -> None:
        self._notes.turn("kind", step)
        self._spread.go("notes")

    def action_stand(self, step: int) -> None:
        self._notes.turn("standing", step)
        self._spread.go("notes")

    def action_back_out(self) -> None:
        """Escape: one layer at a time, the newest first."""
        if self.explorer.dismiss_notices():
            return
        if isinstance(self.focused, Input) or self._notes.filtered:
            self._notes.close_filter()
        elif self._hint.display:
            self._hint.display = False
            self.explorer.state = replace(self.explorer.state, hinted=True)
            return
        self._spread.go("notes")
