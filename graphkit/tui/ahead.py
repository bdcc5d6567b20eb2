"""Keys pressed before the vault is open: what needs it waits, and so does all that comes after."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

from textual.events import Key

from graphkit.tui.actions import Place
from graphkit.tui.painted import settled
from graphkit.tui.panes.banner import Banner

if TYPE_CHECKING:
    from graphkit.tui.app import Explorer

ANY_TIME: Final = frozenset({"help", "theme", "leave", "back_out"})
WITH_A_LIST: Final = ANY_TIME | {
    "move", "leap", "first", "last", "choose", "line", "leaf", "link", "more", "pane", "turn",
}  # fmt: skip
_ABOVE: Final = frozenset(Place) - {Place.EXPLORE}


class Ahead:
    """Takes keys until the vault is open, then has each pressed once the one before it is done.

    Escape forgets what waits. A key that is no letter and leaves the program leaves it at once.
    """

    def __init__(self, app: Explorer) -> None:
        self._app = app
        self._now: frozenset[str] | None = ANY_TIME  # actions that can be done; None: all
        self._keys: list[Key] = []
        self._pressing = asyncio.Lock()

    @property
    def waiting(self) -> bool:
        """Whether a key waits, or one that did is being pressed."""
        return bool(self._keys) or self._pressing.locked()

    def takes(self, key: Key) -> bool:
        """Whether a key is to wait, or was for those that do."""
        if self._now is None:
            return False
        action = self._action(key)
        if self.waiting and action == "leave" and not key.is_printable:
            return False
        if self._keys and action == "back_out":
            self.forget()
            return True
        if self.waiting or self._waits(action):
            self._keys.append(key)
            self._tell()
            return True
        return False

    def _action(self, key: Key) -> str:
        """What a key would do on the screen in front; empty when that is nothing."""
        active = self._app.screen.active_bindings.get(key.key)
        return active.binding.action.partition("(")[0] if active else ""

    def _waits(self, action: str) -> bool:
        """Whether an action of the main screen must wait; what lies above that waits for none.

        Before there is a list, a key may do nothing only because nothing has the focus.
        """
        if self._now is None or getattr(self._app.screen, "place", Place.EXPLORE) in _ABOVE:
            return False
        return action not in self._now and (bool(action) or self._now is ANY_TIME)

    def forget(self) -> None:
        """Let no key wait any more."""
        self._keys.clear()
        self._tell()

    async def press(
        self, pressed: Callable[[Key], Awaitable[None]], actions: frozenset[str] | None
    ) -> None:
        """Have keys `pressed`, now that these actions can be done; from None on none waits."""
        async with self._pressing:
            await settled(self._app.screen.call_after_refresh)
            self._now = actions or self._now
            while self._keys and (actions is None or not self._waits(self._action(self._keys[0]))):
                key = self._keys.pop(0)
                self._tell()
                focused = self._app.focused or self._app.screen
                await pressed(key)
                for node in focused.ancestors_with_self:  # through which it may rise to the app
                    await settled(node.call_later)
                await settled(self._app.screen.call_after_refresh)  # which it may have opened
            self._now = actions

    def _tell(self) -> None:
        for screen in self._app.screen_stack:
            for banner in screen.query(Banner):
                banner.await_keys(len(self._keys))
