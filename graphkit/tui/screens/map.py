"""The map: the neighbourhood of a node, walked with the arrow keys."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from graphkit.models import Edge, Span
from graphkit.render import words
from graphkit.render.walks import label
from graphkit.tui.actions import Place, bindings
from graphkit.tui.bowtie import Stop, bowtie
from graphkit.tui.entries import QUIET, dotted, inference, kind_mark, relation_mark, stands, where
from graphkit.tui.messages import Edit, Pointed, Stand, VaultLoaded, Walk
from graphkit.tui.panes.ground import Ground, Whole
from graphkit.tui.panes.keybar import KeyBar
from graphkit.tui.panes.map import MapPane
from graphkit.tui.rows import Line, content, wrapped
from graphkit.tui.trail import Trail

if TYPE_CHECKING:
    from graphkit.workspace import Workspace

_DETAIL: Final = 2  # lines about the selected node
_AROUND: Final = 5  # cells beside the drawing: margins, and the bar to scroll a high one by


class MapScreen(Whole[Message | None], Ground):
    """Draws a node between its neighbours; walking to one puts it in the middle."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.PAGE)

    def __init__(self, workspace: Workspace, id_: str, trail: Trail) -> None:
        super().__init__()
        self._workspace = workspace
        self._trail = trail  # which is gone on when the map is left
        self._walked = [id_]
        self._title = Static(id="title")
        self._pane = MapPane(id="map")
        self._detail = Static(id="detail")

    def compose(self) -> ComposeResult:
        yield from (self._title, self._pane, self._detail)
        yield KeyBar()

    def on_resize(self) -> None:
        self._draw(keep=True)

    def on_vault_loaded(self, message: VaultLoaded) -> None:
        self._workspace = message.workspace
        known = [id_ for id_ in self._walked if id_ in message.workspace.graph.nodes]
        if known:
            keep, self._walked = known[-1] == self._walked[-1], known
            self._draw(keep=keep)
        else:
            self.dismiss(None)

    def _draw(self, *, keep: bool = False) -> None:
        from graphkit import graph as graphs  # after the skeleton has been painted

        graph = self._workspace.graph
        node = graph.nodes[self._walked[-1]]
        groups = graphs.relations(graph, node.id)
        width = self.app.size.width - _AROUND
        drawing = bowtie(graph, node, groups, self._workspace.standings, width)
        self._pane.show(drawing, keep=keep)
        left_out: Line = ()
        if drawing.left_out:
            said = f"   and {words.count(drawing.left_out, 'more neighbour')}, in its links"
            left_out = ((said, "$doubt"),)
        mark = kind_mark(node.kind)
        title: Line = (("Map  ", "bold $primary"), mark, (f" {node.title}", "bold"), *left_out)
        self._title.update(content(title))

    def on_walk(self, message: Walk) -> None:
        message.stop()
        if message.id == self._walked[-1]:
            self.action_close()
        else:
            self._walked.append(message.id)
            self._draw()

    def on_pointed(self, message: Pointed) -> None:
        width = self._detail.content_size.width or self.app.size.width
        said = wrapped(content(self._describe(message.place)), width, width, _DETAIL)
        self._detail.update(Content("\n").join(said))
        self.refresh_bindings()

    def _describe(self, stop: Stop) -> Line:
        """The selected node: how it stands, and what joins it to the middle, where."""
        standing = self._workspace.standings.get(stop.id)
        node = self._workspace.graph.nodes[stop.id]
        summary: Line = ((node.summary, QUIET),) if stop.edge is None else ()
        joined = self._joining(stop.edge, stop.id) if stop.edge else ()
        return dotted(stands(standing) if standing else (), joined, summary)

    def _joining(self, edge: Edge, id_: str) -> Line:
        """What a node is to the one in the middle, as its edge says."""
        vocabulary = self._workspace.graph.vocabulary
        glyph, style = relation_mark(edge.relation, vocabulary)
        said = label(edge.relation, vocabulary, forward=edge.source == id_)
        return dotted(
            ((f"{glyph} {said} this", style),),
            ((edge.context, QUIET),),
            inference(edge),
            ((where(edge.span), QUIET),),
        )

    @property
    def _span(self) -> Span:
        """Where the selected node is joined to the middle, or where it stands itself."""
        stop = self._pane.stop
        if stop is None:
            return Span("")
        node = self._workspace.graph.nodes[stop.id]
        return stop.edge.span if stop.edge else Span(node.path, node.line)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        return action != "edit" or bool(self._span.path)

    def action_edit(self) -> None:
        self.app.post_message(Edit(self._span))

    def action_close(self) -> None:
        walked = self._walked[1:]
        self.dismiss(Stand(reduce(Trail.visit, walked, self._trail)) if walked else None)
