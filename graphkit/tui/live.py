"""The vault followed while the explorer is open, in a thread that nobody waits for."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from typing import TYPE_CHECKING

from graphkit.errors import GraphkitError

if TYPE_CHECKING:
    from graphkit.workspace import Workspace


class Live:
    """Calls `changed`, in its own thread, with the vault as it is after each change on disk."""

    def __init__(self, workspace: Workspace, changed: Callable[[Workspace], None]) -> None:
        self._stopped = Event()
        arguments = (workspace, changed, self._stopped)
        Thread(target=_follow, args=arguments, name="graphkit-live", daemon=True).start()

    def stop(self) -> None:
        """Follow no more; the thread ends by itself, soon."""
        self._stopped.set()


def _follow(workspace: Workspace, changed: Callable[[Workspace], None], stopped: Event) -> None:
    from graphkit.workspace.follow import follow

    try:
        for after in follow(workspace, stopped):
            if stopped.is_set():
                return
            changed(after)
    except (GraphkitError, OSError):
        return  # the folder is gone, or the system watches no more: `r` still reads it again
