"""The main screen: the list of nodes, the note being read, its links, the trail of the walk."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast

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
    Narrow,
    Remember,
    ShowTest,
    Stand,
    VaultGlimpsed,
    VaultLoaded,
    VaultMissing,
    Walk,
    Working,
    Written,
)
from graphkit.tui.panes.banner import Banner
from graphkit.tui.panes.ground import Ground, Whole
from graphkit.tui.panes.hint import Hint
from graphkit.tui.panes.keybar import KeyBar
from graphkit.tui.panes.spread import Spread
from graphkit.tui.panes.trailbar import TrailBar
from graphkit.tui.state import Stay
from graphkit.tui.trail import Trail
from graphkit.tui.walker import Walker

if TYPE_CHECKING:
    from graphkit.tui.app import Explorer
    from graphkit.tui.deeds import Outcome


_NOT_YET = "The vault is still being read."


class Explore(Whole[None], Ground):
    """Walk the graph: choose a node, read it, follow what it is linked to."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.EXPLORE)
    AUTO_FOCUS = "#nodes"

    # Textual's own paints the whole screen anew whenever the focus moves.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self) -> None:
        super().__init__()
        self.vault: VaultLoaded | None = None
        self._banner = Banner(id="banner")
        self._trail_bar = TrailBar(id="trail")
        self._spread = Spread(id="spread")
        self._notes = self._spread.notes
        self._hint = Hint(id="hint")
        self._walker = Walker(self._spread, self._trail_bar)

    def compose(self) -> ComposeResult:
        yield from (self._banner, self._trail_bar, self._spread, self._hint)
        yield KeyBar()

    def on_mount(self) -> None:
        self._hint.display = not self.explorer.state.hinted
        self._banner.opening("", glimpsed=False)
        self.explorer.load()

    @property
    def explorer(self) -> Explorer:
        return cast("Explorer", self.app)

    @property
    def node(self) -> Node | None:
        """The node in the reader."""
        return self._spread.node

    @property
    def trail(self) -> Trail:
        return self._walker.trail

    @property
    def stay(self) -> Stay:
        """Where the reader is, to be there again at the next start."""
        return self._walker.stay

    def say(self, words: str) -> None:
        """A notice in literal words; it goes by itself, with a click, or with escape."""
        self.notify(words, markup=False)

    # -- the vault -------------------------------------------------------------------------

    def on_vault_glimpsed(self, message: VaultGlimpsed) -> None:
        self._walker.glimpse(message)
        self._banner.opening("", glimpsed=True)

    def on_vault_loaded(self, message: VaultLoaded) -> None:
        self.vault = message
        self._banner.describe(message.workspace)
        self._walker.hold(message)

    def on_vault_missing(self, message: VaultMissing) -> None:
        if self.vault is not None:
            self.say(str(message.error))
            return
        self._banner.tell("no vault")
        self._spread.apologise(message.error)

    def on_working(self, message: Working) -> None:
        if self.vault is None:
            self._banner.opening(message.words, glimpsed=self._spread.shelf is not None)

    def action_reload(self) -> None:
        self.say("Reading the vault again.")
        self.explorer.load()

    # -- walking ---------------------------------------------------------------------------

    def on_walk(self, message: Walk) -> None:
        self._walker.visit(message.id, message.line)
        if self._spread.shown == message.id and not self._spread.wide:
            self._spread.go("reader")

    def on_stand(self, message: Stand) -> None:
        if self.vault is None:
            self.say(_NOT_YET)
        else:
            self._walker.take(message.trail)

    def on_remember(self, message: Remember) -> None:
        self._walker.remember(message.stay)
        self.say(message.words)

    def on_written(self, message: Written) -> None:
        if message.place:
            self._walker.expect(message.place.path)

    def on_show_test(self, message: ShowTest) -> None:
        from graphkit.tui.screens.trials import TrialsScreen  # after the first paint

        if self.vault is not None:
            self._come_to(TrialsScreen(self.vault.workspace, message.test))

    # -- doing -----------------------------------------------------------------------------

    def action_do(self, name: str) -> None:
        """Do what a row of the table of actions names."""
        from graphkit.tui.deeds import done  # after the skeleton has been painted

        if self.vault is None:
            self.say(_NOT_YET)
        else:
            node = self.node
            span = self._spread.looked_at(node) if node else Span("")
            held = (self.vault.workspace, self.vault.desk)
            here = Here(*held, self.stay, self._notes.terms, node, span)
            self._come_to(done(name, here))

    def _come_to(self, outcome: Outcome | None) -> None:
        """Open, post or say what a deed gave, or what another screen was left with."""
        match outcome:
            case str():
                self.say(outcome)
            case Screen():
                self.app.push_screen(outcome, self._come_to)
            case Message():
                self.post_message(outcome)
                if isinstance(outcome, Walk):
                    self._spread.go("reader")  # what was asked for is to be read

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

    def action_facet(self, field: str, step: int) -> None:
        """Let only the next value of a field through, a kind or a standing."""
        self._notes.turn(field, step)
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
