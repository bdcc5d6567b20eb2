"""Two figures of what reinforcement deploys: the gain by tokens routed, what k samples reach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from graphkit.experiment.maps import BLUE, GREY, ORANGE
from graphkit.experiment.record import Record
from graphkit.experiment.trials import starts
from graphkit.experiment.trials.deploys_not_creates import ROUTES, SHARES
from graphkit.experiment.trials.negative_reinforcement import PLAIN, passed
from graphkit.experiment.trials.readings import mean

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CITED: Final = (12, 91)  # per cent of tokens steered, per cent of the gap recovered at most
COUNTS: Final = tuple(2**power for power in range(9))  # of samples
Curve = list[tuple[float, float]]


def routed(figure: Figure, records: Sequence[Record], profile: str) -> None:
    """The share of the gain recovered, by the share of tokens that the trained policy chose."""
    axes = figure.subplots()
    found = [r.metrics for r in records if (r.arm, r.profile) == (ROUTES.name, profile)]
    for colour, rule in ((BLUE, "most divergent"), (GREY, "random")):
        _drawn(axes, [_recovered(metrics, rule) for metrics in found], colour, rule)
    axes.plot(*CITED, "*", color=ORANGE, markersize=11, label="cited: at most 91 % by 12 %")
    axes.set_xlabel("per cent of tokens that the trained policy chose; a thin line for each seed")
    axes.set_ylabel("per cent of the gain in accuracy")
    axes.set_title("The start, steered by the trained policy (world R)", loc="left", fontsize=9)
    axes.legend(frameon=False, fontsize=8)


def _recovered(metrics: dict[str, float], rule: str) -> Curve:
    points = [
        (metrics[f"tokens routed for {share:.0%}"], metrics[f"recovered by {share:.0%} {rule}"])
        for share in SHARES
    ]
    return [(0.0, 0.0), *((100 * x, 100 * y) for x, y in points)]


def covered(figure: Figure, records: Sequence[Record], profile: str) -> None:
    """Pass@k of the start and of the policy trained for right answers, on facts."""
    axes = figure.subplots()
    for colour, arm, name in ((ORANGE, starts.K_BASE, "start"), (BLUE, PLAIN, "trained")):
        found = [r for r in records if (r.arm, r.profile) == (arm.name, profile)]
        _drawn(axes, [_passes(record) for record in found], colour, name)
    axes.set_xscale("log", base=2)
    axes.set_xticks(COUNTS, [str(count) for count in COUNTS])
    axes.set_xlabel("samples k; a thin line for each seed")
    axes.set_ylabel("per cent of facts that one of k samples gets right")
    axes.set_title("What k samples reach (world K)", loc="left", fontsize=9)
    axes.legend(frameon=False, fontsize=8, loc="lower right")


def _passes(record: Record) -> Curve:
    return [(count, 100 * mean(passed(record, count))) for count in COUNTS]


def _drawn(axes: Axes, seeds: Sequence[Curve], colour: str, name: str) -> None:
    """A thin line for each seed and a thick one for their mean."""
    for curve in seeds:
        axes.plot(*zip(*curve, strict=True), color=colour, linewidth=0.6, alpha=0.6)
    if seeds:
        places = zip(*seeds, strict=True)
        means = [(mean([x for x, _ in p]), mean([y for _, y in p])) for p in places]
        axes.plot(*zip(*means, strict=True), "o-", color=colour, markersize=4, label=name)
