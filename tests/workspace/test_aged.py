"""Summaries that tell a standing which is another one now."""

from __future__ import annotations

from pathlib import Path

from graphkit import Workspace
from graphkit.models import Problem

DOUBT = (
    "---\nkind: source\nidentifiers: [arXiv:2402.00002]\n---\n# Doubt\n\n"
    "- contradicts [[Longer steeping makes tea bitter]]\n"
)


def stale(vault: Path) -> list[Problem]:
    found = Workspace.open(vault).check()
    return [problem for problem in found if problem.code == "stale-summary"]


def test_a_summary_is_told_once_its_standing_has_turned(vault: Path) -> None:
    space = Workspace.open(vault)
    space.write(space.regenerate())
    assert stale(vault) == []
    (vault / "sources" / "doubt.md").write_text(DOUBT)
    told = {problem.span.path: problem for problem in stale(vault)}
    assert "claims/steeping.md" in told
    found = told["claims/steeping.md"]
    assert found.message.startswith(
        "Longer steeping makes tea bitter is contested (1 for, 1 against), no longer supported (1)"
    )
    assert found.span.line > 1
    again = Workspace.open(vault)
    again.write(again.regenerate())
    assert stale(vault) == []
