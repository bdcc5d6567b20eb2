"""The vault as its git history has it: how it stood at a commit, and what each commit changed.

Old notes are read with the words of the vault as it is now, and old runs judged by the rules of
now, so that a turn is one of the notes and not of the program. What a commit changed is kept, by
its hash, and what a blob says by the blob's: a long history is walked once.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from graphkit import graph as graphs
from graphkit.change import Difference, Revision, Step
from graphkit.models import ParsedNote, Span, Verdict
from graphkit.vocabulary import Vocabulary
from graphkit.workspace import codec, evidence, repository
from graphkit.workspace.index import Judged
from graphkit.workspace.keep import Keep
from graphkit.workspace.lookup import Progress
from graphkit.workspace.repository import Commit, Move
from graphkit.workspace.scan import SUFFIXES

FILE: Final = "history.sqlite"
EXPERIMENTS: Final = "experiments/"

Files = dict[str, str]  # blob by path
_NOTHING: Final = Difference()


@dataclass(frozen=True)
class Past:
    """What it takes to read the history of a vault."""

    root: Path
    cache: Path | None  # the folder of the cache; without one everything is read anew
    vocabulary: Vocabulary
    parse: Callable[[bytes, str], ParsedNote]
    progress: Progress


class _State(NamedTuple):
    """The vault after a commit."""

    files: Files
    weighed: graphs.Weighed


def weighed(past: Past, revision: Revision) -> graphs.Weighed:
    """The graph of the vault as it was at a commit, with its evidence weighed."""
    files = _told(repository.files(past.root, revision.commit))
    with _keep(past) as keep:
        return _weigh(past, keep, files, _notes(past, keep, files.items()))


def steps(past: Past, tip: Revision) -> tuple[Step, ...]:
    """What each commit up to `tip` changed in standings and edges, the oldest first.

    Commits that changed neither are left out. A walk that is interrupted goes on where it was.
    """
    commits = tuple(repository.commits(past.root, tip.commit))
    with _keep(past) as keep:
        known = keep.get(commit.revision.commit for commit in commits)
        done = {key: codec.load(Difference, text) for key, text in known.items()}
        for commit, changed in _walked(past, keep, commits, frozenset(done)):
            done[commit.revision.commit] = changed
            keep.put({commit.revision.commit: codec.dump(changed)})
    every = (Step(commit.revision, done[commit.revision.commit]) for commit in commits)
    return tuple(step for step in every if step.difference != _NOTHING)


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
    past: Past, keep: Keep, commits: Collection[Commit], done: Collection[str]
) -> Iterator[tuple[Commit, Difference]]:
    """The commits that are not done, each with what it changed."""
    new = [commit for commit in commits if commit.revision.commit not in done]
    if not new:
        return
    files: Files = {}
    state: _State | None = None
    notes: dict[tuple[str, str], ParsedNote] = {}
    for number, commit in enumerate(commits, start=1):
        past.progress("reading the history", number, len(commits))
        before, files = files, _moved(files, commit.moves)
        if commit.revision.commit in done:
            state = None
            continue
        if state is None:
            wanted = (*before.items(), *_versions(new))
            notes |= _notes(past, keep, (each for each in wanted if each not in notes))
            state = _State(before, _weigh(past, keep, before, notes))
        if _argue_alike(notes, before, files, commit.moves):
            state = state._replace(files=files)
            yield commit, _NOTHING
            continue
        after = _weigh(past, keep, files, notes)
        renamed = _renamed(notes, before, files, commit.moves)
        yield commit, graphs.difference(state.weighed, after, renamed)
        state = _State(files, after)


def _moved(files: Files, moves: Iterable[Move]) -> Files:
    after = {**files}
    for move in moves:
        after.pop(move.before, None)
        after.pop(move.path, None)
    return after | _told({move.path: move.blob for move in moves if move.blob})


def _told(files: Mapping[str, str]) -> Files:
    """The files that say something: notes, and the JSON of experiments."""
    return {path: blob for path, blob in files.items() if _is_note(path) or _is_record(path)}


def _is_note(path: str) -> bool:
    hidden = any(part.startswith(".") for part in path.split("/"))
    return path.lower().endswith(SUFFIXES) and not hidden


def _is_record(path: str) -> bool:
    return path.startswith(EXPERIMENTS) and path.endswith(".json")


def _versions(commits: Iterable[Commit]) -> Iterator[tuple[str, str]]:
    for commit in commits:
        yield from ((move.path, move.blob) for move in commit.moves if move.blob)


def _notes(
    past: Past, keep: Keep, versions: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], ParsedNote]:
    """What each version of a note says, by its path and blob; parsed where it is not kept."""
    wanted = {f"{blob} {path}": (path, blob) for path, blob in versions if _is_note(path)}
    known = keep.get(wanted)
    found = {wanted[key]: codec.load(ParsedNote, text) for key, text in known.items()}
    paths: dict[str, list[str]] = {}
    for path, blob in wanted.values():
        if (path, blob) not in found:
            paths.setdefault(blob, []).append(path)
    for blob, data in repository.read(past.root, paths):
        for path in paths[blob]:
            found[path, blob] = note = past.parse(data, path)
            keep.put({f"{blob} {path}": codec.dump(note)})
    return found


def _weigh(
    past: Past, keep: Keep, files: Files, notes: Mapping[tuple[str, str], ParsedNote]
) -> graphs.Weighed:
    parsed = [notes[each] for each in files.items() if _is_note(each[0])]
    records = tuple(sorted(each for each in files.items() if _is_record(each[0])))
    verdicts = _verdicts(past, keep, records)
    return graphs.weigh(graphs.build(parsed, verdicts, past.vocabulary))


def _verdicts(past: Past, keep: Keep, records: tuple[tuple[str, str], ...]) -> tuple[Verdict, ...]:
    """What these run records come to, judged once."""
    if not records:
        return ()
    name = f"verdicts {hashlib.sha256(repr(records).encode()).hexdigest()}"
    if text := keep.get([name]).get(name):
        return codec.load(Judged, text).verdicts
    verdicts = _judged(past.root, records)
    keep.put({name: codec.dump(Judged(verdicts, ()))})
    return verdicts


@cache
def _judged(root: Path, records: tuple[tuple[str, str], ...]) -> tuple[Verdict, ...]:
    """What these run records come to; they are read where records are always read, in files."""
    data = dict(repository.read(root, (blob for _, blob in records)))
    with tempfile.TemporaryDirectory() as folder:
        for path, blob in records:
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data[blob])
        return evidence.load(Path(folder, EXPERIMENTS), None).verdicts


def _argue_alike(
    notes: Mapping[tuple[str, str], ParsedNote], before: Files, after: Files, moves: Iterable[Move]
) -> bool:
    """Whether a commit changed nothing but prose: the graph is then the one before."""
    return all(
        _is_note(move.path)
        and move.path in before
        and move.path in after
        and _argued(notes[move.path, before[move.path]])
        == _argued(notes[move.path, after[move.path]])
        for move in moves
        if _is_note(move.path) or _is_record(move.path)
    )


def _argued(parsed: ParsedNote) -> tuple[object, ...]:
    """All of a note that can make a node or a typed edge another one."""
    nowhere = Span("")
    links = [link._replace(span=nowhere, context="", alias="") for link in parsed.links]
    bare = replace(parsed.note, summary="", paragraphs=(), headings=(), figures=(), blocks=())
    return bare, links


def _renamed(
    notes: Mapping[tuple[str, str], ParsedNote], before: Files, after: Files, moves: Iterable[Move]
) -> dict[str, str]:
    """The ids now, by those before, of notes that changed theirs with their path."""
    pairs = (
        (notes[move.before, before[move.before]].note.id, notes[move.path, move.blob].note.id)
        for move in moves
        if move.before in before
        and move.path in after
        and _is_note(move.path)
        and _is_note(move.before)
    )
    return {old: new for old, new in pairs if old != new}


def _keep(past: Past) -> Keep:
    return Keep(past.cache / FILE if past.cache else None, _edition(past.vocabulary))


@cache
def _edition(vocabulary: Vocabulary) -> str:
    """A digest of what decides what a note says and what follows from it: all code, and words."""
    code = sorted(Path(__file__).parents[1].rglob("*.py"))
    stats = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in code]
    rows = [(row.name, row.sign, row.inverse, row.hierarchical) for row in vocabulary.rows]
    words = sorted(vocabulary.words())
    return hashlib.sha256(repr((stats, rows, words)).encode()).hexdigest()
