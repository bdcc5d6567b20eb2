"""The vault's own git history: when a standing turned, by which commit and edge."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from graphkit import Workspace
from graphkit.change import Step
from graphkit.errors import NodeNotFound, VaultError
from graphkit.workspace import history, registered

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")

TEA = "---\nkind: claim\n---\n# Tea is bitter\n\nSteeping makes it so.\n\n- reported by [[study]]\n"
WATER = "---\nkind: claim\n---\n# Water matters\n\n- has evidence [[Tea is bitter]]\n"
STUDY = "---\nkind: source\n---\n# study\n\nFour teas.\n"
DOUBT = "---\nkind: source\n---\n# doubt\n\n- contradicts [[Tea is bitter]] (at seventy degrees)\n"


class Repository:
    """A vault in a folder of a repository, with a commit at a time."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.vault = root / "notes"
        self.vault.mkdir(parents=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> None:
        who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
        done = subprocess.run(
            ("git", "-C", str(self.root), *who, *arguments), capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr

    def write(self, **texts: str) -> None:
        for name, text in texts.items():
            (self.vault / f"{name}.md").write_text(text)

    def commit(self, subject: str, **texts: str) -> None:
        self.write(**texts)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", subject)


@pytest.fixture
def tea(tmp_path: Path) -> Repository:
    """Four commits: a supported claim, a source against it, prose alone, and that source gone."""
    made = Repository(tmp_path / "tea")
    made.commit("Begin", tea=TEA, water=WATER, study=STUDY)
    made.commit("Read a [bold]doubt[/]", doubt=DOUBT)
    made.commit("Say it better", tea=TEA.replace("Steeping", "Long steeping"))
    made.commit("Drop the doubt", doubt=DOUBT.replace("contradicts", "cites"))
    return made


def told(steps: tuple[Step, ...]) -> list[tuple[str, str]]:
    return [
        (step.revision.subject, "; ".join(turn.differences))
        for step in steps
        for turn in step.difference.turns
    ]


FOUR = [
    ("Drop the doubt", "contested (1 for, 1 against) → supported (1)"),
    ("Read a [bold]doubt[/]", "supported (1) → contested (1 for, 1 against)"),
    ("Begin", "new: supported (1)"),
]


def test_log_names_the_commit_and_the_edge_of_every_turn(tea: Repository) -> None:
    steps = Workspace.open(tea.vault).log("Tea is bitter")
    assert told(steps) == FOUR
    (turn,) = steps[1].difference.turns
    (edge,) = turn.added
    assert (edge.relation, str(edge.span)) == ("contradicts", "doubt.md:6:15")
    assert steps[0].difference.turns[0].gone[0].relation == "contradicts"
    assert steps[1].revision.author == "Ann"


def test_log_follows_what_a_claim_leans_on(tea: Repository) -> None:
    steps = Workspace.open(tea.vault).log("Water matters")
    assert told(steps)[1] == ("Read a [bold]doubt[/]", "at risk: no → yes")
    assert [edge.relation for edge in steps[1].difference.turns[0].added] == ["contradicts"]


def test_an_edge_that_a_retraction_took_says_so(tea: Repository) -> None:
    tea.commit("Doubt again", doubt=DOUBT)
    tea.commit("Retract", doubt=DOUBT.replace("source\n", "source\nretracted: 2024-05-01\n"))
    (change,) = Workspace.open(tea.vault).log("Tea is bitter")[:1]
    assert told((change,)) == [("Retract", "contested (1 for, 1 against) → supported (1)")]
    assert "doubt (retracted 2024-05-01)" in dict(change.difference.titles).values()


def test_what_is_not_committed_comes_first(tea: Repository) -> None:
    tea.write(doubt=DOUBT)
    assert told(Workspace.open(tea.vault).log("Tea is bitter"))[0] == (
        "not committed yet",
        "supported (1) → contested (1 for, 1 against)",
    )


def test_a_renamed_note_is_followed(tea: Repository) -> None:
    (tea.vault / "tea.md").rename(tea.vault / "bitter.md")
    tea.commit("Rename")
    assert told(Workspace.open(tea.vault).log("Tea is bitter")) == FOUR


def test_a_log_up_to_a_commit_goes_by_the_names_of_then(tea: Repository) -> None:
    (tea.vault / "tea.md").rename(tea.vault / "bitter.md")
    tea.commit("Rename", bitter=TEA.replace("Tea is bitter", "Tea can be bitter"))
    space = Workspace.open(tea.vault)
    assert told(space.log("Tea is bitter", "HEAD~1")) == FOUR
    with pytest.raises(NodeNotFound):
        space.log("Tea can be bitter", "HEAD~1")


def test_a_shallow_clone_says_so_and_forgets_it_when_it_is_whole(
    tea: Repository, tmp_path: Path, graphkit: Callable[..., Any]
) -> None:
    clone = Repository(tmp_path / "clone")
    clone.git("fetch", "-q", "--depth", "3", f"file://{tea.root}", "main")
    clone.git("checkout", "-q", "FETCH_HEAD")
    cut = graphkit("log", "Tea is bitter", "--vault", clone.vault)
    assert ("new: contested" in cut.out, "this clone is shallow" in cut.err) == (True, True)
    clone.git("fetch", "-q", "--unshallow", f"file://{tea.root}", "main")
    whole = graphkit("log", "Tea is bitter", "--vault", clone.vault)
    assert ("new: contested" in whole.out, "this clone is shallow" in whole.err) == (False, False)
    assert told(Workspace.open(clone.vault).log("Tea is bitter")) == FOUR


def test_a_merge_is_what_it_brought(tea: Repository) -> None:
    tea.git("checkout", "-q", "-b", "side")
    tea.commit("On the side", doubt=DOUBT)
    tea.git("checkout", "-q", "main")
    tea.commit("Meanwhile", other="# Other\n")
    tea.git("merge", "-q", "--no-ff", "-m", "Merge the side", "side")
    steps = Workspace.open(tea.vault).log("Tea is bitter")
    assert told(steps)[0] == ("Merge the side", "supported (1) → contested (1 for, 1 against)")


def test_standing_at_a_commit_is_what_it_was(tea: Repository) -> None:
    space = Workspace.open(tea.vault)
    words = {rev: space.at(rev) for rev in ("HEAD", "HEAD~1", "HEAD~2", "HEAD~3")}
    tea_id = space.node("Tea is bitter").id
    assert [str(words[rev].standings[tea_id]) for rev in words] == [
        "supported (1)",
        "contested (1 for, 1 against)",
        "contested (1 for, 1 against)",
        "supported (1)",
    ]


def test_diff_is_of_standings_and_edges(tea: Repository) -> None:
    space = Workspace.open(tea.vault)
    found = space.diff("HEAD~3", "HEAD~2")
    assert [turn.title for turn in found.turns] == ["Tea is bitter", "Water matters"] or [
        turn.title for turn in found.turns
    ] == ["Water matters", "Tea is bitter"]
    assert [edge.relation for edge in found.added] == ["contradicts"]
    assert space.diff("HEAD~2", "HEAD~1") == space.diff("HEAD").__class__()
    assert not space.diff("HEAD").turns


def renamed(tea: Repository) -> None:
    """The claim under another path and title, and contested beside that."""
    tea.git("mv", "notes/tea.md", "notes/bitter.md")
    other = (tea.vault / "bitter.md").read_text().replace("# Tea is", "# Tea turns")
    links = {
        "water": WATER.replace("Tea is", "Tea turns"),
        "doubt": DOUBT.replace("Tea is", "Tea turns"),
    }
    tea.write(bitter=other, **links)
    tea.git("add", "-A")


@pytest.mark.parametrize("committed", [True, False])
def test_diff_follows_a_note_that_was_renamed(tea: Repository, committed: bool) -> None:
    renamed(tea)
    if committed:
        tea.commit("Rename and doubt")
    found = Workspace.open(tea.vault).diff("HEAD~1" if committed else "HEAD", "HEAD" * committed)
    assert [edge.relation for edge in found.added] == ["contradicts"]
    assert found.gone == ()
    turned = "supported (1) → contested (1 for, 1 against)"
    assert {turn.title: turn.differences for turn in found.turns}["Tea turns bitter"] == (turned,)


def test_a_second_walk_reads_no_note_again(
    tea: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Workspace.open(tea.vault).log("Tea is bitter")
    read: list[str] = []

    def reading(_root: Path, blobs: Iterable[str]) -> Iterator[bytes]:
        read.extend(blobs)
        return iter(())

    monkeypatch.setattr("graphkit.workspace.history.repository.read", reading)
    assert Workspace.open(tea.vault).log("Tea is bitter") == first
    assert read == []


def test_a_damaged_cache_costs_time_and_nothing_else(tea: Repository) -> None:
    first = Workspace.open(tea.vault).log("Tea is bitter")
    file = Workspace.open(tea.vault).cache / history.FILE  # type: ignore[operator]  # it has one
    file.write_bytes(b"no database")
    assert Workspace.open(tea.vault).log("Tea is bitter") == first
    with sqlite3.connect(file) as base:
        base.execute("DROP TABLE kept")
    assert Workspace.open(tea.vault).log("Tea is bitter") == first


def test_nothing_of_the_repository_is_run(tea: Repository, tmp_path: Path) -> None:
    """Hooks, external diffs, text conversion, signature checks and monitors of a foreign vault."""
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n")
    trap.chmod(0o755)
    for key in ("diff.external", "core.fsmonitor", "gpg.program", "diff.x.textconv", "core.pager"):
        tea.git("config", key, str(trap))
    tea.git("config", "log.showSignature", "true")
    (tea.vault / ".gitattributes").write_text("*.md diff=x\n")
    space = Workspace.open(tea.vault)
    space.log("Tea is bitter")
    space.diff("HEAD~2")
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize("name", ["nowhere", "--help", "-n1", "HEAD:notes", "HEAD; ls", ""])
def test_an_unknown_revision_is_an_error_of_one_line(tea: Repository, name: str) -> None:
    with pytest.raises(VaultError, match="git knows no revision"):
        Workspace.open(tea.vault).at(name)


def test_a_repository_without_commits_says_so(tmp_path: Path) -> None:
    new = Repository(tmp_path / "new")
    new.write(tea=TEA)
    with pytest.raises(VaultError, match="nothing is committed yet"):
        Workspace.open(new.vault).log("Tea is bitter")


def test_a_folder_without_git_says_so(vault: Path) -> None:
    with pytest.raises(VaultError, match="no git repository"):
        Workspace.open(vault).at("HEAD")


def test_without_git_it_says_so(tea: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    space = Workspace.open(tea.vault)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(VaultError, match="git is not installed"):
        space.at("HEAD")


SETTINGS = """\
[[experiments]]
name = "steeping"
command = [{python}, "measure.py"]
inputs = ["./tannin.txt"]
output = "tea.json"
metric = "tannin"
expected = 4.2
tolerance = 0.5
claim = "Tea is bitter"
"""
SCRIPT = """\
import json, pathlib
value = float(pathlib.Path("tannin.txt").read_text())
pathlib.Path("tea.json").write_text(json.dumps({"tannin": value}))
"""


@pytest.fixture
def measured(tea: Repository, tmp_path: Path) -> Repository:
    """The same with an experiment of the vault's own, registered and run in one more commit."""
    settings = SETTINGS.format(python=json.dumps(sys.executable))
    (tea.vault / "graphkit.toml").write_text(settings)
    (tea.vault / "measure.py").write_text(SCRIPT)
    (tea.vault / "tannin.txt").write_text("4.4")
    space = Workspace.open(tea.vault)
    (steeping,) = space.vault.registered
    registered.give_trust(tmp_path / "state", tea.vault, steeping)
    registered.run(tmp_path / "state", tea.vault, space.experiments, steeping)
    tea.commit("Measure the tea")
    return tea


def test_a_commit_is_judged_with_the_experiments_that_it_registers(measured: Repository) -> None:
    space = Workspace.open(measured.vault)
    claim = space.node("Tea is bitter").id
    assert str(space.standings[claim]) == "supported (2)"
    assert space.at("HEAD").standings == space.standings
    assert not space.diff("HEAD").turns
    assert str(space.at("HEAD~1").standings[claim]) == "supported (1)"
    assert told(space.log("Tea is bitter"))[0] == (
        "Measure the tea",
        "supported (1) → supported (2); test not run → reproduced",
    )


@pytest.mark.parametrize(
    ("file", "text"),
    [("tannin.txt", "9.9"), ("measure.py", "pass\n"), ("graphkit.toml", "")],
    ids=["an input", "a file that the command names", "the settings"],
)
def test_a_commit_that_changes_what_was_run_turns_the_standing(
    measured: Repository, file: str, text: str
) -> None:
    (measured.vault / file).write_text(text)
    measured.commit(f"Change {file}")
    space = Workspace.open(measured.vault)
    assert space.at("HEAD").standings == space.standings
    assert told(space.log("Tea is bitter"))[0][0] == f"Change {file}"


def test_a_commit_is_read_with_the_relations_of_its_settings(tea: Repository) -> None:
    row = '[[relation]]\nname = "sweetens"\nsign = -1\nsubjects = ["source"]\nobjects = ["claim"]\n'
    tea.write(doubt=DOUBT.replace("contradicts", "sweetens"))
    tea.commit("Say a word that nobody knows")
    (tea.vault / "graphkit.toml").write_text(row)
    tea.commit("Give the word a meaning")
    tea.write(other="# Another page\n")
    tea.commit("Write something else")
    space = Workspace.open(tea.vault)
    assert space.at("HEAD").standings == space.standings
    steps = space.log("Tea is bitter")
    assert told(steps)[0] == (
        "Give the word a meaning",
        "supported (1) → contested (1 for, 1 against)",
    )
    assert told(steps)[1:] == FOUR
