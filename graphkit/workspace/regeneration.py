"""The summaries of a vault's notes: planned from what is known now, written only on request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from graphkit import disk
from graphkit.errors import VaultError
from graphkit.models import Change, Graph, Note, Standing
from graphkit.parse import blocks
from graphkit.render import block, summary


def planned(
    root: Path, notes: Iterable[Note], graph: Graph, standings: Mapping[str, Standing]
) -> tuple[Change, ...]:
    """A change for each of these notes whose summary is not what the graph now says."""
    changes = (
        block.place(
            note.path,
            disk.read_inside(root, note.path),
            summary.compose(note, graph, standings),
            blocks,
        )
        for note in notes
    )
    return tuple(change for change in changes if change)


def write(root: Path, changes: Iterable[Change]) -> None:
    """Write planned changes, each file whole or not at all; those with a problem are left out.

    Raises:
        VaultError: a note was changed after the plan was made, or cannot be written. What was
            written before it stands; planning again gives the rest.
    """
    for change in changes:
        if change.problem is None:
            if disk.read_inside(root, change.path) != change.before:
                raise VaultError(f"{change.path} changed meanwhile", "run the command again")
            disk.write_atomically(disk.inside(root, change.path), change.after)
