"""What asking the notes gives: hits of a search, answers, suggestions.

Frozen values like those of `models`, above which they stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from graphkit.models import Edge, Node, Span, Standing
from graphkit.vocabulary import AnswerState, Hunch


class Ground(NamedTuple):
    """One reason for a proposal, in words, and the places where a reader can check it."""

    says: str
    places: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A node found by a search. `parts` names what its score is made of."""

    id: str
    title: str
    path: str
    line: int
    score: float
    parts: Mapping[str, float] = field(default_factory=dict)
    snippet: str = ""
    grounds: tuple[Ground, ...] = ()  # for a related note: what the two have in common


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that an author may want to write into a note. Nothing counts until it is."""

    hunch: Hunch
    source: str  # id of the node in whose note the line would stand
    target: str  # id of the other
    relation: str
    line: str  # to paste: "- relates to [[Title]]"
    span: Span  # where it would stand
    score: float  # closeness of the two notes, 0 to 1
    grounds: tuple[Ground, ...]


class Evidence(NamedTuple):
    """A node that bears on a claim, and the edge that says so."""

    node: Node
    edge: Edge


class AnswerClaim(NamedTuple):
    """A claim that answers a question, with how it stands and on what."""

    node: Node
    line: int
    standing: Standing
    evidence: tuple[Evidence, ...]


class Basis(NamedTuple):
    """What a confidence was learnt from, questions made of the notes, and where this one stands."""

    present: int  # questions with their answer in place
    absent: int  # with it taken away
    above_present: float  # shares of them that are less close to the notes than this question
    above_absent: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What the notes say to a question, or that they say nothing."""

    question: str
    state: AnswerState
    confidence: float  # calibrated probability that the notes answer it
    claims: tuple[AnswerClaim, ...] = ()
    missing: tuple[str, ...] = ()  # words of the question that no note covers
    nearest: tuple[Hit, ...] = ()
    level: float | None = None  # where it is declined, the least risk at which it is answered
    basis: Basis | None = None  # None: the notes are too few to learn a confidence from
