"""What every dialog is: something over the screen below, that can be closed."""

from __future__ import annotations

from textual.screen import ModalScreen, ScreenResultType

from graphkit.tui.panes.spread import WIDE


class Dialog(ModalScreen[ScreenResultType]):
    """Dismissed with None when it is closed. Where there is little room it takes all of it."""

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - a class variable of Textual
        (0, "-narrow"), (WIDE, "-wide")
    ]  # fmt: skip

    def action_close(self) -> None:
        self.dismiss(None)
