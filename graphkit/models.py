"""The nouns: frozen values that the rooms hand to each other.

A `Link` is what an author wrote; an `Edge` is a link that was resolved. Paths are POSIX and
relative to the vault; lines and columns count from 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Final, NamedTuple

from graphkit.vocabulary import (
    PREFIXES,
    VOCABULARY,
    Flag,
    Kind,
    Outcome,
    Severity,
    Stand,
    Vocabulary,
)

DECISIVE_PROFILE: Final = "full"
RELEASED_PROFILE: Final = "released"  # of verdicts over results that others released
DECISIVE: Final = frozenset({DECISIVE_PROFILE, RELEASED_PROFILE})


def derived_id(kind: Kind, key: str) -> str:
    """The id of a node whose front matter states none: the kind's prefix and 8 hex digits.

    `key` is the vault-relative path of its note; for a source with an identifier, its first
    identifier, so that a work cited before it has a note keeps its id when it gets one.
    """
    digest = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{PREFIXES[kind]}-{digest[:8]}"


class Span(NamedTuple):
    """A place in a file."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a vault: a value, so that the rest still loads."""

    code: str  # stable, kebab-case: "missing-target"
    severity: Severity
    message: str
    span: Span
    hint: str = ""

    def plain(self) -> dict[str, str | int]:
        """The problem as plain values, as every JSON document has it."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
            "path": self.span.path,
            "line": self.span.line,
            "column": self.span.column,
            "hint": self.hint,
        }


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a claim's sentence states, so that a run can be compared with it."""

    value: float
    unit: str  # "%", "points", "x" or ""
    direction: str  # "down", "up" or ""
    metric: str  # the words it measures: "hallucination"
    baseline: str  # what it is compared with, when the sentence says so
    text: str  # as written
    span: Span


class Reported(NamedTuple):
    """What the words in brackets behind a link say of a measurement: "(p = 0.03, n = 412)"."""

    p: float | None = None  # the p value, or its bound
    bound: str = ""  # "=", "<", "≤", ">" or "≥", as the p value is stated
    n: int | None = None  # items, people or runs that were measured
    locator: str = ""  # where in the work: "section 4.2", "table 3", "p. 7"
    figures: tuple[Figure, ...] = ()


class Link(NamedTuple):
    """A link as its author wrote it."""

    target: str
    span: Span
    form: str  # wikilink, embed, markdown, reference, citation, identifier, tag, block, url
    alias: str = ""
    heading: str = ""
    block: str = ""
    relation: str = ""  # the author's words; empty for an untyped link
    inverted: bool = False  # the words read from target to page, as under "Evidence for"
    explicit: bool = False  # they stand in a field, so unknown words are kept and reported
    phrase: str = ""  # the prose a relation was inferred from; empty when the author typed it
    confidence: float = 1.0
    context: str = ""  # the words in brackets after it, else the sentence around it
    reported: Reported | None = None  # what these words say of a measurement, for a typed link


class Heading(NamedTuple):
    """A heading of a note."""

    text: str
    level: int
    line: int


class Paragraph(NamedTuple):
    """A block of prose: no front matter, relation list, managed block, code or maths.

    `text` keeps its line breaks, so that a sentence's line can be counted from `line`.
    """

    heading: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """What one file says about itself."""

    path: str
    id: str
    kind: Kind
    title: str
    summary: str = ""  # first paragraph of prose, the managed block left out
    aliases: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()  # normalised: "arXiv:2509.25760", "doi:10.1000/x", "@key"
    tags: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()  # claim tests that the front matter names
    headings: tuple[Heading, ...] = ()
    blocks: tuple[tuple[str, int], ...] = ()  # block ids with their lines
    paragraphs: tuple[Paragraph, ...] = ()
    figures: tuple[Figure, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()  # the other scalar front matter, in order


class ParsedNote(NamedTuple):
    """All that parsing takes out of one file."""

    note: Note
    links: tuple[Link, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one claim test, computed from run records."""

    test: str
    title: str  # the hypothesis in one line
    outcome: Outcome
    track: str = "A"  # A: trained here, B: released results, C: protocol for a hub model
    profile: str = ""  # smoke, quick or full; empty when nothing was run
    quantity: str = ""  # what `effect` measures
    unit: str = ""  # "points" or ""
    effect: float | None = None
    interval: tuple[float, float] | None = None
    seeds: tuple[int, ...] = ()
    cited: str = ""  # the source's own figure, in words; of an own experiment what is expected
    reasons: tuple[str, ...] = ()  # gates failed, guards missed, why it cannot be tested here
    measures: tuple[tuple[str, float], ...] = ()  # further quantities, named
    records: tuple[str, ...] = ()  # paths, relative to the records folder
    figure: str = ""  # file name of its plot in the figures folder
    stale: bool = False
    claims: tuple[str, ...] = ()  # ids of the claims it speaks for; filled by the workspace
    protocol: str = ""  # how one would test what cannot be tested here
    prints: tuple[str, ...] = ()  # of each record, a digest of what it says; by the workspace

    @property
    def decisive(self) -> bool:
        """Whether its runs may settle a claim: those of smaller profiles only point a direction."""
        return self.profile in DECISIVE

    @property
    def own(self) -> bool:
        """Whether the run is of an experiment that the vault registers itself."""
        return any(record.startswith("own/") for record in self.records)

    @property
    def hedge(self) -> str:
        """As `hedge`, of its outcome and profile."""
        return hedge(self.outcome, self.profile)


def hedge(outcome: Outcome, profile: str) -> str:
    """What must stand beside an outcome that settles nothing: "quick: direction only", else ""."""
    ran = outcome not in {Outcome.NOT_RUN, Outcome.NOT_TESTABLE}
    small = ran and profile not in DECISIVE
    return f"{profile or 'unnamed profile'}: direction only" if small else ""


def settles(outcome: Outcome, profile: str) -> bool:
    """Whether something was measured that decides: by a profile that may, and not inconclusive."""
    undecided = {Outcome.INCONCLUSIVE, Outcome.NOT_RUN, Outcome.NOT_TESTABLE}
    return profile in DECISIVE and outcome not in undecided


@dataclass(frozen=True, slots=True)
class Node:
    """A vertex of the graph: a note, a work known by its identifier, a run's outcome, a ghost."""

    id: str
    kind: Kind
    title: str
    path: str = ""  # empty when no file of the vault stands behind it
    line: int = 1
    summary: str = ""
    aliases: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    verdict: Verdict | None = None  # for a result
    retracted: str = ""  # for a work that was, in words: "retracted 2024-05-01"


class Edge(NamedTuple):
    """A resolved link. `relation` is always the forward name of its row, or the author's words."""

    source: str
    target: str
    relation: str
    span: Span
    phrase: str = ""
    confidence: float = 1.0
    context: str = ""
    heading: str = ""
    block: str = ""
    reported: Reported | None = None

    @property
    def inferred(self) -> bool:
        return bool(self.phrase)


class LinkCounts(NamedTuple):
    """Every link of a vault, by what became of it."""

    resolved: int = 0
    ambiguous: int = 0
    missing: int = 0
    external: int = 0


@dataclass(frozen=True)
class Graph:
    """Nodes by id and the edges between them; built once, never changed."""

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    problems: tuple[Problem, ...] = ()
    links: LinkCounts = field(default_factory=LinkCounts)
    verdicts: tuple[Verdict, ...] = ()  # also of tests that were not run and so have no node
    vocabulary: Vocabulary = VOCABULARY  # the relation table that its edges speak

    @cached_property
    def outgoing(self) -> Mapping[str, tuple[Edge, ...]]:
        return _grouped(self.edges, "source")

    @cached_property
    def incoming(self) -> Mapping[str, tuple[Edge, ...]]:
        return _grouped(self.edges, "target")


def _grouped(edges: tuple[Edge, ...], end: str) -> dict[str, tuple[Edge, ...]]:
    groups: dict[str, list[Edge]] = {}
    for edge in edges:
        groups.setdefault(getattr(edge, end), []).append(edge)
    return {key: tuple(group) for key, group in groups.items()}


class RelationGroup(NamedTuple):
    """The edges of one node under one label, as a reader of that node would say it."""

    label: str  # "is evidence for" outwards, "has evidence" inwards
    outgoing: bool
    edges: tuple[Edge, ...]


class TrackState(NamedTuple):
    """What the runs of one evidence track say of a claim."""

    track: str  # its letter
    outcome: Outcome
    profile: str  # of the run that gave the outcome
    stale: bool = False  # a run of it is of another protocol than the present one

    def __str__(self) -> str:
        return tested(self.outcome, self.profile)


def tested(outcome: Outcome, profile: str) -> str:
    """An outcome in words: "reproduced", or "reproduced (quick: direction only)"."""
    said = hedge(outcome, profile)
    return f"{outcome} ({said})" if said else outcome.value


class Standing(NamedTuple):
    """How a node stands, derived from the graph on every read."""

    id: str
    word: Stand
    supports: tuple[str, ...] = ()  # ids of the independent works and runs for it
    opposes: tuple[str, ...] = ()  # and against it
    test: Outcome = Outcome.NOT_RUN
    test_reason: str = ""
    flags: tuple[Flag, ...] = ()
    tracks: tuple[TrackState, ...] = ()  # `test` on each evidence track, by its letter
    profile: str = ""  # of the run that gave `test`

    @property
    def hedge(self) -> str:
        """What must stand beside `test` where its run settles nothing; else empty."""
        return hedge(self.test, self.profile)

    @property
    def tested(self) -> str:
        """`test` in words, never without its hedge."""
        return tested(self.test, self.profile)

    def __str__(self) -> str:
        match self.word:
            case Stand.CONTESTED if self.supports or self.opposes:
                return f"contested ({len(self.supports)} for, {len(self.opposes)} against)"
            case Stand.SUPPORTED:
                return f"supported ({len(self.supports)})"
            case Stand.REFUTED:
                return f"refuted ({len(self.opposes)})"
        return self.word.value


@dataclass(frozen=True, slots=True)
class Reason:
    """One node of a `why` tree: a statement, the edge that carries it, and what stands behind."""

    id: str
    says: str
    edge: Edge | None = None
    children: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A planned write to one note: nothing happens until the workspace is told to."""

    path: str
    before: bytes
    after: bytes
    causes: tuple[str, ...] = ()  # in words: "RES-12 went from reproduced to not reproduced"
    problem: Problem | None = None  # why it must be left alone, when it must
    source: str = ""  # the note's path before, when it is to move as well
    generated: str = ""  # the text of our own in it, from which later edits are told
    conflicts: tuple[str, ...] = ()  # where a person's words and the new ones cannot both stand
