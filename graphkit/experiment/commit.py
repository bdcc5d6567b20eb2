"""The commit that a checkout stands at, read from its files: a record says what made it."""

from __future__ import annotations

from pathlib import Path

from graphkit.experiment.digest import ROOM


def current(start: Path = ROOM) -> str:
    """The commit of the checkout around a folder; empty where there is none, as in a wheel."""
    root = next((above for above in start.parents if (above / ".git" / "HEAD").is_file()), None)
    if root is None:
        return ""
    head = (root / ".git" / "HEAD").read_text().strip()
    return _resolved(root / ".git", head.removeprefix("ref: ")) if " " in head else head


def _resolved(folder: Path, name: str) -> str:
    if (folder / name).is_file():
        return (folder / name).read_text().strip()
    packed = folder / "packed-refs"
    lines = packed.read_text().splitlines() if packed.is_file() else []
    return next((line.split()[0] for line in lines if line.endswith(f" {name}")), "")
