"""`check`: every code at its place, and a vault that says how much each matters."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import graphkit as package
from graphkit.codes import CODES

Program = Callable[..., Any]

CLAIM = "---\nkind: claim\n---\n"
SOURCE = "---\nkind: source\n"
DIGEST = "0" * 64
OPEN = f"<!-- graphkit:summary v1 text={DIGEST}\n-->\n"
CLOSE = "<!-- /graphkit:summary -->\n"

FAULTY: dict[str, tuple[dict[str, str], str]] = {
    "bad-settings": ({"graphkit.toml": '[check]\nignore = ["orfan"]\n'}, "graphkit.toml:2:12"),
    "bad-record": ({"experiments/records/r.json": "{"}, "experiments/records/r.json:1:1"),
    "nul-character": ({"a.md": "one\na\0b\n"}, "a.md:2:2"),
    "long-line": ({"a.md": "one\n" + "x" * 100_001}, "a.md:2:1"),
    "bad-front-matter": ({"a.md": "---\nx: [\n---\n"}, "a.md:2:5"),
    "duplicate-key": ({"a.md": "---\nx: 1\nx: 2\n---\n"}, "a.md:3:1"),
    "front-matter-type": ({"a.md": "---\ntitle: [a]\n---\n"}, "a.md:2:1"),
    "unknown-kind": ({"a.md": "---\nkind: clam\n---\n"}, "a.md:2:7"),
    "unknown-identifier": ({"a.md": "---\nidentifiers: [x y]\n---\n"}, "a.md:2:15"),
    "unclosed-front-matter": ({"a.md": "---\ntitle: a\n"}, "a.md:1:1"),
    "unclosed-fence": ({"a.md": "one\n```\n[[x]]\n"}, "a.md:2:1"),
    "unclosed-comment": ({"a.md": "one\n\n%%\n[[x]]\n"}, "a.md:3:1"),
    "nested-summary": ({"a.md": OPEN + OPEN + CLOSE}, "a.md:3:1"),
    "unopened-summary": ({"a.md": "a\n\n" + CLOSE}, "a.md:3:1"),
    "unclosed-summary": ({"a.md": OPEN}, "a.md:1:1"),
    "damaged-summary": ({"a.md": "<!-- graphkit:summary v1 -->\n" + CLOSE}, "a.md:1:1"),
    "second-summary": ({"a.md": OPEN + CLOSE + OPEN + CLOSE}, "a.md:4:1"),
    "missing-target": ({"a.md": "one\ntwo [[gone]]\n"}, "a.md:2:5"),
    "ambiguous-target": ({"a.md": "to [[b]]", "x/b.md": "", "y/b.md": ""}, "a.md:1:4"),
    "missing-heading": ({"a.md": "to [[b#No]]", "b.md": "# Yes\n"}, "a.md:1:4"),
    "missing-block": ({"a.md": "to [[b#^no]]", "b.md": "text ^yes\n"}, "a.md:1:4"),
    "self-relation": ({"a.md": CLAIM + "- contradicts [[a]]\n"}, "a.md:4:15"),
    "unknown-relation": ({"a.md": "suports:: [[b]]", "b.md": ""}, "a.md:1:11"),
    "relation-ends": (
        {"a.md": CLAIM + "- has evidence [[q]]\n", "q.md": "---\nkind: question\n---\n"},
        "a.md:4:16",
    ),
    "cycle": (
        {
            "a.md": "---\nkind: claim\nid: CLM-1\n---\n- extends [[b]]",
            "b.md": "---\nkind: claim\nid: CLM-2\n---\n- extends [[a]]",
        },
        "a.md:5:11",
    ),
    "duplicate-id": ({"a.md": "---\nid: X\n---\n", "b.md": "---\nid: X\n---\n"}, "b.md:1:1"),
    "duplicate-name": ({"x/b.md": "", "y/b.md": ""}, "x/b.md:1:1"),
    "duplicate-source": (
        {
            "a.md": SOURCE + "identifiers: ['@k']\n---\n",
            "b.md": SOURCE + "identifiers: ['@k']\n---\n",
        },
        "b.md:1:1",
    ),
    "two-identifiers": (
        {
            "s.md": SOURCE + "identifiers: ['@k', 'doi:10.1000/x']\n---\n",
            "t.md": "[@k] and\ndoi:10.1000/x\n",
        },
        "t.md:2:1",
    ),
    "orphan": ({"a.md": "alone"}, "a.md:1:1"),
    "claim-without-evidence": ({"a.md": CLAIM}, "a.md:1:1"),
    "evidence-without-source": (
        {"a.md": CLAIM + "- has evidence [[b]]", "b.md": CLAIM},
        "b.md:1:1",
    ),
    "source-without-identifier": ({"a.md": SOURCE + "---\n"}, "a.md:1:1"),
    "figure-differs": (
        {
            "a.md": CLAIM + "It cuts hallucination by 28.9 %.\n\n- is reported by [[s]]\n",
            "s.md": SOURCE + "---\nIt cuts hallucination by 12 %.\n",
        },
        "a.md:4:26",
    ),
    "unknown-test": ({"a.md": "---\nkind: claim\ntests: [no such]\n---\n"}, "a.md:1:1"),
    "unknown-run": ({"a.md": "---\nkind: result\nrun: no such\n---\n"}, "a.md:1:1"),
}


def made(root: Path, texts: dict[str, str]) -> Path:
    for path, text in texts.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
    return root


def listed(graphkit: Program, root: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(graphkit("check", root, "--json").out)["problems"]
    return found


def placed(problem: dict[str, Any]) -> str:
    return "{path}:{line}:{column}".format(**problem)


def places(graphkit: Program, root: Path, code: str) -> list[str]:
    found = (each for each in listed(graphkit, root) if each["code"] == code)
    return [placed(each) for each in found]


@pytest.mark.parametrize("code", FAULTY)
def test_a_fault_is_reported_with_its_code_where_it_stands(
    graphkit: Program, tmp_path: Path, code: str
) -> None:
    texts, place = FAULTY[code]
    found = [
        each for each in listed(graphkit, made(tmp_path / "vault", texts)) if each["code"] == code
    ]
    assert place in map(placed, found)
    assert all(each["hint"] for each in found)


def test_the_table_of_codes_is_printed(graphkit: Program) -> None:
    told = graphkit("check", "--codes")
    assert told.code == 0
    assert all(code in told.out for code in CODES)
    rows = json.loads(graphkit("check", "--codes", "--json").out)["codes"]
    assert {row["code"]: (row["severity"], row["meaning"]) for row in rows} == CODES


def made_in_code() -> Iterator[str]:
    """The code of every Problem that the package makes, where it is a literal."""
    for file in Path(package.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = ast.unparse(call.func) if isinstance(call, ast.Call) and call.args else ""
            code = call.args[0] if isinstance(call, ast.Call) and call.args else None
            if name.lower().endswith("problem") and isinstance(code, ast.Constant):
                yield str(code.value)


def test_no_problem_has_a_code_that_the_table_lacks() -> None:
    assert {*made_in_code()} <= CODES.keys()


def test_a_vault_says_how_much_a_code_matters(graphkit: Program, tmp_path: Path) -> None:
    root = made(
        tmp_path / "vault",
        {
            "graphkit.toml": '[check]\nignore = ["orphan"]\nfail-on = "warning"\n'
            '[check.severity]\nmissing-target = "info"\n'
            '[check.skip]\nunclosed-fence = ["drafts/", "*.raw.md"]\n',
            "a.md": "[[gone]]",
            "drafts/b.md": "```\n",
            "c.raw.md": "```\n",
        },
    )
    found = [(each["code"], each["severity"]) for each in listed(graphkit, root)]
    assert found == [("missing-target", "info")]
    assert graphkit("check", root).code == 0
    assert graphkit("check", root, "--fail-on", "info").code == 1
    made(root, {"kept.md": "[[a]]\n```\n"})
    assert places(graphkit, root, "unclosed-fence") == ["kept.md:2:1"]
    assert graphkit("check", root).code == 1
    assert graphkit("check", root, "--fail-on", "error").code == 0


def test_a_misspelt_code_in_the_settings_is_told_with_the_nearest(
    graphkit: Program, tmp_path: Path
) -> None:
    root = made(
        tmp_path / "vault",
        {"graphkit.toml": '[check]\nignore = ["orphan"]\n[check.severity]\ncycel = "info"\n'},
    )
    (problem,) = listed(graphkit, root)
    assert (problem["line"], problem["column"]) == (4, 1)
    assert problem["hint"] == 'did you mean "cycle"?'
