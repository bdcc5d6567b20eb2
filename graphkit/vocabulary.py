"""The words GraphKit speaks: kinds of node, typed relations, states of a claim.

Parser, linter, standing, explorer, exports and the generated documentation read these
tables and nothing else. To add a relation, add one row to `RELATIONS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple


class Kind(StrEnum):
    """What a node is. A ghost is the target of a link that nothing in the vault answers."""

    CLAIM = "claim"
    SOURCE = "source"
    QUESTION = "question"
    RESULT = "result"
    NOTE = "note"
    GHOST = "ghost"


PREFIXES: Final = {
    Kind.CLAIM: "CLM",
    Kind.SOURCE: "SRC",
    Kind.QUESTION: "QUE",
    Kind.RESULT: "RES",
    Kind.NOTE: "NOTE",
    Kind.GHOST: "GHOST",
}

ANY: Final = frozenset(Kind)
_CLAIM: Final = frozenset({Kind.CLAIM})
_QUESTION: Final = frozenset({Kind.QUESTION})
_SOURCE: Final = frozenset({Kind.SOURCE})
_RESULT: Final = frozenset({Kind.RESULT})
_EVIDENCE: Final = frozenset({Kind.CLAIM, Kind.SOURCE, Kind.RESULT})

_CITO: Final = "http://purl.org/spar/cito/"
_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
_PROV: Final = "http://www.w3.org/ns/prov#"


@dataclass(frozen=True, slots=True)
class Relation:
    """One row of the table: how a typed link is spelt, where it fits and what it counts for."""

    name: str
    inverse: str
    subjects: frozenset[Kind]
    objects: frozenset[Kind]
    sign: int  # +1 supports its object, -1 opposes it, 0 neither
    glyph: str
    iri: str
    meaning: str
    synonyms: tuple[str, ...] = ()
    inverse_synonyms: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()  # list headings under which the *items* are the subject
    cues: tuple[str, ...] = ()  # phrases of prose from which the relation may be inferred
    hierarchical: bool = False  # a chain of these must not come back to its start

    @property
    def symmetric(self) -> bool:
        return self.inverse == self.name

    def fits(self, subject: Kind, object_: Kind) -> bool:
        """Whether nodes of these kinds may stand at its two ends. A ghost fits anywhere."""
        forward = subject in self.subjects | {Kind.GHOST} and object_ in self.objects | {Kind.GHOST}
        if forward or not self.symmetric:
            return forward
        return object_ in self.subjects | {Kind.GHOST} and subject in self.objects | {Kind.GHOST}


RELATIONS: Final = (
    Relation(
        "is evidence for", "has evidence", _EVIDENCE, _CLAIM, +1, "⊢", _CITO + "supports",
        "The subject makes the claim more likely to be true.",
        synonyms=("supports", "backs", "evidence for"),
        inverse_synonyms=("is supported by", "supported by", "is backed by", "evidence"),
        headings=("evidence for", "supporting evidence"),
        cues=("primary evidence for", "direct evidence for", "evidence for"),
    ),
    Relation(
        "reports", "is reported by", _SOURCE, _CLAIM, +1, "▤", _CITO + "documents",
        "The work states the claim as a finding of its own.",
        synonyms=("states", "finds"),
        inverse_synonyms=("reported by", "source"),
        headings=("sources",),
    ),
    Relation(
        "reproduces", "is reproduced by", _RESULT, _CLAIM, +1, "✓", _CITO + "confirms",
        "A run of the claim's test came out as the claim says.",
        synonyms=("confirms",),
        inverse_synonyms=("reproduced by",),
    ),
    Relation(
        "fails to reproduce", "is not reproduced by", _RESULT, _CLAIM, -1, "✗", _CITO + "refutes",
        "A run of the claim's test showed no effect, or the opposite one.",
        synonyms=("does not reproduce",),
        inverse_synonyms=("not reproduced by",),
    ),
    Relation(
        "tests", "is tested by", _RESULT, _CLAIM, 0, "⚗", _CITO + "discusses",
        "A run of the claim's test settled nothing yet.",
        inverse_synonyms=("tested by",),
    ),
    Relation(
        "contradicts", "contradicts", _EVIDENCE, _CLAIM, -1, "⊥", _CITO + "disagreesWith",
        "Both ends cannot be right as they stand.",
        synonyms=("opposes", "refutes", "disputes", "is contradicted by", "contradicted by"),
        headings=("evidence against", "contradicting evidence"),
        cues=("contradicts", "evidence against"),
    ),
    Relation(
        "resolves", "is resolved by", _CLAIM, _CLAIM | _QUESTION, 0, "◆",
        _CITO + "providesConclusionsFor",
        "The claim removes a problem or a tension that the other end states.",
        synonyms=("solves", "settles"),
        inverse_synonyms=("resolved by", "solved by"),
        cues=("potential resolution", "direct solution", "resolution via", "solution to"),
    ),
    Relation(
        "addresses", "is addressed by", frozenset({Kind.CLAIM, Kind.NOTE}), _QUESTION, 0, "→",
        _CITO + "repliesTo",
        "The subject is part of an answer to the question.",
        synonyms=("answers",),
        inverse_synonyms=("addressed by", "answered by", "is answered by"),
    ),
    Relation(
        "explains", "is explained by", _CLAIM, _CLAIM, 0, "∵", _CITO + "givesBackgroundTo",
        "The subject says why the object holds.",
        inverse_synonyms=("explained by",),
    ),
    Relation(
        "causes", "is caused by", _CLAIM, _CLAIM, 0, "⇒", _PROV + "influenced",
        "What the subject states brings about what the object states.",
        inverse_synonyms=("caused by",),
    ),
    Relation(
        "extends", "is extended by", _CLAIM, _CLAIM, 0, "⊕", _CITO + "extends",
        "The subject adds a case or a mechanism to the object.",
        inverse_synonyms=("extended by",),
        cues=("third mechanism", "second mechanism", "another mechanism", "further mechanism"),
        hierarchical=True,
    ),
    Relation(
        "depends on", "is depended on by", _CLAIM, _CLAIM, 0, "⊃", _CITO + "obtainsSupportFrom",
        "The subject holds only where the object holds.",
        synonyms=("requires", "relies on"),
        inverse_synonyms=("required by", "is required by"),
        hierarchical=True,
    ),
    Relation(
        "qualifies", "is qualified by", _EVIDENCE, _CLAIM, 0, "≈", _CITO + "qualifies",
        "The subject narrows the claim: a scope, a condition, a figure restated.",
        synonyms=("limits", "narrows"),
        inverse_synonyms=("qualified by", "limited by"),
    ),
    Relation(
        "cites", "is cited by", ANY, _SOURCE, 0, "¶", _CITO + "cites",
        "The subject refers to the work without saying what it shows.",
        synonyms=("refers to",),
        inverse_synonyms=("cited by",),
    ),
    Relation(
        "retracts", "is retracted by", _SOURCE | {Kind.NOTE}, _SOURCE, 0, "⊗", _CITO + "retracts",
        "The subject withdraws the work: what leans on it may fall.",
        synonyms=("withdraws",),
        inverse_synonyms=("retracted by", "withdrawn by"),
    ),
    Relation(
        "is similar to", "is similar to", ANY, ANY, 0, "∼", _SKOS + "closeMatch",
        "Both ends are about nearly the same thing.",
        synonyms=("similar to", "similar"),
        headings=("similar works",),
    ),
    Relation(
        "relates to", "relates to", ANY, ANY, 0, "↔", _SKOS + "related",
        "Both ends belong together; the author did not say how.",
        synonyms=("related to", "related", "relates", "see also"),
    ),
    Relation(
        "mentions", "is mentioned by", ANY, ANY, 0, "·", _CITO + "linksTo",
        "An untyped link.",
    ),
)  # fmt: skip


class Match(NamedTuple):
    """A relation found by its words; `inverted` when they were its inverse label."""

    relation: Relation
    inverted: bool


_JOINT: Final = re.compile(r"[\s_-]+|(?<=[a-z])(?=[A-Z])")


def fold(words: str) -> str:
    """Fold what does not matter in relation words: how words are joined, case, a final colon.

    "dependsOn", "depends_on" and "Depends-on:" are all "depends on".
    """
    return _JOINT.sub(" ", words.rstrip(": ")).strip().casefold()


class Vocabulary:
    """The relation table with its look-ups; a vault may bring rows of its own."""

    def __init__(self, rows: Iterable[Relation] = RELATIONS) -> None:
        self.rows = tuple(rows)
        self.by_name = {row.name: row for row in self.rows}
        self.rank = {row.name: place for place, row in enumerate(self.rows)}
        self._words: dict[str, Match] = {}
        self._headings: dict[str, Match] = {}
        for row in self.rows:
            for word in (row.name, *row.synonyms):
                self._words.setdefault(fold(word), Match(row, inverted=False))
            for word in (row.inverse, *row.inverse_synonyms):
                self._words.setdefault(fold(word), Match(row, inverted=not row.symmetric))
            for word in row.headings:
                self._headings[fold(word)] = Match(row, inverted=True)

    def find(self, words: str) -> Match | None:
        """The relation that these words name, or None. Reads name, inverse and synonyms."""
        return self._words.get(fold(words))

    def find_heading(self, words: str) -> Match | None:
        """As `find`, for a heading over a list: under some headings the items are the subject."""
        return self._headings.get(fold(words)) or self.find(words)

    def words(self) -> tuple[str, ...]:
        """All folded words that name a relation, for "did you mean"."""
        return tuple(self._words)


VOCABULARY: Final = Vocabulary()


class Stand(StrEnum):
    """How a claim stands on its evidence, or a question on its answers."""

    UNSUPPORTED = "unsupported"
    SUPPORTED = "supported"
    REFUTED = "refuted"
    CONTESTED = "contested"
    ANSWERED = "answered"
    OPEN = "open"


class Outcome(StrEnum):
    """What the runs of a claim's tests say, from worst to best; the worst of several shows."""

    CONTRADICTED = "contradicted"
    NOT_REPRODUCED = "not reproduced"
    INCONCLUSIVE = "inconclusive"
    PARTLY = "partly reproduced"
    REPRODUCED = "reproduced"
    NOT_RUN = "not run"
    NOT_TESTABLE = "not testable here"


OUTCOME_RELATIONS: Final = {
    Outcome.CONTRADICTED: "fails to reproduce",
    Outcome.NOT_REPRODUCED: "fails to reproduce",
    Outcome.INCONCLUSIVE: "tests",
    Outcome.PARTLY: "qualifies",
    Outcome.REPRODUCED: "reproduces",
}
"""The edge from a result node to its claim, for a verdict of profile `full`; below it: `tests`."""


class Flag(StrEnum):
    """What else a reader must know about a claim."""

    STALE = "stale"
    AT_RISK = "at risk"
    QUALIFIED = "qualified"


class AnswerState(StrEnum):
    """How the notes answer a question."""

    ANSWERED = "answered"
    CONTESTED = "contested"
    OPEN = "open"
    NOT_IN_THESE_NOTES = "not in these notes"


class Severity(StrEnum):
    """How much a Problem matters, from most to least."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Mode(StrEnum):
    """How a search looks: by words, by meaning, or by both."""

    KEYWORD = "keyword"
    SEMANTIC = "semantic"
    HYBRID = "hybrid"


class Hunch(StrEnum):
    """What may be missing between two notes, in the order in which it matters."""

    CONTRADICTION = "candidate contradiction"
    DUPLICATE = "duplicate claim"
    ASKED_TWICE = "question asked twice"
    MISSING_LINK = "missing link"
