"""The map pane: a drawing whose nodes can be walked with the arrow keys and the mouse."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Offset, Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from graphkit.tui.actions import Place, bindings
from graphkit.tui.bowtie import Drawing, Stop
from graphkit.tui.messages import Pointed, Walk

_STEPS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}


class MapPane(ScrollView, can_focus=True):
    """Shows a `Drawing`; posts `Pointed` when a node is selected, `Walk` when it is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.MAP)
    COMPONENT_CLASSES: ClassVar[set[str]] = {"map--cursor"}
    DEFAULT_CSS = """
    MapPane {
        text-wrap: nowrap;
        .map--cursor { background: $block-cursor-background; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.auto_links = False  # a walk over every segment that finds nothing here
        self._drawing = Drawing((), (), 0)
        self._at = 0

    # -- what is shown ---------------------------------------------------------------------

    def show(self, drawing: Drawing, *, keep: bool = False) -> None:
        """Put a drawing in place, the node in its middle selected, or the one that was."""
        held = _end(self.stop) if keep and self.stop else None
        self._drawing = drawing
        self.virtual_size = Size(drawing.width, len(drawing.lines))
        ends = [_end(stop) for stop in drawing.stops]
        self._point(ends.index(held) if held in ends else 0)

    @property
    def stop(self) -> Stop | None:
        """The selected node."""
        return self._drawing.stops[self._at] if self._drawing.stops else None

    def _point(self, at: int) -> None:
        self._at = at
        self.scroll_to_region(self._drawing.stops[at].region, animate=False, force=True)
        self.refresh()
        self.post_message(Pointed(self._drawing.stops[at]))

    # -- drawing ---------------------------------------------------------------------------

    @property
    def _margin(self) -> Offset:
        """What keeps a drawing smaller than the pane in its middle."""
        spare = self.container_size - self.virtual_size
        return Offset(max(0, spare.width // 2), max(0, spare.height // 2))

    def render_line(self, y: int) -> Strip:
        width = self.container_size.width
        margin = self._margin
        row = y + self.scroll_offset.y - margin.y
        if not 0 <= row < len(self._drawing.lines):
            return Strip.blank(width, self.rich_style)
        line = Content(" " * margin.x) + self._drawing.lines[row]
        across = max(width, line.cell_length)
        strip = Visual.to_strips(self, line, across, 1, self.visual_style, pad=True)[0]
        stop = self.stop
        if stop and stop.region.y <= row < stop.region.bottom:
            strip = self._lit(strip, stop.region.x + margin.x, stop.region.right + margin.x)
        return strip.crop(self.scroll_offset.x, self.scroll_offset.x + width)

    def _lit(self, strip: Strip, start: int, end: int) -> Strip:
        cursor = self.get_component_rich_style("map--cursor", partial=True)
        before, inside, after = strip.divide([start, end, strip.cell_length])
        lit = Strip(Segment.apply_style(inside, post_style=cursor), inside.cell_length)
        return Strip.join([before, lit, after])

    # -- moving ----------------------------------------------------------------------------

    def action_move(self, way: str) -> None:
        """Select the nearest node in a direction: straight ahead before aslant."""
        if not self._drawing.stops:
            return
        step = _STEPS[way]
        here = _centre(self._drawing.stops[self._at].region)
        ahead = [
            (_distance(here, _centre(stop.region), step), at)
            for at, stop in enumerate(self._drawing.stops)
            if _is_ahead(here, _centre(stop.region), step)
        ]
        if ahead:
            self._point(min(ahead)[1])

    def action_choose(self) -> None:
        if self.stop:
            self.post_message(Walk(self.stop.id))

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        if place is None:
            return
        spot = place + self.scroll_offset - self._margin
        for at, stop in enumerate(self._drawing.stops):
            if stop.region.contains_point(spot):
                if at == self._at:
                    self.action_choose()
                else:
                    self._point(at)


def _end(stop: Stop) -> tuple[str, str]:
    """What a node is known by when its note was edited: the lines of its edges may have moved."""
    return stop.id, stop.edge.relation if stop.edge else ""


def _centre(region: Region) -> Offset:
    return Offset(region.x + region.width // 2, region.y + region.height // 2)


def _is_ahead(here: Offset, there: Offset, step: tuple[int, int]) -> bool:
    across, down = there.x - here.x, there.y - here.y
    return across * step[0] > 0 if step[0] else down * step[1] > 0 and abs(across) < 4


def _distance(here: Offset, there: Offset, step: tuple[int, int]) -> int:
    across, down = abs(there.x - here.x), abs(there.y - here.y)
    return across + 4 * down if step[0] else down
