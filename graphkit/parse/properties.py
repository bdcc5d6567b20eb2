"""What a note's properties say of it: identity, identifiers, tags. Two tables of keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from graphkit import codes
from graphkit.models import Problem, Span
from graphkit.parse import identifiers
from graphkit.parse.frontmatter import Entry
from graphkit.vocabulary import Kind, fold


class Properties(NamedTuple):
    """The properties GraphKit knows, and the other scalar ones as they are written."""

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


def _names(entry: Entry) -> list[str]:
    """Names of tests; a link under that key is the relation of the same name."""
    return [text for text in _texts(entry) if "[[" not in text]


def _titles(entry: Entry) -> list[str]:
    """Names of notes. One title may hold a comma, so only a list is taken apart."""
    texts = _texts(entry) if entry.shape == "list" else [entry.values[0].text.strip()]
    return [text.removeprefix("[[").removesuffix("]]") for text in map(_without_slashes, texts)]


def _without_slashes(text: str) -> str:
    """An address of a site, `/tea/green/`, as a path of the vault is written."""
    return text.strip("/") or text if text.startswith("/") else text


def _tags(entry: Entry) -> list[str]:
    """Tags have no spaces, so one line of words is a list of them, unless marks say otherwise."""
    text = entry.values[0].text
    words = entry.shape == "scalar" and "," not in text and "[[" not in text
    return [
        tag.removeprefix("#").removeprefix("[[").removesuffix("]]")
        for tag in (text.split() if words else _texts(entry))
    ]


def _announced(prefix: str) -> Callable[[Entry], list[str]]:
    """Identifiers under a key that says what they are, so that they need not."""

    def read(entry: Entry) -> list[str]:
        own = ("http", prefix)
        return [t if t.lower().startswith(own) else f"{prefix}{t}" for t in _texts(entry)]

    return read


_SINGLE: Final = frozenset({"kind", "id", "title"})
_LISTS: Final[dict[str, tuple[str, Callable[[Entry], list[str]]]]] = {
    "alias": ("aliases", _titles),
    "aliases": ("aliases", _titles),
    "permalink": ("aliases", _titles),  # basic-memory's links use it, and those of sites
    "tag": ("tags", _tags),
    "tags": ("tags", _tags),
    "tests": ("tests", _names),
    "identifiers": ("identifiers", _texts),
    "doi": ("identifiers", _announced("doi:")),
    "arxiv": ("identifiers", _announced("arxiv:")),
    "citekey": ("identifiers", _announced("@")),
}
KNOWN_KEYS: Final = _SINGLE | frozenset(_LISTS)
LINKLESS_KEYS: Final = KNOWN_KEYS - {"tests"}
_KINDS: Final = {kind.value: kind for kind in Kind if kind is not Kind.GHOST}


def read(entries: Iterable[Entry], path: str) -> Properties:
    """Sort a note's properties; wrong types and unknown words become Problems."""
    given = [(fold(entry.key), entry) for entry in entries if entry.values]
    single: dict[str, Entry] = {}
    lists: dict[str, list[str]] = {name: [] for name, _ in _LISTS.values()}
    rest: list[tuple[str, str]] = []
    for key, entry in given:
        if key in _SINGLE and entry.shape == "scalar":
            single.setdefault(key, entry)
        elif key in _LISTS and entry.shape != "mapping":
            name, reading = _LISTS[key]
            lists[name].extend(reading(entry))
        elif key not in KNOWN_KEYS and entry.shape == "scalar":
            rest.append((entry.key, entry.values[0].text))
    return Properties(
        _KINDS.get(fold(_text(single.get("kind")))),
        _text(single.get("id")),
        _text(single.get("title")),
        unique(lists["aliases"]),
        unique(known for text in lists["identifiers"] if (known := identifiers.normalise(text))),
        unique(lists["tags"]),
        unique(lists["tests"]),
        tuple(rest),
        tuple(_problems(given, path)),
    )


def unique(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts in order, each once."""
    return tuple(dict.fromkeys(texts))


def _text(entry: Entry | None) -> str:
    return entry.values[0].text.strip() if entry else ""


def _problems(given: Sequence[tuple[str, Entry]], path: str) -> Iterator[Problem]:
    for key, entry in given:
        if key in _SINGLE and entry.shape != "scalar":
            yield _wrong_type(entry, "text", path)
        elif key in _LISTS and entry.shape == "mapping":
            yield _wrong_type(entry, "a list", path)
        elif key == "kind" and fold(_text(entry)) not in _KINDS:
            yield _unknown_kind(entry, path)
        elif key in _LISTS and _LISTS[key][0] == "identifiers":
            yield from _unknown_identifiers(entry, _LISTS[key][1], path)


def _wrong_type(entry: Entry, wanted: str, path: str) -> Problem:
    message = f"`{entry.key}` is a {entry.shape}, not {wanted}"
    span = Span(path, entry.line, entry.column)
    hint = f"write {wanted}; it is not read"
    return codes.problem("front-matter-type", message, span, hint)


def _unknown_kind(entry: Entry, path: str) -> Problem:
    value = entry.values[0]
    hint = f"it is read as a note; the kinds are {', '.join(_KINDS)}"
    span = Span(path, value.line, value.column)
    return codes.problem("unknown-kind", f"`{value.text}` is no kind of note", span, hint)


def _unknown_identifiers(
    entry: Entry, reading: Callable[[Entry], list[str]], path: str
) -> Iterator[Problem]:
    for value in entry.values:
        alone = entry._replace(values=(value,))
        for text in reading(alone):
            if identifiers.normalise(text) is None:
                span = Span(path, value.line, value.column)
                message = f"`{text}` is no identifier"
                hint = "write arXiv:2509.25760, doi:10.1000/x, @citekey or a web address"
                yield codes.problem("unknown-identifier", message, span, hint)
