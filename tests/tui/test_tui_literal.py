"""Note text is data: it shows as it is written on every screen, and acts on none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from driving import HOSTILE, Driver, driven, keys

from graphkit.tui import prose
from graphkit.tui.sheet import lay

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


HARD = {
    "escapes": ("\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b31m", "[31mred"),
    "markup": (
        "[bold]x[/bold] [/] [link=a]b[/link] [$primary]",
        "[bold]x[/bold][/][link=a]b[/link]",
    ),
    "right to left": ("שלום עולם \u202eneve\u202c مرحبا", "שלום"),
    "emoji": ("👨\u200d👩\u200d👧 🇺🇳 e\u0301\u0327 done", "done"),
    "wide letters": ("茶は苦い。" * 100, "茶は苦い"),
    "a deep list": ("".join(f"{'  ' * level}- at {level}\n" for level in range(100)), "at99"),
    "deep quotes": ("> " * 100 + "inside", "inside"),
    "a line without end": ("word " * 200_000, "wordword"),
    "a word without end": ("x" * 1_000_000, "x" * 1000),
}


@pytest.mark.parametrize("width", [40, 78])
@pytest.mark.parametrize("name", HARD)
def test_text_that_is_hard_to_show_is_laid_out_as_text(name: str, width: int) -> None:
    text, seen = HARD[name]
    sheet = lay(prose.page(text), width)
    shown = "".join(line.plain for line in sheet.lines)
    assert seen in squeezed(shown)
    assert not CONTROL.search(shown)
    assert max(line.cell_length for line in sheet.lines) <= width
