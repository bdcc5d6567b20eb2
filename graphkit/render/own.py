"""The experiments that a vault registers: what each would run, whether it may, what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from rich.console import Group
from rich.text import Text

from graphkit.models import Verdict
from graphkit.render import marks, words
from graphkit.render.escape import line
from graphkit.render.layout import Hang, facts, paragraph, spaced, stack
from graphkit.vocabulary import Outcome


class Registered(Protocol):
    """What this view reads of a registered experiment."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def command(self) -> Sequence[str]: ...
    @property
    def inputs(self) -> Sequence[str]: ...
    @property
    def claim(self) -> str: ...


Row = tuple[Registered, Verdict | None, bool]
"""An experiment, its verdict where it can be judged, and whether it is trusted as it stands."""


def registered(rows: Iterable[Row]) -> Group:
    """A card for each experiment."""
    return spaced(_card(*row) for row in rows)


def _card(each: Registered, verdict: Verdict | None, trusted: bool) -> Group:  # noqa: FBT001
    pin = Text("trusted", style="green") if trusted else Text("not trusted", style="yellow")
    outcome = verdict.outcome if verdict else Outcome.NOT_RUN
    stale = "stale" if verdict and verdict.stale else ""
    told = [
        ("runs", line(" ".join(each.command))),
        ("inputs", ", ".join(map(line, each.inputs))),
        ("tests", line(each.claim)),
        ("expects", line(verdict.cited) if verdict else ""),
        ("found", words.measurement(verdict) if verdict else ""),
        ("why", "; ".join(map(line, verdict.reasons)) if verdict else ""),
    ]
    return stack(
        facts(Text(line(each.name), style=marks.TITLE), marks.outcome(outcome, stale), pin),
        *([paragraph(Text(line(each.title)), by=2)] if each.title else []),
        *(Hang(Text(f"  {key:<8}  ", style=marks.FAINT), Text(said)) for key, said in told if said),
    )
