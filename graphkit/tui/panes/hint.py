"""The five keys that a first-time reader is told, until they send them away."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

_KEYS = (
    ("enter", "open"),
    ("b", "back"),
    ("/", "search or ask"),
    ("w", "why it stands so"),
    ("?", "all keys"),
)


class Hint(Static):
    """One line over the footer."""

    def on_mount(self) -> None:
        keys = (Content.assemble((key, "bold $primary"), f" {does}") for key, does in _KEYS)
        away = Content.styled("   esc hides this", "$quiet")
        self.update(Content("   ").join(keys) + away)
