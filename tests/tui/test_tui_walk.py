"""Walking the graph by key: what is shown, where the focus is, what the trail holds."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import pytest
from driving import driven, keys

from graphkit.tui import outside
from graphkit.tui.app import Explorer
from graphkit.tui.memory import Memory
from graphkit.tui.panes.listing import Listing
from graphkit.tui.panes.map import MapPane
from graphkit.tui.panes.reader import Reader


async def test_the_first_note_is_there_without_a_key(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        assert app.title == "Cooler water makes tea sweeter"
        assert app.focus == "nodes"
        assert "less tannin" in app.reading()


async def test_the_cursor_previews_and_enter_walks(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.press("j")
        assert app.title == "Longer steeping makes tea bitter"
        assert app.trail == ["Cooler water makes tea sweeter"]
        await app.press("enter")
        assert app.trail[-1] == "Longer steeping makes tea bitter"
        assert app.focus == "reader"


async def test_back_and_forward_retrace_a_walk_over_links(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.walk("Longer steeping makes tea bitter")
        await app.press("3", "enter")
        source = app.title
        assert source in {"Tannin study", "Leaf survey"}
        await app.press("b")
        assert app.title == "Longer steeping makes tea bitter"
        await app.press("b")
        assert app.title == "Cooler water makes tea sweeter"
        await app.press("B", "B")
        assert app.title == source


async def test_a_preview_is_left_by_back_without_losing_a_step(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.press("j", "j", "b")
        assert app.title == "Cooler water makes tea sweeter"
        assert app.trail == ["Cooler water makes tea sweeter"]


async def test_links_in_the_text_are_followed(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.walk("Longer steeping makes tea bitter")
        await app.press("n", "n", "enter")
        assert app.title == "Cooler water makes tea sweeter"


async def test_a_link_to_the_web_opens_a_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(outside, "browsed", lambda url: not opened.append(url))  # type: ignore[func-returns-value]
    async with driven(tmp_path) as app:
        await app.walk("Longer steeping makes tea bitter")
        await app.press("n", "n", "n", "enter")
        await app.press("3", "g", "enter")
        await app.press("o")
    assert opened[0] == "https://example.org/tea"
    assert opened[1].startswith("https://arxiv.org/abs/2401.")


@pytest.mark.parametrize(
    "link",
    [
        "[[#Deep part]]",
        "[below](#deep-part)",
        "[[A long page#Far off]]",
        "[there](long.md#far-off)",
        "[[A long page#^here]]",
    ],
)
async def test_a_link_to_a_heading_or_a_block_leads_to_its_line(tmp_path: Path, link: str) -> None:
    async with driven(tmp_path) as app:
        place = "Deep part" if "eep" in link else "Far off"
        more = "".join(f"Some {n}.\n\n" for n in range(60))
        file = tmp_path / "tea" / ("plain.md" if "eep" in link else "long.md")
        file.write_text(f"{file.read_text()}\n\n{more}## {place}\n\nIt lies here. ^here\n\n{more}")
        plain = tmp_path / "tea" / "plain.md"
        plain.write_text(plain.read_text().replace("See", f"See {link},"))
        await app.press("r")
        await app.walk("A plain page")
        assert "It lies here." not in app.seen()
        await app.press("n", "enter")
        assert "It lies here." in app.seen()
        if "long" in link:  # by the list of links as well
            await app.press("b", "3", "g", "enter")
            assert "It lies here." in app.seen()


@pytest.mark.parametrize("browser", ["", "w3m"])
async def test_an_address_is_copied_where_no_browser_has_a_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, browser: str
) -> None:
    copied: list[str] = []
    found = [webbrowser.GenericBrowser(browser)] if browser else []
    monkeypatch.setattr(webbrowser, "get", lambda: found.pop() if found else refused())
    monkeypatch.setattr(Explorer, "copy_to_clipboard", lambda _, words: copied.append(words))
    async with driven(tmp_path) as app:
        await app.walk("Tannin study")
        await app.press("o")
        assert copied == ["https://arxiv.org/abs/2401.00001"]
        assert app.notices == ["No browser opens here. Copied https://arxiv.org/abs/2401.00001"]


def refused() -> None:
    raise webbrowser.Error("no browser")


async def test_what_is_copied_is_in_the_buffer_of_tmux(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmux = tmp_path / "bin" / "tmux"
    tmux.parent.mkdir()
    tmux.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/told\ncat >> {tmp_path}/told\n')
    tmux.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmux.parent}:/usr/bin:/bin")
    async with driven(tmp_path) as app:
        monkeypatch.setenv("TMUX", "/nowhere,1,0")
        await app.walk("Tannin study")
        await app.press("y")
    assert (tmp_path / "told").read_text() == "load-buffer -w -\n[[Tannin study]]"


async def test_a_link_to_no_note_says_so(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.walk("A plain page")
        await app.press("n", "n", "enter")
        assert app.title == "Nowhere"
        assert "no note of this name exists yet" in app.reading()


@pytest.mark.parametrize(
    ("target", "is_copied"),
    [("a%20plot.png", True), ("../secret.png", False), ("a%00b.png", False)],
)
async def test_the_path_of_a_file_that_is_no_note_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, is_copied: bool
) -> None:
    copied: list[str] = []
    monkeypatch.setattr(Explorer, "copy_to_clipboard", lambda _, words: copied.append(words))
    async with driven(tmp_path) as app:
        (tmp_path / "secret.png").touch()
        (tmp_path / "tea" / "a plot.png").touch()
        (tmp_path / "tea" / "plain.md").write_text(f"# A plain page\n\n![how it was]({target})\n")
        await app.press("r")
        await app.walk("A plain page")
        await app.press("n", "enter")
        assert copied == [str(tmp_path / "tea" / "a plot.png")] * is_copied
        assert ("no note: a plot.png" in app.notices[-1]) == is_copied


async def test_the_trail_lists_every_step_and_jumps(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.walk("Tannin study")
        await app.walk("Milk hides the bitterness of tea")
        await app.press("t")
        assert app.listed("steps")[0] == "Milk hides the bitterness of tea"
        await app.press("j", "enter")
        assert app.title == "Tannin study"
        assert app.trail[-1] == "Tannin study"


async def test_a_trail_is_kept_and_taken_up_again(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.walk("Tannin study")
        await app.press("t", "s")
        assert app.notices == ["The trail is kept."]
        await app.walk("Milk hides the bitterness of tea")
        await app.press("t")
        assert app.listed("steps")[-1] == "Cooler water makes tea sweeter › Tannin study"
        await app.press("G", "enter")
        assert app.title == "Cooler water makes tea sweeter"
        await app.press("B")
        assert app.title == "Tannin study"


async def test_a_trail_is_copied_and_written_as_markdown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []
    monkeypatch.setattr(Explorer, "copy_to_clipboard", lambda _, words: copied.append(words))
    async with driven(tmp_path) as app:
        monkeypatch.setattr(app.app, "_memory", Memory(tmp_path / "memory"))
        await app.walk("Tannin study")
        await app.press("t", "y", "t", "w")
    stands = "claim, contested (1 for, 1 against)"
    assert copied[0].splitlines() == [
        "# Trail",
        "",
        f"1. [[Cooler water makes tea sweeter]] ({stands}) `claims/water.md:5`",
        "2. [[Tannin study]] (source) `sources/tannin.md:6`",
    ]
    (written,) = (tmp_path / "memory" / "trails").iterdir()
    assert written.read_text() == copied[0]


async def test_a_heading_is_gone_to_from_the_contents(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.walk("Longer steeping makes tea bitter")
        await app.press("c")
        assert app.listed("ledger")[1:] == ["What was measured", "Relations"]
        await app.press("G", "enter")
        assert app.main.query_one(Reader).line > 1
        assert app.trail[-1] == "Longer steeping makes tea bitter"


async def test_the_map_is_walked_and_the_trail_remembers(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.walk("Why is my tea bitter?")
        await app.press("m", "left", "enter")
        assert app.title == "Why is my tea bitter?"
        await app.press("escape")
        assert app.title in {"Cooler water makes tea sweeter", "Longer steeping makes tea bitter"}
        assert app.trail[-2:] == ["Why is my tea bitter?", app.title]


async def test_a_choice_in_why_walks_to_the_evidence(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.walk("Longer steeping makes tea bitter")
        await app.press("w")
        await app.press("j", "enter")
        assert app.title in {"Tannin study", "Cooler water makes tea sweeter", "Leaf survey"}


@pytest.mark.parametrize("page", [("w",), ("d",), ("v",), ("p",), ("m",)])
async def test_the_palette_of_a_page_leads_to_a_note(tmp_path: Path, page: tuple[str, ...]) -> None:
    async with driven(tmp_path) as app:
        await app.walk("Longer steeping makes tea bitter")
        await app.press(*page)
        await app.press("colon", *keys("tannin").split())
        await app.press("enter")
        if page == ("m",):  # which goes on to it
            await app.press("escape")
        assert app.screen is app.main
        assert app.title == "Tannin study"


async def test_why_of_a_source_says_what_has_a_standing(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.walk("Tannin study")
        await app.press("w")
        assert app.screen is app.main
        assert "Only claims and questions have a standing" in app.notices[0]


async def test_a_long_note_is_read_page_by_page(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.walk("A long page")
        assert "Line 99 of it." in app.reading()
        assert "Line 150 of it." not in app.reading()
        await app.press("G")
        assert "Press + to read on" in app.reading()
        await app.press("plus")
        assert "Line 150 of it." in app.reading()


async def test_problems_lead_to_their_line(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.press("p")
        rows = app.listed("ledger")
        assert any("Nowhere" in row for row in rows)
        await app.press("enter")
        assert app.screen is app.main


async def test_after_an_edit_a_list_stands_at_the_next_problem(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        file = tmp_path / "tea" / "plain.md"
        file.write_text("See [[Nowhere]].\n\nSee [[Somewhere]].\n\nSee [[Anywhere]].\n")
        await app.press("r", "p", "g", "j")
        before = app.screen.query_one("#ledger", Listing).cursor
        file.write_text("See [[Nowhere]].\n\nSee it.\n\nSee [[Anywhere]].\n")
        app.app.load()
        await app.press()
        assert app.screen.query_one("#ledger", Listing).cursor == before


async def test_after_an_edit_links_and_map_stand_at_the_same_node(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.walk("Cooler water makes tea sweeter")
        await app.press("3", "j")
        file = tmp_path / "tea" / "claims/water.md"
        file.write_text(file.read_text().replace("- is reported", "And more.\n\n- is reported"))
        await app.press("r")
        assert app.main.query_one("#edges", Listing).cursor > 1
        await app.press("m", "right", "down")
        pane = app.screen.query_one(MapPane)
        assert pane.stop and pane.stop.edge
        before = pane.stop.id
        file.write_text(file.read_text().replace("And more", "And\n\nmore"))
        app.app.load()
        await app.press()
        assert pane.stop.id == before


async def test_reload_reads_what_changed_and_stays(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.walk("Milk hides the bitterness of tea")
        file = tmp_path / "tea" / "claims/milk.md"
        file.write_text(file.read_text() + "\nIt was written just now.\n")
        await app.press("r")
        assert "written just now" in app.reading()
        assert app.title == "Milk hides the bitterness of tea"
        assert app.trail[-1] == app.title


async def test_a_note_that_vanished_is_left(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.walk("Milk hides the bitterness of tea")
        (tmp_path / "tea" / "claims/milk.md").unlink()
        await app.press("r")
        assert app.title == "Cooler water makes tea sweeter"
        assert "Milk hides the bitterness of tea" not in app.listed("nodes")


async def test_the_cursor_of_a_list_reaches_both_ends(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.press("G")
        nodes = app.main.query_one("#nodes", Listing)
        assert nodes.cursor == len(app.listed("nodes")) - 1
        await app.press("j", "g", "k")
        assert nodes.cursor == 0


async def test_a_filter_that_leaves_nothing_forgets_no_place(tmp_path: Path) -> None:
    async with driven(tmp_path) as app:
        await app.walk("Milk hides the bitterness of tea")
        await app.press("1", "k")
        looked_at = app.title
        await app.press("f", *keys("zzz").split())
        assert not app.listed("nodes")
        await app.press(*["backspace"] * 3, *keys("survey").split())
        assert app.title == "Leaf survey"
        await app.press("escape")
        assert app.title == looked_at
        nodes = app.main.query_one("#nodes", Listing)
        assert nodes.rows[nodes.cursor].text == looked_at


async def test_the_trail_shows_titles_as_whole_as_there_is_room(tmp_path: Path) -> None:
    milk, water = "Milk hides the bitterness of tea", "Cooler water makes tea sweeter"
    async with driven(tmp_path) as app:
        await app.walk(milk)
        await app.walk(water)
        assert f"{milk} › {water}" in app.seen()
        await app.pilot.resize_terminal(70, 18)
        await app.press("1")
        assert "… Milk hides the bitterness… › Cooler water" in app.seen()
