"""What a commit holds beside notes: the vault's settings, and what decides its runs."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from posixpath import normpath
from typing import Final, NamedTuple

from graphkit.models import Verdict
from graphkit.workspace import codec, evidence, index, repository, vault
from graphkit.workspace.keep import Keep

EXPERIMENTS: Final = "experiments/"


class Settled(NamedTuple):
    """A vault by the settings of a commit, with what is asked of them for each file."""

    vault: vault.Vault
    manner: str  # digest of how they have notes parsed
    named: frozenset[str]  # files that registered experiments name: as inputs, or in their commands


@cache
def settled(root: Path, blob: str) -> Settled:
    """The vault with the settings of this blob; none is an empty one."""
    told = b"".join(data for _, data in repository.read(root, [blob] if blob else []))
    found = vault.settle(root, told)
    words = (word for each in found.registered for word in (*each.inputs, *each.command))
    return Settled(
        found, index.manner(found.vocabulary, found.dialect)[:12], frozenset(map(normpath, words))
    )


def decides(path: str, then: Settled) -> bool:
    """Whether what the runs come to may depend on the file at this path."""
    if path.startswith(EXPERIMENTS) and path.endswith(".json"):
        return True
    return bool(then.named) and (path == vault.SETTINGS or path in then.named)


def verdicts(
    root: Path, keep: Keep, files: Mapping[str, str], then: Settled
) -> tuple[Verdict, ...]:
    """What the runs among the files of a commit, blobs by path, come to; judged once."""
    versions = tuple(sorted(each for each in files.items() if decides(each[0], then)))
    if not versions:
        return ()
    name = f"verdicts {hashlib.sha256(repr(versions).encode()).hexdigest()}"
    if text := keep.get([name]).get(name):
        return codec.load(index.Judged, text).verdicts
    found = _judged(root, versions)
    keep.put({name: codec.dump(index.Judged(found, ()))})
    return found


@cache
def _judged(root: Path, versions: tuple[tuple[str, str], ...]) -> tuple[Verdict, ...]:
    """What these runs come to; they are read where runs are always read, in files."""
    data = dict(repository.read(root, (blob for _, blob in versions)))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, blob in versions:
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data[blob])
        found = evidence.load(folder / EXPERIMENTS, None)
        own = vault.settle(folder).registered
        return evidence.with_own(folder, found, own, vault.SETTINGS).verdicts
