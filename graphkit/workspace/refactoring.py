"""Renaming and moving a note: every link that would lose it is written anew, and no other.

A plan changes nothing. It is made by trial: a link is rewritten only where it would no longer
mean the same note, to the first spelling that does, and the notes as they would be are parsed
once more before the plan is believed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from posixpath import normpath
from typing import Final, NamedTuple

from graphkit import disk
from graphkit.dialect import PLAIN, Dialect
from graphkit.errors import VaultError
from graphkit.graph.broken import heading_called
from graphkit.graph.index import Index, index
from graphkit.graph.names import decoded
from graphkit.graph.resolve import Fate, Resolution, asked_from, resolve
from graphkit.models import Change, Link, Note, ParsedNote
from graphkit.parse import blocks, edits, retitle, sites, yaml_text
from graphkit.parse.edits import Edit
from graphkit.render.encoding import encoding
from graphkit.workspace import filenames, journal, places, spellings

_WRITABLE: Final = frozenset({"wikilink", "embed", "markdown", "reference", "tag"})
_PLACED: Final = frozenset({"markdown", "reference", "embed"})  # paths that start at their page
_WORDS: Final = frozenset({"citation", "identifier", "tag"})  # what a title may hold as well
_MARKER: Final = b"graphkit:summary"


Meaning = Callable[[Link, str], Resolution]
"""What a link of the page at a path means."""


def meanings(names: Index) -> Meaning:
    """`resolve` among these names; links that share words, form and place are resolved once."""
    known: dict[tuple[str, ...], Resolution] = {}

    def meaning(link: Link, source: str) -> Resolution:
        key = (link.form, link.target, link.block, asked_from(link, source))
        if key not in known:
            known[key] = resolve(names, link, source)
        return known[key]

    return meaning


class Refactoring(NamedTuple):
    """What renaming or moving a note would do: nothing is written yet."""

    old: str  # path of the note before
    path: str  # and after
    changes: tuple[Change, ...]
    links: int  # that are written anew
    stale: tuple[str, ...]  # notes whose managed summary names the note as it was called


@dataclass(frozen=True)
class Files:
    """A vault to plan over: its parsed notes, and what must be asked of its disk."""

    parsed: Sequence[ParsedNote]
    read: Callable[[str], bytes]
    parse: Callable[[bytes, str], ParsedNote]
    exists: Callable[[str], bool]
    dialect: Dialect = PLAIN

    @cached_property
    def names(self) -> Index:
        return index(page.note for page in self.parsed)

    @cached_property
    def meaning(self) -> Meaning:
        return meanings(self.names)


@dataclass(frozen=True)
class _Trial:
    """A vault in which the note at `old` has become `note`, no link being changed yet."""

    files: Files
    old: str
    note: Note
    names: Index
    meaning: Meaning

    @property
    def headings(self) -> tuple[str, str]:
        """The first heading of the note, before and after."""
        first = (each.headings[:1] for each in (self.files.names.notes[self.old], self.note))
        old, new = ("".join(heading.text for heading in each) for each in first)
        return old, new

    def moved(self, path: str) -> str:
        """Where a note will be."""
        return self.note.path if path == self.old else path


class _Broken(NamedTuple):
    """A link that must be written anew, and the path that it must lead to."""

    link: Link
    wanted: str
    leads: bool = False  # its target will do, only its heading is called otherwise


def rename(files: Files, path: str, title: str, *, alias: bool = False) -> Refactoring:
    """The plan that calls the note at `path` by another title, and its file accordingly.

    With `alias` the old title is kept as one of its aliases.

    Raises:
        VaultError: the name is taken, or a link cannot be kept; it names the file.
    """
    title = " ".join(title.split())
    if not title:
        raise VaultError("no title was given", "give the new title of the note")
    note = files.names.notes[path]
    new = filenames.renamed(path, title, note, files.names.notes.values())
    places.refuse_taken_title(files.names, note, title, new)
    text = edits.normal(_text(files, path))
    own = [*retitle.retitled(text, note, title)]
    if alias and note.title not in (title, *note.aliases):
        own.append(yaml_text.with_alias(text, note.title))
    return _planned(files, path, new, own, title)


def move(files: Files, path: str, folder: str) -> Refactoring:
    """The plan that puts the note at `path` into another folder of the vault.

    Raises:
        VaultError: the folder is none of the vault's, holds such a file already, or a link
            cannot be kept; it names the file.
    """
    new = places.placed(folder, path.rpartition("/")[2])
    return _planned(files, path, new, (), files.names.notes[path].title)


def _planned(files: Files, old: str, new: str, own: Sequence[Edit], title: str) -> Refactoring:
    """The plan that puts a note at `new`, with edits of its own, and keeps every link."""
    places.refuse_taken_path(files, old, new)
    note = files.parse(_rewritten(files, old, own), new).note
    if note.title != title:
        raise VaultError(
            f'{old} would be called "{note.title}", not "{title}"',
            "give it a `title:` property, or choose words that a file name can hold",
        )
    notes = (page.note for page in files.parsed)
    names = index(note if each.path == old else each for each in notes)
    trial = _Trial(files, old, note, names, meanings(names))
    made = {page.note.path: tuple(_made(trial, page)) for page in files.parsed}
    changes = tuple(_changes(trial, own, made))
    _verify(trial, changes)
    return Refactoring(old, new, changes, sum(map(len, made.values())), tuple(_stale(trial)))


def _broken(trial: _Trial, page: ParsedNote) -> Iterator[_Broken]:
    """The links of a page that would no longer lead where they do."""
    source = page.note.path
    for link in page.links:
        was = trial.files.meaning(link, source)
        if was.fate is Fate.RESOLVED:
            wanted = trial.moved(was.path)
            leads = _leads(_meaning(trial, link, source), wanted)
            if not leads or _names_title(trial, link, wanted):
                yield _Broken(link, wanted, leads)
        elif source == trial.old and (file := _file_beside(trial, link, source, was)):
            yield _Broken(link, file)


def _names_title(trial: _Trial, link: Link, wanted: str) -> bool:
    """Whether a link names the first heading of the note by the words that it will not have."""
    if not link.heading or wanted != trial.note.path:
        return False
    old, new = trial.headings
    parts = link.heading.split("#")
    return old != new and any(
        sites.same(part, old) and not heading_called(trial.note, part) for part in parts
    )


def _meaning(trial: _Trial, link: Link, source: str) -> Resolution:
    """What a link of the page that was at `source` will mean."""
    return trial.meaning(link, trial.moved(source))


def _leads(found: Resolution, wanted: str) -> bool:
    return found.fate is Fate.RESOLVED and found.path == wanted


def _file_beside(trial: _Trial, link: Link, source: str, was: Resolution) -> str:
    """The picture or other file to which a link of a moved page leads by its own path."""
    new, target = trial.moved(source), decoded(link.target)
    folders = (source.rpartition("/")[0], new.rpartition("/")[0])
    placed = link.form in _PLACED and was.fate is Fate.EXTERNAL and target[:1] not in ("", "/")
    if not placed or folders[0] == folders[1] or "://" in target:
        return ""
    file = normpath(f"{folders[0]}/{target}").lstrip("/")
    return file if not file.startswith("..") and trial.files.exists(file) else ""


def _changes(
    trial: _Trial, own: Sequence[Edit], made: Mapping[str, Sequence[Edit]]
) -> Iterator[Change]:
    """The new bytes of every file that changes, and of the note itself."""
    for path, links in made.items():
        is_named = path == trial.old
        before = trial.files.read(path) if links or is_named else b""
        after = _rewritten(trial.files, path, (*(own if is_named else ()), *links))
        new = trial.moved(path)
        if (links or is_named) and (before != after or new != path):
            yield Change(new, before, after, (_counted(links),), source=path * (new != path))


def _counted(links: Sequence[Edit]) -> str:
    return f"{len(links)} link{'s' * (len(links) != 1)} written anew"


def _made(trial: _Trial, page: ParsedNote) -> dict[Edit, None]:
    """The edits that keep the links of a page, in their order, each once."""
    broken = tuple(_broken(trial, page))
    text = edits.normal(_text(trial.files, page.note.path)) if broken else ""
    made = (_edits(trial, text, page.note.path, each) for each in broken)
    return dict.fromkeys(chain.from_iterable(made))


def _edits(trial: _Trial, text: str, source: str, broken: _Broken) -> list[Edit]:
    """The edits that give a link its new target: one, or one for each definition of its label.

    Raises:
        VaultError: no spelling would lead where the link does, or it cannot be written there.
    """
    link, wanted, leads = broken
    found = sites.locate(text, link, trial.files.dialect) if link.form in _WRITABLE else ()
    if wanted not in trial.names.notes:  # `![[a.png]]` finds its picture from anywhere
        found = tuple(site for site in found if site.setting in sites.DESTINATIONS)
    elif not found and not leads:
        raise _lost(link)
    made = (_edit(trial, text, source, broken, site) for site in found)
    return [edit for edit in made if text[edit.start : edit.end] != edit.text]


def _edit(trial: _Trial, text: str, source: str, broken: _Broken, site: sites.Site) -> Edit:
    written = site.written if broken.leads else _spelt(trial, source, broken, site)
    if not _names_title(trial, broken.link, broken.wanted):
        return Edit(site.start, site.end, written)
    end, heading = sites.heading(text, site, *trial.headings)
    return Edit(site.start, end, written + heading)


def _spelt(trial: _Trial, source: str, broken: _Broken, site: sites.Site) -> str:
    link, wanted, _ = broken
    for name in _names(trial, source, broken):
        spelling = sites.spell(site, name)
        if spelling is not None and (
            wanted not in trial.names.notes
            or _leads(_meaning(trial, link._replace(target=spelling.target), source), wanted)
        ):
            return spelling.written
    raise _lost(link)


def _lost(link: Link) -> VaultError:
    return VaultError(
        f'{link.span}: the link to "{link.target}" cannot be kept',
        "choose another name, or keep the old title as an alias: --alias",
    )


def _names(trial: _Trial, source: str, broken: _Broken) -> Iterator[str]:
    """What the target of a link may be called after the change, the likeliest first."""
    link, wanted, _ = broken
    page = trial.moved(source)
    if wanted not in trial.names.notes:
        return spellings.as_path(link, wanted, page)
    old = trial.files.names.notes[trial.old if wanted == trial.note.path else wanted]
    return spellings.names(link, old, trial.names.notes[wanted], source, page)


def _verify(trial: _Trial, changes: Iterable[Change]) -> None:
    """Parse what would be written, and hold every link to what it meant.

    Raises:
        VaultError: a link would be lost or mean something else.
    """
    parsed = {
        change.source or change.path: trial.files.parse(change.after, change.path)
        for change in changes
    }
    pages = [(page, parsed.get(page.note.path, page)) for page in trial.files.parsed]
    meaning = meanings(index(after.note for _, after in pages))
    for before, after in pages:
        old, new = ([link for link in page.links if not _in_title(link, page.note)]
                    for page in (before, after))  # fmt: skip
        if len(old) != len(new):
            raise VaultError(
                f"{before.note.path} would be read with other links", "choose another name"
            )
        for was, now in zip(old, new, strict=True):
            found = trial.files.meaning(was, before.note.path)
            if found.fate is Fate.RESOLVED and not _leads(
                meaning(now, after.note.path), trial.moved(found.path)
            ):
                raise VaultError(
                    f'{was.span}: the link to "{was.target}" would mean another note',
                    "choose another name",
                )


def _in_title(link: Link, note: Note) -> bool:
    """Whether a tag or an identifier is but a word of the note's first heading."""
    return link.form in _WORDS and bool(note.headings) and note.headings[0].line == link.span.line


def _stale(trial: _Trial) -> Iterator[str]:
    """The notes whose managed summary names the note as it was called, and so goes stale."""
    old = trial.files.names.notes[trial.old]
    gone = {old.title, old.id, old.path} - {trial.note.title, trial.note.id, trial.note.path}
    for path in trial.files.names.notes:
        data = trial.files.read(path)
        if _MARKER in data:
            text = encoding(data).text(data, "replace")
            summaries = [text[each.start : each.end] for each in blocks.find(text).blocks]
            if any(name in summary for name in gone for summary in summaries):
                yield trial.moved(path)


def write(root: Path, cache: Path, plan: Refactoring) -> None:
    """Write all files of a plan, or none, whatever happens meanwhile: see `journal`.

    Raises:
        VaultError: a file was changed after the plan was made, or cannot be written; then every
            file is as it was.
    """
    for change in plan.changes:
        if disk.read_inside(root, change.source or change.path) != change.before:
            raise VaultError(f"{change.source or change.path} changed meanwhile", "run it again")
    journal.carry_out(root, cache, plan.changes)


def _text(files: Files, path: str) -> str:
    """The text of a note of which a stretch will be changed.

    Raises:
        VaultError: its bytes are no text, so that they cannot be kept as they are.
    """
    data = files.read(path)
    try:
        return encoding(data).text(data)
    except UnicodeDecodeError as error:
        raise VaultError(f"{path} has to change and is no text", "save it as UTF-8") from error


def _rewritten(files: Files, path: str, made: Iterable[Edit]) -> bytes:
    """The bytes of a note with edits made; the very same where there are none."""
    data, listed = files.read(path), tuple(made)
    if not listed:
        return data
    try:
        return encoding(data).data(edits.applied(_text(files, path), listed))
    except edits.Overlap as error:
        raise VaultError(
            f"{path}: a link stands in what would change", "take the link out of its title"
        ) from error
