"""What each screen looks like. Look at the picture before you accept a new one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from driving import explorer, keys, pressing, tea, without_model

from graphkit.tui.theme import LIGHT

Compare = Callable[..., bool]
WIDE = (120, 36)
SMALL = (80, 24)


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    without_model(monkeypatch)
    monkeypatch.setattr("textual.widgets.Input.cursor_blink", False)


ROOMY = (110, 26)  # the narrowest terminal that shows all panes


class TestNotes:
    """A reader sees all notes, the one under the cursor, and its links, without a key pressed."""

    def test_wide(self, snap_compare: Compare, tmp_path: Path) -> None:
        assert snap_compare(
            explorer(tea(tmp_path)), terminal_size=ROOMY, run_before=pressing("j enter")
        )

    def test_light(self, snap_compare: Compare, tmp_path: Path) -> None:
        app = explorer(tea(tmp_path), theme=LIGHT.name)
        assert snap_compare(app, terminal_size=ROOMY, run_before=pressing("j 3 j"))

    def test_small(self, snap_compare: Compare, tmp_path: Path) -> None:
        app = explorer(tea(tmp_path), hinted=False)
        assert snap_compare(app, terminal_size=SMALL, run_before=pressing("j enter"))


class TestFilter:
    """A reader narrows the list by kind, by standing and by words, and sees that it is narrowed."""

    def test_kind_and_words(self, snap_compare: Compare, tmp_path: Path) -> None:
        pressed = pressing(f"i f {keys('tea')} enter")
        assert snap_compare(explorer(tea(tmp_path)), terminal_size=SMALL, run_before=pressed)


class TestMap:
    """A reader sees what points to a claim and what it points to, with the relation on the line."""

    def test_claim(self, snap_compare: Compare, tmp_path: Path) -> None:
        pressed = pressing("j m left")
        assert snap_compare(explorer(tea(tmp_path)), terminal_size=WIDE, run_before=pressed)


class TestAsk:
    """A reader types, finds by words at once, and asks with enter."""

    def test_hits(self, snap_compare: Compare, tmp_path: Path) -> None:
        pressed = pressing(f"slash {keys('tannin')}", "down")
        assert snap_compare(explorer(tea(tmp_path)), terminal_size=WIDE, run_before=pressed)

    def test_not_in_these_notes(self, snap_compare: Compare, tmp_path: Path) -> None:
        pressed = pressing(f"slash {keys('sourdough')} enter")
        assert snap_compare(explorer(tea(tmp_path)), terminal_size=WIDE, run_before=pressed)


class TestWhy:
    """A reader sees what a standing rests on, down to the lines of the notes."""

    def test_contested_claim(self, snap_compare: Compare, tmp_path: Path) -> None:
        pressed = pressing("j w")
        assert snap_compare(explorer(tea(tmp_path)), terminal_size=WIDE, run_before=pressed)


class TestTrail:
    """A reader sees where they have been and can jump back there."""

    def test_three_steps(self, snap_compare: Compare, tmp_path: Path) -> None:
        pressed = pressing("j enter 3 enter t")
        assert snap_compare(explorer(tea(tmp_path)), terminal_size=WIDE, run_before=pressed)


class TestLiterally:
    """A reader sees the text of a note as it is written, whatever it would mean elsewhere."""

    def test_hostile_title(self, snap_compare: Compare, tmp_path: Path) -> None:
        pressed = pressing("j j j j j j enter y")
        assert snap_compare(explorer(tea(tmp_path)), terminal_size=ROOMY, run_before=pressed)
