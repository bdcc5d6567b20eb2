"""The five keys that a first-time reader is told, until they send them away."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.content import Content
from textual.widgets import Static

from graphkit.tui.actions import Action, written
from graphkit.tui.keymap import rebound

if TYPE_CHECKING:
    from graphkit.tui.app import Explorer

_TOLD = ("choose", "do('back')", "do('ask')", "do('why')", "help")


class Hint(Static):
    """One line over the footer."""

    def on_mount(self) -> None:
        keys_in_force = cast("Explorer", self.app).keys_in_force
        named = {action.name: action for action in reversed(rebound(keys_in_force))}
        keys = (_told(named[name]) for name in _TOLD)
        away = Content.styled("   esc hides this", "$quiet")
        self.update(Content("   ").join(keys) + away)


def _told(action: Action) -> Content:
    key, *_ = written(action.keys).split()
    return Content.assemble((key, "bold $primary"), f" {action.label.lower()}")
