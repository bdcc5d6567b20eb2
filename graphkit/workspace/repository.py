"""What git knows of a vault: its commits, the files of each, their bytes. Nothing else runs git.

Git is called without a shell, with no pager, hook, signature check, file system monitor or lazy
fetch, and names from a vault or a command line stand behind `--` or `--end-of-options`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from graphkit.change import Revision
from graphkit.errors import VaultError

HERE: Final = Revision("", "", "", "not committed yet")
"""Stands for the notes as they are."""

_SAFE: Final = (
    "--no-pager", "--literal-pathspecs",
    "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false",
    "-c", "log.showSignature=false", "-c", "diff.external=", "-c", "protocol.allow=never",
)  # fmt: skip
_ENVIRONMENT: Final = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "LC_ALL": "C",
}
_OVERRIDES: Final = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_EXTERNAL_DIFF")
_HEADER: Final = "--format=%x01%H%x02%aI%x02%an%x02%s"
_AT_ONCE: Final = 500  # blobs read by one process


class Move(NamedTuple):
    """What a commit did to one file: `blob` is empty for a file that is gone."""

    path: str
    blob: str
    before: str = ""  # its path before, for a file that was renamed


class Commit(NamedTuple):
    """A commit with the files below the vault that it changed."""

    revision: Revision
    moves: tuple[Move, ...]


def revision(root: Path, name: str) -> Revision:
    """The commit that a name (a branch, tag, hash, `HEAD~3`) stands for.

    Raises:
        VaultError: the folder is in no git repository, git is absent, or the name is unknown.
    """
    _run(root, "rev-parse", "--git-dir")
    try:
        found = _run(
            root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
        )
    except VaultError as error:
        if name == "HEAD":
            raise VaultError("nothing is committed yet", "commit the notes") from error
        raise VaultError(f'git knows no revision "{name}"', "git log lists them") from error
    head = _run(root, "log", "-1", _HEADER, found.decode().strip(), "--")
    return _revision(head)


def commits(root: Path, tip: str) -> Iterator[Commit]:
    """The commits up to `tip`, a full hash, that changed files of the vault; the oldest first.

    First parents only: a merge is what it brought to the branch.
    """
    told = _run(
        root, "log", "--first-parent", "-m", "--reverse", "--raw", "-z", "--no-abbrev", "-M",
        "--no-ext-diff", "--no-textconv", "--relative", _HEADER, tip, "--", ".",
    )  # fmt: skip
    for part in told.split(b"\1")[1:]:
        head, *fields = part.split(b"\0")
        yield Commit(_revision(head), tuple(_moves(fields)))


def cut(root: Path) -> frozenset[str]:
    """The commits before which a shallow clone holds nothing; none of a whole one."""
    file = root / os.fsdecode(_run(root, "rev-parse", "--git-path", "shallow").strip())
    return frozenset(file.read_text().split()) if file.is_file() else frozenset()


def files(root: Path, commit: str) -> Mapping[str, str]:
    """The blob of each regular file below the vault, by its path relative to it."""
    told = _run(root, "ls-tree", "-r", "-z", commit, "--", ".")
    rows = (row.split(b"\t", 1) for row in told.split(b"\0") if row)
    return {
        os.fsdecode(path): about.split()[2].decode()
        for about, path in rows
        if about.startswith(b"100")
    }


def staged(root: Path) -> Mapping[str, str]:
    """The blob of each regular file below the vault that the next commit would hold, by its path.

    Raises:
        VaultError: the folder is in no git repository, or git is absent.
    """
    told = _run(root, "ls-files", "--stage", "-z", "--", ".", staging=True)
    rows = (row.split(b"\t", 1) for row in told.split(b"\0") if row)
    return {
        os.fsdecode(path): about.split()[1].decode()
        for about, path in rows
        if about.startswith(b"100") and about.endswith(b" 0")
    }


def renames(root: Path, before: str, after: str = "") -> Mapping[str, str]:
    """The paths now, by those before, of files that were renamed from one commit to another.

    With no other, as the next commit would have them: git reads no working file for it.
    """
    ends = ("diff-tree", "-r", before, after) if after else ("diff-index", "--cached", before)
    how = ("-M", "--raw", "-z", "--no-abbrev", "--no-ext-diff", "--no-textconv", "--relative")
    told = _run(root, ends[0], *how, *ends[1:], "--", ".")
    return {move.before: move.path for move in _moves(told.split(b"\0")) if move.before}


def read(root: Path, blobs: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Each blob with its bytes."""
    wanted = list(dict.fromkeys(blobs))
    for start in range(0, len(wanted), _AT_ONCE):
        named = wanted[start : start + _AT_ONCE]
        told = _run(root, "cat-file", "--batch", given="\n".join(named).encode() + b"\n")
        at = 0
        for blob in named:
            end = told.index(b"\n", at)
            size = int(told[at:end].split()[-1])
            yield blob, told[end + 1 : end + 1 + size]
            at = end + 2 + size


def _moves(fields: list[bytes]) -> Iterator[Move]:
    """The changes of one commit, from fields like ":100644 100644 old new M" and paths."""
    rest = iter(field.lstrip(b"\n") for field in fields)
    for about in rest:
        if not about.startswith(b":"):
            continue
        _, mode, _, blob, status = about.split()
        path = os.fsdecode(next(rest))
        after = os.fsdecode(next(rest)) if status[:1] in b"RC" else path
        here = blob.decode() if mode.startswith(b"100") else ""
        before = path if status[:1] == b"R" else ""
        yield Move(after, here, before)


def _revision(head: bytes) -> Revision:
    commit, when, author, subject = (
        part.decode("utf-8", "replace") for part in head.strip(b"\1\0\n").split(b"\2", 3)
    )
    return Revision(commit, datetime.fromisoformat(when).isoformat(), author, subject)


def _run(root: Path, *arguments: str, given: bytes = b"", staging: bool = False) -> bytes:
    """What git answers; of an index that a hook names, where it is asked what is staged.

    Raises:
        VaultError: git is absent, or refuses; with its own first line.
    """
    program = shutil.which("git")
    if program is None:
        raise VaultError("git is not installed", "history is read from git alone")
    inherited = {key: value for key, value in os.environ.items() if key not in _OVERRIDES}
    if staging and (index := os.environ.get("GIT_INDEX_FILE")):  # `commit -a` has one of its own
        inherited["GIT_INDEX_FILE"] = str(Path(index).absolute())
    done = subprocess.run(  # noqa: S603  no shell, and no argument that could be read as an option
        (program, "-C", str(root), *_SAFE, *arguments),
        input=given,
        capture_output=True,
        check=False,
        env=inherited | _ENVIRONMENT,
    )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").partition("\n")[0]
        if "not a git repository" in said:
            raise VaultError(f"{root} is in no git repository", "git init, then commit the notes")
        raise VaultError(f"git cannot read the history of {root}: {said}", "try git log there")
    return done.stdout
