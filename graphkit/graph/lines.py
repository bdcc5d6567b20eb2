"""Independent lines of evidence, carried along chains of claims until nothing changes.

A set of lines is an integer with one bit a line, so that a union is one machine operation even
where thousands of claims share thousands of works.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import compress
from typing import Final, NamedTuple

from graphkit.graph.argument import Argument
from graphkit.graph.rings import rings

FEW: Final = 48  # set bits up to which picking them one by one is faster (measured)

_BITS: Final = bytes.maketrans(b"01", b"\0\1")

Masks = dict[str, int]
Reach = Mapping[str, set[str]]  # by node: the nodes that one step leads to


class Lines(NamedTuple):
    """The lines for and against, as sorted ids of works and runs."""

    supports: tuple[str, ...] = ()
    opposes: tuple[str, ...] = ()


class Speller:
    """Turns a mask back into ids, in their order, once for each set of lines."""

    def __init__(self, names: tuple[str, ...], late: tuple[str, ...] = ()) -> None:
        self.names = (*names, *late)
        self.ordered = len(names)  # `names` are in order, those that came late stand behind them
        self.known: dict[int, tuple[str, ...]] = {0: ()}

    def with_late(self, late: tuple[str, ...]) -> Speller:
        """A speller that knows more names, for bits above those of this one."""
        found = Speller(self.names[: self.ordered], (*self.names[self.ordered :], *late))
        found.known |= self.known
        return found

    def __call__(self, mask: int) -> tuple[str, ...]:
        known = self.known.get(mask)
        if known is None:
            few = mask.bit_count() <= FEW
            known = self.one_by_one(mask) if few else self.in_bulk(mask)
            known = tuple(sorted(known)) if mask >> self.ordered else known
            self.known[mask] = known
        return known

    def one_by_one(self, mask: int) -> tuple[str, ...]:
        """Pick the set bits, the highest first, as the number then shrinks: fast for few."""
        found = []
        while mask:
            place = mask.bit_length() - 1
            found.append(self.names[place])
            mask ^= 1 << place
        return tuple(reversed(found))

    def in_bulk(self, mask: int) -> tuple[str, ...]:
        """Walk over all bits at the speed of C: fast where many are set."""
        bits = f"{mask:b}"[::-1].encode().translate(_BITS)
        return tuple(compress(self.names, bits))


class Ledger(NamedTuple):
    """The lines of every claim, as masks: the least fixed point of the rules.

    For a claim: its own sources and runs for it, and all lines for the claims that are evidence
    for it. Against it: its own sources and runs against it, and the *own* lines of the claims that
    contradict it, which go no further. So a chain of contradictions supports nothing, and a ring
    of claims that support each other rests on nothing but their sources.
    """

    bits: Masks  # by line
    own: Masks  # by claim
    supports: Masks
    opposes: Masks
    spelt: Speller

    def together(self, claims: Collection[str]) -> Lines:
        """The lines of these claims as one: those of the question that they answer."""
        spelt, supports, opposes = self.spelt, self.supports, self.opposes
        return Lines(spelt(_union(supports, claims)), spelt(_union(opposes, claims)))


def course(argued: Argument) -> tuple[list[str], ...]:
    """The rings of claims, each after those that it rests on."""
    return tuple(rings(argued.supporters, argued.supporters))


def ledger(argued: Argument, order: Iterable[list[str]]) -> Ledger:
    """Gather all lines, and carry them along the course of the argument."""
    groups = (argued.direct_for, argued.direct_against)
    names = tuple(sorted({line for group in groups for ids in group.values() for line in ids}))
    bits = {name: 1 << place for place, name in enumerate(names)}
    own = {claim: _union(bits, ids) for claim, ids in argued.direct_for.items()}
    attacked = {*argued.direct_against, *argued.attackers}
    opposes = {claim: _opposed(claim, argued, bits, own) for claim in attacked}
    supports = {**own}
    _carry(order, argued.supporters, supports)
    return Ledger(bits, own, supports, opposes, Speller(names))


class Moved(NamedTuple):
    """A ledger after a change, and the claims whose lines are not what they were."""

    ledger: Ledger
    claims: frozenset[str]


def amended(
    before: Ledger,
    argued: Argument,
    touched: Collection[str],
    fed: Reach,
    attacked: Reach,
    order: Iterable[list[str]] | None,
) -> Moved:
    """The ledger of an argument that differs at the touched nodes alone.

    `fed` are the claims that each claim was evidence for, `attacked` those that it contradicted.
    `order` is the course of the argument, where it is known. Only what rests on a
    touched claim is carried again; all else keeps its lines.
    """
    known = _with_late(before, argued, touched)
    bits, own, supports, opposes = known.bits, {**known.own}, {**known.supports}, {**known.opposes}
    for claim in touched:
        own[claim] = _union(bits, argued.direct_for.get(claim, ()))
    region = reached(touched, fed)
    known_rings = rings(region, argued.supporters) if order is None else order
    again = (ring for ring in known_rings if ring[0] in region)
    supports |= {claim: own.get(claim, 0) for claim in region}
    _carry(again, argued.supporters, supports)
    struck = {*touched, *(each for claim in touched for each in attacked.get(claim, ()))}
    for claim in struck:
        opposes[claim] = _opposed(claim, argued, bits, own)
    moved = {each for each in region if supports[each] != before.supports.get(each, 0)}
    moved |= {each for each in struck if opposes[each] != before.opposes.get(each, 0)}
    return Moved(known._replace(own=own, supports=supports, opposes=opposes), frozenset(moved))


def _with_late(before: Ledger, argued: Argument, touched: Iterable[str]) -> Ledger:
    """The ledger with bits for lines that nothing rested on before."""
    groups = (argued.direct_for, argued.direct_against)
    near = {line for group in groups for node in touched for line in group.get(node, ())}
    late = tuple(sorted(near - before.bits.keys()))
    if not late:
        return before
    first = len(before.bits)
    bits = before.bits | {line: 1 << place for place, line in enumerate(late, start=first)}
    return before._replace(bits=bits, spelt=before.spelt.with_late(late))


def reached(starts: Iterable[str], steps: Reach) -> set[str]:
    """These nodes and all that can be reached from them."""
    found = {*starts}
    news = [*found]
    for node in news:  # which grows as it is walked
        for each in steps.get(node, ()):
            if each not in found:
                found.add(each)
                news.append(each)
    return found


def _opposed(claim: str, argued: Argument, bits: Masks, own: Masks) -> int:
    direct = _union(bits, argued.direct_against.get(claim, ()))
    return direct | _union(own, argued.attackers.get(claim, ()))


def _carry(order: Iterable[list[str]], rests_on: Reach, supports: Masks) -> None:
    """Give claims that have their own lines all those of what they rest on, ring by ring."""
    known = supports.get
    for ring in order:
        mask = 0
        for claim in ring:
            mask |= known(claim, 0)
            for below in rests_on.get(claim, ()):  # `_union`, where a call a claim would tell
                mask |= known(below, 0)
        for claim in ring:
            supports[claim] = mask


def _union(masks: Masks, keys: Iterable[str]) -> int:
    union = 0
    for key in keys:
        union |= masks.get(key, 0)
    return union
