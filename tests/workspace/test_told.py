"""What answers say of each node is kept with the index, and never outlives what it was made of."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from graphkit import Workspace
from graphkit.errors import ModelError
from graphkit.found import Answer
from graphkit.vocabulary import AnswerState
from graphkit.workspace import INDEX

QUESTION = "Why is my tea bitter after longer steeping?"


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object, **__: object) -> None:
        raise ModelError("there is no model")

    monkeypatch.setattr("graphkit.search.encoder.load", none)


def asked(vault: Path) -> Answer:
    return Workspace.open(vault).ask(QUESTION, risk=0.49)


def test_a_second_process_answers_alike_and_builds_no_graph(vault: Path) -> None:
    first = asked(vault)
    assert first.claims[0].node.title == "Longer steeping makes tea bitter"
    again = Workspace.open(vault)
    assert again.ask(QUESTION, risk=0.49) == first
    assert "draft" not in vars(again)
    by_graph = Workspace.open(vault)
    assert by_graph.graph.nodes
    assert by_graph.ask(QUESTION, risk=0.49) == first


def test_a_changed_note_changes_the_answer(vault: Path) -> None:
    assert asked(vault).state is AnswerState.ANSWERED
    steeping = vault / "claims" / "steeping.md"
    steeping.write_text(steeping.read_text().replace("- is reported by", "- is similar to"))
    assert asked(vault).state is AnswerState.OPEN


def test_other_judging_code_or_other_notes_are_another_state(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Workspace.open(vault).state
    assert Workspace.open(vault).state == first
    with monkeypatch.context() as patch:
        patch.setattr("graphkit.workspace.told.JUDGING", ("rules.py",))
        assert Workspace.open(vault).state != first
    (vault / "plain.md").write_text("# Plainer\n")
    assert Workspace.open(vault).state != first


@pytest.mark.parametrize(
    "spoil",
    ["UPDATE told SET value = '[1]'", "UPDATE told SET value = 'no JSON'", "DROP TABLE told"],
)
def test_what_is_kept_and_damaged_costs_time_and_no_answer(vault: Path, spoil: str) -> None:
    before = asked(vault)
    with sqlite3.connect(vault / ".graphkit" / INDEX) as base:
        base.execute(spoil)
    base.close()
    assert asked(vault) == before
