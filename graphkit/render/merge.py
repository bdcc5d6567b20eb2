"""Two texts that grew out of one, brought together again: a three-way merge by lines.

As in diff3 (Khanna, Kunal and Pierce, "A formal investigation of Diff3", 2007): where only one
side differs from the base it is taken, where both do alike they agree, and what a person added as a
paragraph of its own before or after lines that are written anew is kept there. Everything else is
a conflict for a person to settle.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple


class Conflict(NamedTuple):
    """What three texts say at one place where no two of them agree."""

    base: tuple[str, ...]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]

    def __str__(self) -> str:
        """The place as `git` with `merge.conflictStyle=diff3` would show it."""
        return "\n".join(
            ("<<<<<<< in the note", *self.ours, "||||||| as it was written", *self.base,
             "=======", *self.theirs, ">>>>>>> as it would be now")
        )  # fmt: skip


class Merged(NamedTuple):
    """The merged text, or the places where there is none."""

    text: str
    conflicts: tuple[Conflict, ...] = ()


_Lines = tuple[str, ...]


class _Chunk(NamedTuple):
    """Stretches of the three texts between lines that all of them share."""

    base: _Lines
    ours: _Lines
    theirs: _Lines


def merged(base: str, ours: str, theirs: str) -> Merged:
    """What both `ours` and `theirs` made of `base`; line ends are single feeds."""
    lines = [tuple(text.split("\n")) for text in (base, ours, theirs)]
    kept: list[str] = []
    conflicts: list[Conflict] = []
    for chunk in _chunks(*lines):
        settled = _settled(chunk)
        if settled is None:
            conflicts.append(Conflict(*chunk))
        else:
            kept += settled
    return Merged("" if conflicts else "\n".join(kept), tuple(conflicts))


def _settled(chunk: _Chunk) -> Sequence[str] | None:
    if chunk.ours in (chunk.base, chunk.theirs):
        return chunk.theirs
    if chunk.theirs == chunk.base:
        return chunk.ours
    ways = {_beside(*chunk), _beside(chunk.base, chunk.theirs, chunk.ours)} - {None}
    return ways.pop() if len(ways) == 1 else None


def _beside(base: _Lines, longer: _Lines, other: _Lines) -> _Lines | None:
    """The other lines with the paragraph that the longer ones have before or after the base."""
    if base and longer[: len(base)] == base and not longer[len(base)]:
        return (*other, *longer[len(base) :])
    if base and longer[-len(base) :] == base and not longer[-len(base) - 1]:
        return (*longer[: -len(base)], *other)
    return None


def _chunks(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Iterator[_Chunk]:
    """The three texts cut at the lines they share, in order: shared lines and what is between."""
    near, far = _matches(base, ours), _matches(base, theirs)
    at = (0, 0, 0)
    for line in sorted(near.keys() & far.keys()):
        here = (line, near[line], far[line])
        if here != at:
            yield _cut((base, ours, theirs), at, here)
        at = (line + 1, near[line] + 1, far[line] + 1)
        shared = (base[line],)
        yield _Chunk(shared, shared, shared)
    yield _cut((base, ours, theirs), at, (len(base), len(ours), len(theirs)))


def _cut(texts: tuple[Sequence[str], ...], start: tuple[int, ...], end: tuple[int, ...]) -> _Chunk:
    return _Chunk(*(tuple(text[a:b]) for text, a, b in zip(texts, start, end, strict=True)))


def _matches(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """For each line of the base that the other kept, where it stands there."""
    matcher = SequenceMatcher(None, base, other, autojunk=False)
    return {
        block.a + step: block.b + step
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }
