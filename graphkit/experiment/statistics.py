"""Intervals and tests for differences paired by seed.

A sample is one sequence of per-item differences for each seed. The interval that decides is the
wider of a hierarchical bootstrap (seeds, then items) and Student's t over the seed means.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np

LEVEL = 0.95
RESAMPLES = 4000
_MANY = 100  # items off the commonest value from which a resampled mean counts as normal
_MOST_SEEDS = 200  # beyond this many, more seeds are no practical advice


class Interval(NamedTuple):
    """An interval of confidence, both ends in the unit of the effect."""

    low: float
    high: float

    @property
    def width(self) -> float:
        return self.high - self.low


class Estimate(NamedTuple):
    """What the seeds say about one difference."""

    mean: float
    interval: Interval  # the wider of the next two
    bootstrap: Interval
    student: Interval
    p_value: float  # exact sign-flip test over seeds, two-sided
    by_seed: tuple[float, ...]


def estimate(samples: Sequence[Sequence[float]]) -> Estimate:
    """The mean difference over at least two seeds, with its intervals and exact p-value."""
    means = tuple(sum(values) / len(values) for values in samples)
    mean = sum(means) / len(means)
    resampled, student = bootstrap(samples), student_interval(means)
    wider = max(resampled, student, key=lambda interval: interval.width)
    return Estimate(mean, wider, resampled, student, sign_flip(means), means)


def bootstrap(samples: Sequence[Sequence[float]], resamples: int = RESAMPLES) -> Interval:
    """Percentile interval of a hierarchical bootstrap: seeds with replacement, then their items.

    The mean of n items drawn with replacement from a sample of mean m and variance v is in the
    limit normal, N(m, v / n) (Bickel and Freedman 1981, Some asymptotic theory for the bootstrap),
    and is drawn as such: one random number for n. Where fewer than `_MANY` items differ from the
    commonest value the limit is far, and the items are drawn: a multinomial over the few values.
    """
    import numpy as np

    random = np.random.default_rng(20_250_925)
    chosen = random.integers(len(samples), size=(resamples, len(samples)))
    drawn = np.empty(chosen.shape)
    for index, values in enumerate(samples):
        places = chosen == index
        drawn[places] = _resampled_means(random, values, int(places.sum()))
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(drawn.mean(axis=1), [tail, 1 - tail])
    return Interval(float(low), float(high))


def _resampled_means(
    random: np.random.Generator, values: Sequence[float], count: int
) -> np.ndarray:
    import numpy as np

    items = np.asarray(values, dtype=float)
    distinct, counts = np.unique(items, return_counts=True)
    if len(items) - counts.max() >= _MANY:
        return random.normal(items.mean(), items.std() / math.sqrt(len(items)), size=count)
    drawn = random.multinomial(len(items), counts / len(items), size=count)
    means: np.ndarray = drawn @ distinct / len(items)
    return means


def student_interval(means: Sequence[float]) -> Interval:
    """Student's t interval for the mean of the seeds' means (at least two)."""
    half = _quantile(len(means)) * _deviation(means) / math.sqrt(len(means))
    middle = sum(means) / len(means)
    return Interval(middle - half, middle + half)


def _quantile(count: int) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(count - 1, (1 + LEVEL) / 2))


def _deviation(values: Sequence[float]) -> float:
    middle = sum(values) / len(values)
    return math.sqrt(sum((value - middle) ** 2 for value in values) / (len(values) - 1))


def sign_flip(means: Sequence[float]) -> float:
    """Share of all sign patterns whose mean is at least as far from zero as the one seen.

    With n seeds it cannot go below 2 / 2**n, so three seeds never reach .05.
    """
    seen = abs(sum(means)) - 1e-12
    patterns = itertools.product((-1, 1), repeat=len(means))
    flipped = (sum(s * m for s, m in zip(signs, means, strict=True)) for signs in patterns)
    extreme = sum(abs(total) >= seen for total in flipped)
    return float(extreme / 2.0 ** len(means))


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Holm's step-down adjustment of a family of p-values."""
    adjusted: dict[str, float] = {}
    floor = 0.0
    for rank, name in enumerate(sorted(p_values, key=lambda name: p_values[name])):
        floor = max(floor, min(1.0, (len(p_values) - rank) * p_values[name]))
        adjusted[name] = floor
    return adjusted


def seeds_needed(means: Sequence[float], smallest: float) -> int | None:
    """How many seeds would make the t interval settle the verdict, if these are typical.

    It settles once it leaves zero, or fits inside plus/minus the smallest effect of interest.
    """
    middle = abs(sum(means) / len(means))
    room = max(middle, smallest - middle)
    deviation = _deviation(means)
    counts = range(len(means) + 1, _MOST_SEEDS + 1)
    return next((n for n in counts if _quantile(n) * deviation / math.sqrt(n) < room), None)
