from __future__ import annotations

from pathlib import Path

import pytest

from graphkit.errors import VaultError
from graphkit.vocabulary import Kind
from graphkit.workspace import vault


@pytest.mark.parametrize("marker", vault.MARKERS)
def test_the_vault_around_a_folder_is_the_nearest_one_with_a_marker(
    tmp_path: Path, marker: str
) -> None:
    (tmp_path / marker).mkdir()
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    assert vault.locate(start=inside) == tmp_path


def test_outside_a_vault_the_bundled_notes_are_opened(tmp_path: Path) -> None:
    assert (vault.locate(start=tmp_path) / vault.SETTINGS).exists()


@pytest.mark.parametrize("made", [None, "file"])
def test_a_vault_that_is_no_folder_is_named_in_the_error(tmp_path: Path, made: str | None) -> None:
    path = tmp_path / "nowhere"
    if made:
        path.write_text("")
    with pytest.raises(VaultError, match="nowhere"):
        vault.locate(path)


def test_settings_name_the_vault_and_add_relations(tmp_path: Path) -> None:
    (tmp_path / vault.SETTINGS).write_text(
        'name = "mine"\n[check]\nignore = ["orphan"]\n'
        '[[relation]]\nname = "funds"\ninverse = "is funded by"\nsubjects = ["source"]\n'
    )
    found = vault.settle(tmp_path)
    match = found.vocabulary.find("is_funded_by")
    assert (found.name, found.problems) == ("mine", ())
    assert found.check.ignore == {"orphan"}
    assert match is not None
    assert match.inverted
    assert match.relation.subjects == {Kind.SOURCE}


@pytest.mark.parametrize(
    "text",
    [
        "name = ",
        "nome = 'x'",
        "[relation]\nname = 'x'\n",
        "[[relation]]\nsign = 1\n",
        "[[relation]]\nname = 'x'\nsign = 7\n",
        "[[relation]]\nname = 'x'\nsynonyms = 5\n",
        "[check]\nignore = [['a']]\n",
    ],
)
def test_bad_settings_are_a_problem_and_the_vault_still_opens(tmp_path: Path, text: str) -> None:
    (tmp_path / vault.SETTINGS).write_text(text)
    found = vault.settle(tmp_path)
    assert [problem.code for problem in found.problems] == ["bad-settings"]
    assert found.vocabulary.find("supports")


def test_a_cache_that_leads_out_of_the_vault_is_not_used(tmp_path: Path) -> None:
    root, elsewhere = tmp_path / "vault", tmp_path / "elsewhere"
    root.mkdir()
    elsewhere.mkdir()
    (root / vault.CACHE).symlink_to(elsewhere)
    assert not vault.cache_folder(root).is_relative_to(root)


def test_the_cache_of_a_vault_lies_inside_it_and_is_kept_out_of_git(tmp_path: Path) -> None:
    folder = vault.made(vault.cache_folder(tmp_path))
    assert folder == tmp_path / ".graphkit"
    assert (folder / ".gitignore").read_text() == "*\n"
