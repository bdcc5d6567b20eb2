"""The summaries of a vault's notes: planned from what is known now, written only on request."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Final, NamedTuple

from graphkit import disk
from graphkit.errors import GraphkitError, VaultError
from graphkit.models import Change, Graph, Note, Problem, Standing
from graphkit.parse import blocks
from graphkit.render import block, summary
from graphkit.render.merge import Settle, left
from graphkit.render.summaries import prose
from graphkit.render.summaries.causes import PROSE
from graphkit.render.summaries.inputs import by_id
from graphkit.render.summary import Prose, Summary
from graphkit.vocabulary import Kind, Severity
from graphkit.workspace import bases, layouts

Progress = Callable[[str, int, int], None]
_PATIENCE: Final = 3  # failures in a row after which an endpoint is asked no more
_STEP: Final = 50  # notes between two reports of progress
_UNUSABLE: Final = frozenset({layouts.CODE, "bad-settings"})
_WRITTEN: Final = f"{PROSE} ".encode()  # how a block keeps what a model wrote


class _Failure(str):
    """Why no answer came at all, which other notes would hear as well."""

    __slots__ = ()


Stale = Mapping[str, tuple[str, ...]]
"""Why summaries are stale, in words, by the paths of their notes in the order of those."""


class Writer(NamedTuple):
    """A model that writes: its name, and what answers instructions and a question."""

    model: str
    ask: Callable[[str, str], str]


class Known(NamedTuple):
    """All that the summaries of a vault are made from."""

    root: Path
    cache: Path | None
    pages: Mapping[str, Note]  # the notes by their paths, in the order of those
    graph: Graph
    standings: Mapping[str, Standing]
    templates: Mapping[Kind, str]


@dataclass(frozen=True)
class Plan:
    """What would be written and why, and the summaries of the notes that were looked at."""

    changes: tuple[Change, ...]
    summaries: Mapping[str, Summary]  # by the path of the note
    refusals: tuple[str, ...] = ()  # prose that was not taken, and why

    @cached_property
    def paths(self) -> Mapping[str, list[str]]:
        """The paths of the notes of each node; notes about one work have one node."""
        found: dict[str, list[str]] = {}
        for path, made in self.summaries.items():
            found.setdefault(made.node, []).append(path)
        return found

    @property
    def due(self) -> tuple[Change, ...]:
        """The changes that may be written."""
        return tuple(change for change in self.changes if change.problem is None)

    @property
    def refused(self) -> tuple[Change, ...]:
        """The notes that must be left alone."""
        return tuple(change for change in self.changes if change.problem is not None)

    @property
    def unsettled(self) -> tuple[Change, ...]:
        """The notes in which a person's edit and the new text cannot both stand."""
        return tuple(change for change in self.changes if change.conflicts)

    @property
    def stale(self) -> Stale:
        """The summaries that are others now, whether they may be written or not."""
        return {change.path: change.causes for change in self.changes if change.causes}

    @property
    def clean(self) -> bool:
        """Whether every summary is as it should be."""
        return self.finished and not self.due

    @property
    def finished(self) -> bool:
        """Whether every summary is as it should be once those are written that may be."""
        return all(
            change.problem is None or change.problem.severity is Severity.INFO
            for change in self.changes
        )


def usable(problems: Iterable[Problem]) -> None:
    """Refuse to write summaries by half of the vault's templates, or by half of its settings.

    Raises:
        VaultError: a template of the vault is not one, or its settings cannot be read.
    """
    for problem in problems:
        if problem.code in _UNUSABLE:
            raise VaultError(f"{problem.span}: {problem.message}", "nothing was written")


def planned(
    known: Known,
    wanted: Collection[str],
    progress: Progress,
    writer: Writer | None = None,
    settle: Settle = left,
) -> Plan:
    """A change for each note among the `wanted` paths, or of all, whose summary is another now.

    A `writer` writes prose about the notes that have none which still holds, until it fails at
    several in a row, as each may take it a minute; `settle` is asked what is to stand where a
    person's edit and the new text cannot both.
    """
    paths = sorted(known.pages.keys() & wanted) if wanted else known.pages
    chosen = [known.pages[path] for path in paths]
    told: dict[str, Summary] = {}
    changes: list[Change] = []
    refusals: list[str] = []
    failed = 0  # times in a row
    for at, note in enumerate(chosen):
        if at % _STEP == 0 or writer:
            progress("composing summaries", at, len(chosen))
        data = disk.read_inside(known.root, note.path)
        kept = _prose(data)
        made = _composed(known, note, kept)
        if writer and not made.written and failed < _PATIENCE:
            said = _asked(known, note, writer)
            if said is not None:
                failed = failed + 1 if isinstance(said, _Failure) else 0
            made = _composed(known, note, said) if isinstance(said, Prose) else made
            refusals += [f"{note.path}: {said}"] if isinstance(said, str) else []
        told[note.path] = made
        base = partial(bases.find, known.root, known.cache, note.path)
        if change := block.place(note.path, data, made, blocks, base, settle):
            changes.append(block.spared(change) if _read_only(known.root, change) else change)
    progress("composing summaries", len(chosen), len(chosen))
    if failed == _PATIENCE:
        refusals.append(f"any note after it: the endpoint failed {_PATIENCE} times in a row")
    return Plan(tuple(changes), told, tuple(refusals))


def _read_only(root: Path, change: Change) -> bool:
    """Whether a note that would change may not: to replace a file, only its folder is asked."""
    return change.problem is None and not disk.inside(root, change.path).stat().st_mode & 0o222


def _composed(known: Known, note: Note, kept: Prose | None) -> Summary:
    return summary.compose(
        note,
        known.graph,
        known.standings,
        pages=known.pages,
        own=known.templates,
        kept=kept,
    )


def _prose(data: bytes) -> Prose | None:
    """What a model wrote about a note before, as its block has kept it."""
    found = block.held(data, blocks) if _WRITTEN in data or b"\0" in data else None
    told = by_id(found.inputs).get(PROSE) if found else None
    return Prose(**{key: told.get(key, "") for key in Prose._fields}) if told else None


def _asked(known: Known, note: Note, writer: Writer) -> Prose | str | None:
    """What a model writes about a note, or why it is not taken; None where there is no note."""
    shown = summary.sheet(note, known.graph, known.standings)
    if not shown:
        return None
    try:
        answer = writer.ask(prose.INSTRUCTIONS, prose.question(shown))
    except GraphkitError as error:
        return _Failure(error.message)
    found = prose.checked(answer, shown)
    if isinstance(found, prose.Refused):
        return found.reason
    return Prose(writer.model, prose.digest(shown), " ".join(answer.split()))


def write(root: Path, cache: Path | None, changes: Iterable[Change], progress: Progress) -> None:
    """Write planned changes, each file whole or not at all; those with a problem are left out.

    The generated texts are kept first, so that a person's later edits of them can be merged.

    Raises:
        VaultError: a note was changed after the plan was made, or cannot be written. What was
            written before it stands; planning again gives the rest.
    """
    due = [change for change in changes if change.problem is None]
    bases.keep(cache, (change.generated for change in due if change.generated))
    for at, change in enumerate(due):
        progress("writing notes", at, len(due))
        if disk.read_inside(root, change.path) != change.before:
            raise VaultError(f"{change.path} changed meanwhile", "run the command again")
        disk.write_atomically(disk.inside(root, change.path), change.after)
    progress("writing notes", len(due), len(due))
