"""The nouns of change: what would stand otherwise if, and what once stood otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from graphkit.models import Edge, Reason, Standing
from graphkit.vocabulary import Outcome


class Impact(NamedTuple):
    """A node whose standing changes when another falls."""

    id: str
    before: Standing
    after: Standing

    @property
    def differences(self) -> tuple[str, ...]:
        """What is otherwise, in words: "supported (2) → contested (1 for, 1 against)"."""
        before, after = self.before, self.after
        raised = [f"{flag}: no → yes" for flag in after.flags if flag not in before.flags]
        lowered = [f"{flag}: yes → no" for flag in before.flags if flag not in after.flags]
        was, now = str(before), str(after)
        words = f"{was} → {now}" if was != now else ""
        tests = f"test {before.tested} → {after.tested}" if before.tested != after.tested else ""
        lines = f"{now}, on other lines" if not words and self._exchanged else ""
        return tuple(
            part for part in (words, tests, lines, *self._tracks, *raised, *lowered) if part
        )

    @property
    def _tracks(self) -> Iterator[str]:
        """The tracks that say otherwise, where there is more than one."""
        was, now = ({each.track: str(each) for each in s.tracks} for s in (self.before, self.after))
        if max(len(was), len(now)) > 1:
            for track in sorted(was.keys() | now.keys()):
                if was.get(track) != now.get(track):
                    ends = (each.get(track, Outcome.NOT_RUN.value) for each in (was, now))
                    yield f"track {track}: {' → '.join(ends)}"

    @property
    def _exchanged(self) -> bool:
        """Whether the lines on one side are others; their number alone does not tell."""
        before, after = self.before, self.after
        return (before.supports, before.opposes) != (after.supports, after.opposes)


class Supposition(NamedTuple):
    """Changes to a graph that are only thought of."""

    removed: tuple[str, ...] = ()  # ids of nodes
    reversed: tuple[str, ...] = ()  # ids of nodes that say the opposite of what they say
    cut: tuple[Edge, ...] = ()
    turned: tuple[Edge, ...] = ()  # edges that oppose where they support, or the other way round


class Fall(NamedTuple):
    """What stands otherwise under a supposition, and the edges by which it came to that."""

    changed: tuple[Impact, ...]
    trees: tuple[Reason, ...]  # one for each thing supposed; a node shows once


class Revision(NamedTuple):
    """A commit of the vault's history: data of its author, shown as such."""

    commit: str  # the full hash; empty for the working files
    date: str  # the author's, ISO 8601 with offset
    author: str
    subject: str


class Turn(NamedTuple):
    """A node that stands otherwise than before, and the edges by which it came to that."""

    id: str
    title: str
    before: Standing | None  # None for a node that is new, or was no claim or question
    after: Standing | None  # None for one that is gone
    gone: tuple[Edge, ...] = ()
    added: tuple[Edge, ...] = ()

    @property
    def differences(self) -> tuple[str, ...]:
        """What is otherwise, in words."""
        if self.before is None or self.after is None:
            word, standing = ("new", self.after) if self.after else ("gone", self.before)
            return (f"{word}: {standing}",)
        return Impact(self.id, self.before, self.after).differences


class Difference(NamedTuple):
    """Two states of a vault compared: in standings and typed edges, not in lines."""

    turns: tuple[Turn, ...] = ()
    gone: tuple[Edge, ...] = ()
    added: tuple[Edge, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()  # of the ends of all these edges, by id
    renamed: tuple[tuple[str, str], ...] = ()  # ids before and after, where a file moved


class Step(NamedTuple):
    """What one commit changed."""

    revision: Revision
    difference: Difference
