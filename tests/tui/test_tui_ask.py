"""Search and ask: hits as one types, an answer with its evidence, and what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import driven, keys
from textual.widgets import Input


async def test_hits_come_while_typing_and_lead_to_the_note(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.press("slash", *keys("milk").split())
        assert app.listed("found") == ["Milk hides the bitterness of tea"]
        assert "no model: keyword only · none is installed" in app.seen()
        await app.press("down", "enter")
        assert app.title == "Milk hides the bitterness of tea"
        assert app.trail[-1] == app.title


async def test_an_answer_shows_state_confidence_claims_and_evidence(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.press("slash", *keys("tea bitter").split(), "enter")
        rows = app.listed("found")
        assert rows[0] in {"contested", "answered", "not in these notes"}
        assert "confidence" in app.seen()
        assert app.focus == "found"


async def test_a_question_the_notes_do_not_hold_says_what_is_missing(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.press("slash", *keys("rye").split(), "tab")
        rows = app.listed("found")
        assert rows[0] == "not in these notes"
        assert rows[rows.index("No note covers") + 1] == "rye"


async def test_the_question_can_be_put_again(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.press("a", *keys("tannin").split(), "enter")
        assert app.focus == "found"
        await app.press("slash", *keys(" study").split())
        assert app.focus == "question"
        assert "Tannin study" in app.listed("found")


async def test_an_emptied_search_shows_nothing(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.press("slash", "t", "e", "a", "backspace", "backspace", "backspace")
        assert app.listed("found") == []


@pytest.mark.parametrize("field", ["f", "slash"])
async def test_what_is_typed_past_the_end_of_a_field_stays_in_view(
    tmp_path: Path, field: str
) -> None:
    async with driven(tmp_path) as app:
        await app.press(field)
        app.screen.query_one(Input).value = "a" * 120
        await app.press("end", *"qzx")
        assert "aaaqzx" in app.seen()
        await app.press("home")
        assert "qzx" not in app.seen()
