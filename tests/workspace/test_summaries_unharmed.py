"""Whatever a vault holds and a person does to it, regenerating touches its blocks and no more."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphkit import Workspace
from graphkit.parse import blocks

KINDS: Final = ("claim", "source", "question", "result", "note")
LINES: Final = (
    "It measures the rate of wrong answers on four sets of questions.",
    "", "## Limits", "- is reported by [[B]] (28.9 % less)", "- contradicts [[C]]",
    "addresses:: [[D]]", "```", "~~~", "> quoted", "| a | b |", "%%", "<!-- aside -->", "---",
    "Cited as arXiv:2401.00001, see [[A]].", "tags: x", "\ttab", "ünïcode ✓", "\u2028",
    "<!-- graphkit:summary", "<!-- /graphkit:summary -->",
)  # fmt: skip
names = st.sampled_from(["A", "B", "C", "D"])
newlines = st.sampled_from(["\n", "\r\n", "\r"])
pages = st.tuples(
    st.sampled_from(KINDS), st.lists(st.sampled_from(LINES), max_size=9), newlines, st.booleans()
)
vaults = st.dictionaries(names, pages, min_size=1)
edits = st.lists(
    st.tuples(names, st.integers(0, 400), st.sampled_from(["x", "\n", "[[B]]", "- mine\n", ""])),
    max_size=4,
)


def written(root: Path, notes: dict[str, tuple[str, list[str], str, bool]]) -> None:
    for name, (kind, lines, newline, titled) in notes.items():
        head = ["---", f"kind: {kind}", "---", *([f"# {name}", ""] if titled else [])]
        data = newline.join((*head, *lines, "")).encode("utf-8", "surrogatepass")
        (root / f"{name}.md").write_bytes(data)


def outside(data: bytes) -> tuple[str, str] | None:
    """What stands before and after the managed block of a note; None without one."""
    text = data.decode("utf-8", "surrogatepass")
    block = blocks.find(text).block
    return (text[: block.start], text[block.end :]) if block else None


def same_outside(before: bytes, after: bytes) -> bool:
    """Whether a note differs in its block alone, and in the empty lines around a new one."""
    new, old = outside(after), outside(before)
    if new is None or old is not None:
        return new == old
    text = before.decode("utf-8", "surrogatepass")
    head, tail = new[0].rstrip("\r\n"), new[1].lstrip("\r\n")
    gap = text[len(head) : len(text) - len(tail)]
    return head + gap + tail == text and not gap.strip("\r\n")


@given(vaults, edits)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_no_byte_outside_a_block_changes_and_twice_is_once(
    notes: dict[str, tuple[str, list[str], str, bool]], changes: list[tuple[str, int, str]]
) -> None:
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        written(root, notes)
        regenerated(root)
        for name, at, text in changes:
            edited(root / f"{name}.md", at, text)
        regenerated(root)


def edited(file: Path, at: int, text: str) -> None:
    """A person's edit at any place of a note, the managed block included."""
    if file.exists():
        data = file.read_bytes()
        spot = at % (len(data) + 1)
        while spot < len(data) and data[spot] & 0xC0 == 0x80:  # not inside a character
            spot += 1
        file.write_bytes(data[:spot] + text.encode() + data[spot:])


def regenerated(root: Path) -> None:
    before = {file: file.read_bytes() for file in root.glob("*.md")}
    workspace = Workspace.open(root)
    planned = workspace.regenerate()
    workspace.write(planned)
    for file, data in before.items():
        after = file.read_bytes()
        assert after == data or same_outside(data, after)
    for change in planned:
        if change.problem:
            assert (root / change.path).read_bytes() == before[root / change.path]
    again = Workspace.open(root).regenerate()
    assert [change.path for change in again if change.problem is None] == []


def test_a_read_only_note_is_left_and_the_others_are_written(vault: Path) -> None:
    note = vault / "claims/steeping.md"
    note.chmod(0o444)
    before = note.read_bytes()
    workspace = Workspace.open(vault)
    planned = workspace.regenerate()
    workspace.write(planned)
    assert note.read_bytes() == before
    assert [c.path for c in planned if c.problem and c.problem.code == "read-only"] == [
        "claims/steeping.md"
    ]
    assert b"graphkit:summary" in (vault / "claims/water.md").read_bytes()


FULL: Final = """
import resource, sys, graphkit
vault = graphkit.Workspace.open(sys.argv[1])
changes = vault.regenerate()
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
try:
    vault.write(changes)
except graphkit.errors.GraphkitError as error:
    print(error.message)
"""


def test_a_full_disk_leaves_every_note_as_it_was(vault: Path) -> None:
    before = {file: file.read_bytes() for file in vault.rglob("*.md")}
    told = subprocess.run(
        [sys.executable, "-c", FULL, str(vault)], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    assert "cannot be written" in told.stdout
    assert {file: file.read_bytes() for file in vault.rglob("*.md")} == before
    assert not [file for file in vault.rglob(".*.md.*") if ".graphkit" not in file.parts]


def test_the_summaries_do_not_depend_on_the_machine_s_cache(vault: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(vault, tmp_path / "copy"))
    for root in (vault, copy):
        workspace = Workspace.open(root)
        workspace.write(workspace.regenerate())
        shutil.rmtree(root / ".graphkit")
    assert all(
        file.read_bytes() == (copy / file.relative_to(vault)).read_bytes()
        for file in vault.rglob("*.md")
    )
    assert Workspace.open(copy).regenerate() == ()
