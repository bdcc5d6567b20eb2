"""What became of standings over time: the log of one, the difference of two states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from rich.console import Group, RenderableType
from rich.text import Text

from graphkit.change import Difference, Revision, Step, Turn
from graphkit.models import Edge, Node
from graphkit.render import marks
from graphkit.render.cards import heading
from graphkit.render.escape import line
from graphkit.render.layout import Hang, facts, paragraph, spaced, stack
from graphkit.vocabulary import VOCABULARY, Vocabulary

_ADDED: Final = marks.Mark("+", "green")
_GONE: Final = marks.Mark("−", "red")
_SHORT: Final = 8  # characters of a commit's hash


def log(node: Node, steps: Sequence[Step], vocabulary: Vocabulary = VOCABULARY) -> RenderableType:
    """The commits that turned a node, newest first, each with the edges that did it."""
    return spaced((heading(node), *(_step(step, vocabulary) for step in steps)))


def _step(step: Step, vocabulary: Vocabulary) -> Group:
    titles = dict(step.difference.titles)
    turns = (part for turn in step.difference.turns for part in _turn(turn, titles, vocabulary))
    return stack(_revision(step.revision), *turns)


def _revision(revision: Revision) -> Group:
    subject = Text(line(revision.subject), style=marks.TITLE)
    if not revision.commit:
        return stack(subject)
    commit = Text(revision.commit[:_SHORT], style=marks.PLACE)
    author = Text(line(revision.author), style=marks.FAINT)
    return stack(paragraph(subject), facts(commit, Text(line(revision.date)), author))


def _turn(
    turn: Turn, titles: Mapping[str, str], vocabulary: Vocabulary
) -> Iterator[RenderableType]:
    for words in turn.differences:
        yield paragraph(Text(line(words)), by=2)
    yield from _edges(_GONE, turn.gone, titles, vocabulary)
    yield from _edges(_ADDED, turn.added, titles, vocabulary)


def _edges(
    mark: marks.Mark, edges: Iterable[Edge], titles: Mapping[str, str], vocabulary: Vocabulary
) -> Iterator[RenderableType]:
    for edge in edges:
        ends = [line(titles.get(end, end)) for end in (edge.source, edge.target)]
        glyph = marks.relation_glyph(edge.relation, vocabulary)
        said = Text.assemble(ends[0], (f" {glyph} {line(edge.relation)} ", marks.FAINT), ends[1])
        yield Hang(Text(f"    {mark.glyph} ", style=mark.style), said)
        yield facts(marks.span(edge.span), marks.inference(edge), by=6)


def difference(found: Difference, vocabulary: Vocabulary = VOCABULARY) -> RenderableType:
    """The standings that turned, then all typed edges that are gone or new."""
    titles = dict(found.titles)
    turns = [
        stack(
            paragraph(Text(line(turn.title), style=marks.TITLE)),
            *(paragraph(Text(line(words)), by=2) for words in turn.differences),
        )
        for turn in found.turns
        if turn.differences
    ]
    edges = stack(
        *_edges(_GONE, found.gone, titles, vocabulary),
        *_edges(_ADDED, found.added, titles, vocabulary),
    )
    some = found.gone or found.added
    return spaced((*turns, *([edges] if some else [])))
