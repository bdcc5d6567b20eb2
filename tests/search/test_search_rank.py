from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_vault import WordEncoder, note

from graphkit.errors import ModelError
from graphkit.search import find, related
from graphkit.search.rank import Scores, fuse, scaled
from graphkit.search.store import Store

VAULT = (
    note(
        "Can rewards teach abstention?",
        "A ternary reward makes abstaining learnable.",
        "Hallucination falls. Truthfulness rises.",
        headings=["Claim", "What was measured"],
    ),
    note("Who is asking matters", "Refusals depend on the persona and on its fandom."),
    note("Sparse updates", "Reinforcement changes a small share of parameters."),
    note("Stub"),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("cache") / "index.sqlite") as opened:
        opened.sync(VAULT)
        yield opened


@pytest.mark.parametrize("mode", ["keyword", "semantic", "hybrid"])
def test_the_note_that_says_it_comes_first(store: Store, mode: str) -> None:
    hits = find(store, "Does hallucination fall?", mode=mode, encoder=WordEncoder())
    assert hits[0].title == "Can rewards teach abstention?"
    assert hits[0].line == 7
    assert hits[0].snippet.startswith("Hallucination falls.")
    assert hits[0].id == "CLM-can-rewards-teach-abstention.md"


def test_parts_name_what_a_score_is_made_of(store: Store) -> None:
    hybrid = find(store, "persona refusals", encoder=WordEncoder())[0]
    assert set(hybrid.parts) == {"keyword", "semantic", "by words", "by meaning"}
    assert set(find(store, "persona", mode="keyword")[0].parts) == {"keyword", "by words"}


def test_a_poor_best_match_has_a_poor_score(store: Store) -> None:
    encoder = WordEncoder()
    good = find(store, "Refusals depend on the persona", encoder=encoder)[0]
    poor = find(store, "recipe for sourdough bread", encoder=encoder)[0]
    assert poor.score < 0.5 < good.score


def test_hybrid_without_a_model_is_keyword_and_semantic_says_what_to_do(store: Store) -> None:
    assert [hit.path for hit in find(store, "sparse")] == ["sparse-updates.md"]
    with pytest.raises(ModelError, match="pip install"):
        find(store, "sparse", mode="semantic")


def test_there_are_no_more_hits_than_asked_for(store: Store) -> None:
    assert len(find(store, "updates", limit=2, encoder=WordEncoder())) == 2


def test_related_notes_are_other_notes_from_stored_vectors(store: Store) -> None:
    store.encode(WordEncoder())
    store.remember("model", "words")
    hits = related(store, "sparse-updates.md", 2)
    assert len(hits) == 2
    assert "sparse-updates.md" not in [hit.path for hit in hits]
    assert related(store, "stub.md", 1)
    assert related(store, "nowhere.md") == ()


def test_related_notes_without_vectors_share_words(tmp_path: Path) -> None:
    with Store(tmp_path / "index.sqlite") as store:
        store.sync((*VAULT, note("More on sparse updates", "Parameters change.")))
        assert [hit.path for hit in related(store, "sparse-updates.md", 1)] == [
            "more-on-sparse-updates.md"
        ]


def test_an_empty_vault_has_no_hits(tmp_path: Path) -> None:
    with Store(tmp_path / "index.sqlite") as store:
        store.sync(())
        assert find(store, "anything", encoder=WordEncoder()) == ()


ODD = (
    "", " ", "?!…", "AND OR NOT NEAR(", 'title:"x" ^*', "\0", "🙂🙃", "\ud800", "не знаю", "知",
    "x" * 100_000, "word " * 20_000, "{a b}: c", "-- ; DROP TABLE note",
)  # fmt: skip


@pytest.mark.parametrize("query", ODD, ids=range(len(ODD)))
def test_no_query_raises(store: Store, query: str) -> None:
    for mode in ("keyword", "semantic", "hybrid"):
        assert len(find(store, query, mode=mode, encoder=WordEncoder())) <= 4


def test_signs_alone_are_near_nothing(store: Store) -> None:
    assert not find(store, "?!… 🙂", encoder=WordEncoder())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text())
def test_no_text_raises(store: Store, text: str) -> None:
    find(store, text, mode="keyword")


@given(st.dictionaries(st.integers(0, 9), st.floats(-5, 5)))
def test_scaled_scores_keep_their_order_between_zero_and_one(scores: dict[int, float]) -> None:
    found = scaled(scores)
    assert all(0 <= score <= 1 for score in found.values())
    by_score = [found[key] for key in sorted(scores, key=lambda key: scores[key])]
    assert by_score == sorted(by_score)


def test_a_note_best_in_both_rankings_is_best_in_their_sum() -> None:
    fused = fuse(Scores({1: 9.0, 2: 3.0}, {1: 0.8, 2: 0.7, 3: 0.1}))
    assert max(fused, key=lambda row: fused[row]) == 1


LIGHT = """
import sys
from pathlib import Path
from graphkit import search
from graphkit.models import Note, Paragraph
from graphkit.vocabulary import Kind

with search.store.Store(Path(sys.argv[1])) as store:
    store.sync([Note("a.md", "A", Kind.NOTE, "A", paragraphs=(Paragraph("", 1, "word"),))])
    assert search.find(store, "word", mode="keyword")
    assert search.related(store, "a.md") == ()
for heavy in ("numpy", "torch", "onnxruntime", "tokenizers", "sentence_transformers"):
    assert heavy not in sys.modules, heavy
"""


def test_keyword_search_loads_no_numpy_and_no_model(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", LIGHT, str(tmp_path / "index.sqlite")], check=True)
