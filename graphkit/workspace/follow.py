"""A vault followed while people and programs change it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from threading import Event

    from watchfiles import Change

    from graphkit.workspace import Workspace

BURST: Final = 400  # milliseconds: an editor's writes that follow each other count as one change
PATIENCE: Final = 500  # milliseconds after which `stop` is looked at


def follow(workspace: Workspace, stop: Event | None = None) -> Iterator[Workspace]:
    """The workspace as it is after each change to its notes, settings or runs, until `stop`.

    Each has its graph built, on that of the one before, so that whoever gets it need not wait;
    call this from a thread that may.

    Raises:
        KeyboardInterrupt: the user pressed Ctrl-C.
    """
    from watchfiles import watch

    root = workspace.root

    def matters(_change: Change, path: str) -> bool:
        parts = Path(path).relative_to(root).parts
        return not any(part.startswith(".") for part in parts[:-1]) and (
            parts[-1:] == (".gitignore",) or not any(part.startswith(".") for part in parts[-1:])
        )

    waking = watch(
        root,
        watch_filter=matters,
        debounce=BURST,
        stop_event=stop,
        rust_timeout=PATIENCE,
        yield_on_timeout=True,
    )
    asleep = False  # what changed before the watch began was not noticed
    for changes in waking:
        if asleep and not changes:
            import_module("graphkit.parse")  # the first change needs it, and now nothing waits
            continue
        asleep = True
        after = workspace.refreshed()
        if _told(after) != _told(workspace):
            workspace = after
            yield workspace


def _told(workspace: Workspace) -> tuple[object, ...]:
    """What a change must change to be one, all of it at hand once the graph is built."""
    return workspace.synced.stamp, workspace.vault, workspace.graph.verdicts
