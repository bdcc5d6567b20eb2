from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from graphkit.disk import Replacement, read_inside, replace_together, write_atomically
from graphkit.errors import VaultError


def test_a_write_replaces_the_bytes_and_keeps_the_permissions(tmp_path: Path) -> None:
    file = tmp_path / "note.md"
    file.write_bytes(b"old")
    file.chmod(0o640)
    write_atomically(file, b"new")
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["note.md"]


def test_a_write_that_fails_leaves_the_old_bytes_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "note.md"
    file.write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(VaultError, match="No space left"):
        write_atomically(file, b"new")
    assert file.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["note.md"]


_WRITES = """
import os, signal, sys
from pathlib import Path
from graphkit.disk import write_atomically
os.fsync = lambda _handle: os.kill(os.getpid(), signal.SIGKILL)
write_atomically(Path(sys.argv[1]), b"new")
"""


def test_the_next_write_sweeps_away_what_a_killed_one_left_behind(tmp_path: Path) -> None:
    file = tmp_path / "note.md"
    for _ in range(2):
        killed = subprocess.run([sys.executable, "-c", _WRITES, str(file)], check=False)
        assert killed.returncode == -signal.SIGKILL
    old, young = (path for path in tmp_path.iterdir())
    others = [tmp_path / name for name in (".note.md.swp", ".note.md.abcdefgh", "note.md.bak")]
    for path in (old, *others):
        path.touch()
        os.utime(path, (0, 0))
    write_atomically(file, b"newer")
    assert file.read_bytes() == b"newer"
    assert {*tmp_path.iterdir()} == {file, young, *others}


@pytest.mark.parametrize("path", ["../secret", "/etc/hostname", "link"])
def test_no_path_leads_out_of_a_vault(tmp_path: Path, path: str) -> None:
    (tmp_path / "secret").write_text("secret")
    root = tmp_path / "vault"
    root.mkdir()
    (root / "link").symlink_to(tmp_path / "secret")
    with pytest.raises(VaultError, match="out of the vault"):
        read_inside(root, path)


def test_a_note_that_cannot_be_written_is_named_and_not_its_stand_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "old.md").write_bytes(b"old")

    def refused(prefix: str, dir: Path) -> tuple[int, str]:  # noqa: A002  tempfile's name
        raise OSError(30, "Read-only file system", str(dir / f"{prefix}abcdefgh"))

    monkeypatch.setattr("tempfile.mkstemp", refused)
    with pytest.raises(VaultError, match=r"/new\.md cannot be written: Read-only"):
        replace_together([Replacement(tmp_path / "new.md", b"new", tmp_path / "old.md")])
