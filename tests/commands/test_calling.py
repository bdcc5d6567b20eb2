"""How the program is called: its one vault, its help, its name, what it needs of a terminal."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from graphkit.commands.program import program, wanted

Program = Callable[..., Any]
FRONT_DOOR = Path(__file__).parents[2] / "cli.py"
SHORT = 60  # characters of a first sentence that a list of commands shows whole at 80 columns


def leaves(command: Any, name: str = "graphkit") -> Iterator[tuple[str, Any]]:
    """Every command, also those of groups, by the words that call it."""
    if name != "graphkit":
        yield name, command
    for word, below in getattr(command, "commands", {}).items():
        yield from leaves(below, f"{name} {word}")


COMMANDS = dict(leaves(typer.main.get_command(program())))


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another vault, which the program is called in."""
    around = tmp_path / "around"
    around.mkdir()
    (around / "graphkit.toml").write_text('name = "around"\n')
    (around / "milk.md").write_text("---\nkind: claim\n---\n# Milk goes in first\n\nIt does.\n")
    monkeypatch.chdir(around)
    return around


def test_a_vault_before_the_command_is_the_vault_of_the_command(
    graphkit: Program, vault: Path, elsewhere: Path
) -> None:
    told = graphkit("--vault", vault, "list", "--kind", "claim")
    assert "Longer steeping" in told.out
    assert "Milk" not in told.out
    assert not (elsewhere / ".graphkit").exists()


def test_what_is_written_is_written_to_the_vault_that_was_named(
    graphkit: Program, vault: Path, elsewhere: Path
) -> None:
    before = (elsewhere / "milk.md").read_bytes()
    assert graphkit("--vault", vault, "regenerate").code == 0
    assert (elsewhere / "milk.md").read_bytes() == before
    assert graphkit("regenerate", vault, "--check").code == 0


@pytest.mark.parametrize("command", [["list", "--vault", "."], ["check", "."]])
def test_two_different_vaults_are_refused(
    graphkit: Program, vault: Path, elsewhere: Path, command: list[str]
) -> None:
    told = graphkit("--vault", vault, *command)
    assert (told.code, told.out) == (2, "")
    assert "two vaults are named" in told.err
    assert elsewhere.exists()


def test_the_same_vault_may_be_named_twice(graphkit: Program, vault: Path) -> None:
    assert graphkit("--vault", vault, "status", vault, "--vault", vault).code == 0


VAULTLESS = {
    "graphkit init": ["init", "new"],
    "graphkit import": ["import", "page.md", "--into", "new"],
    "graphkit experiment compare": ["experiment", "compare", "a", "b"],
    "graphkit bench retrieval": ["bench", "retrieval", "new"],
}


@pytest.mark.parametrize("call", VAULTLESS.values(), ids=VAULTLESS)
def test_a_command_that_reads_no_vault_takes_none(
    graphkit: Program, vault: Path, elsewhere: Path, call: list[str]
) -> None:
    told = graphkit("--vault", vault, *call)
    assert told.code == 2
    assert "reads no vault" in told.err
    assert not (elsewhere / "new").exists()


def test_every_other_command_has_a_vault() -> None:
    without = {
        name
        for name, command in COMMANDS.items()
        if not hasattr(command, "commands") and all(each.name != "vault" for each in command.params)
    }
    assert without == set(VAULTLESS)


@pytest.mark.parametrize("command", [[], ["explore"]])
def test_the_explorer_without_a_terminal_is_one_line(
    graphkit: Program, vault: Path, command: list[str]
) -> None:
    told = graphkit("--vault", vault, *command)
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert "--web" in told.err


def test_help_calls_the_program_by_its_name() -> None:
    call = [sys.executable, str(FRONT_DOOR), "path", "--help"]
    said = subprocess.run(call, capture_output=True, text=True, check=True).stdout
    assert said.startswith("Usage: graphkit path [OPTIONS] ")
    assert re.search(r"\bA\b.*\bB\b", said.splitlines()[0])


@pytest.mark.parametrize("name", COMMANDS)
def test_the_first_sentence_of_a_help_text_is_short(name: str) -> None:
    first = re.split(r"\.(?:\s|$)|\n\n", COMMANDS[name].help.strip())[0]
    assert first
    assert len(" ".join(first.split())) <= SHORT


@pytest.mark.parametrize("called", sorted(COMMANDS))
def test_the_word_that_calls_a_command_is_enough_to_find_it(called: str) -> None:
    """Only its own file is loaded then; what it takes must be the same."""
    found = dict(leaves(typer.main.get_command(program(called.split()[1]))))
    assert _taken(found[called]) == _taken(COMMANDS[called])


def _taken(command: Any) -> list[tuple[str, str]]:
    return [(each.name, each.help or "") for each in command.params if hasattr(each, "help")]


def test_without_a_command_the_explorer_is_wanted() -> None:
    assert wanted([], {}) == "explore"
    assert wanted(["list", "--json"], {}) == "list"


def test_a_shell_that_completes_words_is_told_of_every_command() -> None:
    assert wanted([], {"_GRAPHKIT_COMPLETE": "complete_bash"}) == ""
