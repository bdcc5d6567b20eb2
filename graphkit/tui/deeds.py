"""What the explorer does with the note in front of the reader.

A deed is one function and its row in the table of actions, `do('NAME')`. It is told where the
reader is and gives what happens next: a screen to open, a message to post, or words to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from textual.message import Message
from textual.screen import Screen

from graphkit.models import Node
from graphkit.tui import arguments, follow, ledgers, suggestions, wishes
from graphkit.tui.dialogs.ask import Ask
from graphkit.tui.dialogs.pick import Pick, nodes
from graphkit.tui.dialogs.steps import Steps
from graphkit.tui.here import Here
from graphkit.tui.messages import Copy, Edit, Remember, Stand, Visit, Walk
from graphkit.tui.rows import Row
from graphkit.tui.screens.diff import DiffScreen, Proposal, summaries
from graphkit.tui.screens.ledger import Ledger, LedgerScreen
from graphkit.tui.screens.map import MapScreen
from graphkit.tui.screens.trials import TrialsScreen
from graphkit.tui.spot import at_edge

if TYPE_CHECKING:
    from graphkit.workspace import Workspace

Outcome = Screen[Any] | Message | str
OfVault = Callable[[Here], Outcome]
OfNode = Callable[[Here, Node], Outcome]


# -- of the vault -------------------------------------------------------------------------------


def ask(here: Here) -> Outcome:
    return Ask(here.desk, here.workspace.graph, here.workspace.standings)


def back(here: Here) -> Outcome:
    """One step back; from a note that was only looked at, to where the trail stands."""
    walked = here.stay.trail
    is_there = here.node is None or here.node.id == walked.here
    return Stand(walked.back() if is_there else walked)


def forward(here: Here) -> Outcome:
    return Stand(here.stay.trail.forward())


def trail(here: Here) -> Outcome:
    if not here.stay.trail.ids:
        return "Nothing was visited yet."
    return Steps(here.stay, here.workspace.graph, here.workspace.standings)


def bookmarks(here: Here) -> Outcome:
    return _ledger(arguments.bookmarks(here.stay.marks), here)


def jump(here: Here) -> Outcome:
    """To a note, or to one that is begun for want of any that is called so."""
    known = nodes("Go to, or begin", here.workspace.graph)

    def rows(text: str) -> Iterator[Row]:
        yield from known.rows(text)
        yield from wishes.wanted(text.strip(), here.workspace.graph)

    def chosen(value: str | Proposal) -> Outcome:
        return Walk(value) if isinstance(value, str) else DiffScreen(value, here.workspace)

    return Pick(known._replace(rows=rows), chosen)


def unsettled(here: Here) -> Outcome:
    return _ledger(arguments.unsettled(), here)


def list_facets(here: Here) -> Outcome:
    return _ledger(ledgers.facets(here.terms), here)


def problems(here: Here) -> Outcome:
    return _ledger(ledgers.problems(), here)


def experiment(here: Here) -> Outcome:
    """All tests, the one that speaks for the note in the reader under the cursor."""
    return TrialsScreen(here.workspace, _test_of(here.node, here.workspace) if here.node else "")


def begin(here: Here) -> Outcome:
    """A new note, by itself or with a link from the one in the reader."""
    vocabulary = here.workspace.graph.vocabulary
    return Pick(
        wishes.beginnings(here.node, vocabulary), lambda wish: wishes.asked(wish, here.workspace)
    )


def regenerate_all(here: Here) -> Outcome:
    return DiffScreen(summaries(()), here.workspace)


def _ledger(ledger: Ledger, here: Here) -> LedgerScreen:
    return LedgerScreen(ledger, here.workspace)


# -- of the node in the reader ------------------------------------------------------------------


def contents(here: Here, node: Node) -> Outcome:
    return _ledger(ledgers.contents(node), here)


def mark(here: Here, node: Node) -> Outcome:
    """Set a bookmark on it, or take that away."""
    stay = here.stay.marked(node.id)
    said = "Bookmark set" if node.id in stay.marks else "No bookmark any more"
    return Remember(stay, f"{said}: {node.title}")


def draw_map(here: Here, node: Node) -> Outcome:
    return MapScreen(here.workspace, node.id, here.stay.trail)


def why(here: Here, node: Node) -> Outcome:
    if node.id not in here.workspace.standings:
        return f"Only claims and questions have a standing; this is a {node.kind}."
    return _ledger(arguments.why(node.id), here)


def impact(here: Here, node: Node) -> Outcome:
    return _ledger(arguments.impact(node.id), here)


def against(here: Here, node: Node) -> Outcome:
    """The one that contradicts it, at its line; a list where there are several."""
    found = arguments.opponents(here.workspace.graph, node.id)
    if not found:
        return f"Nothing contradicts this: {node.title}"
    if len(found) > 1:
        return _ledger(arguments.against(node.id), here)
    spot = at_edge(*found[0])
    return Walk(spot.id, spot.line)


def path(here: Here, node: Node) -> Outcome:
    def shown(goal: str) -> Outcome:
        return _ledger(arguments.path(node.id, goal), here)

    return Pick(nodes("How is this joined to", here.workspace.graph), shown)


def verdict(here: Here, node: Node) -> Outcome:
    """The first test that speaks for a claim, or that a result is of."""
    if test := _test_of(node, here.workspace):
        return TrialsScreen(here.workspace, test)
    return f"No test of this vault speaks for this: {node.title}"


def _test_of(node: Node, workspace: Workspace) -> str:
    """Empty where there is none."""
    fitting = (
        each.test
        for each in workspace.verdicts
        if node.id in each.claims or (node.verdict and node.verdict.test == each.test)
    )
    return next(fitting, "")


def suggest(here: Here, node: Node) -> Outcome:
    if not node.path:
        return f"No note stands behind {node.title}, so nothing can be written into it."
    return _ledger(suggestions.of(node.id), here)


def edit(here: Here, node: Node) -> Outcome:
    if here.span.path:
        return Edit(here.span)
    return f"No note stands behind {node.title}, so there is nothing to edit."


def regenerate(here: Here, node: Node) -> Outcome:
    if not node.path:
        return f"No note stands behind {node.title}, so it has no summary."
    return DiffScreen(summaries((node.id,)), here.workspace)


def rename(here: Here, node: Node) -> Outcome:
    if not node.path:
        return f"No note stands behind {node.title}, so there is nothing to rename."
    return wishes.asked(wishes.renaming(node), here.workspace)


def move(here: Here, node: Node) -> Outcome:
    if not node.path:
        return f"No note stands behind {node.title}, so there is nothing to move."
    return wishes.asked(wishes.moving(node), here.workspace)


def copy_link(_: Here, node: Node) -> Outcome:
    return Copy(f"[[{node.title}]]")


def copy_id(_: Here, node: Node) -> Outcome:
    return Copy(node.id)


def copy_citation(_: Here, node: Node) -> Outcome:
    """The title with its identifiers and address, else with its place in the vault."""
    parts = (*node.identifiers, follow.address(node)) if node.identifiers else (node.path,)
    return Copy(", ".join(part for part in (node.title, *dict.fromkeys(parts)) if part))


def visit_source(_: Here, node: Node) -> Outcome:
    address = follow.address(node)
    return Visit(address) if address else "This node names no work that has a web address."


OF_VAULT: Final[Mapping[str, OfVault]] = {
    "ask": ask,
    "back": back,
    "forward": forward,
    "trail": trail,
    "bookmarks": bookmarks,
    "jump": jump,
    "unsettled": unsettled,
    "facets": list_facets,
    "problems": problems,
    "experiment": experiment,
    "begin": begin,
    "regenerate_all": regenerate_all,
}
OF_NODE: Final[Mapping[str, OfNode]] = {
    "contents": contents,
    "mark": mark,
    "map": draw_map,
    "why": why,
    "impact": impact,
    "against": against,
    "path": path,
    "verdict": verdict,
    "suggest": suggest,
    "edit": edit,
    "regenerate": regenerate,
    "rename": rename,
    "move": move,
    "copy_link": copy_link,
    "copy_id": copy_id,
    "copy_citation": copy_citation,
    "visit_source": visit_source,
}


def done(name: str, here: Here) -> Outcome:
    """What a deed gives."""
    if name in OF_VAULT:
        return OF_VAULT[name](here)
    if here.node is None:
        return "No note is open."
    return OF_NODE[name](here, here.node)
