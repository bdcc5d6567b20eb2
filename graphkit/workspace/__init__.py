"""The hall of the house: opens a vault, calls the rooms, and alone writes notes."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphkit import codes, disk, search
from graphkit import graph as graphs
from graphkit.errors import NodeNotFound, VaultError
from graphkit.models import (
    Answer,
    Change,
    Difference,
    Edge,
    Fall,
    Graph,
    Hit,
    Node,
    Note,
    ParsedNote,
    Problem,
    Reason,
    RelationGroup,
    Revision,
    Span,
    Standing,
    Step,
    Suggestion,
    Verdict,
)
from graphkit.vocabulary import Mode
from graphkit.workspace import collector, evidence, index, lookup, vault
from graphkit.workspace.scan import scan

if TYPE_CHECKING:
    from graphkit.search.abstain import Asked
    from graphkit.search.encoder import Encoder
    from graphkit.search.store import Store
    from graphkit.workspace import history, refactoring, regeneration
    from graphkit.workspace.refactoring import Refactoring

__all__ = ["Workspace"]

INDEX: Final = index.FILE
UNFINISHED: Final = "unfinished"  # the folder of `journal` in the cache

ASK_HITS: Final = 12  # notes among which an answer is looked for


@dataclass(frozen=True)
class Workspace:
    """A vault as it was when it was opened: its notes, their graph, and what they say.

    Opening and reading change no note. What costs time is computed when first asked for.
    """

    vault: vault.Vault
    synced: index.Sync
    problems: tuple[Problem, ...]  # of the vault itself: its settings, unread files, the index
    cache: Path | None  # folder of the index, None where there can be none
    progress: lookup.Progress = lookup.silent
    before: graphs.Draft | None = None  # the graph of the vault as it was, to build the next on

    @classmethod
    def open(
        cls, path: Path | str | None = None, progress: lookup.Progress = lookup.silent
    ) -> Workspace:
        """Open the vault at `path`, else the one around the current folder, else the bundled one.

        Raises:
            VaultError: there is no such folder.
        """
        return _opened(vault.settle(vault.locate(_path(path))), progress)

    def refreshed(self) -> Workspace:
        """The same vault as it is now; only notes that changed since are read."""
        return _opened(vault.settle(self.root), self.progress, self)

    @property
    def root(self) -> Path:
        return self.vault.root

    @property
    def name(self) -> str:
        return self.vault.name

    @property
    def parsed(self) -> tuple[ParsedNote, ...]:
        return self.synced.parsed

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple(parsed.note for parsed in self.parsed)

    @cached_property
    def runs(self) -> evidence.Runs:
        """The run records of the vault with the verdicts they give."""
        return self._runs_now()

    def _runs_now(self) -> evidence.Runs:
        index_file = self.cache / INDEX if self.cache else None
        found = evidence.load(self.experiments, index_file)
        own = self.vault.registered
        return evidence.with_own(self.root, found, own, vault.SETTINGS) if own else found

    @property
    def experiments(self) -> Path:
        """The folder of run records and figures."""
        return vault.experiments_folder(self.root)

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What the runs came to, in the order of the tests, each with the claims that name it."""
        order = [verdict.test for verdict in self.runs.verdicts]
        return tuple(sorted(self.graph.verdicts, key=lambda verdict: order.index(verdict.test)))

    @property
    def graph(self) -> Graph:
        return self.draft.graph

    @cached_property
    def draft(self) -> graphs.Draft:
        """The graph with what of its making serves again."""
        verdicts = self.runs.verdicts
        with collector.resting():
            return graphs.draft(self.parsed, verdicts, self.vault.vocabulary, self.before)

    @cached_property
    def weighed(self) -> graphs.Weighed:
        """The graph with its evidence weighed."""
        return graphs.weigh(self.graph)

    @property
    def standings(self) -> Mapping[str, Standing]:
        """How every claim and question stands, by id."""
        return self.weighed.standings

    def node(self, name: str) -> Node:
        """The node of this name.

        Raises:
            NodeNotFound: nothing has the name, or several have; the hint lists candidates.
        """
        return graphs.find(self.graph, name)

    def text(self, node: Node) -> str:
        """The Markdown of a node's note; empty for a node without a file."""
        if not node.path:
            return ""
        from graphkit import parse

        return parse.decode(disk.read_inside(self.root, node.path), node.path)[0]

    def links(self, name: str) -> tuple[RelationGroup, ...]:
        """The edges of a node in both directions, grouped by relation."""
        return graphs.relations(self.graph, self.node(name).id)

    def path(self, start: str, end: str) -> tuple[Edge, ...]:
        """The shortest chain of edges between two nodes, whichever way they point."""
        return graphs.path(self.graph, self.node(start).id, self.node(end).id)

    def standing(self, name: str) -> Standing:
        """How a claim stands on its evidence, or a question on its answers.

        Raises:
            NodeNotFound: no such node, or one of a kind that does not stand on evidence.
        """
        return graphs.standing(self.weighed, self.node(name))

    def why(self, name: str) -> Reason:
        """What a node's standing rests on, down to the lines of the notes."""
        return graphs.why(self.graph, self.node(name).id, self.standings)

    def impact(self, name: str) -> Fall:
        """What would stand otherwise if a node fell: a source retracted, a run failed."""
        return graphs.impact(self.weighed, self.node(name).id)

    def what_if(self, remove: Iterable[str] = (), flip: Iterable[str] = ()) -> Fall:
        """What would stand otherwise without some nodes or edges, and with others turned round.

        Each is the name of a node, or an edge as `FILE:LINE` or `NAME -> NAME`.

        Raises:
            NodeNotFound: nothing has such a name.
            GraphkitError: no edge is there, or one that is to be turned round has no other way.
        """
        return graphs.what_if(self.weighed, graphs.supposition(self.graph, remove, flip))

    def at(self, revision: str) -> graphs.Weighed:
        """The graph of the vault as it was at a commit of its git history, weighed.

        Raises:
            VaultError: the vault is in no git repository, or there is no such revision.
        """
        from graphkit.workspace import history, repository

        return history.weighed(self._past, repository.revision(self.root, revision))

    def log(self, name: str, revision: str = "HEAD") -> tuple[Step, ...]:
        """Each commit that turned the standing of a claim or question, the newest first.

        The first step is what was written since the last commit, where that turned it. Of each
        step only the turn of this node is told.

        Raises:
            NodeNotFound: no such node now, or one of a kind that does not stand on evidence.
            VaultError: as `at`.
        """
        from graphkit.workspace import history, repository

        tip = repository.revision(self.root, revision)
        steps = history.steps(self._past, tip)
        if revision == "HEAD":
            steps = (*steps, self._uncommitted(tip))
        return history.of(self.standing(name).id, steps)

    def diff(self, before: str, after: str = "") -> Difference:
        """What differs between two commits, or between one and the notes as they are.

        Raises:
            VaultError: as `at`.
        """
        old = self.at(before)
        return graphs.difference(old, self.at(after) if after else self.weighed, {})

    def _uncommitted(self, tip: Revision) -> Step:
        from graphkit.workspace import history, repository

        last = history.weighed(self._past, tip)
        return Step(repository.HERE, graphs.difference(last, self.weighed, {}))

    @property
    def _past(self) -> history.Past:
        from graphkit.workspace import history

        parse = partial(_parse, self.vault)
        return history.Past(self.root, self.cache, self.vault.vocabulary, parse, self.progress)

    def search(self, text: str, limit: int = 10, mode: str = Mode.HYBRID) -> tuple[Hit, ...]:
        """The notes that fit a text best, best first; by keywords alone where there is no model.

        Raises:
            ModelError: `mode` is semantic and there is no model.
        """
        model = None if mode == Mode.KEYWORD else self.encoder
        return search.find(self.store, text, limit=limit, mode=mode, encoder=model)

    def close(self, text: str) -> bool:
        """Whether any note is closer to a text than notes are to questions about other subjects."""
        return self._asked(text).close

    def ask(self, text: str, risk: float = 0.1) -> Answer:
        """What the notes answer, on what evidence, or that they hold no answer.

        `risk` bounds the share of all questions that get an answer which the notes do not hold,
        for questions like the vault's own of which half have none.
        """
        hits, judgement, *_ = self._asked(text, risk)
        return graphs.answer(
            self.graph,
            self.standings,
            text,
            hits,
            confidence=judgement.confidence,
            answerable=judgement.answerable,
            missing=judgement.missing,
        )

    def level(self, text: str) -> float | None:
        """The least risk at which a question is answered, in hundredths; None at none."""
        return self._asked(text).level

    def _asked(self, text: str, risk: float = 0.1) -> Asked:
        return search.abstain.ask(
            self.store,
            text,
            limit=ASK_HITS,
            encoder=self.encoder,
            risk=risk,
            links=self._linked,
            on_calibrate=partial(self.progress, lookup.CALIBRATING),
        )

    def related(self, name: str, limit: int = 10) -> tuple[Hit, ...]:
        """The notes closest to a note in meaning and words, each with what the two share.

        Raises:
            NodeNotFound: no note has the name.
        """
        from graphkit.workspace import suggesting

        return suggesting.related(self, self._note(name), limit)

    def suggest(self, name: str | None = None, limit: int = 20) -> tuple[Suggestion, ...]:
        """What may be missing between the notes, or between one note and the others.

        Candidate contradictions first, then duplicate claims, questions asked twice and missing
        links, the closest notes first. Each has the line to paste and where it would stand.

        Raises:
            NodeNotFound: no note has the name.
        """
        from graphkit.workspace import suggesting

        only = "" if name is None else self._note(name)
        return suggesting.suggested(self, self._files, only, limit)

    def accept(self, suggestions: Iterable[Suggestion]) -> tuple[Change, ...]:
        """The changes that write suggested lines into their notes; `write` carries them out.

        Raises:
            VaultError: a line does not fit where it would stand.
        """
        from graphkit.workspace import insertion

        return insertion.accepted(self._files, suggestions)

    def encode(self, *, anew: bool = False) -> int:
        """Encode what the search index holds and the model has not seen; how many passages.

        A model that is not the one which encoded the others encodes nothing unless `anew`.
        """
        model = self._read_by if anew else self._model
        if model.encoder is None:
            return 0
        report = partial(self.progress, "encoding passages")
        return self.store.encode(model.encoder, report)

    @property
    def no_model(self) -> str:
        """Why there is no model to search with, in words; empty when there is one."""
        return self._model.absence

    @cached_property
    def store(self) -> Store:
        """The search index, holding the notes as they were when the workspace was opened."""
        return lookup.opened(self.cache, self.notes, self.synced.stamp)

    @cached_property
    def encoder(self) -> Encoder | None:
        """The model, once every passage is encoded; None where there is none."""
        self.encode()
        return self._model.encoder

    @cached_property
    def _linked(self) -> Mapping[str, Collection[str]]:
        """The paths that each note's path is linked with, whichever way the link points."""
        return lookup.linked(self.graph)

    @cached_property
    def _model(self) -> lookup.Model:
        return lookup.unchanged(self._read_by, self.store)

    @cached_property
    def _read_by(self) -> lookup.Model:
        return lookup.model(self.progress, self.vault.model, self.vault.device)

    def check(self) -> tuple[Problem, ...]:
        """All that is wrong in the vault, in the order of its files."""
        found = graphs.check(self.parsed, self.graph, self.vault.vocabulary)
        every = (*self.problems, *self.runs.problems, *found)
        return tuple(sorted(self.vault.check.applied(every), key=_by_place))

    def summaries(
        self, names: Iterable[str] = (), writer: regeneration.Writer | None = None
    ) -> regeneration.Plan:
        """The summaries of these notes, or of all, and what would bring them up to date.

        A `writer` adds prose of its own, which is taken where the notes bear all of it out.

        Raises:
            NodeNotFound: no note has one of the names.
            VaultError: a template of the vault is not one.
        """
        from graphkit.workspace import regeneration

        regeneration.usable(self.problems)
        wanted = {self._note(name) for name in names}
        known = regeneration.Known(
            self.root, self.cache, self.notes, self.graph, self.standings, self.vault.templates
        )
        return regeneration.planned(known, wanted, self.progress, writer)

    def recheck(self, plan: regeneration.Plan) -> regeneration.Plan:
        """A plan of all summaries, brought up to date with the run records as they are now.

        Only what the changed records reach is judged, weighed and composed again; for changed
        notes open the vault anew (`refreshed`).
        """
        from graphkit.workspace import regeneration

        told = graphs.rejudged(self.weighed, self._runs_now().verdicts)
        if told is None:
            return self.refreshed().summaries()
        known = regeneration.Known(
            self.root, self.cache, self.notes, told.graph, told.standings, self.vault.templates
        )
        paths = regeneration.reached(known, told.changed)
        again = regeneration.planned(known, paths, self.progress) if paths else plan
        return regeneration.together(plan, again)

    def regenerate(self, names: Iterable[str] = ()) -> tuple[Change, ...]:
        """The changes that bring the summaries of these notes, or of all, up to date.

        Raises:
            NodeNotFound, VaultError: as `summaries`.
        """
        return self.summaries(names).changes

    def rename(self, name: str, title: str, *, alias: bool = False) -> Refactoring:
        """What calling a note by another title would change, in it and in what links to it.

        Raises:
            NodeNotFound: no note has the name.
            VaultError: the title is taken, or a link cannot be kept.
        """
        from graphkit.workspace import refactoring

        return refactoring.rename(self._files, self._note(name), title, alias=alias)

    def move(self, name: str, folder: str) -> Refactoring:
        """What putting a note into another folder would change, in it and in what links to it.

        Raises:
            NodeNotFound: no note has the name.
            VaultError: the folder is none of the vault's or holds such a file, or a link cannot
                be kept.
        """
        from graphkit.workspace import refactoring

        return refactoring.move(self._files, self._note(name), folder)

    def refactor(self, plan: Refactoring) -> None:
        """Write a planned renaming or move: all of its files, or none.

        Raises:
            VaultError: as `write`; then every file is as it was.
        """
        self._refuse_installed()
        from graphkit.workspace import refactoring

        refactoring.write(self.root, vault.made(vault.cache_folder(self.root)), plan)

    def write(self, changes: Iterable[Change]) -> None:
        """Write planned changes.

        Raises:
            VaultError: the vault is the read-only one of an installed wheel, or a note cannot be
                written or was changed after the plan was made.
        """
        self._refuse_installed()
        from graphkit.workspace import regeneration

        regeneration.write(self.root, self.cache, changes, self.progress)

    def _refuse_installed(self) -> None:
        if self.vault.installed:
            raise VaultError(
                "the bundled notes of an installation are read-only",
                "make them your own first: graphkit init DIR",
            )

    def _note(self, name: str) -> str:
        """The path of the note of this name."""
        node = self.node(name)
        if not node.path:
            raise NodeNotFound(f"{node.title} is no note of this vault", "give the name of a note")
        return node.path

    @property
    def _files(self) -> refactoring.Files:
        from graphkit.workspace import refactoring

        return refactoring.Files(
            self.parsed,
            cache(partial(disk.read_inside, self.root)),
            partial(_parse, self.vault),
            partial(disk.stands, self.root),
        )


def _path(path: Path | str | None) -> Path | None:
    return None if path is None else Path(path)


def _opened(
    found: vault.Vault, progress: lookup.Progress, before: Workspace | None = None
) -> Workspace:
    recovered = _recovered(found.root)
    listing = scan(found.root)
    problems = (*found.problems, *recovered, *listing.problems)
    same_words = before is not None and _manner(before.vault) == _manner(found)
    sync = partial(
        index.sync,
        listed=listing.files,
        read=partial(disk.read_inside, found.root),
        parse=partial(_parse, found),
        vocabulary=found.vocabulary,
        dialect=found.dialect,
        before=before.synced if before and same_words else None,
    )
    cache: Path | None
    with collector.resting():
        try:
            cache = vault.made(vault.cache_folder(found.root))
            synced = sync(cache / INDEX)
        except (sqlite3.Error, OSError) as error:
            cache, synced = None, sync(None)
            problems = (*problems, _no_index(error))
    drafted = vars(before).get("draft", before.before) if before else None
    return Workspace(found, synced, problems, cache, progress, drafted)


def _recovered(root: Path) -> tuple[Problem, ...]:
    """What came of a change to several notes that another process could not finish."""
    cache = vault.cache_folder(root)
    if not (cache / UNFINISHED).exists():
        return ()
    from graphkit.workspace import journal

    return journal.recover(root, cache)


def _manner(found: vault.Vault) -> tuple[object, ...]:
    """What decides how the notes of a vault are read."""
    return found.vocabulary.rows, found.dialect


def _parse(found: vault.Vault, data: bytes, path: str) -> ParsedNote:
    from graphkit import parse  # markdown-it waits here: a vault that did not change needs none

    text, problems = parse.decode(data, path)
    parsed = parse.note(text, path, found.vocabulary, found.dialect)
    return parsed._replace(problems=(*problems, *parsed.problems))


def _no_index(error: Exception) -> Problem:
    hint = "make room for it, or let yourself write there; until then all notes are read each time"
    return codes.problem("no-index", f"the index cannot be used: {error}", Span(vault.CACHE), hint)


def _by_place(problem: Problem) -> tuple[Span, str]:
    return problem.span, problem.code
