"""Every screen on the bundled notes. Look at the pictures before you accept new ones."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from gallery import Words, opened, walked
from syrupy.assertion import SnapshotAssertion

NOTES = Path(__file__).parents[2] / "notes"
SUMMARY = re.compile(r"<!-- graphkit:summary .*?<!-- /graphkit:summary -->\n*", re.DOTALL)
WORDS = Words(
    start="Abstention and clarification can be learned from verifiable rewards",
    filter="kind:claim -reward",
    word="confidence",
    claim="Can model confidence work as a reward signal",
    goal="transfer from small",
)


def authored(folder: Path) -> Path:
    """The bundled notes as their authors wrote them: summaries change with every run."""
    shutil.copytree(NOTES, folder, ignore=shutil.ignore_patterns(".graphkit"))
    for file in folder.rglob("*.md"):
        file.write_text(SUMMARY.sub("", file.read_text(encoding="utf-8")), encoding="utf-8")
    return folder


async def test_the_bundled_notes_on_every_screen(
    tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    async with opened(authored(tmp_path / "notes")) as driver:
        await walked(driver, WORDS, snapshot)
