"""The plot of a claim test: its arms side by side, as bars of what its panel shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

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


_COLOURS = ((143, 184, 234), (227, 185, 105), (139, 147, 161), (152, 197, 131))


def draw(plot: Any, shown: Chart, width: int) -> None:
    """Draw a chart on a plotext figure, its legend cut to `width` cells."""
    plot.clear_figure()
    plot.title(shown.title[: max(8, width - 4)])
    plot.multiple_bar(
        [arm[: max(4, width // 3)] for arm in shown.arms],
        [[value or 0.0 for value in row] for row in shown.values],
        labels=[metric[: max(8, width // 2)] for metric in shown.metrics],
        orientation="horizontal",
        color=list(_COLOURS[: len(shown.metrics)]),
        width=0.6,
    )
