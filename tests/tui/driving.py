"""A vault to walk, an explorer to drive by key, and no search model on this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.worker import WorkerCancelled

from graphkit.errors import ModelError
from graphkit.tui.app import Explorer
from graphkit.tui.panes.listing import Listing
from graphkit.tui.panes.reader import Reader
from graphkit.tui.screens.explore import Explore
from graphkit.tui.state import State
from graphkit.tui.theme import DARK

HOSTILE = "[red]x[/red] [[/x.md]]"
"""A title that a markup parser would swallow."""

NOTES = {
    "graphkit.toml": 'name = "tea"\n',
    "claims/steeping.md": """\
---
kind: claim
title: Longer steeping makes tea bitter
---
# Longer steeping makes tea bitter

Steeping for five minutes raises bitterness by 40 % against two minutes, as the [[Tannin study]]
reports. See also [[Cooler water makes tea sweeter|cooler water]] and [the web](https://example.org/tea).

## What was measured

| minutes | bitterness |
|--------:|-----------:|
| 2       | 1.0        |
| 5       | 1.4        |

## Relations

- is reported by [[Tannin study]] (four teas, twelve tasters)
- has evidence [[Leaf survey]] (inferred: "primary evidence for")
- addresses [[Why is my tea bitter?]]
""",
    "claims/water.md": """\
---
kind: claim
title: Cooler water makes tea sweeter
---
# Cooler water makes tea sweeter

Water at seventy degrees brings out less tannin.

- is reported by [[Leaf survey]]
- contradicts [[Longer steeping makes tea bitter]] (at seventy degrees time hardly matters)
- addresses [[Why is my tea bitter?]]
""",
    "claims/milk.md": """\
---
kind: claim
title: Milk hides the bitterness of tea
---
# Milk hides the bitterness of tea

Proteins of milk bind tannin before the tongue does.
""",
    "questions/bitter.md": """\
---
kind: question
title: Why is my tea bitter?
---
# Why is my tea bitter?

What turns a cup of tea bitter, and what keeps it sweet?
""",
    "sources/tannin.md": """\
---
kind: source
title: Tannin study
identifiers: [arXiv:2401.00001]
---
# Tannin study

Measured tannin in four teas.
""",
    "sources/leaves.md": """\
---
kind: source
title: Leaf survey
identifiers: [arXiv:2401.00002]
---
# Leaf survey

Asked growers about leaves and water.
""",
    "hostile.md": f"""\
---
kind: note
title: "{HOSTILE}"
---
# {HOSTILE}

Its text is as literal: [bold]not bold[/bold], \x1b[31mnot red\x1b[0m.

- relates to [[Tannin study]] ([link=x]no link[/link])
""",
    "long.md": "# A long page\n\n" + "".join(f"Line {n} of it.\n\n" for n in range(1, 401)),
    "plain.md": "# A plain page\n\nSee [[Tannin study]] and [[Nowhere]].\n",
}

_NAMES = {" ": "space", "?": "question_mark", "/": "slash"}


def keys(text: str) -> str:
    """The keys that type `text`, with a space between two of them."""
    return " ".join(_NAMES.get(letter, letter) for letter in text)


def tea(folder: Path) -> Path:
    """A vault about tea: claims for and against, a source twice, a hostile title, a long page."""
    for path, text in NOTES.items():
        file = folder / "tea" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder / "tea"


def without_model(patch: pytest.MonkeyPatch) -> None:
    """Let there be no search model on this machine."""

    def absent(*_: object, **__: object) -> None:
        raise ModelError("none is installed", "install one")

    patch.setattr("graphkit.search.encoder.load", absent)


def explorer(vault: Path, *, hinted: bool = True, theme: str = DARK.name) -> Explorer:
    """The explorer on a vault, its first-run hint long sent away."""
    app = Explorer(vault, State(hinted=hinted, theme=theme))
    app.animation_level = "none"
    return app


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until the vault is open and nothing is being read, searched or painted."""
    rounds = 2
    while rounds:
        with suppress(WorkerCancelled):  # where another took its place
            await pilot.app.workers.wait_for_complete()
            rounds -= 1
        await pilot.pause()


class Driver:
    """A running explorer, its main screen, and what a test asks of them."""

    def __init__(self, app: Explorer, pilot: Pilot[Any]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *pressed: str) -> None:
        """Press keys without a pause, then wait until all is quiet."""
        await self.pilot.press(*pressed)
        await settle(self.pilot)

    async def walk(self, title: str) -> None:
        """Choose a node in the list, by its title."""
        await self.pilot.press("1", "escape")
        listing = self.main.query_one("#nodes", Listing)
        listing.cursor = next(n for n, row in enumerate(listing.rows) if row.text == title)
        await self.press("enter")

    @property
    def screen(self) -> Screen[Any]:
        return self.app.screen

    @property
    def main(self) -> Explore:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, Explore))

    @property
    def title(self) -> str:
        """Of the node in the reader."""
        return self.main.node.title if self.main.node else ""

    @property
    def trail(self) -> list[str]:
        """The titles of the trail up to where it stands."""
        assert self.app.workspace is not None
        nodes = self.app.workspace.graph.nodes
        ids = self.main.trail.ids[: self.main.trail.at + 1]
        return [nodes[id_].title for id_ in ids]

    @property
    def focus(self) -> str:
        """The id of the widget that has the focus."""
        return (self.screen.focused.id or "") if self.screen.focused else ""

    def reading(self) -> str:
        """The text in the reader."""
        return " ".join(line.plain.strip() for line in self.main.query_one(Reader).sheet.lines)

    @property
    def notices(self) -> list[str]:
        return [notice.message for notice in self.app._notifications]

    def listed(self, id_: str) -> list[str]:
        """The words of the rows of a list on the screen in front."""
        return [row.text for row in self.screen.query_one(f"#{id_}", Listing).rows]

    def seen(self) -> str:
        """All that is on the screen, as text."""
        width, height = self.app.size
        strips = self.screen._compositor.render_strips()
        return "\n".join(strip.text[:width] for strip in strips[:height])


@asynccontextmanager
async def driven(
    folder: Path, size: tuple[int, int] = (110, 18), *, hinted: bool = True
) -> AsyncIterator[Driver]:
    """The explorer running on the vault about tea, without a terminal and without a model."""
    app = explorer(tea(folder), hinted=hinted)
    with pytest.MonkeyPatch.context() as patch:
        without_model(patch)
        patch.delenv("TMUX", raising=False)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            yield Driver(app, pilot)
