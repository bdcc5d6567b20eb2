"""Saved pages that are none: they are named, nothing comes of them, and the others are imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphkit.workspace import importing

PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


@pytest.mark.parametrize(
    "data", [PICTURE, b"caf\xe9", "\ufeffa\0b".encode()], ids=["picture", "latin-1", "nul"]
)
def test_what_is_no_text_is_named_and_leaves_no_note(tmp_path: Path, data: bytes) -> None:
    bad, good = tmp_path / "bad.txt", tmp_path / "good.txt"
    bad.write_bytes(data)
    good.write_text("A plain page\n\nwith words.\n")
    plan = importing.planned([bad, good], tmp_path / "notes")
    assert [page.name for page in plan.pages] == ["good.txt"]
    assert len(plan.changes) == 1
    (problem,) = (each for each in plan.problems if each.span.path == "bad.txt")
    assert (problem.code, problem.severity.value) == ("not-a-page", "error")
    assert problem.hint


def test_a_page_that_is_not_there_is_named(tmp_path: Path) -> None:
    plan = importing.planned([tmp_path / "gone.txt"], tmp_path / "notes")
    assert (plan.pages, plan.changes) == ((), ())
    assert [problem.code for problem in plan.problems] == ["not-a-page"]
