"""How far the confidence of a vault can be trusted: a calibration, put to its own questions.

Nothing is judged by what it was fitted to: the questions are dealt into folds, and each fold is
judged by the map and the thresholds that the other folds give.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from itertools import chain
from typing import Any, Final, NamedTuple

import numpy as np

from graphkit.measured import CalibrationReport, Tradeoff
from graphkit.search import measures
from graphkit.search.abstain import CHANGED, UNANSWERED, Calibration, logistic

FOLDS: Final = 5
RISKS: Final = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3)
ANSWERABLE: Final = "present"

Kinds = Mapping[str, tuple[float, ...]]  # strengths of the self-made questions, by their kind


class Fold(NamedTuple):
    """Questions that were left out, and the calibration that the others give."""

    left_out: Kinds
    fitted: Calibration


def kinds(calibration: Calibration) -> Kinds:
    """The strengths that a calibration was made from: every list of numbers that it keeps."""
    return {
        each.name: getattr(calibration, each.name)
        for each in fields(calibration)
        if each.type == "tuple[float, ...]"
    }


def report(
    calibration: Calibration, *, made: str, fresh: bool, changed: float
) -> CalibrationReport:
    """The curve, error, score, separation and rates of a calibration; without them where the
    vault has too few questions to judge itself.
    """
    found = CalibrationReport(
        made=made,
        fresh=fresh,
        changed=changed,
        limit=CHANGED,
        model=calibration.model,
        questions={name: len(scores) for name, scores in kinds(calibration).items()},
    )
    if not calibration.present or not any(_absent(kinds(calibration)).values()):
        return found
    folds = list(_folds(calibration))
    positive, negative = (
        np.array([each for fold in folds for each in _confidences(fold, answerable)])
        for answerable in (True, False)
    )
    return replace(
        found,
        bins=measures.reliability(positive, negative),
        ece=measures.bootstrap(measures.calibration_error, positive, negative),
        brier=measures.bootstrap(measures.brier, positive, negative),
        auroc=measures.bootstrap(measures.auroc, positive, negative),
        tradeoffs=tuple(_tradeoff(calibration, folds, risk) for risk in RISKS),
        resamples=measures.RESAMPLES,
        seed=measures.SEED,
    )


def _folds(calibration: Calibration) -> Iterator[Fold]:
    every = kinds(calibration)
    for number in range(FOLDS):
        left_out = {name: scores[number::FOLDS] for name, scores in every.items()}
        others = {
            name: tuple(each for at, each in enumerate(scores) if at % FOLDS != number)
            for name, scores in every.items()
        }
        absent = tuple(chain.from_iterable(_absent(others).values()))
        slope, intercept = logistic(others[ANSWERABLE], absent)
        fitted: dict[str, Any] = {**others, "slope": slope, "intercept": intercept}
        yield Fold(left_out, replace(calibration, **fitted))


def _absent(every: Kinds) -> Kinds:
    return {name: scores for name, scores in every.items() if name != ANSWERABLE}


def _confidences(fold: Fold, answerable: bool) -> list[float]:  # noqa: FBT001 - read by position
    asked = (scores for name, scores in fold.left_out.items() if (name == ANSWERABLE) == answerable)
    return [fold.fitted.confidence(each) for scores in asked for each in scores]


def _tradeoff(calibration: Calibration, folds: Sequence[Fold], risk: float) -> Tradeoff:
    """What the threshold for a level of risk lets through of the questions left out."""
    passed: dict[str, list[bool]] = {}
    for fold in folds:
        threshold = fold.fitted.threshold(risk)
        for name, scores in fold.left_out.items():
            passed.setdefault(name, []).extend(each > threshold for each in scores)
    shares = {name: sum(each) / len(each) for name, each in passed.items() if each}
    worst = max(share for name, share in shares.items() if name != ANSWERABLE)
    threshold = calibration.threshold(risk)
    return Tradeoff(risk, threshold, shares.get(ANSWERABLE, math.nan), worst * UNANSWERED)
