"""The event loop that answers keys, and which of all threads computes when several would."""

from __future__ import annotations

import asyncio
import selectors
import sys
from time import monotonic
from typing import Final

TURN: Final = 0.0005  # seconds for which another thread computes on while the loop would
SPELL: Final = 0.01  # and for which the loop does while another thread would
GLANCE: Final = 0.005  # seconds of work that is at hand, between two looks for more


class _Foremost(selectors.DefaultSelector):
    """Looks for events more seldom: whoever looks lets another thread compute.

    Python has but one limit for all threads, 5 ms: a thread that reads a vault would get half of
    the time in which a screen is painted.
    """

    _looked = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout == 0 and monotonic() - self._looked < GLANCE:
            return []
        sys.setswitchinterval(TURN)
        try:
            return super().select(timeout)
        finally:
            sys.setswitchinterval(SPELL)
            self._looked = monotonic()


def foremost() -> asyncio.AbstractEventLoop:
    """A loop that goes before other threads."""
    return asyncio.SelectorEventLoop(_Foremost())
