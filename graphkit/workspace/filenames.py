"""How a vault names its files after its notes' titles, and the file name for another title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import quote

from graphkit.models import Note
from graphkit.parse.pages.names import slug

LONGEST: Final = 250  # bytes of a file name that every common file system takes

_FREE: Final = ""  # the style of a file name that was chosen freely
_FORBIDDEN: Final = re.compile(r"[\x00-\x1f\\/:*?\"<>|#^\[\]]+")
_ESCAPED: Final = re.compile(r"[\x00-\x1f\\/:*?\"<>|#^\[\]%]")
_GAPS: Final = re.compile(r"[^\w]+")


def _verbatim(title: str) -> str:
    return " ".join(_FORBIDDEN.sub(" ", title).split()).strip(".")


def _hyphens(title: str) -> str:
    return _GAPS.sub("-", title).strip("-")


def _underscores(title: str) -> str:
    return _GAPS.sub("_", title).strip("_")


STYLES: Final[dict[str, Callable[[str], str]]] = {
    "verbatim": _verbatim,
    "slug": slug,
    "exact": lambda title: title,
    "namespace": lambda title: title.replace("/", "___"),
    "escaped": lambda title: _ESCAPED.sub(lambda match: quote(match[0], safe=""), title),
    "hyphens": _hyphens,
    "underscores": _underscores,
    "snake": lambda title: _underscores(title).lower(),
}
"""What makes a file's name of a title; earlier rows win where two explain a vault equally well."""


def named(title: str, notes: Iterable[Note]) -> str:
    """What the file of a new note is called, without a suffix: in the vault's most common style.

    Where most names were chosen freely it is small letters with hyphens.
    """
    votes = _votes(notes)
    best = max(STYLES, key=lambda style: votes[style])
    name = STYLES[best](title) if votes[best] > votes[_FREE] else ""
    return slug(title) if not name or "/" in name else name


def renamed(path: str, title: str, note: Note, notes: Iterable[Note]) -> str:
    """The path of `note` once it is called `title`: in the same folder, with the same suffix.

    The style is the one in which its own name was made, else the vault's most common one. A file
    name that was chosen freely, in a vault where most are, stays.
    """
    votes = _votes(notes)
    own = _styles(note) or [style for style in STYLES if votes[style] > votes[_FREE]]
    if not own:
        return path
    best = max(own, key=lambda name: votes[name])
    old = PurePosixPath(path)
    return str(old.with_name(STYLES[best](title) + old.suffix))


def _votes(notes: Iterable[Note]) -> Counter[str]:
    """How many notes are named in each style."""
    return Counter(style for each in notes for style in _styles(each) or [_FREE])


def _styles(note: Note) -> list[str]:
    """Every style in which this file's name follows from its title."""
    stem = PurePosixPath(note.path).stem
    return [name for name, made in STYLES.items() if made(note.title) == stem]
