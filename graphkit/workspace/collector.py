"""Python's collector of reference cycles, told when its search would be in vain."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def resting() -> Iterator[None]:
    """Make many values that are all kept: looking among them for garbage takes a third more.

    To freeze and thaw them moves them to the oldest generation, without a look at any of them.
    What was frozen before is thawed too: to ask how much that is would be to count it.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.freeze()
            gc.unfreeze()
            gc.enable()
