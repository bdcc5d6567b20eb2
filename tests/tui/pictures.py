"""A picture of the screen, light and dark, in words that can be read, compared and drawn.

    PYTHONPATH=. python tests/tui/pictures.py FOLDER

draws all the pictures that are kept beside the tests as SVG into a folder, to look at them.

A picture is the lines of the screen, then the looks of their words, then which look stands where:
`a12 b3` is twelve cells of the look `a` and three of `b`. A look is how the words are in the dark
and how they are in the light.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from string import ascii_letters
from typing import Any, Final

from driving import Driver, settle
from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text
from textual.command import CommandPalette

from graphkit.tui.theme import DARK

_PART: Final = "· · ·"
_KEPT: Final = re.compile(r"^# name: ([^\n]+)\n  '''\n(.*?)\n  '''$", re.MULTILINE | re.DOTALL)

Cells = list[list[tuple[str, str]]]  # of each line, every cell with its look; "" after a wide one


async def picture(driver: Driver) -> str:
    """The screen in front, once it no longer changes; afterwards it is in the other theme."""
    one, before = await _still(driver), driver.app.theme
    driver.app.action_theme()
    await settle(driver.pilot)
    if isinstance(driver.screen, CommandPalette):  # Textual's own, which follows no theme
        for widget in driver.screen.walk_children(with_self=True):
            driver.app.stylesheet.apply(widget)
    other = await _still(driver)
    return _told(one, other) if before == DARK.name else _told(other, one)


async def _still(driver: Driver) -> Cells:
    before: Cells = []
    while True:
        await settle(driver.pilot)
        seen = _cells(driver.app)
        if seen == before:
            return seen
        before = seen


def _cells(app: Any) -> Cells:
    shown = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    return [
        [
            (letter, str(segment.style).replace("not reverse ", ""))
            for strip in line
            for segment in strip
            for letter in _by_cell(segment.text)
        ]
        for line in shown.strips
    ]


def _by_cell(text: str) -> Iterator[str]:
    for letter in text:
        yield letter
        yield from [""] * (cell_len(letter) - 1)


def _told(dark: Cells, light: Cells) -> str:
    names = _names()
    looks: dict[str, str] = {}
    lines, places = [], []
    for one, other in zip(dark, light, strict=True):
        assert [letter for letter, _ in one] == [letter for letter, _ in other]
        pairs = [f"{a} | {b}" for (_, a), (_, b) in zip(one, other, strict=True)]
        runs = [(pair, len(list(run))) for pair, run in groupby(pairs)]
        lines.append("".join(letter for letter, _ in one).rstrip())
        places.append(" ".join(f"{looks.get(p) or looks.setdefault(p, next(names))}{n}"
                               for p, n in runs))  # fmt: skip
    told = [f"{name}  {pair}" for pair, name in looks.items()]
    return "\n".join([*lines, _PART, *told, _PART, *places])


def _names() -> Iterator[str]:
    yield from ascii_letters
    yield from (one + other for one in ascii_letters for other in ascii_letters)


def looks(told: str) -> Iterator[Style]:
    """The looks of the words of a picture, light and dark."""
    lines, named, places = _parts(told)
    worded = set()
    for line, runs in zip(lines, places, strict=True):
        letters = [*_by_cell(line)]
        for name, cells in _runs(runs):
            if any(letter.isalpha() for letter in letters[: int(cells)]):
                worded.add(name)
            del letters[: int(cells)]
    for name in worded:
        yield from map(Style.parse, named[name])


def _parts(told: str) -> tuple[list[str], dict[str, list[str]], list[str]]:
    lines, named, places = (part.splitlines() for part in told.split(f"\n{_PART}\n"))
    pairs = (look.partition("  ")[::2] for look in named)
    return lines, {name: pair.split(" | ") for name, pair in pairs}, places


def _runs(places: str) -> list[tuple[str, str]]:
    return re.findall(r"([a-zA-Z]+)(\d+)", places)


# -- to look at ---------------------------------------------------------------------------------


def svg(told: str, theme: int) -> str:
    """A picture drawn: 0 dark, 1 light."""
    lines, named, places = _parts(told)
    styles = {name: Style.parse(pair[theme]) for name, pair in named.items()}
    width = sum(int(cells) for _, cells in _runs(places[0]))
    console = Console(width=width, file=io.StringIO(), record=True, force_terminal=True,
                      color_system="truecolor", legacy_windows=False)  # fmt: skip
    for line, runs in zip(lines, places, strict=True):
        letters = [*_by_cell(line)]
        letters += " " * (width - len(letters))
        text = Text(end="\n")
        for name, cells in _runs(runs):
            text.append("".join(letters[: int(cells)]), styles[name])
            del letters[: int(cells)]
        console.print(text, no_wrap=True, overflow="ignore", crop=False)
    return console.export_svg(title="GraphKit")


def _draw_all(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for file in sorted((Path(__file__).parent / "__snapshots__").glob("*.ambr")):
        for name, kept in _KEPT.findall(file.read_text(encoding="utf-8")):
            told = re.sub(r"^  ", "", kept, flags=re.MULTILINE)
            for theme, word in enumerate(("dark", "light")):
                place = re.sub(r"[^\w-]+", "-", f"{name}-{word}").strip("-")
                (folder / f"{place}.svg").write_text(svg(told, theme), encoding="utf-8")


if __name__ == "__main__":
    _draw_all(Path(sys.argv[1]))
