"""Figures: one plot a test, drawn from records and verdicts alone, the same bytes every time."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphkit.experiment import curves, maps
from graphkit.experiment.record import Record
from graphkit.experiment.rule import Panel, Thresholds
from graphkit.experiment.trials import JUDGED
from graphkit.models import Verdict

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


class Bar(NamedTuple):
    """One bar of a panel: a rate in per cent, its mean over seeds and each seed's value."""

    arm: str
    metric: str
    mean: float
    by_seed: tuple[float, ...]


Row = tuple[str, float, float, float]  # what was measured, its mean and the ends of its interval
LABEL_WIDTH: Final = 52  # characters that fit across the right panel
AXIS_WIDTH: Final = 64  # characters that fit below the left one
ROW: Final = 0.95  # inches that a row of the right panel needs
COLOURS: Final = ("#0072b2", "#d55e00", "#999999", "#009e73")  # told apart by colour-blind readers


def figures(
    records: Iterable[Record], verdicts: Iterable[Verdict], folder: Path
) -> tuple[Path, ...]:
    """Draw every verdict that names a figure, as PNG and SVG; the files written.

    Raises:
        OSError: the folder cannot be written.
    """
    held = tuple(records)
    drawn = [(v, panel) for v in verdicts if v.figure and (panel := JUDGED[v.test].panel)]
    if drawn:
        folder.mkdir(parents=True, exist_ok=True)
    return tuple(
        path
        for verdict, panel in drawn
        for shown in (panel, *JUDGED[verdict.test].more, *MORE.get(verdict.test, ()))
        for path in _drawn(verdict, shown, _used(verdict, held), folder)
    )


def bars(panel: Panel, records: Iterable[Record]) -> tuple[Bar, ...]:
    """The bars of a panel, arm by arm, for a plot of any kind; arms that ran."""
    held = tuple(records)
    return tuple(
        Bar(arm_name, metric_name, sum(values) / len(values), values)
        for arm, arm_name in panel.arms
        for metric, metric_name in panel.metrics
        if (values := _values(panel, held, arm, metric))
    )


def _values(panel: Panel, records: Iterable[Record], arm: str, metric: str) -> tuple[float, ...]:
    found = (r.metrics[metric] for r in records if r.arm == arm and metric in r.metrics)
    return tuple(panel.scale * value for value in found)


def _used(verdict: Verdict, records: Sequence[Record]) -> list[Record]:
    """The records of the verdict's seeds, and those of the arms that only add to its figure."""
    return [r for r in records if r.profile == verdict.profile and r.seed in verdict.seeds]


class Drawn(NamedTuple):
    """A further figure of a test with a drawing of its own."""

    name: str
    draw: Callable[[Figure, Sequence[Record], str], None]  # the records of this profile


MORE: Final = {
    "ternary-reward": (Drawn("regime", maps.regimes), Drawn("trade-off", maps.trade_off)),
    "deploys-not-creates": (Drawn("routing", curves.routed), Drawn("coverage", curves.covered)),
}
STYLE: Final[dict[Any, Any]] = {
    "svg.hashsalt": "graphkit",  # ids in the file depend on nothing else
    "svg.fonttype": "path",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def _drawn(
    verdict: Verdict, shown: Panel | Thresholds | Drawn, records: Sequence[Record], folder: Path
) -> list[Path]:
    """One figure of a verdict: with its effect, or a further one without."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(STYLE):
        rows = _rows(verdict)
        figure = Figure(figsize=(9.5, max(4, ROW * len(rows))), layout="constrained")
        match shown:
            case Thresholds():
                _declined(figure.subplots(), shown, records)
            case Drawn():
                shown.draw(figure, records, verdict.profile)
            case Panel(name=""):
                left, right = figure.subplots(1, 2, width_ratios=(5, 4))
                _bars(left, shown, bars(shown, records))
                _effect(right, verdict, rows)
            case _:
                _bars(figure.subplots(), shown, bars(shown, records))
        scope = verdict.profile if verdict.decisive else f"{verdict.profile}, direction only"
        figure.suptitle(f"{verdict.test}: {verdict.outcome} (profile {scope})")
        stem = f"{verdict.test}-{shown.name}" if shown.name else verdict.test
        return [_saved(figure, folder / f"{stem}.{kind}") for kind in ("png", "svg")]


def declined_by_certainty(
    shown: Thresholds, arm: str, records: Sequence[Record]
) -> list[tuple[float, float]]:
    """The share of items that an arm declined, in per cent, by tenths of the start's certainty."""
    begun = [r for r in records if r.arm == shown.start and shown.world in r.items]
    starts = {r.seed: r.items[shown.world].numbers.get("sure", []) for r in begun}
    tenths: dict[int, list[bool]] = {}
    for record in records:
        if record.arm == arm and record.seed in starts:
            flags = record.items[shown.world].flags("outcome", "a")
            for sure, flag in zip(starts[record.seed], flags, strict=False):
                tenths.setdefault(min(9, int(10 * sure)), []).append(flag)
    return [((t + 0.5) / 10, 100 * sum(f) / len(f)) for t, f in sorted(tenths.items())]


def _declined(axes: Axes, shown: Thresholds, records: Sequence[Record]) -> None:
    for colour, (arm, name, threshold) in zip(COLOURS, shown.arms, strict=False):
        points = declined_by_certainty(shown, arm, records)
        if points:
            axes.plot(*zip(*points, strict=True), "o-", color=colour, markersize=4, label=name)
            axes.axvline(threshold, color=colour, linewidth=0.8, linestyle="--")
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 100)
    axes.set_xlabel("chance that the start gives its answer; dashed: the reward's threshold")
    axes.set_ylabel("per cent declined")
    axes.set_title(shown.title, loc="left", fontsize=9)
    if axes.lines:
        axes.legend(frameon=False, fontsize=8)


def _saved(figure: Figure, path: Path) -> Path:
    stamp = {"Date": None} if path.suffix == ".svg" else {"Software": None}
    figure.savefig(path, dpi=110, metadata=stamp)
    return path


def _bars(axes: Axes, panel: Panel, drawn: Sequence[Bar]) -> None:
    arms = list(dict.fromkeys(bar.arm for bar in drawn))
    metrics = [name for _, name in panel.metrics]
    width = 0.8 / len(metrics)
    labelled: set[str] = set()
    for bar in drawn:
        place, index = arms.index(bar.arm), metrics.index(bar.metric)
        x = place + (index - (len(metrics) - 1) / 2) * width
        label = None if bar.metric in labelled else bar.metric
        labelled.add(bar.metric)
        axes.bar(x, bar.mean, width * 0.92, color=COLOURS[index], alpha=0.75, label=label)
        axes.plot([x] * len(bar.by_seed), bar.by_seed, ".", color="black", markersize=4)
    for height, name in panel.lines:
        axes.axhline(height, color="black", linewidth=0.8, linestyle="--", label=name)
    across = AXIS_WIDTH // max(1, len(arms))
    axes.set_xticks(range(len(arms)), [_broken(arm, across) for arm in arms])
    if panel.scale == 100:
        axes.set_ylim(0, 100)
    axes.set_ylabel(f"{panel.unit}; a dot for each seed")
    axes.set_title(panel.title, loc="left", fontsize=9)
    if drawn:
        axes.legend(frameon=False, fontsize=8, ncols=2, loc="upper left", bbox_to_anchor=(0, -0.14))


def _broken(name: str, across: int) -> str:
    """The name of an arm on lines of about so many characters, a new one after each comma."""
    return "\n".join(textwrap.fill(part, max(8, across)) for part in name.split(", "))


def _effect(axes: Axes, verdict: Verdict, rows: Sequence[Row]) -> None:
    """A forest plot: the effect, then the components and guards, each with its interval."""
    test = JUDGED[verdict.test]
    axes.axvspan(-test.smallest, test.smallest, color="#eeeeee", zorder=0)
    axes.axvline(0, color="black", linewidth=0.8)
    for place, (name, middle, low, high) in enumerate(rows):
        colour = COLOURS[0] if place == 0 else COLOURS[2]
        axes.plot([low, high], [-place, -place], color=colour, linewidth=2)
        axes.plot([middle], [-place], "o", color=colour)
        words = textwrap.fill(name, LABEL_WIDTH, break_on_hyphens=False)
        axes.text(0.02, 0.15 - place, words, transform=axes.get_yaxis_transform(), fontsize=8)
    axes.set_ylim(0.7 - len(rows), 0.7)
    axes.set_yticks([])
    axes.set_xlabel(f"{verdict.unit or 'shares of one'}; grey band: too small to be of interest")
    axes.set_title(
        f"Paired over seeds {_listed(verdict.seeds)}, 95 % intervals", loc="left", fontsize=9
    )


def _rows(verdict: Verdict) -> list[Row]:
    measures = dict(verdict.measures)
    checks = [
        bound.name for bound in (*JUDGED[verdict.test].components, *JUDGED[verdict.test].guards)
    ]
    low, high = verdict.interval or (0.0, 0.0)
    return [
        (verdict.quantity, verdict.effect or 0.0, low, high),
        *((n, measures[n], measures[f"{n}, low"], measures[f"{n}, high"]) for n in checks),
    ]


def _listed(seeds: Sequence[int]) -> str:
    return ", ".join(map(str, seeds))
