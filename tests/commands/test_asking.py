"""The commands that search, ask, suggest and measure, on a machine without a model."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graphkit.commands.terminal import Progress
from graphkit.errors import ModelError

Program = Callable[..., Any]
STEEPING = "Longer steeping makes tea bitter"


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object, **__: object) -> None:
        raise ModelError("there is no model", "install it")

    monkeypatch.setattr("graphkit.search.encoder.load", none)


def document(told: Any) -> Any:
    return json.loads(told.out)


def test_related_notes_come_with_what_they_share(graphkit: Program, vault: Path) -> None:
    told = graphkit("related", STEEPING, "--vault", vault)
    assert told.code == 0
    assert "Cooler water makes tea sweeter" in told.out
    assert "linked already" in told.out
    assert "claims/water.md:9" in told.out
    (first, *_) = document(graphkit("related", STEEPING, "--vault", vault, "--json"))["hits"]
    assert first["grounds"][0].keys() == {"says", "places"}


@pytest.mark.parametrize(
    ("asked", "said"),
    [(["Why?", "--batch", "queries.jsonl"], "not both"), ([], "give a QUESTION")],
)
def test_a_question_is_given_once(graphkit: Program, asked: list[str], said: str) -> None:
    told = graphkit("ask", *asked)
    assert (told.code, told.out) == (2, "")
    assert said in told.err


@pytest.mark.parametrize("command", ["ask", "search"])
def test_signs_without_a_word_find_nothing_and_say_so(
    graphkit: Program, vault: Path, command: str
) -> None:
    told = graphkit(command, "?!… 🙂", "--vault", vault)
    assert told.code == 1
    assert "no word in it" in told.err


def test_search_by_meaning_says_why_it_cannot_be(graphkit: Program, vault: Path) -> None:
    told = graphkit("search", "tea", "--mode", "semantic", "--vault", vault)
    assert (told.code, told.out) == (2, "")
    assert "semantic search needs a model: there is no model (install it)" in told.err


SWEET = """\
---
kind: claim
title: Steeping time leaves tea sweet
---
# Steeping time leaves tea sweet

Steeping for five minutes lowers bitterness by 5 % against two minutes.
"""


@pytest.fixture
def disagreeing(vault: Path) -> Path:
    (vault / "claims" / "sweet.md").write_text(SWEET, encoding="utf-8")
    return vault


def test_a_suggestion_has_its_line_place_and_reasons(graphkit: Program, disagreeing: Path) -> None:
    told = graphkit("suggest", "--vault", disagreeing)
    assert told.code == 0
    assert "candidate contradiction" in told.out
    assert "- contradicts [[" in told.out
    assert "figures on one metric disagree" in told.out
    (first, *_) = document(graphkit("suggest", "--vault", disagreeing, "--json"))["suggestions"]
    assert first.keys() == {
        "hunch", "source", "target", "relation", "paste", "path", "line", "score", "grounds",
    }  # fmt: skip


def test_a_suggestion_is_written_only_on_request_and_then_gone(
    graphkit: Program, disagreeing: Path
) -> None:
    files = {file: file.read_bytes() for file in disagreeing.rglob("*.md")}
    shown = graphkit("suggest", "--vault", disagreeing, "--apply", "1", "--diff")
    assert "+- contradicts [[" in shown.out
    assert {file: file.read_bytes() for file in files} == files
    told = graphkit("suggest", "--vault", disagreeing, "--apply", "1")
    assert "candidate contradiction" in told.err
    (changed,) = [file for file, data in files.items() if file.read_bytes() != data]
    assert b"- contradicts [[" in changed.read_bytes()
    assert "candidate contradiction" not in graphkit("suggest", "--vault", disagreeing).out


@pytest.mark.parametrize("numbers", ["0", "99", "one", "1,,2"])
def test_a_number_that_is_not_listed_is_a_usage_error(
    graphkit: Program, disagreeing: Path, numbers: str
) -> None:
    told = graphkit("suggest", "--vault", disagreeing, "--apply", numbers)
    assert (told.code, told.out) == (2, "")


def test_a_vault_that_says_it_all_gets_no_suggestion(graphkit: Program, tmp_path: Path) -> None:
    told = graphkit("suggest", "--vault", tmp_path)
    assert (told.code, told.out) == (1, "")


def test_calibrate_says_when_there_is_too_little_to_judge_by(
    graphkit: Program, vault: Path
) -> None:
    told = graphkit("calibrate", vault)
    assert told.code == 0
    assert "Too few questions" in told.out
    assert "by keywords alone" in told.err
    found = document(graphkit("calibrate", vault, "--json"))
    assert (found["schema"], found["fresh"]) == ("graphkit.calibration.v1", False)


def test_calibrate_is_due_again_when_the_notes_changed(graphkit: Program, vault: Path) -> None:
    graphkit("calibrate", vault)
    (vault / "plain.md").write_text("# Another page\n\nNothing of what was there.\n")
    assert document(graphkit("calibrate", vault, "--json"))["fresh"]


def test_a_larger_vault_gets_its_curve(graphkit: Program, tmp_path: Path) -> None:
    for at, subject in enumerate(("otters", "tides", "yeast", "crows", "eels", "glass") * 3):
        text = f"# Do {subject} of kind {at} sleep?\n\nThe {subject} numbered {at} rest at night.\n"
        (tmp_path / f"{subject}-{at}.md").write_text(text)
    told = graphkit("calibrate", tmp_path)
    assert "Brier score" in told.out
    assert "stated   held" in told.out
    found = document(graphkit("calibrate", tmp_path, "--json"))
    assert found["resamples"] == 1000
    assert {"risk", "threshold", "coverage", "wrong"} == found["tradeoffs"][0].keys()


def test_saved_questions_are_asked_again(graphkit: Program, vault: Path) -> None:
    graphkit("ask", "is steeping bitter", "--vault", vault, "--save", STEEPING)
    graphkit("ask", "who won the cup", "--vault", vault, "--save", "none")
    told = graphkit("bench", "queries", "--vault", vault)
    assert "queries.jsonl:2" in told.out
    assert "by keywords alone" in told.err
    found = document(graphkit("bench", "queries", "--vault", vault, "--json"))
    assert [each["expects"] for each in found["queries"]] == [STEEPING, ""]
    expected = {"right", "rightly declined"}
    assert told.code == (0 if {each["reply"] for each in found["queries"]} <= expected else 1)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("nonsense", "no saved question"),
        ('{"question": "a"}', "no saved question"),
        ('{"question": 1, "expects": null}', "no saved question"),
        ('{"question": "a", "expects": "Tanin study"}', "Tanin study"),
        ('{"question": "a", "expects": "Tannin study"}', "is a source"),
    ],
)
def test_a_bad_saved_question_is_named(
    graphkit: Program, vault: Path, line: str, says: str
) -> None:
    (vault / "queries.jsonl").write_text(f"\n{line}\n")
    told = graphkit("bench", "queries", "--vault", vault)
    assert told.code == 2
    assert f"{vault / 'queries.jsonl'}:2: " in told.err
    assert says in told.err


def test_no_saved_questions_says_how_to_save_one(graphkit: Program, vault: Path) -> None:
    told = graphkit("bench", "queries", "--vault", vault)
    assert told.code == 2
    assert "--save" in told.err


def test_links_taken_away_come_back(graphkit: Program, vault: Path) -> None:
    found = document(graphkit("bench", "links", "--vault", vault, "--json"))
    assert found["links"] == 3
    assert found["within"]["10"]["value"] == 1


def test_a_batch_of_questions_is_json_lines(graphkit: Program, vault: Path, tmp_path: Path) -> None:
    file = tmp_path / "asked.jsonl"
    file.write_text('{"_id": "a", "text": "bitter tea"}\n{"_id": "b", "text": "zebra"}\n')
    told = graphkit("ask", "--batch", file, "--vault", vault)
    lines = [json.loads(line) for line in told.out.splitlines()]
    assert [(each["_id"], each["schema"]) for each in lines] == [
        ("a", "graphkit.answer.v1"),
        ("b", "graphkit.answer.v1"),
    ]
    assert told.code == 0


def test_an_explained_answer_says_what_its_confidence_rests_on(
    graphkit: Program, vault: Path
) -> None:
    told = graphkit("ask", "Does steeping make tea bitter?", "--explain", "--vault", vault)
    assert "too few questions to learn a confidence from" in " ".join(told.out.split())
    plain = graphkit("ask", "Does steeping make tea bitter?", "--vault", vault)
    assert "too few questions" not in plain.out
    found = document(graphkit("ask", "Does steeping make tea bitter?", "--json", "--vault", vault))
    assert found["basis"] is None


def test_explained_scores_add_up(graphkit: Program, vault: Path) -> None:
    told = graphkit("search", "bitter tea", "--explain", "--vault", vault)
    assert "by words (BM25" in told.out
    for hit in document(graphkit("search", "bitter tea", "--json", "--vault", vault))["hits"]:
        parts = hit["parts"]
        given = parts["by words"] + parts.get("by meaning", 0.0)
        assert given == pytest.approx(hit["score"], abs=2e-4)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (("ask", "x", "--risk", "2"), "0.49 or less"),
        (("search", "x", "--limit", "0"), "it must be 1 or more"),
        (("search", "x", "--limit", "many"), "it must be a whole number"),
        (("search", "x", "--mode", "keywrd"), "Did you mean 'keyword'?"),
        (("show",), "NAME is missing"),
        (("lst",), "Did you mean 'list'?"),
    ],
)
def test_a_wrong_call_is_told_in_plain_words(
    graphkit: Program, call: tuple[str, ...], says: str
) -> None:
    told = graphkit(*call)
    assert (told.code, told.out) == (2, "")
    assert says in told.err
    assert "--help shows how" in told.err
    assert "Input should" not in told.err
    assert "Value error" not in told.err


def test_a_pipe_hears_what_takes_its_time(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress()
    for done in range(4):
        progress("encoding passages", done, 3)
    assert capsys.readouterr().err == "encoding passages …\n"
