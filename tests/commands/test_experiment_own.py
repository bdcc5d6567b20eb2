"""Experiments of a vault's own: nothing runs without trust, and what they find counts."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

Program = Callable[..., Any]

SCRIPT: Final = """\
import json, pathlib, sys
value = float(pathlib.Path("data/tannin.txt").read_text())
pathlib.Path({witness!r}).write_text("it ran")
pathlib.Path("out").mkdir(exist_ok=True)
pathlib.Path("out/tea.json").write_text(json.dumps({{"means": [{{"difference": value}}]}}))
"""
TABLE: Final = """\
name = "tea"

[[experiments]]
name = "steeping-time"
title = "Five minutes give more tannin than two"
command = [{python}, "measure.py"]
inputs = ["data/tannin.txt"]
output = "out/tea.json"
metric = "means.0.difference"
expected = 4.2
tolerance = 0.5
unit = "mg"
claim = "Longer steeping makes tea bitter"
"""


@pytest.fixture
def witness(tmp_path: Path) -> Path:
    """A file outside the vault that exists once the command has run."""
    return tmp_path / "witness.txt"


@pytest.fixture
def tea(vault: Path, witness: Path) -> Path:
    """The vault with one registered experiment, which nobody trusts yet."""
    (vault / "graphkit.toml").write_text(TABLE.format(python=json.dumps(sys.executable)))
    (vault / "measure.py").write_text(SCRIPT.format(witness=str(witness)))
    (vault / "data").mkdir()
    (vault / "data/tannin.txt").write_text("4.4")
    return vault


def verdict(graphkit: Program, tea: Path) -> dict[str, Any]:
    told = json.loads(graphkit("experiment", "own", "list", "--json", "--vault", tea).out)
    found: dict[str, Any] = told["experiments"][0]["verdict"]
    return found


def ran(graphkit: Program, tea: Path) -> Any:
    return graphkit("experiment", "own", "run", "steeping-time", "--vault", tea)


def trusted_run(graphkit: Program, tea: Path) -> Any:
    assert graphkit("experiment", "trust", "steeping-time", "--vault", tea).code == 0
    return ran(graphkit, tea)


def test_nothing_runs_without_trust(graphkit: Program, tea: Path, witness: Path) -> None:
    for command in (["check", tea], ["regenerate", tea], ["experiment", "own", "list"]):
        graphkit(*command, *(["--vault", tea] if tea not in command else []))
    told = ran(graphkit, tea)
    assert told.code == 2
    assert "not trusted" in told.err
    assert not witness.exists()
    assert verdict(graphkit, tea)["verdict"] == "not run"


def test_a_trusted_run_counts_for_its_claim(graphkit: Program, tea: Path, witness: Path) -> None:
    told = trusted_run(graphkit, tea)
    assert told.code == 0
    assert witness.exists()
    assert "reproduced" in told.out
    stands = json.loads(
        graphkit("standing", "Longer steeping makes tea bitter", "--json", "--vault", tea).out
    )["standing"]
    assert (stands["for"], stands["test"]) == (2, "reproduced")


@pytest.mark.parametrize(
    ("path", "text"),
    [("measure.py", "print('harm')\n"), ("data/tannin.txt", "9.9")],
)
def test_any_change_of_content_ends_the_trust(
    graphkit: Program, tea: Path, witness: Path, path: str, text: str
) -> None:
    graphkit("experiment", "trust", "steeping-time", "--vault", tea)
    (tea / path).write_text(text)
    assert ran(graphkit, tea).code == 2
    assert not witness.exists()


def test_another_command_ends_the_trust(graphkit: Program, tea: Path, witness: Path) -> None:
    graphkit("experiment", "trust", "steeping-time", "--vault", tea)
    settings = tea / "graphkit.toml"
    settings.write_text(settings.read_text().replace('"measure.py"]', '"measure.py", "--fast"]'))
    assert ran(graphkit, tea).code == 2
    assert not witness.exists()


def test_trust_can_be_ended_and_is_no_part_of_the_vault(
    graphkit: Program, tea: Path, witness: Path, tmp_path: Path
) -> None:
    before = {file for file in tea.rglob("*") if ".graphkit" not in file.parts}
    graphkit("experiment", "trust", "steeping-time", "--vault", tea)
    assert {file for file in tea.rglob("*") if ".graphkit" not in file.parts} == before
    copy = tmp_path / "copy"
    tea.rename(copy)
    assert ran(graphkit, copy).code == 2
    copy.rename(tea)
    graphkit("experiment", "trust", "steeping-time", "--revoke", "--vault", tea)
    assert ran(graphkit, tea).code == 2
    assert not witness.exists()


def test_the_command_sees_its_declared_inputs_and_nothing_else_of_the_vault(
    graphkit: Program, tea: Path
) -> None:
    (tea / "measure.py").write_text(
        "import json, os\n"
        "held = sorted(os.path.join(d, f) for d, _, fs in os.walk('.') for f in fs)\n"
        "assert held == ['./data/tannin.txt', './measure.py'], held\n"
        "json.dump({'means': [{'difference': 4}]}, open('out/tea.json', 'w'))\n"
    )
    assert trusted_run(graphkit, tea).code == 0


@pytest.mark.parametrize(
    ("value", "outcome"),
    [("4.6", "reproduced"), ("1.0", "not reproduced"), ("-3.0", "contradicted")],
)
def test_the_number_is_held_against_what_was_expected(
    graphkit: Program, tea: Path, value: str, outcome: str
) -> None:
    (tea / "data/tannin.txt").write_text(value)
    trusted_run(graphkit, tea)
    assert verdict(graphkit, tea)["verdict"] == outcome


def test_a_result_note_names_the_run(graphkit: Program, tea: Path) -> None:
    note = tea / "results.md"
    note.write_text("---\nkind: result\nrun: steeping-time\n---\n# The tea run\n")
    trusted_run(graphkit, tea)
    graphkit("regenerate", tea)
    block = note.read_text()
    assert "**Reproduced**: +4.400 mg" in block
    assert "| Its author expects | 4.2 ± 0.5 mg |" in block


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        ("data/tannin.txt", "its input data/tannin.txt is missing"),
        ("experiments/own/outputs/steeping-time.json", "its output is missing"),
    ],
)
def test_a_missing_artefact_makes_the_verdict_stale_and_the_summary_with_it(
    graphkit: Program, tea: Path, gone: str, said: str
) -> None:
    trusted_run(graphkit, tea)
    graphkit("regenerate", tea)
    (tea / gone).unlink()
    found = verdict(graphkit, tea)
    assert (found["stale"], said in found["reasons"]) == (True, True)
    told = graphkit("regenerate", tea, "--check")
    assert told.code == 1
    assert "the run steeping-time is stale now" in told.out


def test_what_leans_on_a_stale_claim_says_so(graphkit: Program, tea: Path) -> None:
    (tea / "pots.md").write_text(
        "---\nkind: claim\n---\n# Pots stay bitter\n\nThey do.\n\n"
        "- depends on [[Longer steeping makes tea bitter]]\n"
    )
    trusted_run(graphkit, tea)
    graphkit("regenerate", tea)
    (tea / "data/tannin.txt").unlink()
    told = graphkit("regenerate", tea, "--check").out
    *_, leaning = told.partition("pots.md")
    assert "“Longer steeping makes tea bitter”, which is stale, puts it at risk" in leaning
    assert "edge" not in leaning
    graphkit("regenerate", tea)
    assert "it leans on [Longer steeping" in (tea / "pots.md").read_text()
    (tea / "data/tannin.txt").write_text("4.4")
    told = graphkit("regenerate", tea, "--check").out
    assert "“Longer steeping makes tea bitter” puts it at risk no more" in told


def test_bounds_moved_after_the_run_make_it_stale(graphkit: Program, tea: Path) -> None:
    (tea / "data/tannin.txt").write_text("1.0")
    trusted_run(graphkit, tea)
    settings = tea / "graphkit.toml"
    settings.write_text(settings.read_text().replace("expected = 4.2", "expected = 1.0"))
    assert verdict(graphkit, tea)["stale"] is True


def varies(tea: Path, count: Path) -> None:
    """A measurement that gives 9 the first time, and 4.4 from then on."""
    (tea / "measure.py").write_text(
        f"import json, os\nfirst = not os.path.exists({str(count)!r})\n"
        f"open({str(count)!r}, 'w').close()\nvalue = 9 if first else 4.4\n"
        "json.dump({'means': [{'difference': value}]}, open('out/tea.json', 'w'))\n"
    )


def test_a_drift_of_the_same_content_settles_nothing_however_often_it_runs(
    graphkit: Program, tea: Path, tmp_path: Path
) -> None:
    varies(tea, tmp_path / "count")
    trusted_run(graphkit, tea)
    for _ in range(3):
        assert ran(graphkit, tea).code == 0
        found = verdict(graphkit, tea)
        assert found["verdict"] == "inconclusive"
        assert found["reasons"] == ["the same content gave 9 and 4.4"]


def test_a_drift_is_not_washed_off_by_other_content_or_bounds(
    graphkit: Program, tea: Path, tmp_path: Path
) -> None:
    varies(tea, tmp_path / "count")
    trusted_run(graphkit, tea)
    (tea / "data/tannin.txt").write_text("1.0")
    trusted_run(graphkit, tea)
    (tea / "data/tannin.txt").write_text("4.4")
    settings = tea / "graphkit.toml"
    settings.write_text(settings.read_text().replace("tolerance = 0.5", "tolerance = 0.501"))
    trusted_run(graphkit, tea)
    assert verdict(graphkit, tea)["reasons"] == ["the same content gave 9 and 4.4"]


def test_a_record_that_tells_another_number_than_its_output_is_no_evidence(
    graphkit: Program, tea: Path
) -> None:
    (tea / "data/tannin.txt").write_text("1.0")
    trusted_run(graphkit, tea)
    record = tea / "experiments/own/steeping-time.json"
    record.write_text(json.dumps(json.loads(record.read_text()) | {"value": 4.2}))
    told = graphkit("check", tea)
    assert "bad-experiment" in told.out
    assert "tells 4.2, the output of that run 1" in " ".join(told.out.split())
    listed = graphkit("experiment", "own", "list", "--vault", tea)
    assert "graphkit.toml:4:1: experiment steeping-time: its record tells 4.2" in listed.err
    stands = json.loads(
        graphkit("standing", "Longer steeping makes tea bitter", "--json", "--vault", tea).out
    )["standing"]
    assert stands["for"] == 1
    assert ran(graphkit, tea).code == 0
    assert verdict(graphkit, tea)["verdict"] == "not reproduced"


@pytest.mark.parametrize(
    "command",
    [
        ["python3", "{outside}"],
        ["python3", "--config={outside}", "measure.py"],
        ["python3", "-I{outside}", "measure.py"],
        ["python3", "../measure.py"],
        ["python3", "measure.py", "data/../../secret.txt"],
        ["{outside}"],
        ["/usr/bin/env", "python3", "{outside}"],
        ["env", "/usr/bin/python3", "measure.py"],
    ],
)
def test_a_command_that_names_a_file_outside_of_the_vault_is_refused(
    graphkit: Program, tea: Path, tmp_path: Path, witness: Path, command: list[str]
) -> None:
    outside = tmp_path / "outside.py"
    outside.write_text((tea / "measure.py").read_text())
    told = commanded(graphkit, tea, [word.format(outside=outside) for word in command])
    assert "names what lies outside of the vault" in told
    assert "copy it into the vault" in told
    assert not witness.exists()


@pytest.mark.parametrize(
    "command",
    [
        ["sh", "-c", "python3 /tmp/measure.py"],
        ["bash", "-o", "pipefail", "-lc", "python3 measure.py"],
        ["/bin/sh", "-c", "python3 measure.py"],
        ["env", "A=1", "python3.11", "-Ic", "exec(open('measure.py').read())"],
        ["perl", "-e", "do 'measure.pl'"],
        ["node", "--eval=1"],
    ],
)
def test_a_program_in_a_string_is_refused(
    graphkit: Program, tea: Path, witness: Path, command: list[str]
) -> None:
    told = commanded(graphkit, tea, command)
    assert "runs a string" in told
    assert "write it into a file of the vault" in told
    assert not witness.exists()


def commanded(graphkit: Program, tea: Path, command: list[str]) -> str:
    """What is said of an experiment with this command when it shall be trusted, and by `check`."""
    settings = tea / "graphkit.toml"
    was = f'[{json.dumps(sys.executable)}, "measure.py"]'
    settings.write_text(settings.read_text().replace(was, json.dumps(command)))
    assert ran(graphkit, tea).code == 2
    assert "bad-experiment" in graphkit("check", tea).out
    told = graphkit("experiment", "trust", "steeping-time", "--vault", tea)
    assert told.code == 2
    return " ".join(told.err.split())


@pytest.mark.parametrize(
    "command",
    [
        ["python3", "measure.py", "-c", "fast", "1/2", "a..b", "https://example.org"],
        ["python3", "-m", "measure", "-c", "fast"],
        ["bash", "-e", "measure.py"],
        ["./measure.py"],
    ],
)
def test_plain_commands_are_trusted(graphkit: Program, tea: Path, command: list[str]) -> None:
    settings = tea / "graphkit.toml"
    was = f'[{json.dumps(sys.executable)}, "measure.py"]'
    settings.write_text(settings.read_text().replace(was, json.dumps(command)))
    assert graphkit("experiment", "trust", "steeping-time", "--vault", tea).code == 0
    assert "bad-experiment" not in graphkit("check", tea).out


def test_another_program_at_the_same_place_ends_the_trust(
    graphkit: Program, tea: Path, tmp_path: Path, witness: Path
) -> None:
    program = tmp_path / "bin/python3"
    program.parent.mkdir()
    program.symlink_to(sys.executable)
    settings = tea / "graphkit.toml"
    settings.write_text(settings.read_text().replace(json.dumps(sys.executable), f'"{program}"'))
    graphkit("experiment", "trust", "steeping-time", "--vault", tea)
    program.unlink()
    program.write_text("#!/bin/sh\n")
    assert ran(graphkit, tea).code == 2
    assert not witness.exists()


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("raise SystemExit(3)", "the command ended with 3"),
        ("pass", "wrote no out/tea.json"),
        ("open('out/tea.json', 'w').write('no')", "the output has nothing at"),
        ("open('out/tea.json', 'w').write('{\"means\": [{\"difference\": NaN}]}')", "no finite"),
        ("import os; os.symlink('/etc/hostname', 'out/tea.json')", "leads out"),
        ("import time; time.sleep(60)", "was stopped after 0.5 s"),
    ],
)
def test_a_run_without_a_number_says_why(
    graphkit: Program, tea: Path, script: str, said: str
) -> None:
    (tea / "measure.py").write_text(script + "\n")
    settings = tea / "graphkit.toml"
    settings.write_text(settings.read_text() + "seconds = 0.5\n" * script.startswith("import time"))
    told = trusted_run(graphkit, tea)
    assert told.code == 2
    assert said in told.err
    assert verdict(graphkit, tea)["verdict"] == "inconclusive"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"steeping-time"', '"ternary-reward"', "already called"),
        ("tolerance = 0.5", "tolerance = -1", "tolerance"),
        ('"data/tannin.txt"', '"../secret.txt"', "leads out of the vault"),
        ('"out/tea.json"', '"../tea.json"', "leads out of the vault"),
        ("Longer steeping makes", "Longer baking makes", "which no note holds"),
    ],
)
def test_what_is_wrong_in_a_registration_is_a_problem(
    graphkit: Program, tea: Path, old: str, new: str, said: str
) -> None:
    settings = tea / "graphkit.toml"
    settings.write_text(settings.read_text().replace(old, new))
    told = graphkit("check", tea)
    place = "graphkit.toml:1:1" if "no note" in said else "graphkit.toml:4:1"  # where it is named
    assert place in told.out
    assert said in " ".join(told.out.split())


def test_a_name_that_is_not_registered_is_said(graphkit: Program, tea: Path) -> None:
    told = graphkit("experiment", "trust", "baking", "--vault", tea)
    assert told.code == 2
    assert "steeping-time" in told.err
