"""The one list widget: draws only the lines in view, so that ten thousand rows cost nothing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any, ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from graphkit.tui import rows
from graphkit.tui.actions import Place, bindings
from graphkit.tui.messages import Chosen, Moved
from graphkit.tui.rows import Row

_BAR = "▎"
_REMEMBERED = 50_000  # rows of which the height is known
_CURSOR = "listing--cursor"
_HOVER = "listing--hover"


class Listing(ScrollView, can_focus=True):
    """Rows with a cursor; posts `Moved` when it moves and `Chosen` when a row is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.LISTING)
    COMPONENT_CLASSES: ClassVar[set[str]] = {_CURSOR, _HOVER}
    DEFAULT_CSS = """
    Listing {
        overflow-x: hidden;
        scrollbar-gutter: stable;
        text-wrap: nowrap;
        .listing--cursor { background: $block-cursor-blurred-background; }
        .listing--hover { background: $panel; }
        &:focus .listing--cursor { background: $block-cursor-background; }
    }
    """

    cursor: reactive[int] = reactive(-1, repaint=False)
    hover: reactive[int] = reactive(-1, repaint=False)

    def __init__(self, nothing: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.auto_links = False  # a walk over every segment that finds nothing here
        self._nothing = nothing
        self._rows: Sequence[Row] = ()
        self._tops: list[int] = [0]
        self._drawn: dict[int, list[Content]] = {}
        self._width = 10  # cells; settled when there is a size
        self._heights: dict[int, tuple[Row, int]] = {}  # by identity; holding a row keeps it
        self._strips: dict[tuple[int, str], Strip] = {}  # painted lines, by number and style

    # -- what is shown ---------------------------------------------------------------------

    def show(self, shown: Iterable[Row], value: Any = None, nothing: str | None = None) -> None:
        """Put these rows in place, the cursor on the row of `value`, else on the first."""
        self._rows = tuple(shown)
        if nothing is not None:
            self._nothing = nothing
        self._measure()
        at = self.place_of(value)
        self.set_reactive(Listing.cursor, self._next(0, 1) if at is None else at)
        self.scroll_to(y=0, animate=False, force=True)
        self._reveal()
        self.refresh()

    def place_of(self, value: Any) -> int | None:
        """The index of the first row that gives `value`; None when no row does."""
        if value is None:
            return None
        return next((at for at, row in enumerate(self._rows) if row.value == value), None)

    @property
    def value(self) -> Any:
        """What the row under the cursor gives; None where there is none."""
        return self._rows[self.cursor].value if 0 <= self.cursor < len(self._rows) else None

    def select(self, value: Any) -> None:
        """Put the cursor on the row of `value`, when there is one, and say nothing of it."""
        at = self.place_of(value)
        if at is not None and at != self.cursor:
            before = self.cursor
            self.set_reactive(Listing.cursor, at)
            self._repaint(before, at)
            self._reveal()

    def _measure(self) -> None:
        width = max(10, self.container_size.width - self.scrollbar_size_vertical)
        if width != self._width or len(self._heights) > _REMEMBERED:
            self._heights.clear()
        self._width = width
        self._drawn.clear()
        self._strips.clear()
        self._tops = [0, *accumulate(map(self._height, self._rows))]
        self.virtual_size = Size(self._width, self._tops[-1])

    def _height(self, row: Row) -> int:
        """Of a row at the present width; a list that is filtered shows the same rows again."""
        known = self._heights.get(id(row))
        if known is None:
            known = self._heights[id(row)] = (row, rows.height(row, self._across))
        return known[1]

    @property
    def _across(self) -> int:
        """The cells that a row may fill: all but the bar and a margin."""
        return self._width - 2

    def on_resize(self) -> None:
        self._measure()
        self._reveal()

    # -- drawing ---------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        line = y + self.scroll_offset.y
        if line >= self._tops[-1]:
            said = f" {self._nothing}" if not self._rows and y == 1 else ""
            return self._paint(Content.styled(said, "$quiet"), "")
        at = bisect_right(self._tops, line) - 1
        component = _CURSOR if at == self.cursor else _HOVER if at == self.hover else ""
        if (line, component) not in self._strips:
            drawn = self._draw(at)[line - self._tops[at]]
            bar = Content.styled(_BAR, "$primary") if component == _CURSOR else Content(" ")
            self._strips[line, component] = self._paint(bar + drawn, component)
        return self._strips[line, component]

    def _draw(self, at: int) -> list[Content]:
        if at not in self._drawn:
            self._drawn[at] = rows.draw(self._rows[at], self._across)
        return self._drawn[at]

    def _paint(self, line: Content, component: str) -> Strip:
        style = self.get_visual_style(component) if component else self.visual_style
        painted = Visual.to_strips(self, line, self._width, 1, style, pad=True)
        return painted[0] if painted else Strip.blank(self._width, style.rich_style)

    def notify_style_update(self) -> None:
        """Another theme, or the focus: what was painted is of no use."""
        super().notify_style_update()
        self._strips.clear()

    def _repaint(self, *changed: int) -> None:
        for at in changed:
            if 0 <= at < len(self._rows):
                self.refresh_lines(self._tops[at], self._tops[at + 1] - self._tops[at])

    def watch_hover(self, before: int, at: int) -> None:
        self._repaint(before, at)

    # -- moving ----------------------------------------------------------------------------

    def watch_cursor(self, before: int, at: int) -> None:
        self._repaint(before, at)
        self._reveal()
        self.post_message(Moved(self, self.value))

    def _reveal(self) -> None:
        if 0 <= self.cursor < len(self._rows):
            # The headings above the first row that can be chosen come into view with it.
            first = self.cursor == self._next(0, 1)
            top = 0 if first else self._tops[self.cursor]
            region = Region(0, top, 1, self._tops[self.cursor + 1] - top)
            self.scroll_to_region(region, animate=False, force=True)

    def _next(self, at: int, step: int) -> int:
        """The nearest row from `at` on, in the direction of `step`, that can be chosen; else -1."""
        most = len(self._rows) - 1
        reach = range(max(at, 0), most + 1) if step > 0 else range(min(at, most), -1, -1)
        return next((index for index in reach if self._rows[index].value is not None), -1)

    def _go(self, at: int, step: int) -> None:
        bounded = max(0, min(at, len(self._rows) - 1))
        found = self._next(bounded, step)
        self.cursor = found if found >= 0 else self._next(bounded, -step)

    def action_move(self, step: int) -> None:
        found = self._next(self.cursor + step, step)
        if found >= 0:
            self.cursor = found
        elif step < 0:
            self.scroll_to(y=0, animate=False)

    def action_leap(self, step: int) -> None:
        line = self._tops[max(self.cursor, 0)] + step * max(1, self.size.height - 2)
        self._go(bisect_right(self._tops, max(0, line)) - 1, step)

    def action_first(self) -> None:
        self._go(0, 1)

    def action_last(self) -> None:
        self._go(len(self._rows) - 1, -1)

    def action_choose(self) -> None:
        if self.value is not None:
            self.post_message(Chosen(self, self.value))

    # -- mouse -----------------------------------------------------------------------------

    def _under(self, event: events.MouseEvent) -> int:
        offset = event.get_content_offset(self)
        line = offset.y + self.scroll_offset.y if offset else self._tops[-1]
        at = bisect_right(self._tops, line) - 1
        choosable = at < len(self._rows) and self._rows[at].value is not None
        return at if choosable else -1

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self.hover = self._under(event)

    def on_leave(self) -> None:
        self.hover = -1

    def on_click(self, event: events.Click) -> None:
        at = self._under(event)
        if at >= 0:
            self.cursor = at
            self.action_choose()
