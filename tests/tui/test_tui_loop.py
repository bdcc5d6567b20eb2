"""The loop goes before other threads, and starves nobody."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Iterator

import pytest

from graphkit.tui.loop import SPELL, foremost


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    before = sys.getswitchinterval()
    yield
    sys.setswitchinterval(before)


def test_other_threads_wait_for_what_the_loop_does() -> None:
    async def told() -> float:
        await asyncio.sleep(0)
        return sys.getswitchinterval()

    with asyncio.Runner(loop_factory=foremost) as runner:
        assert runner.run(told()) == pytest.approx(SPELL)


def test_an_event_comes_through_work_that_never_ends() -> None:
    here, there = socket.socketpair()

    async def busy() -> bytes:
        loop = asyncio.get_running_loop()
        come = loop.create_future()
        loop.add_reader(here, lambda: come.set_result(here.recv(1)))
        there.send(b"x")
        while not come.done():
            await asyncio.sleep(0)  # always something to do
        loop.remove_reader(here)
        return bytes(come.result())

    with here, there, asyncio.Runner(loop_factory=foremost) as runner:
        assert runner.run(busy()) == b"x"


def test_a_thread_is_heard() -> None:
    with asyncio.Runner(loop_factory=foremost) as runner:
        assert runner.run(asyncio.to_thread(lambda: 7)) == 7
