"""What a vault held when it was last listed is there before the vault is opened again."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from graphkit.errors import VaultError
from graphkit.models import Node
from graphkit.workspace import Workspace, glimpse, index

NOTES = {
    "steeping.md": "---\nkind: claim\n---\n# Longer steeping is bitter\n\n"
    "- is reported by [[Tannin study]]\n",
    "tannin.md": "---\nkind: source\nidentifiers: [arXiv:2401.00001]\n---\n# Tannin study\n",
}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    for name, text in NOTES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def kept(vault: Path) -> tuple[Workspace, list[Node]]:
    workspace = Workspace.open(vault)
    nodes = list(workspace.graph.nodes.values())[::-1]
    glimpse.keep(workspace, nodes)
    return workspace, nodes


def test_it_is_what_was_kept_in_its_order_and_with_how_it_stood(vault: Path) -> None:
    workspace, nodes = kept(vault)
    found = glimpse.last(vault)
    assert found is not None
    assert found.root == workspace.root
    assert [each.node for each in found.seen] == nodes
    assert {each.node.id: each.standing for each in found.seen if each.standing} == dict(
        workspace.standings
    )


def test_it_stays_until_a_vault_that_changed_is_kept_again(vault: Path) -> None:
    kept(vault)
    (vault / "water.md").write_text("# Cool water\n", encoding="utf-8")
    before = glimpse.last(vault)
    assert before is not None
    kept(vault)
    after = glimpse.last(vault)
    assert after is not None
    assert len(after.seen) == len(before.seen) + 1


def test_of_a_vault_that_was_never_listed_there_is_none(vault: Path) -> None:
    assert glimpse.last(vault) is None
    Workspace.open(vault)
    assert glimpse.last(vault) is None
    with pytest.raises(VaultError):
        glimpse.last(vault / "nowhere")


@pytest.mark.parametrize("damage", ["no json", '[["x"]]', "[1, 2]", "{}"])
def test_one_that_cannot_be_read_is_none(vault: Path, damage: str) -> None:
    workspace, _ = kept(vault)
    assert workspace.cache is not None
    with sqlite3.connect(workspace.cache / index.FILE) as base:
        base.execute("UPDATE memo SET value = ? WHERE name = ?", (damage, glimpse.MEMO))
    base.close()
    assert glimpse.last(vault) is None


def test_one_in_another_form_is_none(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(vault)
    monkeypatch.setattr(glimpse, "_form", lambda: "another")
    assert glimpse.last(vault) is None


def test_a_vault_without_an_index_keeps_nothing(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Path) -> Path:
        raise OSError("no space left")

    monkeypatch.setattr("graphkit.workspace.vault.made", full)
    kept(vault)
    assert glimpse.last(vault) is None
