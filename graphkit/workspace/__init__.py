"""The hall of the house: opens a vault, calls the rooms, and alone writes notes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphkit import search
from graphkit.errors import ModelError, VaultError
from graphkit.found import Answer, Hit, Suggestion
from graphkit.models import Change, Note
from graphkit.vocabulary import Kind, Mode
from graphkit.workspace import collector, index, lookup, opening, rooms, vault
from graphkit.workspace.opening import Opened
from graphkit.workspace.reading import Reading

if TYPE_CHECKING:
    from graphkit.change import Difference, Revision, Step
    from graphkit.render.merge import Settle
    from graphkit.search.abstain import Asked
    from graphkit.search.encoder import Encoder
    from graphkit.search.store import Store
    from graphkit.workspace import history, regeneration
    from graphkit.workspace.beginning import Beginning
    from graphkit.workspace.refactoring import Refactoring

__all__ = ["Workspace"]

INDEX: Final = index.FILE

ASK_HITS: Final = 12  # notes among which an answer is looked for


@dataclass(frozen=True)
class Workspace(Reading):
    """A vault as it was when it was opened: what it holds, what it answers, and how it changes.

    Opening and reading change no note. What costs time is computed when first asked for.
    """

    @classmethod
    def open(
        cls, path: Path | str | None = None, progress: lookup.Progress = lookup.silent
    ) -> Workspace:
        """Open the vault at `path`, else the one around the current folder, else the bundled one.

        Raises:
            VaultError: there is no such folder.
        """
        found = vault.settle(vault.locate(_path(path)))
        return cls(*opening.opened(found, progress=progress), progress)

    def refreshed(self) -> Workspace:
        """The same vault as it is now; only notes that changed since are read."""
        before = Opened(self.vault, self.synced, self.problems, self.cache)
        drafted = vars(self).get("draft", self.before)
        now = opening.opened(vault.settle(self.root), before, self.progress)
        return Workspace(*now, self.progress, drafted)

    def at(self, revision: str) -> rooms.graph.Weighed:
        """The graph of the vault as it was at a commit of its git history, weighed.

        Raises:
            VaultError: the vault is in no git repository, or there is no such revision.
        """
        from graphkit.workspace import history, repository

        return history.weighed(self._past, repository.revision(self.root, revision))

    def log(self, name: str, revision: str = "HEAD") -> tuple[Step, ...]:
        """Each commit that turned the standing of a claim or question, the newest first.

        The first step is what was written since the last commit, where that turned it. Of each
        step only the turn of this node is told. `name` is one that it has at `revision`.

        Raises:
            NodeNotFound: no such node then, or one of a kind that does not stand on evidence.
            VaultError: as `at`.
        """
        from graphkit.workspace import history, repository

        tip, now = repository.revision(self.root, revision), revision == "HEAD"
        then = self.weighed if now else history.weighed(self._past, tip)
        found = rooms.graph.standing(then, rooms.graph.find(then.graph, name))
        steps = history.steps(self._past, tip)
        return history.of(found.id, (*steps, self._uncommitted(tip)) if now else steps)

    def diff(self, before: str, after: str = "") -> Difference:
        """What differs between two commits, or between one and the notes as they are.

        Raises:
            VaultError: as `at`.
        """
        from graphkit.workspace import history, repository

        ends = [repository.revision(self.root, each) for each in (before, after) if each]
        old, *new = (history.weighed(self._past, end) for end in ends)
        commits = (end.commit for end in ends)
        return history.between(self._past, old, new[0] if new else self.weighed, *commits)

    def _uncommitted(self, tip: Revision) -> Step:
        from graphkit.change import Step
        from graphkit.workspace import history, repository

        last = history.weighed(self._past, tip)
        found = history.between(self._past, last, self.weighed, tip.commit)
        return Step(repository.HERE, found)

    @property
    def _past(self) -> history.Past:
        from graphkit.workspace import history

        return history.Past(self.root, self.cache, self.progress)

    def search(self, text: str, limit: int = 10, mode: str = Mode.HYBRID) -> tuple[Hit, ...]:
        """The notes that fit a text best, best first; by keywords alone where there is no model.

        Raises:
            ModelError: `mode` is semantic and there is no model.
        """
        if mode == Mode.SEMANTIC and self.no_model:
            raise ModelError(f"semantic search needs a model: {self.no_model}")
        model = None if mode == Mode.KEYWORD else self.encoder
        return search.find(self.store, text, limit=limit, mode=mode, encoder=model)

    def ask(self, text: str, risk: float = 0.1) -> Answer:
        """What the notes answer, on what evidence, or that they hold no answer.

        `risk` bounds the share of all questions that get an answer which the notes do not hold,
        for questions like the vault's own of which half have none.
        """
        from graphkit.workspace import told

        asked = self.asked(text, risk=risk)
        answer = partial(
            rooms.graph.answer,
            question=text,
            hits=asked.hits,
            confidence=asked.judgement.confidence,
            answerable=asked.judgement.answerable,
            missing=asked.judgement.missing,
        )
        found = told.answered(self, answer)
        level = None if asked.judgement.answerable else asked.level
        return replace(found, level=level, basis=asked.basis)

    def asked(self, text: str, limit: int = ASK_HITS, risk: float = 0.1) -> Asked:
        """What a text brings up by words and meaning, and how close that comes to an answer."""
        from graphkit.search import abstain

        return abstain.ask(
            self.store,
            text,
            limit=limit,
            encoder=self.encoder,
            risk=risk,
            links=lambda: self._linked,
            state=self.state,
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
        return lookup.opened(self.cache, self.synced)

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

    @cached_property
    def pages(self) -> Mapping[str, Note]:
        """The notes by their paths, in the order of those."""
        return {note.path: note for note in self.notes}

    def summaries(
        self,
        names: Iterable[str] = (),
        writer: regeneration.Writer | None = None,
        settle: Settle | None = None,
    ) -> regeneration.Plan:
        """The summaries of these notes, or of all, and what would bring them up to date.

        A `writer` adds prose of its own, which is taken where the notes bear all of it out;
        `settle` is asked what is to stand where a person's edit and the new text cannot both.

        Raises:
            NodeNotFound: no note has one of the names.
            VaultError: a template of the vault is not one, or its settings cannot be read.
        """
        from graphkit.render import merge
        from graphkit.workspace import regeneration

        regeneration.usable(self.problems)
        wanted = {name if name in self.pages else self._note(name) for name in names}
        known = regeneration.Known(
            self.root, self.cache, self.pages, self.graph, self.standings, self.vault.templates
        )
        return regeneration.planned(known, wanted, self.progress, writer, settle or merge.left)

    def recheck(self, plan: regeneration.Plan) -> regeneration.Stale:
        """Which summaries are stale as the run records are now, and why, by the paths of notes.

        `plan` is one of all summaries. Only what the changed records reach is judged and weighed
        again, and no summary is written for it; for changed notes, and to write the summaries,
        open the vault anew (`refreshed`).
        """
        from graphkit.workspace import regeneration, stale

        told = rooms.graph.rejudged(self.weighed, self._runs_now().verdicts)
        if told is None:
            return self.refreshed().summaries().stale
        known = regeneration.Known(
            self.root, self.cache, self.pages, told.graph, told.standings, self.vault.templates
        )
        with collector.resting():
            return stale.rechecked(known, plan, told, self.standings, self.progress)

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

    def new_note(
        self, title: str, kind: Kind, folder: str | None = None, lead: tuple[str, str] | None = None
    ) -> Beginning:
        """A new note, in a folder or where most of its kind are; `begin` writes it.

        With `lead`, a name and a relation in words, the note of that name links to the new one.

        Raises:
            NodeNotFound: no note has the name.
            VaultError: the title or path is taken, or the note would be read as another one.
        """
        from graphkit.workspace import beginning

        led = beginning.Lead(self._note(lead[0]), lead[1]) if lead else None
        return beginning.begun(self._files, title, kind, folder, led)

    def begin(self, new_note: Beginning) -> None:
        """Write a new note, and the link to it.

        Raises:
            VaultError: as `write`, or there is such a file by now.
        """
        self._refuse_installed()
        from graphkit.workspace import beginning

        beginning.write(self.root, new_note)

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


def _path(path: Path | str | None) -> Path | None:
    return None if path is None else Path(path)
