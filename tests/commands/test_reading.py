"""The commands that read a vault, as their user meets them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Program = Callable[..., Any]
STEEPING = "Longer steeping makes tea bitter"


def document(told: Any) -> Any:
    return json.loads(told.out)


def test_list_shows_what_the_filters_leave(graphkit: Program, vault: Path) -> None:
    told = graphkit("list", "--vault", vault, "--kind", "claim", "--standing", "supported")
    assert told.code == 0
    assert STEEPING in told.out
    assert "Cooler water" not in told.out


def test_a_list_of_nothing_is_exit_code_one(graphkit: Program, vault: Path) -> None:
    told = graphkit("list", "--vault", vault, "--kind", "result")
    assert (told.code, told.out) == (1, "")
    assert told.err == "no node passes this filter\n"


def test_a_node_that_no_note_stands_behind_says_who_links_to_it(
    graphkit: Program, vault: Path
) -> None:
    told = graphkit("show", "Nowhere", "--vault", vault)
    assert told.code == 0
    assert "linked from  plain.md:3" in told.out
    assert 'write one under the heading "# Nowhere"' in told.err


def test_the_relation_table_is_a_document(graphkit: Program, vault: Path) -> None:
    rows = document(graphkit("relations", "--vault", vault, "--json"))["relations"]
    (row,) = (row for row in rows if row["name"] == "contradicts")
    assert (row["sign"], row["objects"]) == (-1, ["claim"])


def test_a_vault_without_records_says_so(graphkit: Program, vault: Path) -> None:
    told = graphkit("experiment", "list", "--vault", vault, "--json")
    assert (told.code, document(told)["records"]) == (1, [])
    assert "no run is recorded" in told.err


def test_one_claim_test_is_a_document(graphkit: Program, vault: Path) -> None:
    told = document(graphkit("experiment", "show", "ternary-reward", "--vault", vault, "--json"))
    assert {each["test"] for each in told["verdicts"]} == {"ternary-reward"}


@pytest.mark.parametrize("name", [STEEPING, "longer st", "claims/steeping.md", "steeping"])
def test_a_node_is_found_by_any_of_its_names(graphkit: Program, vault: Path, name: str) -> None:
    told = graphkit("show", name, "--vault", vault, "--json")
    assert document(told)["path"] == "claims/steeping.md"


def test_show_text_prints_the_note_as_it_is(graphkit: Program, vault: Path) -> None:
    told = graphkit("show", "plain", "--vault", vault, "--text")
    assert told.out == (vault / "plain.md").read_text()


def test_an_unknown_name_is_one_line_with_a_next_step(graphkit: Program, vault: Path) -> None:
    told = graphkit("show", "Tanin study", "--vault", vault)
    assert told.code == 2
    assert told.out == ""
    assert "Tanin study" in told.err
    assert "Tannin study" in told.err


def test_links_are_grouped_by_relation_in_both_directions(graphkit: Program, vault: Path) -> None:
    groups = document(graphkit("links", STEEPING, "--vault", vault, "--json"))["groups"]
    assert [(group["label"], len(group["edges"])) for group in groups] == [
        ("is reported by", 1),
        ("contradicts", 1),
        ("addresses", 1),
    ]


def test_links_name_the_line_that_each_edge_stands_on(graphkit: Program, vault: Path) -> None:
    told = graphkit("links", STEEPING, "--vault", vault)
    assert "claims/steeping.md:11" in told.out
    assert "four teas, twelve tasters" in told.out


def test_path_walks_edges_either_way(graphkit: Program, vault: Path) -> None:
    told = graphkit("path", "Tannin study", "Why is my tea", "--vault", vault)
    assert told.code == 0
    assert told.out.index("Tannin study") < told.out.index(STEEPING) < told.out.index("Why is my")


def test_no_path_is_exit_code_one_and_says_so(graphkit: Program, vault: Path) -> None:
    (vault / "alone.md").write_text("# Alone\n\nNothing links here.\n")
    told = graphkit("path", "Alone", "Tannin study", "--vault", vault)
    assert told.code == 1
    assert "no chain of links" in told.err


def test_standing_counts_independent_lines(graphkit: Program, vault: Path) -> None:
    found = document(graphkit("standing", STEEPING, "--vault", vault, "--json"))["standing"]
    assert (found["word"], found["for"], found["against"]) == ("supported", 1, 0)


def test_why_goes_down_to_file_and_line(graphkit: Program, vault: Path) -> None:
    told = graphkit("why", STEEPING, "--vault", vault)
    assert "Tannin study" in told.out
    assert "claims/steeping.md:11" in told.out


def test_impact_is_a_tree_with_places(graphkit: Program, vault: Path) -> None:
    told = graphkit("impact", "Tannin study", "--vault", vault)
    assert told.code == 0
    assert "supported (1) → unsupported" in told.out
    assert "claims/steeping.md:11" in told.out
    assert "answered → open" in told.out


def test_impact_of_what_nothing_leans_on_is_exit_code_one(graphkit: Program, vault: Path) -> None:
    told = graphkit("impact", "plain", "--vault", vault)
    assert told.code == 1
    assert "every standing would be as it is" in told.out


@pytest.mark.parametrize("edge", ["claims/steeping.md:11", "Tannin study -> Longer steeping"])
def test_what_if_turns_an_edge_and_writes_nothing(
    graphkit: Program, vault: Path, edge: str
) -> None:
    before = {path: path.read_bytes() for path in vault.rglob("*.md")}
    found = document(graphkit("what-if", "--flip", edge, "--vault", vault, "--json"))
    assert found["schema"] == "graphkit.fall.v1"
    assert {each["title"]: each["differences"] for each in found["changed"]} == {
        STEEPING: ["supported (1) → refuted (1)"],
        "Cooler water makes tea sweeter": ["refuted (1) → unsupported"],
        "Why is my tea bitter?": ["answered → open"],
    }
    assert {path: path.read_bytes() for path in vault.rglob("*.md")} == before


def test_what_if_takes_several_suppositions(graphkit: Program, vault: Path) -> None:
    both = ["--remove", "Tannin study", "--remove", "claims/water.md:9"]
    told = graphkit("what-if", *both, "--vault", vault)
    assert told.out.count("without") == 2


@pytest.mark.parametrize(
    "asked", [[], ["--flip", "claims/steeping.md:12"], ["--flip", "plain.md:1"]]
)
def test_a_supposition_that_means_nothing_is_one_line(
    graphkit: Program, vault: Path, asked: list[str]
) -> None:
    told = graphkit("what-if", *asked, "--vault", vault)
    assert (told.code, told.out) == (2, "")
    assert told.err.count("\n") == 2


def test_standing_without_a_name_is_every_standing(graphkit: Program, vault: Path) -> None:
    found = document(graphkit("standing", "--vault", vault, "--json"))["nodes"]
    assert {(each["kind"], each["standing"]["word"]) for each in found} == {
        ("claim", "supported"),
        ("claim", "refuted"),
        ("question", "answered"),
    }


def test_the_rules_of_standing_are_printed_with_reasons(graphkit: Program) -> None:
    found = document(graphkit("standing", "--rules", "--json"))
    assert all(rule["because"] for part in ("edges", "claims", "flags") for rule in found[part])


@pytest.mark.parametrize(
    "command", [["log", STEEPING], ["diff", "HEAD"], ["standing", "--at", "x"]]
)
def test_time_needs_a_history(graphkit: Program, vault: Path, command: list[str]) -> None:
    told = graphkit(*command, "--vault", vault)
    assert (told.code, told.out) == (2, "")
    assert "no git repository" in told.err


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_a_difference_is_exit_code_one_as_of_diff(graphkit: Program, vault: Path) -> None:
    who = ["git", "-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
    for call in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "Notes"]):
        subprocess.run([*who, *call], cwd=vault, check=True)
    told = graphkit("diff", "HEAD", "--vault", vault)
    assert told.code == 0
    assert "no standing and no typed edge differs" in told.err
    (vault / "claims" / "water.md").unlink()
    assert graphkit("diff", "HEAD", "--vault", vault).code == 1


def test_only_claims_and_questions_stand(graphkit: Program, vault: Path) -> None:
    told = graphkit("standing", "Tannin study", "--vault", vault)
    assert told.code == 2
    assert "is a source" in told.err


def test_check_reports_places_and_its_exit_code_follows_severity(
    graphkit: Program, vault: Path
) -> None:
    told = graphkit("check", vault, "--json")
    broken = [p for p in document(told)["problems"] if p["code"] == "missing-target"]
    assert [(p["path"], p["line"], p["column"]) for p in broken] == [("plain.md", 3, 26)]
    assert graphkit("check", vault, "--fail-on", "info").code == 1


def test_status_counts_every_file_and_link(graphkit: Program, vault: Path) -> None:
    (vault / "folder.md").mkdir()
    (vault / "latin.md").write_bytes(b"caf\xe9")
    found = document(graphkit("status", vault, "--json"))
    assert found["schema"] == "graphkit.status.v1"
    assert (found["files"], found["notes"]) == (6, 6)
    assert found["links"] == {"resolved": 4, "ambiguous": 0, "missing": 1, "external": 0}
    assert {"not-a-note", "not-utf8", "missing-target"} <= found["problems"].keys()


def test_status_says_where_the_index_of_a_read_only_vault_lies(
    graphkit: Program, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "read-only" not in graphkit("status", vault).err
    monkeypatch.setattr("os.access", lambda _file, mode, **_: mode != os.W_OK)
    told = graphkit("status", vault)
    assert (told.code, "the vault is read-only: its index lies in" in told.err) == (0, True)


def test_export_gives_every_node_and_edge(graphkit: Program, vault: Path) -> None:
    found = document(graphkit("export", vault))
    assert found["schema"] == "graphkit.graph.v1"
    assert {"id", "kind", "title", "path", "aliases", "identifiers", "summary"} <= (
        found["nodes"][0].keys()
    )
    titles = {node["id"]: node["title"] for node in found["nodes"]}
    edges = {(titles[e["source"]], e["relation"], titles[e["target"]]) for e in found["edges"]}
    assert ("Tannin study", "reports", STEEPING) in edges
    assert (STEEPING, "addresses", "Why is my tea bitter?") in edges


@pytest.mark.parametrize(
    ("format_", "sign"), [("graphml", "<graphml"), ("mermaid", "flowchart"), ("dot", "digraph")]
)
def test_export_speaks_other_formats(
    graphkit: Program, vault: Path, format_: str, sign: str
) -> None:
    assert sign in graphkit("export", vault, "--format", format_).out


def test_two_different_vaults_are_a_usage_error(graphkit: Program, vault: Path) -> None:
    assert graphkit("status", vault, "--vault", vault.parent).code == 2
    assert graphkit("status", vault, "--vault", vault).code == 0


def test_a_missing_vault_is_one_line(graphkit: Program, tmp_path: Path) -> None:
    told = graphkit("list", "--vault", tmp_path / "nowhere")
    assert told.code == 2
    assert "no such folder" in told.err


def test_an_empty_vault_opens_with_nothing_in_it(graphkit: Program, tmp_path: Path) -> None:
    told = graphkit("status", tmp_path, "--json")
    assert (told.code, document(told)["files"]) == (0, 0)


def test_reading_changes_no_file_of_the_vault(graphkit: Program, vault: Path) -> None:
    def tree() -> dict[str, bytes]:
        files = (file for file in vault.rglob("*") if file.is_file())
        return {str(f): f.read_bytes() for f in files if ".graphkit" not in f.parts}

    before = tree()
    for command in ("list", "check", "status", "export"):
        graphkit(command, "--vault", vault)
    assert tree() == before


def test_note_text_reaches_the_terminal_as_text(graphkit: Program, vault: Path) -> None:
    (vault / "odd.md").write_text("# [red]x[/red] [[/x.md]]\n\nBell \x1b[31m and \x07.\n")
    told = graphkit("list", "--vault", vault)
    assert "[red]x[/red] [[/x.md]]" in told.out
    assert "\x1b" not in graphkit("show", "odd", "--vault", vault).out


def test_a_batch_prints_a_line_for_each_query_and_goes_on_after_a_bad_one(
    graphkit: Program, vault: Path, tmp_path: Path
) -> None:
    queries = tmp_path / "queries.jsonl"
    lines = ['{"_id": "1", "text": "bitter"}', "no query", '{"_id": "2", "text": "a\u2028b water"}']
    queries.write_text("\n".join(lines), encoding="utf-8")
    told = graphkit("search", "--mode", "keyword", "--batch", queries, "--vault", vault)
    found = [json.loads(line) for line in told.out.splitlines()]
    assert [(each["_id"], each["schema"]) for each in found] == [
        ("1", "graphkit.hits.v1"),
        ("2", "graphkit.hits.v1"),
    ]
    assert told.code == 2
    assert f"{queries}:2" in told.err


def test_a_record_that_cannot_be_read_is_named_beside_the_verdicts(
    graphkit: Program, vault: Path
) -> None:
    records = vault / "experiments" / "records"
    records.mkdir(parents=True)
    (records / "quick-k-base-seed1.json").write_text('{"schema": "graphkit.run.v99"}')
    told = graphkit("experiment", "verdicts", "--vault", vault)
    assert told.code == 0
    assert "graphkit.run.v99" in told.err
