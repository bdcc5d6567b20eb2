"""What a note is called and what kind it is, from its title or its file's name."""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import unquote

from graphkit.vocabulary import PREFIXES, Kind

_PREFIX = re.compile(
    r"(?:\[\[(?P<marked>[A-Z]{3,4})\]\]|(?P<bare>[A-Z]{3,4}))\s+[-–—]\s+(?P<title>\S.*)"
)

# Title prefixes of discourse graphs: ours, and the words other vaults use for the same kinds.
KINDS: Final = {prefix: kind for kind, prefix in PREFIXES.items() if kind is not Kind.GHOST} | {
    "EVD": Kind.CLAIM,  # one observation, stated so that it can bear on another claim
    "HYP": Kind.CLAIM,
    "CON": Kind.CLAIM,
    "ISS": Kind.QUESTION,
}


class Prefixed(NamedTuple):
    kind: Kind
    title: str


def prefixed(title: str) -> Prefixed | None:
    """Kind and plain title of "[[CLM]] - Title" or "QUE - Title"; None for other titles."""
    match = _PREFIX.fullmatch(title)
    kind = KINDS.get(match["marked"] or match["bare"]) if match else None
    return Prefixed(kind, match["title"]) if match and kind else None


def from_path(path: str) -> str:
    """A file's name as its title; Logseq writes a namespace as `a___b` and others as `%2F`."""
    stem = re.sub(r"\.(?:md|markdown)$", "", path.rpartition("/")[2], flags=re.IGNORECASE)
    return unquote(stem.replace("___", "/"), errors="replace") or path
