"""What a link means: exactly one note, or a stated reason why not. It never guesses.

A name is looked up in an ordered table of levels; the first level that knows it decides. Two notes
at that level make it ambiguous, unless exactly one of them is spelt as the link spells it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from enum import StrEnum
from functools import lru_cache
from itertools import takewhile
from posixpath import normpath
from typing import Final, NamedTuple
from unicodedata import normalize

from graphkit.graph.index import Entry, Index, Names
from graphkit.graph.names import decoded, ending, folded, identity, last, loose, without_suffix
from graphkit.models import Link


class Fate(StrEnum):
    """What became of a link."""

    RESOLVED = "resolved"
    AMBIGUOUS = "ambiguous"
    MISSING = "missing"
    EXTERNAL = "external"  # a web page, picture, folder, tag, template: not meant to be a note
    WORK = "work"  # a work known by its identifier, which no note describes


class Resolution(NamedTuple):
    """A link's fate; the path of its note when it has one, else the notes it may have meant."""

    fate: Fate
    path: str = ""
    candidates: tuple[str, ...] = ()
    name: str = ""  # what a note that is missing would be called


class Asked(NamedTuple):
    """A link's target while it is being looked up."""

    name: str  # as written, or with its percent escapes undone
    folder: str  # folder of the page that asks


Found = tuple[Entry, ...]
Level = Callable[[Index, Asked], Found]

_folded: Final = lru_cache(maxsize=4096)(folded)  # one link asks by a name at level after level
_EXTERNAL: Final = Resolution(Fate.EXTERNAL)
_SCHEME: Final = re.compile(r"(?i)[a-z][a-z0-9+.-]*://|(?:mailto|tel|zotero):\S")
_EXPLICIT: Final = re.compile(r"\.{0,2}/|\.{1,2}$")  # says where to start: /x, ./x, ../x
# Logseq's block ids, which hold across a whole vault.
_UNIVERSAL: Final = re.compile(r"(?i)[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}")
_COMPOSED: Final = re.compile(r"[/.%:]")  # what has parts, or is not looked up as written
_FILE: Final = re.compile(r"\.(?=\w*[A-Za-z])\w{1,8}$")
_PLACEHOLDER: Final = re.compile(r"\{\{.*\}\}|<%.*%>")  # what a template is filled in at
_MEDIA: Final = re.compile(
    r"(?i)\.(?:avif|bmp|gif|jpe?g|png|svg|webp|flac|m4a|mp3|ogg|wav|3gp|mkv|mov|mp4|ogv|webm"
    r"|pdf|canvas|base|csv|docx?|pptx?|xlsx?|zip|excalidraw|ipynb)$"
)
_PLACED: Final = frozenset({"markdown", "reference"})  # forms whose paths start at their page


def resolve(index: Index, link: Link, source: str) -> Resolution:
    """Resolve one link of the note at path `source`."""
    rule = _RULES.get(link.form, _wiki)
    if not link.target and _UNIVERSAL.fullmatch(link.block):
        rule = _block
    elif _SCHEME.match(link.target):
        rule = _url
    return rule(index, link, source)


def asked_from(link: Link, source: str) -> str:
    """What the meaning of a link's words depends on beside the vault: its page, folder or nothing.

    Links that share words, form and this mean the same.
    """
    target = link.target
    if not target:
        return source
    placed = link.form in _PLACED or (target[0] in "./" and _EXPLICIT.match(target))
    return source.rpartition("/")[0] if placed else ""


def endings_asked(link: Link, source: str) -> set[str]:
    """The endings of the names that are looked up for a link.

    A note of which no name ends so has no part in what the link means, but for what it may have
    meant where it is missing.
    """
    names = {link.target, link.block} - {""}
    if _COMPOSED.search(link.target):
        written = {link.target, decoded(link.target)}
        paths = {_path(Asked(name, source.rpartition("/")[0])) for name in written}
        names |= written | paths | {normpath(name) for name in written}
        names |= {
            way(name) for name in names for way in (identity, without_suffix, _without_slashes)
        }
    return {ending(name) for name in names}


def _without_slashes(path: str) -> str:
    return path.strip("/")


def _url(index: Index, link: Link, _source: str) -> Resolution:
    return _settled(_known(index.works, link.target, identity)) or _EXTERNAL


def _work(index: Index, link: Link, source: str) -> Resolution:
    """A citation means the source note with that identifier, else a note of that very name."""
    described = _settled(_known(index.works, link.target, identity))
    return described or _look_up(index, _NAMES, link.target, source) or Resolution(Fate.WORK)


def _tag(index: Index, link: Link, source: str) -> Resolution:
    """A tag is a link only where one page has its name; else it is just a word."""
    found = _look_up(index, _NAMES, link.target, source)
    return found if found and found.fate is Fate.RESOLVED else _EXTERNAL


def _block(index: Index, link: Link, _source: str) -> Resolution:
    block = link.block or link.target
    found = _settled(_known(index.blocks, block))
    return found or Resolution(Fate.MISSING, name=f"(({block}))")


def _wiki(index: Index, link: Link, source: str) -> Resolution:
    return _note(index, link, source, _WIKI, _MEDIA)


def _markdown(index: Index, link: Link, source: str) -> Resolution:
    return _note(index, link, source, _MARKDOWN, _FILE)


def _note(
    index: Index, link: Link, source: str, levels: tuple[Level, ...], files: re.Pattern[str]
) -> Resolution:
    """A link to a note; without a target it is one to its own page."""
    if not link.target:
        return Resolution(Fate.RESOLVED, source)
    levels = _ROUTES if _EXPLICIT.match(link.target) else levels
    found = _look_up(index, levels, link.target, source)
    return found or _absent(index, link.target, source, files)


def _look_up(
    index: Index, levels: tuple[Level, ...], target: str, source: str
) -> Resolution | None:
    """Ask each level for the name as written, then with its percent escapes undone."""
    if levels in _WHOLE and not _COMPOSED.search(target):
        return _look_up_whole(index, _WHOLE[levels], target)
    folder = source.rpartition("/")[0]
    for name in dict.fromkeys((target, decoded(target))):
        asked = Asked(name, folder)
        for level in levels:
            if found := _settled(level(index, asked)):
                return found
    return None


def _look_up_whole(index: Index, levels: tuple[str, ...], name: str) -> Resolution | None:
    """A name without parts is looked up as it is wherever it can be found."""
    key = _folded(name)
    for level in levels:
        if key in (names := getattr(index, level)):
            return _settled(_known(names, name))
    return None


def _settled(found: Found) -> Resolution | None:
    """One note is an answer, several are candidates, none is nothing."""
    if len(found) == 1:
        return Resolution(Fate.RESOLVED, found[0].path)
    paths = sorted({entry.path for entry in found})
    if len(paths) == 1:
        return Resolution(Fate.RESOLVED, paths[0])
    return Resolution(Fate.AMBIGUOUS, candidates=tuple(paths)) if paths else None


def _absent(index: Index, target: str, source: str, files: re.Pattern[str]) -> Resolution:
    """No note has this name: it is a file or folder beside the notes or outside them, the place
    of a name in a template, or missing.
    """
    name = decoded(target)
    if _PLACEHOLDER.search(name):
        return _EXTERNAL
    relative = files is _FILE or _EXPLICIT.match(name)
    path = _path(Asked(name, source.rpartition("/")[0])) if relative else name
    if path == ".." or path.startswith("../") or (files.search(name) and not _is_note(name)):
        return _EXTERNAL
    if (relative or name.endswith("/")) and _folded(normpath(path)) in index.directories:
        return _EXTERNAL
    bare = without_suffix(path)
    near = {entry.path for entry in index.near.get(loose(last(bare)), ())}
    return Resolution(Fate.MISSING, candidates=_likeliest(near, bare), name=bare)


def _likeliest(paths: Collection[str], name: str) -> tuple[str, ...]:
    """Those of the paths that end in the most steps of a name, in order."""
    steps = {path: shared_steps(without_suffix(path), name) for path in paths}
    return tuple(sorted(path for path in paths if steps[path] == max(steps.values())))


def shared_steps(path: str, name: str) -> int:
    """How many of their last steps two paths have in common."""
    pairs = zip(*(_folded(each).split("/")[::-1] for each in (path, name)), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _is_note(name: str) -> bool:
    return without_suffix(name) != name


def _known(names: Names, name: str, key: Callable[[str], str] = _folded) -> Found:
    """All entries of this name, or only those spelt exactly so where there are any."""
    found = names.get(key(name), ()) if names else ()
    if len(found) < 2:
        return found
    exact = normalize("NFC", name)
    return tuple(entry for entry in found if normalize("NFC", entry.spelling) == exact) or found


def _path(asked: Asked) -> str:
    """The path that a relative name stands for; one above the vault keeps its `..`."""
    if asked.name.startswith("/"):
        return normpath(asked.name.lstrip("/") or ".")
    return normpath(f"{asked.folder}/{asked.name}" if asked.folder else asked.name)


def _file(index: Index, path: str) -> Found:
    """The note at this path; `.md` is optional, and kept where it is part of the name itself."""
    bare = without_suffix(path)
    found = _known(index.paths, bare)
    exact = tuple(entry for entry in found if entry.path == path)
    return exact or found or (_known(index.paths, path) if bare != path else ())


def _by_relative_path(index: Index, asked: Asked) -> Found:
    return () if asked.name.endswith("/") else _file(index, _path(asked))


def _by_root_path(index: Index, asked: Asked) -> Found:
    return () if asked.name.endswith("/") else _file(index, normpath(asked.name))


def _by_relative_folder(index: Index, asked: Asked) -> Found:
    return _known(index.folders, _path(asked))


def _by_root_folder(index: Index, asked: Asked) -> Found:
    return _known(index.folders, normpath(asked.name))


def _by_file_name(index: Index, asked: Asked) -> Found:
    bare = without_suffix(asked.name)
    return _known(index.stems, bare) or _known(index.stems, asked.name)


def _by_path_end(index: Index, asked: Asked) -> Found:
    """`b/c` names `a/b/c.md`: whole components, so that `b/c` is never `ab/c`."""
    bare = without_suffix(asked.name)
    ending, tail = f"/{_folded(bare)}", _folded(last(bare))
    found = tuple(
        entry
        for entry in (index.tails.get(tail, ()) if "/" in bare else ())
        if f"/{_folded(entry.spelling)}".endswith(ending)
    )
    exact = tuple(entry for entry in found if f"/{entry.spelling}".endswith(f"/{bare}"))
    return exact or found


def _by_title(index: Index, asked: Asked) -> Found:
    return _known(index.titles, asked.name)


def _by_alias(index: Index, asked: Asked) -> Found:
    return _known(index.aliases, asked.name)


def _by_address(index: Index, asked: Asked) -> Found:
    """`/docs/tea/` is an address of a site, if it is no path of the vault."""
    return _known(index.aliases, _without_slashes(asked.name)) if asked.name.startswith("/") else ()


def _by_id(index: Index, asked: Asked) -> Found:
    return _known(index.ids, asked.name)


def _by_identifier(index: Index, asked: Asked) -> Found:
    return _known(index.works, asked.name, identity)


_NAMES: Final = (_by_file_name, _by_path_end, _by_title, _by_alias, _by_id, _by_identifier)
_PATHS: Final = (_by_relative_path, _by_relative_folder)
_ROUTES: Final = (*_PATHS, _by_address)
_WIKI: Final = (_by_root_path, *_NAMES, _by_root_folder)
_MARKDOWN: Final = (*_PATHS, _by_root_path, _by_root_folder, *_NAMES)
_WHOLE: Final[dict[tuple[Level, ...], tuple[str, ...]]] = {
    _NAMES: ("stems", "titles", "aliases", "ids", "works"),
    _WIKI: ("paths", "stems", "titles", "aliases", "ids", "works", "folders"),
}
"""What these levels come to for a name without parts: where in the index it can be found."""

_RULES: Final[dict[str, Callable[[Index, Link, str], Resolution]]] = {
    "wikilink": _wiki,
    "embed": _wiki,
    "markdown": _markdown,
    "reference": _markdown,
    "citation": _work,
    "identifier": _work,
    "tag": _tag,
    "block": _block,
    "url": _url,
}
