"""Run records: what each job of an experiment did."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from rich.console import Group, RenderableType
from rich.text import Text

from graphkit.render import marks
from graphkit.render.escape import line
from graphkit.render.layout import Hang, Rows, facts, paragraph, stack


class Run(Protocol):
    """What this view reads of a run record."""

    @property
    def name(self) -> str: ...
    @property
    def profile(self) -> str: ...
    @property
    def arm(self) -> str: ...
    @property
    def seed(self) -> int: ...
    @property
    def failure(self) -> str: ...
    @property
    def cpu_seconds(self) -> float: ...


def records(given: Iterable[Run]) -> RenderableType:
    """A list of run records: profile, arm, seed, cost, file, and why a job has no result."""
    listed = tuple(given)
    return Rows(
        rows=[_row(run) for run in listed],
        stacks=[_stack(run) for run in listed],
        right=frozenset({2, 3}),
    )


def _row(run: Run) -> tuple[Text, ...]:
    return (
        Text(line(run.arm)),
        Text(line(run.profile), style=marks.FAINT),
        Text(f"seed {run.seed}"),
        Text(f"{run.cpu_seconds:.1f} s", style=marks.FAINT),
        Text(line(run.name), style=marks.PLACE),
        Text(f"✗ {line(run.failure)}" if run.failure else "", style="red"),
    )


def _stack(run: Run) -> Group:
    arm, *about, file, failure = _row(run)
    return stack(
        Hang(Text(), arm),
        facts(*about, file, by=2),
        *([paragraph(failure, by=2)] if failure else []),
    )
