"""The index is a cache: it saves work and never changes what is read."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import weakref
from pathlib import Path

import pytest

from graphkit import Workspace, disk
from graphkit.errors import VaultError
from graphkit.workspace import INDEX

STEEPING = "Longer steeping makes tea bitter"


def test_a_second_open_reads_no_note_and_finds_the_same(vault: Path) -> None:
    first, second = Workspace.open(vault), Workspace.open(vault)
    assert (first.synced.read, second.synced.read) == (5, 0)
    assert second.parsed == first.parsed
    assert second.graph.edges == first.graph.edges


def test_another_process_believes_the_index(vault: Path) -> None:
    code = "import sys, graphkit; print(graphkit.Workspace.open(sys.argv[1]).synced.read)"
    for seed, read in (("1", "5"), ("2", "0")):
        told = subprocess.run(
            [sys.executable, "-c", code, str(vault)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert told.stdout.strip() == read


def test_only_a_changed_note_is_read_again(vault: Path) -> None:
    Workspace.open(vault)
    (vault / "plain.md").write_text("# A plain page\n\nSee [[Tannin study]].\n")
    workspace = Workspace.open(vault)
    assert workspace.synced.read == 1
    assert workspace.graph.links.missing == 0


def test_a_touched_note_with_the_same_bytes_keeps_its_meaning(vault: Path) -> None:
    before = Workspace.open(vault).parsed
    os.utime(vault / "plain.md", ns=(1, 1))
    assert Workspace.open(vault).parsed == before


def test_a_new_note_turns_a_ghost_into_a_node_and_its_deletion_turns_it_back(vault: Path) -> None:
    Workspace.open(vault)
    (vault / "nowhere.md").write_text("# Nowhere\n")
    assert Workspace.open(vault).graph.links.missing == 0
    (vault / "nowhere.md").unlink()
    workspace = Workspace.open(vault)
    assert (workspace.graph.links.missing, workspace.synced.removed) == (1, 1)


def test_a_damaged_index_is_made_anew(vault: Path) -> None:
    before = Workspace.open(vault).parsed
    (vault / ".graphkit" / INDEX).write_bytes(b"this is no database" * 100)
    assert Workspace.open(vault).parsed == before
    assert Workspace.open(vault).synced.read == 0


def test_an_index_of_another_edition_is_not_believed(vault: Path) -> None:
    Workspace.open(vault)
    with sqlite3.connect(vault / ".graphkit" / INDEX) as base:
        base.execute("UPDATE memo SET value = 'older' WHERE name = 'edition'")
    base.close()
    assert Workspace.open(vault).synced.read == 5


def test_a_vault_whose_index_cannot_be_used_still_opens_and_says_so(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> sqlite3.Connection:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("sqlite3.connect", full)
    workspace = Workspace.open(vault)
    assert len(workspace.parsed) == 5
    assert [problem.code for problem in workspace.problems] == ["no-index"]


def test_a_note_that_cannot_be_read_is_counted_and_named(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = disk.read_inside

    def refuse(root: Path, path: str) -> bytes:
        if path == "plain.md":
            raise VaultError("plain.md cannot be read: Permission denied")
        return read(root, path)

    monkeypatch.setattr(disk, "read_inside", refuse)
    workspace = Workspace.open(vault)
    assert len(workspace.parsed) == 5
    assert ("not-read", "plain.md") in {(p.code, p.span.path) for p in workspace.check()}


def test_a_read_only_vault_keeps_its_index_in_the_users_cache(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    workspace = Workspace.open(vault)
    assert workspace.cache is not None
    assert not workspace.cache.is_relative_to(vault)
    assert not (vault / ".graphkit").exists()


def test_the_python_interface_answers_what_the_readme_shows(vault: Path) -> None:
    workspace = Workspace.open(vault)
    assert workspace.standing(STEEPING).supports
    assert workspace.search("bitter", 1, "keyword")[0].path
    assert workspace.text(workspace.node("plain")).startswith("# A plain page")


def test_a_workspace_that_is_let_go_takes_its_notes_with_it(vault: Path) -> None:
    workspace = Workspace.open(vault)
    workspace.search("bitter", 1, "keyword")
    workspace.standing(STEEPING)
    workspace.store.close()
    notes = weakref.ref(workspace.synced)
    del workspace
    assert notes() is None


def test_a_vault_that_stays_as_it_was_may_be_looked_at_any_number_of_times(tmp_path: Path) -> None:
    (tmp_path / "tea.md").write_text("# Tea\n")
    Workspace.open(tmp_path)
    workspace = Workspace.open(tmp_path)
    for _ in range(sys.getrecursionlimit()):
        workspace = workspace.refreshed()
    assert [note.title for note in workspace.notes] == ["Tea"]
