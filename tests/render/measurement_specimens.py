"""Measurements and suggestions made by hand, one for each thing a view can say."""

from __future__ import annotations

import math

import specimens as s

from graphkit.found import Ground, Hit, Suggestion
from graphkit.measured import (
    Answerability,
    Bin,
    CalibrationReport,
    Declined,
    Estimate,
    Outcome,
    Ranked,
    Reply,
    RetrievalReport,
    Returned,
    Tradeoff,
)
from graphkit.models import Span
from graphkit.vocabulary import Hunch

_NEAR = Ground(
    "near passages (0.71): “a reward that separates” and “what a reward can do”",
    (Span(s.REWARD.path, 9), Span(s.RIVAL.path, 11)),
)
SUGGESTIONS = (
    Suggestion(
        Hunch.CONTRADICTION,
        s.REWARD.id,
        s.RIVAL.id,
        "contradicts",
        f"- contradicts [[{s.RIVAL.title}]]",
        Span(s.REWARD.path, 27),
        0.61,
        (Ground("figures on one metric disagree: “accuracy: 3 %” and “accuracy: 9 %”"), _NEAR),
    ),
    Suggestion(
        Hunch.MISSING_LINK,
        s.REWARD.id,
        s.QUESTION.id,
        "addresses",
        f"- addresses [[{s.QUESTION.title}]]",
        Span(s.REWARD.path, 27),
        0.52,
        (Ground("closeness 0.52, closer than 70% of the notes linked here"),),
    ),
)
RELATED = (
    Hit(
        s.RIVAL.id,
        s.RIVAL.title,
        s.RIVAL.path,
        11,
        0.61,
        {"semantic": 0.7, "words": 0.34},
        grounds=(_NEAR, Ground("shared rare words: ternary, [brackets]")),
    ),
)


def _estimate(value: float) -> Estimate:
    return Estimate(value, value - 0.05, value + 0.05)


CALIBRATION = CalibrationReport(
    made="2026-01-02T03:04:05Z",
    fresh=False,
    changed=0.04,
    limit=0.1,
    model="abc",
    questions={"present": 30, "removed": 137, "beyond": 137},
    bins=(Bin(0.0, 0.1, 113, 0.05, 0.08), Bin(0.9, 1.0, 9, 0.95, 0.95)),
    ece=_estimate(0.1),
    brier=_estimate(0.126),
    auroc=_estimate(0.91),
    tradeoffs=(Tradeoff(0.02, math.inf, 0.0, 0.0), Tradeoff(0.1, 0.54, 0.87, 0.081)),
    resamples=1000,
)
TOO_FEW = CalibrationReport("2026-01-02T03:04:05Z", True, 0.0, 0.1, "", {"present": 0})
RETRIEVAL = RetrievalReport(
    "animals",
    82,
    35,
    (
        Ranked(
            "keyword",
            _estimate(0.5),
            _estimate(0.54),
            _estimate(0.68),
            gain=_estimate(0.05),
            auroc=_estimate(0.7),
        ),
        Ranked("hybrid", _estimate(0.55), _estimate(0.57), _estimate(0.72), auroc=_estimate(0.8)),
    ),
    (
        Answerability(
            "they say that they have no answer",
            35,
            20,
            _estimate(0.8),
            _estimate(0.1),
            (Declined(0.1, _estimate(0.6), _estimate(0.08)),),
        ),
    ),
    1000,
    0,
)
OUTCOMES = (
    Outcome(Reply.RIGHT, "Is it learnable?", s.REWARD.title, s.REWARD.title, 0.93, "q.jsonl", 1),
    Outcome(Reply.WRONG, "Who is wrong?", s.REWARD.title, s.RIVAL.title, 0.7, "q.jsonl", 2),
    Outcome(Reply.DECLINED, "What of it?", s.REWARD.title, "", 0.2, "q.jsonl", 3),
    Outcome(Reply.IN_VAIN, "Who won?", "", s.RIVAL.title, 0.8, "q.jsonl", 4),
    Outcome(Reply.NAMED, "What does it reward?", s.REWARD.title, "", 0.5, "q.jsonl", 5),
)
RETURNED = Returned(
    99,
    {1: _estimate(0.4), 10: _estimate(0.78)},
    {1: _estimate(0.45), 10: _estimate(0.87)},
    {1: 0.016, 10: 0.156},
    1000,
    0,
)
