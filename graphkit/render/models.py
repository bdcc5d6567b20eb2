"""A language model's rates, before and after it was tuned under a reward."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from rich.console import RenderableType
from rich.text import Text

from graphkit.render import marks
from graphkit.render.escape import line
from graphkit.render.layout import Rows, facts, stack


class ModelRun(Protocol):
    """What this view reads of a record."""

    @property
    def model(self) -> str: ...
    @property
    def parameters(self) -> int: ...
    @property
    def reward(self) -> str: ...
    @property
    def sources(self) -> Mapping[str, int]: ...
    @property
    def before(self) -> Mapping[str, float]: ...
    @property
    def after(self) -> Mapping[str, float]: ...


def model_run(run: ModelRun) -> RenderableType:
    """The rates by name in per cent; with a reward, before and after it."""
    asked = ", ".join(f"{count} of {line(source)}" for source, count in run.sources.items())
    head = facts(
        Text(line(run.model), style=marks.TITLE),
        Text(f"{run.parameters:,} parameters", style=marks.FAINT),
        Text(asked, style=marks.FAINT),
    )
    names = dict.fromkeys((*run.before, *run.after))
    titles = ("", "before", line(run.reward)) if run.reward else ("", "rate")
    header = tuple(Text(title, style=marks.FAINT) for title in titles)
    rows = [(Text(name), *_rates(name, run)) for name in names]
    stacks = [Text(" ".join(cell.plain for cell in row)) for row in rows]
    return stack(head, Rows(rows=[header, *rows], stacks=lambda: stacks, right=frozenset({1, 2})))


def _rates(name: str, run: ModelRun) -> tuple[Text, ...]:
    columns = (run.before, run.after) if run.reward else (run.before,)
    return tuple(Text(f"{100 * rates[name]:.1f} %" if name in rates else "") for rates in columns)
