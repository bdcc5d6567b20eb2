"""The trail as a list, to jump to any step of it, and the trails that were kept."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from graphkit.models import Graph
from graphkit.tui import souvenir
from graphkit.tui.actions import Place, bindings
from graphkit.tui.dialogs.dialog import Dialog
from graphkit.tui.entries import Standings, kept_rows, trail_rows
from graphkit.tui.messages import Chosen, Copy, Export, Remember, Stand
from graphkit.tui.panes.keybar import KeyBar
from graphkit.tui.panes.listing import Listing
from graphkit.tui.rows import content
from graphkit.tui.state import Stay
from graphkit.tui.trail import Trail


class Steps(Dialog[Message | None]):
    """Where one has been, the newest step first."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.TRAIL)

    def __init__(self, stay: Stay, graph: Graph, standings: Standings) -> None:
        super().__init__()
        self._stay = stay
        self._graph = graph
        self._standings = standings

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -small"):
            yield Static(content((("Trail", "bold $primary"), ("   enter jumps there", "$quiet"))))
            yield Listing(id="steps")
        yield KeyBar()

    def on_mount(self) -> None:
        trail = self._stay.trail
        rows = (
            *trail_rows(trail.ids, trail.at, self._graph, self._standings),
            *kept_rows(self._stay.kept, self._graph),
        )
        self.query_one(Listing).show(rows, trail.at)

    @on(Chosen, "#steps")
    def _jump(self, message: Chosen) -> None:
        step, walked = message.value, self._stay.trail
        self.dismiss(Stand(walked.jump(step) if isinstance(step, int) else Trail(step).jump(0)))

    @property
    def _markdown(self) -> str:
        return souvenir.markdown(self._stay.trail.ids, self._graph, self._standings)

    def action_keep(self) -> None:
        stay = self._stay.keeping()
        is_kept = stay.trail.ids in stay.kept
        said = "The trail is kept." if is_kept else "The trail is kept no more."
        self.dismiss(Remember(stay, said))

    def action_copy(self) -> None:
        self.dismiss(Copy(self._markdown, "the trail as Markdown"))

    def action_export(self) -> None:
        self.dismiss(Export(self._markdown))
