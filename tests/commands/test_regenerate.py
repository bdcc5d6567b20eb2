"""`graphkit regenerate` as people, hooks and other programs call it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest
import yaml

Program = Callable[..., Any]
CLAIM = "claims/steeping.md"
SOURCE = "sources/tannin.md"
OPEN, CLOSE = "<!-- graphkit:summary", "<!-- /graphkit:summary -->"


def texts(vault: Path) -> dict[str, str]:
    return {str(file.relative_to(vault)): file.read_text() for file in vault.rglob("*.md")}


def outside(text: str) -> str:
    """A note without its managed block and the empty line that parts it from the rest."""
    before, mark, rest = text.partition(OPEN)
    return before + rest.partition(CLOSE)[2].removeprefix("\n\n") if mark else text


@pytest.fixture
def written(graphkit: Program, vault: Path) -> Path:
    """The vault with all its summaries."""
    assert graphkit("regenerate", vault).code == 0
    return vault


def rewritten(vault: Path, path: str, old: str, new: str) -> None:
    text = (vault / path).read_text()
    assert old in text
    (vault / path).write_text(text.replace(old, new))


def retract(vault: Path) -> None:
    """Take the claim's only source away."""
    rewritten(vault, CLAIM, "- is reported by [[Tannin study]]", "- relates to [[Tannin study]]")


def test_writing_touches_nothing_but_the_blocks(graphkit: Program, vault: Path) -> None:
    before = texts(vault)
    graphkit("regenerate", vault)
    after = texts(vault)
    assert after != before
    assert {path: outside(text) for path, text in after.items()} == before


def test_check_names_the_edge_and_the_standing_that_changed(
    graphkit: Program, written: Path
) -> None:
    retract(written)
    told = graphkit("regenerate", written, "--check")
    assert told.code == 1
    said = " ".join(told.out.split())
    assert "“Longer steeping makes tea bitter” went from supported (1) to unsupported" in said
    assert "“Tannin study” no longer counts for “Longer steeping makes tea bitter”" in said
    assert "the edge “is reported by” “Tannin study” is gone" in said


def test_check_and_diff_together_show_and_fail(graphkit: Program, written: Path) -> None:
    retract(written)
    before = texts(written)
    told = graphkit("regenerate", written, "--check", "--diff")
    assert told.code == 1
    assert "-**Supported**" in told.out
    assert texts(written) == before


def test_write_and_diff_together_show_and_write(graphkit: Program, written: Path) -> None:
    retract(written)
    told = graphkit("regenerate", written, "--write", "--diff")
    assert (told.code, "+**Unsupported**" in told.out) == (0, True)
    assert graphkit("regenerate", written, "--check").code == 0


def test_check_never_writes(graphkit: Program, vault: Path) -> None:
    assert graphkit("regenerate", vault, "--check", "--write").code == 2
    assert graphkit("regenerate", vault, "--interactive", "--json").code == 2


@pytest.mark.parametrize("name", ["Tannin study", "sources/tannin.md"])
def test_notes_are_named_by_title_or_path(graphkit: Program, vault: Path, name: str) -> None:
    before = texts(vault)
    assert graphkit("regenerate", vault, name).code == 0
    after = texts(vault)
    assert [path for path in after if after[path] != before[path]] == ["sources/tannin.md"]


def test_a_file_on_the_disk_names_its_note(graphkit: Program, vault: Path) -> None:
    before = texts(vault)
    assert graphkit("regenerate", "--vault", vault, vault / "sources/tannin.md").code == 0
    after = texts(vault)
    assert [path for path in after if after[path] != before[path]] == ["sources/tannin.md"]


def test_json_names_causes_and_the_line_of_every_sentence(graphkit: Program, written: Path) -> None:
    retract(written)
    told = json.loads(graphkit("regenerate", written, "--check", "--json").out)
    assert (told["schema"], told["written"]) == ("graphkit.regeneration.v1", False)
    assert CLAIM in {change["path"] for change in told["changes"]}
    for summary in told["summaries"]:
        for quote in summary["sentences"]:
            line = (written / quote["path"]).read_text().split("\n")[quote["line"] - 1]
            assert quote["text"].split()[0] in line


def answering(monkeypatch: pytest.MonkeyPatch, lines: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))


@pytest.mark.parametrize(
    ("lines", "written"), [("y\nn\nq\n", 1), ("n\nwhat?\na\n", 3), ("", 0), ("q\n", 0)]
)
def test_each_change_is_agreed_to_or_left(
    graphkit: Program, vault: Path, monkeypatch: pytest.MonkeyPatch, lines: str, written: int
) -> None:
    before = texts(vault)
    answering(monkeypatch, lines)
    told = graphkit("regenerate", vault, "--interactive")
    assert told.code == 0
    after = texts(vault)
    assert len([path for path in after if after[path] != before[path]]) == written
    assert f"{written} summar" in told.err
    assert "+**" in told.out or not lines.startswith("y")


def test_ctrl_c_keeps_what_was_agreed_to(
    graphkit: Program, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = iter(["y\n"])

    class Pressed:
        def readline(self) -> str:
            try:
                return next(lines)
            except StopIteration:
                raise KeyboardInterrupt from None

    monkeypatch.setattr(sys, "stdin", Pressed())
    before = texts(vault)
    told = graphkit("regenerate", vault, "-i")
    assert told.code == 130
    after = texts(vault)
    assert len([path for path in after if after[path] != before[path]]) == 1


def test_a_person_s_words_are_merged(graphkit: Program, written: Path) -> None:
    rewritten(written, CLAIM, CLOSE, f"\nMy own remark.\n{CLOSE}")
    assert graphkit("regenerate", written, "--check").code == 0
    retract(written)
    assert graphkit("regenerate", written).code == 0
    text = (written / CLAIM).read_text()
    block = text.partition(CLOSE)[0]
    assert "My own remark." in block
    assert "**Unsupported**" in block
    assert graphkit("regenerate", written, "--check").code == 0


def test_a_conflict_is_shown_and_nothing_is_lost(graphkit: Program, written: Path) -> None:
    rewritten(written, CLAIM, "**Supported**", "**My own words**")
    retract(written)
    before = texts(written)[CLAIM]
    told = graphkit("regenerate", written, "--diff")
    assert "<<<<<<< in the note" in told.out
    assert "**My own words**" in told.out
    assert graphkit("regenerate", written).code == 1
    assert texts(written)[CLAIM] == before
    assert graphkit("regenerate", written, "--check").code == 1


@pytest.mark.parametrize(
    ("answers", "stands"),
    [
        ("o\n", "**My own words**"),
        ("t\n", "**Unsupported**"),
        ("what?\ne\n", "Both of us."),
        ("n\n", "**My own words**"),
        ("", "**My own words**"),
    ],
)
def test_a_person_is_asked_what_is_to_stand_at_a_conflict(
    graphkit: Program, written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    answers: str, stands: str,
) -> None:  # fmt: skip
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "Both of us.\\n" > "$2"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    rewritten(written, CLAIM, "**Supported**", "**My own words**")
    retract(written)
    answering(monkeypatch, f"{answers}a\n" if answers else "")
    left = answers in {"n\n", ""}
    told = graphkit("regenerate", written, "--interactive")
    assert told.code == left
    assert "<<<<<<< in the note" in told.out
    assert stands in texts(written)[CLAIM].partition(CLOSE)[0]
    assert graphkit("regenerate", written, "--check").code == left


def test_two_sides_that_git_left_are_told_and_settled_by_keeping_one(
    graphkit: Program, written: Path
) -> None:
    whole = texts(written)[CLAIM]
    head = whole[whole.index(OPEN) : whole.index("-->")]
    both = f"<<<<<<< HEAD\n{head}=======\n{head}>>>>>>> side\n"
    (written / CLAIM).write_text(whole.replace(head, both))
    told = graphkit("regenerate", written)
    assert (told.code, "git left two sides here" in told.out) == (1, True)
    (written / CLAIM).write_text(whole)
    retract(written)
    assert graphkit("regenerate", written).code == 0


def test_a_retracted_work_is_named_so_in_every_summary(graphkit: Program, written: Path) -> None:
    rewritten(written, SOURCE, "kind: source\n", "kind: source\nretracted: 2024-05-01\n")
    told = " ".join(graphkit("regenerate", written, "--check").out.split())
    assert "the retraction of “Tannin study” went from none to retracted 2024-05-01" in told
    assert WENT in told
    graphkit("regenerate", written)
    assert "[Tannin study](../sources/tannin.md) (retracted 2024-05-01)" in texts(written)[CLAIM]
    assert "(retracted 2024-05-01)" in texts(written)[SOURCE].partition(CLOSE)[0]


def test_a_figure_that_a_source_states_otherwise_is_open(graphkit: Program, written: Path) -> None:
    said = "Steeping for five minutes raises bitterness by 45 % against two minutes."
    rewritten(written, SOURCE, "Measured tannin in four teas.", said)
    told = " ".join(graphkit("regenerate", written, "--check").out.split())
    went = "what “Tannin study” states otherwise than the claim went from none to 45 % for 40 %"
    assert went in told
    graphkit("regenerate", written)
    assert "“40 %” here is “45 %” in [Tannin study]" in texts(written)[CLAIM]


def test_the_last_commit_lends_the_text_that_a_lost_cache_held(
    graphkit: Program, written: Path
) -> None:
    git(written, "init", "-q")
    git(written, "add", ".")
    git(written, "commit", "-q", "-m", "Notes")
    (written / ".graphkit" / "summaries.sqlite").unlink()
    rewritten(written, CLAIM, CLOSE, f"\nMy own remark.\n{CLOSE}")
    retract(written)
    assert graphkit("regenerate", written).code == 0
    assert "My own remark." in texts(written)[CLAIM].partition(CLOSE)[0]


def git(folder: Path, *arguments: str, code: int = 0) -> str:
    """Git with a name, and without the user's own settings."""
    own = ("-c", "user.name=A", "-c", "user.email=a@b.c")
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    told = subprocess.run(
        ["git", *own, *arguments], cwd=folder, env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert told.returncode == code, told.stderr
    return told.stdout + told.stderr


@pytest.fixture
def repository(graphkit: Program, vault: Path, tmp_path: Path, program: Path) -> Path:
    """A repository whose vault, with its summaries written, lies in `notes`."""
    made = tmp_path / "repository"
    made.mkdir()
    (vault / "plain.md").unlink()  # it links to no note, which `check` would not let pass
    vault.rename(made / "notes")
    graphkit("regenerate", made / "notes")
    git(made, "init", "-q")
    git(made, "add", ".")
    git(made, "commit", "-q", "-m", "Notes")
    assert program.is_file()
    return made


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`graphkit` as a program of the shell's."""
    file = tmp_path / "bin" / "graphkit"
    file.parent.mkdir()
    cli = Path(__file__).parents[2] / "cli.py"
    file.write_text(f'#!/bin/sh\nexec {sys.executable} {cli} "$@"\n')
    file.chmod(0o755)
    monkeypatch.setenv("PATH", str(file.parent), prepend=os.pathsep)
    return file


def block(name: str) -> str:
    """The lines of the block of this name in the README."""
    readme = (Path(__file__).parents[2] / "README.md").read_text()
    return readme.partition(f"```sh {name}\n")[2].partition("```")[0]


def shell(folder: Path, lines: str) -> tuple[int, str]:
    told = subprocess.run(
        ["sh", "-ec", lines], cwd=folder, capture_output=True, text=True, check=False
    )
    return told.returncode, " ".join((told.stdout + told.stderr).split())


WENT = "went from supported (1) to unsupported"


def test_the_hook_of_the_readme_lets_no_stale_summary_through(
    graphkit: Program, repository: Path
) -> None:
    assert shell(repository, block("hook"))[0] == 0
    retract(repository / "notes")
    told = git(repository, "commit", "-q", "-a", "-m", "Retract", code=1)
    assert WENT in " ".join(told.split())
    graphkit("regenerate", repository / "notes")
    git(repository, "commit", "-q", "-a", "-m", "Retract")


def test_the_hook_looks_at_what_is_staged_and_not_at_the_files_beside_it(
    graphkit: Program, repository: Path
) -> None:
    shell(repository, block("hook"))
    retract(repository / "notes")
    git(repository, "commit", "-q", "--allow-empty", "-m", "Nothing of that")
    git(repository, "add", ".")
    graphkit("regenerate", repository / "notes")
    told = git(repository, "commit", "-q", "-m", "Retract without the summaries", code=1)
    assert WENT in " ".join(told.split())
    (repository / "notes/stray.md").write_text("---\nkind: claim\n---\n# Stray\n")
    git(repository, "commit", "-q", "-a", "-m", "Retract with them")


def test_staged_writes_nothing_and_leaves_nothing(
    graphkit: Program, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    retract(repository / "notes")
    before = texts(repository / "notes")
    assert graphkit("regenerate", repository / "notes", "--check", "--staged").code == 0
    git(repository, "add", ".")
    assert graphkit("regenerate", repository / "notes", "--check", "--staged").code == 1
    note = repository / "notes" / CLAIM
    assert graphkit("regenerate", "--vault", repository / "notes", note, "--check", "--staged").code
    assert texts(repository / "notes") == before
    assert not list((tmp_path / "temporary").iterdir())


def test_check_looks_at_what_is_staged_too(graphkit: Program, repository: Path) -> None:
    notes = repository / "notes"
    assert graphkit("check", notes, "--staged").code == 0
    (notes / "torn.md").write_text("---\ntitle: [a\n---\n")
    assert graphkit("check", notes).code == 1
    assert graphkit("check", notes, "--staged").code == 0, "what is not staged is not looked at"
    git(repository, "add", ".")
    (notes / "torn.md").write_text("# Whole\n")
    told = graphkit("check", notes, "--staged")
    assert (told.code, "torn.md:2" in told.out) == (1, True)
    told = git(repository, "status", "--porcelain")
    assert told.split() == ["AM", "notes/torn.md"], "nothing is written"


def test_the_hook_of_the_readme_lets_nothing_wrong_through(repository: Path) -> None:
    shell(repository, block("hook"))
    (repository / "notes/torn.md").write_text("---\ntitle: [a\n---\n")
    git(repository, "add", ".")
    assert "torn.md:2" in git(repository, "commit", "-q", "-m", "Torn", code=1)


@pytest.mark.parametrize("options", [["--staged"], ["--staged", "--diff"], ["--staged", "--write"]])
def test_what_is_staged_can_only_be_checked(
    graphkit: Program, written: Path, options: list[str]
) -> None:
    assert graphkit("regenerate", written, *options).code == 2


def test_staged_says_where_there_is_no_repository(graphkit: Program, written: Path) -> None:
    for command in (["regenerate", written, "--check"], ["check", written]):
        told = graphkit(*command, "--staged")
        assert (told.code, "no git repository" in told.err) == (2, True)


def test_the_lines_for_ci_in_the_readme(repository: Path) -> None:
    assert shell(repository, block("ci")) == (0, ANY)
    retract(repository / "notes")
    code, told = shell(repository, block("ci"))
    assert (code, WENT in told) == (1, True)


def test_pre_commit_is_told_to_run_whatever_the_kind_of_the_files(repository: Path) -> None:
    hooks = yaml.safe_load((Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text())
    for hook in hooks:
        assert (hook["always_run"], hook["pass_filenames"]) == (True, False)
        assert not {"types", "types_or", "files"} & hook.keys()
        assert shell(repository, f"{hook['entry']} --vault notes")[0] == 0
    entry = f"{hooks[-1]['entry']} --vault notes"
    settings = repository / "notes/graphkit.toml"
    settings.write_text("name = 'tea'\n[summaries]\nclaim = '{{standing}}'\n")
    git(repository, "add", ".")
    assert shell(repository, entry)[0] == 1


@pytest.mark.parametrize(
    "command",
    [
        ["regenerate"], ["regenerate", "--check"], ["regenerate", "--diff"], ["check"],
        ["rename", "A", "B"], ["move", "A", "."], ["suggest", "--apply", "all"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_writes_or_judges_never_falls_back_to_the_bundled_notes(
    graphkit: Program, repository: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.chdir(repository)
    told = graphkit(*command)
    assert told.code == 2
    assert "no vault here" in told.err
    assert "--vault notes" in told.err


def laid_out(vault: Path, table: str) -> None:
    (vault / "graphkit.toml").write_text(f'name = "tea"\n\n[summaries]\n{table}')


def test_a_vault_lays_its_summaries_out_itself(graphkit: Program, vault: Path) -> None:
    laid_out(vault, 'claim = """\n## {{title}}: how it stands\n\n{{ standing }}\n\n{{runs}}\n"""\n')
    assert graphkit("regenerate", vault).code == 0
    block = texts(vault)[CLAIM].partition("-->\n")[2].partition(CLOSE)[0]
    assert block.startswith("## Longer steeping makes tea bitter: how it stands\n\n**Supported**")
    assert "| Relation |" not in block
    assert graphkit("regenerate", vault, "--check").code == 0
    laid_out(vault, "")
    told = graphkit("regenerate", vault, "--check")
    assert (told.code, "the template went from" in told.out) == (1, True)


@pytest.mark.parametrize(
    ("table", "place", "said"),
    [
        ('claim = """\n{{standing}}\n\n{{evidense}}\n"""\n', "graphkit.toml:7", '"evidense"'),
        ('claim = "{{standing}} <!-- x"\n', "graphkit.toml:4", "comment"),
        ('claim = "{{standing"\n', "graphkit.toml:4", "does not end"),
        ('cliam = "{{standing}}"\n', "graphkit.toml:4", '"cliam"'),
        ('\nsource = "```"\n', "graphkit.toml:5", "code fence"),
        ('claim = "{{title}}, as ever"\n', "graphkit.toml:4", "no part of a summary"),
    ],
)
def test_a_bad_template_is_named_by_its_line_and_nothing_is_written(
    graphkit: Program, vault: Path, table: str, place: str, said: str
) -> None:
    laid_out(vault, table)
    before = texts(vault)
    told = graphkit("regenerate", vault)
    assert told.code == 2
    assert place in told.err
    assert said in told.err
    assert texts(vault) == before
    assert place in graphkit("check", vault).out


@pytest.mark.parametrize("settings", ["[summaries]\nclaim = 3\n", "[summaries\n", "[chek]\n"])
def test_settings_that_cannot_be_read_are_not_taken_for_the_defaults(
    graphkit: Program, written: Path, settings: str
) -> None:
    (written / "graphkit.toml").write_text(settings)
    retract(written)
    before = texts(written)
    told = graphkit("regenerate", written)
    assert (told.code, "graphkit.toml:1" in told.err, "nothing was written" in told.err) == (
        2,
        True,
        True,
    )
    assert texts(written) == before
