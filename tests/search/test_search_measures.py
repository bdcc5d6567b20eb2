"""Measures by their definitions, and a vault's calibration judged by questions left out."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.measured import CalibrationReport
from graphkit.search import measures, reliability
from graphkit.search.abstain import Calibration, logistic

scores = st.lists(st.floats(0, 1), min_size=1, max_size=30).map(np.array)


def test_ndcg_discounts_by_the_logarithm_of_the_rank() -> None:
    gains = {"a": 3.0, "b": 1.0}
    ideal = 3 + 1 / math.log2(3)
    assert measures.ndcg(["a", "b"], gains) == 1
    assert measures.ndcg(["x", "a", "b"], gains) == pytest.approx(
        (3 / math.log2(3) + 1 / 2) / ideal
    )


def test_only_the_first_ten_count_for_gain_and_recall() -> None:
    late = [*"abcdefghij", "hit"]
    assert measures.ndcg(late, {"hit": 1.0}) == measures.recall(late, {"hit": 1.0}) == 0
    assert measures.reciprocal_rank(late, {"hit": 1.0}) == pytest.approx(1 / 11)
    assert measures.reciprocal_rank(["a"], {"hit": 1.0}) == 0


@given(scores, scores)
def test_auroc_is_the_share_of_pairs_in_the_right_order(
    positive: measures.Column, negative: measures.Column
) -> None:
    pairs = np.sign(positive[:, None] - negative[None, :]) / 2 + 0.5
    assert measures.auroc(positive, negative) == pytest.approx(pairs.mean())


@given(scores, scores)
def test_a_calibration_error_and_a_brier_score_lie_within_their_bounds(
    positive: measures.Column, negative: measures.Column
) -> None:
    assert 0 <= measures.calibration_error(positive, negative) <= 1
    assert 0 <= measures.brier(positive, negative) <= 1
    bins = measures.reliability(positive, negative)
    assert sum(each.questions for each in bins) == len(positive) + len(negative)


def test_confidence_that_is_right_has_no_error() -> None:
    always, never = np.ones(4), np.zeros(9)
    assert measures.calibration_error(always, never) == measures.brier(always, never) == 0
    half = np.full(5, 0.5)
    assert measures.calibration_error(half, half) == 0
    assert measures.brier(half, half) == 0.25


@given(scores)
def test_an_interval_holds_its_estimate_and_comes_out_alike(column: measures.Column) -> None:
    first, again = (measures.bootstrap(measures.mean, column, resamples=50) for _ in range(2))
    assert first == again
    assert first.low <= first.high


STRONG = tuple(np.linspace(0.5, 0.9, 40).tolist())
WEAK = tuple(np.linspace(0.0, 0.6, 80).tolist())


def calibration() -> Calibration:
    slope, intercept = logistic(STRONG, WEAK)
    blank = dict.fromkeys(reliability.kinds(_bare()), ())
    lists = blank | {"present": STRONG, "removed": WEAK, "beyond": WEAK}
    return replace(_bare(), **lists, slope=slope, intercept=intercept)


def _bare() -> Calibration:
    kinds = ("ground", "present", "removed", "beyond", "trimmed")
    names = {each for each in Calibration.__dataclass_fields__ if each in kinds}
    lists: dict[str, tuple[float, ...]] = dict.fromkeys(names, ())
    return Calibration(version=0, model="", slope=1.0, intercept=0.0, **lists)  # type: ignore[arg-type]


def told(of: Calibration) -> CalibrationReport:
    return reliability.report(of, made="2026-01-01T00:00:00Z", fresh=True, changed=0.0)


def test_a_report_has_the_curve_the_scores_and_the_rates() -> None:
    report = told(calibration())
    assert report.questions["present"] == len(STRONG)
    assert report.auroc
    assert report.auroc.value > 0.9
    assert sum(each.questions for each in report.bins) == sum(report.questions.values())
    coverage = [each.coverage for each in report.tradeoffs]
    assert coverage == sorted(coverage)


def test_wrong_answers_keep_to_the_risk_on_questions_left_out() -> None:
    for each in told(calibration()).tradeoffs:
        assert each.wrong <= each.risk + 0.05


def test_a_vault_with_too_few_questions_is_told_nothing() -> None:
    report = told(_bare())
    assert (report.bins, report.ece, report.tradeoffs) == ((), None, ())
