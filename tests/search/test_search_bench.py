"""A collection of judged queries: how it is read, and what is measured on it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from small_vault import WordEncoder

from graphkit.errors import GraphkitError
from graphkit.search import bench, collection
from graphkit.search.store import Store

SUBJECTS = (
    "Otters hold paws while they sleep in rafts on the water",
    "Rivers carry dissolved minerals that make the sea salty",
    "Bees dance to tell their hive where flowers are",
    "Lunar gravity raises two bulges of water called tides",
    "Fermentation by yeast works without oxygen from the air",
    "Lava that cools at the surface becomes basalt rock",
    "Caledonian crows bend twigs into hooks for their food",
    "European eels cross the Atlantic to spawn in the Sargasso",
    "Mercury is a metal that melts far below freezing",
    "Silica glass absorbs no visible light and looks clear",
    "Masons finished the tomb of Khufu in ancient Giza",
    "Cats land on their feet because of a righting reflex",
)
QUERIES = ("why do otters hold paws", "what makes the sea salty", "how do bees tell flowers")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "animals"
    (place / "qrels").mkdir(parents=True)
    documents = ({"_id": f"d{at}", "text": text} for at, text in enumerate(SUBJECTS))
    queries = [{"_id": f"q{at}", "text": text} for at, text in enumerate(QUERIES)]
    lost = {"_id": "q9", "text": "who won the world cup", "answerable": False}
    write(place / "corpus.jsonl", documents)
    write(place / "queries.jsonl", [*queries, lost])
    judged = (f"q{at}\td{place_}\t1" for at, place_ in enumerate((0, 1, 2)))
    (place / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n" + "\n".join(judged))
    return place


def write(file: Path, records: Iterable[object]) -> None:
    file.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")


def test_every_ranking_is_measured_on_the_same_queries(folder: Path, tmp_path: Path) -> None:
    with Store(tmp_path / "index.sqlite") as store:
        found = bench.report(bench.search(collection.read(folder), store, WordEncoder()))
    assert (found.collection, found.documents, found.queries) == ("animals", 12, 3)
    assert [each.name for each in found.rankings] == list(bench.RANKINGS)
    for each in found.rankings:
        assert each.ndcg.value == each.recall.value == each.mrr.value == 1
        assert each.auroc
        assert each.auroc.value == 1
    kinds = {each.others: each for each in found.answerability}
    assert [each.unanswerable for each in kinds.values()] == [1, 3]


def test_a_grep_counts_the_words_of_the_query(folder: Path, tmp_path: Path) -> None:
    with Store(tmp_path / "index.sqlite") as store:
        found = bench.search(collection.read(folder), store, WordEncoder())
    counts = {found.documents[row]: count for row, count in found.asked[1].grep.items()}
    assert counts == {"d1": 2}


@pytest.mark.parametrize(
    ("file", "line", "text", "says"),
    [
        ("corpus.jsonl", 2, '{"_id": "d0", "text": "a"}\nnot json\n', "no JSON"),
        ("corpus.jsonl", 1, '{"_id": "d0"}\n', 'no "text"'),
        ("corpus.jsonl", 1, "[]\n", "no JSON object"),
        ("queries.jsonl", 1, '{"_id": "q0", "text": "a", "answerable": "no"}\n', "answerable"),
        ("queries.jsonl", 3, '{"_id": "q0", "text": "a"}\n\n{"text": "b"}\n', 'no "_id"'),
        ("qrels/test.tsv", 2, "q\td\ts\nq0 d0 1\n", "no judgement"),
        ("qrels/test.tsv", 1, "q0\tnowhere\t1\n", "nowhere"),
    ],
)
def test_a_bad_line_is_named(folder: Path, file: str, line: int, text: str, says: str) -> None:
    (folder / file).write_text(text)
    with pytest.raises(GraphkitError) as caught:
        collection.read(folder)
    assert caught.value.message.startswith(f"{folder / file}:{line}: ")
    assert says in caught.value.message


@pytest.mark.parametrize("file", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_missing_file_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()
    with pytest.raises(GraphkitError, match=file):
        collection.read(folder)
