"""From marks to `Link`s: their place in the file, their typing and context."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from graphkit.models import Link, Span
from graphkit.parse import prose
from graphkit.parse.frontmatter import FrontMatter, Value
from graphkit.parse.pieces import Mark, Run
from graphkit.parse.places import Place
from graphkit.parse.properties import LINKLESS_KEYS
from graphkit.parse.relations import Typed
from graphkit.parse.reported import reported
from graphkit.vocabulary import Vocabulary, fold

_WEAK_FORMS = frozenset({"url", "identifier", "tag", "citation"})


def links(run: Run, typed: Mapping[int, Typed], place: Place, path: str) -> Iterator[Link]:
    """The links of a run; the context of an untyped one is the sentence around it."""
    sentences: list[int] = []
    for index, mark in enumerate(run.marks):
        span = Span(path, *place(mark.start))
        if index in typed:
            typing, said = typed[index]
            yield Link(
                mark.target,
                span,
                mark.form,
                mark.alias,
                mark.heading,
                mark.block,
                typing.words,
                typing.inverted,
                typing.explicit,
                said.phrase,
                said.confidence,
                said.context,
                reported(said.context, path, span.line),
            )
        else:
            sentences = sentences or prose.sentences(run.text)
            context = prose.around(run.text, sentences, mark.at)
            yield Link(*_written(mark, span), context=context)


def front_links(
    front: FrontMatter, marks: Callable[[str], list[Mark]], path: str, vocabulary: Vocabulary
) -> Iterator[Link]:
    """Links in front matter, typed by their key; what only names a work needs a key we know."""
    for entry in front.entries:
        if fold(entry.key) in LINKLESS_KEYS:
            continue
        known = vocabulary.find(entry.key) is not None
        for value in entry.values:
            for mark in marks(value.text):
                typed = known or mark.form not in _WEAK_FORMS
                relation = entry.key if typed else ""
                span = _value_span(front, value, mark, path)
                yield Link(*_written(mark, span), relation=relation, explicit=typed)


def _written(mark: Mark, span: Span) -> tuple[str, Span, str, str, str, str]:
    return mark.target, span, mark.form, mark.alias, mark.heading, mark.block


def _value_span(front: FrontMatter, value: Value, mark: Mark, path: str) -> Span:
    """Where the link itself stands, else (its quotes are escaped) the value it stands in."""
    found = front.source.find(value.text[mark.start : mark.end], value.offset)
    if found < 0:
        return Span(path, value.line, value.column)
    line = front.source.count("\n", 0, found)
    return Span(path, front.first_line + line, found - front.source.rfind("\n", 0, found))
