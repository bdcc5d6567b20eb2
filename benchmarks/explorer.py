"""The explorer by the clock of its own event loop, and under whatever may be pressed.

    python benchmarks/explorer.py [--notes 10000] [--json FILE]
    python benchmarks/explorer.py --wander 20000 [--notes 2000] [--seed 1]

Times are in milliseconds, memory in MiB. `paint` and `notes` are seconds of a whole process in a
terminal of its own, until the first words and until the first note of the list are written to it,
after a first start. A key's time runs from the key to the next screen that is drawn. `stall` is
the longest time in which the loop ran nothing else. Vaults are copies or made; none is written to
but the copies.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import pty
import random
import resource
import select
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import generate

HERE = Path(__file__).parents[1]
sys.path.insert(0, str(HERE / "tests" / "tui"))

from wandering import wander  # noqa: E402 - the tests' own

from graphkit.tui.app import Explorer  # noqa: E402
from graphkit.tui.state import State  # noqa: E402

SIZE = (120, 36)
TICK = 0.002  # seconds between two looks at the clock
WALK = ["j"] * 60 + ["k"] * 20 + ["ctrl+d"] * 10 + ["enter", "3", "j", "j", "enter", "b", "1"] * 6
TYPED = "sparse reward improves calibration"


class Timed(Explorer):
    """Remembers when it drew."""

    CSS_PATH = str(HERE / "graphkit" / "tui" / "explorer.tcss")
    drawn: float = 0.0

    def _display(self, screen: Any, renderable: Any) -> None:
        super()._display(screen, renderable)
        self.drawn = time.perf_counter()


class Clock:
    """Looks at the event loop: how long it ran nothing else."""

    def __init__(self) -> None:
        self.stalls: list[float] = []
        self._task = asyncio.create_task(self._look())

    async def _look(self) -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(TICK)
            self.stalls.append(time.perf_counter() - began - TICK)

    def longest(self) -> float:
        """Milliseconds, since the last time this was asked."""
        longest = max(self.stalls, default=0.0)
        self.stalls.clear()
        return round(1000 * longest, 1)


async def settled(pilot: Any) -> None:
    for _ in range(2):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


@asynccontextmanager
async def opened(vault: Path) -> AsyncIterator[tuple[Timed, Any]]:
    app = Timed(vault, State(hinted=True))
    app.animation_level = "none"
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        yield app, pilot


async def pressed(app: Timed, key: str, patience: float = 1.0) -> float | None:
    """Seconds from a key to the next screen that is drawn; None when it changes nothing."""
    began = time.perf_counter()
    app.simulate_key(key)
    while time.perf_counter() - began < patience:
        await asyncio.sleep(0.001)
        if app.drawn > began:
            return app.drawn - began
    return None


async def timed(app: Timed, keys: Sequence[str], between: float = 0.03) -> dict[str, float]:
    """Press keys as a quick reader does, each after the last one was seen."""
    times = []
    for key in keys:
        if (took := await pressed(app, key)) is not None:
            times.append(took)
        await asyncio.sleep(between)
    ranked = sorted(1000 * took for took in times)
    return {
        "median": round(statistics.median(ranked), 1),
        "p95": round(ranked[int(0.95 * (len(ranked) - 1))], 1),
        "most": round(ranked[-1], 1),
    }


def letters(text: str) -> list[str]:
    return ["space" if letter == " " else letter for letter in text]


async def in_use(vault: Path) -> dict[str, Any]:
    """Key to screen while walking, filtering, searching, and while the vault is read again."""
    async with opened(vault) as (app, pilot):
        clock = Clock()
        found: dict[str, Any] = {"walking": await timed(app, WALK)}
        found["walking"]["stall"] = clock.longest()
        await pilot.press("f")
        found["filtering"] = await timed(app, letters("kind:note sparse"))
        found["filtering"]["stall"] = clock.longest()
        await pilot.press("escape", "escape", "slash")
        await settled(pilot)
        clock.longest()
        found["searching"] = await timed(app, letters(TYPED))
        await settled(pilot)
        found["searching"]["stall"] = clock.longest()
        await pilot.press("escape")
        for file in list(vault.rglob("*.md"))[:200]:
            file.write_text(file.read_text() + "\nOne more line.\n")
        app.load()
        found["indexing"] = await timed(app, WALK)
        await settled(pilot)
        found["indexing"]["stall"] = clock.longest()
        found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return found


async def at_random(vault: Path, steps: int, seed: int) -> dict[str, Any]:
    """The longest stall while random keys are pressed, and the key before it."""
    async with opened(vault) as (_, pilot):
        clock = Clock()
        steps_taken = wander(pilot, steps, seed, resizes=False)
        worst = sorted([(clock.longest(), step) async for step in steps_taken], reverse=True)
    return {"keys": steps, "stall": worst[0][0], "worst": worst[:8]}


async def wandering(vault: Path, steps: int, seed: int) -> int:
    """So many random things; an exception ends the program."""
    done = 0
    Explorer.open_url = lambda *_args, **_more: None  # type: ignore[method-assign]
    Explorer.on_edit = lambda *_: None  # type: ignore[method-assign]
    Explorer.run_tests = lambda *_: None  # type: ignore[assignment]
    async with opened(vault) as (app, pilot):
        async for step in wander(pilot, steps, seed):
            done += 1
            if not app.is_running:
                raise SystemExit(f"it ended at step {done}, {step}")
            if done % 1000 == 0:
                print(f"  {done} of {steps}", file=sys.stderr)
    return done


def started(vault: Path, first: bytes, home: Path) -> dict[str, float]:
    """Seconds to the first paint and to the first note, of a process in its own terminal."""
    began = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.environ |= {"COLUMNS": "120", "LINES": "36", "TERM": "xterm-256color"}
        os.environ |= {"XDG_STATE_HOME": str(home), "XDG_CONFIG_HOME": str(home)}
        code = "import sys; sys.argv[1:] = ['explore', sys.argv[1]]; import cli; cli.main()"
        os.chdir(HERE)
        os.execv(sys.executable, [sys.executable, "-c", code, str(vault)])  # noqa: S606 - as meant
    seen, found = bytearray(), {}
    waited = {"paint": b"GraphKit", "notes": first}
    while waited and time.perf_counter() - began < 60:
        if select.select([terminal], [], [], 0.01)[0]:
            seen += os.read(terminal, 65536)
        for name in [name for name, words in waited.items() if words in seen]:
            found[name] = round(time.perf_counter() - began, 3)
            del waited[name]
    os.write(terminal, b"q")
    end = time.perf_counter() + 10
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        if time.perf_counter() > end:
            os.kill(child, signal.SIGKILL)
        if select.select([terminal], [], [], 0.05)[0]:
            try:
                os.read(terminal, 65536)
            except OSError:
                continue
    return found


def first_words(vault: Path) -> bytes:
    """What the list of a vault begins with."""
    from graphkit.tui.panes.notes import shelved
    from graphkit.workspace import Workspace

    workspace = Workspace.open(vault)
    title = shelved(workspace.graph, workspace.standings).rows[0][0].title
    return " ".join(title.split()[:2]).encode()


def best_start(vault: Path, runs: int) -> dict[str, float]:
    first = first_words(vault)
    with tempfile.TemporaryDirectory() as home:
        every = [started(vault, first, Path(home)) for _ in range(runs)]
    return {name: min(run[name] for run in every) for name in ("paint", "notes")}


def hub_and_giants(folder: Path) -> None:
    """A vault that is hard to show: a hub, long notes and lines, deep lists, odd characters."""
    folder.mkdir(parents=True)
    chance = random.Random(1)
    links = "".join(f"- cites [[Work {n}]]\n" for n in range(5000))
    (folder / "hub.md").write_text(f"# The hub\n\n{links}")
    (folder / "long.md").write_text("# Long\n\n" + "Some words of it.\n\n" * 30_000)
    (folder / "line.md").write_text("# One line\n\n" + "word " * 200_000 + "\n")
    (folder / "solid.md").write_text("# Solid\n\n" + "x" * 1_000_000 + "\n")
    (folder / "deep.md").write_text("# Deep\n\n" + "".join("  " * n + "- a\n" for n in range(100)))
    (folder / "odd.md").write_text(
        "# \x1b[31mred\u202e \U0001f600 [b]x[/b]\n\n\u05e9\u05dc\u05d5\u05dd \x07\x1b]0;t\x07\n"
    )
    for number in range(300):
        (folder / f"work-{number}.md").write_text(f"# Work {number}\n\n{chance.random()}\n")


def copies(folder: Path, notes: int) -> dict[str, Path]:
    """The bundled notes, a made vault and a hard one, to do with what one likes."""
    shutil.copytree(HERE / "notes", folder / "bundled", ignore=shutil.ignore_patterns(".graphkit"))
    generate.write(folder / "made", notes)
    hub_and_giants(folder / "hard")
    return {name: folder / name for name in ("bundled", "made", "hard")}


def measure(vaults: dict[str, Path], runs: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, vault in vaults.items():
        print(f"{name} …", file=sys.stderr)
        found[name] = {"start": best_start(vault, runs), **asyncio.run(in_use(vault))}
    if "made" in vaults:
        found["made"]["random"] = asyncio.run(at_random(vaults["made"], 1000, 1))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--wander", type=int, default=0, help="random steps, over three vaults")
    parser.add_argument("--only", choices=("bundled", "made", "hard"), help="one vault")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder
        vaults = copies(Path(folder) / "vaults", given.notes)
        if given.only:
            vaults = {given.only: vaults[given.only]}
        if given.wander:
            each = given.wander // len(vaults)
            for name, vault in vaults.items():
                done = asyncio.run(wandering(vault, each, given.seed))
                print(f"{name}: {done} random steps, no exception")
            return
        found = measure(vaults, given.runs)
    text = json.dumps(found, indent=1)
    print(text)
    if given.json:
        given.json.write_text(text + "\n")


if __name__ == "__main__":
    main()
