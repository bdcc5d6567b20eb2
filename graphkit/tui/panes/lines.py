"""Lines that are scrolled: each painted when it is first seen, and kept."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

_UNKNOWN = 1000  # cells of what has no place yet: nothing is wrapped for that


class Lines(ScrollView, can_focus=True):
    """What a list and a page have in common."""

    DEFAULT_CSS = """
    Lines { overflow-x: hidden; scrollbar-gutter: stable; text-wrap: nowrap; }
    """

    ALLOW_SELECT = False  # what is selected would have to be painted, and is nothing to copy yet

    # Textual's own has the whole screen laid out anew for each note that is shown.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.auto_links = False  # a walk over every segment that finds nothing here
        self._strips: dict[tuple[int, Style], Strip] = {}  # painted lines

    @property
    def _across(self) -> int:
        """The cells of a line, its margins with it."""
        across = self.container_size.width or _UNKNOWN
        return max(10, across - self.scrollbar_size_vertical)

    def _reach(self, height: int) -> None:
        """Show other lines, so many of them."""
        self._strips.clear()
        self.virtual_size = Size(self._across, height)

    def watch_virtual_size(self, size: Size) -> None:
        self._scroll_update(size)
        if self.show_vertical_scrollbar:  # which knows no place that it was not shown at
            self.vertical_scrollbar.position = self.scroll_y
        if self.styles.auto_dimensions:  # then other widgets move
            self.refresh(layout=True)

    def _paint(self, line: Content, style: Style) -> Strip:
        painted = Strip(line.render_segments(style), line.cell_length)
        return painted.adjust_cell_length(self._across, style.rich_style)
