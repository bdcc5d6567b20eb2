"""Independent lines of evidence, carried along chains of claims until nothing changes.

A set of lines is an integer with one bit a line, so that a union is one machine operation even
where thousands of claims share thousands of works.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import compress
from typing import NamedTuple

from graphkit.graph.argument import Argument

_BITS = bytes.maketrans(b"01", b"\0\1")


class Lines(NamedTuple):
    """The lines for and against a claim, as sorted ids of works and runs."""

    supports: tuple[str, ...] = ()
    opposes: tuple[str, ...] = ()


def lines(argument: Argument) -> dict[str, Lines]:
    """The lines of every claim that has any: the least fixed point of the rules below.

    For a claim: its own sources and runs for it, and all lines for the claims that are evidence
    for it. Against it: its own sources and runs against it, and the *own* lines of the claims that
    contradict it, which go no further. So a chain of contradictions supports nothing, and a ring
    of claims that support each other rests on nothing but their sources.
    """
    groups = (argument.direct_for, argument.direct_against)
    names = sorted({line for group in groups for ids in group.values() for line in ids})
    bit = {name: 1 << place for place, name in enumerate(names)}
    own = {claim: _mask(bit[line] for line in ids) for claim, ids in argument.direct_for.items()}
    against = {
        claim: _mask(bit[line] for line in ids) for claim, ids in argument.direct_against.items()
    }
    for claim, attackers in argument.attackers.items():
        lent = _mask(own.get(attacker, 0) for attacker in attackers)
        against[claim] = against.get(claim, 0) | lent
    supports = _carried(own, argument.supporters)
    spelt = _Speller(names)
    return {
        claim: Lines(spelt(supports.get(claim, 0)), spelt(against.get(claim, 0)))
        for claim in {**supports, **against}
    }


def _mask(bits: Iterable[int]) -> int:
    mask = 0
    for each in bits:
        mask |= each
    return mask


def _carried(own: Mapping[str, int], supporters: Mapping[str, set[str]]) -> dict[str, int]:
    """Pass every claim's lines on to what it supports, until a sweep changes nothing.

    Sweeping from the leaves up, one sweep is enough without rings, and a few with them.
    """
    carried = dict(own)
    order = tuple(_leaves_first(supporters))
    changed = True
    while changed:
        changed = False
        for claim in order:
            before = carried.get(claim, 0)
            after = before | _mask(carried.get(each, 0) for each in supporters[claim])
            if after != before:
                carried[claim] = after
                changed = True
    return carried


def _leaves_first(supporters: Mapping[str, set[str]]) -> Iterator[str]:
    """Claims that have supporters, each after its own as far as rings allow (depth first)."""
    seen: set[str] = set()
    for start in supporters:
        if start in seen:
            continue
        seen.add(start)
        stack = [(start, iter(supporters[start]))]
        while stack:
            claim, rest = stack[-1]
            for each in rest:
                if each not in seen and each in supporters:
                    seen.add(each)
                    stack.append((each, iter(supporters[each])))
                    break
            else:
                stack.pop()
                yield claim


class _Speller:
    """Turns a mask back into ids, once for each set of lines."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        self.known: dict[int, tuple[str, ...]] = {0: ()}

    def __call__(self, mask: int) -> tuple[str, ...]:
        if mask not in self.known:
            bits = f"{mask:b}"[::-1].encode().translate(_BITS)
            self.known[mask] = tuple(compress(self.names, bits))
        return self.known[mask]
