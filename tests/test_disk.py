from __future__ import annotations

import stat
from pathlib import Path

import pytest

from graphkit.disk import read_inside, write_atomically
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


@pytest.mark.parametrize("path", ["../secret", "/etc/hostname", "link"])
def test_no_path_leads_out_of_a_vault(tmp_path: Path, path: str) -> None:
    (tmp_path / "secret").write_text("secret")
    root = tmp_path / "vault"
    root.mkdir()
    (root / "link").symlink_to(tmp_path / "secret")
    with pytest.raises(VaultError, match="out of the vault"):
        read_inside(root, path)
