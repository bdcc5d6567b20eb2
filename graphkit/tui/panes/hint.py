"""The five keys that a first-time reader is told, until they send them away."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from graphkit.tui.actions import ACTIONS, Action, written

_TOLD = ("choose", "back", "ask", "why", "help")


class Hint(Static):
    """One line over the footer."""

    def on_mount(self) -> None:
        named = {action.name: action for action in reversed(ACTIONS)}
        keys = (_told(named[name]) for name in _TOLD)
        away = Content.styled("   esc hides this", "$quiet")
        self.update(Content("   ").join(keys) + away)


def _told(action: Action) -> Content:
    key, *_ = written(action.keys).split()
    return Content.assemble((key, "bold $primary"), f" {action.label.lower()}")
