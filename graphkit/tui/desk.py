"""The desk where questions are put: search and ask, never on the event loop.

A search index belongs to the thread that opened it. So keyword search and the slower semantic
search each have a thread and a view of the vault of their own, and neither waits for the other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from typing import TYPE_CHECKING, TypeVar

from graphkit.models import Answer, Hit
from graphkit.vocabulary import Mode

if TYPE_CHECKING:
    from graphkit.workspace import Workspace

_Value = TypeVar("_Value")


class Desk:
    """Search and ask for one opened vault."""

    def __init__(self, workspace: Workspace) -> None:
        self._quick = _Clerk(workspace)
        self._slow = _Clerk(workspace)

    async def by_words(self, text: str, limit: int) -> tuple[Hit, ...]:
        """The notes that fit by their words."""
        return await self._quick.do(lambda vault: vault.search(text, limit, Mode.KEYWORD))

    async def by_meaning(self, text: str, limit: int) -> tuple[Hit, ...]:
        """The notes that fit by words and meaning; by words alone where there is no model."""
        return await self._slow.do(lambda vault: vault.search(text, limit, Mode.HYBRID))

    async def ask(self, question: str) -> Answer:
        """What the notes answer."""
        return await self._slow.do(lambda vault: vault.ask(question))

    async def no_model(self) -> str:
        """Why there is no model to search with; empty when there is one."""
        return await self._slow.do(lambda vault: vault.no_model)

    def close(self) -> None:
        """Take no more questions. What is being answered is finished, and nobody waits for it."""
        self._quick.close()
        self._slow.close()


class _Clerk:
    """One thread with a view of the vault of its own."""

    def __init__(self, workspace: Workspace) -> None:
        self._vault = copy(workspace)  # shares what is computed already, opens its own index
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="graphkit-desk")

    async def do(self, task: Callable[[Workspace], _Value]) -> _Value:
        return await asyncio.get_running_loop().run_in_executor(self._thread, task, self._vault)

    def close(self) -> None:
        if "store" in vars(self._vault):  # opened by a question, so it is this thread's to close
            self._thread.submit(self._vault.store.close)
        self._thread.shutdown(wait=False)
