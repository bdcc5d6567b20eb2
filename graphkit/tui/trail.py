"""The trail of a walk: where one has been, and where in it one stands."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

LONGEST = 500  # steps; older ones are forgotten


@dataclass(frozen=True, slots=True)
class Trail:
    """The ids of the nodes visited, in order, and the position in them."""

    ids: tuple[str, ...] = ()
    at: int = -1

    @property
    def here(self) -> str:
        """The node one stands on; empty before the first step."""
        return self.ids[self.at] if self.ids else ""

    def visit(self, id_: str) -> Trail:
        """A step to `id_`: what lay ahead is forgotten; standing still is no step."""
        if id_ == self.here:
            return self
        ids = (*self.ids[: self.at + 1], id_)[-LONGEST:]
        return Trail(ids, len(ids) - 1)

    def jump(self, at: int) -> Trail:
        """The same trail, standing at position `at`, or as near to it as the trail goes."""
        return Trail(self.ids, max(0, min(at, len(self.ids) - 1))) if self.ids else self

    def back(self) -> Trail:
        return self.jump(self.at - 1)

    def forward(self) -> Trail:
        return self.jump(self.at + 1)

    def without(self, known: Container[str]) -> Trail:
        """The trail through the nodes that are still known, after a vault was read again."""
        kept = [(at, id_) for at, id_ in enumerate(self.ids) if id_ in known]
        ids = tuple(id_ for _, id_ in kept)
        return Trail(ids, -1).jump(sum(at <= self.at for at, _ in kept) - 1)
