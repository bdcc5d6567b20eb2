"""Two texts that grew out of one, brought together again: a three-way merge by lines.

As in diff3 (Khanna, Kunal and Pierce, "A formal investigation of Diff3", 2007): where only one
side differs from the base it is taken, where both do alike they agree, and what a person added as a
paragraph of its own before or after lines that are written anew is kept there. A table row is known
by its key cell and an item of a list by its words, so that each is merged by itself. Everything
else is a conflict for a person to settle.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

_LINK: Final = re.compile(r"\]\(([^()\s]+)\)")
_CELL: Final = re.compile(r"(?<!\\)\|")
_ROW, _ITEM = "|", "- "
_ALIKE: Final = 0.5  # share of words that two versions of one item have in common


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

Settle = Callable[[Conflict], Sequence[str] | None]
"""What a person makes of a conflict, in lines; None where it stays one."""


def left(_conflict: Conflict) -> None:
    """Settle nothing."""


class _Chunk(NamedTuple):
    """Stretches of the three texts between lines that all of them share."""

    base: _Lines
    ours: _Lines
    theirs: _Lines


def merged(base: str, ours: str, theirs: str, settle: Settle = left) -> Merged:
    """What both `ours` and `theirs` made of `base`; line ends are single feeds."""
    lines = [tuple(text.split("\n")) for text in (base, ours, theirs)]
    kept: list[str] = []
    conflicts: list[Conflict] = []
    for chunk in _chunks(*lines):
        settled = _settled(chunk)
        if settled is None:
            settled = settle(Conflict(*chunk))
        if settled is None:
            conflicts.append(Conflict(*chunk))
        else:
            kept += settled
    return Merged("" if conflicts else "\n".join(kept), tuple(conflicts))


def _settled(chunk: _Chunk) -> Sequence[str] | None:
    base, ours, theirs = chunk
    if ours in (base, theirs):
        return theirs
    if theirs == base:
        return ours
    found = (_beside(base, ours, theirs), _beside(base, theirs, ours),
             _below(base, ours, theirs), _below(base, theirs, ours))  # fmt: skip
    ways = {*found} - {None}
    return ways.pop() if len(ways) == 1 else None


def _below(base: _Lines, one: _Lines, other: _Lines) -> _Lines | None:
    """Rows or items that one side adds, then a paragraph that the other adds at the same place."""
    if not base and one and other and one[0].startswith((_ROW, _ITEM)) and not other[0]:
        return (*one, *other)
    return None


def _beside(base: _Lines, longer: _Lines, other: _Lines) -> _Lines | None:
    """The other lines with what the longer ones have of their own before or after the base."""
    if base and longer[: len(base)] == base and _apart(longer[len(base)]):
        return (*other, *longer[len(base) :])
    if base and longer[-len(base) :] == base and _apart(longer[-len(base) - 1]):
        return (*longer[: -len(base)], *other)
    return None


def _apart(line: str) -> bool:
    """Whether a line stands by itself beside another: a row, an item, or the end of a paragraph."""
    return not line or line.startswith((_ROW, _ITEM))


def _chunks(base: _Lines, ours: _Lines, theirs: _Lines) -> Iterator[_Chunk]:
    """The three texts cut at the lines that all have, as they were or in a version of their own."""
    near, far = _matches(base, _as_in(base, ours)), _matches(base, _as_in(base, theirs))
    at = (0, 0, 0)
    for line in sorted(near.keys() & far.keys()):
        here = (line, near[line], far[line])
        if here != at:
            yield _cut((base, ours, theirs), at, here)
        at = (line + 1, near[line] + 1, far[line] + 1)
        yield _cut((base, ours, theirs), here, at)
    yield _cut((base, ours, theirs), at, (len(base), len(ours), len(theirs)))


def _cut(texts: tuple[_Lines, ...], start: tuple[int, ...], end: tuple[int, ...]) -> _Chunk:
    return _Chunk(*(text[a:b] for text, a, b in zip(texts, start, end, strict=True)))


def _as_in(base: _Lines, other: _Lines) -> list[str]:
    """The lines of another text, each as the line of the base that it is a version of."""
    known, held = {*base}, {*other}
    changed = [line for line in dict.fromkeys(base) if line not in held]
    versions: dict[str, str] = {}
    for line in dict.fromkeys(other):
        was = None if line in known else _version(line, changed)
        if was is not None:
            versions[line] = was
            changed.remove(was)
    return [versions.get(line, line) for line in other]


def _version(line: str, changed: Sequence[str]) -> str | None:
    """Which of the lines that were changed this one was before."""
    if line.startswith(_ROW):
        key = _key(line)
        return next((each for each in changed if each.startswith(_ROW) and _key(each) == key), None)
    alike = [(_likeness(line, each), each) for each in changed if each.startswith(_ITEM)]
    likeness, was = max(alike, default=(0.0, ""), key=lambda pair: pair[0])
    return was if line.startswith(_ITEM) and likeness >= _ALIKE else None


def _key(row: str) -> tuple[str, ...]:
    """By what a row is known: its first cell, and the second where that links to what it tells."""
    cells = [cell.strip() for cell in _CELL.split(row)[1:3]]
    linked = [_LINK.search(cell) for cell in cells]
    named = [found[1] if found else cell for cell, found in zip(cells, linked, strict=True)]
    return tuple(named if all(linked[1:]) else named[:1])


def _likeness(one: str, other: str) -> float:
    """How much of the words of two lines they share, in their order."""
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def _matches(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """For each line of the base that the other kept, where it stands there."""
    matcher = SequenceMatcher(None, base, other, autojunk=False)
    return {
        block.a + step: block.b + step
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }
