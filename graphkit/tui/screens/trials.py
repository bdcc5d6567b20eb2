"""The experiment: every claim test with its verdict and plot; a run is started and watched here."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.color import Color
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static
from textual_plotext import PlotextPlot

from graphkit.tui import plots, verdicts
from graphkit.tui.actions import Place, bindings
from graphkit.tui.entries import QUIET
from graphkit.tui.messages import Chosen, Moved, Ran, VaultLoaded, Walk
from graphkit.tui.panes.ground import Ground, Whole
from graphkit.tui.panes.keybar import KeyBar
from graphkit.tui.panes.listing import Listing
from graphkit.tui.panes.spread import WIDE
from graphkit.tui.rows import content
from graphkit.tui.screens.ledger import Ledger, LedgerScreen
from graphkit.tui.spot import Spot

if TYPE_CHECKING:
    from graphkit.experiment.record import Record
    from graphkit.tui.app import Explorer
    from graphkit.workspace import Workspace


class TrialsScreen(Whole[Message | Screen[Any] | None], Ground):
    """The tests with the plot of the one under the cursor; enter opens its page."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.TRIALS)
    AUTO_FOCUS = "#tests"

    def __init__(self, workspace: Workspace, test: str = "") -> None:
        super().__init__()
        self._workspace = workspace
        self._test = test
        self._records: tuple[Record, ...] = ()
        self._listing = Listing("…", id="tests")
        self._plot = PlotextPlot(id="plot")
        self._said = Static(id="said")
        self._run = Static(id="run")

    def compose(self) -> ComposeResult:
        about = ("   ours beside what the source cites", QUIET)
        yield Static(content((("Experiment", "bold $primary"), about)), id="title")
        yield Horizontal(self._listing, Vertical(self._plot, self._said, id="drawn"), id="trials")
        yield self._run
        yield KeyBar()

    @property
    def explorer(self) -> Explorer:
        return cast("Explorer", self.app)

    def on_mount(self) -> None:
        self._plot.display = False
        self.app.theme_changed_signal.subscribe(self, lambda _: self._draw(self._test))
        self._show_run(self.explorer.trial.said)
        self._fill(self._workspace)

    def on_resize(self) -> None:
        self.set_class(self.app.size.width < WIDE, "-narrow")
        self._draw(self._test)

    def on_vault_loaded(self, message: VaultLoaded) -> None:
        self._workspace = message.workspace
        self._fill(message.workspace)

    @work(exclusive=True, group="fill", description="listing the tests")
    async def _fill(self, workspace: Workspace) -> None:
        rows = await asyncio.to_thread(verdicts.rows, workspace)
        self._records = await asyncio.to_thread(plots.recorded, workspace)
        chosen = next((r.value for r in rows if r.text == self._test), self._listing.value)
        self._listing.show(rows, chosen, nothing="This vault names no claim test.")
        self._follow(self._listing.value)

    @on(Moved, "#tests")
    def _moved(self, message: Moved) -> None:
        self._follow(message.value)

    def _follow(self, value: object) -> None:
        """Draw the test under the cursor; on one of its claims, what is drawn stays."""
        if isinstance(value, Ledger):
            self._test = value.title
            self._draw(self._test)

    @work(exclusive=True, group="plot", description="drawing a plot")
    async def _draw(self, test: str) -> None:
        shown = await asyncio.to_thread(plots.chart, self._workspace, self._records, test)
        self._plot.display = shown is not None
        nothing = ((("No plot: this test has no run to draw.", QUIET),),)
        said = plots.legend(shown) if shown else nothing
        self._said.update(Content("\n").join(map(content, said)))
        if shown:
            inks = self.app.theme_variables
            colours = (Color.parse(inks[name]).rgb for name in plots.INKS)
            plots.draw(self._plot.plt, shown, max(20, self.app.size.width // 2), colours)
            self._plot.refresh()

    @on(Chosen, "#tests")
    def _go(self, message: Chosen) -> None:
        match message.value:
            case Ledger() as page:
                self.app.push_screen(LedgerScreen(page, self._workspace), self._pass_on)
            case Spot(id=id_, line=line):
                self.dismiss(Walk(id_, line))

    def _pass_on(self, errand: Message | Screen[Any] | None) -> None:
        if errand is not None:
            self.dismiss(errand)

    # -- a run -----------------------------------------------------------------------------

    def on_ran(self, message: Ran) -> None:
        self._show_run(message.words)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        return action != "cancel" or self.explorer.trial.is_on

    def _show_run(self, words: str) -> None:
        self._run.display = bool(words)
        self._run.update(content(((words, ""),)))

    def action_run(self) -> None:
        self.explorer.trial.start(self._workspace.root)

    def action_cancel(self) -> None:
        self.explorer.trial.stop()

    def action_close(self) -> None:
        self.dismiss(None)
