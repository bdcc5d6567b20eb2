"""The plain values of the explorer: trail, actions, state, editor, facets, the map's drawing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.graph import relations
from graphkit.models import Edge, Graph, Node, Span, Standing
from graphkit.tui import deeds, editor, keymap, state
from graphkit.tui.actions import ACTIONS, Place, written
from graphkit.tui.app import Explorer
from graphkit.tui.bowtie import MOST, bowtie
from graphkit.tui.dialogs.ask import Ask
from graphkit.tui.dialogs.help import Help
from graphkit.tui.dialogs.pick import Pick
from graphkit.tui.dialogs.steps import Steps
from graphkit.tui.dialogs.words import AskWords
from graphkit.tui.panes.listing import Listing
from graphkit.tui.panes.map import MapPane
from graphkit.tui.panes.reader import Reader
from graphkit.tui.screens.diff import DiffScreen
from graphkit.tui.screens.explore import Explore
from graphkit.tui.screens.ledger import LedgerScreen
from graphkit.tui.screens.map import MapScreen
from graphkit.tui.screens.trials import TrialsScreen
from graphkit.tui.state import State, Stay
from graphkit.tui.theme import LIGHT
from graphkit.tui.trail import Trail
from graphkit.vocabulary import Kind, Stand

OWNERS = {
    Place.ANYWHERE: (Explorer,),
    Place.EXPLORE: (Explore,),
    Place.FILTER: (Explore,),
    Place.LISTING: (Listing,),
    Place.READER: (Reader,),
    Place.MAP: (MapPane,),
    Place.PAGE: (LedgerScreen, MapScreen),
    Place.DIALOG: (Help,),
    Place.TRAIL: (Steps,),
    Place.ASK: (Ask,),
    Place.PICK: (Pick,),
    Place.WORDS: (AskWords,),
    Place.DIFF: (DiffScreen,),
    Place.TRIALS: (TrialsScreen,),
}


@pytest.mark.parametrize("place", list(Place))
def test_every_row_of_the_table_has_its_method_and_no_key_is_taken_twice(place: Place) -> None:
    rows = [action for action in ACTIONS if action.place is place]
    keys = [key for action in rows for key in action.keys.split(",")]
    assert len(keys) == len(set(keys))
    assert len({action.id for action in rows}) == len(rows)
    for action in rows:
        method = f"action_{action.name.removeprefix('screen.').partition('(')[0]}"
        assert all(callable(getattr(owner, method)) for owner in OWNERS[place]), method
        assert action.meaning.endswith(".")


def test_no_key_does_two_things_at_once() -> None:
    assert not list(keymap.clashes(ACTIONS))


def test_every_deed_has_its_row_and_every_row_its_deed() -> None:
    named = {action.name[4:-2] for action in ACTIONS if action.name.startswith("do(")}
    assert named == {*deeds.OF_VAULT, *deeds.OF_NODE}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("", {}),
        ('[keys]\nexplore.search = "z,ctrl+f"', {"explore.search": "z,ctrl+f"}),
        ('[keys]\n"explore.search" = "?,f3"\nanywhere.help = "f1"',
         {"explore.search": "?,f3", "anywhere.help": "f1"}),
    ],
)  # fmt: skip
def test_keys_of_ones_own(tmp_path: Path, text: str, keys: dict[str, str]) -> None:
    (tmp_path / keymap.FILE).write_text(text)
    assert keymap.checked(keymap.of_folder(tmp_path), "here") == keys
    assert keymap.of_folder(tmp_path / "nowhere") == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[keys]\nexplore.serch = "z"', "there is no such action (did you mean explore.search?)"),
        ('[keys]\nexplore.search = "strg+x"', "no key is called 'strg+x'"),
        ('[keys]\nexplore.search = ""', "no key is called ''"),
        ('[keys]\nexplore.search = "m"', "the key m is bound to explore.search and to explore.map"),
        ('[keys]\nlist.down = "m"', "the key m is bound to"),
        ("[keys]\nexplore.search = 3", "keys.explore.search: 3 names no keys"),
        ("keys = 3", "3 names no keys"),
        ("keys = [", "mend the file"),
    ],
)  # fmt: skip
def test_keys_that_cannot_be_bound_are_told(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / keymap.FILE).write_text(text.replace("list.down", "listing.down"))
    with pytest.raises(keymap.KeysError) as raised:
        keymap.checked(keymap.of_folder(tmp_path), "here")
    assert said in str(raised.value)


def test_keys_are_written_as_a_reader_knows_them() -> None:
    assert written("slash,a") == "/  a"
    assert written("j,down") == "j  ↓"


steps = st.lists(st.sampled_from(["visit a", "visit b", "visit c", "back", "forward"]))


@given(steps)
def test_a_trail_always_stands_on_one_of_its_steps(walk: list[str]) -> None:
    trail = Trail()
    for step in walk:
        word, _, id_ = step.partition(" ")
        trail = trail.visit(id_) if id_ else getattr(trail, word)()
        assert not trail.ids or trail.here == trail.ids[trail.at]
        assert all(a != b for a, b in zip(trail.ids, trail.ids[1:], strict=False))


def test_a_new_step_forgets_what_lay_ahead() -> None:
    trail = Trail().visit("a").visit("b").visit("c").back().back().visit("d")
    assert trail.ids == ("a", "d")


def test_a_trail_keeps_its_place_when_nodes_vanish() -> None:
    trail = Trail(("a", "b", "c", "d"), 2).without(frozenset("acd"))
    assert (trail.ids, trail.here) == (("a", "c", "d"), "c")
    assert Trail(("a",), 0).without(frozenset()).here == ""


@pytest.mark.parametrize(
    ("environment", "arguments"),
    [
        ({}, ["vi", "+7", "/v/a b.md"]),
        ({"EDITOR": "nano"}, ["nano", "+7", "/v/a b.md"]),
        ({"EDITOR": "nano", "VISUAL": "emacs -nw"}, ["emacs", "-nw", "+7", "/v/a b.md"]),
        ({"EDITOR": "/usr/bin/code"}, ["/usr/bin/code", "--wait", "--goto", "/v/a b.md:7"]),
        ({"EDITOR": "hx"}, ["hx", "/v/a b.md:7"]),
        ({"EDITOR": " "}, ["vi", "+7", "/v/a b.md"]),
    ],
)
def test_an_editor_is_told_the_line_in_its_own_way(
    environment: dict[str, str], arguments: list[str]
) -> None:
    assert editor.command(Path("/v/a b.md"), 7, environment) == arguments


def test_what_is_remembered_comes_back(tmp_path: Path) -> None:
    kept = State(theme=LIGHT.name, hinted=True)
    stay = Stay(Trail().visit("a").visit("b").back(), ("b",), 7).keeping()
    assert state.save(tmp_path / "graphkit", kept)
    assert state.keep(tmp_path / "graphkit", Path("/v"), stay)
    assert state.load(tmp_path / "graphkit") == kept
    assert state.recall(tmp_path / "graphkit", Path("/v")) == stay
    assert state.recall(tmp_path / "graphkit", Path("/w")) == Stay()


@pytest.mark.parametrize(
    "damaged",
    ["", "[]", "{", "\xff", "[" * 9999, '{"theme": [], "hinted": 1}',
     '{"trail": 3, "at": "x", "marks": {"a": 1}, "line": true, "kept": [3, [4]]}'],
)  # fmt: skip
def test_a_damaged_memory_is_a_first_start(tmp_path: Path, damaged: str) -> None:
    state.keep(tmp_path, Path("/v"), Stay())
    (tmp_path / state.FILE).write_bytes(damaged.encode("latin-1"))
    for file in (tmp_path / state.VAULTS).iterdir():
        file.write_bytes(damaged.encode("latin-1"))
    assert state.load(tmp_path) == State()
    assert state.recall(tmp_path, Path("/v")) == Stay()


def test_marks_and_trails_are_turned_on_and_off() -> None:
    stay = Stay(Trail(("a", "b"), 0)).marked("a").keeping()
    assert (stay.marks, stay.kept) == (("a",), (("a", "b"),))
    assert stay.known({"b": 1}).kept == (("b",),)
    assert stay.known({}).kept == ()
    assert stay.marked("a").keeping() == Stay(stay.trail)


def test_what_is_remembered_stands_in_the_trail(tmp_path: Path) -> None:
    state.keep(tmp_path, Path("/v"), Stay())
    file = next((tmp_path / state.VAULTS).iterdir())
    file.write_text('{"trail": ["a", 3, "b"], "at": 99, "marks": ["b", null], "line": -4}')
    stay = state.recall(tmp_path, Path("/v"))
    assert (stay.trail.here, stay.marks, stay.line) == ("b", ("b",), 1)
    assert stay.known({"a": 1}).trail.here == "a"
    assert stay.known({"a": 1}).marks == ()


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert not state.save(tmp_path / "file" / "graphkit", State())


def hub(ways: int) -> Graph:
    """A claim with so many neighbours, every other one pointing to it, one in three inferred."""
    ids = [f"n{number}" for number in range(ways)]
    nodes = {
        id_: Node(id_, Kind.CLAIM, f"Neighbour {id_} 茶 says quite a lot", "n.md") for id_ in ids
    }
    edges = tuple(
        Edge(*(("hub", id_) if number % 2 else (id_, "hub")), relation, Span("n.md", number + 1),
             phrase="so it seems" if number % 3 == 0 else "")
        for number, (id_, relation) in enumerate(
            zip(ids, ["contradicts", "extends", "is evidence for"] * ways, strict=False)
        )
    )  # fmt: skip
    return Graph({"hub": Node("hub", Kind.CLAIM, "The hub of it all", "h.md"), **nodes}, edges)


@given(st.integers(0, 60), st.integers(60, 240))
def test_the_map_is_a_rectangle_with_every_neighbour_in_its_place(ways: int, width: int) -> None:
    graph = hub(ways)
    standings = {"hub": Standing("hub", Stand.SUPPORTED, ("n1",))}
    drawing = bowtie(graph, graph.nodes["hub"], relations(graph, "hub"), standings, width)
    assert {line.cell_length for line in drawing.lines} == {drawing.width}
    assert drawing.left_out == max(0, ways - MOST)
    assert len(drawing.stops) == 1 + min(ways, MOST)
    for stop in drawing.stops[1:]:
        x, y, across, _ = stop.region
        # A cell of two columns is one character, so a slice by cells may begin a little late.
        assert "Neighbour" in drawing.lines[y].plain[max(0, x - 4) : x + across]


def test_an_inferred_edge_hangs_on_a_broken_line() -> None:
    graph = hub(2)
    drawing = bowtie(graph, graph.nodes["hub"], relations(graph, "hub"), {}, 120)
    broken = [line.plain for line in drawing.lines if "╌" in line.plain]
    assert len(broken) == 1
    assert "n0" in broken[0]
