"""Ask for a few words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from graphkit.tui.actions import Place, bindings
from graphkit.tui.dialogs.dialog import Dialog
from graphkit.tui.panes.field import Field
from graphkit.tui.panes.keybar import KeyBar
from graphkit.tui.rows import content


class AskWords(Dialog[Any]):
    """Dismissed with what `choose` makes of the words; they begin as `before`."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.WORDS)
    AUTO_FOCUS = "#words"

    def __init__(self, title: str, before: str, choose: Callable[[str], Any]) -> None:
        super().__init__()
        self._title = title
        self._before = before
        self._choose = choose

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -small"):
            yield Static(content(((self._title, "bold $primary"),)))
            yield Field(self._before, select_on_focus=False, id="words")
        yield KeyBar()

    def action_take(self) -> None:
        text = self.query_one(Field).value.strip()
        self.dismiss(self._choose(text) if text not in {"", self._before} else None)
