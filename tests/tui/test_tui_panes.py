"""Panes, filter, notices and sizes: nothing traps the reader, nothing is cut off."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import Driver, driven, explorer, keys, settle, tea
from textual.widgets import Input

from graphkit.tui.app import Explorer
from graphkit.tui.panes.hint import Hint
from graphkit.tui.panes.keybar import KeyBar
from graphkit.tui.panes.tabs import Tabs
from graphkit.tui.screens.map import MapScreen
from graphkit.tui.theme import DARK, LIGHT


async def test_vim_keys_and_tab_go_round_the_panes(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        seen = [app.focus]
        for key in ("l", "tab", "right", "h", "shift+tab"):
            await app.press(key)
            seen.append(app.focus)
        assert seen == ["nodes", "reader", "edges", "nodes", "edges", "reader"]


async def test_to_read_another_note_or_go_to_another_pane_lays_nothing_out(tmp_path: Path) -> None:
    async with driven(tmp_path, (120, 60)) as app:  # in which no note and no list needs a bar
        laid_out: list[object] = []
        app.main.screen_layout_refresh_signal.subscribe(app.main, laid_out.append)
        await app.press("j", "j", "3", "2", "1", "k")
        assert not laid_out


async def test_a_narrow_terminal_shows_one_pane_with_tabs(tmp_path: Path) -> None:
    async with driven(tmp_path, (80, 24)) as app:
        assert app.main.query_one(Tabs).display
        assert [app.main.query_one(f"#{name}").display for name in ("notes", "reader")] == [1, 0]
        await app.press("enter")
        assert app.focus == "reader"
        assert not app.main.query_one("#notes").display
        await app.press("3", "enter")
        assert app.focus == "reader"
        assert app.title != "Cooler water makes tea sweeter"


async def test_a_growing_terminal_gets_all_panes_back(tmp_path: Path) -> None:
    async with driven(tmp_path, (80, 24)) as app:
        await app.pilot.resize_terminal(140, 40)
        await settle(app.pilot)
        shown = [app.main.query_one(f"#{name}").display for name in ("notes", "reader", "links")]
        assert shown == [True, True, True]
        assert not app.main.query_one(Tabs).display


async def test_every_screen_fits_any_size(tmp_path: Path) -> None:
    async with driven(tmp_path, (40, 10)) as app:
        for size, ways_in in (((40, 10), "m w p t ? /"), ((200, 50), "m ? /")):
            await app.pilot.resize_terminal(*size)
            for way_in in ways_in.split():
                await app.press(keys(way_in))
                assert app.screen is not app.main
                await app.press("escape")
                assert app.screen is app.main


async def test_the_filter_narrows_and_escape_widens(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        everything = app.listed("nodes")
        await app.press("f", *keys("sweet").split())
        assert app.listed("nodes") == ["Cooler water makes tea sweeter"]
        await app.press("enter")
        assert app.focus == "nodes"
        await app.press("escape")
        assert app.listed("nodes") == everything
        assert not app.main.query_one(Input).display


async def test_kinds_and_standings_turn_both_ways(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.press("i", "i")
        assert app.listed("nodes") == ["Leaf survey", "Tannin study"]
        await app.press("I", "s")
        assert app.listed("nodes") == ["Milk hides the bitterness of tea"]
        await app.press("s", "s")
        assert app.listed("nodes") == []
        await app.press("j", "G", "g", "ctrl+d", "ctrl+u", "enter")
        assert "No note fits this filter" in app.seen()
        await app.press("S", "S", "S", "I")
        assert len(app.listed("nodes")) > 5


async def test_a_click_chooses_a_node_a_link_and_a_step(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.pilot.click("#nodes", offset=(5, 2))
        await settle(app.pilot)
        assert app.title == "Longer steeping makes tea bitter"
        await app.pilot.click("#edges", offset=(8, 2))
        await settle(app.pilot)
        assert len(app.trail) == 3
        await app.pilot.click("#trail", offset=(5, 0))
        await settle(app.pilot)
        assert app.trail == ["Cooler water makes tea sweeter"]


async def test_a_click_on_a_facet_turns_it(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.pilot.click("#kind")
        await settle(app.pilot)
        assert len(app.listed("nodes")) == 3


async def test_the_last_line_tells_the_keys_that_work_here_and_a_click_presses_one(
    tmp_path: Path,
) -> None:
    async with driven(tmp_path) as app:
        bar = app.main.query_one(KeyBar)
        assert "⏎ Open" in str(bar.render())
        await app.press("2")
        assert "⏎ Follow" in str(bar.render())
        await app.pilot.click(KeyBar, offset=(str(bar.render()).index("m Map") + 1, 0))
        assert isinstance(app.screen, MapScreen)


async def test_no_key_is_told_that_has_nothing_to_do(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.press("F")
        assert "Edit" not in str(app.screen.query_one(KeyBar).render())
        assert "Open" in str(app.screen.query_one(KeyBar).render())
        await app.press("escape", "question_mark")
        assert "Open" not in str(app.screen.query_one(KeyBar).render())
        await app.press("escape", "apostrophe")  # no bookmark is set
        assert "Open" not in str(app.screen.query_one(KeyBar).render())
        await app.press("escape", "p")
        assert "e Edit" in str(app.screen.query_one(KeyBar).render())
        await app.press("escape", "d")
        assert "w Write" in str(app.screen.query_one(KeyBar).render())
        await app.press("w", "d")
        assert "Write" not in str(app.screen.query_one(KeyBar).render())
        await app.press("escape", "v")
        assert "Cancel" not in str(app.screen.query_one(KeyBar).render())


async def test_the_palette_offers_what_can_be_done_here(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.walk("A long page")
        await app.press("G", "colon", *keys("read on").split())
        assert "Read on in a long note." in app.seen()
        await app.press("enter")
        assert "Line 150 of it." in app.reading()
        await app.press("v", "colon", *keys("run").split())
        assert "Run every test" in app.seen()
        assert "Stop the run" not in app.seen()  # none is on


async def test_a_key_is_told_by_the_name_that_the_table_gives_first(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.press("slash", "t")
        assert "⏎ Ask" in str(app.screen.query_one(KeyBar).render())


async def test_the_first_keys_are_told_once(tmp_path: Path) -> None:
    async with driven(tmp_path, hinted=False) as app:
        assert app.main.query_one(Hint).display
        assert "search" in app.seen()
        await app.press("escape")
        assert not app.main.query_one(Hint).display
        assert app.app.state.hinted


@pytest.mark.parametrize(
    "opening", ["w", "d", "v", "p", "m", "question_mark", "t", "slash t enter"]
)
async def test_q_closes_what_is_open_as_escape_does(tmp_path: Path, opening: str) -> None:
    async with driven(tmp_path) as app:
        await app.walk("Longer steeping makes tea bitter")
        for key in opening.split():
            await app.press(key)
        assert app.screen is not app.main
        await app.press("q")
        assert app.screen is app.main
        assert app.app.is_running


async def test_ctrl_c_says_how_one_leaves(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.press("ctrl+c")
        assert app.notices == ["Press ctrl+q to leave GraphKit."]
        await app.press("w", "ctrl+q")
        assert not app.app.is_running


async def test_a_notice_goes_with_escape_before_anything_else(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.press("i", "y")
        assert app.notices
        await app.press("escape")
        assert not app.notices
        assert len(app.listed("nodes")) == 3


async def test_light_and_dark_are_remembered(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        assert app.app.theme == DARK.name
        await app.press("T")
        assert app.app.theme == app.app.state.theme == LIGHT.name


async def test_the_next_start_stands_where_the_last_one_ended(tmp_path: Path) -> None:
    memory = tmp_path / "state"
    first = Explorer(tea(tmp_path), memory=memory)
    async with first.run_test(size=(110, 18)) as pilot:
        await settle(pilot)
        app = Driver(first, pilot)
        await app.walk("Tannin study")
        await app.walk("A long page")
        await app.press("M", *["ctrl+d"] * 3)
        assert "Bookmark set" in app.notices[0]
        line = app.main.stay.line
        assert line > 1
    first.remember()
    again = Explorer(tmp_path / "tea", memory=memory)
    async with again.run_test(size=(110, 18)) as pilot:
        await settle(pilot)
        app = Driver(again, pilot)
        assert app.title == "A long page"
        assert abs(app.main.stay.line - line) < 8
        assert app.trail[-2:] == ["Tannin study", "A long page"]
        await app.press("apostrophe")
        assert app.listed("ledger") == ["A long page"]
        await app.press("escape", "b")
        assert app.title == "Tannin study"


async def test_a_missing_vault_is_told_with_the_next_step(tmp_path: Path) -> None:
    app = explorer(tmp_path / "nowhere")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        said = Driver(app, pilot).reading()
        assert "no such folder" in said
        assert "give the folder that holds your notes" in said
        await pilot.press("slash", "m", "w", "e", "b", "enter", "p", "y", "t", "i")
        assert app.screen_stack == [Driver(app, pilot).main]


async def test_an_empty_vault_says_so(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    app = explorer(tmp_path / "empty")
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("slash", "escape", "m", "w", "e", "b", "enter", "p", "escape")
        text = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        assert "No note fits this filter" not in text
        assert "This vault holds no note" in text


async def test_the_vault_is_not_written_to(tmp_path: Path) -> None:
    before = {file: file.read_bytes() for file in tea(tmp_path).rglob("*.md")}
    async with driven(tmp_path) as app:
        await app.press(
            "j", "enter", "m", "escape", "slash", *keys("tea").split(), "enter", "escape"
        )
    assert {file: file.read_bytes() for file in (tmp_path / "tea").rglob("*.md")} == before
