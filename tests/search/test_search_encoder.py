"""The model itself: exported once for all of these tests, which therefore share one process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from small_vault import note

from graphkit import graph, parse
from graphkit.errors import ModelError
from graphkit.models import Note
from graphkit.search import abstain, bert, eight_bits, encoder, export, find, passage
from graphkit.search.encoder import Precision
from graphkit.search.store import Store
from graphkit.workspace import lookup

pytestmark = pytest.mark.xdist_group("model")

NOTES = Path(__file__).parents[2] / "notes"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    encoder.load(folder)
    return folder


@pytest.fixture(scope="module")
def model(cache: Path) -> encoder.Encoder:
    return encoder.load(cache)


def test_in_floats_the_export_gives_the_vectors_of_sentence_transformers(tmp_path: Path) -> None:
    model = encoder.load(tmp_path, precision=Precision.FLOATS)
    texts, kept = export.probes()
    reference = encoder.reference().encode(texts)
    assert np.sum(reference * kept, axis=1).min() > 0.9999
    assert np.sum(reference * model.encode(texts), axis=1).min() > 0.9999
    assert encoder.reference().fingerprint == model.fingerprint


def test_in_eight_bits_it_comes_close_to_them(model: encoder.Encoder) -> None:
    texts, kept = export.probes()
    assert np.sum(kept * model.encode(texts), axis=1).min() > 0.98
    assert np.sum(kept * model.encode(texts), axis=1).mean() > 0.995
    assert encoder.reference().fingerprint != model.fingerprint


def test_where_eight_bits_are_too_coarse_it_is_in_floats(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(eight_bits, "LEVELS", 5)
    fallen_back = encoder.load(tmp_path)
    assert export.agreement(fallen_back) > 0.9999
    assert fallen_back.fingerprint == encoder.reference().fingerprint
    assert encoder.load(tmp_path).fingerprint == fallen_back.fingerprint


def test_a_text_has_one_vector_whatever_it_is_encoded_with(model: encoder.Encoder) -> None:
    texts = [f"{'word ' * (at % 7)}number {at}" for at in range(40)]
    together = model.encode(texts)
    alone = np.vstack([model.encode([text]) for text in texts[:9]])
    assert np.sum(together[:9] * alone, axis=1).min() > 0.9999
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


def test_nothing_and_odd_texts_are_encoded(model: encoder.Encoder) -> None:
    assert len(model.encode([])) == 0
    assert np.isfinite(model.encode(["", "\0", "\ud800", "🙂" * 5_000, "x" * 100_000])).all()


def test_progress_counts_texts(model: encoder.Encoder) -> None:
    seen: list[tuple[int, int]] = []
    model.encode(["one", "two"] * 5, lambda done, total: seen.append((done, total)))
    assert seen[-1] == (10, 10)


@pytest.mark.parametrize("name", [*encoder.FILES, "manifest.json"])
def test_a_damaged_file_of_an_export_is_noticed(cache: Path, tmp_path: Path, name: str) -> None:
    (found,) = cache.iterdir()
    mine = shutil.copytree(found, tmp_path / "mine", copy_function=os.link)
    assert encoder.kept(mine) == Precision.EIGHT_BITS
    size = (mine / name).stat().st_size
    (mine / name).unlink()
    assert encoder.kept(mine) is None
    (mine / name).write_bytes(b"{" * (size - (name == "model.weights")))
    assert encoder.kept(mine) is None


def test_an_export_is_written_once_and_again_when_a_file_of_it_is_broken(
    cache: Path, tmp_path: Path
) -> None:
    exports: list[None] = []
    mine = tmp_path / "models"
    shutil.copytree(cache, mine)
    assert encoder.load(mine, on_export=lambda: exports.append(None))
    assert not exports
    (graph_file,) = mine.glob("*/model.onnx")
    graph_file.write_bytes(b"")
    assert encoder.load(mine, on_export=lambda: exports.append(None)).encode(["text"]).any()
    assert len(exports) == 1
    assert not list(mine.glob(".export-*"))


def test_an_export_that_differs_from_the_reference_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bert, "HEADS", 6)  # the same weights, another model
    with pytest.raises(ModelError, match="differs from the reference"):
        encoder.load(tmp_path)
    assert not list(tmp_path.iterdir())


def test_without_the_package_one_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoder, "PACKAGE", "no_such_package")
    with pytest.raises(ModelError, match="keyword search works without"):
        encoder.load(tmp_path)


def test_other_weights_under_the_same_name_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "other_weights"
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "model" / "model.safetensors").write_bytes(b"not the published weights")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(encoder, "PACKAGE", "other_weights")
    with pytest.raises(ModelError, match="not the published all-MiniLM-L6-v2") as raised:
        encoder.load(tmp_path / "cache")
    assert "reinstall" in str(raised.value)
    assert not (tmp_path / "cache").exists()


def test_a_model_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="does not load"):
        encoder.load(tmp_path, str(tmp_path / "nowhere")).encode(["text"])


@pytest.fixture(scope="module")
def claims(
    model: encoder.Encoder, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Store, Mapping[str, set[str]]]:
    """An index of every second bundled claim, and what each is linked with."""
    parsed = [
        parse.note(file.read_text("utf-8"), str(file.relative_to(NOTES)))
        for file in sorted((NOTES / "claims").glob("*.md"))[1::2]
    ]
    store = Store(tmp_path_factory.mktemp("claims") / "index.sqlite")
    store.sync(each.note for each in parsed)
    store.encode(model)
    return store, lookup.linked(graph.build(parsed))


def test_what_the_notes_answer_is_answered_in_other_words(
    claims: tuple[Store, Mapping[str, set[str]]], model: encoder.Encoder
) -> None:
    store, links = claims
    question = "Why do reasoning models stop saying I don't know?"
    # So few claims cannot promise that a tenth is wrong without declining much of what they hold.
    hits, judgement, *_ = abstain.ask(store, question, encoder=model, links=lambda: links, risk=0.2)
    assert hits[0].title == "Does reasoning fine-tuning make models worse at declining to answer?"
    assert judgement.answerable
    assert judgement.confidence > 0.6


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("What is a good recipe for sourdough bread?", "sourdough"),
        ("How far away is the nearest star?", "star"),
        ("Who won the election in 1912?", "1912"),
        ("", ""),
    ],
)
def test_what_the_notes_do_not_hold_is_declined(
    claims: tuple[Store, Mapping[str, set[str]]],
    model: encoder.Encoder,
    question: str,
    missing: str,
) -> None:
    store, links = claims
    judgement = abstain.ask(store, question, encoder=model, links=lambda: links).judgement
    assert not judgement.answerable
    assert judgement.confidence < 0.3
    assert missing in (*judgement.missing, "")


WARM = """
import sys
from pathlib import Path
from graphkit.search import abstain, encoder
from graphkit.search.store import Store

cache, index = map(Path, sys.argv[1:])
with Store(index) as store:
    assert abstain.ask(store, "What is abstention?", encoder=encoder.load(cache)).hits
for heavy in ("torch", "transformers", "sentence_transformers", "onnx", "networkx", "pydantic"):
    assert heavy not in sys.modules, heavy
"""


def test_asking_again_loads_nothing_heavy(
    cache: Path, model: encoder.Encoder, tmp_path: Path
) -> None:
    index = tmp_path / "index.sqlite"
    with Store(index) as store:
        store.sync([Note("a.md", "a", parse.note("", "a.md").note.kind, "Abstention")])
        abstain.ask(store, "What is abstention?", encoder=model)
    subprocess.run([sys.executable, "-c", WARM, str(cache), str(index)], check=True)


FACTS = {
    "How do otters keep from drifting apart?": "Sea otters hold paws while they sleep.",
    "What makes sea water salty?": "Rivers carry dissolved minerals into the ocean.",
    "How do bees tell where food is?": "Honeybees dance to show the way to flowers.",
    "Why is window glass see-through?": "No electron of silica absorbs visible light.",
    "Which birds make tools?": "Crows of New Caledonia bend twigs into hooks.",
    "How is bread dough made to rise?": "Yeast ferments sugar, and its gas lifts the dough.",
}
ROUTINE = (
    "The committee met on the {0}th floor and approved the minutes of meeting {0}.",
    "Item {0} of the agenda was moved to the following week.",
    "A reminder about parking permits was sent to section {0}.",
    "The printer of room {0} was repaired and tested twice.",
    "Members of group {0} asked for a larger table.",
)


def minutes(number: int, fact: str, length: int) -> Note:
    """A note of many sentences of routine with a fact after three quarters of them."""
    lines = [ROUTINE[at % len(ROUTINE)].format(100 * number + at) for at in range(length)]
    lines.insert(3 * length // 4, fact)
    return note(f"Minutes {number}", " ".join(lines))


def found_first(notes: list[Note], model: encoder.Encoder, index: Path) -> int:
    """How many of the questions lead to their note by meaning alone."""
    with Store(index) as store:
        store.sync(notes)
        firsts = [
            find(store, question, mode="semantic", encoder=model, limit=1)[0].path
            for question in FACTS
        ]
    return sum(first == each.path for first, each in zip(firsts, notes, strict=True))


def test_an_answer_far_down_a_long_note_is_found_as_well_as_in_a_short_one(
    model: encoder.Encoder, tmp_path: Path
) -> None:
    short = [minutes(at, fact, 0) for at, fact in enumerate(FACTS.values())]
    long = [minutes(at, fact, 40) for at, fact in enumerate(FACTS.values())]
    ahead = long[0].paragraphs[0].text.split("Sea otters")[0]
    assert passage.cost(ahead) > encoder.TOKENS  # the model never reads so far in one go
    assert found_first(short, model, tmp_path / "short.sqlite") == len(FACTS)
    assert found_first(long, model, tmp_path / "long.sqlite") == len(FACTS)
