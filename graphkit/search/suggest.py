"""What may be missing between notes: links, contradictions, duplicates, questions asked twice.

Every rule looks at one pair of notes and either has grounds for a hunch or none. How close is
close is taken from the vault itself: a missing link is proposed where two notes are closer than
half of those that their author linked, and among the closest to each other.

Read by hand, 25 of the first 30 suggestions for a manual of 315 pages (2 of 60 while pages counted
that are alike in name alone, most of them days) and all of the first 30 for 400 pages of an
ontology named two pages worth a link; all of these were missing links, and of the ontology's a
third were pages on one thing under two names. Of the bundled notes' 21, it was 18.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Final, NamedTuple

from graphkit.found import Ground
from graphkit.models import Figure, Graph, Node, Standing
from graphkit.search import closeness, words
from graphkit.search.closeness import Bond, Bonds, Space
from graphkit.search.lexicon import stem, titled
from graphkit.vocabulary import Hunch, Kind

Linked = Mapping[str, Collection[str]]  # path -> paths of the notes linked to it, either way

SAMPLE: Final = 500  # linked pairs from which "how close is close" is taken
ENOUGH: Final = 10  # linked pairs, below which fixed values are used
USUAL: Final = (0.45, 0.12)  # closeness of linked notes where a vault has few; without vectors
SAME_TITLE: Final = (0.8, 0.8)  # likeness of titles that ask the same; without vectors.
# No two titles or aliases of the bundled notes that ask different things come above 0.76.
SAME_NOTE: Final = (0.85, 0.8)  # likeness of notes that say the same; without vectors
SAME_PAGE: Final = 0.95  # likeness of pages of which one may do, such as a copy
SAME_METRIC: Final = 0.5  # share of the words of two metrics that are the same
APART: Final = 0.1  # relative difference from which two values disagree
TYPED: Final = frozenset({Kind.CLAIM, Kind.QUESTION, Kind.SOURCE})
"""Kinds that are linked with each other; other pages, often an index, only among themselves, and
runs not at all: their links come from their records."""
NEIGHBOURS: Final = 3  # each of two notes is among so many closest to the other
OF_ONE: Final = 10  # or, where one note is asked about, among so many closest to it


class Candidate(NamedTuple):
    """A hunch about two notes, by their paths, with what speaks for it."""

    hunch: Hunch
    one: str
    other: str
    score: float
    grounds: tuple[Ground, ...]


class Usual(NamedTuple):
    """How close the notes are that an author linked: ascending, and what is asked of others."""

    scores: tuple[float, ...]
    low: float  # below it: the farthest quarter
    middle: float

    def share(self, score: float) -> float:
        """The share of linked pairs that are less close than this."""
        return bisect_left(self.scores, score) / len(self.scores) if self.scores else 0.0


@dataclass(frozen=True)
class Scene:
    """A vault as the rules see it."""

    graph: Graph
    standings: Mapping[str, Standing]
    linked: Linked
    within: Space
    bonds: Bonds
    usual: Usual
    nodes: Mapping[str, Node] = field(default_factory=dict)  # by path
    only: str = ""  # the path of the one note asked about

    @property
    def worded(self) -> bool:
        """Whether there are only words to go by."""
        return self.within.passages is None


def candidates(scene: Scene) -> list[Candidate]:
    """All hunches, each pair under the first that fits it; by hunch, the closest first."""
    found: dict[frozenset[str], Candidate] = {}
    for (hunch, rule), (one, other, bond) in product(RULES.items(), _pairs(scene)):
        key = frozenset((one, other))
        if key not in found and (grounds := rule(scene, one, other, bond)):
            found[key] = Candidate(hunch, one, other, bond.score, grounds)
    order = list(Hunch)
    return sorted(found.values(), key=lambda each: (order.index(each.hunch), -each.score, each.one))


def usual(within: Space, linked: Linked) -> Usual:
    """How close linked notes are, from a sample of them."""
    pairs = sorted(
        {
            (min(one, other), max(one, other))
            for one, others in linked.items()
            for other in others
            if one != other and {one, other} <= within.places.keys()
        }
    )
    sample = random.Random(0).sample(pairs, min(SAMPLE, len(pairs)))  # noqa: S311 - no secret
    scores = sorted(closeness.bond(within, *pair).score for pair in sample)
    if len(scores) < ENOUGH:
        middle = USUAL[within.passages is None]
        return Usual((), middle, middle)
    return Usual(tuple(scores), scores[len(scores) // 4], scores[len(scores) // 2])


def _pairs(scene: Scene) -> Iterator[tuple[str, str, Bond]]:
    """Every pair of different nodes that is close enough to be looked at, each once."""
    for one, near in scene.bonds.items():
        for other, bond in near.items():
            twice = other in scene.bonds and one in scene.bonds[other] and other < one
            if not twice and one in scene.nodes and other in scene.nodes:
                yield one, other, bond


def _missing(scene: Scene, one: str, other: str, bond: Bond) -> tuple[Ground, ...]:
    kinds = {scene.nodes[one].kind, scene.nodes[other].kind}
    if other in scene.linked.get(one, ()) or not (kinds <= TYPED or kinds == {Kind.NOTE}):
        return ()
    if not _says_the_same(scene, one, other):
        return ()
    if scene.only:
        close = bond.score >= scene.usual.low and _place(scene, one, other) <= OF_ONE
    else:
        ends = ((one, other), (other, one))
        close = bond.score >= scene.usual.middle and all(
            _place(scene, *each) <= NEIGHBOURS for each in ends
        )
    if not close:
        return ()
    copied = _likeness(bond) >= SAME_PAGE
    copy = (Ground("they say nearly the same: one of them may do"),) if copied else ()
    return (closer_than(scene.usual, bond), *copy)


def _says_the_same(scene: Scene, one: str, other: str) -> bool:
    """Whether notes share a rare word besides those of both names, and are no two days.

    Pages called alike ("Tool/Pencil", "Tool/Text") are near each other for their names alone.
    """
    titles = [scene.nodes[end].title for end in (one, other)]
    named = frozenset.intersection(*map(titled, titles))
    beside = (each for each in scene.within.lexicon.rare(one, other) if each not in named)
    return any(beside) and not all(map(words.dated, titles))


def closer_than(usual_: Usual, bond: Bond) -> Ground:
    """How close two notes are beside those that are linked already."""
    share = usual_.share(bond.score)
    beside = f", closer than {share:.0%} of the notes linked here" if usual_.scores else ""
    return Ground(f"closeness {bond.score:.2f}{beside}")


def _place(scene: Scene, one: str, other: str) -> int:
    """Which of the notes not linked to a note comes how close to it, counted from 1."""
    near = scene.bonds.get(one, {})
    score = near[other].score if other in near else 0.0
    known = scene.linked.get(one, ())
    free = (bond.score for path, bond in near.items() if path not in known and path != other)
    return 1 + sum(each > score for each in free)


def _contradicting(scene: Scene, one: str, other: str, bond: Bond) -> tuple[Ground, ...]:
    first, second = scene.nodes[one], scene.nodes[other]
    if {first.kind, second.kind} != {Kind.CLAIM} or bond.score < scene.usual.low:
        return ()
    if _opposed(scene.graph, first.id, second.id):
        return ()
    return (*_opposite_evidence(scene, first, second), *_figures(first, second))


def _opposed(graph: Graph, one: str, other: str) -> bool:
    """Whether the notes say already that the two claims are at odds."""
    rows = graph.vocabulary.by_name
    return any(
        {edge.source, edge.target} == {one, other} and rows[edge.relation].sign < 0
        for edge in graph.outgoing.get(one, ()) + graph.outgoing.get(other, ())
        if edge.relation in rows
    )


def _opposite_evidence(scene: Scene, one: Node, other: Node) -> Iterator[Ground]:
    for first, second in ((one, other), (other, one)):
        both = {*scene.standings[first.id].supports} & {*scene.standings[second.id].opposes}
        for line in sorted(both):
            title = scene.graph.nodes[line].title
            spans = tuple(
                edge.span
                for edge in scene.graph.edges
                if line in (edge.source, edge.target)
                and {first.id, second.id} & {edge.source, edge.target}
            )
            yield Ground(f"{title} speaks for “{first.title}” and against “{second.title}”", spans)


def _figures(one: Node, other: Node) -> Iterator[Ground]:
    """Pairs of figures on one metric, in one unit, that disagree."""
    for first, second in product(_apart(one), _apart(other)):
        if _same_metric(first, second) and _disagree(first, second):
            yield Ground(
                f"figures on one metric disagree: “{_said(first)}” and “{_said(second)}”",
                (first.span, second.span),
            )


def _apart(node: Node) -> list[Figure]:
    return list(dict.fromkeys(each for each in node.figures if each.metric))


def _same_metric(one: Figure, other: Figure) -> bool:
    metrics = [{stem(word) for word in words.content(each.metric)} for each in (one, other)]
    both, either = metrics[0] & metrics[1], metrics[0] | metrics[1]
    return one.unit == other.unit and len(both) >= SAME_METRIC * len(either) > 0


def _disagree(one: Figure, other: Figure) -> bool:
    if one.direction and other.direction and one.direction != other.direction:
        return True
    bases = {each.baseline.casefold() for each in (one, other)}
    difference = abs(one.value - other.value)
    return len(bases) == 1 and difference > APART * max(abs(one.value), abs(other.value))


def _said(figure: Figure) -> str:
    return f"{figure.metric}: {figure.text}"


def _duplicate(scene: Scene, one: str, other: str, bond: Bond) -> tuple[Ground, ...]:
    return _same(scene, one, other, bond, Kind.CLAIM)


def _asked_twice(scene: Scene, one: str, other: str, bond: Bond) -> tuple[Ground, ...]:
    return _same(scene, one, other, bond, Kind.QUESTION)


def _same(scene: Scene, one: str, other: str, bond: Bond, kind: Kind) -> tuple[Ground, ...]:
    """Grounds to hold two notes of a kind, that are not linked, for one and the same."""
    kinds = {scene.nodes[one].kind, scene.nodes[other].kind}
    if kinds != {kind} or other in scene.linked.get(one, ()):
        return ()
    titles = closeness.titles(scene.within, one, other)
    likeness = _likeness(bond)
    if titles >= SAME_TITLE[scene.worded]:
        return (Ground(f"their titles say nearly the same ({titles:.2f})"),)
    if likeness >= SAME_NOTE[scene.worded]:
        return (Ground(f"they say nearly the same ({likeness:.2f})"),)
    return ()


def _likeness(bond: Bond) -> float:
    return bond.words if bond.cosine is None else bond.cosine


Rule = Callable[[Scene, str, str, Bond], tuple[Ground, ...]]

RULES: Final[Mapping[Hunch, Rule]] = {
    Hunch.CONTRADICTION: _contradicting,
    Hunch.DUPLICATE: _duplicate,
    Hunch.ASKED_TWICE: _asked_twice,
    Hunch.MISSING_LINK: _missing,
}
