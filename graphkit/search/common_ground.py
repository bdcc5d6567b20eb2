"""What two notes have in common, in words that a reader can check line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from heapq import nlargest
from typing import Final

from graphkit.found import Ground
from graphkit.models import Edge, Graph, Note, Span
from graphkit.search import closeness
from graphkit.search.closeness import Space
from graphkit.search.lexicon import spoken, stem, titled
from graphkit.search.passage import Passage
from graphkit.search.store import Store
from graphkit.vocabulary import Kind

WORDS: Final = 5  # shared words named
SHARED: Final = 3  # shared neighbours named
QUOTED: Final = 90  # characters of a passage quoted


def grounds(
    store: Store, within: Space, graph: Graph, one: Note, other: Note
) -> tuple[Ground, ...]:
    """What two notes share: their nearest passages, rare words, works, links between them."""
    return (
        *_passages(store, within, one, other),
        *_words(within, one, other),
        *_neighbours(graph, one, other),
        *_links(graph, one, other),
    )


def _links(graph: Graph, one: Note, other: Note) -> Iterator[Ground]:
    """The edges between the two, if there are any."""
    for edge in (*graph.outgoing.get(one.id, ()), *graph.outgoing.get(other.id, ())):
        if {edge.source, edge.target} == {one.id, other.id}:
            source, target = graph.nodes[edge.source].title, graph.nodes[edge.target].title
            yield Ground(f"linked already: {source} {edge.relation} {target}", (edge.span,))


def _passages(store: Store, within: Space, one: Note, other: Note) -> Iterator[Ground]:
    pair = within.passages and closeness.nearest_passages(within.passages, one.path, other.path)
    if not pair:
        return
    rows = {each.path: each.row for each in store.rows().values()}
    mine, theirs = (dict(store.passages(rows[note.path])) for note in (one, other))
    first, second = mine[pair.one], theirs[pair.other]
    yield Ground(
        f"near passages ({pair.cosine:.2f}): “{_quoted(first)}” and “{_quoted(second)}”",
        (Span(one.path, first.line), Span(other.path, second.line)),
    )


def _quoted(passage: Passage) -> str:
    text = passage.text
    return text if len(text) <= QUOTED else f"{text[:QUOTED].rsplit(' ', 1)[0]} …"


def _words(within: Space, one: Note, other: Note) -> Iterator[Ground]:
    """The words that tell most of both: rare among all notes, and said often in each of the two.

    Rarity alone names what both happen to say once ("toward"); how often a word is said in both is
    the lesser of its two counts. What stands in both titles is seen anyway, and named last.
    """
    said = within.lexicon
    counts = [Counter(map(stem, spoken(note))) for note in (one, other)]
    weight = {
        each: said.rarity[each] * min(count[each] for count in counts)
        for each in said.rare(one.path, other.path)
    }
    if weight:
        seen = titled(one.title) & titled(other.title)
        telling = nlargest(WORDS, weight, key=lambda each: (each not in seen, weight[each]))
        yield Ground(f"shared rare words: {', '.join(_spelt(one, telling))}")


def _spelt(note: Note, stems: list[str]) -> list[str]:
    """The words of a note that begin so, the first of each, in the order of the beginnings."""
    written = {stem(word): word for word in reversed(spoken(note))}
    return [written[each] for each in stems]


def _neighbours(graph: Graph, one: Note, other: Note) -> Iterator[Ground]:
    """Works, claims and questions to which both are linked, with the lines that say so."""
    mine, theirs = _around(graph, one.id), _around(graph, other.id)
    both = [each for each in mine if each in theirs and graph.nodes[each].kind not in _PAGES]
    for each in sorted(both, key=lambda id_: (graph.nodes[id_].kind != Kind.SOURCE, id_))[:SHARED]:
        node = graph.nodes[each]
        yield Ground(
            f"both are linked to the {node.kind} “{node.title}”",
            (mine[each].span, theirs[each].span),
        )


_PAGES: Final = frozenset({Kind.NOTE, Kind.GHOST})  # an index is linked to everything


def _around(graph: Graph, id_: str) -> dict[str, Edge]:
    """The nodes linked to a node, each with an edge that says so."""
    out = {edge.target: edge for edge in reversed(graph.outgoing.get(id_, ()))}
    return out | {edge.source: edge for edge in reversed(graph.incoming.get(id_, ()))}
