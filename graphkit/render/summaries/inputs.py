"""The named inputs of a summary, and what a change of them means in words.

They stand as `ID key=value` lines in the opening mark of the block, so that a stale summary can
say what went from what to what without anything having been kept elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Final, NamedTuple
from urllib.parse import unquote

REWRITTEN: Final = "the way summaries are written changed"
"""The cause that is left when a text differs though everything it was made from is the same."""

# Spaces part the words of a line, `=` the halves of a word, and `>` could end the comment.
_UNSAFE: Final = re.compile(r"[\s%=<>_\x00-\x1f\x7f-\x9f\ud800-\udfff]")

_TELLING: Final = ("verdict", "standing", "relation")  # a change of these implies the others
_WORDING: Final = "words"
_CHANGES: Final = {
    "verdict": "{id} went from {old} to {new}",
    "standing": "{id} went from {old} to {new}",
    "test": "the test of {id} went from {old} to {new}",
    "for": "what counts for {id} went from {old} to {new}",
    "against": "what counts against {id} went from {old} to {new}",
    "relation": "{id} went from “{old}” to “{new}”",
    _WORDING: "{id} is worded differently",
}
_CHANGE: Final = "{key} of {id} went from {old} to {new}"

Facts = Mapping[str, str]


class Input(NamedTuple):
    """One fact that a summary was made from, spelt so that it fits one line of a comment."""

    id: str
    key: str
    value: str


def facts(id_: str, told: Facts) -> tuple[Input, ...]:
    """The facts of one node or run; those without a value are left out."""
    return tuple(Input(_spelt(id_), key, _spelt(value)) for key, value in told.items() if value)


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


def wording(*texts: str) -> str:
    """A short digest of texts that the summary shows, so that a rewording can be told."""
    return sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def causes(
    old: Iterable[tuple[str, str, str]], new: Iterable[tuple[str, str, str]]
) -> tuple[str, ...]:
    """Why a summary made from the `old` inputs is not the one made from the `new`, in words."""
    before, after = _by_id(old), _by_id(new)
    told = (
        cause
        for id_ in {**before, **after}
        for cause in _difference(id_, before.get(id_, {}), after.get(id_, {}))
    )
    return tuple(told) or (REWRITTEN,)


def _difference(id_: str, before: Facts, after: Facts) -> Iterator[str]:
    if not (before and after):
        yield f"{id_} is {'gone' if before else 'new'}{_leading(before or after)}"
        return
    changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    telling = [key for key in _TELLING if key in changed]
    plain = [key for key in changed if key != _WORDING]
    for key in telling or plain or changed:
        old, new = (told.get(key, "none") for told in (before, after))
        yield _CHANGES.get(key, _CHANGE).format(id=id_, key=key, old=old, new=new)


def _leading(told: Facts) -> str:
    """The fact that tells most about a node or run, in brackets."""
    best = [told[key] for key in _TELLING if key in told]
    return f" ({best[0]})" if best else ""


def _by_id(given: Iterable[tuple[str, str, str]]) -> dict[str, dict[str, str]]:
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
    return unquote(text.replace("_", " "), errors="replace")
