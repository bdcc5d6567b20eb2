"""The first line: which vault is open and what is in it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from textual import work
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from graphkit.models import Problem
from graphkit.render import marks, words
from graphkit.tui.entries import QUIET, dotted
from graphkit.tui.rows import Line, content
from graphkit.tui.theme import KINDS, ink
from graphkit.vocabulary import Kind, Severity

if TYPE_CHECKING:
    from graphkit.tui.app import Explorer
    from graphkit.workspace import Workspace


class Banner(Widget):
    """The program's name, the vault's name, its nodes by kind, its problems."""

    told: reactive[Line] = reactive(())
    brief: reactive[Line] = reactive(())  # the same where there is little room
    trouble: reactive[Line] = reactive(())
    waiting: reactive[Line] = reactive(())

    def render(self) -> Content:
        trouble = content(self.waiting or self.trouble)
        for told in (self.told, self.brief):
            name = content((("GraphKit", "bold $primary"), ("  ", ""), *told))
            gap = self.size.width - name.cell_length - trouble.cell_length
            if gap >= 2:
                return Content.assemble(name, " " * gap, trouble)
        return name.truncate(self.size.width, ellipsis=True)

    def tell(self, what: str) -> None:
        """Say what is going on before there is a vault to tell of."""
        self.told = self.brief = ((what, QUIET),)

    def opening(self, words: str, *, glimpsed: bool) -> None:
        """Say what is being done to open a vault, and what is shown of it meanwhile."""
        shown = "as it was last time; " if glimpsed else ""
        self.tell(f"{shown}{words or 'opening the vault'} …")

    def await_keys(self, count: int) -> None:
        """Say how many keys are pressed when the vault is open."""
        waiting = f"{words.count(count, 'key')} {'waits' if count == 1 else 'wait'}"
        self.waiting = ((f"{waiting}; escape forgets", QUIET),) if count else ()

    def describe(self, workspace: Workspace) -> None:
        """Count the nodes of a vault now, and its problems when they are found."""
        counts = Counter(node.kind for node in workspace.graph.nodes.values())
        name: Line = ((workspace.name, "bold"), ("   ", ""))
        kinds = [(KINDS[kind], counts[kind], kind) for kind in Kind if counts[kind]]
        self.brief = (*name, *dotted(*(_marked(mark, str(n)) for mark, n, _ in kinds)))
        self.told = (
            *name, *dotted(*(_marked(mark, words.count(n, kind)) for mark, n, kind in kinds))
        )  # fmt: skip
        self._check(workspace)

    @work(exclusive=True, group="problems", description="checking the vault")
    async def _check(self, workspace: Workspace) -> None:
        await cast("Explorer", self.app).lull.come()  # each key would wait for this
        self._warn(await asyncio.to_thread(workspace.check))

    def _warn(self, problems: Iterable[Problem]) -> None:
        """Count the problems that matter."""
        counts = Counter(problem.severity for problem in problems)
        told = (
            (
                (
                    words.count(counts[severity], severity.value),
                    ink(marks.SEVERITIES[severity].style),
                ),
            )
            for severity in (Severity.ERROR, Severity.WARNING)
            if counts[severity]
        )
        self.trouble = dotted(*told)


def _marked(mark: marks.Mark, said: str) -> Line:
    return ((f"{mark.glyph} ", mark.style), (said, QUIET))
