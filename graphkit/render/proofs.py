"""Records put to the proof: metrics that differ, and verdicts that turn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from rich.console import RenderableType
from rich.text import Text

from graphkit.models import Verdict
from graphkit.render import marks, words
from graphkit.render.escape import line
from graphkit.render.layout import Rows


class Difference(Protocol):
    """What this view reads of one metric of two records."""

    @property
    def record(self) -> str: ...
    @property
    def metric(self) -> str: ...
    @property
    def held(self) -> float | None: ...
    @property
    def found(self) -> float | None: ...


class Turn(Protocol):
    """What this view reads of one claim test under two sets of records."""

    @property
    def test(self) -> str: ...
    @property
    def before(self) -> Verdict | None: ...
    @property
    def after(self) -> Verdict | None: ...


def differences(given: Iterable[Difference]) -> RenderableType:
    """Each metric that differs: its record, both values."""
    return _table(_difference(each) for each in given)


def turns(given: Iterable[Turn]) -> RenderableType:
    """Each claim test that differs: verdict and effect under either set of records."""
    return _table(_turn(each) for each in given)


def _table(given: Iterable[tuple[Text, ...]]) -> RenderableType:
    rows = list(given)
    return (
        Rows(rows=rows, stacks=lambda: [Text("  ").join(row) for row in rows]) if rows else Text("")
    )


def _difference(given: Difference) -> tuple[Text, ...]:
    values = (given.held, given.found)
    return (
        Text(line(given.record), style=marks.PLACE),
        Text(line(given.metric)),
        *(Text("–" if value is None else f"{value:.5f}") for value in values),
    )


def _turn(given: Turn) -> tuple[Text, ...]:
    return (Text(line(given.test)), _side(given.before), Text("→"), _side(given.after))


def _side(verdict: Verdict | None) -> Text:
    if verdict is None:
        return Text("–")
    return Text.assemble(marks.outcome(verdict.outcome), f" {words.measurement(verdict)}".rstrip())
