"""The names of the panes, where a narrow terminal shows only one of them at a time."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

_TITLES = {"notes": "List", "reader": "Note", "links": "Links"}


class Tabs(Widget):
    """A tab for each pane; a click goes there."""

    front: reactive[str] = reactive("notes")

    def render(self) -> Content:
        return Content("   ").join(
            Content.styled(
                f"{number} {title}", "bold $primary underline" if name == self.front else "$quiet"
            ).stylize(Style.from_meta({"pane": name}))
            for number, (name, title) in enumerate(_TITLES.items(), start=1)
        )

    async def on_click(self, event: events.Click) -> None:
        if name := event.style.meta.get("pane"):
            await self.run_action(f"screen.pane('{name}')")
