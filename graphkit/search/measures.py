"""Measures of rankings and of confidence, each with where it comes from."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from graphkit.measured import Bin, Estimate

if TYPE_CHECKING:
    import numpy.typing as npt

    Column = npt.NDArray[np.float64]
    Statistic = Callable[..., float]

DEPTH: Final = 10  # hits that are looked at
RESAMPLES: Final = 1000
SEED: Final = 0
BINS: Final = 10


def ndcg(documents: Sequence[str], gains: Mapping[str, float]) -> float:
    """Normalised discounted cumulative gain of the first ten (Järvelin and Kekäläinen 2002).

    Linear gain, discount log2(rank + 1), as `trec_eval` has it. 0 when nothing is relevant.
    """
    best = _discounted(sorted(gains.values(), reverse=True))
    return _discounted([gains.get(each, 0.0) for each in documents]) / best if best else 0.0


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(place + 1) for place, gain in enumerate(gains[:DEPTH], 1))


def recall(documents: Sequence[str], gains: Mapping[str, float]) -> float:
    """Share of the relevant documents that are among the first ten."""
    return sum(gains.get(each, 0.0) > 0 for each in documents[:DEPTH]) / len(gains)


def reciprocal_rank(documents: Sequence[str], gains: Mapping[str, float]) -> float:
    """One over the rank of the first relevant document (Voorhees, TREC-8 1999); 0 without any."""
    ranks = (place for place, each in enumerate(documents, 1) if gains.get(each, 0.0) > 0)
    return 1 / next(ranks, math.inf)


def auroc(positive: Column, negative: Column) -> float:
    """Chance that a positive scores above a negative, ties counting half (Hanley and McNeil 1982).

    The area under the ROC curve as the Mann-Whitney statistic, by ranks.
    """
    scores = np.concatenate([positive, negative])
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    above = ranks[: len(positive)].sum() - len(positive) * (len(positive) + 1) / 2
    return float(above / (len(positive) * len(negative)))


def brier(positive: Column, negative: Column) -> float:
    """Mean squared error of confidences (Brier 1950), both kinds weighing the same."""
    return float((((1 - positive) ** 2).mean() + (negative**2).mean()) / 2)


def calibration_error(positive: Column, negative: Column) -> float:
    """Expected calibration error in ten equal bins (Naeini et al. 2015; Guo et al. 2017,
    arXiv:1706.04599), both kinds weighing the same.
    """
    return sum(weight * abs(each.stated - each.held) for weight, each in _bins(positive, negative))


def reliability(positive: Column, negative: Column) -> tuple[Bin, ...]:
    """The bins of the reliability curve that hold any question."""
    return tuple(each for _, each in _bins(positive, negative))


def _bins(positive: Column, negative: Column) -> list[tuple[float, Bin]]:
    """Each bin with its share of all the weight."""
    stated = np.concatenate([positive, negative])
    held = np.concatenate([np.ones(len(positive)), np.zeros(len(negative))])
    weight = np.where(held > 0, 0.5 / len(positive), 0.5 / len(negative))
    place = np.minimum((stated * BINS).astype(int), BINS - 1)
    found = []
    for at in np.unique(place).tolist():
        own = place == at
        share = float(weight[own].sum())
        means = (float((column[own] * weight[own]).sum() / share) for column in (stated, held))
        found.append((share, Bin(at / BINS, (at + 1) / BINS, int(own.sum()), *means)))
    return found


def bootstrap(
    statistic: Statistic, *samples: Column, resamples: int = RESAMPLES, seed: int = SEED
) -> Estimate:
    """A statistic of samples with its 95 % percentile interval (Efron 1979).

    Each sample is drawn from on its own, with replacement, at its own size.
    """
    chance = np.random.default_rng(seed)
    drawn = [
        statistic(*(column[chance.integers(len(column), size=len(column))] for column in samples))
        for _ in range(resamples)
    ]
    low, high = np.quantile(drawn, (0.025, 0.975)).tolist()
    return Estimate(float(statistic(*samples)), low, high)


def mean(column: Column) -> float:
    return float(column.mean())
