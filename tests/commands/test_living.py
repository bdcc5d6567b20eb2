"""The commands that look at what GraphKit stands on, and at a vault while it changes."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from graphkit.errors import ModelError

Program = Callable[..., Any]
SECONDS = 40.0
RUN = "from graphkit.commands.program import run; run()"


def test_doctor_names_what_a_vault_stands_on(graphkit: Program, vault: Path) -> None:
    told = graphkit("doctor", vault, "--json")
    found = {one["topic"]: one for one in json.loads(told.out)["findings"]}
    assert {"vault", "settings", "index", "search", "model", "torch", "cache folder"} <= set(found)
    assert found["vault"]["says"] == f"{vault} (named by you)"
    assert "5 notes" in found["index"]["says"]
    assert told.code == int(not all(one["healthy"] for one in found.values()))


def test_doctor_finds_bad_settings_and_a_missing_model(
    graphkit: Program, vault: Path, monkeypatch: Any
) -> None:
    def none() -> Path:
        raise ModelError("there is no model", "install it")

    monkeypatch.setattr("graphkit.search.encoder.weights", none)
    (vault / "graphkit.toml").write_text("name = [")
    told = graphkit("doctor", vault)
    assert told.code == 1
    signs = {line.split()[1]: line.split()[0] for line in told.out.splitlines()}
    assert (signs["settings"], signs["model"], signs["vault"]) == ("LOOK", "LOOK", "ok")


def test_watch_tells_each_saved_note_and_ends_on_ctrl_c(vault: Path) -> None:
    command = [sys.executable, "-c", RUN, "watch", str(vault)]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_heeding,  # noqa: PLW1509  # it only sets a signal
    ) as watching:
        late = threading.Timer(SECONDS, watching.kill)  # nothing here may wait for ever
        late.start()
        assert watching.stdout is not None
        assert watching.stderr is not None
        assert "5 notes" in watching.stderr.readline()
        written = _until_noticed(vault, watching.stdout.readline)
        watching.send_signal(signal.SIGINT)
        assert watching.wait() == 130
        late.cancel()
    assert written.startswith("1 note read; links: missing +1")
    assert "new.md:1:1 missing-target" in written


def _heeding() -> None:
    """Let the child heed Ctrl-C, also where the tests themselves run in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _until_noticed(vault: Path, read: Callable[[], str]) -> str:
    """The line for a new note; what is saved before the watch stands is told with the next one."""
    (vault / "new.md").write_text("[[Not there]]\n")
    return read()
