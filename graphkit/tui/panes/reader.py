"""The reader: one note as text, with links that can be followed by key and mouse."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from typing import ClassVar

from textual import events, work
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip

from graphkit.tui.actions import Place, bindings
from graphkit.tui.blocks import Page
from graphkit.tui.messages import Follow, More
from graphkit.tui.panes.lines import Lines
from graphkit.tui.sheet import Sheet, lay, links

_MARGIN = 2  # cells on either side
_WIDEST = 100  # cells; longer lines are hard to read
_ABOVE = 2  # lines above the one that was asked for


class Reader(Lines):
    """Shows a `Sheet`; posts `Follow` when a link is followed and `More` when its end is not."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.READER)
    COMPONENT_CLASSES: ClassVar[set[str]] = {"reader--link"}
    DEFAULT_CSS = """
    Reader {
        .reader--link { background: $block-cursor-background; text-style: bold; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.sheet = lay(Page(()), 10)
        self._link = -1  # the place on the sheet of the link that enter follows

    # -- what is shown ---------------------------------------------------------------------

    @property
    def room(self) -> int:
        """The cells that a line may fill: for who lays a page out before it is shown."""
        return max(10, min(_WIDEST, self._across - 2 * _MARGIN))

    def show(self, sheet: Sheet, *, top: int | None = 0) -> None:
        """Put a sheet in place, from line `top` of it, or where the reader already is."""
        self.sheet = sheet
        self._link = -1
        self._reach(len(sheet.lines) + 1)
        if top is not None:
            self.scroll_to(y=top, animate=False, force=True)
        self.refresh()

    def reveal(self, line: int) -> None:
        """Scroll to a line of the note's file."""
        at = self.sheet.line(line)
        if line > 1 and at is not None:
            self.scroll_to(y=max(0, at - _ABOVE), animate=False, force=True)

    @property
    def line(self) -> int:
        """The line of the note's file that the reader looks at: of the link, else of the top."""
        here = self.sheet.places[self._link][1] if self._link >= 0 else self.scroll_offset.y
        return self.sheet.source(here) if here or self._link >= 0 else 1

    def on_resize(self) -> None:
        self._lay_again()

    @work(exclusive=True, group="lay", description="laying a page out")
    async def _lay_again(self) -> None:
        """Lay the page out for another width; what was read stays in view."""
        before, line = self.sheet, self.sheet.source(self.scroll_offset.y + _ABOVE)
        sheet = await asyncio.to_thread(lay, before.page, self.room)
        if self.sheet is before:  # and no other was shown meanwhile
            self.show(sheet, top=None)
            self.reveal(line)

    # -- drawing ---------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        at, style = y + self.scroll_offset.y, self.visual_style
        line = self.sheet.lines[at] if at < len(self.sheet.lines) else Content()
        if self._link >= 0 and at == self.sheet.places[self._link][1]:
            return self._paint(_set_in(self._lit(line, self.sheet.places[self._link][0])), style)
        if (at, style) not in self._strips:
            self._strips[at, style] = self._paint(_set_in(line), style)
        return self._strips[at, style]

    def _lit(self, line: Content, link: int) -> Content:
        for start, end, number in links(line):
            if number == link:
                line = line.stylize(self.get_visual_style("reader--link", partial=True), start, end)
        return line

    # -- moving ----------------------------------------------------------------------------

    def action_line(self, step: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + step, animate=False)

    def action_leaf(self, step: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + step * max(1, self.size.height - 2), animate=False)

    def action_first(self) -> None:
        self.scroll_to(y=0, animate=False)

    def action_last(self) -> None:
        self.scroll_to(y=len(self.sheet.lines), animate=False)

    def action_link(self, step: int) -> None:
        """Go to the next link; from none, or from one out of view, to the first one in view."""
        if not self.sheet.places:
            return
        seen = range(self.scroll_offset.y, self.scroll_offset.y + self.size.height)
        if self._link < 0 or self.sheet.places[self._link][1] not in seen:
            ahead = bisect_left([line for _, line in self.sheet.places], self.scroll_offset.y)
            self._link = (ahead if step > 0 else ahead - 1) % len(self.sheet.places)
        else:
            self._link = (self._link + step) % len(self.sheet.places)
        self.scroll_to_region(Region(0, self.sheet.places[self._link][1], 1, 1), animate=False)
        self.refresh()

    def action_follow(self) -> None:
        if self._link >= 0:
            self.post_message(Follow(self.sheet.page.links[self.sheet.places[self._link][0]]))

    def action_more(self) -> None:
        if self.sheet.page.left:
            self.post_message(More())

    def on_click(self, event: events.Click) -> None:
        number = event.style.meta.get("link")
        if isinstance(number, int):
            self.post_message(Follow(self.sheet.page.links[number]))


def _set_in(line: Content) -> Content:
    return Content(" " * _MARGIN) + line
