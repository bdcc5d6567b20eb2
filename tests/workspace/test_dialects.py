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
        (
            {"graphkit.toml": "[dialect]\nroutes = {'/docs' = 'content', '/' = 'site'}\n"},
            Dialect(routes=(("/docs", "content"), ("/", "site"))),
        ),
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


SITE = {
    "content/tea/index.md": "[Green](/docs/tea/green#steeping) [wrong](/docs/tea/red)",
    "content/tea/green.md": "# Green\n\n## Steeping\n\n[Up](/docs/tea) [up](/docs/tea/) [a](/old/)",
    "content/a.md": "---\npermalink: /old/\n---\n",
}


def test_addresses_of_a_site_lead_to_the_notes_that_it_is_made_of(tmp_path: Path) -> None:
    made(tmp_path, SITE)
    assert Workspace.open(tmp_path).graph.links == (1, 0, 4, 0)  # a permalink needs no setting
    made(tmp_path, {"graphkit.toml": "[dialect]\nroutes = { '/docs' = 'content' }\n"})
    workspace = Workspace.open(tmp_path)
    (missing,) = workspace.graph.problems
    assert missing.message == 'no note is called "docs/tea/red"'
    assert workspace.graph.links == (4, 0, 1, 0)
    plan = workspace.rename("Green", "Verde")
    assert b"[Green](/docs/tea/verde#steeping)" in b"".join(each.after for each in plan.changes)
    workspace.refactor(plan)
    assert Workspace.open(tmp_path).graph.links == (4, 0, 1, 0)


def test_an_address_that_ends_like_a_path_is_told_how_to_be_one(tmp_path: Path) -> None:
    made(tmp_path, {"x/y/z/a.md": "", "b.md": "[a](/w/x/y/z/a) [a](/z/a)"})
    hints = [problem.hint for problem in Workspace.open(tmp_path).check() if problem.hint]
    assert any('routes = { "/w" = "" }' in hint for hint in hints)
