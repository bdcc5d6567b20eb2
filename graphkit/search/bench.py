"""How well the search ranks and declines, on a collection of judged queries.

No label is used for anything but scoring: what `ask` goes by is calibrated on the documents alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from graphkit.measured import Answerability, Declined, Estimate, Ranked, RetrievalReport
from graphkit.search import abstain, evidence, measures, rank, words
from graphkit.search.measures import bootstrap, mean
from graphkit.search.rank import Scores

if TYPE_CHECKING:
    import numpy.typing as npt

    from graphkit.search.abstain import Calibration
    from graphkit.search.collection import Collection
    from graphkit.search.encoder import Encoder, Progress
    from graphkit.search.evidence import Field
    from graphkit.search.measures import Column
    from graphkit.search.store import Store

    Mask = npt.NDArray[np.bool_]

CONSTANT: Final = 60  # of reciprocal rank fusion (Cormack et al. 2009)
RISKS: Final = (0.05, 0.1, 0.2)
HYBRID: Final = "hybrid"

Ranking = Mapping[int, float]  # score by note row
_WORD: Final = re.compile(r"\w+")


class Asked(NamedTuple):
    """One query with the scores of all documents."""

    scores: Scores
    grep: Ranking


class Searched(NamedTuple):
    """A collection with what its queries brought up."""

    collection: Collection
    documents: Mapping[int, str]  # id by note row
    asked: tuple[Asked, ...]
    strengths: Column  # one a query, by which `ask` decides
    bereft: Column  # the same with the answering documents taken away; NaN where there are none
    calibration: Calibration


def reciprocal(asked: Asked) -> Ranking:
    """Naive fusion: the sum of the reciprocal ranks."""
    total: Counter[int] = Counter()
    for part in (asked.scores.keyword, asked.scores.semantic):
        for place, note in enumerate(ordered(part), 1):
            total[note] += 1 / (CONSTANT + place)  # type: ignore[assignment] # counts may be floats
    return total


RANKINGS: Final[Mapping[str, Callable[[Asked], Ranking]]] = {
    "grep": lambda asked: asked.grep,
    "keyword": lambda asked: asked.scores.keyword,
    "semantic": lambda asked: asked.scores.semantic,
    "reciprocal ranks": reciprocal,
    HYBRID: lambda asked: rank.fuse(asked.scores),
}


def ordered(ranking: Ranking) -> list[int]:
    return sorted(ranking, key=lambda note: (-ranking[note], note))


def search(
    collection: Collection, store: Store, encoder: Encoder, on_progress: Progress | None = None
) -> Searched:
    """Put every query to the index as `search` and `ask` would."""
    store.sync(collection.notes)
    store.encode(encoder, on_progress)
    matrix = store.matrix(encoder.fingerprint)
    texts = [query.text for query in collection.queries]
    vectors = encoder.encode(texts)
    documents = {row.row: row.id for row in store.rows().values()}
    grep = list(_matching(collection, documents, texts))
    posed = (
        rank.pose(store, text, "keyword", None)._replace(matrix=matrix, vector=vector)
        for text, vector in zip(texts, vectors, strict=True)
    )
    field = evidence.field(store, texts, matrix, vectors)
    return Searched(
        collection,
        documents,
        tuple(Asked(rank.measure(each), found) for each, found in zip(posed, grep, strict=True)),
        field.strength.max(axis=1, initial=0.0).astype(float),
        _bereft(collection, field, documents),
        abstain.calibrate(store, encoder),
    )


def _matching(
    collection: Collection, documents: Mapping[int, str], texts: Sequence[str]
) -> Iterator[Ranking]:
    """How many words of a query each document holds, as one would look with `grep -iw`."""
    row = {id_: row for row, id_ in documents.items()}
    holders: dict[str, set[int]] = {}
    for note in collection.notes:
        said = f"{note.title} {note.paragraphs[0].text}".casefold()
        for word in set(_WORD.findall(said)):
            holders.setdefault(word, set()).add(row[note.id])
    for text in texts:
        yield Counter(note for word in words.content(text) for note in holders.get(word, ()))


def _bereft(collection: Collection, field: Field, documents: Mapping[int, str]) -> Column:
    """Strengths without the documents that answer each query."""
    ids = np.array([documents[note] for note in field.notes.tolist()])
    relevant = [list(collection.relevant.get(query.id, ())) for query in collection.queries]
    return np.array(
        [
            row[~np.isin(ids, gone)].max(initial=0.0) if gone else np.nan
            for row, gone in zip(field.strength, relevant, strict=True)
        ]
    )


def report(searched: Searched) -> RetrievalReport:
    """Every measure of every ranking, and how `ask` declines, with intervals over the queries."""
    relevant = searched.collection.relevant
    return RetrievalReport(
        searched.collection.name,
        len(searched.collection.notes),
        sum(query.id in relevant for query in searched.collection.queries),
        tuple(_ranked(searched, name) for name in RANKINGS),
        tuple(_answerability(searched)),
        measures.RESAMPLES,
        measures.SEED,
    )


def quality(searched: Searched, ranked: Callable[[Asked], Ranking]) -> Column:
    """nDCG, recall and reciprocal rank of each query with relevant documents: (3, queries)."""
    relevant = searched.collection.relevant
    found = []
    for query, asked in zip(searched.collection.queries, searched.asked, strict=True):
        if gains := relevant.get(query.id):
            listed = [searched.documents[note] for note in ordered(ranked(asked))]
            found.append([measure(listed, gains) for measure in _MEASURES])
    return np.array(found).T


_MEASURES: Final = (measures.ndcg, measures.recall, measures.reciprocal_rank)


def _ranked(searched: Searched, name: str) -> Ranked:
    ndcg, recall, mrr = quality(searched, RANKINGS[name])
    best = quality(searched, RANKINGS[HYBRID])[0]
    return Ranked(
        name,
        ndcg=bootstrap(mean, ndcg),
        recall=bootstrap(mean, recall),
        mrr=bootstrap(mean, mrr),
        gain=None if name == HYBRID else bootstrap(mean, best - ndcg),
        auroc=_told_apart(searched, name),
    )


def _told_apart(searched: Searched, name: str) -> Estimate | None:
    """How well a ranking's best score tells labelled queries with an answer from those without."""
    lacking, has = _labels(searched)
    if not lacking.any() or not has.any():
        return None
    ranked = RANKINGS[name]
    best = np.array([max(ranked(each).values(), default=0.0) for each in searched.asked])
    return bootstrap(measures.auroc, best[has], best[lacking])


def _labels(searched: Searched) -> tuple[Mask, Mask]:
    """Masks of the queries without an answer, as they say, and of those with one."""
    said = [query.answerable for query in searched.collection.queries]
    lacking = np.array([each is False for each in said])
    return lacking, ~lacking & ~np.isnan(searched.bereft)


def _answerability(searched: Searched) -> Iterator[Answerability]:
    lacking, has = _labels(searched)
    answered = searched.strengths[has]
    kinds = {
        "they say that they have no answer": searched.strengths[lacking],
        "the answering documents were taken away": searched.bereft[has],
    }
    for kind, others in kinds.items():
        if len(answered) and len(others):
            yield Answerability(
                kind,
                len(answered),
                len(others),
                bootstrap(measures.auroc, answered, others),
                bootstrap(
                    measures.calibration_error,
                    *(_confidence(searched.calibration, each) for each in (answered, others)),
                ),
                tuple(_declined(searched.calibration, risk, answered, others) for risk in RISKS),
            )


def _confidence(calibration: Calibration, strengths: Column) -> Column:
    return np.array([calibration.confidence(each) for each in strengths.tolist()])


def _declined(calibration: Calibration, risk: float, answered: Column, others: Column) -> Declined:
    threshold = calibration.threshold(risk)
    return Declined(
        risk,
        bootstrap(mean, (answered > threshold).astype(float)),
        bootstrap(mean, (others > threshold).astype(float) * abstain.UNANSWERED),
    )
