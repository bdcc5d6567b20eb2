"""The walk over a vault: where the reader is and was, shown in the panes and on the trail bar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.models import Node
from graphkit.tui.state import Stay
from graphkit.tui.trail import Trail

if TYPE_CHECKING:
    from graphkit.tui.messages import VaultGlimpsed, VaultLoaded
    from graphkit.tui.panes.spread import Spread
    from graphkit.tui.panes.trailbar import TrailBar
    from graphkit.tui.shelf import Shelf


class Walker:
    """Keeps the trail and the bookmarks in step with what the panes show."""

    def __init__(self, spread: Spread, bar: TrailBar) -> None:
        self._spread = spread
        self._bar = bar
        self._stay = Stay()
        self._awaited = ""  # path of a note that is to be gone to once it is read

    @property
    def trail(self) -> Trail:
        return self._stay.trail

    @property
    def stay(self) -> Stay:
        """Where the reader is, to be there again at the next start."""
        at_home = self._spread.shown == self.trail.here
        return replace(self._stay, line=self._spread.reader.line if at_home else 1)

    def glimpse(self, vault: VaultGlimpsed) -> None:
        """Begin where a vault was left, as far as it was known then; forget nothing yet."""
        self._stay = vault.stay
        self._spread.hold(vault.shelf)
        self._begin(vault.shelf)

    def hold(self, vault: VaultLoaded) -> None:
        """Begin where a vault was left, else at its first node; go on in one read again."""
        again, nodes = self._spread.shelf is not None, vault.workspace.graph.nodes
        self._stay = (self.stay if again else vault.stay).known(nodes)
        self._spread.hold(vault.shelf, vault.workspace)
        if arrived := self._arrived(nodes):
            self._awaited = ""
            self.visit(arrived)
        elif again and self._spread.shown in nodes:
            self._spread.show(self._spread.shown, keep=True)
            self._bar.show(self.trail, nodes)
        else:
            self._begin(vault.shelf)

    def expect(self, path: str) -> None:
        """Go to the note at a path as soon as it is read."""
        self._awaited = path

    def _arrived(self, nodes: Mapping[str, Node]) -> str:
        found = (node.id for node in nodes.values() if node.path == self._awaited)
        return next(found, "") if self._awaited else ""

    def _begin(self, shelf: Shelf) -> None:
        if start := self.trail.here or shelf.first:
            self.visit(start, self._stay.line)

    def remember(self, stay: Stay) -> None:
        """Have other bookmarks, or other trails kept."""
        self._stay = stay.known(self._spread.nodes)

    def visit(self, id_: str, line: int = 1) -> None:
        """Go to a node, and in its note to a line: a step of the trail."""
        if id_ in self._spread.nodes:
            self._stand(self.trail.visit(id_), line)

    def take(self, trail: Trail) -> None:
        """Go to where another trail stands, or this one at another step."""
        known = trail.without(self._spread.nodes)
        if known.here and (known != self.trail or self._spread.shown != known.here):
            self._stand(known)

    def _stand(self, trail: Trail, line: int = 1) -> None:
        self._stay = replace(self._stay, trail=trail, line=line)
        self._bar.show(trail.without(self._spread.nodes), self._spread.nodes)
        self._spread.notes.select(trail.here)
        self._spread.show(trail.here, line=line)
