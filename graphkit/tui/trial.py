"""A run of the claim tests in a process of its own, so that it can be watched and stopped."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

PROFILE: Final = "smoke"

_PATIENCE: Final = 8.0  # seconds in which a stopped run may write what it has
_MAIN: Final = "from graphkit.commands import main; main()"


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
