"""What the readings of several claim tests have in common: outcomes turned into numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphkit.experiment.record import Record


def values(record: Record, world: str, right: str, wrong: str = "") -> list[int]:
    """One value an item: +1 for an outcome among `right`, -1 among `wrong`, else 0."""
    outcomes = record.items[world].columns["outcome"]
    return [(outcome in right) - (outcome in wrong) for outcome in outcomes]


def difference(
    after: Sequence[float], before: Sequence[float], where: Sequence[bool] | None = None
) -> list[float]:
    """Per-item differences, on the items where a flag is set if flags are given."""
    kept = where if where is not None else [True] * len(after)
    return [float(a - b) for a, b, keep in zip(after, before, kept, strict=True) if keep]


def change(metric: str, after: Record, before: Record) -> list[float]:
    """The difference of a metric of the whole seed, where no item has one of its own."""
    return [after.metrics[metric] - before.metrics[metric]]


def declined(record: Record, world: str, start: Record) -> dict[str, float]:
    """Per cent declined, in the arm that the claim speaks for, of tasks with a right answer.

    By the second label: what the start knew (declining is a false refusal) and what it did not.
    """
    labels, kinds = start.items[world].columns["known"], start.items[world].columns.get("kind")
    flags = values(record, world, "a")
    rows = list(zip(flags, labels, kinds or "a" * len(labels), strict=True))
    return {
        f"declined though answerable, {name}": 100 * mean([d for d, k, a in rows if (k, a) == key])
        for name, key in {"known": ("1", "a"), "not known": ("0", "a")}.items()
    }


def mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0
