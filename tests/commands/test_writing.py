"""The commands that write: always on request, and nothing but what they say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Program = Callable[..., Any]

PAGE = """\
Does stirring cool a cup of coffee?
A short look at stirring and heat.
Stirring moves warm liquid up Does movement speed up cooling? and the surface loses heat.
Sources 1 notes
Moving liquid cools faster because warm parts reach the surface more often.
"""


def tree(root: Path) -> dict[str, bytes]:
    files = (file for file in root.rglob("*") if file.is_file())
    return {str(f.relative_to(root)): f.read_bytes() for f in files if ".graphkit" not in f.parts}


def test_an_imported_page_becomes_a_question_with_its_claim(
    graphkit: Program, tmp_path: Path
) -> None:
    page, into = tmp_path / "page.txt", tmp_path / "notes"
    page.write_text(PAGE)
    told = graphkit("import", page, "--into", into)
    assert told.code == 0
    assert "1 inquiry page read; 2 new and 0 changed notes written" in told.err
    links = graphkit("links", "Does movement speed up cooling?", "--vault", into)
    assert "addresses" in links.out


def test_importing_twice_changes_nothing(graphkit: Program, tmp_path: Path) -> None:
    page, into = tmp_path / "page.txt", tmp_path / "notes"
    page.write_text(PAGE)
    graphkit("import", page, "--into", into)
    before = tree(into)
    told = graphkit("import", page, "--into", into)
    assert "0 new and 0 changed" in told.err
    assert tree(into) == before


def test_import_diff_writes_nothing(graphkit: Program, tmp_path: Path) -> None:
    page, into = tmp_path / "page.txt", tmp_path / "notes"
    page.write_text(PAGE)
    told = graphkit("import", page, "--into", into, "--diff")
    assert "+# Does movement speed up cooling?" in told.out
    assert not into.exists()


def test_a_page_that_cannot_be_read_is_named_and_the_others_are_imported(
    graphkit: Program, tmp_path: Path
) -> None:
    page, into = tmp_path / "page.txt", tmp_path / "notes"
    page.write_text(PAGE)
    told = graphkit("import", tmp_path / "none.txt", page, "--into", into)
    assert told.code == 2
    assert "none.txt" in told.err
    assert len(tree(into)) == 2


def test_no_import_leaves_its_folder(graphkit: Program, tmp_path: Path) -> None:
    page, into, outside = tmp_path / "page.txt", tmp_path / "notes", tmp_path / "outside"
    page.write_text(PAGE)
    into.mkdir()
    outside.mkdir()
    (into / "claims").symlink_to(outside)
    assert graphkit("import", page, "--into", into).code == 2
    assert not any(outside.iterdir())


def test_regenerate_writes_summaries_then_has_nothing_to_do(graphkit: Program, vault: Path) -> None:
    assert graphkit("regenerate", vault, "--check").code == 1
    assert graphkit("regenerate", vault).code == 0
    text = (vault / "claims/steeping.md").read_text()
    assert "<!-- graphkit:summary v1" in text
    assert "Tannin study" in text.partition("<!-- /graphkit:summary -->")[0]
    told = graphkit("regenerate", vault, "--check")
    assert (told.code, told.out) == (0, "")


@pytest.mark.parametrize("flag", ["--diff", "--check"])
def test_a_preview_writes_nothing(graphkit: Program, vault: Path, flag: str) -> None:
    before = tree(vault)
    assert graphkit("regenerate", vault, flag).out
    assert tree(vault) == before


def test_a_changed_input_makes_summaries_stale_and_says_why(graphkit: Program, vault: Path) -> None:
    graphkit("regenerate", vault)
    file = vault / "claims/steeping.md"
    file.write_text(file.read_text().replace("- is reported by [[Tannin study]]", "- cites [[x]]"))
    told = graphkit("regenerate", vault, "--check")
    assert told.code == 1
    assert "from supported (1) to unsupported" in told.out


def test_init_copies_the_bundled_notes_and_never_over_others(
    graphkit: Program, tmp_path: Path
) -> None:
    told = graphkit("init", tmp_path / "mine")
    assert told.code == 0
    assert (tmp_path / "mine/graphkit.toml").exists()
    assert not (tmp_path / "mine/.graphkit").exists()
    assert graphkit("init", tmp_path / "mine").code == 2


def test_an_import_never_replaces_a_note_that_it_could_not_see(
    graphkit: Program, tmp_path: Path
) -> None:
    page, into = tmp_path / "page.txt", tmp_path / "notes"
    page.write_text(PAGE)
    graphkit("import", page, "--into", into)
    held = next((into / "claims").iterdir())
    held.write_text("my own words")
    (into / ".gitignore").write_text("claims/\n")
    told = graphkit("import", page, "--into", into)
    assert told.code == 2
    assert "in the way" in told.err
    assert held.read_text() == "my own words"


def test_only_a_note_can_be_regenerated(graphkit: Program, vault: Path) -> None:
    assert graphkit("regenerate", vault, "Nowhere").code == 2
