"""The rules of standing, each with its reason: what an edge does, and what follows from it.

Nothing else decides how a claim or a question stands. `EFFECTS` sorts the edges that argue,
`EXCLUSIONS` says which of them do not count after all, `CLAIMS` and `QUESTIONS` give the word,
`FLAGS` what a reader must know beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import product
from typing import Final, NamedTuple, Protocol

from graphkit.vocabulary import Flag, Kind, Relation, Stand

ANSWERING: Final = frozenset({"addresses", "resolves"})
LEANING: Final = "depends on"  # has no sign, yet its subject falls with its object
QUALIFYING: Final = "qualifies"
LINES: Final = frozenset({Kind.SOURCE, Kind.RESULT})
"""Kinds whose nodes are independent lines of evidence: one work, or one run."""

_CLAIM: Final = frozenset({Kind.CLAIM})


class Effect(NamedTuple):
    """One row: what an edge of such a relation, between such nodes, does to its object."""

    group: str  # the field of `Argument` that it belongs to
    relation: Callable[[Relation], bool]
    subjects: frozenset[Kind]
    object: Kind
    edge: str  # which edges these are, in words
    does: str
    because: str


EFFECTS: Final = (
    Effect(
        "direct_for", lambda row: row.sign > 0, LINES, Kind.CLAIM,
        "a source or run that supports a claim",
        "is one line for it, however many notes cite it",
        "two notes about one paper know no more than the paper",
    ),
    Effect(
        "direct_against", lambda row: row.sign < 0, LINES, Kind.CLAIM,
        "a source or run that opposes a claim",
        "is one line against it, also where it is a line for it too",
        "a work that says both has not decided the matter",
    ),
    Effect(
        "supporters", lambda row: row.sign > 0, _CLAIM, Kind.CLAIM,
        "a claim that is evidence for another",
        "passes on all lines for it, over any number of steps",
        "a claim is worth what it rests on: a ring of claims rests on nothing",
    ),
    Effect(
        "attackers", lambda row: row.sign < 0, _CLAIM, Kind.CLAIM,
        "a claim that contradicts another",
        "lends its own sources and runs against it, once",
        "what speaks against a contradiction does not thereby speak for the claim",
    ),
    Effect(
        "dependants", lambda row: row.name == LEANING, _CLAIM, Kind.CLAIM,
        "a claim that depends on another",
        "is at risk with it, and lends it nothing",
        "a condition is no evidence for what it conditions",
    ),
    Effect(
        "qualifiers", lambda row: row.name == QUALIFYING, LINES | _CLAIM, Kind.CLAIM,
        "whatever qualifies a claim",
        "flags it, and counts on neither side",
        "a narrower claim is still a claim",
    ),
    Effect(
        "answers", lambda row: row.name in ANSWERING, _CLAIM, Kind.QUESTION,
        "a claim that addresses or resolves a question",
        "answers it as far as the claim stands",
        "a question is as settled as the best that is said to it, and no more",
    ),
)  # fmt: skip


class _Edge(Protocol):
    @property
    def inferred(self) -> bool: ...


class _Subject(Protocol):
    @property
    def retracted(self) -> str: ...


class Exclusion(NamedTuple):
    """One row: an edge that does nothing, whatever its relation does."""

    applies: Callable[[_Edge, _Subject], bool]
    edge: str
    does: str
    because: str
    remark: str  # why it does not count, in short


EXCLUSIONS: Final = (
    Exclusion(
        lambda edge, _: edge.inferred,
        "a relation inferred from prose",
        "is shown, and never counted",
        "its author did not write it",
        "inferred from prose",
    ),
    Exclusion(
        lambda _, subject: bool(subject.retracted),
        "whatever a retracted work says",
        "is no line on either side, and qualifies nothing",
        "what was taken back is no evidence, in either direction",
        "retracted",
    ),
)


def exclusion(edge: _Edge, subject: _Subject) -> Exclusion | None:
    """Why an edge with this subject does not count; None where nothing keeps it from counting."""
    for rule in EXCLUSIONS:  # asked of every edge: a generator would take twice as long
        if rule.applies(edge, subject):
            return rule
    return None


def argues(row: Relation) -> bool:
    """Whether edges of this relation can change a standing at all."""
    return any(effect.relation(row) for effect in EFFECTS)


def effect(row: Relation, subject: Kind, object_: Kind) -> Effect | None:
    """The rule for a relation between nodes of these kinds; None where it changes nothing."""
    if not row.fits(subject, object_):
        return None
    return next((each for each in EFFECTS if _applies(each, row, subject, object_)), None)


def _applies(rule: Effect, row: Relation, subject: Kind, object_: Kind) -> bool:
    return object_ is rule.object and subject in rule.subjects and rule.relation(row)


class ClaimRule(NamedTuple):
    """One row: the word of a claim with, or without, lines on either side."""

    word: Stand
    sides: tuple[bool, bool]  # whether there are lines for it, and against it
    when: str
    because: str


CLAIMS: Final = (
    ClaimRule(
        Stand.UNSUPPORTED, (False, False), "nothing counts for it or against it",
        "what cannot be followed to a work or a run is not known here",
    ),
    ClaimRule(
        Stand.SUPPORTED, (True, False), "lines for it, none against",
        "the number says on how many independent works and runs",
    ),
    ClaimRule(
        Stand.REFUTED, (False, True), "lines against it, none for",
        "opposed and unsupported is more than unsupported",
    ),
    ClaimRule(
        Stand.CONTESTED, (True, True), "lines on both sides",
        "numbers of works are no votes: which side is right is for a person to say",
    ),
)  # fmt: skip
CLAIM_WORDS: Final = {rule.sides: rule.word for rule in CLAIMS}


class QuestionRule(NamedTuple):
    """One row, the first that applies: the word of a question whose answers stand so."""

    word: Stand
    applies: Callable[[AbstractSet[Stand]], bool]
    when: str
    because: str


QUESTIONS: Final = (
    QuestionRule(
        Stand.CONTESTED, lambda words: Stand.CONTESTED in words,
        "a claim that answers it is contested",
        "a disputed answer must not hide behind an undisputed one",
    ),
    QuestionRule(
        Stand.ANSWERED, lambda words: Stand.SUPPORTED in words,
        "a claim that answers it is supported, and none is contested",
        "one supported answer is an answer",
    ),
    QuestionRule(
        Stand.OPEN, lambda _: True,
        "otherwise",
        "an unsupported or refuted answer leaves it as it was",
    ),
)  # fmt: skip


class FlagRule(NamedTuple):
    """One row: what else a reader must know about a claim."""

    flag: Flag
    when: str
    because: str


FLAGS: Final = (
    FlagRule(
        Flag.STALE, "a run's protocol or an input changed since it was made",
        "the run no longer speaks for what would be run now",
    ),
    FlagRule(
        Flag.AT_RISK, "it leans on something contested, refuted or stale",
        "an attacked supporter is no line against the claim, but it may fall with it",
    ),
    FlagRule(
        Flag.QUALIFIED, "something narrows it: its links say what",
        "the claim may hold only where the qualification does",
    ),
)  # fmt: skip


@cache
def question_word(words: frozenset[Stand]) -> Stand:
    """How a question stands whose answers stand so."""
    return next(rule.word for rule in QUESTIONS if rule.applies(words))


SHAKY: Final = frozenset({Stand.CONTESTED, Stand.REFUTED})
"""Words of a claim that put at risk what leans on it; a stale claim does so too."""


def effects(rows: Iterable[Relation]) -> dict[tuple[str, Kind, Kind], Effect | None]:
    """The rule for every relation of a vault that argues, between every two kinds."""
    return {
        (row.name, subject, object_): effect(row, subject, object_)
        for row in rows
        if argues(row)
        for subject, object_ in product(Kind, repeat=2)
    }
