"""The filter language: `kind:claim standing:contested -tag:draft "two words"`.

Words must stand in a title or alias; a field narrows by what its row of `FIELDS` reads. All terms
must hold, a comma means "or", a minus "not". To add a field, add its row.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from graphkit.errors import FilterError
from graphkit.graph.names import folded
from graphkit.models import Graph, Node, Standing
from graphkit.vocabulary import Flag, Kind, Outcome, Stand, Vocabulary, fold

_TERM: Final = re.compile(r'(-?)(?:(\w+):)?((?:[^\s",]*(?:"[^"]*"|,))*[^\s"]*|"[^"]*$)')
_PART: Final = re.compile(r'(?:[^,"]|"[^"]*")+')


class Scene(NamedTuple):
    """What a filter looks at beside the node itself."""

    graph: Graph
    standings: Mapping[str, Standing]


class Field(NamedTuple):
    """One row: what may follow the colon, and the words by which a node answers to it."""

    values: Callable[[Vocabulary], Mapping[str, str]] | None  # as typed to as read; None: any words
    read: Callable[[Node, Scene], Iterable[str]]
    meaning: str


class Term(NamedTuple):
    """One condition: the field (empty for words of a name), its values, whether it is negated."""

    field: str
    values: tuple[str, ...]
    negated: bool = False


Filter = tuple[Term, ...]


def _kind(node: Node, _: Scene) -> tuple[str]:
    return (node.kind.value,)


def _standing(node: Node, scene: Scene) -> Iterator[str]:
    if standing := scene.standings.get(node.id):
        yield standing.word.value


def _test(node: Node, scene: Scene) -> Iterator[str]:
    if node.verdict:
        yield node.verdict.outcome.value
    elif standing := scene.standings.get(node.id):
        yield standing.test.value


def _flag(node: Node, scene: Scene) -> Iterator[str]:
    if standing := scene.standings.get(node.id):
        yield from (flag.value for flag in standing.flags)


def _tag(node: Node, _: Scene) -> Iterator[str]:
    """Its tags and those they are nested in."""
    for tag in node.tags:
        parts = folded(tag).split("/")
        yield from ("/".join(parts[:depth]) for depth in range(1, len(parts) + 1))


def _relation(node: Node, scene: Scene) -> Iterator[str]:
    edges = (*scene.graph.outgoing.get(node.id, ()), *scene.graph.incoming.get(node.id, ()))
    yield from (edge.relation for edge in edges)


def _has(node: Node, scene: Scene) -> Iterator[str]:
    incoming = scene.graph.incoming.get(node.id, ())
    nodes = scene.graph.nodes
    holds = {
        "result": any(nodes[edge.source].kind is Kind.RESULT for edge in incoming),
        "link": bool(incoming or scene.graph.outgoing.get(node.id)),
        "inferred": any(edge.inferred for edge in incoming),
        "figure": bool(node.figures),
        "identifier": bool(node.identifiers),
        "note": bool(node.path),
    }
    yield from (name for name, held in holds.items() if held)


def _each(values: Iterable[str]) -> Callable[[Vocabulary], Mapping[str, str]]:
    return lambda _: {str(value): value for value in values}


def _relations(vocabulary: Vocabulary) -> Mapping[str, str]:
    names = {row.name: row.name for row in vocabulary.rows}
    words = {word: row.name for row in vocabulary.rows for word in row.synonyms}
    return words | names


_HAS: Final = ("result", "link", "inferred", "figure", "identifier", "note")
FIELDS: Final[Mapping[str, Field]] = {
    "kind": Field(_each(Kind), _kind, "what a node is"),
    "standing": Field(_each(Stand), _standing, "how a claim or question stands"),
    "test": Field(_each(Outcome), _test, "what the runs of its tests say"),
    "flag": Field(_each(Flag), _flag, "stale, at risk, qualified"),
    "relation": Field(_relations, _relation, "a relation it is joined by"),
    "tag": Field(None, _tag, "a tag, or one that it is nested in"),
    "has": Field(_each(_HAS), _has, "what there is of it"),
}


def parse(text: str, vocabulary: Vocabulary) -> Filter:
    """The terms of a filter.

    Raises:
        FilterError: a field or a value that there is not; the hint says which there are.
    """
    return tuple(_terms(text, vocabulary))


def _terms(text: str, vocabulary: Vocabulary) -> Iterator[Term]:
    for minus, field, rest in _TERM.findall(text):
        if field:
            yield Term(field, _values(field, rest, vocabulary), bool(minus))
        elif words := rest.replace('"', "").strip():
            yield Term("", (folded(words),), bool(minus))
        elif minus:
            yield Term("", ("-",))


def _values(name: str, rest: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    field = FIELDS.get(name)
    if field is None:
        hint = f"{_near(name, FIELDS)}; words that hold a colon go in quotes"
        raise FilterError(f"no field {name!r} to filter by", hint)
    given = [part.replace('"', "") for part in _PART.findall(rest)]
    if not any(part.strip() for part in given):
        raise FilterError(f"{name}: has no value", _examples(field, vocabulary))
    if field.values is None:
        return tuple(folded(part).removeprefix("#") for part in given)
    known = {fold(typed): read for typed, read in field.values(vocabulary).items()}
    for part in given:
        if fold(part) not in known:
            raise FilterError(f"no {name} {part!r}", _near(fold(part), known))
    return tuple(known[fold(part)] for part in given)


def _near(word: str, known: Iterable[str]) -> str:
    names = list(known)
    close = difflib.get_close_matches(word, names, 1)
    return f"did you mean {close[0]}?" if close else f"there are {', '.join(names)}"


def _examples(field: Field, vocabulary: Vocabulary) -> str:
    if field.values is None:
        return f"name {field.meaning}"
    return f"there are {', '.join(field.values(vocabulary))}"


def sieve(terms: Filter, scene: Scene) -> Callable[[Node], bool]:
    """What tells of a node whether every term holds. Ghosts fit only where their kind is named."""
    named = any(Kind.GHOST in term.values for term in terms)
    tests = [(_test_for(term, scene), not term.negated) for term in terms]

    def fits(node: Node) -> bool:
        if node.kind is Kind.GHOST and not named:
            return False
        return all(holds(node) is wanted for holds, wanted in tests)

    return fits


def _test_for(term: Term, scene: Scene) -> Callable[[Node], bool]:
    if not term.field:
        word = term.values[0]
        return lambda node: any(word in _folded(name) for name in (node.title, *node.aliases))
    values, read = frozenset(term.values), FIELDS[term.field].read
    return lambda node: not values.isdisjoint(read(node, scene))


@lru_cache(maxsize=1 << 16)
def _folded(name: str) -> str:
    """As `folded`, remembered: the same names are filtered again with every letter typed."""
    return folded(name)


def matching(graph: Graph, standings: Mapping[str, Standing], terms: Filter) -> tuple[Node, ...]:
    """The nodes that a filter lets through, in order of kind, then title."""
    return ordered(filter(sieve(terms, Scene(graph, standings)), graph.nodes.values()))


def ordered(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Nodes by kind, then title."""
    order = {kind: place for place, kind in enumerate(Kind)}
    return tuple(sorted(nodes, key=lambda node: (order[node.kind], folded(node.title))))


def written(terms: Iterable[Term]) -> str:
    """The terms in the filter language: what `parse` reads back."""
    return " ".join(map(_written, terms))


def _written(term: Term) -> str:
    field = f"{term.field}:" if term.field else ""
    return f"{'-' * term.negated}{field}{','.join(map(_quoted, term.values))}"


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r"[\s:,]|^-", value) else value
