"""What is done with a note: its argument is walked, it is filtered, edited, copied, regenerated."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from threading import Event

import pytest
from driving import Driver, driven, keys, settle, tea
from textual.widgets import Input

from graphkit.models import Node, Verdict
from graphkit.tui import follow, trial
from graphkit.tui.app import Explorer
from graphkit.tui.fuzzy import best
from graphkit.tui.plots import ticks_to
from graphkit.tui.rows import Row
from graphkit.tui.screens.ledger import Ledger
from graphkit.tui.screens.trials import TrialsScreen
from graphkit.tui.verdicts import spark
from graphkit.vocabulary import Kind, Outcome
from graphkit.workspace import Workspace


async def test_the_contradicting_claim_is_one_key_away_at_its_line(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.walk("Longer steeping makes tea bitter")
        await app.press("x")
        assert app.title == "Cooler water makes tea sweeter"
        await app.walk("Milk hides the bitterness of tea")
        await app.press("x")
        assert "Nothing contradicts" in app.notices[-1]


async def test_impact_tells_what_would_stand_otherwise(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.walk("Tannin study")
        await app.press("W")
        assert "Longer steeping makes tea bitter" in app.listed("ledger")
        await app.press("j", "enter")
        assert app.title != "Tannin study"


async def test_a_path_is_shown_with_its_other_ways(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.walk("Tannin study")
        await app.press("P", *keys("why bitter").split(), "enter")
        rows = app.listed("ledger")
        assert rows[0] == "Way 1, 2 steps"
        assert any(row.startswith("Way 2") for row in rows)
        assert rows.count("Why is my tea bitter?") >= 2
        await app.press("G", "enter")
        assert app.title == "Why is my tea bitter?"


async def test_a_note_is_jumped_to_by_a_few_letters(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.press("J", *keys("leef surv").split(), "enter")
        assert app.title == "Leaf survey"


async def test_the_unsettled_are_listed(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.press("O")
        rows = app.listed("ledger")
        assert "Contested" in rows
        assert "Longer steeping makes tea bitter" in rows


async def test_the_filter_speaks_its_language_and_says_what_is_wrong(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        everything = app.listed("nodes")
        await app.press("f")
        app.main.query_one("#words", Input).value = "kind:source relation:reports"
        await settle(app.pilot)
        assert app.listed("nodes") == ["Leaf survey", "Tannin study"]
        app.main.query_one("#words", Input).value = "leaf kind:sauce"
        await settle(app.pilot)
        assert "did you mean" in app.seen()
        assert app.listed("nodes") == ["Leaf survey"]
        await app.press("escape")
        assert app.listed("nodes") == everything


async def test_a_facet_is_chosen_from_all_there_are(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.press("F")
        rows = app.listed("ledger")
        assert {"kind", "standing", "relation", "has"} <= set(rows)
        await app.press("enter", "i")
        assert app.main._notes.terms
        await app.press("escape")
        assert not app.main._notes.terms


async def test_a_summary_is_written_only_after_its_diff_was_seen(tmp_path: Path) -> None:
    file = tea(tmp_path) / "claims/steeping.md"
    before = file.read_bytes()
    async with driven(tmp_path) as app:
        await app.walk("Longer steeping makes tea bitter")
        await app.press("d")
        assert any(row.startswith("+<!-- graphkit:summary") for row in app.listed("ledger"))
        await app.press("escape")
        assert file.read_bytes() == before
        await app.press("d", "w")
        assert b"graphkit:summary" in file.read_bytes()
        assert app.screen is app.main
        assert "Wrote 1 note." in app.notices
        await app.press("d")
        assert "there is nothing to change" in " ".join(app.seen().split())


async def test_a_note_is_renamed_with_its_links_after_the_diff(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.walk("Leaf survey")
        await app.press("R", *keys(" 2024").split(), "enter")
        assert "Rename" in app.seen()
        assert "+- is reported by [[Leaf survey 2024]]" in app.listed("ledger")
        await app.press("w")
        assert app.notices[-1].startswith("Wrote ")
        assert "Leaf survey 2024" in app.listed("nodes")
        await app.press("R", "enter")
        assert app.screen is app.main


async def test_a_note_that_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    file = tea(tmp_path) / "claims/milk.md"
    async with driven(tmp_path) as app:
        await app.walk("Milk hides the bitterness of tea")
        await app.press("d")
        file.write_text("# Someone else was quicker\n")
        await app.press("w")
        assert "changed meanwhile" in app.seen()
        assert file.read_text() == "# Someone else was quicker\n"


async def test_id_link_and_citation_are_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []
    monkeypatch.setattr(Explorer, "copy_to_clipboard", lambda _, words: copied.append(words))
    async with driven(tmp_path) as app:
        await app.walk("Tannin study")
        await app.press("y", "Y", "C")
    link, id_, citation = copied
    assert link == "[[Tannin study]]"
    assert id_.startswith("SRC-")
    assert citation == "Tannin study, arXiv:2401.00001, https://arxiv.org/abs/2401.00001"


@pytest.mark.parametrize(
    ("target", "test"),
    [
        ("../experiments/figures/steeping-time.svg", "steeping-time"),
        ("experiments/figures/steeping-time.png", "steeping-time"),
        ("../experiments/figures/brewing.svg", ""),
        ("../experiments/records/steeping-time.json", ""),
        ("Tannin study", ""),
    ],
)
def test_a_link_to_the_figure_of_a_test_leads_to_its_plot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, test: str
) -> None:
    verdict = Verdict("steeping-time", "Longer is more bitter", Outcome.REPRODUCED)
    monkeypatch.setattr(Workspace, "verdicts", (verdict,))
    assert follow.plotted(Workspace.open(tea(tmp_path)), target) == test


@pytest.mark.parametrize(
    ("identifier", "address"),
    [
        ("arXiv:2401.00001", "https://arxiv.org/abs/2401.00001"),
        ("doi:10.1000/a<b>", "https://doi.org/10.1000/a%3Cb%3E"),
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("file:///etc/passwd", ""),
        ("javascript:alert(1)", ""),
        ("https://example.org/ --flag", ""),
        ("https:///nowhere\x1b[31m", ""),
        ("@smith2024", ""),
    ],
)
def test_only_web_addresses_are_opened(identifier: str, address: str) -> None:
    assert follow.address(Node("SRC-1", Kind.SOURCE, "x", identifiers=(identifier,))) == address


async def test_what_another_program_writes_is_shown(tmp_path: Path) -> None:
    app = Explorer(tea(tmp_path), live=True)
    async with app.run_test(size=(110, 18)) as pilot:
        await settle(pilot)
        driver = Driver(app, pilot)
        await driver.walk("Milk hides the bitterness of tea")
        file = tmp_path / "tea" / "claims/milk.md"
        file.write_text(file.read_text() + "\nIt was written by someone else.\n")
        while "someone else" not in driver.reading():
            await pilot.pause(0.05)
        assert driver.title == "Milk hides the bitterness of tea"


async def test_keys_of_a_vault_are_bound_and_shown(tmp_path: Path) -> None:
    vault = tea(tmp_path)
    (vault / "graphkit.toml").write_text('[keys]\nexplore.map = "Z"\n')
    app = Explorer(vault)
    async with app.run_test(size=(110, 18)) as pilot:
        await settle(pilot)
        driver = Driver(app, pilot)
        assert "Z Map" in driver.seen()
        await driver.press("m")
        assert driver.screen is driver.main
        await driver.press("Z")
        assert driver.screen is not driver.main


async def test_a_bad_key_of_a_vault_is_told_and_the_others_work(tmp_path: Path) -> None:
    vault = tea(tmp_path)
    (vault / "graphkit.toml").write_text('[keys]\nexplore.mapp = "Z"\n')
    app = Explorer(vault)
    async with app.run_test(size=(110, 18)) as pilot:
        await settle(pilot)
        assert "did you mean explore.map?" in Driver(app, pilot).notices[0]


async def test_the_experiment_says_when_a_vault_has_none(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.press("v")
        assert app.screen is not app.main
        await app.press("escape", "V")
        assert "No test of this vault speaks for" in app.notices[-1]


async def test_a_run_is_started_watched_and_cancelled_from_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ending, ended = asyncio.Event(), []

    async def lines(root: Path, profile: str) -> AsyncIterator[str]:
        yield f"1/9 {profile} of {root.name}"
        try:
            await asyncio.get_running_loop().create_future()  # until it is cancelled
        finally:
            await ending.wait()  # it writes what it has
            ended.append(profile)

    monkeypatch.setattr(trial, "lines", lines)
    async with driven(tmp_path) as app:
        await app.press("v")
        assert "Cancel" not in app.seen()
        await app.pilot.press("R")
        await app.pilot.pause()
        assert "1/9 smoke of tea" in app.seen()
        await app.pilot.press("escape", "v")  # it goes on meanwhile
        await app.pilot.pause()
        assert "1/9 smoke of tea" in app.seen()
        assert "Cancel" in app.seen()
        await app.pilot.press("X")
        await app.pilot.pause()
        assert "what was recorded is kept" in app.seen()
        assert "Cancel" not in app.seen()
        ending.set()
        await app.press()
        assert ended == ["smoke"]


async def test_what_is_chosen_before_a_list_has_come_is_opened_when_it_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    come = Event()
    page = Ledger("steeping-time", (), lambda _: (Row("Longer is more bitter"),), "")

    def late(_: Workspace) -> tuple[Row, ...]:
        come.wait()
        return (Row("steeping-time", page),)

    monkeypatch.setattr("graphkit.tui.verdicts.rows", late)
    async with driven(tmp_path) as app:
        await app.pilot.press("v", "enter")
        assert isinstance(app.screen, TrialsScreen)
        come.set()
        await settle(app.pilot)
        assert "Longer is more bitter" in app.seen()


def test_names_are_found_by_their_words_first_then_by_likeness() -> None:
    nodes = [Node(f"N{n}", Kind.NOTE, title) for n, title in enumerate(["Tea", "Teapot", "Milk"])]
    assert [node.title for node in best(nodes, "tea", 9)][:2] == ["Tea", "Teapot"]
    assert [node.title for node in best(nodes, "mylk", 9)] == ["Milk"]
    assert best(nodes, " ", 9) == ()


def test_an_id_is_found_by_its_beginning_and_by_no_letters_within() -> None:
    nodes = [Node("CLM-46dea177", Kind.CLAIM, "Tea"), Node("CLM-46c00000", Kind.CLAIM, "Cup")]
    assert [node.title for node in best(nodes, "clm-46d", 9)] == ["Tea"]
    assert best(nodes, "177", 9) == ()


@pytest.mark.parametrize(
    ("most", "ticks"),
    [
        (0.0, [0]),
        (0.42, [0, 0.1, 0.2, 0.3, 0.4]),
        (1.0, [0, 0.25, 0.5, 0.75, 1]),
        (48.0, [0, 10, 20, 30, 40]),
        (100.0, [0, 25, 50, 75, 100]),
        (1200.0, [0, 250, 500, 750, 1000]),
    ],
)
def test_an_axis_has_a_few_round_numbers(most: float, ticks: list[float]) -> None:
    assert ticks_to(most) == pytest.approx(ticks)


def test_a_curve_is_a_line_of_bars() -> None:
    assert spark([0, 1]) == "▁█  0 → 1"
    assert spark([]) == ""
    assert len(spark([1.0] * 1000).split()[0]) <= 60
