"""Real vaults of several dialects, where they lie beside the checkout: all read, all placed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from graphkit import parse

SHARED: Final = Path(__file__).parents[3] / "shared"
MOST: Final = 150  # notes of one vault, evenly spread

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="no vaults beside the checkout")

_MARKUP = re.compile(r"!?\[|#|-?@|https?:|<|\(\(|\{\{|arxiv|doi|10\.", re.IGNORECASE)


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    files = sorted(file for file in folder.rglob("*") if file.suffix in {".md", ".mdx", ".txt"})
    for file in files[:: len(files) // MOST + 1]:
        path = file.relative_to(folder).as_posix()
        yield path, parse.decode(file.read_bytes(), path)[0]


def folders() -> list[Path]:
    vaults = SHARED / "data" / "vaults"
    found = sorted(vaults.iterdir()) if vaults.is_dir() else []
    return [SHARED / "seeds", *found]


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_every_note_is_read_and_every_link_is_where_it_says(folder: Path) -> None:
    for path, text in texts(folder):
        parsed = parse.note(text, path)
        lines = re.split(r"\r\n?|\n", text)
        for link in parsed.links:
            rest = lines[link.span.line - 1][link.span.column - 1 :]
            assert _MARKUP.match(rest), (link, rest[:40])
        for paragraph in parsed.note.paragraphs:
            assert paragraph.text.strip() == paragraph.text
            assert 1 <= paragraph.line <= len(lines)
