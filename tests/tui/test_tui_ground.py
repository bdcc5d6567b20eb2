"""What lies behind: a colour, and below a dialog the screen that it lies over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from driving import Driver, driven
from rich.segment import Segment


def segments(driver: Driver) -> list[Segment]:
    return [part for strip in driver.screen._compositor.render_strips() for part in strip]


async def test_a_dialog_is_whole_when_it_is_first_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[str] = []
    async with driven(tmp_path) as driver:
        display = driver.app._display

        def seen(screen: Any, update: Any) -> None:
            if update is not None and screen.is_modal:
                painted.append(driver.seen())
            display(screen, update)

        monkeypatch.setattr(driver.app, "_display", seen)
        await driver.press("question_mark")
        assert "Show every key." in painted[0]
        assert painted[0] == driver.seen()


async def test_the_screen_below_a_dialog_shines_through_and_takes_no_click(tmp_path: Path) -> None:
    async with driven(tmp_path) as driver:
        before, (name, *_) = driver.seen().splitlines(), segments(driver)
        await driver.press("t")
        behind = segments(driver)
        assert driver.seen().splitlines()[0] == before[0]
        assert behind[0].text == name.text
        assert behind[0].style != name.style
        grounds = [part.style.meta for part in behind[:5] if part.style]
        assert grounds == [{}] * 5
        await driver.pilot.resize_terminal(90, 30)
        await driver.press("escape")
        assert len(driver.seen().splitlines()) == 30


async def test_without_colour_nothing_has_any(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with driven(tmp_path) as driver:
        for key in ("1", "question_mark", "T"):
            await driver.press(key)
            styles = [part.style for part in segments(driver) if part.style]
            inks = {ink.triplet for style in styles for ink in (style.color, style.bgcolor) if ink}
            assert len(inks) > 2
            assert all(ink and len(set(ink)) == 1 for ink in inks)
