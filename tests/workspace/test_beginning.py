"""A note is begun where its kind is kept, reads as what it is, and never replaces a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphkit.errors import GraphkitError
from graphkit.vocabulary import Kind
from graphkit.workspace import Workspace

NOTES = {
    "claims/one-thing.md": "---\nkind: claim\n---\n# One thing\n\nIt is so.\n",
    "claims/other-thing.md": "---\nkind: claim\n---\n# Other thing\n\n## Relations\n\n"
    "* relates to [[One thing]]\n",
    "sources/a-study.md": "---\nkind: source\naliases: [the study]\n---\n# A study\n",
}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    for path, text in NOTES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


@pytest.mark.parametrize("kind", [Kind.CLAIM, Kind.SOURCE, Kind.QUESTION, Kind.NOTE])
@pytest.mark.parametrize("title", ["A third thing", 'It says: "50 % [sic]" #1', "茶は苦い"])
def test_what_is_begun_is_read_as_that(vault: Path, kind: Kind, title: str) -> None:
    workspace = Workspace.open(vault)
    beginning = workspace.new_note(title, kind)
    assert not (vault / beginning.place.path).exists()
    workspace.begin(beginning)
    note = next(n for n in Workspace.open(vault).notes if n.path == beginning.place.path)
    assert (note.title, note.kind) == (title, kind)
    assert not note.summary


def test_it_goes_where_its_kind_is_kept_under_a_name_like_theirs(vault: Path) -> None:
    workspace = Workspace.open(vault)
    assert workspace.new_note("A third thing", Kind.CLAIM).place.path == "claims/a-third-thing.md"
    assert workspace.new_note("Why?", Kind.QUESTION).place.path == "why.md"
    assert workspace.new_note("Why?", Kind.QUESTION, "open/new").place.path == "open/new/why.md"


def test_a_note_leads_to_it_and_keeps_every_other_byte(vault: Path) -> None:
    workspace = Workspace.open(vault)
    lead = ("Other thing", "contradicts")
    beginning = workspace.new_note("A third [x]", Kind.CLAIM, lead=lead)
    workspace.begin(beginning)
    written = (vault / "claims/other-thing.md").read_text()
    name = Path(beginning.place.path).stem
    assert written == NOTES["claims/other-thing.md"] + f"* contradicts [[{name}]]\n"
    edges = {(edge.relation, edge.target) for edge in Workspace.open(vault).graph.edges}
    new = next(n.id for n in Workspace.open(vault).notes if n.title == "A third [x]")
    assert ("contradicts", new) in edges


@pytest.mark.parametrize(
    ("title", "kind", "folder", "said"),
    [
        ("One thing", Kind.CLAIM, None, "claims/one-thing.md"),
        ("the study", Kind.CLAIM, None, "sources/a-study.md"),
        ("  ", Kind.CLAIM, None, "no title"),
        ("New", Kind.CLAIM, "../x", "../x"),
        ("New", Kind.CLAIM, ".git", ".git"),
        ("Data", Kind.CLAIM, "claims", "claims/data.md exists already"),
        ("New", Kind.RESULT, None, "not written by hand"),
    ],
)
def test_nothing_is_begun_that_would_harm_or_mislead(
    vault: Path, title: str, kind: Kind, folder: str | None, said: str
) -> None:
    (vault / "claims/data.md").mkdir()
    with pytest.raises(GraphkitError, match=said.replace(".", r"\.")):
        Workspace.open(vault).new_note(title, kind, folder)


def test_a_file_that_came_meanwhile_stays(vault: Path) -> None:
    workspace = Workspace.open(vault)
    beginning = workspace.new_note("Why?", Kind.QUESTION, lead=("One thing", "addresses"))
    (vault / "why.md").write_text("# Someone else was quicker\n")
    with pytest.raises(GraphkitError, match="exists already"):
        workspace.begin(beginning)
    assert (vault / "why.md").read_text() == "# Someone else was quicker\n"
    assert (vault / "claims/one-thing.md").read_text() == NOTES["claims/one-thing.md"]
