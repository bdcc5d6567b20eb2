"""Ten thousand notes on every screen that has to hold them, wide and narrow."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from driving import Driver, explorer, keys, settle, without_model
from looking import text
from syrupy.assertion import SnapshotAssertion

NOTES = 10_000
HUB = "Work 0"  # which every tenth note cites
SIZES = [(120, 36), (80, 24)]
SCREENS = {
    "notes": "1",
    "hub": "3 G",
    "facets": "F",
    "jump": f"J {keys('work 996')}",
    "map": "m",
    "path": f"P {keys('9999')} enter",
    "filter": f"f {keys('177')} enter",
}
KINDS = {"source": "Work", "claim": "Claim", "question": "Question", "note": "Page"}
RELATIONS = {"claim": ("is reported by", "contradicts", "addresses"), "note": ("cites", "mentions")}


def many(folder: Path) -> Path:
    """A vault of so many short notes of every kind, the same on every machine."""
    chance = random.Random(1)  # noqa: S311 - nothing here is secret
    kinds = list(KINDS)
    names = [f"{KINDS[kinds[number % 4]]} {number}" for number in range(NOTES)]
    for number, name in enumerate(names):
        kind = kinds[number % 4]
        links = [(HUB, "cites")] * (number % 10 == 9)
        links += [(chance.choice(names), said) for said in RELATIONS.get(kind, ())]
        lines = (f"- {said} [[{target}]]\n" for target, said in links if target != name)
        place = folder / f"part-{number % 20:02}"
        place.mkdir(exist_ok=True)
        head = f"---\nkind: {kind}\n---\n# {name}\n\nWhat is said by number {number}.\n\n"
        (place / f"{name.replace(' ', '-')}.md").write_text(head + "".join(lines))
    return folder


async def test_ten_thousand_notes_on_every_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, snapshot: SnapshotAssertion
) -> None:
    without_model(monkeypatch)
    monkeypatch.setattr("textual.widgets.Input.cursor_blink", False)
    (tmp_path / "many").mkdir()
    app = explorer(many(tmp_path / "many"))
    async with app.run_test(size=SIZES[0]) as pilot:
        await settle(pilot)
        driver = Driver(app, pilot)
        await driver.press("J", *keys(HUB).split(), "enter")
        for name, pressed in SCREENS.items():
            await driver.press("1", *pressed.split())
            for size in SIZES:
                await pilot.resize_terminal(*size)
                await settle(pilot)
                assert text(driver) == snapshot(name=f"{name}, {size[0]}x{size[1]}")
            while app.screen is not driver.main:
                await driver.press("escape")
            await pilot.press("escape", "escape")
