"""How well confidence fits what happened: scores of shares of one, lower is better unless said."""

from __future__ import annotations

from typing import Final

import numpy as np

BINS: Final = 10


def calibration_error(confidence: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error over ten bins of equal width (as in RLCR, arXiv 2507.16806)."""
    place = np.minimum((confidence * BINS).astype(int), BINS - 1)
    sums = (np.bincount(place, weights=v, minlength=BINS) for v in (confidence, right))
    said, happened = sums
    return float(np.abs(said - happened).sum() / len(confidence))


def brier(confidence: np.ndarray, right: np.ndarray) -> float:
    """Mean squared distance between the confidence and what happened."""
    return float(((confidence - right) ** 2).mean())


def auroc(score: np.ndarray, positive: np.ndarray) -> float:
    """The chance that a positive scores above a negative, ties counted half; higher is better."""
    high, low = score[positive], score[~positive]
    if not len(high) or not len(low):
        return 0.5
    return float(((high[:, None] > low).mean() + (high[:, None] >= low).mean()) / 2)


def selective_accuracy(confidence: np.ndarray, right: np.ndarray, coverage: float) -> float:
    """Accuracy on the share of items with the highest confidence; higher is better."""
    kept = np.argsort(-confidence, kind="stable")[: max(1, round(coverage * len(right)))]
    return float(right[kept].mean())


def scores(confidence: np.ndarray, right: np.ndarray, name: str) -> dict[str, float]:
    """The scores of one kind of confidence, each metric with its name."""
    return {
        f"calibration error of {name}": calibration_error(confidence, right),
        f"Brier score of {name}": brier(confidence, right),
        f"AUROC of {name}": auroc(confidence, right.astype(bool)),
        f"accuracy at half coverage by {name}": selective_accuracy(confidence, right, 0.5),
    }
