"""What each screen looks like. Look at the picture before you accept a new one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from driving import explorer, keys, pressing, tea, without_model

from graphkit.found import Answer, AnswerClaim, Evidence, Hit
from graphkit.models import Edge, Node, Span, Standing
from graphkit.tui.desk import Desk
from graphkit.tui.theme import LIGHT
from graphkit.vocabulary import AnswerState, Kind, Outcome, Stand

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


NOTE = "claims/steeping.md"
STEEPING = Node("CLM-a80617d6", Kind.CLAIM, "Longer steeping makes tea bitter", NOTE)
TANNIN = Node("SRC-1", Kind.SOURCE, "Tannin study", "sources/tannin.md")
ANSWER = Answer(
    "Why is my tea bitter?",
    AnswerState.CONTESTED,
    0.87,
    (
        AnswerClaim(
            STEEPING,
            8,
            Standing(STEEPING.id, Stand.CONTESTED, ("SRC-1",), ("SRC-2",), Outcome.REPRODUCED),
            (
                Evidence(TANNIN, Edge("SRC-1", STEEPING.id, "reports", Span(NOTE, 19))),
                Evidence(
                    Node("SRC-2", Kind.SOURCE, "Leaf survey", "sources/leaves.md"),
                    Edge("SRC-2", STEEPING.id, "is evidence for", Span(NOTE, 20),
                         "primary evidence for", 0.5),
                ),
            ),
        ),
    ),
    ("porcelain",),
    (Hit("SRC-1", "Tannin study", "sources/tannin.md", 8, 0.4, snippet="Measured tannin."),),
)  # fmt: skip


class TestAsk:
    """A reader types, finds by words at once, and asks with enter."""

    def test_hits(
        self, snap_compare: Compare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def found(*_: object) -> tuple[Hit, ...]:
            snippet = "Steeping for five minutes raises bitterness by 40 % against two minutes."
            hit = Hit(STEEPING.id, STEEPING.title, STEEPING.path, 7, 1.0, snippet=snippet)
            return (hit, *ANSWER.nearest)

        monkeypatch.setattr(Desk, "by_words", found)
        monkeypatch.setattr(Desk, "by_meaning", found)
        pressed = pressing(f"slash {keys('bitter')}", "down")
        assert snap_compare(explorer(tea(tmp_path)), terminal_size=ROOMY, run_before=pressed)

    def test_answer(
        self, snap_compare: Compare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def answered(*_: object) -> Answer:
            return ANSWER

        monkeypatch.setattr(Desk, "ask", answered)
        pressed = pressing(f"slash {keys('why?')} enter")
        assert snap_compare(explorer(tea(tmp_path)), terminal_size=ROOMY, run_before=pressed)


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
