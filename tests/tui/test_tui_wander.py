"""Whatever is pressed, clicked and resized, in whatever order, nothing breaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import driven
from wandering import wander


async def test_a_reader_who_presses_whatever_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graphkit.tui.outside.browsed", lambda _: True)
    done = []
    async with driven(tmp_path) as app:
        async for step in wander(app.pilot, 200, seed=1):
            done.append(step)
            assert app.app.is_running, done[-20:]
    assert len(done) > 100
