"""The relation table itself, as its reader's guide."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from graphkit.render import marks
from graphkit.render.escape import line
from graphkit.render.layout import Hang, Rows, facts, paragraph, stack
from graphkit.vocabulary import ANY, VOCABULARY, Kind, Relation, Vocabulary

_SIGNS = {1: Text("supports", style="green"), -1: Text("opposes", style="red"), 0: Text("")}


def relations(vocabulary: Vocabulary = VOCABULARY) -> RenderableType:
    """Every relation of a vault: name, inverse, the kinds at its ends, what it counts for."""
    return Rows(
        rows=[_row(row) for row in vocabulary.rows],
        stacks=lambda: [_stack(row) for row in vocabulary.rows],
    )


def _row(row: Relation) -> tuple[Text, ...]:
    return (
        Text(line(row.glyph), style=marks.FAINT),
        Text(line(row.name), style=marks.TITLE),
        Text(line(row.inverse)),
        Text(f"{_ends(row.subjects)} → {_ends(row.objects)}", style=marks.FAINT),
        _SIGNS[row.sign],
        Text(line(row.meaning)),
    )


def _stack(row: Relation) -> Group:
    glyph, name, inverse, ends, sign, meaning = _row(row)
    others = Text(", ".join(map(line, row.synonyms)), style=marks.FAINT)
    other = Text() if row.symmetric else inverse
    return stack(
        Hang(Text.assemble(glyph, " "), name),
        facts(other, ends, sign, by=2),
        paragraph(meaning, by=2),
        *([Hang(Text("  also ", style=marks.FAINT), others)] if others else []),
    )


def _ends(kinds: frozenset[Kind]) -> str:
    return "any" if kinds >= ANY else ", ".join(kind for kind in Kind if kind in kinds)
