"""How names are compared: what two spellings must share to be one name."""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import unquote

NOTE_SUFFIXES: Final = (".md", ".markdown")

_ARXIV_VERSION: Final = re.compile(r"(?i)(?<=\d)v\d+$")


def folded(name: str) -> str:
    """The key of a name: canonical caseless form (Unicode 3.13, D145), runs of space as one."""
    text = " ".join(name.split())
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text).casefold()
    return unicodedata.normalize("NFC", decomposed)


def loose(name: str) -> str:
    """Only its letters and digits: tells headings from their anchors, and finds near misses.

    Never used to resolve a name, as `C++` and `C` would be one.
    """
    key = folded(name)
    return "".join(filter(str.isalnum, key)) or key


def decoded(name: str) -> str:
    """The name with percent escapes undone; the same name where there are none."""
    return unquote(name) if "%" in name else name


def last(path: str) -> str:
    """The last component of a path."""
    return path.rpartition("/")[2]


def ending(name: str) -> str:
    """The key of a name's last component: equal where the names are."""
    return folded(last(name))


def without_suffix(path: str) -> str:
    """The path without `.md`; any other dot belongs to the name."""
    lowered = path.lower()
    for suffix in NOTE_SUFFIXES:
        if lowered.endswith(suffix):
            return path[: -len(suffix)]
    return path


def identity(identifier: str) -> str:
    """What makes two identifiers one work: case does not, nor does the version of a preprint."""
    key = folded(identifier)
    return _ARXIV_VERSION.sub("", key) if key.startswith("arxiv:") else key
