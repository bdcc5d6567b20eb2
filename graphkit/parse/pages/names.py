"""File names of imported notes, and links to them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

from graphkit.parse.pages.entry import key
from graphkit.vocabulary import Kind

FOLDERS: Final = {
    Kind.QUESTION: "questions",
    Kind.CLAIM: "claims",
    Kind.SOURCE: "sources",
    Kind.NOTE: "pages",
}

_LONGEST: Final = 180  # bytes of a slug; with a digest and the ending still below 200
_UNLINKABLE: Final = re.compile(r"[\[\]|#^\\]|::|%[0-9A-Fa-f]{2}|\.md$", re.IGNORECASE)


def slug(title: str) -> str:
    """A file name for a title: letters, marks and digits of any script, joined by hyphens.

    A digest of the title is added where the words alone would not lead back to it: they were
    cut, there are none, or links have to use the slug because the title cannot stand in one.
    """
    letters = re.sub(r"['’]", "", key(title))
    whole = "".join(char if unicodedata.category(char)[0] in "LMN" else " " for char in letters)
    words = "-".join(whole.split())
    kept = _cut(words, _LONGEST)
    if kept == words and kept and not _UNLINKABLE.search(title):
        return kept
    return marked(kept, title)


def marked(name: str, title: str) -> str:
    """A slug made unlike any other by eight digits of its title's digest."""
    digest = hashlib.sha256(key(title).encode()).hexdigest()[:8]
    return f"{name}-{digest}" if name else digest


def path(kind: Kind, name: str) -> str:
    """The vault-relative path of a note with this slug."""
    return f"{FOLDERS[kind]}/{name}.md"


def target(title: str) -> str:
    """What a wikilink to the note of this title holds: its slug where the title would break it."""
    return slug(title) if _UNLINKABLE.search(title) else title


def _cut(words: str, limit: int) -> str:
    data = words.encode()
    if len(data) <= limit:
        return words
    head = data[:limit].decode(errors="ignore")
    return head.rpartition("-")[0] or head
