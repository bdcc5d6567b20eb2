"""Edges from links: which relation, in which direction, and which of them say nothing new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from graphkit.graph.joints import Joint
from graphkit.models import Edge, Link, Node
from graphkit.vocabulary import Kind, Match, Relation, Vocabulary, fold

UNTYPED: Final = "mentions"
CITATION: Final = "cites"

CITING_FORMS: Final = frozenset({"citation", "identifier", "url"})


Drawn = tuple[Edge, bool]
"""An edge, and whether its relation is the author's word or only follows from the link."""


def edges(
    page: Iterable[Joint], nodes: Mapping[str, Node], vocabulary: Vocabulary
) -> tuple[Edge, ...]:
    """The edges of one page's links, in their order, without those that add nothing."""
    leading = [joint for joint in page if joint.target != joint.page]
    drawn = [_drawn(joint, nodes, vocabulary) for joint in leading]
    if len({joint.target for joint in leading}) == len(leading):  # as on most pages
        return tuple(edge for edge, _ in drawn)
    return tuple(_telling(drawn))


def named(link: Link, vocabulary: Vocabulary) -> Match | None:
    """The relation that the link's words name, and whether they read from target to page."""
    return _named(link.relation, link.inverted, vocabulary) if link.relation else None


@lru_cache(maxsize=4096)
def _named(words: str, inverted: bool, vocabulary: Vocabulary) -> Match | None:  # noqa: FBT001  lru_cache is twice as fast by position
    match = vocabulary.find(words)
    if match is None and inverted:
        # Words that only a heading has: the link says already which way they read.
        heading = vocabulary.find_heading(words)
        match = heading and Match(heading.relation, inverted=False)
    return match and Match(match.relation, inverted=match.inverted != inverted)


def _drawn(joint: Joint, nodes: Mapping[str, Node], vocabulary: Vocabulary) -> Drawn:
    link, page, target = joint.link, nodes[joint.page], nodes[joint.target]
    match = named(link, vocabulary)
    if match is None:
        own = fold(link.relation) if link.explicit else ""
        ends = (target, page) if own and link.inverted else (page, target)
        return _edge(link, *ends, own or _untyped(link, target)), bool(own)
    if link.inverted and _only_refers(match.relation, page, target):
        return _edge(link, page, target, CITATION), True
    subject, object_ = (target, page) if match.inverted else (page, target)
    if _stands_backwards(match.relation, subject, object_):
        subject, object_ = object_, subject
    return _edge(link, subject, object_, match.relation.name), True


def _untyped(link: Link, target: Node) -> str:
    return CITATION if link.form in CITING_FORMS and target.kind is Kind.SOURCE else UNTYPED


def _only_refers(relation: Relation, page: Node, target: Node) -> bool:
    """A list of works under a heading like "Sources", on a page that is no claim."""
    listed = target.kind in (Kind.SOURCE, Kind.GHOST)
    return listed and not relation.fits(target.kind, page.kind)


def _stands_backwards(relation: Relation, subject: Node, object_: Node) -> bool:
    """A symmetric relation is drawn so that its ends are of the kinds that its row states."""
    if not relation.symmetric:
        return False

    def forward(one: Kind, other: Kind) -> bool:
        return one in relation.subjects and other in relation.objects

    kinds = subject.kind, object_.kind
    return not forward(*kinds) and forward(*reversed(kinds))


def _edge(link: Link, subject: Node, object_: Node, relation: str) -> Edge:
    return Edge(
        subject.id,
        object_.id,
        relation,
        link.span,
        link.phrase,
        link.confidence,
        link.context,
        link.heading,
        link.block,
        link.reported,
    )


def _telling(drawn: list[Drawn]) -> Iterator[Edge]:
    """The edges of one page without those that it says twice.

    These are: a link without a relation beside one with a relation between the same two nodes, an
    inferred relation beside the same one written by the author, and plain repetition.
    """
    joined = {_pair(edge) for edge, typed in drawn if typed}
    written = {_statement(edge) for edge, typed in drawn if typed and not edge.phrase}
    seen = set()
    for edge, typed in drawn:
        repeated = _statement(edge) in written if edge.phrase else _pair(edge) in joined
        if repeated and (edge.phrase or not typed):
            continue
        context = edge.context if typed else ""
        key = (*_statement(edge), edge.heading, edge.block, context, edge.phrase)
        if key not in seen:
            seen.add(key)
            yield edge


def _pair(edge: Edge) -> tuple[str, str]:
    ends = edge.source, edge.target
    return ends if edge.source < edge.target else ends[::-1]


def _statement(edge: Edge) -> tuple[str, str, str]:
    return edge.source, edge.target, edge.relation
