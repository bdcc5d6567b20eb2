"""`rename` and `move`: previewed on request, and only then written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Program = Callable[..., Any]


def tree(root: Path) -> dict[str, bytes]:
    files = (file for file in root.rglob("*") if file.is_file())
    return {str(f.relative_to(root)): f.read_bytes() for f in files if ".graphkit" not in f.parts}


def test_a_renamed_note_keeps_its_links(graphkit: Program, vault: Path) -> None:
    told = graphkit("rename", "Tannin study", "Bark study", "--vault", vault)
    assert told.code == 0
    assert "2 links written anew" in told.err
    assert "Longer steeping" in graphkit("links", "Bark study", "--vault", vault).out
    assert graphkit("show", "Tannin study", "--vault", vault).code == 2
    assert "[[Bark study]] and [[Nowhere]]" in (vault / "plain.md").read_text()


def test_a_moved_note_keeps_its_links_and_no_other_file_changes(
    graphkit: Program, vault: Path
) -> None:
    before = tree(vault)
    told = graphkit("move", "Tannin study", "papers/tea", "--vault", vault)
    assert told.code == 0
    assert "papers/tea/tannin.md" in told.err
    moved = before.pop("sources/tannin.md")
    assert tree(vault) == before | {"papers/tea/tannin.md": moved}


def test_the_old_title_stays_an_alias_on_request(graphkit: Program, vault: Path) -> None:
    graphkit("rename", "Tannin study", "Bark study", "--alias", "--vault", vault)
    assert "Bark study" in graphkit("show", "Tannin study", "--vault", vault).out
    assert "[[Tannin study]]" in (vault / "plain.md").read_text()


@pytest.mark.parametrize("flag", ["--diff", "--dry-run"])
@pytest.mark.parametrize("command", [("rename", "plain", "A green page"), ("move", "plain", "a")])
def test_a_preview_of_it_writes_nothing(
    graphkit: Program, vault: Path, command: tuple[str, ...], flag: str
) -> None:
    before = tree(vault)
    told = graphkit(*command, flag, "--vault", vault)
    assert told.code == 0
    assert "plain.md" in told.out
    assert tree(vault) == before


def test_a_diff_shows_the_new_targets_and_where_the_file_goes(
    graphkit: Program, vault: Path
) -> None:
    told = graphkit("rename", "Tannin study", "Bark study", "--diff", "--vault", vault)
    assert "+See [[Bark study]] and [[Nowhere]]." in told.out
    moved = graphkit("move", "plain", "a", "--diff", "--vault", vault)
    assert "rename from plain.md\nrename to a/plain.md" in moved.out


def test_a_summary_that_names_it_is_said_to_be_stale(graphkit: Program, vault: Path) -> None:
    graphkit("regenerate", vault)
    told = graphkit("rename", "Tannin study", "Bark study", "--vault", vault)
    assert "graphkit regenerate" in told.err
    assert graphkit("regenerate", vault, "--check").code == 1


@pytest.mark.parametrize(
    ("command", "named"),
    [
        (("rename", "plain", "Tannin study"), "sources/tannin.md"),
        (("rename", "Nowhere", "Somewhere"), "Nowhere"),
        (("rename", "nothing at all", "x"), "nothing at all"),
        (("move", "plain", "../x"), "../x"),
    ],
)
def test_a_refusal_names_what_stands_in_the_way_and_changes_nothing(
    graphkit: Program, vault: Path, command: tuple[str, ...], named: str
) -> None:
    before = tree(vault)
    told = graphkit(*command, "--vault", vault)
    assert told.code == 2
    assert named in told.err
    assert tree(vault) == before


def test_a_note_is_begun_and_linked_to(graphkit: Program, vault: Path) -> None:
    before = tree(vault)
    asked = ("new", "Lemon", "--kind", "claim", "--link-from", "Cooler water makes tea sweeter")
    shown = graphkit(*asked, "--relation", "extends", "--diff", "--vault", vault)
    assert "+# Lemon" in shown.out
    assert "+- extends [[Lemon]]" in shown.out
    assert tree(vault) == before
    told = graphkit(*asked, "--relation", "extends", "--vault", vault)
    assert told.out == "claims/lemon.md\n"
    assert "Cooler water" in graphkit("links", "Lemon", "--vault", vault).out
    again = graphkit(*asked, "--vault", vault)
    assert again.code == 2
    assert "claims/lemon.md" in again.err
