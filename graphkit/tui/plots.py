"""The plot of a claim test: its arms side by side, as bars of what its panel shows."""

from __future__ import annotations

from collections.abc import Iterable
from math import floor, log10
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphkit.tui.rows import Line

if TYPE_CHECKING:
    from graphkit.experiment.record import Record
    from graphkit.workspace import Workspace


class Chart(NamedTuple):
    """Bars in per cent: a row a metric, a column an arm; None where an arm has no such metric."""

    title: str
    arms: tuple[str, ...]
    metrics: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]


def recorded(workspace: Workspace) -> tuple[Record, ...]:
    """All run records of a vault; reading them takes its time."""
    from graphkit.workspace import evidence

    return evidence.records(workspace.experiments)


def chart(workspace: Workspace, held: Iterable[Record], test: str) -> Chart | None:
    """What the panel of a test shows, from the records of its verdict; None where it has none."""
    from graphkit.experiment import report
    from graphkit.experiment.trials import TESTS

    found = TESTS.get(test)
    verdict = next((each for each in workspace.verdicts if each.test == test), None)
    if found is None or found.panel is None or verdict is None or not verdict.records:
        return None
    used = [r for r in held if r.profile == verdict.profile and r.seed in verdict.seeds]
    means = {(bar.arm, bar.metric): bar.mean for bar in report.bars(found.panel, used)}
    if not means:
        return None
    arms = tuple(dict.fromkeys(arm for arm, _ in means))
    metrics = tuple(dict.fromkeys(metric for _, metric in means))
    values = tuple(tuple(means.get((arm, metric)) for arm in arms) for metric in metrics)
    return Chart(found.panel.title, arms, metrics, values)


_ROUND = (2.5, 5, 10, 20)
INKS: Final = ("claim", "doubt", "quiet", "support")  # of the theme: of each metric the bars


def legend(shown: Chart) -> tuple[Line, ...]:
    """What the colours of a chart mean, a line each."""
    return tuple(
        (("■ ", f"${name}"), (metric, ""))
        for name, metric in zip(INKS, shown.metrics, strict=False)
    )


def draw(plot: Any, shown: Chart, width: int, colours: Iterable[tuple[int, int, int]]) -> None:
    """Draw a chart on a plotext figure `width` cells wide, its metrics in these colours."""
    plot.clear_figure()
    plot.title(shown.title[: max(8, width - 4)])
    rows = [[value or 0.0 for value in reversed(row)] for row in shown.values]
    plot.multiple_bar(
        [arm[: max(4, width // 3)] for arm in reversed(shown.arms)],  # it draws upwards
        rows[::-1],
        orientation="horizontal",
        color=list(colours)[: len(rows)][::-1],
        width=0.6,
    )
    ticks = ticks_to(max(max(row) for row in rows))
    plot.xticks(ticks, [f"{tick:g}" for tick in ticks])


def ticks_to(most: float) -> list[float]:
    """Round numbers from 0 to the last one within `most`, three to five of them."""
    if most <= 0:
        return [0.0]
    tenth = 10.0 ** (floor(log10(most)) - 1)
    step = next((each * tenth for each in _ROUND if most < 5 * each * tenth), most / 4)
    return [number * step for number in range(int(most / step) + 1)]
