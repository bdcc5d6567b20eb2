"""The graph that an index keeps is the one that its notes give, and never outlives them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from graphkit import Workspace
from graphkit.workspace import INDEX


def is_recalled(workspace: Workspace) -> bool:
    """Whether the graph was had without joining a note."""
    return bool(workspace.graph) and "draft" not in vars(workspace)


def test_a_second_process_joins_no_note_and_has_the_same_graph(vault: Path) -> None:
    first, again = Workspace.open(vault), Workspace.open(vault)
    assert not is_recalled(first)
    assert is_recalled(again)
    assert again.graph == first.graph == again.draft.graph
    assert list(again.graph.nodes) == list(first.graph.nodes)
    assert again.standings == first.standings
    assert again.check() == first.check()


def test_a_changed_note_is_joined_anew(vault: Path) -> None:
    assert Workspace.open(vault).graph
    (vault / "new.md").write_text("# New\n\nSee [[Longer steeping makes tea bitter]].\n")
    changed = Workspace.open(vault)
    assert not is_recalled(changed)
    assert "New" in {node.title for node in changed.graph.nodes.values()}


def test_a_recalled_graph_can_be_brought_up_to_date(vault: Path) -> None:
    assert Workspace.open(vault).graph
    recalled = Workspace.open(vault)
    assert is_recalled(recalled)
    (vault / "new.md").write_text("# New\n")
    first = recalled.refreshed()
    assert first.graph == Workspace.open(vault).draft.graph
    (vault / "newer.md").write_text("# Newer\n")
    assert first.refreshed().graph == Workspace.open(vault).draft.graph


def test_a_damaged_graph_is_joined_again(vault: Path) -> None:
    whole = Workspace.open(vault)
    assert whole.graph.nodes
    assert whole.cache
    with sqlite3.connect(whole.cache / INDEX) as base:
        base.execute("UPDATE memo SET value = value || '\n[[1]]' WHERE name = 'graph'")
    again = Workspace.open(vault)
    assert not is_recalled(again)
    assert again.graph == whole.graph
    assert is_recalled(Workspace.open(vault))
