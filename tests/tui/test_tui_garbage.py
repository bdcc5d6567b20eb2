"""The search for garbage: whole when nobody types, and never while a vault is made."""

from __future__ import annotations

import asyncio
import gc
import weakref

import pytest

from graphkit.tui.garbage import IDLE, Broom
from graphkit.tui.lull import PATIENCE, Lull


class Ring:
    """Refers to itself, so that only a search finds it to be garbage."""

    def __init__(self) -> None:
        self.itself = self


def forgotten() -> weakref.ref[Ring]:
    """An old value that nothing but itself refers to."""
    ring = Ring()
    gc.freeze()
    gc.unfreeze()  # among the oldest now
    return weakref.ref(ring)


def test_garbage_goes_once_no_key_has_come_for_a_while() -> None:
    now = 100.0
    lull = Lull(lambda: now)
    broom, lost = Broom(lull), forgotten()
    lull.end()
    now += IDLE / 2
    broom.sweep()
    assert lost()
    now += IDLE
    broom.sweep()
    assert lost() is None


def test_nothing_is_swept_before_a_key_nor_twice_after_it() -> None:
    now = 100.0
    lull = Lull(lambda: now)
    broom, lost = Broom(lull), forgotten()
    broom.sweep()
    assert lost()
    lull.end()
    now += 2 * IDLE
    broom.sweep()
    later = forgotten()
    now += 2 * IDLE
    broom.sweep()
    assert later()


def test_where_the_collector_rests_nothing_is_swept() -> None:
    now = 100.0
    lull = Lull(lambda: now)
    broom, lost = Broom(lull), forgotten()
    lull.end()
    now += 2 * IDLE
    gc.disable()
    try:
        broom.sweep()
        assert lost()
    finally:
        gc.enable()
    broom.sweep()
    assert lost() is None


async def test_a_lull_comes_at_once_where_no_key_came(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asyncio, "sleep", _never)
    await Lull().come()


async def test_a_lull_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    now, slept = 100.0, 0

    async def typing(seconds: float) -> None:
        nonlocal now, slept
        now, slept = now + seconds, slept + 1
        lull.end()

    monkeypatch.setattr(asyncio, "sleep", typing)
    lull = Lull(lambda: now)
    lull.end()
    await lull.come()
    assert slept
    assert PATIENCE <= now - 100 < PATIENCE + 1


async def _never(_seconds: float) -> None:
    raise AssertionError("waited")
