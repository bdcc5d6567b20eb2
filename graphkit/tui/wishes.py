"""Changes of notes that begin with words of the reader: a title, a folder, a note that is new."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit.models import Graph, Node, Span
from graphkit.tui.dialogs.pick import Choice
from graphkit.tui.dialogs.words import AskWords
from graphkit.tui.entries import kind_mark
from graphkit.tui.rows import Row
from graphkit.tui.screens.diff import DiffScreen, Planned, Proposal
from graphkit.vocabulary import ANY, Kind, Vocabulary

if TYPE_CHECKING:
    from graphkit.workspace import Workspace
    from graphkit.workspace.refactoring import Refactoring

_ANYHOW: Final = "relates to"  # of the relations between any two, the one that is offered


class Wish(NamedTuple):
    """What is asked for, what stands there at first, and the changes that the words come to."""

    title: str
    before: str
    propose: Callable[[str], Proposal]


def asked(wish: Wish, workspace: Workspace) -> AskWords:
    """The dialog that asks for the words, and gives the diff of what they come to."""

    def shown(words: str) -> DiffScreen:
        return DiffScreen(wish.propose(words), workspace)

    return AskWords(wish.title, wish.before, shown)


# -- a note that there is -----------------------------------------------------------------------


def renaming(node: Node) -> Wish:
    """Another title for a note, and for every link to it."""

    def propose(title: str) -> Proposal:
        plan = partial(_planned, lambda vault: vault.rename(node.id, title))
        return Proposal("Rename", plan, "It is called so already.")

    return Wish("The new title", node.title, propose)


def moving(node: Node) -> Wish:
    """Another folder for a note, with every link to it and out of it."""

    def propose(folder: str) -> Proposal:
        plan = partial(_planned, lambda vault: vault.move(node.id, folder))
        return Proposal("Move", plan, "It is there already.")

    return Wish("The folder to put it in", node.path.rpartition("/")[0] or ".", propose)


def _planned(plan: Callable[[Workspace], Refactoring], workspace: Workspace) -> Planned:
    made = plan(workspace)
    return Planned(made.changes, partial(workspace.refactor, made), Span(made.path, 1))


# -- a note that is new -------------------------------------------------------------------------


def beginnings(node: Node | None, vocabulary: Vocabulary) -> Choice:
    """What can be begun: a note of each kind by itself, or with a link from the one being read."""
    rows = partial(_beginnings, node, vocabulary)
    return Choice("Begin a note", "a kind or a relation", rows, "Nothing can be begun.")


def _beginnings(node: Node | None, vocabulary: Vocabulary, text: str) -> Iterator[Row]:
    """Those that hold the words, under their headings."""
    from graphkit.workspace.beginning import PROMPTS

    groups = {"By itself": [_beginning(f"a {kind}", kind, None) for kind in PROMPTS]}
    if node is not None and node.path:
        groups[f"Linked from {node.title}"] = [
            _beginning(f"{words} a new {kind}", kind, (node.id, words))
            for kind in PROMPTS
            for words in _leads(node.kind, kind, vocabulary)
        ]
    for title, rows in groups.items():
        fitting = [row for row in rows if all(word in row.text for word in text.lower().split())]
        if fitting:
            yield from (Row(title, style="bold $primary"), *fitting, Row(""))


def wanted(title: str, graph: Graph) -> Iterator[Row]:
    """A note under a title that no node bears."""
    if title and not any(
        node.title.casefold() == title.casefold() for node in graph.nodes.values()
    ):
        plan = partial(_begun, title, Kind.NOTE, None)
        proposal = Proposal("A new note", plan, "There is nothing to write.")
        yield Row(f"Begin a note called {title}", proposal, kind_mark(Kind.NOTE), "$quiet italic")


def _beginning(text: str, kind: Kind, lead: tuple[str, str] | None) -> Row:
    def propose(title: str) -> Proposal:
        plan = partial(_begun, title, kind, lead)
        return Proposal(f"A new {kind}", plan, "There is nothing to write.")

    wish = Wish(f"The title of the new {kind}", "", propose)
    return Row(text, wish, kind_mark(kind), lead="  ", under="  ")


def _leads(one: Kind, other: Kind, vocabulary: Vocabulary) -> Iterator[str]:
    """What a note of one kind can be to another one, in the words of its own page."""
    for row in vocabulary.rows:
        if row.subjects == row.objects == ANY and row.name != _ANYHOW:
            continue
        if row.fits(one, other):
            yield row.name
        if not row.symmetric and row.fits(other, one):
            yield row.inverse


def _begun(title: str, kind: Kind, lead: tuple[str, str] | None, workspace: Workspace) -> Planned:
    note = workspace.new_note(title, kind, lead=lead)
    return Planned(note.changes, partial(workspace.begin, note), note.place, edit=True)
