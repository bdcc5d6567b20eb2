"""Released results: each study's contrasts, as computed again from its files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from rich.console import RenderableType
from rich.text import Text

from graphkit.models import Verdict
from graphkit.render import marks, words
from graphkit.render.escape import line
from graphkit.render.layout import Hang, Rows, facts, spaced, stack
from graphkit.render.trials import verdict


class Finding(Protocol):
    """What this view reads of one contrast."""

    @property
    def says(self) -> str: ...
    @property
    def quantity(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def count(self) -> int: ...
    @property
    def mean(self) -> float: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...


class Study(Protocol):
    """What this view reads of a study's record."""

    @property
    def title(self) -> str: ...
    @property
    def identifier(self) -> str: ...
    @property
    def licence(self) -> str: ...
    @property
    def resampled(self) -> str: ...
    @property
    def findings(self) -> Sequence[Finding]: ...


def released(studies: Iterable[Study], verdicts: Iterable[Verdict]) -> RenderableType:
    """Each study with its contrasts, then what they come to for the claims."""
    shown = [_study(study) for study in studies]
    return spaced([*shown, *(verdict(each) for each in verdicts)])


def _study(study: Study) -> RenderableType:
    about = line(f"{study.identifier}; {study.licence}; bootstrap over {study.resampled}")
    return stack(
        facts(Text(line(study.title), style=marks.TITLE), Text(about, style=marks.FAINT)),
        Rows(
            rows=[_row(finding, study.resampled) for finding in study.findings],
            stacks=lambda: [_stack(finding, study.resampled) for finding in study.findings],
            right=frozenset({2, 3, 4}),
        ),
    )


def _row(finding: Finding, resampled: str) -> tuple[Text, ...]:
    return (
        Text(line(finding.quantity)),
        Text(line(finding.says)),
        Text(words.number(finding.mean, finding.unit)),
        Text(_interval(finding)),
        Text(f"{finding.count} {resampled}", style=marks.FAINT),
    )


def _stack(finding: Finding, resampled: str) -> RenderableType:
    figure = f"{words.number(finding.mean, finding.unit)} {_interval(finding)}"
    told = Text(f"{line(finding.says)}; {finding.count} {resampled}", style=marks.FAINT)
    return stack(Text(f"{line(finding.quantity)} {figure}"), Hang(Text("  "), told))


def _interval(finding: Finding) -> str:
    low, high = (words.number(end, finding.unit) for end in (finding.low, finding.high))
    return f"[{low}, {high}]"
