"""The summaries of a vault's notes: planned from what is known now, written only on request."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from graphkit import disk
from graphkit.errors import VaultError
from graphkit.models import Change, Graph, Note, Problem, Standing
from graphkit.parse import blocks
from graphkit.render import block, summary
from graphkit.render.summary import Summary
from graphkit.vocabulary import Kind, Severity
from graphkit.workspace import bases, layouts

Progress = Callable[[str, int, int], None]
_STEP: Final = 50  # notes between two reports of progress


class Known(NamedTuple):
    """All that the summaries of a vault are made from."""

    root: Path
    cache: Path | None
    notes: tuple[Note, ...]
    graph: Graph
    standings: Mapping[str, Standing]
    templates: Mapping[Kind, str]


class Plan(NamedTuple):
    """What would be written and why, and the summaries of the notes that were looked at."""

    changes: tuple[Change, ...]
    summaries: Mapping[str, Summary]  # by the path of the note

    @property
    def due(self) -> tuple[Change, ...]:
        """The changes that may be written."""
        return tuple(change for change in self.changes if change.problem is None)

    @property
    def refused(self) -> tuple[Change, ...]:
        """The notes that must be left alone."""
        return tuple(change for change in self.changes if change.problem is not None)

    @property
    def clean(self) -> bool:
        """Whether every summary is as it should be."""
        return all(
            change.problem is not None and change.problem.severity is Severity.INFO
            for change in self.changes
        )


def usable(problems: Iterable[Problem]) -> None:
    """Refuse to write summaries by half of the vault's templates.

    Raises:
        VaultError: a template of the vault is not one.
    """
    for problem in problems:
        if problem.code == layouts.CODE:
            raise VaultError(f"{problem.span}: {problem.message}", "nothing was written")


def planned(known: Known, wanted: Collection[str], progress: Progress) -> Plan:
    """A change for each note among the `wanted` paths, or of all, whose summary is another now."""
    pages = {note.path: note for note in known.notes}
    chosen = [note for note in known.notes if not wanted or note.path in wanted]
    told = dict(_composed(known, chosen, pages, progress))
    changes = (_placed(known, path, made) for path, made in told.items())
    return Plan(tuple(change for change in changes if change), told)


def _composed(
    known: Known, chosen: list[Note], pages: Mapping[str, Note], progress: Progress
) -> Iterator[tuple[str, Summary]]:
    for at, note in enumerate(chosen):
        if at % _STEP == 0:
            progress("composing summaries", at, len(chosen))
        yield (
            note.path,
            summary.compose(note, known.graph, known.standings, pages=pages, own=known.templates),
        )
    progress("composing summaries", len(chosen), len(chosen))


def _placed(known: Known, path: str, made: Summary) -> Change | None:
    data = disk.read_inside(known.root, path)
    base = partial(bases.find, known.root, known.cache, path)
    return block.place(path, data, made, blocks, base)


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
