"""Odd questions, and an index or a model that is broken: one clear line, and what can be found."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from graphkit.search import encoder

if TYPE_CHECKING:
    from graphkit.search.encoder import Vectors

Program = Callable[..., Any]
SIZE = 64
LOAD = encoder.load


class Letters:
    """A model that knows texts by their words."""

    fingerprint = "letters"

    def encode(self, texts: Sequence[str], _on_progress: object = None) -> Vectors:
        import numpy as np

        vectors = np.full((len(texts), SIZE), 1e-3, dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.casefold().split():
                vectors[row, hashlib.sha256(word.encode(errors="replace")).digest()[0] % SIZE] += 1
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors


@pytest.fixture(autouse=True)
def _model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "load", lambda *_, **__: Letters())


ODD = {
    "a pasted book": "why is my tea bitter and how should it steep? " * 2200,
    "one endless word": "a" * 100_000,
    "only punctuation": "?!… --- ,,, ;",
    "a lone quotation mark": '"',
    "operators": 'AND OR NOT NEAR(tea bitter, 2) title:tea ^tea* -tea {a b} : ("',
    "Cyrillic": "Почему чай горький?",
    "Arabic": "لماذا الشاي مر؟",
    "Chinese": "为什么茶是苦的",
    "emoji": "🤷🍵🏴\u200d☠️",
    "NULs": "tea\0bitter\0",
    "escapes and markup": "\x1b[31m[bold]tea[/bold] ]] [[",
    "a lone surrogate": "tea \ud800",
}


@pytest.mark.parametrize("question", ODD.values(), ids=ODD)
@pytest.mark.parametrize("command", ["ask", "search"])
def test_odd_questions_end_as_any_other(
    graphkit: Program, vault: Path, command: str, question: str
) -> None:
    told = graphkit(command, question, "--vault", vault)
    assert told.code in (0, 1)
    assert "Traceback" not in told.err
    assert len(told.out) < 10_000
    assert "\x1b" not in told.out + told.err


@pytest.mark.parametrize("question", ["", " ", "\n\t"])
@pytest.mark.parametrize("command", ["ask", "search"])
def test_an_empty_question_is_asked_for(graphkit: Program, command: str, question: str) -> None:
    told = graphkit(command, question)
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("graphkit: give ")


def test_what_is_missing_is_told_as_it_was_written(graphkit: Program, vault: Path) -> None:
    told = graphkit("ask", "为什么茶是苦的", "--vault", vault)
    assert "No note covers  为什么茶是苦的" in told.out


def test_a_vault_without_notes_says_so(graphkit: Program, tmp_path: Path) -> None:
    told = graphkit("ask", "Why is my tea bitter?", "--vault", tmp_path)
    assert told.code == 1
    assert told.err == f"{tmp_path} holds no Markdown notes\n"
    assert "not in these notes" in told.out


def test_a_damaged_file_of_vectors_is_told_and_the_answer_is_the_same(
    graphkit: Program, vault: Path
) -> None:
    before = graphkit("search", "bitter tea", "--vault", vault)
    (file,) = (vault / ".graphkit").glob("*.vectors")
    file.write_bytes(file.read_bytes()[:-100])
    after = graphkit("search", "bitter tea", "--vault", vault)
    assert (after.code, after.out) == (before.code, before.out)
    assert after.err == f"the vectors in {file.name} were damaged; they are copied anew\n"
    assert graphkit("search", "bitter tea", "--vault", vault).err == ""


def test_a_damaged_index_is_told_and_the_notes_are_found(graphkit: Program, vault: Path) -> None:
    graphkit("search", "bitter tea", "--vault", vault)
    (vault / ".graphkit" / "search.sqlite").write_bytes(b"no database at all" * 500)
    told = graphkit("search", "bitter", "--vault", vault)
    assert "claims/steeping.md" in told.out
    assert "was damaged" in told.err


def test_without_a_model_the_words_are_searched(
    graphkit: Program, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoder, "load", LOAD)
    monkeypatch.setattr(encoder, "PACKAGE", "no_such_package")
    told = graphkit("search", "bitter", "--vault", vault)
    assert (told.code, told.err.count("\n")) == (0, 1)
    assert told.err.startswith("by keywords alone: there is no model for semantic search")
    assert "claims/steeping.md" in told.out


def test_with_other_weights_than_the_published_the_words_are_searched(
    graphkit: Program, vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "altered_weights"
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "model" / "model.safetensors").write_bytes(b"something else")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(encoder, "load", LOAD)
    monkeypatch.setattr(encoder, "PACKAGE", "altered_weights")
    told = graphkit("search", "bitter", "--vault", vault)
    assert (told.code, told.err.count("\n")) == (0, 1)
    assert "are not the published all-MiniLM-L6-v2" in told.err
    assert "claims/steeping.md" in told.out
