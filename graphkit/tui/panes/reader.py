"""The reader: one note as text, with links that can be followed by key and mouse."""

from __future__ import annotations

from bisect import bisect_left
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from graphkit.tui.actions import Place, bindings
from graphkit.tui.blocks import Page
from graphkit.tui.messages import Follow, More

_MARGIN = 2  # cells on either side
_WIDEST = 100  # cells; longer lines are hard to read


class Reader(ScrollView, can_focus=True):
    """Shows a `Page`; posts `Follow` when a link is followed and `More` when its end is not."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.READER)
    COMPONENT_CLASSES: ClassVar[set[str]] = {"reader--link"}
    DEFAULT_CSS = """
    Reader {
        overflow-x: hidden;
        scrollbar-gutter: stable;
        text-wrap: nowrap;
        .reader--link { background: $block-cursor-background; text-style: bold; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.auto_links = False  # a walk over every segment that finds nothing here
        self._page = Page(())
        self._width = 10  # cells; settled when there is a size
        self._lines: list[Content] = []
        self._strips: dict[int, Strip] = {}  # painted lines, by number
        self._starts: list[tuple[int, int]] = []  # (line of the source, line on the page)
        self._places: list[tuple[int, int]] = []  # (link, line on the page), in reading order
        self._link = -1  # the place in them of the link that enter follows

    # -- what is shown ---------------------------------------------------------------------

    def show(self, page: Page, *, top: int | None = 0) -> None:
        """Put a page in place, at line `top` of it, or where the reader already is."""
        self._page = page
        self._link = -1
        self._lay()
        if top is not None:
            self.scroll_to(y=top, animate=False, force=True)
        self.refresh()

    def reveal(self, line: int) -> None:
        """Scroll to a line of the note's file."""
        at = bisect_left(self._starts, (line + 1, -1)) - 1
        if line > 1 and at >= 0:
            self.scroll_to(y=max(0, self._starts[at][1] - 2), animate=False, force=True)

    @property
    def line(self) -> int:
        """The line of the note's file that the reader looks at: of the link, else of the top."""
        here = self._places[self._link][1] if self._link >= 0 else self.scroll_offset.y
        above = [source for source, line in self._starts if line <= here]
        return above[-1] if above and (here or self._link >= 0) else 1

    def _lay(self) -> None:
        self._width = max(10, self.container_size.width - self.scrollbar_size_vertical)
        width = max(10, min(_WIDEST, self._width - 2 * _MARGIN))
        self._lines, self._starts = [], []
        self._strips.clear()
        for block in self._page.blocks:
            if block.line:
                self._starts.append((block.line, len(self._lines)))
            self._lines += block.lines(width)
        self._places = _places(self._lines)
        self.virtual_size = Size(self._width, len(self._lines) + 1)

    def on_resize(self) -> None:
        self._lay()

    # -- drawing ---------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        at = y + self.scroll_offset.y
        lit = self._link >= 0 and at == self._places[self._link][1]
        if at in self._strips and not lit:
            return self._strips[at]
        line = self._lines[at] if at < len(self._lines) else Content()
        if lit:
            return self._paint(self._lit(line, self._places[self._link][0]))
        self._strips[at] = self._paint(line)
        return self._strips[at]

    def _paint(self, line: Content) -> Strip:
        shown = Content(" " * _MARGIN) + line
        painted = Visual.to_strips(self, shown, self._width, 1, self.visual_style, pad=True)
        return painted[0] if painted else Strip.blank(self._width, self.rich_style)

    def notify_style_update(self) -> None:
        """Another theme: what was painted is of no use."""
        super().notify_style_update()
        self._strips.clear()

    def _lit(self, line: Content, link: int) -> Content:
        for start, end, number in _links(line):
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
        self.scroll_to(y=len(self._lines), animate=False)

    def action_link(self, step: int) -> None:
        """Go to the next link; from none, to the first one in view."""
        if not self._places:
            return
        if self._link < 0:
            ahead = bisect_left([line for _, line in self._places], self.scroll_offset.y)
            self._link = (ahead if step > 0 else ahead - 1) % len(self._places)
        else:
            self._link = (self._link + step) % len(self._places)
        self.scroll_to_region(Region(0, self._places[self._link][1], 1, 1), animate=False)
        self.refresh()

    def action_follow(self) -> None:
        if self._link >= 0:
            self.post_message(Follow(self._page.links[self._places[self._link][0]]))

    def action_more(self) -> None:
        if self._page.left:
            self.post_message(More())

    def on_click(self, event: events.Click) -> None:
        number = event.style.meta.get("link")
        if isinstance(number, int):
            self.post_message(Follow(self._page.links[number]))


def _links(line: Content) -> list[tuple[int, int, int]]:
    """The links of a line: from which character to which, and their number."""
    return [
        (span.start, span.end, span.style.meta["link"])
        for span in line.spans
        if not isinstance(span.style, str) and "link" in span.style.meta
    ]


def _places(lines: list[Content]) -> list[tuple[int, int]]:
    """Each link once, with the line that it begins on."""
    found: dict[int, int] = {}
    for at, line in enumerate(lines):
        for _, _, number in _links(line):
            found.setdefault(number, at)
    return sorted(found.items(), key=lambda place: (place[1], place[0]))
