"""Whatever a folder holds and whatever happens meanwhile: it opens, and its files stay theirs."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from graphkit import Workspace, disk
from graphkit.workspace import INDEX, parallel

OPEN = "import sys, graphkit; print(len(graphkit.Workspace.open(sys.argv[1]).parsed))"

ODD: dict[str, tuple[bytes, str]] = {
    "nuls": (b"\0" * 4096, "nul-character"),
    "latin": (b"# caf\xe9\n", "not-utf8"),
    "utf16": ("\ufeff# Café\n\n[[a]]\n".encode("utf-16-le"), ""),
    "bom": (b"\xef\xbb\xbf# Title\n\n[[a]]\n", ""),
    "crlf": (b"---\r\ntitle: T\r\n---\r\n# T\r\n\r\n[[a]]\r\n", ""),
    "cr": (b"# T\r\r[[a]]\r", ""),
    "empty": (b"", ""),
    "one long line": (b"word " * 2_000_000, ""),
    "half a megabyte": (b"# T\n\nSome prose with a [[link]] in it.\n\n" * 12_500, ""),
}


def tree(root: Path) -> dict[str, bytes]:
    """The bytes of every file outside the cache."""
    files = (file for file in root.rglob("*") if file.is_file() and ".graphkit" not in file.parts)
    return {str(file): file.read_bytes() for file in files}


def filled(root: Path, count: int) -> Path:
    root.mkdir(exist_ok=True)
    for number in range(count):
        text = f"# Note {number}\n\nIt follows [[n{number - 1}]].\n"
        (root / f"n{number}.md").write_text(text)
    return root


def started(root: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", OPEN, str(root)], stdout=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize("name", ODD)
def test_any_bytes_are_one_note_and_say_what_is_wrong_with_them(tmp_path: Path, name: str) -> None:
    data, code = ODD[name]
    (tmp_path / "odd.md").write_bytes(data)
    workspace = Workspace.open(tmp_path)
    assert [parsed.note.path for parsed in workspace.parsed] == ["odd.md"]
    codes = {problem.code for problem in workspace.parsed[0].problems}
    assert not code or code in codes
    assert Workspace.open(tmp_path).parsed == workspace.parsed
    assert tree(tmp_path) == {str(tmp_path / "odd.md"): data}


@pytest.mark.parametrize("name", ["utf16", "bom", "crlf", "cr"])
def test_marks_and_line_ends_hide_no_link(tmp_path: Path, name: str) -> None:
    (tmp_path / "odd.md").write_bytes(ODD[name][0])
    (parsed,) = Workspace.open(tmp_path).parsed
    assert [link.target for link in parsed.links] == ["a"]


def test_a_name_that_is_no_unicode_is_kept_and_found_again(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.md")).write_text("# A name in Latin-1\n")
    first, second = Workspace.open(tmp_path), Workspace.open(tmp_path)
    assert (first.synced.read, second.synced.read) == (1, 0)
    assert second.parsed == first.parsed


def test_links_in_circles_end(tmp_path: Path) -> None:
    filled(tmp_path, 2)
    (tmp_path / "self").symlink_to(tmp_path)
    (tmp_path / "a.md").symlink_to(tmp_path / "b.md")
    (tmp_path / "b.md").symlink_to(tmp_path / "a.md")
    assert Workspace.open(tmp_path).synced.files == 2


def test_a_note_that_vanishes_after_it_was_listed_is_counted_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(tmp_path, 3)
    read = disk.read_inside

    def vanishing(root: Path, path: str) -> bytes:
        (tmp_path / "n1.md").unlink(missing_ok=True)
        return read(root, path)

    monkeypatch.setattr(disk, "read_inside", vanishing)
    workspace = Workspace.open(tmp_path)
    assert len(workspace.parsed) == workspace.synced.files == 3
    assert ("not-read", "n1.md") in {(p.code, p.span.path) for p in workspace.check()}
    assert Workspace.open(tmp_path).synced.files == 2


def test_a_note_saved_while_it_is_read_is_read_again_by_the_next_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(tmp_path, 1)
    read = disk.read_inside

    def saved_meanwhile(root: Path, path: str) -> bytes:
        data = read(root, path)
        (tmp_path / path).write_text("# Saved meanwhile, and longer\n")
        return data

    with monkeypatch.context() as patched:
        patched.setattr(disk, "read_inside", saved_meanwhile)
        assert Workspace.open(tmp_path).notes[0].title == "Note 0"
    assert Workspace.open(tmp_path).notes[0].title == "Saved meanwhile, and longer"


def test_a_folder_that_cannot_be_listed_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(tmp_path, 1)
    (tmp_path / "closed").mkdir()
    listed = os.scandir

    def refuse(folder: Path) -> Any:
        if Path(folder).name == "closed":
            raise PermissionError(errno.EACCES, "Permission denied")
        return listed(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    workspace = Workspace.open(tmp_path)
    assert workspace.synced.files == 1
    assert [(p.code, p.span.path) for p in workspace.problems] == [("not-read", "closed/")]


@pytest.mark.parametrize("when", ["INSERT", "CREATE"])
def test_a_full_disk_leaves_the_vault_readable_and_the_index_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    filled(tmp_path, 3)
    Workspace.open(tmp_path)
    before = sqlite3_rows(tmp_path)
    (tmp_path / "n9.md").write_text("# One more\n")

    class Full(sqlite3.Connection):
        def executemany(self, *_: Any) -> Any:
            raise sqlite3.OperationalError("database or disk is full")

        def executescript(self, script: str) -> Any:
            if when == "CREATE":
                raise sqlite3.OperationalError("database or disk is full")
            return super().executescript(script)

    with monkeypatch.context() as patched:
        connect = sqlite3.connect
        patched.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, **k, factory=Full))
        workspace = Workspace.open(tmp_path)
        assert (len(workspace.parsed), [p.code for p in workspace.problems]) == (4, ["no-index"])
    assert sqlite3_rows(tmp_path) == before
    assert Workspace.open(tmp_path).synced.read == 1


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
import graphkit
workspace = graphkit.Workspace.open(sys.argv[1])
hits = workspace.search("follows", mode="keyword")
found = (*workspace.problems, *workspace.store.problems)
print(len(workspace.parsed), len(hits), *(problem.code for problem in found))
"""


@pytest.mark.parametrize("room", [1, 20_000, 60_000])
@pytest.mark.parametrize("indexed", [False, True])  # then only the search finds no room
def test_no_room_for_files_of_that_size_costs_time_and_no_note(
    tmp_path: Path, room: int, *, indexed: bool
) -> None:
    root = filled(tmp_path / "vault", 200)
    before = tree(root)
    if indexed:
        Workspace.open(root)
    limited = [sys.executable, "-B", "-c", LIMITED, str(root), str(room)]
    told = subprocess.run(limited, capture_output=True, text=True, check=True).stdout.split()
    assert told == ["200", "10", "no-index"]
    assert tree(root) == before
    workspace = Workspace.open(root)
    assert (workspace.graph.links.resolved, workspace.problems) == (199, ())
    assert (len(workspace.store.rows()), workspace.store.problems) == (200, ())


def sqlite3_rows(root: Path) -> list[Any]:
    base = sqlite3.connect(root / ".graphkit" / INDEX)
    try:
        return base.execute("SELECT * FROM file ORDER BY path").fetchall()
    finally:
        base.close()


def test_a_row_that_is_no_note_is_read_from_its_file(vault: Path) -> None:
    before, rows = Workspace.open(vault).parsed, sqlite3_rows(vault)
    with sqlite3.connect(vault / ".graphkit" / INDEX) as base:
        base.execute("UPDATE file SET parsed = '[[1,2],3]' WHERE path = CAST('plain.md' AS BLOB)")
    base.close()
    assert Workspace.open(vault).parsed == before
    assert sqlite3_rows(vault) == rows


def test_two_processes_at_once_both_find_every_note(tmp_path: Path) -> None:
    root = filled(tmp_path / "vault", 300)
    both = [started(root), started(root)]
    assert [process.communicate(timeout=60)[0].strip() for process in both] == ["300", "300"]
    assert Workspace.open(root).synced.read == 0


@pytest.mark.parametrize("delay", [0.15, 0.4, 0.7])
def test_a_process_killed_while_it_indexes_leaves_a_sound_index(
    tmp_path: Path, delay: float
) -> None:
    root = filled(tmp_path / "vault", 500)
    before = tree(root)
    with started(root) as process:
        time.sleep(delay)
        process.kill()
    workspace = Workspace.open(root)
    assert (len(workspace.parsed), workspace.graph.links.resolved) == (500, 499)
    assert workspace.problems == ()
    assert tree(root) == before


def test_a_second_process_changes_nothing_that_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = filled(tmp_path / "vault", 90)
    alone = Workspace.open(root).parsed
    (root / ".graphkit" / INDEX).unlink()
    monkeypatch.setattr(parallel, "WORTHWHILE", 1)
    assert Workspace.open(root).parsed == alone


@pytest.mark.parametrize("shared", [False, True])
def test_the_reading_of_many_notes_tells_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shared: bool
) -> None:
    root = filled(tmp_path / "vault", 90)
    monkeypatch.setattr(parallel, "WORTHWHILE", 1)
    monkeypatch.setattr(parallel, "_may_fork", lambda: shared)
    told: list[tuple[str, int, int]] = []
    Workspace.open(root, lambda *done: told.append(done))
    assert len(told) > 10
    assert told == sorted(told)
    assert told[-1] == ("reading notes", 90, 90)


def test_work_that_a_dead_child_left_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "WORTHWHILE", 1)
    here = os.getpid()

    def doubled(number: int) -> int:
        if number == 67 and os.getpid() != here:
            os._exit(9)
        return 2 * number

    found = parallel.each(doubled, range(100), str, int, size=abs)
    assert found == [2 * number for number in range(100)]


def test_an_open_vault_is_refreshed_from_memory(vault: Path) -> None:
    opened = Workspace.open(vault)
    (vault / "nowhere.md").write_text("# Nowhere\n")
    (vault / "questions" / "bitter.md").unlink()
    after = opened.refreshed()
    assert (after.synced.read, after.synced.removed) == (1, 1)
    afresh = Workspace.open(vault)
    assert (after.parsed, after.graph.edges) == (afresh.parsed, afresh.graph.edges)
    assert (afresh.synced.read, afresh.synced.stamp) == (0, after.synced.stamp)
