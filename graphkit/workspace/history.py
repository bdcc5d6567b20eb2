"""The vault as its git history has it: how it stood at a commit, and what each commit changed.

A commit is read by its own settings: its relations, its dialect, the experiments that it
registers. What it holds is parsed and judged by the program of now, so that a turn is one of the
vault and not of the program. What a commit changed is kept, by its hash, and what a blob says by
the blob's: a long history is walked once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import takewhile
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from graphkit import graph as graphs
from graphkit.change import Difference, Revision, Step
from graphkit.models import ParsedNote, Span
from graphkit.workspace import codec, committed, opening, repository
from graphkit.workspace.committed import Settled
from graphkit.workspace.keep import Keep
from graphkit.workspace.lookup import Progress
from graphkit.workspace.repository import Commit, Move
from graphkit.workspace.scan import SUFFIXES
from graphkit.workspace.vault import SETTINGS

FILE: Final = "history.sqlite"

Files = dict[str, str]  # blob by path
Notes = Mapping[str, ParsedNote]  # by `_name`
_NOTHING: Final = Difference()


@dataclass(frozen=True)
class Past:
    """What it takes to read the history of a vault."""

    root: Path
    cache: Path | None  # the folder of the cache; without one everything is read anew
    progress: Progress

    def settled(self, files: Files) -> Settled:
        """The vault by the settings among these files."""
        return committed.settled(self.root, files.get(SETTINGS, ""))


class _State(NamedTuple):
    """The vault after a commit."""

    files: Files
    weighed: graphs.Weighed


@lru_cache(maxsize=1)
def weighed(past: Past, revision: Revision) -> graphs.Weighed:
    """The graph of the vault as it was at a commit, with its evidence weighed."""
    files = dict(repository.files(past.root, revision.commit))
    with _keep(past) as keep:
        return _weigh(past, keep, files, _notes(past, keep, past.settled(files), files.items()))


def steps(past: Past, tip: Revision) -> tuple[Step, ...]:
    """What each commit up to `tip` changed in standings and edges, the oldest first.

    Commits that changed neither are left out. A walk that is interrupted goes on where it was.
    What the first commit of a shallow clone changed is not known, so all it holds is told as new,
    and is not kept for the day when the clone is whole.
    """
    commits = tuple(repository.commits(past.root, tip.commit))
    cut = repository.cut(past.root)
    with _keep(past) as keep:
        known = keep.get(commit.revision.commit for commit in commits)
        done = {key: codec.load(Difference, text) for key, text in known.items()}
        for commit, changed in _walked(past, keep, commits, frozenset(done)):
            done[commit.revision.commit] = changed
            if commit.revision.commit not in cut:
                keep.put({commit.revision.commit: codec.dump(changed)})
    every = (Step(commit.revision, done[commit.revision.commit]) for commit in commits)
    return tuple(step for step in every if step.difference != _NOTHING)


def between(past: Past, before: graphs.Weighed, after: graphs.Weighed, *commits: str) -> Difference:
    """What differs between two states of the vault: at two commits, or at one and as it is now.

    A note that was renamed on the way is one note, whatever id its path gives it.
    """
    moves = repository.renames(past.root, *commits)
    now = {node.path: node.id for node in after.graph.nodes.values() if node.path}
    moved = ((node.id, moves.get(node.path, "")) for node in before.graph.nodes.values())
    renamed = {old: now[path] for old, path in moved if path in now and now[path] != old}
    return graphs.difference(before, after, renamed)


def of(node_id: str, walked: Iterable[Step]) -> tuple[Step, ...]:
    """The steps that turned one node, newest first, each with that turn alone.

    Back in time a note that was renamed is followed to the id that it had before.
    """
    return tuple(_followed(node_id, reversed([*walked])))


def _followed(node_id: str, newest_first: Iterable[Step]) -> Iterator[Step]:
    for step in newest_first:
        turns = tuple(turn for turn in step.difference.turns if turn.id == node_id)
        if any(turn.differences for turn in turns):
            yield step._replace(difference=step.difference._replace(turns=turns))
        before = {now: then for then, now in step.difference.renamed}
        node_id = before.get(node_id, node_id)


def _walked(
    past: Past, keep: Keep, commits: Sequence[Commit], done: Collection[str]
) -> Iterator[tuple[Commit, Difference]]:
    """The commits that are not done, each with what it changed."""
    new = [commit for commit in commits if commit.revision.commit not in done]
    if not new:
        return
    files: Files = {}
    state: _State | None = None
    notes: dict[str, ParsedNote] = {}
    for number, commit in enumerate(commits, start=1):
        past.progress("reading the history", number, len(commits))
        before, files = files, _moved(files, commit.moves)
        if commit.revision.commit in done:
            state = None
            continue
        then, now = past.settled(before), past.settled(files)
        if state is None or then is not now:
            wanted = (*files.items(), *_versions(commits[number:]))
            notes |= _notes(past, keep, now, wanted, notes)
        if state is None:
            notes |= _notes(past, keep, then, before.items(), notes)
            state = _State(before, _weigh(past, keep, before, notes))
        if then is now and _argue_alike(now, notes, before, files, commit.moves):
            state = state._replace(files=files)
            yield commit, _NOTHING
            continue
        after = _weigh(past, keep, files, notes)
        renamed = _renamed((then, now), notes, before, files, commit.moves)
        yield commit, graphs.difference(state.weighed, after, renamed)
        state = _State(files, after)


def _moved(files: Files, moves: Iterable[Move]) -> Files:
    after = {**files}
    for move in moves:
        after.pop(move.before, None)
        after.pop(move.path, None)
    return after | {move.path: move.blob for move in moves if move.blob}


def _is_note(path: str) -> bool:
    hidden = any(part.startswith(".") for part in path.split("/"))
    return path.lower().endswith(SUFFIXES) and not hidden


def _versions(commits: Iterable[Commit]) -> Iterator[tuple[str, str]]:
    """What the next of these commits wrote, up to one that changes the settings."""
    for commit in takewhile(_keeps_the_settings, commits):
        yield from ((move.path, move.blob) for move in commit.moves if move.blob)


def _keeps_the_settings(commit: Commit) -> bool:
    return all(SETTINGS not in (move.path, move.before) for move in commit.moves)


def _name(then: Settled, path: str, blob: str) -> str:
    """What a version of a note is kept under: what it says depends on the settings as well."""
    return f"{then.manner} {blob} {path}"


def _notes(
    past: Past,
    keep: Keep,
    then: Settled,
    versions: Iterable[tuple[str, str]],
    held: Notes = MappingProxyType({}),
) -> dict[str, ParsedNote]:
    """What each version of a note says that is not held; parsed where it is not kept."""
    wanted = {_name(then, *each): each for each in versions if _is_note(each[0])}
    known = keep.get(name for name in wanted if name not in held)
    found = {name: codec.load(ParsedNote, text) for name, text in known.items()}
    names: dict[str, list[str]] = {}
    for name, (_, blob) in wanted.items():
        if name not in found and name not in held:
            names.setdefault(blob, []).append(name)
    for blob, data in repository.read(past.root, names):
        for name in names[blob]:
            found[name] = note = opening.read_note(then.vault, data, wanted[name][0])
            keep.put({name: codec.dump(note)})
    return found


def _weigh(past: Past, keep: Keep, files: Files, notes: Notes) -> graphs.Weighed:
    then = past.settled(files)
    parsed = [notes[_name(then, *each)] for each in files.items() if _is_note(each[0])]
    verdicts = committed.verdicts(past.root, keep, files, then)
    return graphs.weigh(graphs.build(parsed, verdicts, then.vault.vocabulary))


def _argue_alike(
    now: Settled, notes: Notes, before: Files, after: Files, moves: Iterable[Move]
) -> bool:
    """Whether a commit changed nothing but prose: the graph is then the one before."""
    return not any(
        committed.decides(path, now) for move in moves for path in (move.path, move.before)
    ) and all(
        move.path in before
        and move.path in after
        and _argued(notes[_name(now, move.path, before[move.path])])
        == _argued(notes[_name(now, move.path, after[move.path])])
        for move in moves
        if _is_note(move.path) or _is_note(move.before)
    )


def _argued(parsed: ParsedNote) -> tuple[object, ...]:
    """All of a note that can make a node or a typed edge another one."""
    nowhere = Span("")
    links = [link._replace(span=nowhere, context="", alias="") for link in parsed.links]
    bare = replace(parsed.note, summary="", paragraphs=(), headings=(), figures=(), blocks=())
    return bare, links


def _renamed(
    settled: tuple[Settled, Settled],
    notes: Notes,
    before: Files,
    after: Files,
    moves: Iterable[Move],
) -> dict[str, str]:
    """The ids now, by those before, of notes that changed theirs with their path."""
    then, now = settled
    pairs = (
        (
            notes[_name(then, move.before, before[move.before])].note.id,
            notes[_name(now, move.path, move.blob)].note.id,
        )
        for move in moves
        if move.before in before
        and move.path in after
        and _is_note(move.path)
        and _is_note(move.before)
    )
    return {old: new for old, new in pairs if old != new}


def _keep(past: Past) -> Keep:
    return Keep(past.cache / FILE if past.cache else None, _edition(past.settled({}).manner))


@cache
def _edition(manner: str) -> str:
    """A digest of what decides what a commit says beside its files: all code, and what shows the
    application that keeps the vault.
    """
    code = sorted(Path(__file__).parents[1].rglob("*.py"))
    stats = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in code]
    return hashlib.sha256(repr((stats, manner)).encode()).hexdigest()
