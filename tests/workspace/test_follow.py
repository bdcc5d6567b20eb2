"""A vault followed: each change comes with its graph, and nothing comes without a change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graphkit import Workspace
from graphkit.workspace.follow import follow

Changes = set[tuple[str, str]]


def test_each_change_comes_once_and_with_its_graph(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = {("modified", str(vault / "plain.md"))}

    def watch(*_: object, **__: object) -> Iterator[Changes]:
        yield set()  # before this nothing was noticed
        yield set()
        (vault / "nowhere.md").write_text("# Nowhere\n")
        yield saved
        yield saved  # by a program that wrote the same again
        (vault / "nowhere.md").unlink()
        yield saved

    monkeypatch.setattr("watchfiles.watch", watch)
    opened = Workspace.open(vault)
    missing = opened.graph.links.missing
    found = list(follow(opened))
    assert [after.synced.files for after in found] == [6, 5]
    assert [after.graph.links.missing - missing for after in found] == [-1, 0]
    assert all("draft" in vars(after) for after in found)


def test_what_changed_before_the_watch_began_is_noticed(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Workspace.open(vault)
    (vault / "nowhere.md").write_text("# Nowhere\n")
    monkeypatch.setattr("watchfiles.watch", lambda *_, **__: iter([set()]))
    assert [after.synced.files for after in follow(opened)] == [6]
