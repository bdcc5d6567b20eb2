"""What a note is called and what kind it is, from its title or its file's name."""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import unquote

from graphkit.parse.pieces import Mark
from graphkit.vocabulary import PREFIXES, Kind

_PREFIX = re.compile(
    r"(?:\[\[(?P<marked>[A-Z]{3,4})\]\]|(?P<bare>[A-Z]{3,4}))\s+[-–—]\s+(?P<title>\S.*)"
)

# Title prefixes of discourse graphs: ours, and the words other vaults use for the same kinds.
KINDS: Final = {prefix: kind for kind, prefix in PREFIXES.items() if kind is not Kind.GHOST} | {
    "EVD": Kind.CLAIM,  # one observation, stated so that it can bear on another claim
    "HYP": Kind.CLAIM,
}


class Called(NamedTuple):
    """A note's title, the kind that its prefix gives it, and what else it goes by."""

    kind: Kind
    title: str
    aliases: tuple[str, ...] = ()


def name(title: str, path: str) -> Called:
    """What a note is called: its title, else its file's name.

    A discourse-graph prefix, "[[CLM]] - Title" or "QUE - Title", gives the kind and is taken off.
    """
    title = title or from_path(path)
    match = _PREFIX.fullmatch(title)
    prefix = match["marked"] or match["bare"] if match else ""
    if match is None or prefix not in KINDS:
        return Called(Kind.NOTE, title)
    plain = match["title"]
    return Called(KINDS[prefix], plain, (f"{prefix} - {plain}", f"[[{prefix}]] - {plain}"))


def without_prefix(marks: list[Mark], source: str) -> list[Mark]:
    """The marks of a heading; the node type that a discourse graph writes before it is no link."""
    match = _PREFIX.fullmatch(source)
    if match is None or match["marked"] not in KINDS:
        return marks
    return [mark for mark in marks if mark.start > 0]


def from_path(path: str) -> str:
    """A file's name as its title; Logseq writes a namespace as `a___b` and others as `%2F`."""
    stem = re.sub(r"\.(?:md|markdown)$", "", path.rpartition("/")[2], flags=re.IGNORECASE)
    return unquote(stem.replace("___", "/"), errors="replace") or path
