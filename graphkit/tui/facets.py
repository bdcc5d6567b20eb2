"""Which nodes the list shows: by kind, by standing, by words of the title."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from graphkit.models import Graph, Node, Standing
from graphkit.vocabulary import Kind, Stand

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Facets:
    """A filter; an empty one lets every node through."""

    kind: Kind | None = None
    stand: Stand | None = None
    words: str = ""

    def turned_kind(self, step: int) -> Facets:
        """The same filter with the next kind of node, after the last one none."""
        return replace(self, kind=_turned((None, *Kind), self.kind, step))

    def turned_stand(self, step: int) -> Facets:
        """The same filter with the next standing, after the last one none."""
        return replace(self, stand=_turned((None, *Stand), self.stand, step))


def _turned(values: tuple[_Value, ...], value: _Value, step: int) -> _Value:
    return values[(values.index(value) + step) % len(values)]


def matching(graph: Graph, standings: Mapping[str, Standing], facets: Facets) -> tuple[Node, ...]:
    """The nodes that a filter lets through, by kind and title. Ghosts only where asked for."""
    from graphkit import graph as graphs  # after the skeleton has been painted

    kinds = (facets.kind,) if facets.kind else ()
    stands = (facets.stand,) if facets.stand else ()
    return graphs.select(graph, standings, kinds, stands, facets.words.strip())
