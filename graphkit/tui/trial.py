"""A run of the claim tests in a process of its own, so that it can be watched and stopped."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphkit.tui.messages import Ran

if TYPE_CHECKING:
    from graphkit.tui.app import Explorer

PROFILE: Final = "smoke"

_PATIENCE: Final = 8.0  # seconds in which a stopped run may write what it has
_MAIN: Final = "from graphkit.commands import main; main()"


class Trial:
    """The one run that may be on, told to every screen; `said` is the last that was told of it."""

    def __init__(self, app: Explorer) -> None:
        self._app = app
        self.said = ""
        self.is_on = False

    def start(self, root: Path) -> None:
        """Run the tests of the vault at `root` in their smallest profile, and then read it again.

        One that is on is stopped for it.
        """
        self.is_on = True
        self._tell("starting a run of the smallest profile …")
        watch = self._watch(root)
        self._app.run_worker(watch, group="run", exclusive=True, description="running the tests")

    async def _watch(self, root: Path) -> None:
        async for said in lines(root, PROFILE):
            self._tell(said)
        self.is_on = False
        self._tell(f"The run is over; a verdict of a larger one stays before it. {self.said}")
        self._app.load()

    def stop(self) -> None:
        """Stop the run, if one is on; what was recorded is kept."""
        if self._app.workers.cancel_group(self._app, "run"):
            self.is_on = False
            self._tell("stopped; what was recorded is kept")

    def _tell(self, words: str) -> None:
        self.said = words
        for screen in self._app.screen_stack:
            screen.post_message(Ran(words))


async def lines(root: Path, profile: str) -> AsyncIterator[str]:
    """What the run of a profile says, line by line. Given up, it is interrupted and waited for."""
    package = str(Path(__file__).parents[2])
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-c", _MAIN, "experiment", "run",
        "--profile", profile, "--vault", str(root),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": package},
        start_new_session=True,  # so that its own processes can be interrupted with it
    )  # fmt: skip
    try:
        assert process.stderr is not None  # noqa: S101 - it was asked for above
        async for line in process.stderr:
            yield line.decode(errors="replace").strip()
        await process.wait()
    finally:
        await _ended(process)


async def _ended(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGINT)
        try:
            await asyncio.wait_for(process.wait(), _PATIENCE)
        except TimeoutError:
            os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
