"""Ten thousand notes on every screen. Look at the pictures before you accept new ones."""

from __future__ import annotations

import random
from pathlib import Path

from gallery import Words, opened, walked
from syrupy.assertion import SnapshotAssertion

NOTES = 10_000
HUB = "Work 0"  # which every tenth note cites
WORDS = Words(start=HUB, filter="177", word="work 996", claim="Claim 7925", goal="9999")
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
    tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    (tmp_path / "many").mkdir()
    async with opened(many(tmp_path / "many")) as driver:
        await walked(driver, WORDS, snapshot)
