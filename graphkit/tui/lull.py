"""The moments in which no key comes: what nobody waits for is done then."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from math import inf
from time import monotonic
from typing import Final

MOMENT: Final = 0.3  # seconds without a key after which one may begin what takes a while
PATIENCE: Final = 10.0  # seconds after which it is begun between two keys


class Lull:
    """Knows when the last key came."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self.pressed = -inf  # when the last key was

    def end(self) -> None:
        """A key was pressed."""
        self.pressed = self._clock()

    @property
    def lasts(self) -> float:
        """Seconds without a key until now."""
        return self._clock() - self.pressed

    async def come(self) -> None:
        """Wait for a moment without a key, though not for ever."""
        patient_until = self._clock() + PATIENCE
        while self.lasts < MOMENT and self._clock() < patient_until:
            await asyncio.sleep(MOMENT / 2)
