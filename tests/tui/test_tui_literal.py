"""Note text is data: it shows as it is written on every screen, and acts on none."""

from __future__ import annotations

import re
from pathlib import Path

from driving import HOSTILE, Driver, driven, keys

CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def squeezed(text: str) -> str:
    """Without the spaces and lines that wrapping brings in."""
    return re.sub(r"[\s│▎▕▏]+", "", text)


def shown(app: Driver) -> bool:
    seen = app.seen()
    assert not CONTROL.search(seen)
    return squeezed(HOSTILE) in squeezed(seen)


async def test_a_title_full_of_markup_shows_in_list_reader_and_trail(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.walk(HOSTILE)
        assert HOSTILE in app.listed("nodes")
        assert HOSTILE in app.reading()
        assert "[bold]not bold[/bold], ␛[31mnot red␛[0m" in app.reading()
        assert app.seen().count(HOSTILE) >= 2
        assert not CONTROL.search(app.seen())


async def test_and_in_the_links_and_the_map_of_another_note(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.walk("Tannin study")
        assert HOSTILE in app.listed("edges")
        await app.press("m")
        assert all(part in app.seen() for part in HOSTILE.split())
        await app.press("left", "up", "up")
        assert "[link=x]no link[/link]" in app.seen()


async def test_and_in_notices(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.walk(HOSTILE)
        await app.press("y")
        assert app.notices == [f"Copied [[{HOSTILE}]]"]
        assert shown(app)


async def test_and_in_search_palette_trail_and_problems(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.walk(HOSTILE)
        await app.press("slash", *keys("literal").split())
        assert shown(app)
        await app.press("escape", "t")
        assert shown(app)
        await app.press("escape", "colon", *keys("red").split())
        assert shown(app)
        await app.press("escape", "p")
        assert not CONTROL.search(app.seen())
