"""How a vault is written: seen in the files of its application, set in `graphkit.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from graphkit import Workspace
from graphkit.dialect import PLAIN, Dialect
from graphkit.workspace import applications, vault

LOGSEQ = Dialect("logseq", outline=True, journals="journals")
EDN = """{:meta/version 1
 ;; :journal/page-title-format "EEEE"
 :journal/page-title-format "yyyy-MM-dd, E" ; ISO
 :journals-directory "days" :macros {"a" "; no comment"}
 :journal/file-name-format "yyyyMMdd"}"""


def made(root: Path, texts: Mapping[str, str]) -> Path:
    for path, text in texts.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        ({"a.md": ""}, PLAIN),
        ({".obsidian/app.json": "{}"}, Dialect("obsidian")),
        ({"logseq/config.edn": "{}", ".obsidian/app.json": "{}"}, LOGSEQ),
        ({"logseq/custom.css": ""}, LOGSEQ),
        ({"journals/2024_01_02.md": "", "pages/a.md": ""}, LOGSEQ),
        ({"pages/a.md": ""}, PLAIN),
        ({"journals/a.md": "", "pages/a.md": "", ".foam/x": ""}, Dialect("foam")),
        (
            {"logseq/config.edn": EDN},
            LOGSEQ._replace(
                journals="days", journal_file="yyyyMMdd", journal_title="yyyy-MM-dd, E"
            ),
        ),
        ({"dendron.yml": ""}, Dialect("dendron", text_first=True)),
        ({"root.schema.yml": ""}, Dialect("dendron", text_first=True)),
        ({".foam/templates/x.md": ""}, Dialect("foam")),
        (
            {"dendron.yml": "", "graphkit.toml": "[dialect]\ntext-first = false\n"},
            Dialect("dendron"),
        ),
        (
            {"graphkit.toml": "[dialect]\napplication = 'foam'\ntext-first = true\n"},
            Dialect("foam", text_first=True),
        ),
        (
            {
                ".obsidian/app.json": "{}",
                "graphkit.toml": "[dialect]\napplication = 'logseq'\njournals = 'daily'\n",
            },
            LOGSEQ._replace(journals="daily"),
        ),
    ],
)  # fmt: skip
def test_the_dialect_is_detected_and_can_be_set(
    tmp_path: Path, texts: dict[str, str], wanted: Dialect
) -> None:
    found = vault.settle(made(tmp_path, texts))
    assert (found.dialect, found.problems) == (wanted, ())


def test_an_unknown_application_is_a_problem(tmp_path: Path) -> None:
    made(tmp_path, {"graphkit.toml": "[dialect]\napplication = 'paper'\n"})
    (problem,) = vault.settle(tmp_path).problems
    assert "dialect.application" in problem.message


def test_settings_that_lead_out_of_the_vault_are_not_read(tmp_path: Path) -> None:
    root = made(tmp_path / "vault", {"logseq/custom.css": ""})
    made(tmp_path, {"config.edn": EDN})
    (root / "logseq" / "config.edn").symlink_to(tmp_path / "config.edn")
    found = vault.settle(root)
    assert found.dialect == LOGSEQ
    assert [problem.span.path for problem in found.problems] == ["logseq/config.edn"]


def test_a_change_of_dialect_reads_every_note_again(tmp_path: Path) -> None:
    root = made(tmp_path, {"tea.md": "", "p.md": "[[a cup|tea]]"})
    assert Workspace.open(root).graph.links.missing == 1
    made(root, {"graphkit.toml": "[dialect]\ntext-first = true\n"})
    opened = Workspace.open(root)
    assert (opened.graph.links.resolved, opened.synced.read) == (1, 2)
    made(root, {"graphkit.toml": ""})
    assert opened.refreshed().graph.links.missing == 1


def test_journal_pages_are_linked_by_their_day(tmp_path: Path) -> None:
    pages = {
        "logseq/config.edn": "{}",
        "journals/2024_01_02.md": "- tea",
        "pages/a.md": "[[Jan 2nd, 2024]] [[2024_01_02]] [[jan 2nd, 2024]]",
    }
    assert Workspace.open(made(tmp_path, pages)).graph.links == (3, 0, 0, 0)


@pytest.mark.parametrize("dialect", [PLAIN, LOGSEQ, Dialect("dendron", text_first=True)])
def test_what_is_in_force_can_be_said(dialect: Dialect) -> None:
    told = applications.told(dialect, "marker")
    assert (dialect.application or "no application") in told
    assert ("[[text|target]]" in told) == dialect.text_first
    assert (dialect.journals or "links") in told
