"""Every screen of the explorer at every size, light and dark: the way through them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from driving import Driver, explorer, keys, settle, without_model
from looking import FAINTEST, faintest
from pictures import picture
from syrupy.assertion import SnapshotAssertion

from graphkit.found import Answer, AnswerClaim, Evidence, Ground, Hit, Suggestion
from graphkit.models import Change, Node, Span
from graphkit.tui.desk import Desk
from graphkit.vocabulary import AnswerState, Hunch
from graphkit.workspace import Workspace

SIZES: Final = [(80, 24), (120, 36), (200, 60)]

SCREENS: Final = {
    "notes": "1",
    "note": "2 n",
    "links": "3 G",
    "filter": "f {filter} enter",
    "wrong filter": f"f {keys('kind:clam')}",
    "facets": "F",
    "search": "slash {word}",
    "answer": "slash {word} enter",
    "jump": "J {word}",
    "map": "J {start} enter m",
    "why": "J {claim} enter w",
    "impact": "W",
    "map of a claim": "m left",
    "path": "P {goal} enter",
    "unsettled": "O",
    "bookmarks": "M escape apostrophe",
    "trail": "t",
    "contents": "c",
    "suggestions": "u",
    "problems": "p",
    "experiment": "v",
    "test": "v enter",
    "regenerate": "d",
    "begin": "A",
    "begin, by words": f"A {keys('new source')}",
    "a title": f"A enter {keys('lemon')}",
    "move": "E",
    "palette": f"colon {keys('re')}",
    "help": "question_mark",
}
CHANGED: Final = Change(
    "claims/one.md", b"# One\n\nWhat was written.\n\nThe end.\n",
    b"# One\n\nWhat is written now.\n\nThe end.\n", ("RES-1 went from not run to reproduced",),
)  # fmt: skip


class Words(NamedTuple):
    """What is typed on the way, and where it begins."""

    start: str
    filter: str
    word: str
    claim: str  # that is contested
    goal: str  # of the path from it

    def typed(self, pressed: str) -> list[str]:
        told = {name: keys(words) for name, words in self._asdict().items()}
        return pressed.format(**told).split()


@asynccontextmanager
async def opened(vault: Path) -> AsyncIterator[Driver]:
    """The explorer, with found what is found by title: how well is another room's to show."""
    app = explorer(vault, hinted=False)
    with pytest.MonkeyPatch.context() as patch:
        without_model(patch)
        patch.setattr("textual.widgets.Input.cursor_blink", False)
        patch.setattr("textual._wait.SLEEP_GRANULARITY", 0.002)
        patch.setattr(Desk, "by_words", _by_title)
        patch.setattr(Desk, "by_meaning", _by_title)
        patch.setattr(Desk, "ask", _answered)
        patch.setattr(Desk, "no_model", _no_reason)
        patch.setattr(Workspace, "regenerate", lambda *_: (CHANGED,))
        patch.setattr(Workspace, "suggest", _suggested)
        async with app.run_test(size=SIZES[0]) as pilot:
            await settle(pilot)
            yield Driver(app, pilot)


async def walked(driver: Driver, words: Words, snapshot: SnapshotAssertion) -> None:
    """Go through the screens, and look at each at every size."""
    await driver.press("J", *keys(words.start).split(), "enter")
    for name, pressed in SCREENS.items():
        await driver.press("1", *words.typed(pressed))
        for width, height in SIZES:
            await driver.pilot.resize_terminal(width, height)
            shown = await picture(driver)
            assert shown == snapshot(name=f"{name}, {width}x{height}")
            if not driver.screen.is_modal:  # what lies below a dialog is dimmed
                assert faintest(shown) >= FAINTEST, name
        while driver.screen is not driver.main:
            await driver.press("escape")
        await driver.press("escape", "escape")


def _titled(desk: Any, text: str) -> list[Node]:
    nodes = desk._vault.graph.nodes.values()
    return [node for node in nodes if text.casefold() in node.title.casefold()][:6]


def _suggested(vault: Workspace, id_: str) -> list[Suggestion]:
    node = next(iter(vault.graph.nodes.values()))
    span = Span(vault.graph.nodes[id_].path, 29)
    line = f"- relates to [[{node.title}]]"
    grounds = (Ground("shared rare words: chains, easy, short"),)
    hunch = Hunch.MISSING_LINK
    return [Suggestion(hunch, id_, node.id, "relates to", line, span, 0.11, grounds)]


def _hit(node: Node) -> Hit:
    return Hit(node.id, node.title, node.path, node.line, 1.0, snippet=node.summary)


async def _by_title(desk: Any, text: str, _: int) -> tuple[Hit, ...]:
    return tuple(map(_hit, _titled(desk, text)))


async def _no_reason(_: Any) -> str:
    return ""


async def _answered(desk: Any, text: str) -> Answer:
    """The first three that bear the words, with all that points to them."""
    graph, standings = desk._vault.graph, desk._vault.standings
    claims = [
        AnswerClaim(
            node, node.line, standings[node.id],
            tuple(Evidence(graph.nodes[e.source], e) for e in graph.incoming.get(node.id, ())),
        )
        for node in _titled(desk, text)
        if node.id in standings
    ]  # fmt: skip
    nearest = tuple(map(_hit, _titled(desk, text)))
    return Answer(text, AnswerState.CONTESTED, 0.87, tuple(claims[:3]), ("porcelain",), nearest)
