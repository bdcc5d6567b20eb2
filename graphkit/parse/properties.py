"""What a note's properties say of it: identity, identifiers, tags; one table of keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from graphkit.models import Problem, Span
from graphkit.parse import identifiers
from graphkit.parse.frontmatter import Entry, Value
from graphkit.vocabulary import Kind, Severity, fold

_KINDS: Final = tuple(kind for kind in Kind if kind is not Kind.GHOST)


class Properties(NamedTuple):
    """The properties GraphKit knows, and all others as they are written."""

    kind: Kind | None = None
    id: str = ""
    title: str = ""
    aliases: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    rest: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()


def _texts(entry: Entry) -> list[str]:
    """The values as a list; a single one may be a list with commas."""
    texts = [value.text for value in entry.values]
    if entry.shape == "scalar":
        texts = texts[0].split(",")
    return [text.strip() for text in texts if text.strip()]


def _aliases(entry: Entry) -> list[str]:
    return [text.removeprefix("[[").removesuffix("]]") for text in _texts(entry)]


def _tags(entry: Entry) -> list[str]:
    words = entry.values[0].text.replace(",", " ").split() if _spaced(entry) else _texts(entry)
    return [word.removeprefix("#").removeprefix("[[").removesuffix("]]") for word in words]


def _spaced(entry: Entry) -> bool:
    """`tags: one two` in one line: tags have no spaces, unless brackets or commas say so."""
    text = entry.values[0].text
    return entry.shape == "scalar" and "," not in text and "[[" not in text


def _named(entry: Entry, prefix: str = "") -> list[str]:
    return [
        text if text.lower().startswith(("http", prefix)) else prefix + text
        for text in _texts(entry)
    ]


# Keys whose values are lists of text: where they go, and how they are read.
_LISTS: Final[dict[str, tuple[str, Callable[[Entry], list[str]]]]] = {
    "alias": ("aliases", _aliases),
    "aliases": ("aliases", _aliases),
    "permalink": ("aliases", _texts),  # basic-memory links by it
    "tag": ("tags", _tags),
    "tags": ("tags", _tags),
    "tests": ("tests", _texts),
    "identifiers": ("identifiers", _texts),
    "doi": ("identifiers", lambda entry: _named(entry, "doi:")),
    "arxiv": ("identifiers", lambda entry: _named(entry, "arxiv:")),
    "citekey": ("identifiers", lambda entry: _named(entry, "@")),
}
_TEXTS: Final = ("kind", "id", "title")
KNOWN_KEYS: Final = frozenset({*_LISTS, *_TEXTS})


def read(entries: Iterable[Entry], path: str) -> Properties:
    """Sort a note's properties; wrong types and unknown words become Problems."""
    texts: dict[str, str] = {}
    lists: dict[str, list[str]] = {"aliases": [], "tags": [], "tests": [], "identifiers": []}
    rest: list[tuple[str, str]] = []
    problems: list[Problem] = []
    for entry in entries:
        key = fold(entry.key)
        if not entry.values:
            continue
        if key in _TEXTS:
            if entry.shape != "scalar":
                problems.append(_wrong_type(entry, "text", path))
            else:
                texts.setdefault(key, entry.values[0].text.strip())
        elif key in _LISTS:
            if entry.shape == "mapping":
                problems.append(_wrong_type(entry, "a list", path))
                continue
            name, reading = _LISTS[key]
            lists[name].extend(reading(entry))
            if name == "identifiers":
                problems.extend(_unknown_identifiers(entry, reading(entry), path))
        elif entry.shape == "scalar":
            rest.append((entry.key, entry.values[0].text))
    kind = _kind(texts.get("kind", ""))
    if kind is None and texts.get("kind"):
        problems.append(_unknown_kind(entries, texts["kind"], path))
    return Properties(
        kind,
        texts.get("id", ""),
        texts.get("title", ""),
        _unique(lists["aliases"]),
        _unique(name for text in lists["identifiers"] if (name := identifiers.normalise(text))),
        _unique(lists["tags"]),
        _unique(lists["tests"]),
        tuple(rest),
        tuple(problems),
    )


def _kind(word: str) -> Kind | None:
    folded = fold(word)
    return next((kind for kind in _KINDS if kind.value == folded), None)


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _wrong_type(entry: Entry, wanted: str, path: str) -> Problem:
    message = f"`{entry.key}` is a {entry.shape}, not {wanted}"
    span = Span(path, entry.line, entry.column)
    return Problem(
        "front-matter-type", Severity.ERROR, message, span, f"write {wanted}; it is not read"
    )


def _unknown_kind(entries: Iterable[Entry], word: str, path: str) -> Problem:
    value: Value = next(
        entry.values[0] for entry in entries if fold(entry.key) == "kind" and entry.values
    )
    hint = f"one of {', '.join(_KINDS)}; it is read as a note"
    span = Span(path, value.line, value.column)
    return Problem("unknown-kind", Severity.ERROR, f"`{word}` is no kind of note", span, hint)


def _unknown_identifiers(entry: Entry, texts: list[str], path: str) -> Iterable[Problem]:
    for text in texts:
        if identifiers.normalise(text) is None:
            value = next(
                (v for v in entry.values if text.endswith(v.text.strip())), entry.values[0]
            )
            span = Span(path, value.line, value.column)
            hint = "write arXiv:2509.25760, doi:10.1000/x, @citekey or a web address"
            yield Problem(
                "unknown-identifier", Severity.WARNING, f"`{text}` is no identifier", span, hint
            )
