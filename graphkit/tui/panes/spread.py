"""The three panes: side by side where there is room, else one at a time under tabs."""

from __future__ import annotations

from typing import Final

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from graphkit.tui.panes.links import Links
from graphkit.tui.panes.notes import Notes
from graphkit.tui.panes.reader import Reader
from graphkit.tui.panes.tabs import Tabs

WIDE: Final = 110  # cells from which on all panes are shown
VAST: Final = 170  # and from which on the outer ones have more room


class Spread(Vertical):
    """The list of notes, the note, its links; `front` names the one that has the focus."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.front = "notes"
        self.notes = Notes(id="notes")
        self.reader = Reader(id="reader")
        self.links = Links(id="links")
        self._tabs = Tabs(id="tabs")
        self._panes: dict[str, tuple[Widget, Widget]] = {  # each with what takes the focus
            "notes": (self.notes, self.notes.listing),
            "reader": (self.reader, self.reader),
            "links": (self.links, self.links.listing),
        }

    def compose(self) -> ComposeResult:
        yield self._tabs
        yield Horizontal(*(pane for pane, _ in self._panes.values()), id="panes")

    @property
    def wide(self) -> bool:
        return self.app.size.width >= WIDE

    def on_mount(self) -> None:
        self._arrange()

    def on_resize(self) -> None:
        self._arrange()

    def _arrange(self) -> None:
        for name, (pane, _) in self._panes.items():
            pane.display = self.wide or name == self.front
        self.screen.set_class(not self.wide, "-narrow")
        self.screen.set_class(self.app.size.width >= VAST, "-vast")
        self._tabs.display = not self.wide
        self._tabs.front = self.front

    def on_descendant_focus(self) -> None:
        focused = self.screen.focused
        above = focused.ancestors_with_self if focused else []
        holder = next((name for name, (pane, _) in self._panes.items() if pane in above), "")
        if holder not in {"", self.front}:
            self.front = holder
            self._arrange()

    def go(self, name: str) -> None:
        """Bring a pane to the front and give it the focus at once: the next key is for it."""
        self.front = name
        self._arrange()
        self.screen.set_focus(self._panes[name][1])

    def turn(self, step: int) -> None:
        """Go to the pane so many to the right, round and round."""
        names = list(self._panes)
        self.go(names[(names.index(self.front) + step) % len(names)])
