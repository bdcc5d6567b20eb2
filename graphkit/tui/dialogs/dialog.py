"""What every dialog is: something over the screen below, that can be closed."""

from __future__ import annotations

from textual.screen import ModalScreen, ScreenResultType

from graphkit.tui.panes.ground import Over
from graphkit.tui.panes.spread import WIDE


class Dialog(ModalScreen[ScreenResultType], Over[ScreenResultType]):
    """Dismissed with None when it is closed. Where there is little room it takes all of it."""

    def on_mount(self) -> None:
        self._fit()  # before it is painted, or it would be painted twice

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        self.set_class(self.app.size.width < WIDE, "-narrow")

    def action_close(self) -> None:
        self.dismiss(None)
