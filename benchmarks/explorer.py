"""The explorer by the clock of its own event loop, and under whatever may be pressed.

    python benchmarks/explorer.py [--part start] [--only made] [--notes 10000] [--json FILE]
    python benchmarks/explorer.py --part random --only made --stacks
    python benchmarks/explorer.py --wander 20000 [--notes 2000] [--seed 1]

Times are in milliseconds, memory in MiB. `paint`, `notes`, `read` and `links` are seconds of a
whole process in a terminal of its own, after a first start: until the first words are written to
it, the first note of the list, the head of the note in the middle with its text below, its links.
A key's time runs from the key to the next screen that is drawn. `stall` is the longest time in
which the loop ran nothing else, `stall_busy` what its thread computed in it, `stall_spent` what all
threads did; `--stacks` prints where it was then. Vaults are copies or made, in a folder of their
own, which `--vaults` keeps for the next time.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import pty
import resource
import select
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

HERE = Path(__file__).parents[1]
sys.path[:0] = [str(HERE), str(HERE / "tests" / "tui")]

from graphkit import tui  # noqa: E402 - wherever this is started from

tui.quicken()  # as the program itself, before Textual is loaded

import textual.app  # noqa: E402
import textual.pilot  # noqa: E402
from explorer_vaults import NAMES, vault  # noqa: E402
from loop_clock import Clock, Stall  # noqa: E402
from textual.events import Key  # noqa: E402
from wandering import wander  # noqa: E402 - the tests' own

from graphkit.tui import loop, outside  # noqa: E402
from graphkit.tui.app import Explorer  # noqa: E402
from graphkit.tui.state import State  # noqa: E402
from graphkit.tui.trial import Trial  # noqa: E402

SIZE = (120, 36)
BETWEEN = 0.03  # seconds from one screen to the next key
PAUSE = 0.05  # seconds after a random key
WALK = ["j"] * 60 + ["k"] * 20 + ["ctrl+d"] * 10 + ["enter", "3", "j", "j", "enter", "b", "1"] * 6
PATIENCE = 8.0  # seconds in which most things are done
OPENING = 120.0  # seconds in which a vault is read for the first time
TYPED = "sparse reward improves calibration"
_Value = TypeVar("_Value")
PARTS = ("start", "use", "random")


class Timed(Explorer):
    """Remembers when it drew."""

    CSS_PATH = str(HERE / "graphkit" / "tui" / "explorer.tcss")
    drawn: float = 0.0

    def _display(self, screen: Any, renderable: Any) -> None:
        super()._display(screen, renderable)
        self.drawn = time.perf_counter()


def ran(work: Coroutine[Any, Any, _Value]) -> _Value:
    """What comes of work in the program's own loop."""
    with asyncio.Runner(loop_factory=loop.foremost) as runner:
        return runner.run(work)


async def settled(app: Explorer, patience: float = PATIENCE) -> None:
    """Wait until nothing is read or searched; the passages of a large vault are encoded longer."""
    end = time.perf_counter() + patience
    while any(not worker.is_finished for worker in app.workers) and time.perf_counter() < end:
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.2)


@asynccontextmanager
async def opened(vault: Path) -> AsyncIterator[tuple[Timed, Any]]:
    app = Timed(vault, State(hinted=True))
    app.animation_level = "none"
    async with app.run_test(size=SIZE) as pilot:
        await settled(app, OPENING)
        yield app, pilot


async def pressed(app: Timed, key: str, patience: float = 1.0) -> tuple[float, float] | None:
    """Milliseconds from a key to the next screen that is drawn, and what the loop's thread
    computed until then; None when it changes nothing.
    """
    began, busy = time.perf_counter(), time.thread_time()
    app.post_message(Key(key, " " if key == "space" else None))  # a letter is its own
    while time.perf_counter() - began < patience:
        await asyncio.sleep(0.001)
        if app.drawn > began:
            return 1000 * (app.drawn - began), 1000 * (time.thread_time() - busy)
    return None


async def timed(app: Timed, clock: Clock, keys: Sequence[str]) -> dict[str, Any]:
    """Press keys as a quick reader does, each after the last one was seen."""
    clock.longest()
    times = []
    for key in keys:
        if (took := await pressed(app, key)) is not None:
            times.append(took)
        await asyncio.sleep(BETWEEN)
    walls, busy = (sorted(column) for column in zip(*times, strict=True))
    await settled(app)
    return {
        "median": round(statistics.median(walls), 1),
        "p95": round(_p95(walls), 1),
        "most": round(walls[-1], 1),
        "busy": {"median": round(statistics.median(busy), 1), "p95": round(_p95(busy), 1)},
        **told(clock.longest()),
    }


def _p95(ranked: Sequence[float]) -> float:
    return ranked[int(0.95 * (len(ranked) - 1))]


def told(stall: Stall) -> dict[str, Any]:
    """A stall as figures; where it was goes to stderr."""
    if stall.stack:
        print(f"-- {stall.wall:.0f} ms, {stall.busy:.0f} busy\n{stall.stack}", file=sys.stderr)
    figures = {"stall": stall.wall, "stall_busy": stall.busy, "stall_spent": stall.spent}
    return {name: round(milliseconds, 1) for name, milliseconds in figures.items()}


def letters(text: str) -> list[str]:
    return ["space" if letter == " " else letter for letter in text]


async def in_use(vault: Path, *, stacks: bool) -> dict[str, Any]:
    """Key to screen while walking, filtering, searching, and while the vault is read again."""
    async with opened(vault) as (app, pilot):
        clock = Clock(stacks=stacks)
        found: dict[str, Any] = {"walking": await timed(app, clock, WALK)}
        await pilot.press("f")
        found["filtering"] = await timed(app, clock, letters("kind:note sparse"))
        await pilot.press("escape", "escape", "slash")
        await settled(app)
        found["searching"] = await timed(app, clock, letters(TYPED))
        await pilot.press("escape", "1", "home")  # at the end of a list a key changes nothing
        await settled(app)
        await asyncio.to_thread(edit, vault)
        app.load()
        found["indexing"] = await timed(app, clock, WALK)
        found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return found


def edit(vault: Path) -> None:
    """Add a line to many notes."""
    for file in itertools.islice(vault.rglob("*.md"), 200):
        file.write_text(file.read_text() + "\nOne more line.\n")


def _tame() -> None:
    """Keep random keys from an editor, a browser and a run, for which they would wait, and a click
    in the palette from the way out.
    """
    Explorer.action_leave = lambda *_: None  # type: ignore[method-assign]
    outside.browsed = lambda address: True  # noqa: ARG005
    outside.tell_tmux = lambda words: None  # noqa: ARG005
    Explorer.on_edit = lambda *_: None  # type: ignore[method-assign]
    Trial.start = lambda *_: None  # type: ignore[method-assign]


async def _rest(*_bounds: float) -> None:
    """A pause after a key. Textual's own waits until the process rests; the clock never does."""
    await asyncio.sleep(PAUSE)


async def at_random(vault: Path, steps: int, seed: int, *, stacks: bool) -> dict[str, Any]:
    """The longest stalls while random keys are pressed, and the key of each."""
    _tame()
    async with opened(vault) as (_, pilot):
        for module in (textual.app, textual.pilot):
            vars(module)["wait_for_idle"] = _rest
        clock = Clock(stacks=stacks)
        steps_taken = wander(pilot, steps, seed, resizes=False)
        stalls = [(told(clock.longest()), step) async for step in steps_taken]
    worst = sorted(stalls, key=lambda each: -each[0]["stall"])[:10]
    return {"keys": steps, **worst[0][0], "worst": worst}


async def wandering(vault: Path, steps: int, seed: int) -> int:
    """So many random things; an exception ends the program."""
    done = 0
    _tame()
    async with opened(vault) as (app, pilot):
        async for step in wander(pilot, steps, seed):
            done += 1
            if not app.is_running:
                raise SystemExit(f"it ended at step {done}, {step}")
            if done % 1000 == 0:
                print(f"  {done} of {steps}", file=sys.stderr)
    return done


def started(vault: Path, first: dict[str, bytes], home: Path) -> dict[str, float]:
    """Seconds to the first paint and to all of `first`, of a process in its own terminal."""
    began = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.environ |= {"COLUMNS": "120", "LINES": "36", "TERM": "xterm-256color"}
        os.environ |= {"XDG_STATE_HOME": str(home), "XDG_CONFIG_HOME": str(home)}
        code = "import sys; sys.argv[1:] = ['explore', sys.argv[1]]; import cli; cli.main()"
        os.chdir(HERE)
        os.execv(sys.executable, [sys.executable, "-c", code, str(vault)])  # noqa: S606 - as meant
    seen, found = bytearray(), {}
    waited = {"paint": b"GraphKit", **first}
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


def first_words(vault: Path) -> dict[str, bytes]:
    """What the list of a vault begins with, of titles that a terminal gets as they are written;
    where its first note stands; how many links lead out of it.
    """
    from graphkit.tui.shelf import shelved
    from graphkit.workspace import Workspace

    workspace = Workspace.open(vault)
    shelf = shelved(workspace)
    titles = (node.title for node, _ in shelf.rows)
    plain = next(title for title in titles if title.isascii() and title.isprintable())
    note = shelf.graph.nodes[shelf.first]
    out = sum(len(group.edges) for group in workspace.links(note.id) if group.outgoing)
    shown = {
        "notes": " ".join(plain.split()[:2]),
        "read": f"{note.path}:{note.line}"[-30:],  # the beginning of a long one is not shown
        "links": f"{out} →",
    }
    return {name: words.encode() for name, words in shown.items()}


def best_start(vault: Path, runs: int) -> dict[str, float]:
    first = first_words(vault)
    with tempfile.TemporaryDirectory() as home:
        every = [started(vault, first, Path(home)) for _ in range(runs)]
    return {name: min(run[name] for run in every) for name in ("paint", *first)}


def measured(vault: Path, parts: Sequence[str], given: argparse.Namespace) -> dict[str, Any]:
    """What was asked of one vault, the start first: it is to find nothing in memory."""
    found: dict[str, Any] = {}
    if "start" in parts:
        found["start"] = best_start(vault, given.runs)
    if "use" in parts:
        found |= ran(in_use(vault, stacks=given.stacks))
    if "random" in parts:
        found["random"] = ran(at_random(vault, given.keys, given.seed, stacks=given.stacks))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3, help="starts, of which the best counts")
    parser.add_argument("--keys", type=int, default=1000, help="random ones, for the stalls")
    parser.add_argument("--wander", type=int, default=0, help="random steps, over three vaults")
    parser.add_argument("--only", choices=NAMES, action="append", help="this vault")
    parser.add_argument("--part", choices=PARTS, action="append", help="this part")
    parser.add_argument("--stacks", action="store_true", help="print where a stall was")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--vaults", type=Path, help="the folder that keeps the vaults")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder
        vaults = {
            name: vault(name, given.vaults or Path(folder), given.notes)
            for name in given.only or NAMES
        }
        if given.wander:
            each = given.wander // len(vaults)
            for name, path in vaults.items():
                done = ran(wandering(path, each, given.seed))
                print(f"{name}: {done} random steps, no exception")
            return
        found = {name: measured(path, given.part or PARTS, given) for name, path in vaults.items()}
    text = json.dumps(found, indent=1)
    print(text)
    if given.json:
        given.json.write_text(text + "\n")


if __name__ == "__main__":
    main()
