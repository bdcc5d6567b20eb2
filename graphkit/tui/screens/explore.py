"""The main screen: the list of nodes, the note being read, its links, the trail of the walk."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from graphkit.errors import NodeNotFound
from graphkit.models import Node, Span
from graphkit.tui import follow, ledgers
from graphkit.tui.actions import Place, bindings
from graphkit.tui.blocks import Page, Words
from graphkit.tui.dialogs.ask import Ask
from graphkit.tui.dialogs.steps import Steps
from graphkit.tui.messages import (
    Chosen,
    Edit,
    Follow,
    Jump,
    Moved,
    Stroll,
    VaultLoaded,
    VaultMissing,
    Walk,
    Working,
)
from graphkit.tui.panes.banner import Banner
from graphkit.tui.panes.hint import Hint
from graphkit.tui.panes.keybar import KeyBar
from graphkit.tui.panes.links import Links
from graphkit.tui.panes.notes import Notes
from graphkit.tui.panes.reader import Reader
from graphkit.tui.panes.tabs import Tabs
from graphkit.tui.panes.trailbar import TrailBar
from graphkit.tui.rows import content
from graphkit.tui.screens.ledger import LedgerScreen
from graphkit.tui.screens.map import MapScreen
from graphkit.tui.trail import Trail

if TYPE_CHECKING:
    from graphkit.tui.app import Explorer
    from graphkit.tui.desk import Desk
    from graphkit.workspace import Workspace

WIDE = 110  # cells from which on all panes are shown side by side
VAST = 170  # and from which on the outer ones have more room
_SETTLE = 0.03  # seconds for which the cursor must rest before a note is read
_PANES = {"notes": "#nodes", "reader": "#reader", "links": "#edges"}  # and what takes the focus


class Explore(Screen[None]):
    """Walk the graph: choose a node, read it, follow what it is linked to."""

    place = Place.EXPLORE
    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.EXPLORE)
    AUTO_FOCUS = "#nodes"

    def __init__(self) -> None:
        super().__init__()
        self.workspace: Workspace | None = None
        self.desk: Desk | None = None
        self.trail = Trail()
        self.shown = ""  # id of the node in the reader; the trail follows when it is walked to
        self._pages = 1
        self._front = "notes"
        self._banner = Banner(id="banner")
        self._trail_bar = TrailBar(id="trail")
        self._tabs = Tabs(id="tabs")
        self._notes = Notes(id="notes")
        self._reader = Reader(id="reader")
        self._links = Links(id="links")
        self._hint = Hint(id="hint")

    def compose(self) -> ComposeResult:
        yield from (self._banner, self._trail_bar, self._tabs)
        yield Horizontal(self._notes, self._reader, self._links, id="panes")
        yield self._hint
        yield KeyBar()

    def on_mount(self) -> None:
        self._hint.display = not self.explorer.state.hinted
        self._banner.tell("opening the vault …")
        self._arrange()
        self.explorer.load()

    @property
    def explorer(self) -> Explorer:
        return cast("Explorer", self.app)

    @property
    def node(self) -> Node | None:
        """The node in the reader."""
        return self.workspace.graph.nodes.get(self.shown) if self.workspace else None

    def say(self, words: str) -> None:
        """A notice in literal words; it goes by itself, with a click, or with escape."""
        self.notify(words, markup=False)

    # -- the vault -------------------------------------------------------------------------

    def on_vault_loaded(self, message: VaultLoaded) -> None:
        workspace = message.workspace
        again, self.workspace = self.workspace is not None, workspace
        self.desk = message.desk
        graph = workspace.graph
        self._banner.describe(workspace.name, graph)
        self._notes.hold(graph, workspace.standings)
        self.trail = self.trail.without(frozenset(graph.nodes))
        if again and self.shown in graph.nodes:
            self._show(self.shown, keep=True)
            self._mark_trail()
        else:
            self._start()
        self._count_problems(workspace)

    def _start(self) -> None:
        """Stand where the trail does, else where the last walk ended, else on the first node."""
        if self.workspace is None:
            return
        last = self.explorer.state.last.get(str(self.workspace.root), "")
        first = self._notes.listing.value
        start = self.trail.here or (last if last in self.workspace.graph.nodes else first)
        if start:
            self._notes.listing.select(start)
            self._visit(start)

    def on_vault_missing(self, message: VaultMissing) -> None:
        if self.workspace is not None:
            self.say(str(message.error))
            return
        self._banner.tell("no vault")
        self._notes.listing.show((), nothing="No vault is open.")
        said = Words(content(((message.error.message, "bold $oppose"),)))
        hint = Words(content(((message.error.hint, ""),)))
        self._reader.show(Page((said, hint)))
        self.action_pane("reader")

    def on_working(self, message: Working) -> None:
        if self.workspace is None:
            self._banner.tell(f"{message.words or 'opening the vault'} …")

    @work(exclusive=True, group="problems", description="checking the vault")
    async def _count_problems(self, workspace: Workspace) -> None:
        self._banner.warn(await asyncio.to_thread(workspace.check))

    # -- the node being read ---------------------------------------------------------------

    def _show(self, id_: str, *, keep: bool = False, line: int = 1, after: float = 0.0) -> None:
        """Put a node in the reader and its links beside it, `after` so many seconds.

        The reader shows the note from its top, at a line, or where it already is.
        """
        if self.workspace is None:
            return
        self._pages = self._pages if keep else 1
        self.shown = id_
        node = self.workspace.graph.nodes[id_]
        self._read(self.workspace, node, keep=keep, line=line, after=after)

    @work(exclusive=True, group="reader", description="reading a note")
    async def _read(
        self, workspace: Workspace, node: Node, *, keep: bool, line: int, after: float
    ) -> None:
        from graphkit.tui.leaf import leaf, pages_to  # after the skeleton has been painted

        await asyncio.sleep(after)
        self._pages = max(self._pages, pages_to(line))
        shown = await asyncio.to_thread(leaf, workspace, node, self._pages)
        self._links.show(node, shown.links, workspace, keep=keep)
        self._reader.show(shown.page, top=None if keep else 0)
        self._reader.reveal(line)

    def on_more(self) -> None:
        self._pages += 1
        self._show(self.shown, keep=True)

    @on(Moved, "#nodes")
    def _preview(self, message: Moved) -> None:
        if message.value and message.value != self.shown:
            self._show(message.value, after=_SETTLE)  # a held key cancels what it runs past

    # -- walking ---------------------------------------------------------------------------

    def _visit(self, id_: str, line: int = 1) -> None:
        """Walk to a node: a step of the trail."""
        self.trail = self.trail.visit(id_)
        self._arrive(line)

    def _arrive(self, line: int = 1) -> None:
        """Show the node that the trail stands on."""
        self._mark_trail()
        self._notes.listing.select(self.trail.here)
        self._show(self.trail.here, line=line)

    def _mark_trail(self) -> None:
        if self.workspace is None:
            return
        self._trail_bar.show(self.trail, self.workspace.graph.nodes)
        last = {**self.explorer.state.last, str(self.workspace.root): self.trail.here}
        self.explorer.state = replace(self.explorer.state, last=last)

    def on_walk(self, message: Walk) -> None:
        if self.workspace and message.id in self.workspace.graph.nodes:
            self._visit(message.id, message.line)
            if not self.wide:
                self.action_pane("reader")

    def on_stroll(self, message: Stroll) -> None:
        for id_ in message.ids:
            self.trail = self.trail.visit(id_)
        self._arrive()

    @on(Chosen, "#nodes")
    def _open(self, message: Chosen) -> None:
        self._visit(message.value)
        self.action_pane("reader")

    @on(Chosen, "#edges")
    def _cross(self, message: Chosen) -> None:
        self.post_message(Walk(self._links.other(message.value)))

    def on_follow(self, message: Follow) -> None:
        if self.workspace is None or self.node is None:
            return
        if message.target.startswith(("http://", "https://")):
            self.app.open_url(message.target)
            return
        try:
            found = follow.destination(self.workspace, self.node, message.target)
        except NodeNotFound as error:
            self.say(str(error))
        else:
            self._visit(found.id)

    def on_jump(self, message: Jump) -> None:
        self._step(self.trail.jump(message.at))

    def _step(self, trail: Trail) -> None:
        if trail.here and (trail != self.trail or self.shown != trail.here):
            self.trail = trail
            self._arrive()

    def action_back(self) -> None:
        """One step back; from a note that was only looked at, to where the trail stands."""
        self._step(self.trail if self.shown != self.trail.here else self.trail.back())

    def action_forward(self) -> None:
        self._step(self.trail.forward())

    # -- other screens ---------------------------------------------------------------------

    def _errand(self, errand: Message | None) -> None:
        """Do what another screen was left with."""
        if errand is not None:
            self.post_message(errand)

    def action_trail(self) -> None:
        if self.workspace and self.trail.ids:
            steps = Steps(self.trail, self.workspace.graph, self.workspace.standings)
            self.app.push_screen(steps, self._errand)

    def action_ask(self) -> None:
        if self.workspace and self.desk:
            self.app.push_screen(
                Ask(self.desk, self.workspace.graph, self.workspace.standings), self._errand
            )

    def action_map(self) -> None:
        if self.workspace and self.node:
            self.app.push_screen(MapScreen(self.workspace, self.node.id), self._errand)

    def action_why(self) -> None:
        if not self.workspace or not self.node:
            return
        if self.node.id not in self.workspace.standings:
            self.say(f"Only claims and questions have a standing; this is a {self.node.kind}.")
            return
        why = LedgerScreen(ledgers.why(self.node.id), self.workspace)
        self.app.push_screen(why, self._errand)

    def action_problems(self) -> None:
        if self.workspace:
            self.app.push_screen(LedgerScreen(ledgers.problems(), self.workspace), self._errand)

    def action_verdicts(self) -> None:
        if self.workspace:
            self.app.push_screen(LedgerScreen(ledgers.verdicts(), self.workspace), self._errand)

    # -- doing -----------------------------------------------------------------------------

    def action_edit(self) -> None:
        if self.node is None:
            return
        span = self._looked_at(self.node)
        if span.path:
            self.post_message(Edit(span))
        else:
            self.say(f"No note stands behind {self.node.title}, so there is nothing to edit.")

    def _looked_at(self, node: Node) -> Span:
        """The place in the vault that the reader looks at: an edge's, a line's, a note's."""
        if self._front == "links" and self._links.edge:
            return self._links.edge.span
        return Span(node.path, self._reader.line if self._front == "reader" else node.line)

    def action_copy_link(self) -> None:
        if self.node:
            self.app.copy_to_clipboard(f"[[{self.node.title}]]")
            self.say(f"Copied [[{self.node.title}]]")

    def action_visit_source(self) -> None:
        if self.node is None:
            return
        if address := follow.address(self.node):
            self.app.open_url(address)
            self.say(f"Opened {address}")
        else:
            self.say("This node names no work that has a web address.")

    def action_reload(self) -> None:
        self.say("Reading the vault again.")
        self.explorer.load()

    # -- panes and filter ------------------------------------------------------------------

    @property
    def wide(self) -> bool:
        return self.app.size.width >= WIDE

    def _arrange(self) -> None:
        """All panes side by side where there is room, else the one in front."""
        for name in _PANES:
            self.query_one(f"#{name}").display = self.wide or name == self._front
        self.set_class(not self.wide, "-narrow")
        self.set_class(self.app.size.width >= VAST, "-vast")
        self._tabs.display = not self.wide
        self._tabs.front = self._front

    def on_resize(self) -> None:
        self._arrange()

    def on_descendant_focus(self) -> None:
        holder = next((name for name in _PANES if self._holds_focus(name)), self._front)
        if holder != self._front:
            self._front = holder
            self._arrange()

    def _holds_focus(self, name: str) -> bool:
        pane: Widget = self.query_one(f"#{name}")
        return self.focused is not None and pane in self.focused.ancestors_with_self

    def action_pane(self, name: str) -> None:
        self._front = name
        self._arrange()
        self.set_focus(self.query_one(_PANES[name]))  # at once: the next key is for it

    def action_turn(self, step: int) -> None:
        names = list(_PANES)
        self.action_pane(names[(names.index(self._front) + step) % len(names)])

    def action_filter(self) -> None:
        self.action_pane("notes")
        self._notes.open_filter()

    def _turn_facets(self, *, kind: int = 0, stand: int = 0) -> None:
        self._notes.filter(self._notes.facets.turned_kind(kind).turned_stand(stand))
        self.action_pane("notes")

    def action_next_kind(self) -> None:
        self._turn_facets(kind=1)

    def action_previous_kind(self) -> None:
        self._turn_facets(kind=-1)

    def action_next_stand(self) -> None:
        self._turn_facets(stand=1)

    def action_previous_stand(self) -> None:
        self._turn_facets(stand=-1)

    def action_back_out(self) -> None:
        """Escape: one layer at a time, the newest first."""
        if self.explorer.dismiss_notices():
            return
        if isinstance(self.focused, Input) or self._notes.filtered:
            self._notes.close_filter()
            self.action_pane("notes")
        elif self._hint.display:
            self._hint.display = False
            self.explorer.state = replace(self.explorer.state, hinted=True)
        else:
            self.action_pane("notes")
