"""A change to several notes outlives the death of its process at any moment."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from graphkit import Workspace
from graphkit.errors import VaultError
from graphkit.workspace import journal
from graphkit.workspace.refactoring import Refactoring

TOUCHING = frozenset(
    {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "shutil.copyfile"}
)


def tree(root: Path) -> dict[str, bytes]:
    """Every file outside the cache, hidden ones included."""
    found = (file for file in root.rglob("*") if file.is_file())
    return {str(f.relative_to(root)): f.read_bytes() for f in found if ".graphkit" not in f.parts}


def dies(workspace: Workspace, plan: Refactoring, moment: int) -> bool:
    """Carry a plan out in a process that dies before its n-th touch of the disk; did it?"""
    child = os.fork()
    if child == 0:
        left = [moment]

        def hook(event: str, _arguments: object) -> None:
            if event in TOUCHING:
                left[0] -= 1
                if left[0] == 0:
                    os._exit(9)

        sys.addaudithook(hook)
        workspace.refactor(plan)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


@pytest.mark.parametrize("kind", ["rename", "move"])
def test_wherever_it_dies_the_next_open_finds_all_of_it_or_nothing(vault: Path, kind: str) -> None:
    outcomes = []
    moment = 0
    died = True
    while died:
        moment += 1
        workspace = Workspace.open(vault)
        before = tree(vault)
        name, title, folder = ("Bark study", "Tannin study", "sources")
        if "Tannin study" in {note.title for note in workspace.notes}:
            name, title, folder = ("Tannin study", "Bark study", "deep/papers")
        if kind == "move":
            folder = "deep/papers" if (vault / "sources" / "tannin.md").exists() else "sources"
            name = "Tannin study"
            plan = workspace.move(name, folder)
        else:
            plan = workspace.rename(name, title)
        wanted = {c.path: c.after for c in plan.changes}
        gone = {c.source for c in plan.changes if c.source}
        after = {path: data for path, data in before.items() if path not in gone} | wanted
        died = dies(workspace, plan, moment)
        again = Workspace.open(vault)
        assert tree(vault) in (before, after)
        assert not (vault / ".graphkit" / journal.FOLDER).exists()
        assert again.graph.links == workspace.graph.links
        outcomes.append(tree(vault) == after)
    assert {False, True} <= set(outcomes[:-1])
    assert moment > 20


def unfinished(vault: Path) -> Path:
    """A journal whose process died before it had touched a note."""
    workspace = Workspace.open(vault)
    plan = workspace.rename("Tannin study", "Bark study")
    moment = 1
    folder = vault / ".graphkit" / journal.FOLDER
    while dies(workspace, plan, moment) and not (folder / "changes.json").exists():
        moment += 1
    return folder


def test_a_completed_change_is_said(vault: Path) -> None:
    unfinished(vault)
    assert [each.code for each in Workspace.open(vault).problems] == ["finished-change"]
    assert Workspace.open(vault).problems == ()
    assert "[[Bark study]]" in (vault / "plain.md").read_text()


def test_a_note_that_somebody_changed_meanwhile_is_left_to_them(vault: Path) -> None:
    unfinished(vault)
    (vault / "plain.md").write_text("mine now")
    (problem,) = Workspace.open(vault).problems
    assert (problem.code, problem.span.path) == ("unfinished-change", "plain.md")
    assert (vault / "plain.md").read_text() == "mine now"


def test_a_path_out_of_the_vault_in_a_journal_is_refused(vault: Path, tmp_path: Path) -> None:
    folder = unfinished(vault)
    entries = json.loads((folder / "changes.json").read_bytes())
    away = tmp_path / "away.md"
    entries[0][:2] = ["../away.md", "../away.md"]
    (folder / "changes.json").write_text(json.dumps(entries))
    assert "unfinished-change" in {each.code for each in Workspace.open(vault).problems}
    assert not away.exists()


def test_two_processes_do_not_write_at_once(vault: Path) -> None:
    workspace = Workspace.open(vault)
    plan = workspace.rename("Tannin study", "Bark study")
    before = tree(vault)
    with journal._locked(vault / ".graphkit"), pytest.raises(VaultError, match="another process"):
        workspace.refactor(plan)
    assert tree(vault) == before
