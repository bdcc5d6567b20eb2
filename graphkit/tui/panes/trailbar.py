"""The trail as one line of titles; a click on one goes back to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from graphkit.models import Node
from graphkit.render import escape
from graphkit.tui.messages import Jump
from graphkit.tui.trail import Trail

_WIDEST = 26  # cells of a title
_BETWEEN = " › "


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
        steps = list(self._steps())
        first = 0
        while (
            first < self._walked.at
            and _across(steps[first : self._walked.at + 1]) > self.size.width
        ):
            first += 1
        lead = Content.styled("… ", "$faint") if first else Content()
        between = Content.styled(_BETWEEN, "$faint")
        return (lead + between.join(steps[first:])).truncate(self.size.width, ellipsis=True)

    def _steps(self) -> Iterator[Content]:
        for at, id_ in enumerate(self._walked.ids):
            title = Content(escape.line(self._known[id_].title)).truncate(_WIDEST, ellipsis=True)
            here = at == self._walked.at
            step = title.stylize("$foreground bold" if here else "$quiet")
            yield step.stylize(Style.from_meta({"step": at}))

    def on_click(self, event: events.Click) -> None:
        step = event.style.meta.get("step")
        if isinstance(step, int):
            self.post_message(Jump(step))


def _across(steps: list[Content]) -> int:
    return sum(step.cell_length + len(_BETWEEN) for step in steps) + 2
