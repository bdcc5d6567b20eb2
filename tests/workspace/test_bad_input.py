"""Input that no one should write: every note of it counts, and a Problem says what to do."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from graphkit import Workspace
from graphkit.models import Problem

BOMB = "---\na0: &a0 [x, x]\n" + "".join(
    f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 12)
)

BAD: dict[str, tuple[bytes, str]] = {
    "broken YAML": (b"---\na: b: c\n---\n[[b]]", "bad-front-matter"),
    "a list for front matter": (b"---\n- a\n---\n[[b]]", "bad-front-matter"),
    "a word for front matter": (b"---\na\n---\n[[b]]", "bad-front-matter"),
    "a key that is a list": (b"---\n? [a]\n: b\n---\n[[b]]", "bad-front-matter"),
    "broken TOML": (b"+++\na = \n+++\n[[b]]", "bad-front-matter"),
    "TOML of brackets": (b"+++\na = " + b"[" * 10_000 + b"\n+++\n[[b]]", "bad-front-matter"),
    "YAML of brackets": (b"---\na: " + b"[" * 10_000 + b"\n---\n[[b]]", "bad-front-matter"),
    "anchors that explode": (f"{BOMB}---\n[[b]]".encode(), "bad-front-matter"),
    "an anchor in itself": (b"---\na: &a [*a]\n---\n[[b]]", "bad-front-matter"),
    "a key twice": (b"---\na: 1\na: 2\n---\n[[b]]", "duplicate-key"),
    "front matter without end": (b"---\na: 1\n[[b]]", "unclosed-front-matter"),
    "a fence without end": (b"[[b]]\n```\nx", "unclosed-fence"),
    "a comment without end": (b"[[b]]\n\n%%\nx", "unclosed-comment"),
    "an HTML comment without end": (b"[[b]]\n\n<!-- x", "unclosed-comment"),
    "only NULs": (b"\0" * 5_000, "nul-character"),
    "UTF-16 without its mark": ("[[b]]".encode("utf-16-le"), "nul-character"),
    "bytes that are no text": (b"\xff\xfa [[b]]", "not-utf8"),
    "a line of a megabyte": (b"[[b]]\n" + b"x" * 1_000_000, "long-line"),
}

GOOD: dict[str, bytes] = {
    "CRLF": b"---\r\ntitle: A\r\n---\r\n# A\r\n\r\n[[b]]\r\n",
    "lone CR": b"---\rtitle: A\r---\r# A\r\r[[b]]\r",
    "BOM": codecs.BOM_UTF8 + b"---\ntitle: A\n---\n\n\n[[b]]",
    "UTF-16": codecs.BOM_UTF16_LE + "---\ntitle: A\n---\n\n\n[[b]]".encode("utf-16-le"),
    "UTF-16, big end first": codecs.BOM_UTF16_BE
    + "---\ntitle: A\n---\n\n\n[[b]]".encode("utf-16-be"),
}


def opened(root: Path, data: bytes) -> Workspace:
    root.mkdir()
    (root / "a.md").write_bytes(data)
    (root / "b.md").write_text("[[a]]\n")
    return Workspace.open(root)


def of_code(workspace: Workspace, code: str) -> Problem:
    return next(each for each in workspace.check() if each.code == code)


@pytest.mark.parametrize(("data", "code"), BAD.values(), ids=BAD)
def test_it_is_a_problem_with_a_next_step_and_the_note_counts(
    tmp_path: Path, data: bytes, code: str
) -> None:
    workspace = opened(tmp_path / "vault", data)
    problem = of_code(workspace, code)
    assert (problem.span.path, len(problem.hint) > 10) == ("a.md", True)
    assert len(workspace.notes) == 2
    read = b"[[b]]" in data
    assert workspace.graph.links.resolved == 1 + read


@pytest.mark.parametrize("data", GOOD.values(), ids=GOOD)
def test_line_ends_and_encodings_are_read_as_they_are(tmp_path: Path, data: bytes) -> None:
    workspace = opened(tmp_path / "vault", data)
    assert [note.title for note in workspace.notes] == ["A", "b"]
    (link,) = workspace.parsed[0].links
    assert (link.target, link.span.line) == ("b", 6)
    assert [each.code for each in workspace.check()] == []


@pytest.mark.parametrize("value", ["[a]", "{a: b}", "", "~", "[[a], {b: c}]"])
@pytest.mark.parametrize("key", ["kind", "id", "title", "aliases", "tags", "identifiers", "tests"])
def test_a_property_of_any_type_is_read_or_a_problem(tmp_path: Path, key: str, value: str) -> None:
    workspace = opened(tmp_path / "vault", f"---\n{key}: {value}\n---\n[[b]]".encode())
    told = [each for each in workspace.check() if each.span.path == "a.md"]
    assert all(each.hint and each.span.line == 2 for each in told if "front" in each.code)
    single, mapping = key in ("kind", "id", "title"), value.startswith("{")
    wrong = mapping or (single and value not in ("", "~"))
    assert ("front-matter-type" in {each.code for each in told}) == wrong
    assert workspace.graph.links.resolved >= 2


def test_links_that_go_round_are_no_trouble(tmp_path: Path) -> None:
    workspace = opened(
        tmp_path / "vault", b"---\nkind: claim\n---\n- extends [[b]]\n- extends [[a]]"
    )
    assert {"self-relation"} <= {each.code for each in workspace.check()}
    assert workspace.standings


def test_symbolic_links_that_go_round_are_said_and_not_walked(tmp_path: Path) -> None:
    root = tmp_path / "vault"
    (root / "deep").mkdir(parents=True)
    (root / "deep" / "up").symlink_to(root)
    (root / "itself.md").symlink_to(root / "itself.md")
    (root / "one").symlink_to(root / "two")
    (root / "two").symlink_to(root / "one")
    (root / "a.md").write_text("text")
    workspace = Workspace.open(root)
    assert [note.path for note in workspace.notes] == ["a.md"]
    assert {each.span.path for each in workspace.problems} == {"deep/up", "itself.md"}
