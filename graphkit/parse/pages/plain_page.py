"""A page of no known shape: kept as a plain note, and reported."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

from graphkit.parse.pages import escape
from graphkit.parse.pages.entry import Entry
from graphkit.parse.pages.saved import Reading, Saved
from graphkit.vocabulary import Kind

_LONGEST_TITLE: Final = 200  # characters; a longer first line is text


def read(saved: Saved) -> Reading:
    """One plain note: its title is the first line, or the file's name where that is no title."""
    first = saved.lines[0].text if saved.lines else ""
    titled = 0 < len(first) <= _LONGEST_TITLE
    text = tuple(map(escape.paragraph, saved.texts(1 if titled else 0)))
    note = Entry(
        kind=Kind.NOTE,
        title=first if titled else PurePosixPath(saved.name).stem or "page",
        origins=saved.origin("page" if text else "empty page"),
        text=text,
    )
    problem = saved.problem(
        "unknown-page-shape",
        "this is none of the pages that can be read: inquiry, note or paper page",
        1,
        "it is kept as a plain note; give the note a kind and relations by hand",
    )
    return Reading((note,), (problem,))
