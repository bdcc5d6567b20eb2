"""The list of nodes with its filter."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from graphkit.errors import FilterError
from graphkit.render import marks
from graphkit.tui import facets
from graphkit.tui.entries import kind_mark
from graphkit.tui.messages import Moved
from graphkit.tui.panes.field import FilterField
from graphkit.tui.panes.ground import Ground
from graphkit.tui.panes.listing import Listing
from graphkit.tui.rows import Line, content
from graphkit.tui.stack import Stack
from graphkit.tui.theme import ink
from graphkit.vocabulary import Kind, Stand

if TYPE_CHECKING:
    from graphkit.graph.filters import Filter
    from graphkit.tui.shelf import Shelf

_PAUSE: Final = 0.05  # seconds without a letter after which the list is filtered


class Chip(Static):
    """One facet of the filter; a click turns it to its next value."""

    def __init__(self, action: str, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._action = action

    async def on_click(self, event: events.Click) -> None:
        event.stop()
        await self.run_action(f"screen.{self._action}")


class Notes(Vertical, Ground):
    """Every node that the filter lets through, by kind and title."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.terms: Filter = ()
        self._wanted = ""  # id of the node on which the cursor was put, or is to stand
        self._fallen: str | None = None  # and of the one on which a filter put it instead
        self._shelf: Shelf | None = None
        self._said: tuple[str, str] | None = None  # what the chips say
        self._kind = Chip("facet('kind', 1)", id="kind")
        self._stand = Chip("facet('standing', 1)", id="stand")
        self._count = Static(id="count")
        self._words = FilterField(
            placeholder="words, kind:claim, tag:x …", compact=True, id="words"
        )
        self._fault = Static(id="fault")
        self.listing = Listing("Reading the notes …", id="nodes")

    def compose(self) -> ComposeResult:
        yield Horizontal(self._kind, self._stand, self._count, id="facets")
        yield from (self._words, self._fault, self.listing)

    def on_mount(self) -> None:
        self._words.display = self._fault.display = False
        self._describe()

    # -- what is shown ---------------------------------------------------------------------

    def hold(self, shelf: Shelf) -> None:
        """Take the nodes of a vault and show those that the filter lets through."""
        self._shelf = shelf
        self._sift(shelf, self.terms)

    def select(self, id_: str) -> None:
        """Put the cursor on a node, now or when its row comes."""
        self._wanted = id_
        self.listing.select(id_)

    def filter(self, terms: Filter) -> None:
        """Show what another filter lets through, and write it where it is typed."""
        from graphkit.graph.filters import written

        with self._words.prevent(Input.Changed):
            self._words.value = written(terms)
        self._words.display = self._words.has_focus or bool(terms)
        self._apply(terms)

    def narrow(self, text: str) -> None:
        """Add terms to the filter."""
        from graphkit.graph.filters import parse

        if self._shelf is not None:
            self.filter((*self.terms, *parse(text, self._shelf.graph.vocabulary)))

    def turn(self, field: str, step: int) -> None:
        """Ask the filter for the next value of a field."""
        self.filter(facets.turned(self.terms, field, step))

    def _apply(self, terms: Filter, after: float = 0.0) -> None:
        self._fault.display = False
        self.terms = terms
        self._describe()
        if self._shelf is not None:
            self._sift(self._shelf, terms, after)

    @work(exclusive=True, group="sift", description="filtering the list")
    async def _sift(self, shelf: Shelf, terms: Filter, after: float = 0.0) -> None:
        """Fill the list `after` so many seconds, the cursor where it was put if it can be.

        Where it was put is not forgotten for a filter: without it the cursor stands there again.
        """
        await asyncio.sleep(after)
        room = self.listing.room
        stack = await asyncio.to_thread(lambda: Stack(shelf.sifted(terms), room))
        before = self.listing.value
        if before not in {None, self._fallen}:
            self._wanted = before
        if not stack.rows or stack.rows != self.listing.rows:  # else nothing is to move
            self.listing.show(stack, self._wanted, shelf.nothing)
        self._count.update(content(((str(len(stack.rows)), ""),)), layout=False)
        now = self.listing.value
        self._fallen = now if self._wanted and now != self._wanted else None
        if self._wanted and now != before:
            self.post_message(Moved(self.listing, now))

    def _describe(self) -> None:
        """Say what is let through, in the chips."""
        kind, stand = facets.chosen(self.terms, "kind"), facets.chosen(self.terms, "standing")
        if self._said == (kind, stand):  # every letter that is typed comes by here
            return
        self._said = (kind, stand)
        kinds: Line = (
            (kind_mark(Kind(kind)), (f" {kind}s", "bold")) if kind else (("all kinds", ""),)
        )
        self._kind.update(content(kinds))
        mark = marks.STANDS[Stand(stand)] if stand else None
        self._stand.update(
            content(((f"{mark.glyph} {stand}", ink(mark.style)) if mark else ("any standing", ""),))
        )

    @property
    def filtered(self) -> bool:
        return bool(self.terms) or self._words.display

    # -- typing the filter -----------------------------------------------------------------

    def open_filter(self) -> None:
        self._words.display = True
        self.screen.set_focus(self._words)

    def close_filter(self) -> None:
        """Let every node through again."""
        self.filter(())
        self._words.display = False

    @on(Input.Changed, "#words")
    def _typed(self, event: Input.Changed) -> None:
        """Filter by what was typed; where its last word is wrong, say so and filter by the rest."""
        from graphkit.graph.filters import parse

        event.stop()
        if self._shelf is None:
            return
        fault = ""
        for text in (event.value, event.value.rpartition(" ")[0]):
            try:
                self._apply(parse(text, self._shelf.graph.vocabulary), _PAUSE)
            except FilterError as error:
                fault = fault or str(error)
            else:
                break
        if fault:
            self._fault.update(content(((fault, "$doubt"),)))
            self._fault.display = True
