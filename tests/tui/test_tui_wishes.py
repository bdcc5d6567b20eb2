"""Notes are begun and moved from the screen: seen as a diff first, and then stood on."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import Driver, driven, keys, tea

from graphkit.tui.app import Explorer

STEEPING = "Longer steeping makes tea bitter"


@pytest.fixture
def edited(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """The places at which an editor was opened."""
    opened: list[tuple[str, int]] = []

    def edit(app: Explorer, message: object) -> None:
        span = message.span  # type: ignore[attr-defined]
        opened.append((span.path, span.line))
        app.load()

    monkeypatch.setattr(Explorer, "on_edit", edit)
    return opened


async def begin(app: Driver, row: str, title: str) -> None:
    await app.press("A", *keys(row).split(), "enter", *keys(title).split(), "enter")


async def test_a_note_is_begun_where_its_kind_is_and_stood_on(
    tmp_path: Path, edited: list[tuple[str, int]]
) -> None:
    file = tea(tmp_path) / "claims/lemon-lightens-tea.md"
    async with driven(tmp_path) as app:
        await app.walk(STEEPING)
        await begin(app, "a claim", "Lemon lightens tea")
        assert "+# Lemon lightens tea" in app.listed("ledger")
        await app.press("escape")
        assert not file.exists()
        await begin(app, "a claim", "Lemon lightens tea")
        await app.press("w")
        assert file.read_text().splitlines()[:3] == [
            "---", "kind: claim", "title: Lemon lightens tea",
        ]  # fmt: skip
        assert edited == [("claims/lemon-lightens-tea.md", len(file.read_text().splitlines()))]
        assert app.title == "Lemon lightens tea"
        assert app.trail[-2:] == [STEEPING, "Lemon lightens tea"]


async def test_it_is_linked_from_the_note_that_is_read(
    tmp_path: Path, edited: list[tuple[str, int]]
) -> None:
    async with driven(tmp_path) as app:
        await app.walk(STEEPING)
        await begin(app, "is reported by a new source", "Cup survey")
        assert "+- is reported by [[Cup survey]]" in app.listed("ledger")
        await app.press("w")
        assert edited
        assert app.title == "Cup survey"
        assert STEEPING in app.listed("edges")


async def test_what_has_the_title_is_told_and_nothing_written(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await begin(app, "a claim", STEEPING)
        assert "already names claims/steeping.md" in app.seen()


async def test_a_moved_note_is_stood_on_in_its_new_place(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.walk("Leaf survey")
        await app.press("E")
        assert "sources" in app.seen()
        await app.press(*keys("/old").split(), "enter")
        assert "rename to sources/old/leaves.md" in app.listed("ledger")
        await app.press("w")
        assert (tmp_path / "tea/sources/old/leaves.md").exists()
        assert app.title == "Leaf survey"


async def test_a_renamed_note_is_stood_on(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.walk("Leaf survey")
        await app.press("R", *keys(" 2024").split(), "enter", "w")
        assert app.title == "Leaf survey 2024"


async def test_a_name_that_no_note_bears_can_be_begun_where_it_was_looked_for(
    tmp_path: Path, edited: list[tuple[str, int]]
) -> None:
    async with driven(tmp_path) as app:
        await app.press("J", *keys("Tannin study").split())
        assert not [row for row in app.listed("found") if row.startswith("Begin")]
        await app.press("escape", "J", *keys("Porcelain").split(), "enter")
        assert "+# Porcelain" in app.listed("ledger")
        await app.press("w")
        assert app.title == "Porcelain"
        assert edited
