"""The desk where questions are put: search and ask, never on the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from graphkit.vocabulary import Mode

if TYPE_CHECKING:
    from graphkit.found import Answer, Hit
    from graphkit.workspace import Workspace

_Value = TypeVar("_Value")


class Desk:
    """Search and ask for one opened vault. The index takes questions of several threads at once.

    What needs the model waits its turn in a thread of its own: the first question may have it
    read the whole vault, and a question that was given up meanwhile is never put.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._vault = workspace
        self._opening = asyncio.Lock()  # or two first questions would open the index twice
        self._reader = ThreadPoolExecutor(1, "graphkit-model")

    async def by_words(self, text: str, limit: int) -> tuple[Hit, ...]:
        """The notes that fit by their words."""
        return await self._do(lambda vault: vault.search(text, limit, Mode.KEYWORD))

    async def by_meaning(self, text: str, limit: int) -> tuple[Hit, ...]:
        """The notes that fit by words and meaning; by words alone where there is no model."""
        return await self._do(lambda vault: vault.search(text, limit, Mode.HYBRID), self._reader)

    async def ask(self, question: str) -> Answer:
        """What the notes answer."""
        return await self._do(lambda vault: vault.ask(question), self._reader)

    async def no_model(self) -> str:
        """Why there is no model to search with; empty when there is one."""
        return await self._do(lambda vault: vault.no_model, self._reader)

    async def _do(
        self, task: Callable[[Workspace], _Value], pool: ThreadPoolExecutor | None = None
    ) -> _Value:
        async with self._opening:
            await asyncio.to_thread(lambda: self._vault.store)
        return await asyncio.get_running_loop().run_in_executor(pool, task, self._vault)

    def close(self) -> None:
        """Take no more questions. What is being answered is finished, and nobody waits for it."""
        self._reader.shutdown(wait=False, cancel_futures=True)
        if "store" in vars(self._vault):
            asyncio.get_running_loop().run_in_executor(None, self._vault.store.close)
