"""The three panes: side by side where there is room, else one at a time under tabs."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from graphkit.errors import GraphkitError, NodeNotFound
from graphkit.models import Edge, Node, Span
from graphkit.render import escape
from graphkit.tui import follow
from graphkit.tui.blocks import Page, Words
from graphkit.tui.messages import Chosen, Copy, Follow, More, Moved, ShowTest, Visit, Walk
from graphkit.tui.panes.ground import Ground
from graphkit.tui.panes.links import Links
from graphkit.tui.panes.notes import Notes
from graphkit.tui.panes.reader import Reader
from graphkit.tui.panes.tabs import Tabs
from graphkit.tui.rows import content
from graphkit.tui.sheet import lay
from graphkit.tui.spot import at_edge

if TYPE_CHECKING:
    from graphkit.tui.leaf import Leaf
    from graphkit.tui.shelf import Shelf
    from graphkit.workspace import Workspace

WIDE: Final = 110  # cells from which on all panes are shown
VAST: Final = 170  # and from which on the outer ones have more room

_SETTLE: Final = 0.03  # seconds for which the cursor must rest before a note is read


class _Panes(Horizontal, Ground):
    """The panes side by side."""


class Spread(Vertical, Ground):
    """The list of notes, the note, its links; `front` names the one that has the focus.

    What is chosen in a pane is posted as `Walk` or `Visit`; what the cursor passes is previewed.
    """

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.workspace: Workspace | None = None  # none before its links are known
        self.shelf: Shelf | None = None
        self.shown = ""  # id of the node in the reader; the trail follows when it is walked to
        self.front = "notes"
        self.notes = Notes(id="notes")
        self.reader = Reader(id="reader")
        self.links = Links(id="links")
        self._pages = 1  # of the note that is shown
        self._tabs = Tabs(id="tabs")
        self._panes: dict[str, tuple[Widget, Widget]] = {  # each with what takes the focus
            "notes": (self.notes, self.notes.listing),
            "reader": (self.reader, self.reader),
            "links": (self.links, self.links.listing),
        }

    def compose(self) -> ComposeResult:
        yield self._tabs
        yield _Panes(*(pane for pane, _ in self._panes.values()), id="panes")

    # -- the note being read ---------------------------------------------------------------

    @property
    def nodes(self) -> Mapping[str, Node]:
        """Every node that can be gone to, by id; none before there is a vault."""
        return self.shelf.graph.nodes if self.shelf else {}

    @property
    def node(self) -> Node | None:
        """The node in the reader."""
        return self.nodes.get(self.shown)

    def hold(self, shelf: Shelf, workspace: Workspace | None = None) -> None:
        """Take a vault, read for the first time or again, or what it was like last time."""
        self.workspace, self.shelf = workspace, shelf
        self.notes.hold(shelf)

    def show(self, id_: str, *, keep: bool = False, line: int = 1, after: float = 0.0) -> None:
        """Put a node in the reader and its links beside it, `after` so many seconds.

        The reader shows the note from its top, at a line, or where it already is.
        """
        if self.shelf is not None and id_ in self.nodes:
            self._pages = self._pages if keep else 1
            self.shown = id_
            self._read(self.shelf, self.nodes[id_], keep=keep, line=line, after=after)

    @work(exclusive=True, group="reader", description="reading a note")
    async def _read(self, shelf: Shelf, node: Node, *, keep: bool, line: int, after: float) -> None:
        await asyncio.sleep(after)
        rooms = (self.reader.room, self.links.listing.room)
        shown = await asyncio.to_thread(_leaf, shelf, node, self._pages, line, rooms)
        self._pages = shown.pages
        if shelf.whole:
            self.links.show(node, shown.links, shown.rows, keep=keep)
        self.reader.show(shown.sheet, top=None if keep else 0)
        self.reader.reveal(line)

    def apologise(self, error: GraphkitError) -> None:
        """Say in the reader why there is nothing to read."""
        self.shelf, self.shown = None, ""
        self.notes.listing.show((), nothing="No vault is open.")
        self.links.listing.show((), nothing="")
        said = Words(content(((error.message, "bold $oppose"),)))
        advice = Words(content(((error.hint, ""),)))
        self.reader.show(lay(Page((said, advice)), self.reader.room))
        self.go("reader")

    def looked_at(self, node: Node) -> Span:
        """The place in the vault that the reader looks at: an edge's, a line's, a note's."""
        if self.front == "links" and self.links.edge:
            return self.links.edge.span
        return Span(node.path, self.reader.line if self.front == "reader" else node.line)

    @on(Moved, "#nodes")
    def _preview(self, message: Moved) -> None:
        if message.value and message.value != self.shown:
            self.show(message.value, after=_SETTLE)  # a held key cancels what it runs past

    @on(More)
    def _show_more(self) -> None:
        self._pages += 1
        self.show(self.shown, keep=True)

    @on(Chosen, "#nodes")
    def _open(self, message: Chosen) -> None:
        self.post_message(Walk(message.value))
        self.go("reader")

    @on(Chosen, "#edges")
    def _cross(self, message: Chosen) -> None:
        edge: Edge = message.value
        other = self.nodes.get(self.links.other(edge))
        if other is None:  # until the vault was read again
            return
        line = at_edge(other, edge).line
        if self.workspace and other.id == edge.target and line == 1:
            line = follow.line(self.workspace, other, edge.heading, edge.block)
        self.post_message(Walk(other.id, line))

    @on(Follow)
    def _follow(self, message: Follow) -> None:
        if self.workspace is None or self.node is None:
            self.notify("The links are still being read.", markup=False)
            return
        if follow.is_web(message.target):
            self.post_message(Visit(message.target))
            return
        if test := follow.plotted(self.workspace, message.target):
            self.post_message(ShowTest(test))
            return
        try:
            found, line = follow.destination(self.workspace, self.node, message.target)
        except NodeNotFound as error:
            if file := follow.file(self.workspace, self.node, message.target):
                said = f"the path of what is a file and no note: {escape.line(file.name)}"
                self.post_message(Copy(str(file), said))
            else:
                self.notify(str(error), markup=False)
        else:
            self.post_message(Walk(found.id, line))

    # -- the panes -------------------------------------------------------------------------

    @property
    def wide(self) -> bool:
        return self.app.size.width >= WIDE

    def on_mount(self) -> None:
        self._arrange()

    def on_resize(self) -> None:
        self._arrange()

    def _arrange(self) -> None:
        for name, (pane, _) in self._panes.items():
            pane.display = self.wide or name == self.front
        self.screen.set_class(not self.wide, "-narrow")
        self.screen.set_class(self.app.size.width >= VAST, "-vast")
        self._tabs.display = not self.wide
        self._tabs.front = self.front

    def on_descendant_focus(self) -> None:
        focused = self.screen.focused
        above = focused.ancestors_with_self if focused else []
        holder = next((name for name, (pane, _) in self._panes.items() if pane in above), "")
        if holder not in {"", self.front}:
            self.front = holder
            self._arrange()

    def go(self, name: str) -> None:
        """Bring a pane to the front and give it the focus at once: the next key is for it."""
        self.front = name
        self._arrange()
        self.screen.set_focus(self._panes[name][1])

    def turn(self, step: int) -> None:
        """Go to the pane so many to the right, round and round."""
        names = list(self._panes)
        self.go(names[(names.index(self.front) + step) % len(names)])


def _leaf(shelf: Shelf, node: Node, pages: int, line: int, rooms: tuple[int, int]) -> Leaf:
    """As `leaf.leaf`, which is first loaded here: in a thread, after the first paint."""
    from graphkit.tui.leaf import leaf

    return leaf(shelf, node, pages, line, rooms)
