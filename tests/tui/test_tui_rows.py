"""Rows and prose: every line fits its width, nothing is lost, nothing acts."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from graphkit.tui import prose, rows
from graphkit.tui.messages import Chosen
from graphkit.tui.panes.listing import Listing
from graphkit.tui.rows import Row

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@given(words, words, words, st.integers(1, 8), st.integers(1, 120))
def test_a_row_fits_its_width_and_is_as_high_as_it_said(
    text: str, note: str, place: str, lines: int, width: int
) -> None:
    row = Row(text, 1, ("■", "$claim"), "bold", (("[+1/-0]", ""),), (((note, "$quiet"),),), lines)
    row = row._replace(place=place, lead="├─ ", under="│")
    drawn = rows.draw(row, width)
    assert len(drawn) == rows.height(row, width)
    assert all(line.cell_length <= width for line in drawn)
    assert not CONTROL.search("".join(line.plain for line in drawn))


@given(
    st.lists(st.text("abc", max_size=12), max_size=20).map(" ".join),
    st.integers(1, 5), st.integers(10, 60),
)  # fmt: skip
def test_plain_words_take_as_many_lines_as_they_are_drawn_on(
    text: str, lines: int, width: int
) -> None:
    row = Row(text, tail=(("[+1/-0]", ""),), lines=lines)
    assert len(rows.draw(row, width)) == rows.height(row, width)


def test_words_wrap_beside_the_tail_and_then_below_it() -> None:
    row = Row("one two three four five", tail=(("[+1/-0]", ""),), lines=2)
    assert [line.plain for line in rows.draw(row, 20)] == [
        "one two      [+1/-0]",
        "three four five",
    ]


def test_the_spaces_of_a_line_are_kept() -> None:
    row = Row("+    - an item", lines=8)
    assert [line.plain.rstrip() for line in rows.draw(row, 40)] == ["+    - an item"]
    assert [line.plain.rstrip() for line in rows.draw(row, 10)] == ["+    - an", "item"]


def test_what_does_not_fit_ends_in_an_ellipsis_but_a_place_keeps_its_line() -> None:
    row = Row("one two three four five six", lines=1, place="folder/a-very-long-name.md:17")
    text, place = (line.plain for line in rows.draw(row, 16))
    assert text == "one two three f…"
    assert place == "…long-name.md:17"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400), st.integers(12, 100))
def test_any_text_becomes_lines_that_fit_and_do_not_act(text: str, width: int) -> None:
    page = prose.page(text)
    lines = [line for block in page.blocks for line in block.lines(width)]
    assert all(line.cell_length <= max(width, 40) for line in lines)
    assert not CONTROL.search("".join(line.plain for line in lines))


def plain(markdown: str, width: int = 60) -> str:
    page = prose.page(markdown)
    return "\n".join(line.plain.rstrip() for block in page.blocks for line in block.lines(width))


def test_markdown_is_laid_out_for_reading() -> None:
    assert plain(
        "---\nkind: claim\n---\n# Title\n\nSome **bold** `code` and <b>html</b>.\n\n"
        "1. one\n2. two\n   - inner\n\n> quoted\n\n```py\nx = 1\n```\n\n<!-- hidden -->\n\n---\n"
    ).splitlines() == [
        "Title", "", "Some bold code and <b>html</b>.", "", "1. one", "2. two", "   • inner", "",
        "▏ quoted", "", "▏ x = 1", "", "────────────────────────",
    ]  # fmt: skip


def test_links_are_kept_in_reading_order_with_what_the_author_wrote() -> None:
    page = prose.page("[[A|alias]], [b](c.md#d), ![[fig.png]], [[#Here]] and `[[code]]`.")
    assert page.links == ("A", "c.md#d", "fig.png", "#Here")


TABLE = "| name | said |\n|---|---|\n| one two three four | five six seven eight |\n| b | |\n"


def test_a_table_stands_in_columns_that_narrow() -> None:
    assert plain(TABLE, 34).splitlines() == [
        "name              said",
        "─" * 34,
        "one two three     five six seven",
        "four              eight",
        "b",
    ]


def test_a_table_too_wide_for_columns_is_read_row_by_row() -> None:
    assert plain(TABLE, 26).splitlines() == [
        "name  one two three four",
        "said  five six seven eight",
        "",
        "name  b",
    ]


def test_the_title_is_not_shown_twice() -> None:
    assert prose.page("# [red]T[/red]\n\ntext\n", title="[red]T[/red]").blocks[0].line == 3


def test_a_long_note_is_cut_by_lines_and_by_characters() -> None:
    page = prose.page("line\n" * 1000)
    assert page.left == 800
    assert prose.page("x" * 1_000_000).left == 1
    assert prose.page("line\n" * 1000, pages=5).left == 0


def test_a_hundred_levels_of_lists_stay_readable() -> None:
    text = "".join(f"{'  ' * depth}- level {depth}\n" for depth in range(60))
    assert "level 59" in plain(text, 80)


class OneList(App[None]):
    """A list of three rows; there is nothing behind the second."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen: list[str] = []

    def compose(self) -> ComposeResult:
        yield Listing(opens=lambda value: value != "closed")

    def on_mount(self) -> None:
        self.query_one(Listing).show([Row(value, value) for value in ("a", "closed", "c")])

    def on_chosen(self, message: Chosen) -> None:
        self.chosen.append(message.value)


async def test_a_click_opens_only_a_row_that_something_is_behind() -> None:
    app = OneList()
    async with app.run_test() as pilot:
        for line in range(3):
            await pilot.click(Listing, offset=(3, line))
        await pilot.pause()
        assert app.chosen == ["a", "c"]
        assert app.query_one(Listing).cursor == 2
