"""What lies behind other widgets: one colour, or the screen below seen through one."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region, Size
from textual.screen import Screen, ScreenResultType
from textual.strip import Strip
from textual.style import Style as Look
from textual.visual import RenderOptions, Visual
from textual.widget import Widget


class Ground(Widget):
    """Nothing but a colour between other widgets: every line of it is the same one.

    Textual's own paints them one by one, and those that are covered as well. To stand last among
    the bases of a class: Textual takes the rules of looks from the first one.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        _, colour = self.background_colors
        line = Strip.blank(crop.width, Style(bgcolor=colour.rich_color))
        for each in self.get_line_filters():
            line = line.apply_filter(each, colour)
        return [line] * crop.height


class Whole(Screen[ScreenResultType]):
    """A screen that is painted for the first time when all on it has its place.

    Textual's own is painted twice before, while it is put together, and nobody sees that. It is
    laid out again when a dialog is opened over it, too, and its scroll bars painted.
    """

    _has_place = False

    def _on_timer_update(self) -> None:
        self._has_place = True
        super()._on_timer_update()

    def _screen_resized(self, size: Size) -> None:
        if size != self.outer_size:
            super()._screen_resized(size)

    def _compositor_refresh(self) -> None:
        if self._has_place:
            super()._compositor_refresh()


class Over(Whole[ScreenResultType]):
    """A screen that lies over another, which is seen through its background."""

    def render(self) -> Visual:  # type: ignore[override]  # as any other widget may
        *_, seen = self.app.screen_stack[: self.app.screen_stack.index(self)]
        return _Veiled(seen, self.styles.background)


class _Veiled(Visual):
    """A screen through a colour, with nothing in it to click on."""

    def __init__(self, seen: Screen[Any], veil: Color) -> None:
        self._seen = seen
        self._veil = veil

    def render_strips(
        self, _width: int, _height: int | None, style: Look, _options: RenderOptions
    ) -> list[Strip]:
        lines = self._seen._compositor.render_strips()  # noqa: SLF001 - as Textual's own does
        under, veil = style.rich_style, self._veil
        return [
            Strip([Segment(text, _dyed(under, ink, veil)) for text, ink, _ in line])
            for line in lines
        ]

    def get_optimal_width(self, *_: object) -> int:
        return self._seen.size.width

    def get_height(self, *_: object) -> int:
        return self._seen.size.height


@lru_cache(4096)
def _dyed(under: Style, ink: Style | None, veil: Color) -> Style:
    """A style through a colour; Textual's own computes that for each word of each line."""
    if ink is None:
        return under
    through = (
        (Color.from_rich_color(color) + veil).rich_color if color else None
        for color in (ink.color, ink.bgcolor)
    )
    return under + ink.clear_meta_and_links() + Style.from_color(*through)
