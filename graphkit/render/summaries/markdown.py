"""Markdown from values: every text is escaped here, and nowhere else in the summaries."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from graphkit.render.escape import markdown

_SLUG: Final = re.compile(r"[^\w\- ]")
_REGISTRIES: Final = {"arXiv": "https://arxiv.org/abs/", "doi": "https://doi.org/"}

Cell = str
"""A piece of finished Markdown, without line ends."""


def text(words: str) -> Cell:
    """Words as they are, with nothing in them that Markdown would act on."""
    return markdown(words)


def code(words: str) -> Cell:
    """A name one can type, such as that of a test."""
    fence = "``" if "`" in words else "`"
    pad = " " if "`" in words else ""
    return f"{fence}{pad}{' '.join(words.split())}{pad}{fence}".replace("|", "\\|")


def link(words: str, path: str, note: str) -> Cell:
    """A link from `note` to a file of the vault; plain words where there is no file.

    Both paths are relative to the vault. Only the file is named, never a line: writing a
    summary moves the lines below it.
    """
    if not path or path == note:
        return text(words)
    return f"[{text(words)}]({_away(path, posixpath.dirname(note))})"


@lru_cache(maxsize=4096)
def _away(path: str, folder: str) -> str:
    """How a link in a folder spells a path; many notes link the same ones."""
    return quote(posixpath.relpath(path, folder or "."), errors="surrogateescape")


def address(identifier: str) -> str:
    """Where a work is found by its identifier, safe in a Markdown link; empty where nowhere."""
    registry, _, key = identifier.partition(":")
    if identifier.startswith(("https://", "http://")):
        return quote(identifier, safe=":/?&=#%~+,;@")
    return _REGISTRIES[registry] + quote(key, safe="/:.") if registry in _REGISTRIES else ""


def slug(heading: str) -> str:
    """The anchor of a heading, as most renderers name it."""
    return _SLUG.sub("", heading.casefold()).replace(" ", "-")


def image(words: str, path: str, note: str) -> Cell:
    """A picture of the vault, shown in the note."""
    return f"!{link(words, path, note)}"


def table(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A pipe table; nothing at all when it has no rows."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    rule = f"|{'|'.join(' --- ' for _ in header)}|"
    return "\n".join([f"| {' | '.join(header)} |", rule, *lines]) if lines else ""


def items(head: str, said: Iterable[Cell]) -> str:
    """A short head and its list; nothing at all when the list is empty."""
    lines = [f"- {item}" for item in said]
    return "\n".join([f"**{head}**", "", *lines]) if lines else ""
