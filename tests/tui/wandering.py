"""A reader who presses whatever comes: random keys, clicks and sizes, the same for each seed."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from typing import Any, Final

from textual.pilot import OutOfBounds, Pilot

from graphkit.tui.actions import ACTIONS

_LEAVING: Final = frozenset({"q", "ctrl+q"})
_OUTSIDE: Final = frozenset({"Edit", "Open source", "Run"})  # start other programs
KEYS: Final = sorted(
    {key for row in ACTIONS if row.label not in _OUTSIDE for key in row.keys.split(",")}
    - {key for row in ACTIONS if row.label in _OUTSIDE for key in row.keys.split(",")}
    - _LEAVING
)
LETTERS: Final = [*"teabcdknrw", "space", "colon", "backspace", "minus"]
SIZES: Final = [(80, 24), (120, 36), (200, 60), (40, 10), (109, 30), (20, 5), (300, 90)]


async def wander(
    pilot: Pilot[Any], steps: int, seed: int, *, resizes: bool = True
) -> AsyncIterator[str]:
    """Do so many random things, and tell each of them."""
    chance = random.Random(seed)  # noqa: S311 - nothing here is secret
    for _ in range(steps):
        kind = chance.random()
        if kind < 0.02 and resizes:
            size = chance.choice(SIZES)
            await pilot.resize_terminal(*size)
            yield f"resize {size}"
        elif kind < 0.1:
            width, height = pilot.app.size
            spot = (chance.randrange(max(1, width)), chance.randrange(max(1, height)))
            try:
                await pilot.click(offset=spot)
            except OutOfBounds:
                continue  # of a screen that has just changed its size
            yield f"click {spot}"
        else:
            typing = type(pilot.app.focused).__name__ == "Input" and chance.random() < 0.7
            key = chance.choice(LETTERS if typing else KEYS)
            await pilot.press(key)
            yield key
