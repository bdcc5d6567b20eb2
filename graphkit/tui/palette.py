"""The command palette: every action of the table, and every node by a few letters of its title."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from graphkit.render import escape
from graphkit.tui.actions import Action, written
from graphkit.tui.entries import kind_mark
from graphkit.tui.fuzzy import best
from graphkit.tui.keymap import rebound
from graphkit.tui.messages import Walk
from graphkit.tui.panes.ground import Over

if TYPE_CHECKING:
    from graphkit.tui.app import Explorer

_MOST = 40  # nodes offered at once
_LESS = 0.5  # what a match in an action's meaning counts beside one in its name
_BEST = 0.9  # the score of the node that fits best: below an action of that name


class Palette(CommandPalette, Over[None]):
    """Textual's own, over the screen below as a dialog is."""


class Actions(Provider):
    """What can be done on the screen below the palette, where its focus is."""

    async def discover(self) -> Hits:
        for action, run in self._offered():
            yield DiscoveryHit(_described(action), run, action.label)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for action, run in self._offered():
            score = matcher.match(action.label) or _LESS * matcher.match(action.meaning)
            if score > 0:
                yield Hit(score, _described(action), run, action.label)

    def _offered(self) -> Iterator[tuple[Action, Callable[[], Any]]]:
        """Every action that has a key here, with what does it."""
        nodes = {one.binding.id: one.node for one in self.screen.active_bindings.values()}
        for row in rebound(cast("Explorer", self.app).keys_in_force):
            if row.id in nodes and row.name != "command_palette":
                yield row, partial(self.app.run_action, row.name, nodes[row.id])


class Nodes(Provider):
    """Go to a node by its title."""

    async def search(self, query: str) -> Hits:
        workspace = cast("Explorer", self.app).workspace
        if workspace is None:
            return
        nodes = workspace.graph.nodes.values()
        for rank, node in enumerate(await asyncio.to_thread(best, nodes, query, _MOST)):
            glyph, style = kind_mark(node.kind)
            shown = Content.assemble((f"{glyph} ", style), escape.line(node.title))
            yield Hit(_BEST - rank / 100, shown, partial(self._walk, node.id), node.title)

    def _walk(self, id_: str) -> None:
        """Go there: the map goes on to it, any other page is left for it."""
        if hasattr(self.screen, "on_walk"):
            self.screen.post_message(Walk(id_))
        else:
            self.screen.dismiss(Walk(id_))


def _described(action: Action) -> Content:
    return Content.assemble(
        (f"{action.label}  ", "bold"),
        (action.meaning, "$quiet"),
        (f"  {written(action.keys)}", "$faint"),
    )
