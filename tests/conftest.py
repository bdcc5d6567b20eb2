"""What every test stands on: folders of its own, and the program at hand."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

from graphkit.commands.program import run

# In CI the same examples are tried every time: a red run is then the fault of the change. An
# example has no deadline: how long it takes is the machine's affair.
settings.register_profile("graphkit", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("graphkit")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests against a real clock may be tried again: a loaded machine answers late."""
    for item in items:
        if "tui" in item.path.parts or item.path.name == "test_living.py":
            item.add_marker(pytest.mark.flaky(reruns=2))


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the user's cache, data or state, or finds a vault around itself."""
    for name in ("XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path.parent / f"{tmp_path.name}-{name.lower()}"))
    for name in ("NO_COLOR", "FORCE_COLOR", "EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A vault of five notes in which every kind stands once: see `NOTES`."""
    for path, text in NOTES.items():
        file = tmp_path / "vault" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path / "vault"


class Told(NamedTuple):
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


@pytest.fixture
def graphkit(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Told]:
    """Run the program as its command line would, in this process."""

    def call(*arguments: object) -> Told:
        monkeypatch.setattr(sys, "argv", ["graphkit", *map(str, arguments)])
        with pytest.raises(SystemExit) as exit_:
            run()
        out, err = capsys.readouterr()
        code = exit_.value.code
        return Told(code if isinstance(code, int) else 0, out, err)

    return call


NOTES = {
    "graphkit.toml": 'name = "tea"\n',
    "claims/steeping.md": """\
---
kind: claim
title: Longer steeping makes tea bitter
---
# Longer steeping makes tea bitter

Steeping for five minutes raises bitterness by 40 % against two minutes.

## Relations

- is reported by [[Tannin study]] (four teas, twelve tasters)
- addresses [[Why is my tea bitter?]]
""",
    "claims/water.md": """\
---
kind: claim
title: Cooler water makes tea sweeter
---
# Cooler water makes tea sweeter

Water at seventy degrees brings out less tannin.

- contradicts [[Longer steeping makes tea bitter]] (at seventy degrees time hardly matters)
""",
    "questions/bitter.md": """\
---
kind: question
title: Why is my tea bitter?
---
# Why is my tea bitter?

What turns a cup of tea bitter, and what keeps it sweet?
""",
    "sources/tannin.md": """\
---
kind: source
title: Tannin study
identifiers: [arXiv:2401.00001]
---
# Tannin study

Measured tannin in four teas.
""",
    "plain.md": "# A plain page\n\nSee [[Tannin study]] and [[Nowhere]].\n",
}
