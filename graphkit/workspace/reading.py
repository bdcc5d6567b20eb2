"""A vault as it was read: its notes, their graph, and how things stand in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from graphkit import disk
from graphkit.errors import NodeNotFound
from graphkit.models import (
    Edge,
    Graph,
    Node,
    Note,
    ParsedNote,
    Problem,
    Reason,
    RelationGroup,
    Span,
    Standing,
    Verdict,
)
from graphkit.workspace import collector, drawn, evidence, index, lookup, opening, rooms, vault

if TYPE_CHECKING:
    from graphkit.change import Fall
    from graphkit.workspace import refactoring


@dataclass(frozen=True)
class Reading:
    """What can be read of a vault and changes nothing. What costs time waits to be asked for."""

    vault: vault.Vault
    synced: index.Sync
    problems: tuple[Problem, ...]  # of the vault itself: its settings, unread files, the index
    cache: Path | None  # folder of the index, None where there can be none
    progress: lookup.Progress = lookup.silent
    before: rooms.graph.Draft | None = (
        None  # the graph of the vault as it was, to build the next on
    )

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
        index_file = self.cache / index.FILE if self.cache else None
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

    @cached_property
    def state(self) -> str:
        """A digest of the notes, the runs and what judges them: equal ones give equal answers."""
        from graphkit.workspace import told

        return told.state(self)

    @cached_property
    def graph(self) -> Graph:
        """The notes joined by their links, with what the runs say of their claims."""
        return drawn.graph(self)

    @cached_property
    def draft(self) -> rooms.graph.Draft:
        """The graph with what of its making serves again."""
        verdicts = self.runs.verdicts
        with collector.resting():
            return rooms.graph.draft(self.parsed, verdicts, self.vault.vocabulary, self.before)

    @cached_property
    def weighed(self) -> rooms.graph.Weighed:
        """The graph with its evidence weighed."""
        return rooms.graph.weigh(self.graph)

    @property
    def standings(self) -> Mapping[str, Standing]:
        """How every claim and question stands, by id."""
        return self.weighed.standings

    def node(self, name: str) -> Node:
        """The node of this name.

        Raises:
            NodeNotFound: nothing has the name, or several have; the hint lists candidates.
        """
        return rooms.graph.find(self.graph, name)

    def text(self, node: Node) -> str:
        """The Markdown of a node's note; empty for a node without a file."""
        return text_of(self.root, node)

    def links(self, name: str) -> tuple[RelationGroup, ...]:
        """The edges of a node in both directions, grouped by relation."""
        return rooms.graph.relations(self.graph, self.node(name).id)

    def path(self, start: str, end: str) -> tuple[Edge, ...]:
        """The shortest chain of edges between two nodes, whichever way they point."""
        return rooms.graph.path(self.graph, self.node(start).id, self.node(end).id)

    def standing(self, name: str) -> Standing:
        """How a claim stands on its evidence, or a question on its answers.

        Raises:
            NodeNotFound: no such node, or one of a kind that does not stand on evidence.
        """
        return rooms.graph.standing(self.weighed, self.node(name))

    def why(self, name: str) -> Reason:
        """What a node's standing rests on, down to the lines of the notes."""
        return rooms.graph.why(self.graph, self.node(name).id, self.standings)

    def impact(self, name: str) -> Fall:
        """What would stand otherwise if a node fell: a source retracted, a run failed."""
        return rooms.graph.impact(self.weighed, self.node(name).id)

    def what_if(self, remove: Iterable[str] = (), flip: Iterable[str] = ()) -> Fall:
        """What would stand otherwise without some nodes or edges, and with others turned round.

        Each is the name of a node, or an edge as `FILE:LINE` or `NAME -> NAME`.

        Raises:
            NodeNotFound: nothing has such a name.
            GraphkitError: no edge is there, or one that is to be turned round has no other way.
        """
        return rooms.graph.what_if(self.weighed, rooms.graph.supposition(self.graph, remove, flip))

    def check(self) -> tuple[Problem, ...]:
        """All that is wrong in the vault, in the order of its files."""
        from graphkit.workspace import aged  # the views of summaries wait here

        found = rooms.graph.check(self.parsed, self.graph, self.vault.vocabulary)
        told = aged.problems(self.root, self.notes, self.graph, self.standings)
        ran = aged.runs(self.root, self.graph, self.vault.registered)
        every = (*self.problems, *self.runs.problems, *found, *told, *ran)
        return tuple(sorted(self.vault.check.applied(every), key=_by_place))

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
            partial(opening.read_note, self.vault),
            partial(disk.stands, self.root),
            self.vault.dialect,
        )


def text_of(root: Path, node: Node) -> str:
    """The Markdown of a node's note in the vault at `root`; empty for a node without a file."""
    if not node.path:
        return ""
    from graphkit import parse

    return parse.decode(disk.read_inside(root, node.path), node.path)[0]


def _by_place(problem: Problem) -> tuple[Span, str]:
    return problem.span, problem.code
