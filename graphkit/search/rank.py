"""From scores to hits: BM25 and vectors, fused.

The semantic score of a note is that of its best passage, mixed with that of the note as a whole
as far as the model could read the whole. Fusion is the convex sum of both rankings' min-max
normalised scores over all notes (Bruch et al., arXiv:2210.11934), which beat reciprocal ranks on
every collection measured.

What the first hits say is not taken back into the query: tried, it did not help on collections
other than those it was set on. By words (in the manner of RM3, Abdul-Jaleel et al. 2004; ten hits,
twenty words, weight .4, set on med) nDCG@10 changed by +.009 [-.003 +.023] on med, +.005
[-.028 +.033] on adi, .000 on half of CLAPNQ and -.003 [-.006 -.001] on pubmedqa. By vectors
(Rocchio 1971) it gained .005 on med and lost .010 on adi as set on med, and gained .018 on adi and
lost .007 on med as set on adi. Nor did ranking the first ten anew by their tokens help (the mean
over the query's of the greatest cosine, Khattab and Zaharia, arXiv:2004.12832): set on med, it
changed adi by -.002 [-.029 +.020], and it has ten passages read at every question.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from heapq import nlargest
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit.errors import ModelError
from graphkit.found import Hit
from graphkit.search import words
from graphkit.search.encoder import NO_MODEL, Encoder
from graphkit.search.passage import Form, Passage

if TYPE_CHECKING:
    from graphkit.search.cosine import Matrix
    from graphkit.search.encoder import Vectors
    from graphkit.search.store import Row, Store

DENSE: Final = 0.6  # weight of the semantic ranking in the sum
MODES: Final = ("keyword", "semantic", "hybrid")
SNIPPET: Final = 240  # characters


class Query(NamedTuple):
    """A text with all that is known of it before notes are compared."""

    text: str
    keyword: Mapping[int, float]  # BM25 by note row
    matrix: Matrix | None = None
    vector: Vectors | None = None


@dataclass(frozen=True)
class Scores:
    """Scores of notes by row, before they are fused."""

    keyword: Mapping[int, float] = field(default_factory=dict)  # BM25; absent: no word matches
    semantic: Mapping[int, float] = field(default_factory=dict)  # cosine, of every note
    best: Mapping[int, int] = field(default_factory=dict)  # row of the passage that says it best


def find(
    store: Store,
    text: str,
    *,
    limit: int = 10,
    mode: str = "hybrid",
    encoder: Encoder | None = None,
) -> tuple[Hit, ...]:
    """The notes that answer best, best first. Any text is a valid query.

    `mode` is keyword, semantic or hybrid; hybrid without an encoder is keyword. A hit's parts
    are `keyword` (BM25) and `semantic` (cosine), and what each gives to the score, `by words` and
    `by meaning`. Raises ModelError for semantic without an encoder.
    """
    scores = measure(pose(store, text, mode, encoder))
    return hits(store, text, scores, limit)


def pose(store: Store, text: str, mode: str, encoder: Encoder | None) -> Query:
    """Look a text up by its words and encode it, as far as the mode asks for."""
    if mode not in MODES:
        raise ValueError(f"mode is one of {', '.join(MODES)}, not {mode!r}")
    if mode == "semantic" and encoder is None:
        raise ModelError("semantic search needs a model", NO_MODEL)
    keyword = {} if mode == "semantic" else store.keyword(words.expression(text))
    if mode == "keyword" or encoder is None or not words.terms(text):  # signs alone mean nothing
        return Query(text, keyword)
    store.encode(encoder)
    return Query(text, keyword, store.matrix(encoder.fingerprint), encoder.encode([text])[0])


def measure(query: Query) -> Scores:
    """The scores of all notes for a query."""
    if query.matrix is None or query.vector is None or not len(query.matrix.notes):
        return Scores(query.keyword)
    from graphkit.search.cosine import best_passages, by_note

    found = by_note(query.matrix, query.vector[None])
    cosines = dict(zip(found.notes.tolist(), found.likeness()[0].tolist(), strict=True))
    return Scores(query.keyword, cosines, best_passages(query.matrix, query.vector))


class Shares(NamedTuple):
    """What words and meaning each give to the scores of notes, by row: they add up."""

    words: Mapping[int, float]
    meaning: Mapping[int, float]


def fuse(scores: Scores, weight: float = DENSE) -> dict[int, float]:
    """One score a note: the convex sum of the two, each scaled to 0..1 over all notes."""
    return summed(shares(scores, weight))


def summed(both: Shares) -> dict[int, float]:
    """The sum of the two parts of each score."""
    words_, meaning = both
    every = meaning.keys() | words_.keys()
    return {note: meaning.get(note, 0.0) + words_.get(note, 0.0) for note in every}


def shares(scores: Scores, weight: float = DENSE) -> Shares:
    """The two parts of each score.

    The sum is scaled by how good the best match is (its cosine), so that the best of bad hits
    does not look like a good one; the order is not touched.
    """
    keyword, semantic = scaled(scores.keyword, least=0.0), scaled(scores.semantic)
    if not semantic:
        return Shares(keyword, {})
    top = max(0.0, *scores.semantic.values(), 0.0)
    weight = weight if keyword else 1.0
    return Shares(
        {note: top * (1 - weight) * score for note, score in keyword.items()},
        {note: top * weight * score for note, score in semantic.items()},
    )


def scaled(scores: Mapping[int, float], least: float | None = None) -> dict[int, float]:
    """Scores moved to 0..1 by their least and greatest value."""
    if not scores:
        return {}
    low = min(scores.values()) if least is None else least
    span = max(scores.values()) - low
    return {note: (score - low) / span if span > 0 else 1.0 for note, score in scores.items()}


def hits(store: Store, text: str, scores: Scores, limit: int) -> tuple[Hit, ...]:
    """The best notes as hits with their line, snippet and parts."""
    parts = shares(scores)
    fused = summed(parts)
    least = min(nlargest(limit, fused.values()), default=0.0)
    best = (row for note, score in fused.items() if score >= least and (row := store.row(note)))
    order = sorted(best, key=lambda row: (-fused[row.row], row.path))
    asked = words.content(text)
    return tuple(_hit(store, row, fused[row.row], scores, parts, asked) for row in order[:limit])


def related(store: Store, path: str, limit: int = 10) -> tuple[Hit, ...]:
    """The notes closest in meaning to the note at `path`, from stored vectors; no model is loaded.

    Without vectors, the notes that share its words. An unknown path has no related notes.
    """
    own = next((row for row in store.rows().values() if row.path == path), None)
    if own is None:
        return ()
    pieces = store.passages(own.row)
    text = " ".join((own.title, *(piece.text for _, piece in pieces if piece.form == Form.WHOLE)))
    matrix = store.matrix(store.model()) if store.model() else None
    vector = _vector(matrix, own.row) if matrix else None
    words_of = {} if vector is not None else store.keyword(words.expression(text))
    scores = measure(Query(text, words_of, matrix, vector))
    found = hits(store, text, scores, limit + 1)
    return tuple(hit for hit in found if hit.path != path)[:limit]


def _vector(matrix: Matrix, note: int) -> Vectors | None:
    """The vector of a note as a whole, or of its title where it has no prose."""
    mine = (matrix.notes == note).nonzero()[0].tolist()
    wholes = [at for at in mine if matrix.forms[at] == Form.WHOLE]
    return matrix.vectors[(wholes or mine)[0]] if mine else None


def _hit(
    store: Store, row: Row, score: float, scores: Scores, shared: Shares, query: Collection[str]
) -> Hit:
    passage = _telling(store.passages(row.row), scores.best.get(row.row), query)
    parts = {
        name: round(values.get(row.row, 0.0), 4)
        for name, values in (
            ("keyword", scores.keyword),
            ("semantic", scores.semantic),
            ("by words", shared.words),
            ("by meaning", shared.meaning),
        )
        if values
    }
    line = passage.line if passage else 1
    snippet = passage.text[:SNIPPET] if passage else ""
    return Hit(row.id, row.title, row.path, line, round(score, 4), parts, snippet)


def _telling(
    passages: Collection[tuple[int, Passage]], best: int | None, query: Collection[str]
) -> Passage | None:
    """The passage to show: the one the model found closest, else the one with most query words."""
    by_row = dict(passages)
    if best in by_row:
        return by_row[best]
    windows = [piece for piece in by_row.values() if piece.form != Form.WHOLE]
    stems = [word[:5] for word in query]
    return max(
        windows,
        key=lambda piece: sum(stem in piece.text.casefold() for stem in stems),
        default=None,
    )
