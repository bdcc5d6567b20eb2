"""The last line: the keys that work here and now, from the table of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Input

from graphkit.tui.actions import ACTIONS

if TYPE_CHECKING:
    from graphkit.tui.app import Explorer

_KEYS: Final = {action.id: action.keys for action in ACTIONS}


class KeyBar(Widget):
    """One line, drawn at once; Textual's own footer builds a widget a key whenever the focus moves.

    A click on a key presses it.
    """

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; padding: 0 1; background: $footer-background; }
    """

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _screen: Screen[object]) -> None:
        self.refresh()

    def render(self) -> Content:
        shown: dict[str, Binding] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.show and (binding.action not in shown or self._is_first(binding)):
                shown[binding.action] = binding
        typing = isinstance(self.screen.focused, Input)
        keys = (self._key(each) for each in shown.values() if not (typing and self._typed(each)))
        return Content("  ").join(keys).truncate(self.size.width, ellipsis=True)

    def _is_first(self, binding: Binding) -> bool:
        """Whether this is the key that the table of actions, or the reader, names first."""
        name = binding.id or ""
        keys = cast("Explorer", self.app).keys_in_force.get(name) or _KEYS.get(name, "")
        return binding.key == keys.partition(",")[0]

    def _typed(self, binding: Binding) -> bool:
        """Whether the key that is shown would be written where words are typed."""
        shown = self.app.get_key_display(binding)
        return len(shown) == 1 and shown.isascii()

    def _key(self, binding: Binding) -> Content:
        key = (self.app.get_key_display(binding), "bold $footer-key-foreground")
        label = (f" {binding.description}", "$footer-description-foreground")
        return Content.assemble(key, label).stylize(Style.from_meta({"key": binding.key}))

    def on_click(self, event: events.Click) -> None:
        if key := event.style.meta.get("key"):
            self.app.simulate_key(key)
