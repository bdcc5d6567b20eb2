"""Takes the pictures of the explorer in this folder, on the bundled notes.

python docs/screenshots/take.py [NAME...]
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from textual.theme import Theme

from graphkit.tui.app import Explorer
from graphkit.tui.state import State
from graphkit.tui.theme import DARK, LIGHT

HERE = Path(__file__).parent
NOTES = HERE.parents[1] / "notes"
QUESTION = "why do reasoning models stop saying i do not know"
FOUND = ("f c o n f i d e n c e space m o d e l enter", "enter")
SHOTS: dict[str, tuple[Theme, tuple[str, ...]]] = {  # keys, with a pause after each batch
    "explore": (DARK, (*FOUND, "3")),
    "ask": (DARK, ("slash", " ".join("space" if c == " " else c for c in QUESTION), "enter")),
    "map": (LIGHT, (*FOUND, "m")),
    "why": (DARK, (*FOUND, "w")),
    "experiment": (DARK, ("v", "j")),
    "regenerate": (LIGHT, (*FOUND, "d")),
}


async def take(name: str) -> None:
    theme, batches = SHOTS[name]
    app = Explorer(NOTES, State(theme=theme.name, hinted=True))
    app.animation_level = "none"
    async with app.run_test(size=(120, 36)) as pilot:
        for batch in ("", *batches):
            await pilot.press(*batch.split())
            for _ in range(2):
                await app.workers.wait_for_complete()
                await pilot.pause()
        (HERE / f"{name}.svg").write_text(app.export_screenshot(title="GraphKit"))


for wanted in sys.argv[1:] or SHOTS:
    asyncio.run(take(wanted))
