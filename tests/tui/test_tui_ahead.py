"""Before the vault is open: what it was like last time is shown, and no key is lost or misread."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from driving import Driver, explorer, keys, settle, tea, without_model
from textual.events import Key
from textual.widgets import Input

from graphkit.tui.dialogs.ask import Ask
from graphkit.tui.dialogs.help import Help
from graphkit.tui.screens.ledger import LedgerScreen
from graphkit.workspace import Workspace

MILK, WATER = "Milk hides the bitterness of tea", "Cooler water makes tea sweeter"


class Opening(Driver):
    """An explorer whose vault is opened when it is told so."""

    def __init__(self, *given: Any, gate: Event) -> None:
        super().__init__(*given)
        self._gate = gate

    async def open(self) -> None:
        self._gate.set()
        await self.until(lambda: self.main.vault and not self.app._ahead.waiting)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Press keys as fast as they come."""
        for key, character in zip(map(keys, text), text, strict=True):
            self.app.post_message(Key(key, character))
        await self.pilot.pause()

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait for what is done while the vault is not yet open."""
        for _ in range(500):
            if holds():
                return
            await self.pilot.pause(0.01)
        raise AssertionError(self.seen())


@asynccontextmanager
async def opening(
    folder: Path, patch: pytest.MonkeyPatch, *, seen: bool = True
) -> AsyncIterator[Opening]:
    """The explorer while the vault about tea is opened, `seen` before or for the first time."""
    vault, gate, ask = tea(folder), Event(), Workspace.open
    without_model(patch)
    if seen:
        async with explorer(vault).run_test(size=(110, 18)) as pilot:
            await settle(pilot)

    def waiting(*given: Any) -> Workspace:
        gate.wait()
        return ask(*given)

    patch.setattr(Workspace, "open", waiting)
    app = explorer(vault)
    async with app.run_test(size=(110, 18)) as pilot:
        driver = Opening(app, pilot, gate=gate)
        try:
            if seen:
                await driver.until(lambda: driver.reading() and not app._ahead.waiting)
            yield driver
        finally:
            gate.set()


async def test_the_list_and_a_note_are_there_before_the_vault_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opening(tmp_path, monkeypatch) as app:
        before = app.listed("nodes")
        assert before[:2] == [WATER, "Longer steeping makes tea bitter"]
        assert "Water at seventy degrees" in app.reading()
        assert "as it was last time" in app.seen()
        assert "Reading the links" in app.seen()
        await app.open()
        assert app.listed("nodes") == before
        assert "as it was last time" not in app.seen()
        assert "Leaf survey" in app.listed("edges")


async def test_the_cursor_stays_on_what_it_was_put_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opening(tmp_path, monkeypatch) as app:
        (tmp_path / "tea" / "claims" / "air.md").write_text("---\nkind: claim\n---\n# Air\n")
        await app.type("jj")
        app.app.simulate_key("enter")
        await app.until(lambda: app.title == MILK)
        await app.open()
        assert app.title == MILK
        assert app.trail == [WATER, MILK]
        assert app.listed("nodes")[0] == "Air"
        assert app.main._spread.notes.listing.value == app.main.trail.here


async def test_what_needs_the_vault_waits_for_it_and_so_does_what_comes_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opening(tmp_path, monkeypatch) as app:
        await app.type("/why q jT")
        assert app.screen is app.main
        assert "9 keys wait" in app.seen()
        await app.open()
        assert isinstance(app.screen, Ask)
        assert app.screen.query_one(Input).value == "why q jT"


async def test_before_anything_is_known_every_move_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opening(tmp_path, monkeypatch, seen=False) as app:
        await app.type("jjw")
        assert "3 keys wait" in app.seen()
        await app.open()
        await app.until(lambda: isinstance(app.screen, LedgerScreen))
        assert app.title == MILK


async def test_escape_forgets_what_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opening(tmp_path, monkeypatch) as app:
        await app.type("p")
        assert "1 key waits" in app.seen()
        await app.pilot.press("escape")
        assert "wait" not in app.seen()
        await app.type("?")
        assert isinstance(app.screen, Help)
        await app.pilot.press("escape")
        await app.open()
        assert app.app.screen is app.main


async def test_one_may_leave_at_once_whatever_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opening(tmp_path, monkeypatch) as app:
        await app.type("/q")
        assert app.app.is_running
        await app.pilot.press("ctrl+q")
        assert app.app._exit


async def test_without_a_vault_no_key_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_model(monkeypatch)
    app = explorer(tmp_path / "nowhere")
    async with app.run_test(size=(110, 18)) as pilot:
        await settle(pilot)
        await pilot.press("slash")
        assert [notice.message for notice in app._notifications] == [
            "The vault is still being read."
        ]
