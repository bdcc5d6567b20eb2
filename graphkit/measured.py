"""What measurements hand over: frozen values, with their intervals and how they came about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Estimate(NamedTuple):
    """A figure with its 95 % bootstrap interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


class Bin(NamedTuple):
    """Questions of about one confidence: what was stated, and what turned out."""

    low: float
    high: float
    questions: int
    stated: float  # mean confidence
    held: float  # share that was answerable, both kinds taken as equally likely


class Tradeoff(NamedTuple):
    """What one level of risk costs and buys."""

    risk: float  # allowed share of wrong answers among all questions
    threshold: float  # strength from which on to answer; infinite: never
    coverage: float  # share of the answerable questions that get an answer
    wrong: float  # share of all questions with an answer that the notes do not hold


@dataclass(frozen=True)
class CalibrationReport:
    """How far a vault's confidence can be trusted, on questions that it was not fitted to."""

    made: str  # UTC time of the calibration, ISO 8601
    fresh: bool  # it was made just now
    changed: float  # share of the notes that changed since the one before, or since this one
    limit: float  # share from which on it is made anew
    model: str  # fingerprint of the encoder; empty for words alone
    questions: Mapping[str, int]  # self-made ones by kind: "present" has its answer in place
    bins: tuple[Bin, ...] = ()
    ece: Estimate | None = None  # None: too few questions to say
    brier: Estimate | None = None
    auroc: Estimate | None = None
    tradeoffs: tuple[Tradeoff, ...] = ()
    resamples: int = 0
    seed: int = 0


class Ranked(NamedTuple):
    """How well one ranking finds what it should."""

    name: str
    ndcg: Estimate  # at 10
    recall: Estimate  # at 10
    mrr: Estimate
    gain: Estimate | None = None  # of nDCG by the hybrid, on the same queries
    auroc: Estimate | None = None  # of its best score, where queries say if they are answerable


class Declined(NamedTuple):
    """What `ask` does at one level of risk."""

    risk: float
    coverage: Estimate  # share of the queries with an answer that get one
    wrong: Estimate  # answers to the others as a share of all, were half of all such


class Answerability(NamedTuple):
    """How `ask` tells queries with an answer from others."""

    others: str  # what makes the others unanswerable
    answerable: int
    unanswerable: int
    auroc: Estimate
    ece: Estimate
    rates: tuple[Declined, ...]


@dataclass(frozen=True)
class RetrievalReport:
    """A collection in BEIR layout, put to every ranking."""

    collection: str
    documents: int
    queries: int  # with relevant documents
    rankings: tuple[Ranked, ...]
    answerability: tuple[Answerability, ...]
    resamples: int
    seed: int


class Reply(StrEnum):
    """What became of a saved question: with an answer in the notes, or without one."""

    RIGHT = "right"  # the right claim came first
    WRONG = "wrong"  # another did
    NAMED = "declined but named"  # the right claim is among the nearest notes shown
    DECLINED = "declined"
    RIGHTLY_DECLINED = "rightly declined"
    IN_VAIN = "answered in vain"


class Outcome(NamedTuple):
    """What became of one saved question."""

    reply: Reply
    question: str
    expects: str  # title of the claim that should come first; empty: the notes hold no answer
    got: str  # title of the claim that came first; empty when the question was declined
    confidence: float
    file: str
    line: int

    @property
    def as_expected(self) -> bool:
        return self.reply in {Reply.RIGHT, Reply.RIGHTLY_DECLINED}


class Returned(NamedTuple):
    """How often taking an author's link away lets it be suggested again."""

    links: int
    within: Mapping[int, Estimate]  # k -> share found among the k closest from one of its ends
    either: Mapping[int, Estimate]  # from at least one of its ends
    chance: Mapping[int, float]  # what a random order would reach from one end
    resamples: int
    seed: int
