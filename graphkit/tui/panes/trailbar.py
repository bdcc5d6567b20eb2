"""The trail as one line of titles; a click on one goes back to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from graphkit.models import Node
from graphkit.render import escape
from graphkit.tui.messages import Stand
from graphkit.tui.trail import Trail

_WIDEST = 26  # cells of a title where there is no room for all of them
_BETWEEN = " › "
_CUT = "… "


class TrailBar(Widget):
    """As much of the trail as fits, with the step one stands on in view."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._walked = Trail()
        self._known: Mapping[str, Node] = {}

    def show(self, trail: Trail, nodes: Mapping[str, Node]) -> None:
        self._walked, self._known = trail, nodes
        self.refresh()

    def render(self) -> Content:
        at, end, width = self._walked.at, len(self._walked.ids), self.size.width
        whole = list(self._fitting(range(end), width, width))
        if len(whole) == end:
            return Content.styled(_BETWEEN, "$faint").join(whole).truncate(width, ellipsis=True)
        widest = max(_WIDEST, (width - len(_CUT)) // end - len(_BETWEEN))
        walked = list(self._fitting(range(at, -1, -1), width - len(_CUT), widest))
        ahead = self._fitting(range(at + 1, end), width, widest)
        lead = Content.styled(_CUT, "$faint") if len(walked) <= at else Content()
        steps = Content.styled(_BETWEEN, "$faint").join([*reversed(walked), *ahead])
        return (lead + steps).truncate(width, ellipsis=True)

    def _fitting(self, places: Iterable[int], room: int, widest: int) -> Iterator[Content]:
        """The steps at these places, the first one and as many more as there is room for."""
        for number, at in enumerate(places):
            step = self._step(at, widest)
            room -= step.cell_length + len(_BETWEEN)
            if room < 0 and number:
                return
            yield step

    def _step(self, at: int, widest: int) -> Content:
        node = self._known[self._walked.ids[at]]
        title = Content(escape.line(node.title)).truncate(widest, ellipsis=True)
        step = title.stylize("$foreground bold" if at == self._walked.at else "$quiet")
        return step.stylize(Style.from_meta({"step": at}))

    def on_click(self, event: events.Click) -> None:
        step = event.style.meta.get("step")
        if isinstance(step, int):
            self.post_message(Stand(self._walked.jump(step)))
