"""Waiting for widgets: until they have done what they were told, until it can be seen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Container
from contextlib import suppress
from typing import Any, Final

from textual.screen import Screen

_PATIENCE: Final = 1.0  # seconds; whatever a widget is busy with then, nobody waits any longer


async def settled(call: Callable[[Callable[[], None]], bool]) -> None:
    """Wait until a widget, of which `call` is `call_later` or the like, did all it was told."""
    done = asyncio.Event()
    if call(done.set):
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), _PATIENCE)


async def painted(screen: Screen[Any], groups: Container[str]) -> None:
    """Wait until what a screen was told is painted, with what workers of these groups bring."""
    await settled(screen.call_after_refresh)
    bringing = [worker.wait() for worker in screen.workers if worker.group in groups]
    await asyncio.gather(*bringing, return_exceptions=True)
    await settled(screen.call_after_refresh)
