"""Every screen at every size: its words as they are kept, and legible in the light and dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import Driver, explorer, keys, settle, tea, without_model
from looking import FAINTEST, faintest, text
from syrupy.assertion import SnapshotAssertion

from graphkit.models import Verdict
from graphkit.tui.plots import Chart
from graphkit.tui.theme import DARK, LIGHT
from graphkit.vocabulary import Outcome

SCREENS = {
    "notes": "1",
    "note": "enter n",
    "links": "3 j",
    "filter": f"f {keys('kind:claim -milk')} enter",
    "wrong filter": f"f {keys('kind:clam')}",
    "facets": "F",
    "search": f"slash {keys('bitter')}",
    "answer": f"slash {keys('tannin')} enter",
    "jump": f"J {keys('leef')}",
    "map": "m left",
    "why": "w",
    "impact": "W",
    "path": f"P {keys('why bitter')} enter",
    "unsettled": "O",
    "bookmarks": "M escape apostrophe",
    "trail": "t",
    "problems": "p",
    "experiment": "v",
    "test": "v enter",
    "regenerate": "d",
    "begin": "A G",
    "a title": f"A enter {keys('lemon')}",
    "move": "E",
    "palette": f"colon {keys('re')}",
    "help": "question_mark",
}
OTHERS = {"regenerate"}  # whose words are not the explorer's own
SIZES = [(80, 24), (120, 36), (200, 60)]

VERDICTS = (
    Verdict(
        "steeping-time", "Five minutes make tea more bitter than two", Outcome.REPRODUCED,
        profile="full", quantity="bitterness gained", unit="points", effect=38.0,
        interval=(31.0, 44.5), seeds=(1, 2, 3), cited="+40 % bitterness",
        measures=(("tasters", 12.0),), records=("full-steep-seed1.json",),
    ),
    Verdict("porcelain", "Porcelain makes tea sweeter", Outcome.NOT_TESTABLE,
            reasons=("no porcelain here",), protocol="Ask a potter."),
)  # fmt: skip
CHART = Chart("Bitterness", ("two", "five"), ("bitter", "sweet"), ((12.0, 50.0), (60.0, None)))


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    without_model(monkeypatch)
    monkeypatch.setattr("textual.widgets.Input.cursor_blink", False)
    monkeypatch.setattr("graphkit.workspace.Workspace.verdicts", VERDICTS)
    monkeypatch.setattr("graphkit.tui.plots.recorded", lambda _: ())
    monkeypatch.setattr("graphkit.tui.plots.chart", lambda *_: CHART)


@pytest.mark.parametrize(
    ("size", "theme"),
    [*((size, DARK.name) for size in SIZES), (SIZES[1], LIGHT.name)],
    ids=["80x24", "120x36", "200x60", "120x36, light"],
)
async def test_every_screen(
    tmp_path: Path, size: tuple[int, int], theme: str, snapshot: SnapshotAssertion
) -> None:
    app = explorer(tea(tmp_path), theme=theme)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        driver = Driver(app, pilot)
        await driver.walk("Longer steeping makes tea bitter")
        for name, pressed in SCREENS.items():
            await driver.press("1", *pressed.split())
            if theme == DARK.name and name not in OTHERS:  # the words are the same in the light
                assert text(driver) == snapshot(name=name)
            if not app.screen.is_modal:  # what lies below a dialog is dimmed
                assert faintest(app) >= FAINTEST, name
            while app.screen is not driver.main:
                await driver.press("escape")
            await pilot.press("escape", "escape")
