"""Knowing when the notes do not hold an answer.

The vault labels itself: each note's own questions are asked once with the note in place and once
with it removed. One fixed score is mapped to a probability on these (logistic), and the threshold
for a level of risk is the split-conformal quantile of the scores of removed notes (Vovk et al.
2005; Angelopoulos and Bates, arXiv:2107.07511): of questions like those that the notes cannot
answer, at most that share is answered.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit.models import Hit
from graphkit.search import rank, words
from graphkit.search.passage import Form

if TYPE_CHECKING:
    from graphkit.search.encoder import Encoder, Vectors
    from graphkit.search.rank import Scores
    from graphkit.search.store import Store

VERSION: Final = 1
COVERAGE: Final = 0.2  # weight of the words' coverage beside the cosines
MOST_QUESTIONS: Final = 400  # enough for a threshold at one percent
FEWEST: Final = 8  # questions, below which a vault cannot be calibrated on itself
RISK: Final = 0.1


@dataclass(frozen=True)
class Calibration:
    """What a vault taught about its own scores. Plain numbers, kept beside the index."""

    version: int
    notes: str  # digest of the notes it was made on
    model: str  # fingerprint of the encoder; empty for keywords alone
    removed: tuple[float, ...]  # scores with the answering note taken away, ascending
    present: tuple[float, ...]  # and in place, ascending
    slope: float
    intercept: float

    def confidence(self, score: float) -> float:
        """Probability that a question with this score is answered in the notes."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.slope * score + self.intercept))))

    def threshold(self, risk: float) -> float:
        """Least score at which to answer, so that at most this share of what the notes cannot
        answer is answered all the same. Infinite when the vault is too small to promise it.
        """
        rank_ = math.ceil((len(self.removed) + 1) * (1 - risk))
        return self.removed[rank_ - 1] if rank_ <= len(self.removed) else math.inf


class Judgement(NamedTuple):
    """Whether to answer."""

    answerable: bool
    confidence: float  # probability that the notes hold the answer
    missing: tuple[str, ...]  # words of the question that no note covers


class Asked(NamedTuple):
    """All that a question brought up."""

    hits: tuple[Hit, ...]
    judgement: Judgement


def ask(
    store: Store,
    text: str,
    *,
    limit: int = 10,
    encoder: Encoder | None = None,
    risk: float = RISK,
    kinds: Collection[str] = (),
) -> Asked:
    """Hits for a question, and whether they answer it. Calibrates the vault when that is due."""
    calibration = calibrate(store, encoder)
    scores = rank.measure(store, text, "hybrid", encoder)
    found = rank.hits(store, text, scores, limit=limit, kinds=kinds)
    return Asked(found, judge(calibration, store, text, scores, risk))


def judge(
    calibration: Calibration, store: Store, text: str, scores: Scores, risk: float = RISK
) -> Judgement:
    """Whether the scores of a question are those of one that the notes answer."""
    holders = covering(store, text)
    score = strength(scores, holders)
    return Judgement(
        answerable=score > calibration.threshold(risk),
        confidence=calibration.confidence(score),
        missing=tuple(word for word, notes in holders.items() if not notes),
    )


def calibrate(store: Store, encoder: Encoder | None = None, *, force: bool = False) -> Calibration:
    """The vault's calibration: the kept one while notes and model are the same, else a new one."""
    model = encoder.fingerprint if encoder else ""
    kept = _recall(store.remembered(f"calibration {model}"))
    if kept and not force and (kept.notes, kept.model) == (store.digest(), model):
        return kept
    removed, present = trials(store, encoder)
    slope, intercept = logistic(present, removed)
    made = Calibration(
        VERSION,
        store.digest(),
        model,
        tuple(sorted(removed)),
        tuple(sorted(present)),
        slope,
        intercept,
    )
    store.remember(f"calibration {model}", json.dumps(asdict(made)))
    return made


def _recall(text: str | None) -> Calibration | None:
    if not text:
        return None
    fields = json.loads(text)
    if fields.get("version") != VERSION:
        return None
    return Calibration(
        **{**fields, "removed": tuple(fields["removed"]), "present": tuple(fields["present"])}
    )


def covering(
    store: Store, text: str, columns: str = "title names headings body"
) -> dict[str, frozenset[int]]:
    """The notes that hold each content word of a text."""
    return {word: store.having(word, columns) for word in words.content(text)}


def strength(scores: Scores, holders: dict[str, frozenset[int]], without: int = -1) -> float:
    """The one score behind a judgement: best cosine, and how much of the question one note covers.

    `without` is the row of a note that is taken for removed.
    """
    cosine = max((value for note, value in scores.semantic.items() if note != without), default=0.0)
    covered = coverage(holders, without)
    return cosine + COVERAGE * covered if scores.semantic else covered


def coverage(holders: dict[str, frozenset[int]], without: int = -1) -> float:
    """The greatest share of a question's words, by rarity, that a single note holds."""
    weights = {word: rarity(len(notes - {without})) for word, notes in holders.items()}
    total = sum(weights.values())
    sums: dict[int, float] = {}
    for word, notes in holders.items():
        for note in notes - {without}:
            sums[note] = sums.get(note, 0.0) + weights[word]
    return max(sums.values(), default=0.0) / total if total else 0.0


def rarity(notes: int) -> float:
    """Weight of a word that so many notes hold."""
    return 1 / math.log2(2 + notes)


def trials(store: Store, encoder: Encoder | None) -> tuple[list[float], list[float]]:
    """Scores of the vault's own questions with their note removed, and with it present.

    A question is its note's title, so the title is hidden when the note is compared with it: a
    reader's words are not the note's own.
    """
    rows = list(store.rows().values())
    chosen = random.Random(0).sample(rows, min(len(rows), MOST_QUESTIONS))  # noqa: S311 - no secret
    asked = [(row.row, row.title) for row in chosen if words.content(row.title)]
    if len(asked) < FEWEST:
        return [], []
    removed, present = [], []
    for (note, question), scores, own in _measured(store, encoder, asked):
        holders = covering(store, question)
        body = covering(store, question, "headings body")
        hidden = {word: (notes - {note}) | (body[word] & {note}) for word, notes in holders.items()}
        removed.append(strength(scores, holders, without=note))
        shown = rank.Scores(semantic={**scores.semantic, note: own} if scores.semantic else {})
        present.append(strength(shown, hidden))
    return removed, present


def _measured(
    store: Store, encoder: Encoder | None, asked: Sequence[tuple[int, str]]
) -> Iterable[tuple[tuple[int, str], Scores, float]]:
    """Each question with the scores of all notes, and its own note's with the title hidden."""
    if encoder is None:
        return [(each, rank.Scores(), 0.0) for each in asked]
    store.encode(encoder)
    matrix = store.matrix(encoder.fingerprint)
    queries = encoder.encode([question for _, question in asked])
    own = _untitled(store, encoder, [note for note, _ in asked], queries)
    return [
        (each, rank.Scores(semantic=rank.dense(matrix, query)[0]), score)
        for each, query, score in zip(asked, queries, own, strict=True)
    ]


def _untitled(
    store: Store, encoder: Encoder, notes: Sequence[int], queries: Vectors
) -> list[float]:
    """Cosine of each note, its title left out, with its own question."""
    from graphkit.search.store import Matrix

    pieces = [
        (note, piece.form, row, piece.text)
        for note in notes
        for row, piece in store.passages(note)
        if piece.form != Form.TITLE
    ]
    vectors = encoder.encode([text for *_, text in pieces])
    scores = []
    for note, query in zip(notes, queries, strict=True):
        mine = [at for at, piece in enumerate(pieces) if piece[0] == note]
        matrix = Matrix(
            vectors[mine],
            [note] * len(mine),
            [pieces[at][1] for at in mine],
            [pieces[at][2] for at in mine],
        )
        scores.append(rank.dense(matrix, query)[0].get(note, 0.0))
    return scores


def logistic(positive: Sequence[float], negative: Sequence[float]) -> tuple[float, float]:
    """Slope and intercept of P(positive) on a score (Platt 1999), slope never below zero.

    Newton's steps on the penalised likelihood, with Platt's softened targets, so that a vault
    whose questions are told apart perfectly gets no infinite slope.
    """
    points = [(score, (len(positive) + 1) / (len(positive) + 2)) for score in positive]
    points += [(score, 1 / (len(negative) + 2)) for score in negative]
    if not positive or not negative:
        return 10.0, -6.0
    centre = sum(score for score, _ in points) / len(points)
    slope, intercept = 1.0, 0.0
    for _ in range(50):
        step = _newton(points, centre, slope, intercept)
        slope, intercept = slope + step[0], intercept + step[1]
        if abs(step[0]) + abs(step[1]) < 1e-9:
            break
    slope = max(0.0, slope)
    return slope, intercept - slope * centre


def _newton(
    points: Sequence[tuple[float, float]], centre: float, slope: float, intercept: float
) -> tuple[float, float]:
    gradient_slope, gradient_intercept = -1e-3 * slope, 0.0
    a, b, c = 1e-3, 0.0, 1e-9
    for score, target in points:
        x = score - centre
        p = 1 / (1 + math.exp(-max(-30.0, min(30.0, slope * x + intercept))))
        gradient_slope += (target - p) * x
        gradient_intercept += target - p
        weight = p * (1 - p)
        a, b, c = a + weight * x * x, b + weight * x, c + weight
    determinant = a * c - b * b
    return (
        (c * gradient_slope - b * gradient_intercept) / determinant,
        (a * gradient_intercept - b * gradient_slope) / determinant,
    )
