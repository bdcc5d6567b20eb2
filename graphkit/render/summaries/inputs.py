"""The named inputs of a summary, spelt as lines of its block.

They stand as `ID key=value` lines in the opening mark, so that a stale summary can say what went
from what to what (`causes`) without anything having been kept elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Final, NamedTuple
from urllib.parse import unquote

# Spaces part the words of a line, `=` the halves of a word, and `>` could end the comment.
_UNSAFE: Final = re.compile(r"[\s%=<>_\x00-\x1f\x7f-\x9f\ud800-\udfff]")

Facts = Mapping[str, str]


class Input(NamedTuple):
    """One fact that a summary was made from, spelt so that it fits one line of a comment."""

    id: str
    key: str
    value: str


def facts(id_: str, told: Facts) -> tuple[Input, ...]:
    """The facts of one node or run; those without a value are left out."""
    own = _spelt(id_)
    return tuple(Input(own, key, _spelt(value)) for key, value in told.items() if value)


def merged(given: Iterable[Input]) -> tuple[Input, ...]:
    """Facts of one id together, in the order their ids came; several values of a key are one."""
    told: dict[str, dict[str, list[str]]] = {}
    for id_, key, value in given:
        values = told.setdefault(id_, {}).setdefault(key, [])
        values += [value] if value not in values else []
    return tuple(
        Input(id_, key, ",".join(values))
        for id_, keys in told.items()
        for key, values in keys.items()
    )


def amended(given: Iterable[Input], by: Mapping[tuple[str, str], Input]) -> tuple[Input, ...]:
    """The facts with those of the same id and key in the place of theirs; none comes or goes."""
    return tuple(by.get(each[:2], each) for each in given)


def wording(*texts: str) -> str:
    """A short digest of texts that the summary shows, so that a rewording can be told."""
    return sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def by_id(given: Iterable[tuple[str, str, str]]) -> dict[str, dict[str, str]]:
    """The facts as they were before they were spelt, by the id they belong to."""
    told: dict[str, dict[str, str]] = {}
    for id_, key, value in given:
        told.setdefault(_read(id_), {})[key] = _read(value)
    return told


def _spelt(text: str) -> str:
    return _UNSAFE.sub(lambda found: _escape(found[0]), text) or "%20"


def _escape(character: str) -> str:
    if character == " ":
        return "_"
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))


def _read(text: str) -> str:
    plain = text.replace("_", " ")
    return unquote(plain, errors="replace") if "%" in plain else plain
