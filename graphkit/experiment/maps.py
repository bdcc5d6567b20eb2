"""Two figures of the ternary reward: the map of its regimes, and the trade-off over t."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from graphkit.experiment.record import Record
from graphkit.experiment.trials.ternary_regimes import (
    BASES,
    NAMES,
    OTHERS,
    PAID,
    TRADED,
    Cell,
    cells,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WORDS: Final = {"never": "never declines", "too much": "declines too much", "apart": ""}
STRONG: Final = 30.0  # points of truthfulness at which a colour is full
BLUE, ORANGE, GREY = "#0072b2", "#d55e00", "#999999"


def regimes(figure: Figure, records: Sequence[Record], profile: str) -> None:
    """A small table for each start, a cell for each regime that ran: rows by what holds it."""
    held, paid = [*NAMES.values()], [*PAID]
    found = cells(records, profile)
    for axes, declines in zip(figure.subplots(1, len(BASES), sharey=True), BASES, strict=True):
        for cell in (each for each in found if each.declines == declines):
            _fill(axes, paid.index(cell.t), held.index(cell.held), cell)
        axes.set_xlim(-0.5, len(paid) - 0.5)
        axes.set_ylim(len(held) - 0.5, -0.5)
        axes.set_xticks(range(len(paid)), [f"t = {t}" for t in paid])
        axes.set_yticks(range(len(held)), held)
        axes.tick_params(length=0)
        axes.set_title(f"{declines} of late documents decline", loc="left", fontsize=9)
    figure.supylabel("what holds the policy to its start", fontsize=9)
    counts = Counter(cell.word for cell in found)
    figure.supxlabel(
        "truthfulness in points (blue above zero, orange below); below it, per cent declined of "
        f"what the start knows / does not know, means of seeds {_seeds(records, profile)}\n"
        f"{len(found)} regimes: {counts['apart']} tell the "
        f"two apart, {counts['never']} never decline, {counts['too much']} decline too much",
        fontsize=8,
    )


def _seeds(records: Sequence[Record], profile: str) -> str:
    """The seeds on which the arms ran that only the map has."""
    only = {arm.name for arm in OTHERS}
    found = sorted({r.seed for r in records if r.arm in only and r.profile == profile})
    return ", ".join(map(str, found))


def _fill(axes: Axes, x: int, y: int, cell: Cell) -> None:
    from matplotlib.patches import Rectangle

    strength = min(1.0, abs(cell.truthfulness) / STRONG)
    colour = BLUE if cell.truthfulness > 0 else ORANGE
    corner = (x - 0.5, y - 0.5)
    axes.add_patch(Rectangle(corner, 1, 1, facecolor=colour, alpha=0.55 * strength, lw=0))
    axes.add_patch(Rectangle(corner, 1, 1, fill=False, edgecolor="white"))
    said = (f"{cell.truthfulness:+.0f}", f"{cell.known:.0f} / {cell.unknown:.0f}", WORDS[cell.word])
    axes.text(x, y, "\n".join(filter(None, said)), ha="center", va="center", fontsize=7)


def trade_off(figure: Figure, records: Sequence[Record], profile: str) -> None:
    """Right against wrong answers as t rises, over the seeds on which every t ran."""
    by_arm = {
        arm: {r.seed: r.metrics for r in records if (r.arm, r.profile) == (arm, profile)}
        for arm in TRADED
    }
    seeds = sorted(set.intersection(*map(set, by_arm.values())))
    axes = figure.subplots()
    points = [
        [(100 * metrics[seed]["hallucination"], 100 * metrics[seed]["accuracy"]) for seed in seeds]
        for metrics in by_arm.values()
    ]
    means = [[sum(each) / len(each) for each in zip(*point, strict=True)] for point in points]
    for level in range(-20, 41, 10):  # lines of equal truthfulness
        axes.axline((0, level), slope=1, color=GREY, linewidth=0.5, linestyle=":")
    if seeds:
        axes.plot(*zip(*means[1:], strict=True), "o-", color=BLUE)
        axes.plot(*means[0], "s", color=ORANGE)
        for (x, y), name in zip(means, TRADED.values(), strict=True):
            axes.annotate(name, (x, y), (8, -14), textcoords="offset points", fontsize=8)
        for point in points:
            axes.plot(*zip(*point, strict=True), ".", color="black", markersize=4)
    right = [y for point in points for _, y in point] or [0, 100]
    axes.set_xlim(left=0)
    axes.set_ylim(min(right) - 5, max(right) + 5)  # the dotted lines run on beyond
    axes.set_xlabel("per cent wrong; a dot for each seed; dotted: equal truthfulness")
    axes.set_ylabel("per cent right")
    axes.set_title("What abstaining is paid, and what it costs (world K)", loc="left", fontsize=9)
