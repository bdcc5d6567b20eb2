"""The map of regimes as a figure: a small table for each start, a cell for each regime."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from graphkit.experiment.trials.ternary_regimes import BASES, NAMES, PAID, Cell

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WORDS: Final = {"never": "never declines", "too much": "declines too much", "apart": ""}
STRONG: Final = 30.0  # points of truthfulness at which a colour is full


def draw(figure: Figure, cells: Sequence[Cell]) -> None:
    """Draw the regimes that ran into a figure: rows by what holds, columns by t."""
    held, paid = [*NAMES.values()], [*PAID]
    for place, (axes, declines) in enumerate(
        zip(figure.subplots(1, len(BASES), sharey=True), BASES, strict=True)
    ):
        for cell in cells:
            if cell.declines == declines:
                _fill(axes, paid.index(cell.t), held.index(cell.held), cell)
        axes.set_xlim(-0.5, len(paid) - 0.5)
        axes.set_ylim(len(held) - 0.5, -0.5)
        axes.set_xticks(range(len(paid)), [f"t = {t}" for t in paid])
        axes.set_yticks(range(len(held)), held)
        axes.tick_params(length=0)
        axes.set_title(f"{declines} of late documents decline", loc="left", fontsize=9)
        if not place:
            axes.set_ylabel("what holds the policy to its start")
    figure.supxlabel(
        "truthfulness in points; below it, per cent declined of what the start knows / does not "
        "know;\ncolour: blue above zero, orange below",
        fontsize=8,
    )


def _fill(axes: Axes, x: int, y: int, cell: Cell) -> None:
    from matplotlib.patches import Rectangle

    strength = min(1.0, abs(cell.truthfulness) / STRONG)
    colour = "#0072b2" if cell.truthfulness > 0 else "#d55e00"
    corner = (x - 0.5, y - 0.5)
    axes.add_patch(Rectangle(corner, 1, 1, facecolor=colour, alpha=0.55 * strength, lw=0))
    axes.add_patch(Rectangle(corner, 1, 1, fill=False, edgecolor="white"))
    said = [f"{cell.truthfulness:+.0f}", f"{cell.known:.0f} / {cell.unknown:.0f}"]
    axes.text(
        x,
        y,
        "\n".join(filter(None, [*said, WORDS[cell.word]])),
        ha="center",
        va="center",
        fontsize=7,
    )
