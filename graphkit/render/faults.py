"""The table of what can be wrong in a vault, as its reader's guide."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Group
from rich.text import Text

from graphkit.codes import Code
from graphkit.render import marks
from graphkit.render.escape import line
from graphkit.render.layout import Rows, facts, paragraph, stack


def codes(table: Mapping[str, Code]) -> Rows:
    """Every code with its severity and what it says."""
    rows = [_row(name, code) for name, code in table.items()]
    return Rows(rows=rows, stacks=lambda: [_stack(*row) for row in rows])


def _row(name: str, code: Code) -> tuple[Text, Text, Text]:
    return (
        Text(line(name), style=marks.TITLE),
        marks.marked(marks.SEVERITIES[code.severity], code.severity),
        Text(line(code.meaning)),
    )


def _stack(name: Text, severity: Text, meaning: Text) -> Group:
    return stack(facts(name, severity), paragraph(meaning, by=2))
