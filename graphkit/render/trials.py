"""Verdicts: what the runs of each claim test came to, beside what the source cites."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from rich.console import Group, RenderableType
from rich.text import Text

from graphkit.models import Node, Verdict
from graphkit.render import marks, plot, words
from graphkit.render.escape import line
from graphkit.render.layout import Hang, Rows, facts, paragraph, spaced, stack
from graphkit.render.measures import measures
from graphkit.render.walks import called

_NONE: Final[Mapping[str, Node]] = MappingProxyType({})
_HEADER: Final = (
    "test",
    "verdict",
    "ours",
    words.LEVEL,
    "seeds",
    "cited",
    "released results",
    "remark",
)
_OWN_TRACK: Final = "A"


def verdicts(given: Iterable[Verdict], nodes: Mapping[str, Node] = _NONE) -> RenderableType:
    """Every claim test as a row, or as a card with its interval drawn where a row does not fit.

    What released results say (track B) stands in a column of its own: the tracks are never mixed.
    The cards share one scale per unit, so that their bars can be compared.
    """
    listed = tuple(given)
    released = {each.test: each for each in listed if each.track != _OWN_TRACK}
    own = [each for each in listed if each.track == _OWN_TRACK]
    header = tuple(Text(word, style=marks.FAINT) for word in _HEADER)
    return Rows(
        rows=[header, *(_row(each, released.get(each.test)) for each in own)],
        stacks=lambda: [spaced(_card(each, _scale(each, listed), nodes) for each in listed)],
        right=frozenset({2, 3, 4}),
    )


def _scale(verdict: Verdict, listed: tuple[Verdict, ...]) -> float:
    return plot.limit(other for other in listed if other.unit == verdict.unit)


def _row(verdict: Verdict, released: Verdict | None) -> tuple[Text, ...]:
    remarks = (words.age(verdict), *map(line, map(words.signed, verdict.reasons)))
    return (
        Text(line(verdict.test)),
        marks.outcome(verdict.outcome, verdict.hedge),
        Text(words.effect(verdict)),
        Text(words.interval(verdict)),
        Text(str(len(verdict.seeds) or "")),
        Text(line(words.signed(verdict.cited))),
        _released(released),
        Text("; ".join(remark for remark in remarks if remark), style=marks.FAINT),
    )


def _released(verdict: Verdict | None) -> Text:
    if verdict is None:
        return Text("")
    return Text.assemble(marks.outcome(verdict.outcome), f" {words.measurement(verdict)}")


def verdict(given: Verdict, nodes: Mapping[str, Node] = _NONE) -> RenderableType:
    """One verdict in full, on a scale of its own: also its protocol, measures, records, figure."""
    beside = (f"{line(each.name)} {each}" for each in measures(given))
    return stack(
        _card(given, plot.limit([given]), nodes),
        *_fields(
            {
                "protocol": Text(line(given.protocol)),
                "measures": Text("; ".join(beside)),
                "records": Text(", ".join(map(line, given.records)), style=marks.PLACE),
                "figure": Text(line(given.figure), style=marks.PLACE),
            }
        ),
    )


def _card(given: Verdict, scale: float, nodes: Mapping[str, Node]) -> Group:
    title = Text(line(given.title))
    style = marks.outcome_mark(given.outcome).style
    return stack(
        facts(
            Text(line(given.test), style=marks.TITLE),
            marks.outcome(given.outcome),
            Text(words.caveat(given), style=marks.FAINT),
        ),
        *([paragraph(title, by=2)] if title else []),
        *_fields(
            {
                words.cited_as(given): Text(line(words.signed(given.cited))),
                _found(given): Text(_ours(given)),
                "": Text(plot.bar(given, scale), style=style),
                "why": Text("; ".join(map(line, map(words.signed, given.reasons)))),
                "claims": Text("; ").join(called(id_, nodes) for id_ in given.claims),
            }
        ),
    )


def _found(given: Verdict) -> str:
    return "ours" if given.track == _OWN_TRACK else "theirs"


def _ours(given: Verdict) -> str:
    if given.effect is None:
        return ""
    between = f"{words.LEVEL} {words.interval(given)}" if given.interval else ""
    parts = (words.effect(given), between, line(given.quantity), words.seeds(given))
    return "; ".join(part for part in (*parts, f"track {line(given.track)}") if part)


def _fields(fields: Mapping[str, Text]) -> list[RenderableType]:
    return [
        Hang(Text(f"  {name:<8}  ", style=marks.FAINT), value)
        for name, value in fields.items()
        if value
    ]
