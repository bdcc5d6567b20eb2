"""Renaming and moving: every link keeps its note, every other byte stays, all files or none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit import Workspace, parse
from graphkit.dialect import Dialect
from graphkit.errors import VaultError
from graphkit.graph.index import index
from graphkit.graph.resolve import Fate, resolve
from graphkit.models import ParsedNote
from graphkit.workspace import refactoring
from graphkit.workspace.refactoring import Files, Refactoring

Vault = Mapping[str, bytes]


def read(data: bytes, path: str) -> ParsedNote:
    return parse.note(parse.decode(data, path)[0], path)


def files(vault: Vault, beside: frozenset[str] = frozenset()) -> Files:
    parsed = tuple(read(data, path) for path, data in sorted(vault.items()))
    return Files(parsed, vault.__getitem__, read, lambda path: path in beside or path in vault)


def after(vault: Vault, plan: Refactoring) -> dict[str, bytes]:
    moved = {change.source or change.path for change in plan.changes}
    kept = {path: data for path, data in vault.items() if path not in moved}
    return kept | {change.path: change.after for change in plan.changes}


def renamed(vault: Mapping[str, str], path: str, title: str, *, alias: bool = False) -> Vault:
    held = {each: text.encode() for each, text in vault.items()}
    return after(held, refactoring.rename(files(held), path, title, alias=alias))


def moved(vault: Mapping[str, str], path: str, folder: str, beside: str = "") -> Vault:
    held = {each: text.encode() for each, text in vault.items()}
    return after(held, refactoring.move(files(held, frozenset({beside})), path, folder))


TEA = "# Green tea\n"

RENAMES = [
    ("[[Green tea]]", "[[White tea]]"),
    ("[[green TEA|a cup]]", "[[White tea|a cup]]"),
    ("[[Green tea#Taste]]", "[[White tea#Taste]]"),
    ("[[ Green tea #^one | a ]]", "[[ White tea #^one | a ]]"),
    ("![[Green tea]]", "![[White tea]]"),
    ("[[drinks/Green tea]]", "[[drinks/White tea]]"),
    ("[[Green tea.md]]", "[[White tea.md]]"),
    ("[a](drinks/Green%20tea.md#taste \"t\")", "[a](drinks/White%20tea.md#taste \"t\")"),
    ("[a](<drinks/Green tea.md>)", "[a](<drinks/White tea.md>)"),
    ("[a](./drinks/Green%20tea)", "[a](./drinks/White%20tea)"),
    ("[a](/drinks/Green%20tea.md)", "[a](/drinks/White%20tea.md)"),
    ("[![p](p.png)](drinks/Green%20tea.md)", "[![p](p.png)](drinks/White%20tea.md)"),
    ("[a][1] [1]\n\n[1]: drinks/Green%20tea.md", "[a][1] [1]\n\n[1]: drinks/White%20tea.md"),
    ("[a]([[Green tea]])", "[a]([[White tea]])"),
    ("[a](<[[Green tea]]>)", "[a](<[[White tea]]>)"),
    ("#[[Green tea]]", "#[[White tea]]"),
    ("{{embed [[Green tea]]}}", "{{embed [[White tea]]}}"),
    ("supports:: [[Green tea]], [[x]]", "supports:: [[White tea]], [[x]]"),
    ("- contradicts [[Green tea]] (why)", "- contradicts [[White tea]] (why)"),
    ("| a |\n|---|\n| [[Green tea\\|x]] |", "| a |\n|---|\n| [[White tea\\|x]] |"),
    ("---\nsee: \"[[Green tea]]\"\n---", "---\nsee: \"[[White tea]]\"\n---"),
    ("---\nsee: [[Green tea]]\n---", "---\nsee: [[White tea]]\n---"),
    ("---\nsee:\n- '[[Green tea|a]]'\n---", "---\nsee:\n- '[[White tea|a]]'\n---"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "wanted"), RENAMES, ids=[before for before, _ in RENAMES])
def test_a_link_follows_its_note_in_its_own_spelling(before: str, wanted: str) -> None:
    vault = renamed(
        {"drinks/Green tea.md": TEA, "p.md": before}, "drinks/Green tea.md", "White tea"
    )
    assert vault == {"drinks/White tea.md": b"# White tea\n", "p.md": wanted.encode()}


HEADINGS = [
    ("[[Green tea#Green tea]]", "[[White tea#White tea]]"),
    ("[[drinks/Green tea#green tea|a]]", "[[drinks/White tea#White tea|a]]"),
    ("[[cup#Green tea]] [[cup#Taste]]", "[[cup#White tea]] [[cup#Taste]]"),
    ("[[cup#Green tea#Taste]]", "[[cup#White tea#Taste]]"),
    ("![[cup#Green tea]] [[cup#^one]]", "![[cup#White tea]] [[cup#^one]]"),
    ("[a](drinks/Green%20tea.md#green-tea)", "[a](drinks/White%20tea.md#white-tea)"),
    ("[a](drinks/Green%20tea.md#Green%20tea)", "[a](drinks/White%20tea.md#White%20tea)"),
    ("[a](<drinks/Green tea.md#Green tea>)", "[a](<drinks/White tea.md#White tea>)"),
    (
        "[a][1]\n\n[1]: drinks/Green%20tea.md#green-tea",
        "[a][1]\n\n[1]: drinks/White%20tea.md#white-tea",
    ),
    ("---\nsee: '[[cup#Green tea]]'\n---", "---\nsee: '[[cup#White tea]]'\n---"),
    ("+++\nsee = '[[Green tea#Green tea]]'\n+++", "+++\nsee = '[[White tea#White tea]]'\n+++"),
    ("| a |\n|---|\n| [[cup#Green tea\\|x]] |", "| a |\n|---|\n| [[cup#White tea\\|x]] |"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "wanted"), HEADINGS, ids=[before for before, _ in HEADINGS])
def test_a_link_to_the_first_heading_follows_it(before: str, wanted: str) -> None:
    text = "---\naliases: [cup]\n---\n# Green tea\n\n## Taste\n\nSee [[#Green tea]]. ^one\n"
    vault = renamed(
        {"drinks/Green tea.md": text, "p.md": before}, "drinks/Green tea.md", "White tea"
    )
    assert vault == {
        "drinks/White tea.md": text.replace("Green", "White").encode(),
        "p.md": wanted.encode(),
    }


def test_a_link_to_another_heading_of_that_name_stays() -> None:
    text = "---\ntitle: Cup\n---\n# Cup\n\n## Green tea\n"
    vault = renamed({"cup.md": text, "p.md": "[[cup#Green tea]] [[cup#Cup]]"}, "cup.md", "Mug")
    assert vault["p.md"] == b"[[mug#Green tea]] [[mug#Mug]]"


TEXT_FIRST = [
    ("[[a cup|Green tea]]", "[[a cup|White tea]]"),
    ("[[Green tea|Green tea]]", "[[Green tea|White tea]]"),
    ("[[Green tea]] ![[x | Green tea#Taste]]", "[[White tea]] ![[x | White tea#Taste]]"),
    ("---\nsee: '[[a|Green tea]]'\n---", "---\nsee: '[[a|White tea]]'\n---"),
]


@pytest.mark.parametrize(("before", "wanted"), TEXT_FIRST)
def test_where_the_text_stands_first_the_target_behind_it_changes(before: str, wanted: str) -> None:
    dialect = Dialect(text_first=True)
    vault = {"Green tea.md": TEA.encode(), "p.md": before.encode()}

    def reads(data: bytes, path: str) -> ParsedNote:
        return parse.note(data.decode(), path, dialect=dialect)

    parsed = tuple(reads(data, path) for path, data in vault.items())
    held = Files(parsed, vault.__getitem__, reads, vault.__contains__, dialect)
    assert (
        after(vault, refactoring.rename(held, "Green tea.md", "White tea"))["p.md"]
        == wanted.encode()
    )


UNTOUCHED = [
    "`[[Green tea]]`",
    "```\n[[Green tea]]\n[1]: Green%20tea.md\n```",
    "$[[Green tea]]$",
    "%% [[Green tea]] %%",
    "<!-- [[Green tea]] -->",
    "[[Green teas]] and [[Other]]",
    "Green tea",
]


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_is_no_link_to_it_stays(text: str) -> None:
    vault = {"Green tea.md": TEA, "Other.md": "", "p.md": text}
    assert renamed(vault, "Green tea.md", "White tea")["p.md"] == text.encode()


def test_a_managed_summary_is_left_alone_and_said_to_be_stale() -> None:
    block = parse.blocks.compose("from [[Green tea]]", ())
    vault = {"Green tea.md": TEA.encode(), "p.md": f"{block}\n\n[[Green tea]]\n".encode()}
    plan = refactoring.rename(files(vault), "Green tea.md", "White tea")
    assert after(vault, plan)["p.md"] == f"{block}\n\n[[White tea]]\n".encode()
    assert plan.stale == ("p.md",)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("# Green tea\n", "# White: tea\n"),
        ("Green tea\n=========\n", "White: tea\n=========\n"),
        ("# Green tea #\n", "# White: tea #\n"),
        ("# [Green tea](https://x.org)\n", "# [White: tea](https://x.org)\n"),
        (
            "---\ntitle: Green tea\n---\n# Green tea\n",
            '---\ntitle: "White: tea"\n---\n# White: tea\n',
        ),
        ("---\ntitle: 'Green tea'\n---\n# My cup\n", "---\ntitle: 'White: tea'\n---\n# My cup\n"),
        ("---\ntitle: >\n  Green tea\nx: 1\n---\n", '---\ntitle: "White: tea"\nx: 1\n---\n'),
        ("+++\ntitle = 'Green tea'\n+++\n", '+++\ntitle = "White: tea"\n+++\n'),
        ("title:: Green tea\n\ntext\n", "title:: White: tea\n\ntext\n"),
        ("# [[CLM]] - Green tea\n", "# [[CLM]] - White: tea\n"),
    ],
)  # fmt: skip
def test_the_title_changes_where_it_is_stated(text: str, wanted: str) -> None:
    assert renamed({"cup.md": text}, "cup.md", "White: tea") == {"cup.md": wanted.encode()}


@pytest.mark.parametrize(
    "title", ["A *bold* `move`", "C# and #tags", "$1 < 2 > [x](y)", "50 % & co."]
)
def test_a_title_with_mark_up_is_read_as_it_was_given(title: str) -> None:
    vault = renamed({"cup.md": TEA}, "cup.md", title)
    (path, data), *_ = vault.items()
    assert read(data, path).note.title == title


@pytest.mark.parametrize(
    ("path", "others", "wanted"),
    [
        ("Green tea.md", (), "White tea, brewed.md"),
        ("green-tea.md", (), "white-tea-brewed.md"),
        ("green_tea.md", (), "white_tea_brewed.md"),
        ("2024-01.md", (), "2024-01.md"),
        ("2024-01.md", ("black-tea.md", "red-tea.md"), "white-tea-brewed.md"),
    ],
)
def test_the_file_is_named_as_the_vault_names_its_files(
    path: str, others: tuple[str, ...], wanted: str
) -> None:
    titled = {each: f"# {each[:-3].replace('-', ' ').capitalize()}\n" for each in others}
    assert wanted in renamed({path: TEA, **titled}, path, "White tea, brewed")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", "---\naliases: [Green tea]\n---\n"),
        ("---\nkind: claim\n---\n", "---\nkind: claim\naliases: [Green tea]\n---\n"),
        ("---\naliases: [a]\n---\n", "---\naliases: [a, Green tea]\n---\n"),
        ("---\naliases: []\nx: y\n---\n", "---\naliases: [Green tea]\nx: y\n---\n"),
        ("---\naliases:\n  - a\n---\n", "---\naliases:\n  - a\n  - Green tea\n---\n"),
        ("---\naliases:\nx: y\n---\n", "---\naliases: [Green tea]\nx: y\n---\n"),
        ("+++\nx = 1\n[y]\n+++\n", '+++\naliases = ["Green tea"]\nx = 1\n[y]\n+++\n'),
        ("+++\naliases = ['a']\n+++\n", "+++\naliases = ['a', \"Green tea\"]\n+++\n"),
        ("+++\naliases = []\n+++\n", '+++\naliases = ["Green tea"]\n+++\n'),
        ("---\nalias: a, b\n---\n", '---\nalias: ["a, b", Green tea]\n---\n'),
    ],
)
def test_the_old_title_may_stay_as_an_alias_and_keeps_its_links(text: str, wanted: str) -> None:
    vault = {"cup.md": text + TEA, "p.md": "[[Green tea]]"}
    assert renamed(vault, "cup.md", "White tea", alias=True) == {
        "cup.md": f"{wanted}# White tea\n".encode(),
        "p.md": b"[[Green tea]]",
    }


def test_a_move_keeps_links_by_name_and_rewrites_paths_into_and_out_of_the_note() -> None:
    vault = {
        "a/Tea.md": "[m](../b/Milk.md) [[Milk]] ![p](pot.png) ![[pot.png]] [w](https://x.org)\n",
        "b/Milk.md": "[[Tea]] [[a/Tea]] [t](../a/Tea.md)\n",
    }
    assert moved(vault, "a/Tea.md", "c/d", "a/pot.png") == {
        "c/d/Tea.md": b"[m](../../b/Milk.md) [[Milk]] ![p](../../a/pot.png) ![[pot.png]]"
        b" [w](https://x.org)\n",
        "b/Milk.md": b"[[Tea]] [[c/d/Tea]] [t](../c/d/Tea.md)\n",
    }


def test_a_link_by_the_id_that_a_path_gives_becomes_one_by_title() -> None:
    id_ = read(TEA.encode(), "tea.md").note.id
    vault = moved({"tea.md": TEA, "p.md": f"[[{id_}]]"}, "tea.md", "a")
    assert vault["p.md"] == b"[[Green tea]]"


def test_another_notes_link_is_made_longer_where_the_moved_note_would_take_it() -> None:
    vault = {"a/x/tea.md": "", "b/tea.md": "", "p.md": "[[x/tea]]"}
    assert moved(vault, "b/tea.md", "x")["p.md"] == b"[[a/x/tea]]"


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: "\ufeff".encode() + text.encode(),
        lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    ],
    ids=["crlf", "cr", "bom", "utf-16"],
)
def test_line_ends_and_encoding_stay(encode: Callable[[str], bytes]) -> None:
    text = "---\nsee: '[[Green tea]]'\n---\n\né 𝔘 [[{}]] and\n[[{}|a]]\n".replace("Green tea", "{}")
    vault = {"p.md": encode(text.replace("{}", "Green tea")), "Green tea.md": encode(TEA)}
    made = after(vault, refactoring.rename(files(vault), "Green tea.md", "White tea"))
    assert made["p.md"] == encode(text.replace("{}", "White tea"))
    assert made["White tea.md"] == encode("# White tea\n")


@pytest.mark.parametrize(
    ("others", "path", "title", "named"),
    [
        ({"b/Milk.md": ""}, "tea.md", "milk", "b/Milk.md"),
        ({"b.md": "---\naliases: [Milk]\n---\n"}, "tea.md", "Milk", "b.md"),
        ({"p.md": "[@tea]"}, "@tea.md", "Milk", "p.md:1:1"),
        ({}, "tea.md", "  ", "no title"),
        ({}, "tea.md", "a/b", "tea.md"),
        ({}, "tea.md", "x" * 300, "xxx"),
    ],
)
def test_a_rename_that_cannot_keep_every_link_is_refused(
    others: dict[str, str], path: str, title: str, named: str
) -> None:
    with pytest.raises(VaultError, match=re.escape(named)):
        renamed({path: "", **others}, path, title)


@pytest.mark.parametrize("folder", ["..", "/etc", ".obsidian", "a/.hidden", "b"])
def test_a_move_out_of_the_vault_or_onto_a_file_is_refused(folder: str) -> None:
    with pytest.raises(VaultError):
        moved({"a/tea.md": "", "b/Tea.md": ""}, "a/tea.md", folder)


def test_bytes_that_are_no_text_are_not_rewritten_but_may_be_moved() -> None:
    vault = {"tea.md": TEA.encode(), "p.md": b"\xff [[Green tea]]"}
    with pytest.raises(VaultError, match=r"p\.md"):
        refactoring.rename(files(vault), "tea.md", "White tea")
    assert after(vault, refactoring.move(files(vault), "p.md", "a"))["a/p.md"] == vault["p.md"]


class Piece(NamedTuple):
    """A stretch of a note: what stays, then the target of a link, which may change."""

    kept: str
    target: str = ""


FOLDERS = ("", "a/", "a/b/", "c d/")
NAMES = ("Tea", "green tea", "C++ 1.5", "Zoë’s cup", "50 % (half)", "茶", "it's")
FORMS: tuple[tuple[str, str], ...] = (
    ("[[", "]]"), ("![[", "#^b|x]]"), ("[[", "#H|alias]]"), ("#[[", "]]"), ("{{embed [[", "]]}}"),
    ("[x](<", ">)"), ("[x](<", "#h> 'title')"), ("- supports [[", "]] (c)"), ("key:: [[", "]]"),
    ("`[[", "]]`"), ("$[[", "]]$"), ("%% [[", "]] %%"), ("| a |\n|---|\n| [[", "\\|x]] |"),
)  # fmt: skip


@st.composite
def vaults(draw: st.DrawFn) -> dict[str, list[Piece]]:
    """Two to five notes with names of their own, some in front matter, linked in every form."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=5, unique=True))
    paths = [f"{draw(st.sampled_from(FOLDERS))}{name}.md" for name in names]
    targets = [*names, *(path[:-3] for path in paths), *paths, *(f"../{path}" for path in paths)]
    link = st.tuples(st.sampled_from(FORMS), st.sampled_from(targets))
    notes = {}
    for path, name in zip(paths, names, strict=True):
        pieces = [Piece('---\nsee: "[[', names[0]), Piece(']]"\n---\n')] * draw(st.booleans())
        pieces += [Piece("# ", name), Piece("\n\n")] * draw(st.booleans())
        for (opening, ending), target in draw(st.lists(link, max_size=4)):
            pieces += [Piece(f"\n\n{opening}", target), Piece(f"{ending}\n\n")]
        notes[path] = pieces
    return notes


def text_of(pieces: list[Piece]) -> str:
    return "".join(piece.kept + piece.target for piece in pieces)


def pattern_of(pieces: list[Piece]) -> str:
    """What a note may look like afterwards: other targets and titles, and nothing else."""
    return "".join(re.escape(piece.kept) + ("[^\n]*?" if piece.target else "") for piece in pieces)


def hold_together(before: Vault, now: Vault, old: str, new: str) -> None:
    """Every link that led to a note leads to it still."""
    was = {path: read(data, path) for path, data in before.items()}
    is_ = {path: read(data, path) for path, data in now.items()}
    names, later = (index(page.note for page in each.values()) for each in (was, is_))
    for path, page in was.items():
        place = new if path == old else path
        for one, other in zip(page.links, is_[place].links, strict=True):
            meant = resolve(names, one, path)
            if meant.fate is Fate.RESOLVED:
                wanted = new if meant.path == old else meant.path
                assert resolve(later, other, place) == (Fate.RESOLVED, wanted, (), "")


@settings(max_examples=150)
@given(vaults(), st.data())
def test_after_a_rename_every_link_leads_where_it_did(
    notes: dict[str, list[Piece]], data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(sorted(notes)))
    title = data.draw(st.sampled_from(["Fresh", "A fresh (new) name", "Frisch & früh, 1.0", "新"]))
    before = {each: text_of(pieces).encode() for each, pieces in notes.items()}
    plan = refactoring.rename(files(before), path, title)
    now = after(before, plan)
    hold_together(before, now, plan.old, plan.path)
    assert read(now[plan.path], plan.path).note.title == title
    for each, pieces in notes.items():
        text = now[plan.path if each == path else each].decode()
        assert re.fullmatch(pattern_of(pieces), text)


@settings(max_examples=150)
@given(vaults(), st.data())
def test_after_a_move_every_link_leads_where_it_did(
    notes: dict[str, list[Piece]], data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(sorted(notes)))
    folder = data.draw(st.sampled_from([".", "a", "a/b", "new (1)/x"]))
    before = {each: text_of(pieces).encode() for each, pieces in notes.items()}
    plan = refactoring.move(files(before), path, folder)
    now = after(before, plan)
    hold_together(before, now, plan.old, plan.path)
    for each, pieces in notes.items():
        assert re.fullmatch(pattern_of(pieces), now[plan.path if each == path else each].decode())


def tree(root: Path) -> dict[str, bytes]:
    found = (file for file in root.rglob("*") if file.is_file())
    return {str(f.relative_to(root)): f.read_bytes() for f in found if ".graphkit" not in f.parts}


@pytest.mark.parametrize("failing", range(1, 10))
def test_a_failure_in_the_middle_changes_nothing(
    vault: Path, failing: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace.open(vault)
    plan = workspace.rename("Tannin study", "Bark study")
    assert len(plan.changes) == 3
    before, calls, replace = tree(vault), [0], Path.replace

    def failing_replace(file: Path, target: Path) -> Path:
        calls[0] += 1
        if calls[0] == failing:
            raise OSError(28, "No space left on device", str(target))
        return replace(file, target)

    monkeypatch.setattr(Path, "replace", failing_replace)
    if failing <= 2 * len(plan.changes) + 1:  # each is written down, the list of them, then each
        with pytest.raises(VaultError, match="No space left"):
            workspace.refactor(plan)
        assert tree(vault) == before
    else:
        workspace.refactor(plan)
        assert tree(vault) != before


def test_a_move_that_fails_leaves_no_folder_and_no_litter(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace.open(vault)
    before = tree(vault)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(VaultError, match="No space left"):
        workspace.refactor(workspace.move("Tannin study", "new/deep"))
    assert tree(vault) == before
    assert not (vault / "new").exists()


def test_a_note_that_changed_after_the_plan_is_not_overwritten(vault: Path) -> None:
    workspace = Workspace.open(vault)
    plan = workspace.rename("Tannin study", "Bark study")
    (vault / "plain.md").write_text("[[Tannin study]] and more")
    before = tree(vault)
    with pytest.raises(VaultError, match=r"plain\.md changed"):
        workspace.refactor(plan)
    assert tree(vault) == before
