"""Run records: what each job of an experiment did."""

from __future__ import annotations

from collections.abc import Container, Iterable
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


def records(given: Iterable[Run], stale: Container[str] = ()) -> RenderableType:
    """A list of run records: profile, arm, seed, cost, file, and why a job has no result.

    `stale` names the files that another protocol than the present one made.
    """
    listed = [(run, run.name in stale) for run in given]
    return Rows(
        rows=[_row(run, stale=old) for run, old in listed],
        stacks=lambda: [_stack(run, stale=old) for run, old in listed],
        right=frozenset({2, 3}),
    )


def _row(run: Run, *, stale: bool) -> tuple[Text, ...]:
    wrong = f"✗ {line(run.failure)}" if run.failure else "stale: of another protocol"
    return (
        Text(line(run.arm)),
        Text(line(run.profile), style=marks.FAINT),
        Text(f"seed {run.seed}"),
        Text(f"{run.cpu_seconds:.1f} s", style=marks.FAINT),
        Text(line(run.name), style=marks.PLACE),
        Text(wrong if run.failure or stale else "", style="red"),
    )


def _stack(run: Run, *, stale: bool) -> Group:
    arm, *about, file, wrong = _row(run, stale=stale)
    return stack(
        Hang(Text(), arm),
        facts(*about, file, by=2),
        *([paragraph(wrong, by=2)] if wrong else []),
    )
