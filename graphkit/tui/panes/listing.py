"""The one list widget: draws only the lines in view, so that ten thousand rows cost nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip

from graphkit.tui.actions import Place, bindings
from graphkit.tui.messages import Chosen, Moved
from graphkit.tui.panes.lines import Lines
from graphkit.tui.rows import Row, wrapped
from graphkit.tui.stack import Stack

_BAR = "▎"
_AROUND = 2  # cells that no row fills: the bar and a margin
_NOTHING = 3  # lines of what is said where there is no row
_CURSOR = "listing--cursor"
_HOVER = "listing--hover"


class Listing(Lines):
    """Rows with a cursor; posts `Moved` when it moves and `Chosen` when a row is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.LISTING)
    COMPONENT_CLASSES: ClassVar[set[str]] = {_CURSOR, _HOVER}
    DEFAULT_CSS = """
    Listing {
        .listing--cursor { background: $block-cursor-blurred-background; }
        .listing--hover { background: $panel; }
        &:focus .listing--cursor { background: $block-cursor-background; }
    }
    """

    cursor: reactive[int] = reactive(-1, repaint=False)
    hover: reactive[int] = reactive(-1, repaint=False)

    def __init__(
        self,
        nothing: str = "",
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
        opens: Callable[[Any], bool] = lambda value: value is not None,
    ) -> None:
        super().__init__(id=id)
        self._opens = opens  # whether there is anything behind a row, by its value
        self._nothing = nothing
        self._is_awaited = True  # whether other rows are still to come
        self._is_chosen = False  # whether the one under the cursor was chosen before they came
        self._stack = Stack((), 8)

    # -- what is shown ---------------------------------------------------------------------

    @property
    def room(self) -> int:
        """The cells that a row may fill: for who stacks rows in a thread before they are shown."""
        return self._across - _AROUND

    @property
    def rows(self) -> Sequence[Row]:
        return self._stack.rows

    def show(
        self,
        shown: Iterable[Row] | Stack,
        value: Any = None,
        nothing: str | None = None,
        *,
        stay: bool = False,
    ) -> None:
        """Put these rows in place, the cursor on the row of `value`.

        Where none gives it the cursor is on the first row, or stays at the place where it was.
        """
        self._put(shown if isinstance(shown, Stack) else Stack(shown, self.room))
        self._nothing = self._nothing if nothing is None else nothing
        at = self._stack.place_of(value)
        if at is None:
            at = self._stack.nearest(self.cursor if stay else 0, 1)
        self.set_reactive(Listing.cursor, at)
        self.scroll_to(y=0, animate=False, force=True)
        self._reveal()
        self.refresh()
        self._is_awaited = False
        if self._is_chosen:
            self.action_choose()

    def await_rows(self) -> None:
        """Let what is chosen from now on be of the rows that are shown next."""
        self._is_awaited, self._is_chosen = True, False

    @property
    def value(self) -> Any:
        """What the row under the cursor gives; None where there is none."""
        return self._stack.value(self.cursor)

    def select(self, value: Any) -> None:
        """Put the cursor on the row of `value`, when there is one, and say nothing of it."""
        at = self._stack.place_of(value)
        if at is not None and at != self.cursor:
            before = self.cursor
            self.set_reactive(Listing.cursor, at)
            self._repaint(before, at)
            self._reveal()

    def _put(self, stack: Stack) -> None:
        self._stack = stack if stack.width == self.room else Stack(stack.rows, self.room)
        self._reach(self._stack.height)

    def on_resize(self) -> None:
        self._put(self._stack)
        self._reveal()

    # -- drawing ---------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        line = y + self.scroll_offset.y
        if line >= self._stack.height:
            said = [] if self.rows else wrapped(Content(self._nothing), *(self.room,) * 2, _NOTHING)
            shown = Content(" ") + said[y - 1] if 0 < y <= len(said) else Content()
            return self._paint(shown.stylize("$quiet"), self.visual_style)
        at = self._stack.over(line)
        component = _CURSOR if at == self.cursor else _HOVER if at == self.hover else ""
        style = self.get_visual_style(component) if component else self.visual_style
        if (line, style) not in self._strips:
            bar = Content.styled(_BAR, "$primary") if component == _CURSOR else Content(" ")
            self._strips[line, style] = self._paint(bar + self._stack.draw(line), style)
        return self._strips[line, style]

    def _region(self, at: int) -> Region:
        """The lines of a row."""
        top, end = self._stack.tops[at : at + 2]
        return Region(0, top, 1, end - top)

    def _repaint(self, *changed: int) -> None:
        for at in filter(self._stack.holds, changed):
            self.refresh_lines(self._region(at).y, self._region(at).height)

    def watch_hover(self, before: int, at: int) -> None:
        self._repaint(before, at)

    # -- moving ----------------------------------------------------------------------------

    def watch_cursor(self, before: int, at: int) -> None:
        self._repaint(before, at)
        self._reveal()
        self.post_message(Moved(self, self.value))

    def _reveal(self) -> None:
        if self._stack.holds(self.cursor):
            region = self._region(self.cursor)
            if self.cursor == self._stack.next(0, 1):  # the headings above it come into view too
                region = Region(0, 0, 1, region.bottom)
            self.scroll_to_region(region, animate=False, force=True)

    def action_move(self, step: int) -> None:
        found = self._stack.next(self.cursor + step, step)
        if found >= 0:
            self.cursor = found
        elif step < 0:
            self.scroll_to(y=0, animate=False)

    def action_leap(self, step: int) -> None:
        line = self._stack.tops[max(self.cursor, 0)] + step * max(1, self.size.height - 2)
        self.cursor = self._stack.nearest(self._stack.over(max(0, line)), step)

    def action_first(self) -> None:
        self.cursor = self._stack.nearest(0, 1)

    def action_last(self) -> None:
        self.cursor = self._stack.nearest(len(self.rows) - 1, -1)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        return action != "choose" or self._is_awaited or self._opens(self.value)

    def action_choose(self) -> None:
        """Choose the row under the cursor, once the rows are those that were asked for."""
        self._is_chosen = self._is_awaited
        if not self._is_awaited:
            self._open()

    def _open(self) -> None:
        if self._opens(self.value):
            self.post_message(Chosen(self, self.value))

    def on_blur(self) -> None:
        self._is_chosen = False

    # -- mouse -----------------------------------------------------------------------------

    def _under(self, event: events.MouseEvent) -> int:
        offset = event.get_content_offset(self)
        at = self._stack.over(offset.y + self.scroll_offset.y) if offset else -1
        return at if self._stack.value(at) is not None else -1

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self.hover = self._under(event)

    def on_leave(self) -> None:
        self.hover = -1

    def on_click(self, event: events.Click) -> None:
        at = self._under(event)
        if at >= 0:
            self.cursor = at
            self._open()  # of the rows that are seen
