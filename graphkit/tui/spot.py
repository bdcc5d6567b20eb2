"""What a row about the vault stands for."""

from __future__ import annotations

from typing import NamedTuple

from graphkit.models import Span


class Spot(NamedTuple):
    """A node to walk to, at a line of its own note; a place to edit; or both."""

    id: str = ""
    span: Span = Span("")
    line: int = 1
