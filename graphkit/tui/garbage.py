"""The search for garbage, which holds up every key: short while keys come, whole when none do."""

from __future__ import annotations

import gc
from typing import Final

from graphkit.tui.lull import Lull

PACE: Final = (5_000, 10, 1_000)
"""New values, short searches and longer ones before the next search of each age.

A search of 5,000 values takes a millisecond or two, and the longer one after ten of them ten. The
oldest are looked at by `Broom` alone, unless nobody ever stops typing.
"""
IDLE: Final = 10.0  # seconds without a key after which nobody waits for the next one


def begin() -> None:
    """Search at this pace from now on, and never among what is there already.

    From the first paint on: while the program is loaded, the search would cost 5 % of the start.
    """
    gc.freeze()
    gc.set_threshold(*PACE)


class Broom:
    """Has all garbage looked for once after keys were pressed, when none has been for a while.

    Never while a vault is made, its values all new: then Python's own search rests as well.
    """

    def __init__(self, lull: Lull) -> None:
        self._lull = lull
        self._swept = lull.pressed  # the last key after which it was

    def sweep(self) -> None:
        """Look for garbage if it is time, and never again among what is left."""
        if self._swept != self._lull.pressed and self._lull.lasts > IDLE and gc.isenabled():
            self._swept = self._lull.pressed
            gc.collect()
            gc.freeze()
