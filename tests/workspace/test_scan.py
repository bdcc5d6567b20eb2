from __future__ import annotations

import os
from pathlib import Path

from graphkit.workspace.scan import scan


def write(root: Path, *paths: str) -> None:
    for path in paths:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(path)


def paths(root: Path) -> list[str]:
    return [file.path for file in scan(root).files]


def test_markdown_files_are_listed_in_path_order_at_any_depth(tmp_path: Path) -> None:
    write(tmp_path, "b.md", "a/c.markdown", "a/b/D.MD", "picture.png")
    assert paths(tmp_path) == ["a/b/D.MD", "a/c.markdown", "b.md"]


def test_hidden_folders_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, ".obsidian/x.md", ".trash/x.md", ".graphkit/x.md", "kept.md")
    assert paths(tmp_path) == ["kept.md"]


def test_a_hidden_file_named_like_a_note_is_said(tmp_path: Path) -> None:
    write(tmp_path, "..md", "a/.b.md", ".c.txt", "kept.md", ".gone.md")
    (tmp_path / ".gitignore").write_text(".gone.md\n")
    (tmp_path / ".#lock.md").symlink_to("nobody@nowhere")
    listing = scan(tmp_path)
    assert [file.path for file in listing.files] == ["kept.md"]
    assert [(p.span.path, p.severity.value) for p in listing.problems] == [
        ("..md", "info"),
        ("a/.b.md", "info"),
    ]


def test_old_states_that_an_application_keeps_are_no_notes(tmp_path: Path) -> None:
    write(tmp_path, "logseq/bak/pages/a/2024.md", "logseq/version-files/a.md", "pages/a.md")
    write(tmp_path, "notes/logseq/bak/b.md", "logseq/own.md")
    assert paths(tmp_path) == ["logseq/own.md", "notes/logseq/bak/b.md", "pages/a.md"]


def test_gitignore_rules_hold_below_their_own_folder(tmp_path: Path) -> None:
    write(tmp_path, "drafts/x.md", "a/drafts/x.md", "a/b/old.md", "b/old.md", "keep.md")
    (tmp_path / ".gitignore").write_text("/drafts/\n")
    (tmp_path / "a" / ".gitignore").write_text("old.md\n")
    assert paths(tmp_path) == ["a/drafts/x.md", "b/old.md", "keep.md"]


def test_a_folder_named_like_a_note_is_said_and_walked(tmp_path: Path) -> None:
    write(tmp_path, "x.md/inner.md")
    listing = scan(tmp_path)
    assert [file.path for file in listing.files] == ["x.md/inner.md"]
    assert [(str(p.span), p.code) for p in listing.problems] == [("x.md:1:1", "not-a-note")]


def test_links_are_not_followed_and_those_out_of_the_vault_are_warned_of(tmp_path: Path) -> None:
    vault, outside = tmp_path / "vault", tmp_path / "secret.md"
    write(vault, "a.md")
    outside.write_text("secret")
    (vault / "out.md").symlink_to(outside)
    (vault / "in.md").symlink_to(vault / "a.md")
    (vault / "loop").symlink_to(vault)
    (vault / "itself").symlink_to(vault / "itself")
    (vault / "away").symlink_to(tmp_path)
    (vault / "gone.md").symlink_to(vault / "nothing.md")
    (vault / "round.md").symlink_to(vault / "round.md")
    listing = scan(vault)
    assert [file.path for file in listing.files] == ["a.md"]
    assert [(p.span.path, p.severity.value) for p in listing.problems] == [
        ("away", "warning"),
        ("gone.md", "warning"),
        ("in.md", "info"),
        ("loop", "info"),
        ("out.md", "warning"),
        ("round.md", "warning"),
    ]


def test_a_gitignore_line_that_is_no_rule_ignores_nothing(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "b.md")
    (tmp_path / ".gitignore").write_text("!\nb.md\n")
    assert paths(tmp_path) == ["a.md"]


def test_a_pipe_named_like_a_note_is_said_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.md")
    listing = scan(tmp_path)
    assert (listing.files, [p.code for p in listing.problems]) == ((), ["not-followed"])
