"""How well the search ranks and declines, on collections in BEIR layout.

    python benchmarks/retrieval.py FOLDER... [--cache FOLDER] [--threads 1] [--resamples 1000]

A folder holds `corpus.jsonl`, `queries.jsonl` (optionally with `answerable`) and `qrels/test.tsv`.
Printed per collection, with 95 % bootstrap intervals over its queries: nDCG@10, recall@10 and the
mean reciprocal rank of each ranking, and by how much `hybrid` is above it on the same queries;
then what `ask` makes of questions without an answer: those that `answerable` says have none, and
all others with the documents that answer them taken away. How well the strength that it goes by
tells them from questions with an answer (area under the ROC curve; for the former also the best
score of each ranking), what it answers at its own threshold, which it takes from the documents
alone, and how far its stated confidence is from the share that has an answer (expected
calibration error in ten bins, Naeini et al. 2015, both kinds equally common).

Last, nDCG@10 with the weight of the vectors chosen on the other collections given, so that no
figure in that table owes anything to the collection it is for. No label is used for anything but
scoring. Passages are encoded once and kept in the cache.
"""

from __future__ import annotations

import argparse
import json
import math
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from graphkit.models import Note, Paragraph
from graphkit.search import abstain, encoder, evidence, rank
from graphkit.search.abstain import Calibration
from graphkit.search.evidence import Field
from graphkit.search.rank import Scores
from graphkit.search.store import Store
from graphkit.vocabulary import Kind

DEPTH = 10  # hits that are looked at
CONSTANT = 60  # of reciprocal rank fusion (Cormack et al. 2009)
WEIGHTS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)  # of the vectors, tried in the last table
RISKS = (0.05, 0.1, 0.2)
BINS = 10  # of stated confidence

Ranking = Mapping[int, float]  # score by note row
Column = npt.NDArray[np.float64]  # one figure a query


class Query(NamedTuple):
    id: str
    text: str
    answerable: bool | None = None


class Collection(NamedTuple):
    name: str
    notes: tuple[Note, ...]
    queries: tuple[Query, ...]
    relevant: Mapping[str, Mapping[str, float]]  # query -> document -> gain


class Searched(NamedTuple):
    """A collection with the scores of its queries."""

    collection: Collection
    documents: Mapping[int, str]  # id by note row
    scores: tuple[Scores, ...]  # one a query
    strengths: Column  # one a query, by which `ask` decides
    bereft: Column  # the same with the relevant documents taken away; NaN where there are none
    calibration: Calibration


def reciprocal(scores: Scores) -> Ranking:
    """Naive fusion: the sum of the reciprocal ranks."""
    total: dict[int, float] = {}
    for part in (scores.keyword, scores.semantic):
        for place, note in enumerate(ordered(part), 1):
            total[note] = total.get(note, 0.0) + 1 / (CONSTANT + place)
    return total


RANKINGS: Mapping[str, Callable[[Scores], Ranking]] = {
    "keyword": lambda scores: scores.keyword,
    "semantic": lambda scores: scores.semantic,
    "reciprocal ranks": reciprocal,
    "hybrid": rank.fuse,
}


def ordered(ranking: Ranking) -> list[int]:
    return sorted(ranking, key=lambda note: (-ranking[note], note))


# Reading


def read(folder: Path) -> Collection:
    relevant: dict[str, dict[str, float]] = {}
    for line in (folder / "qrels" / "test.tsv").read_text("utf-8").splitlines()[1:]:
        query, document, gain = line.split("\t")
        if float(gain) > 0:
            relevant.setdefault(query, {})[document] = float(gain)
    queries = tuple(
        Query(each["_id"], each["text"], each.get("answerable"))
        for each in records(folder / "queries.jsonl")
    )
    notes = tuple(
        Note(
            path=f"{each['_id']}.md",
            id=each["_id"],
            kind=Kind.NOTE,
            title=each.get("title", ""),
            paragraphs=(Paragraph("", 1, each["text"]),),
        )
        for each in records(folder / "corpus.jsonl")
    )
    return Collection(folder.name, notes, queries, relevant)


def records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def search(collection: Collection, model: encoder.Encoder, cache: Path) -> Searched:
    """Put every query to the index as `search` and `ask` would."""
    with Store(cache / f"{collection.name}.sqlite") as store:
        store.sync(collection.notes)
        store.encode(model, lambda done, total: print(f"encoded {done} of {total}", end="\r"))
        matrix = store.matrix(model.fingerprint)
        texts = [query.text for query in collection.queries]
        vectors = model.encode(texts)
        posed = (
            rank.pose(store, text, "keyword", None)._replace(matrix=matrix, vector=vector)
            for text, vector in zip(texts, vectors, strict=True)
        )
        field = evidence.field(store, texts, matrix, vectors)
        documents = {row.row: row.id for row in store.rows().values()}
        return Searched(
            collection,
            documents,
            tuple(map(rank.measure, posed)),
            field.strength.max(axis=1).astype(float),
            bereft(collection, field, documents),
            abstain.calibrate(store, model),
        )


def bereft(collection: Collection, field: Field, documents: Mapping[int, str]) -> Column:
    """Strengths without the documents that answer each query."""
    ids = np.array([documents[note] for note in field.notes.tolist()])
    relevant = [list(collection.relevant.get(query.id, ())) for query in collection.queries]
    return np.array(
        [
            row[~np.isin(ids, gone)].max(initial=0.0) if gone else math.nan
            for row, gone in zip(field.strength, relevant, strict=True)
        ]
    )


# Measuring


class Quality(NamedTuple):
    ndcg: Column
    recall: Column
    reciprocal: Column


def quality(searched: Searched, ranked: Callable[[Scores], Ranking]) -> Quality:
    """The three measures of each query that has relevant documents."""
    pairs = zip(searched.collection.queries, searched.scores, strict=True)
    found = [
        graded([searched.documents[note] for note in ordered(ranked(scores))], wanted)
        for query, scores in pairs
        if (wanted := searched.collection.relevant.get(query.id))
    ]
    return Quality(*np.array(found).T)


def graded(documents: Sequence[str], wanted: Mapping[str, float]) -> tuple[float, float, float]:
    """nDCG (Järvelin and Kekäläinen 2002, linear gain), recall and reciprocal rank."""
    gains = [wanted.get(document, 0.0) for document in documents]
    best = discounted(sorted(wanted.values(), reverse=True))
    hits = sum(gain > 0 for gain in gains[:DEPTH])
    first = next((place for place, gain in enumerate(gains, 1) if gain > 0), math.inf)
    return discounted(gains) / best, hits / len(wanted), 1 / first


def discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(place + 1) for place, gain in enumerate(gains[:DEPTH], 1))


class Estimate(NamedTuple):
    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f} {self.high:.3f}]"


def mean(column: Column, resamples: int) -> Estimate:
    chance = np.random.default_rng(0)
    drawn = column[chance.integers(len(column), size=(resamples, len(column)))].mean(axis=1)
    return Estimate(float(column.mean()), *map(float, np.quantile(drawn, (0.025, 0.975))))


def separation(answerable: Column, others: Column, resamples: int) -> Estimate:
    """Chance that a question with an answer scores above one without (area under the curve)."""
    chance = np.random.default_rng(0)
    above = np.sign(answerable[:, None] - others[None, :]) / 2 + 0.5
    size, width = above.shape
    drawn = [
        above[np.ix_(chance.integers(size, size=size), chance.integers(width, size=width))].mean()
        for _ in range(resamples)
    ]
    return Estimate(float(above.mean()), *map(float, np.quantile(drawn, (0.025, 0.975))))


# Telling


def rows(searched: Searched, resamples: int) -> Iterator[str]:
    collection = searched.collection
    judged = sum(query.id in collection.relevant for query in collection.queries)
    yield (
        f"\n{collection.name}: {len(collection.notes)} documents, "
        f"{judged} queries with relevant ones"
    )
    yield f"{'':<18}{'nDCG@10':<22}{'recall@10':<22}{'MRR':<22}hybrid above it by, in nDCG@10"
    hybrid = quality(searched, RANKINGS["hybrid"])
    for name, ranked in RANKINGS.items():
        found = quality(searched, ranked)
        measures = "".join(f"{mean(column, resamples)!s:<22}" for column in found)
        gain = "" if name == "hybrid" else mean(hybrid.ndcg - found.ndcg, resamples)
        yield f"{name:<18}{measures}{gain}".rstrip()
    yield from answering(searched, resamples)


def answering(searched: Searched, resamples: int) -> Iterator[str]:
    """What `ask` makes of questions without an answer, beside those with one."""
    queries = searched.collection.queries
    lacking = np.array([query.answerable is False for query in queries])
    has = ~lacking & ~np.isnan(searched.bereft)
    if lacking.any():
        yield f"\n{'':<18}area under the ROC curve, {has.sum()} answerable, {lacking.sum()} not"
        for name, ranked in RANKINGS.items():
            best = np.array([max(ranked(each).values(), default=0.0) for each in searched.scores])
            yield f"{name:<18}{separation(best[has], best[lacking], resamples)}"
    kinds = {"unanswerable": searched.strengths[lacking], "taken away": searched.bereft[has]}
    columns = ("area under ROC", *(f"wrong at --risk {risk}" for risk in RISKS), "ECE")
    yield f"\n{'ask, answer is':<18}" + "".join(f"{name:<22}" for name in columns).rstrip()
    for name, column in kinds.items():
        if len(column):
            yield f"{name:<18}" + "".join(
                f"{figure!s:<22}" for figure in declining(searched, has, column, resamples)
            )
    shares = (
        mean(
            (searched.strengths[has] > searched.calibration.threshold(risk)).astype(float),
            resamples,
        )
        for risk in RISKS
    )
    yield f"{'there':<18}{'answered:':<22}" + "".join(f"{share!s:<22}" for share in shares)


def declining(
    searched: Searched, has: npt.NDArray[np.bool_], others: Column, resamples: int
) -> Iterator[Estimate | str]:
    """How `ask` tells questions from `others`, and how many it answers wrongly when half are."""
    yield separation(searched.strengths[has], others, resamples)
    for risk in RISKS:
        answered = others > searched.calibration.threshold(risk)
        yield mean(answered.astype(np.float64) * abstain.UNANSWERED, resamples)
    yield f"{miscalibration(searched.calibration, searched.strengths[has], others):.3f}"


def miscalibration(calibration: Calibration, answerable: Column, others: Column) -> float:
    """Expected calibration error of stated confidence when both kinds are equally common."""
    said = np.array([calibration.confidence(float(each)) for each in (*answerable, *others)])
    true = np.arange(len(said)) < len(answerable)
    weight = np.where(true, 0.5 / len(answerable), 0.5 / len(others))
    bins = np.minimum((said * BINS).astype(int), BINS - 1)
    return float(np.abs(np.bincount(bins, weight * (said - true), BINS)).sum())


def weighed(every: Sequence[Searched]) -> Iterator[str]:
    """nDCG@10 by the weight of the vectors, and with the weight that the others would choose."""
    table = np.array(
        [
            [quality(each, lambda s, w=weight: rank.fuse(s, w)).ndcg.mean() for weight in WEIGHTS]  # type: ignore[misc] # a default binds the weight
            for each in every
        ]
    )
    yield f"\n{'nDCG@10 by weight':<18}" + "".join(f"{w:<7}" for w in WEIGHTS) + "chosen on others"
    for at, each in enumerate(every):
        chosen = int(np.delete(table, at, axis=0).mean(axis=0).argmax())
        figures = "".join(f"{figure:<7.3f}" for figure in table[at])
        name = each.collection.name
        yield f"{name:<18}{figures}{table[at, chosen]:.3f} at {WEIGHTS[chosen]}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    temporary = Path(tempfile.gettempdir()) / "graphkit-retrieval"
    parser.add_argument("--cache", type=Path, default=temporary)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--resamples", type=int, default=1000)
    arguments = parser.parse_args()
    model = encoder.load(arguments.cache / "models", threads=arguments.threads)
    every = [search(read(folder), model, arguments.cache) for folder in arguments.folders]
    told: Iterable[str] = (row for each in every for row in rows(each, arguments.resamples))
    print(*told, sep="\n")
    if len(every) > 1:
        print(*weighed(every), sep="\n")


if __name__ == "__main__":
    main()
