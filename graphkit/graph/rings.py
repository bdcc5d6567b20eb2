"""Claims in the order in which they rest on each other, those of one ring together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple


def rings(claims: Iterable[str], rests_on: Mapping[str, Iterable[str]]) -> Iterator[list[str]]:
    """Groups of claims of which each rests on every other; after the groups that they rest on.

    A claim in no ring is a group of its own. Only steps between these claims are taken. The
    strongly connected components of Tarjan (SIAM J. Comput. 1, 1972), without recursion, so that
    a chain of claims may be of any length.
    """
    search = _Search(rests_on, frozenset(claims), {}, {}, [])
    for start in search.wanted:
        if start not in search.number:
            yield from search.rings(start)


class _Search(NamedTuple):
    rests_on: Mapping[str, Iterable[str]]
    wanted: frozenset[str]
    number: dict[str, int]  # in which order claims were come to
    low: dict[str, int]  # the lowest number reached from a claim; until its ring is told
    path: list[str]

    def rings(self, start: str) -> Iterator[list[str]]:
        """The rings that can be reached from a claim and have not been told yet."""
        low = self.low
        stack = [(start, self._entered(start))]
        while stack:
            here, rest = stack[-1]
            news = self._news(here, rest)
            if news:
                stack.append((news, self._entered(news)))
                continue
            stack.pop()
            if low[here] == self.number[here]:
                yield self._told(here)
            elif stack:
                above = stack[-1][0]
                low[above] = min(low[above], low[here])

    def _entered(self, claim: str) -> Iterator[str]:
        self.number[claim] = self.low[claim] = len(self.number)
        self.path.append(claim)
        return iter(self.rests_on.get(claim, ()))

    def _news(self, here: str, rest: Iterator[str]) -> str:
        """The next claim never seen among these, or none; those seen may close a ring."""
        number, low = self.number, self.low
        for each in rest:
            if each in self.wanted:
                if each not in number:
                    return each
                if each in low and low[each] < low[here]:
                    low[here] = low[each]
        return ""

    def _told(self, last: str) -> list[str]:
        ring: list[str] = []
        while not ring or ring[-1] != last:
            ring.append(self.path.pop())
            del self.low[ring[-1]]
        return ring
