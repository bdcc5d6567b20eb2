"""The rooms of the house, each entered when it is first used.

A keyword search needs no graph, a list of notes no search: what a command does not use, it does not
wait for.
"""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphkit import graph

__all__ = ["graph"]


def __getattr__(name: str) -> ModuleType:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return importlib.import_module(f"graphkit.{name}")
