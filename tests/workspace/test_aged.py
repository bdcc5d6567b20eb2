"""Summaries that tell a standing which is another one now."""

from __future__ import annotations

from pathlib import Path

from graphkit import Workspace
from graphkit.models import Problem
from graphkit.workspace import registered

DOUBT = (
    "---\nkind: source\nidentifiers: [arXiv:2402.00002]\n---\n# Doubt\n\n"
    "- contradicts [[Longer steeping makes tea bitter]]\n"
)


def stale(vault: Path) -> list[Problem]:
    found = Workspace.open(vault).check()
    return [problem for problem in found if problem.code == "stale-summary"]


def test_a_summary_is_told_once_its_standing_has_turned(vault: Path) -> None:
    space = Workspace.open(vault)
    space.write(space.regenerate())
    assert stale(vault) == []
    (vault / "sources" / "doubt.md").write_text(DOUBT)
    told = {problem.span.path: problem for problem in stale(vault)}
    assert "claims/steeping.md" in told
    found = told["claims/steeping.md"]
    assert found.message.startswith(
        "Longer steeping makes tea bitter is contested (1 for, 1 against), no longer supported (1)"
    )
    assert found.span.line > 1
    again = Workspace.open(vault)
    again.write(again.regenerate())
    assert stale(vault) == []


def test_a_summary_is_told_once_what_it_names_is_called_otherwise_or_moved(vault: Path) -> None:
    space = Workspace.open(vault)
    space.write(space.regenerate())
    study = vault / "sources/tannin.md"
    study.rename(vault / "tannin.md")
    assert told_first(vault) == "the note of “Tannin study” was moved"
    (vault / "claims/water.md").rename(vault / "water.md")
    again = Workspace.open(vault)
    again.write(again.regenerate())
    assert stale(vault) == []
    (vault / "water.md").rename(vault / "claims/water.md")
    assert told_first(vault) == "“Cooler water makes tea sweeter” is gone, or its note was moved"
    text = (vault / "tannin.md").read_text()
    (vault / "tannin.md").write_text(text.replace("title: Tannin study", "title: On tannin"))
    assert told_first(vault) == "“Tannin study” is now called “On tannin”"


def told_first(vault: Path) -> str:
    """The first thing that has aged in the summary of the claim."""
    (found,) = (problem for problem in stale(vault) if problem.span.path == "claims/steeping.md")
    return found.message.partition(" (and ")[0]


OWN = """name = "t"

[[experiments]]
name = "steep"
command = ["sh", "run.sh"]
inputs = ["cups.csv"]
output = "out.json"
metric = "m"
expected = 1
tolerance = 0
claim = "Longer steeping makes tea bitter"
"""


def told(vault: Path, code: str) -> list[str]:
    """The problems of a code, each with its place."""
    found = (problem for problem in Workspace.open(vault).check() if problem.code == code)
    return [f"{each.span.path}:{each.span.line} {each.message}" for each in found]


def test_a_run_of_what_is_no_longer_there_is_told_where_it_is_registered(
    vault: Path, tmp_path: Path
) -> None:
    (vault / "graphkit.toml").write_text(OWN)
    (vault / "run.sh").write_text("echo '{\"m\": 1}' > out.json\n")
    assert told(vault, "missing-input") == ["graphkit.toml:4 steep lacks its input cups.csv"]
    (vault / "cups.csv").write_text("1\n")
    space = Workspace.open(vault)
    state, (chosen,) = tmp_path / "state", space.vault.registered
    registered.give_trust(state, vault, chosen)
    registered.run(state, vault, space.experiments, chosen)
    assert told(vault, "stale-run") == told(vault, "missing-input") == []
    space = Workspace.open(vault)
    space.write(space.regenerate())
    (vault / "cups.csv").write_text("2\n")
    (where,) = told(vault, "stale-run")
    assert where.startswith("graphkit.toml:4 the run of steep is stale: its command, inputs or")
    (message,) = (p.message for p in stale(vault) if p.span.path == "claims/steeping.md")
    assert "the run steep is stale now" in message
    next(space.experiments.rglob("outputs/steep.json")).unlink()
    assert any("its output is missing" in each for each in told(vault, "stale-run"))


def test_an_experiment_that_leads_out_of_the_vault_is_no_stale_run(vault: Path) -> None:
    (vault / "graphkit.toml").write_text(OWN.replace("cups.csv", "../cups.csv"))
    assert told(vault, "missing-input") == []
    assert len(told(vault, "bad-experiment")) == 1
