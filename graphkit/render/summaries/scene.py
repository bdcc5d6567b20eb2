"""What a summary is written from, and the questions that every kind asks of it."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from graphkit.models import Edge, Graph, Node, Note, Standing, Verdict
from graphkit.render.summaries.inputs import Input, facts, wording
from graphkit.render.summaries.markdown import Cell, link, text
from graphkit.vocabulary import Kind, Stand

FIGURES: Final = "experiments/figures"
_UNTYPED: Final = frozenset({"mentions", "cites"})  # what stands around them is running text


class Quote(NamedTuple):
    """A sentence that a summary took from a note, and where it stands there."""

    text: str
    path: str
    line: int
    heading: str


@dataclass(frozen=True)
class Section:
    """One part of a summary: its Markdown, the inputs it was made from, and what it quotes.

    Markdown that takes time to write is given as what writes it, which waits until it is read:
    what a summary was made from is known without.
    """

    written: str | Callable[[], str]
    inputs: tuple[Input, ...] = ()
    quotes: tuple[Quote, ...] = ()

    @cached_property
    def text(self) -> str:
        return self.written if isinstance(self.written, str) else self.written()


@dataclass(frozen=True)
class Scene:
    """A note with the graph around it."""

    note: Note
    node: Node  # that of the note; several notes about one work have one
    graph: Graph
    standings: Mapping[str, Standing]
    figures: str  # folder of the plots, relative to the vault
    pages: Mapping[str, Note]  # notes by path, for their sentences
    prose: Section  # what a model wrote and was found to be supported

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        """All relations of the note's node, in the order of `ties`."""
        return tuple(sorted(_ties(self), key=_order))

    @property
    def standing(self) -> Standing | None:
        return self.standings.get(self.node.id)

    def result(self, verdict: Verdict) -> Node | None:
        """The node of a verdict: this one, or one that bears on it."""
        edges = self.graph.incoming.get(self.node.id, ())
        near = (self.node, *(self.graph.nodes[edge.source] for edge in edges))
        return next((node for node in near if _same(node.verdict, verdict)), None)

    def link(self, node: Node) -> Cell:
        """A node by its title, linked where a file stands behind it, and if it was retracted so."""
        retracted = f" ({text(node.retracted)})" if node.retracted else ""
        return link(node.title, node.path, self.note.path) + retracted

    def named(self, id_: str) -> Cell:
        """A node by its title: linked, in quotation marks where several words are no link."""
        node = self.graph.nodes.get(id_)
        title = self.title(id_)
        if node and (node.retracted or (node.path and node.path != self.note.path)):
            return self.link(node)
        return text(f"“{title}”" if " " in title else title)

    def title(self, id_: str) -> str:
        """What a node is called; its bare id where the graph does not know it."""
        node = self.graph.nodes.get(id_)
        return node.title if node else id_

    def stand(self, node: Node) -> str:
        """How a node stands, in words."""
        return stood(node, self.standings)

    def called(self, node: Node) -> Cell:
        """A node by its title, linked, with how it stands where it does."""
        stand = self.stand(node)
        return self.link(node) + (f" · {stand}" if stand else "")

    def places(self, edges: Iterable[Edge]) -> Cell:
        """The other notes in which edges are stated, linked by their names."""
        paths = dict.fromkeys(edge.span.path for edge in edges)
        named = (link(posixpath.basename(path), path, self.note.path) for path in paths
                 if path != self.note.path)  # fmt: skip
        return ", ".join(named)


def stood(node: Node, standings: Mapping[str, Standing]) -> str:
    """How a node stands, in words; a question's lines are those of its claims, so uncounted."""
    standing = standings.get(node.id)
    if standing is None:
        return ""
    return standing.word.value if node.kind is Kind.QUESTION else str(standing)


def _same(one: Verdict | None, other: Verdict) -> bool:
    return one is not None and (one.test, one.track) == (other.test, other.track)


Part = Callable[[Scene], Section]
"""Writes one section of a summary."""


@dataclass(frozen=True, eq=False)
class Tie:
    """All edges that say one thing between the note's node and another."""

    scene: Scene
    label: str  # as a reader of the note would say it
    relation: str  # its forward name
    inward: bool  # the note's node is its object,
    outward: bool  # or its subject; of a symmetric relation it is both
    sign: int  # +1 for, -1 against, 0 neither
    other: Node
    edges: tuple[Edge, ...]
    inferred: bool

    @cached_property
    def context(self) -> Cell:
        """The authors' own words on it; for an inferred tie, the phrase it was read from."""
        if self.inferred:
            return f"“{text(self.edges[0].phrase)}”"
        typed = (edge.context for edge in self.edges if edge.relation not in _UNTYPED)
        return "; ".join(text(said) for said in dict.fromkeys(typed) if said)

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """What a row about it is made from."""
        told = {
            "title": self.other.title,
            "relation": self.label,
            "standing": self.scene.stand(self.other),
            "inferred": "yes" if self.inferred else "",
            "retracted": self.other.retracted,
            "words": wording(self.other.path, self.context, self.scene.places(self.edges)),
        }
        return facts(self.other.id, told)


def ties(scene: Scene, keep: Callable[[Tie], bool]) -> tuple[Tie, ...]:
    """The relations of the note's node that `keep` wants, for first, then against, then by title.

    An edge between the same nodes that several notes state is one tie; where one of them was
    typed, the inferred ones add nothing and are left out.
    """
    return tuple(filter(keep, scene.ties))


def _ties(scene: Scene) -> Iterator[Tie]:
    groups: dict[tuple[str, str], list[Edge]] = {}
    for edge, other, label in _labelled(scene):
        groups.setdefault((label, other), []).append(edge)
    for (label, other), edges in groups.items():
        yield _tie(scene, label, other, edges)


def _labelled(scene: Scene) -> Iterator[tuple[Edge, str, str]]:
    rows, own = scene.graph.vocabulary.by_name, scene.node.id
    for edge in scene.graph.outgoing.get(own, ()):
        yield edge, edge.target, edge.relation
    for edge in scene.graph.incoming.get(own, ()):
        row = rows.get(edge.relation)
        yield edge, edge.source, row.inverse if row else f"← {edge.relation}"


def _tie(scene: Scene, label: str, other: str, edges: list[Edge]) -> Tie:
    first = edges[0]
    row = scene.graph.vocabulary.by_name.get(first.relation)
    mutual = row is not None and row.symmetric
    inward, outward = first.target == scene.node.id, first.source == scene.node.id
    typed = [edge for edge in edges if not edge.inferred]
    ordered = tuple(sorted(typed or edges, key=lambda edge: (edge.span.path, edge.context)))
    sign = row.sign if row else 0
    ends = inward or mutual, outward or mutual
    return Tie(
        scene, label, first.relation, *ends, sign, scene.graph.nodes[other], ordered, not typed
    )


def _order(tie: Tie) -> tuple[int, bool, str, str, str]:
    rank = {1: 0, -1: 1, 0: 2}[tie.sign]
    return rank, tie.inferred, tie.other.title.casefold(), tie.other.id, tie.label


def tally(scene: Scene, found: Iterable[Tie]) -> str:
    """How the other ends of some ties stand: "3 supported, 1 contested", or "all supported"."""
    ends = {tie.other.id: scene.standings.get(tie.other.id) for tie in found}
    words = Counter(standing.word for standing in ends.values() if standing)
    if len(words) == 1 and words.total() == len(ends):
        return f"{'all ' if len(ends) > 1 else ''}{next(iter(words))}"
    return ", ".join(f"{words[word]} {word}" for word in Stand if words[word])


def shown(found: Iterable[Tie]) -> tuple[Input, ...]:
    """What a part that tells of these ties was made from."""
    return tuple(each for tie in found for each in tie.inputs)


def verdicts_of(scene: Scene) -> tuple[Verdict, ...]:
    """The verdicts of the tests that the note's claim names, in order of test and track."""
    own = scene.node
    found = (v for v in scene.graph.verdicts if own.id in v.claims or v.test in own.tests)
    return tuple(sorted(found, key=lambda verdict: (verdict.test, verdict.track)))
