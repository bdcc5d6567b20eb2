"""The rules of standing, each with its reason, as `graphkit standing --rules` prints them."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.text import Text

from graphkit.render import marks
from graphkit.render.layout import paragraph, spaced, stack
from graphkit.rules import CLAIMS, EFFECTS, EXCLUSIONS, FLAGS, QUESTIONS


def rules() -> RenderableType:
    """All rules: what an edge does, then the words and flags that follow."""
    return spaced(
        (
            _part(
                "An edge",
                ((rule.edge, rule.does, rule.because) for rule in (*EFFECTS, *EXCLUSIONS)),
            ),
            _part("A claim is", ((rule.word.value, rule.when, rule.because) for rule in CLAIMS)),
            _part(
                "A question is, by the first of these that applies,",
                ((rule.word.value, rule.when, rule.because) for rule in QUESTIONS),
            ),
            _part(
                "A claim is also", ((rule.flag.value, rule.when, rule.because) for rule in FLAGS)
            ),
        )
    )


def _part(title: str, rows: Iterable[tuple[str, str, str]]) -> Group:
    return stack(Text(title, style=marks.TITLE), *(_rule(*row) for row in rows))


def _rule(what: str, says: str, because: str) -> Group:
    return stack(
        paragraph(Text.assemble((what, "bold"), f": {says}"), by=2),
        paragraph(Text(f"because {because}", style=marks.FAINT), by=4),
    )
