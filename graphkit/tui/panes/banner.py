"""The first line: which vault is open and what is in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from graphkit.models import Graph, Problem
from graphkit.render import marks, words
from graphkit.tui.entries import QUIET, dotted
from graphkit.tui.rows import Line, content
from graphkit.tui.theme import KINDS, ink
from graphkit.vocabulary import Kind, Severity


class Banner(Widget):
    """The program's name, the vault's name, its nodes by kind, its problems."""

    told: reactive[Line] = reactive(())
    trouble: reactive[Line] = reactive(())

    def render(self) -> Content:
        name = content((("GraphKit", "bold $primary"), ("  ", ""), *self.told))
        trouble = content(self.trouble)
        gap = self.size.width - name.cell_length - trouble.cell_length
        if gap < 2:
            return name.truncate(self.size.width, ellipsis=True)
        return Content.assemble(name, " " * gap, trouble)

    def tell(self, what: str) -> None:
        """Say what is going on before there is a vault to tell of."""
        self.told = ((what, QUIET),)

    def describe(self, name: str, graph: Graph) -> None:
        counts = Counter(node.kind for node in graph.nodes.values())
        kinds = (_counted(kind, counts[kind]) for kind in Kind if counts[kind])
        self.told = ((name, "bold"), ("   ", ""), *dotted(*kinds))

    def warn(self, problems: Iterable[Problem]) -> None:
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


def _counted(kind: Kind, amount: int) -> Line:
    mark = KINDS[kind]
    return ((f"{mark.glyph} ", mark.style), (words.count(amount, kind.value), QUIET))
