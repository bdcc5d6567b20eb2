"""The search for garbage: whole when nobody types, and never while a vault is made."""

from __future__ import annotations

import gc
import weakref

from graphkit.tui.garbage import IDLE, Broom


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
    broom, lost = Broom(lambda: now), forgotten()
    broom.wait()
    now += IDLE / 2
    broom.sweep()
    assert lost()
    now += IDLE
    broom.sweep()
    assert lost() is None


def test_nothing_is_swept_before_a_key_nor_twice_after_it() -> None:
    now = 100.0
    broom, lost = Broom(lambda: now), forgotten()
    broom.sweep()
    assert lost()
    broom.wait()
    now += 2 * IDLE
    broom.sweep()
    later = forgotten()
    now += 2 * IDLE
    broom.sweep()
    assert later()


def test_where_the_collector_rests_nothing_is_swept() -> None:
    now = 100.0
    broom, lost = Broom(lambda: now), forgotten()
    broom.wait()
    now += 2 * IDLE
    gc.disable()
    try:
        broom.sweep()
        assert lost()
    finally:
        gc.enable()
    broom.sweep()
    assert lost() is None
