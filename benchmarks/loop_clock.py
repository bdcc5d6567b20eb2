"""A clock that looks at an event loop: how long it ran nothing else, and where it was then."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
import traceback
from typing import NamedTuple

TICK = 0.002  # seconds between two looks at the clock
LONG = 0.05  # seconds without a look after which it is asked where the loop is
DEEPEST = 30  # frames of a stack that are told


class Stall(NamedTuple):
    """A time in which the loop ran nothing else."""

    wall: float  # milliseconds by the clock on the wall
    busy: float  # and of the processor, by the thread of the loop: what others do is not in it
    spent: float  # and by all threads of the program: what is left, other programs took
    stack: str = ""


_NONE = Stall(0.0, 0.0, 0.0)


class Clock:
    """Watches the running loop; with `stacks`, from a thread that looks where a long stall is."""

    def __init__(self, *, stacks: bool = False) -> None:
        self._longest = _NONE
        self._beat = time.perf_counter()
        self._stack = ""
        self._loop = threading.get_ident()
        self._task = asyncio.create_task(self._look())
        if stacks:
            threading.Thread(target=self._watch, daemon=True).start()

    async def _look(self) -> None:
        while True:
            self._beat, busy, spent = time.perf_counter(), time.thread_time(), time.process_time()
            await asyncio.sleep(TICK)
            wall = 1000 * (time.perf_counter() - self._beat - TICK)
            busy, spent = time.thread_time() - busy, time.process_time() - spent
            stall = Stall(wall, 1000 * busy, 1000 * spent, self._stack)
            self._longest = max(self._longest, stall)
            self._stack = ""

    def _watch(self) -> None:
        while not self._task.done():
            time.sleep(LONG / 4)
            if time.perf_counter() - self._beat > LONG and not self._stack:
                frame = sys._current_frames().get(self._loop)  # noqa: SLF001 - there is no other
                self._stack = "".join(traceback.format_stack(frame)[-DEEPEST:])

    def longest(self) -> Stall:
        """The longest stall since the last time this was asked."""
        longest, self._longest = self._longest, _NONE
        return longest
