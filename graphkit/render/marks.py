"""Glyphs and colours with their meaning: one table a vocabulary.

Every mark stands beside its word, so that a view reads the same without colour. The colours
are the terminal's own sixteen, which fit light and dark themes alike.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from rich.text import Text

from graphkit.models import Edge, Node, Span, Standing
from graphkit.render import words
from graphkit.render.escape import line
from graphkit.render.layout import dotted
from graphkit.vocabulary import (
    OUTCOME_RELATIONS,
    VOCABULARY,
    AnswerState,
    Outcome,
    Severity,
    Stand,
    Vocabulary,
)


class Mark(NamedTuple):
    """A glyph and the style it and its word are shown in."""

    glyph: str
    style: str


STANDS: Final = {
    Stand.SUPPORTED: Mark("●", "green"),
    Stand.CONTESTED: Mark("◐", "yellow"),
    Stand.REFUTED: Mark("⊘", "red"),
    Stand.UNSUPPORTED: Mark("○", "dim"),
    Stand.ANSWERED: Mark("●", "green"),
    Stand.OPEN: Mark("○", "cyan"),
}
ANSWERS: Final = {
    AnswerState.ANSWERED: STANDS[Stand.ANSWERED],
    AnswerState.CONTESTED: STANDS[Stand.CONTESTED],
    AnswerState.OPEN: STANDS[Stand.OPEN],
    AnswerState.NOT_IN_THESE_NOTES: Mark("∅", "magenta"),
}
_OUTCOME_STYLES: Final = {
    Outcome.CONTRADICTED: "bold red",
    Outcome.NOT_REPRODUCED: "red",
    Outcome.INCONCLUSIVE: "yellow",
    Outcome.PARTLY: "yellow",
    Outcome.REPRODUCED: "green",
    Outcome.NOT_RUN: "dim",
    Outcome.NOT_TESTABLE: "dim",
}
_OUTCOME_GLYPHS: Final = {Outcome.NOT_RUN: "–", Outcome.NOT_TESTABLE: "∅"}
SEVERITIES: Final = {
    Severity.ERROR: Mark("✗", "red"),
    Severity.WARNING: Mark("!", "yellow"),
    Severity.INFO: Mark("○", "dim"),
}
INFERRED: Final = Mark("⇢", "italic magenta")
PLACE: Final = "cyan"
TITLE: Final = "bold"
FAINT: Final = "dim"


def outcome_mark(outcome: Outcome) -> Mark:
    """The mark of a verdict: the glyph of the relation that it turns into."""
    relation = OUTCOME_RELATIONS.get(outcome)
    glyph = VOCABULARY.by_name[relation].glyph if relation else _OUTCOME_GLYPHS[outcome]
    return Mark(glyph, _OUTCOME_STYLES[outcome])


def relation_glyph(words: str, vocabulary: Vocabulary = VOCABULARY) -> str:
    """The glyph of the relation that these words name, either way; the author's own have `∘`."""
    match = vocabulary.find(words)
    return match.relation.glyph if match else "∘"


def marked(mark: Mark, words: str) -> Text:
    """A glyph and its word in one style."""
    return Text(f"{mark.glyph} {line(words)}", style=mark.style)


def outcome(state: Outcome, suffix: str = "") -> Text:
    """A verdict's glyph and word, with a faint remark after it."""
    remark = Text(f" ({line(suffix)})", style=FAINT) if suffix else Text()
    return Text.assemble(marked(outcome_mark(state), state.value), remark)


def stand(standing: Standing) -> Text:
    """How a node stands, for a cell of a row: glyph, word, test state when there is one, flags."""
    glyph, style = STANDS[standing.word]
    return Text.assemble((f"{glyph} ", style), dotted(*states(standing)))


def states(standing: Standing | None) -> tuple[Text, ...]:
    """The same without the glyph, one fact each; none where nothing stands."""
    if standing is None:
        return ()
    word = Text(str(standing), style=STANDS[standing.word].style)
    tried = standing.test is not Outcome.NOT_RUN
    test = outcome(standing.test, words.tried(standing)) if tried else Text()
    return (word, test, *(Text(flag, style="yellow") for flag in words.flags(standing)))


def lead(standing: Standing | None) -> Text:
    """The glyph that opens a node's lines: how it stands, or a faint dot where nothing can."""
    mark = STANDS[standing.word] if standing else Mark("·", FAINT)
    return Text(f"{mark.glyph} ", style=mark.style)


def place(path: str, at: int = 1) -> Text:
    """`path:line`, or the statement that no file stands behind it."""
    if not path:
        return Text("no note", style=FAINT)
    return Text(f"{line(path)}:{at}", style=PLACE)


def span(at: Span) -> Text:
    """The line an edge or a sentence stands on."""
    return place(at.path, at.line)


def name(node: Node) -> Text:
    """What a node is called by: its kind and its id."""
    return Text(f"{node.kind.value} {line(node.id)}", style=FAINT)


def measurement(edge: Edge) -> Text:
    """What the words in brackets behind a link were read as, where they tell of a measurement."""
    said = words.reported(edge.reported) if edge.reported else ""
    return Text(f"read: {said}" if said else "")


def inference(edge: Edge) -> Text:
    """That an edge was read out of prose: from which phrase, and how sure that is."""
    if not edge.inferred:
        return Text()
    words = f"{INFERRED.glyph} inferred from “{line(edge.phrase)}” ({edge.confidence:.2f})"
    return Text(words, style=INFERRED.style)
