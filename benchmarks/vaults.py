"""What opening a vault costs and what it finds, on copies: the vaults themselves are only read.

    python benchmarks/vaults.py FOLDER... [--generated 2000] [--light] [--neighbour PYTHON]
        [--basic-memory PROGRAM] [--heavy MB] [--json FILE]

Each step runs in a process of its own, in this order: a cold open (index, graph, full-text
index), the same vault opened again, and one note changed while it is open. `cold` and `again`
are seconds of work in the process, `import` the processor seconds before them, in which Python
starts and loads the code; `cpu` is processor seconds of the process and its children, `import`
included; `peak` is the most memory one process held, in MiB. `intact` says whether every file
outside `.graphkit` kept its bytes.
The table has the links by what became of them, `peak` cold and again, `read again` the notes
that the second open had to read (none), and processor time from a note that was saved, called
otherwise, or made and taken away again, to the updated graph (each the best of five).
`--light` adds the generated vault once more in notes that are about half the work to parse.
`--heavy` adds a vault of so many megabytes in notes of half a megabyte each.
`--neighbour` names a Python that has obsidiantools, to open the generated vault in the same run;
`--basic-memory` the program of that name, which needs a later Python than ours, to index a part.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import generate

from graphkit import Workspace

COLUMNS = (
    "vault", "on disk", "in index", "resolved", "ambiguous", "missing", "external", "cold s",
    "cold cpu s", "again s", "again cpu s", "import s", "peak MiB", "read again", "saved ms",
    "renamed ms", "made ms", "intact",
)  # fmt: skip
ROOMS = ("graphkit.graph", "graphkit.search.store")  # what opening loads of the code
SOME = 400  # notes that basic-memory is given, which takes it minutes

NEIGHBOUR = """
import json, sys, time, resource
from pathlib import Path
import obsidiantools.api as neighbour
began = time.perf_counter()
vault = neighbour.Vault(Path(sys.argv[1])).connect().gather()
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({
    "wall": round(time.perf_counter() - began, 2), "cpu": round(used.ru_utime + used.ru_stime, 2),
    "peak": used.ru_maxrss // 1024, "notes": len(vault.md_file_index),
    "links": len(vault.graph.edges)}))
"""


def spent() -> float:
    """Processor seconds of this process and the children it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def whole_open(folder: Path) -> dict[str, Any]:
    """Open a vault with its graph and full-text index, as this process' first work."""
    for room in ROOMS:
        importlib.import_module(room)
    loaded, began = spent(), time.perf_counter()
    workspace = Workspace.open(folder)
    links = workspace.graph.links
    workspace.store.close()
    wall, cpu = time.perf_counter() - began, spent()
    peak = max(resource.getrusage(who).ru_maxrss for who in (0, resource.RUSAGE_CHILDREN)) // 1024
    problems = Counter(problem.code for problem in workspace.check())
    return {
        "wall": round(wall, 3),
        "cpu": round(cpu, 2),
        "import": round(loaded, 2),
        "peak": peak,
        "notes": len(workspace.parsed),
        "read": workspace.synced.read,
        "links": links._asdict(),
        "problems": dict(problems.most_common()),
    }


def changed_note(folder: Path) -> dict[str, Any]:
    """Change one note of an open vault, the one in its middle, and change it back: best of five."""
    workspace = Workspace.open(folder)
    note = folder / workspace.parsed[len(workspace.parsed) // 2].note.path
    text, other, new = note.read_bytes(), note.with_name("renamed.md"), folder / "new.md"
    changes: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "saved": (lambda: note.write_bytes(text + b"\n\nSaved.\n"), lambda: note.write_bytes(text)),
        "renamed": (lambda: note.rename(other), lambda: other.rename(note)),
        "made": (lambda: new.write_text(f"# New\n\nSee [[{note.stem}]].\n"), new.unlink),
    }
    found: dict[str, Any] = {}
    for name, steps in changes.items():
        times = []
        for step in steps * 5:
            step()
            began = time.process_time()
            workspace = workspace.refreshed()
            read = time.process_time()
            graph = workspace.graph
            times.append((time.process_time() - began, read - began))
        whole, reading = min(times)
        found[name] = {"read": round(reading, 4), "graph": round(whole - reading, 4)}
    if graph.edges != Workspace.open(folder).graph.edges:
        raise SystemExit("the graph is not that of the notes")
    return found


STEPS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "cold": whole_open,
    "again": whole_open,
    "changed": changed_note,
}


def digest(folder: Path) -> str:
    """One digest of every file outside `.graphkit`, by path and bytes."""
    total = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if ".graphkit" not in file.relative_to(folder).parts and file.is_file():
            total.update(repr(str(file.relative_to(folder))).encode())
            total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def copied(folder: Path, place: Path) -> Path:
    """A copy of a vault that may be written to, whatever the original allows."""
    copy = place / folder.name
    shutil.copytree(folder, copy, symlinks=True, copy_function=shutil.copyfile)
    for part in (copy, *(part for part in copy.rglob("*") if part.is_dir())):
        part.chmod(0o755)
    shutil.rmtree(copy / ".graphkit", ignore_errors=True)
    return copy


def notes(folder: Path) -> Iterator[Path]:
    """Markdown files that are not hidden, found without the code that is measured."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.lower().endswith((".md", ".markdown")) and not name.startswith("."):
                yield Path(place) / name


def stepped(step: str, folder: Path) -> dict[str, Any]:
    """One step in a process of its own."""
    command = [sys.executable, __file__, "--step", step, str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measured(folder: Path) -> dict[str, Any]:
    """All steps on a vault that this script may write an index into."""
    before = digest(folder)
    found: dict[str, Any] = {"on disk": sum(1 for _ in notes(folder))}
    found |= {step: stepped(step, folder) for step in STEPS}
    return {**found, "intact": digest(folder) == before}


def row(name: str, found: dict[str, Any]) -> tuple[str, ...]:
    """A vault in the table: one cell for each of `COLUMNS`."""
    cold, again, changed = found["cold"], found["again"], found["changed"]
    return (
        name,
        str(found["on disk"]),
        str(cold["notes"]),
        *map(str, cold["links"].values()),
        *(f"{one[unit]:.2f}" for one in (cold, again) for unit in ("wall", "cpu")),
        f"{again['import']:.2f}",
        f"{cold['peak']} / {again['peak']}",
        str(again["read"]),
        *(f"{1000 * sum(parts.values()):.0f}" for parts in changed.values()),
        "yes" if found["intact"] else "NO",
    )


def table(everything: dict[str, dict[str, Any]]) -> str:
    """All vaults in Markdown: a row for each, and below them the Problems of each by code."""
    rows = [COLUMNS, *(row(name, found) for name, found in everything.items())]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    first, *others = ("| " + " | ".join(map(str.rjust, cells, widths)) + " |" for cells in rows)
    rule = "|" + "|".join("-" * (width + 1) + ":" for width in widths) + "|"
    problems = (
        f"- {name}: {', '.join(f'{count} {code}' for code, count in codes.items()) or 'none'}"
        for name, codes in ((name, each["cold"]["problems"]) for name, each in everything.items())
    )
    return "\n".join([first, rule, *others, "", "Problems by code:", *problems])


def compared(python: str, folder: Path, cold: dict[str, Any]) -> dict[str, Any]:
    """The neighbour on the same vault, beside our cold open."""
    command = [python, "-c", NEIGHBOUR, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    theirs: dict[str, Any] = json.loads(done.stdout)
    print(
        f"  obsidiantools {theirs['wall']:.2f} s wall {theirs['cpu']:.2f} s cpu {theirs['peak']} "
        f"MiB: {theirs['wall'] / cold['wall']:.1f} x wall, {theirs['cpu'] / cold['cpu']:.1f} x cpu"
    )
    return theirs


def compared_in_part(program: str, place: Path) -> None:
    """basic-memory with its full-text index alone, and our cold open, on `SOME` notes."""
    ours, theirs, home = place / "some", place / "theirs", place / "home"
    for folder in (ours, theirs):  # a vault each: it writes into the notes that it is given
        generate.write(folder, SOME)
    home.mkdir()
    outside = os.environ | {"HOME": str(home), "BASIC_MEMORY_SEMANTIC_SEARCH_ENABLED": "false"}
    told = partial(subprocess.run, check=True, capture_output=True, env=outside)
    told([program, "project", "add", "theirs", str(theirs)])
    before, began = spent(), time.perf_counter()
    told([program, "reindex", "--search", "--project", "theirs"])
    wall, cpu = time.perf_counter() - began, spent() - before
    cold = measured(ours)["cold"]
    print(
        f"  basic-memory, {SOME} notes: {wall:.1f} s wall {cpu:.1f} s cpu, ours {cold['wall']:.2f} "
        f"and {cold['cpu']:.2f}: {wall / cold['wall']:.0f} x wall, {cpu / cold['cpu']:.0f} x cpu"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--generated", type=int, default=0, metavar="NOTES")
    parser.add_argument("--light", action="store_true")
    parser.add_argument("--neighbour", metavar="PYTHON")
    parser.add_argument("--basic-memory", metavar="PROGRAM")
    parser.add_argument("--heavy", type=int, default=0, metavar="MB")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.step:
        print(json.dumps(STEPS[asked.step](asked.folders[0])))
        return
    everything = {}
    with tempfile.TemporaryDirectory() as place:
        for folder in asked.folders:
            everything[folder.name] = measured(copied(folder, Path(place)))
            print(f"{folder.name} done, load {os.getloadavg()[0]:.1f}", file=sys.stderr)
        weights = {"generated": generate.FULL} | ({"light": generate.LIGHT} if asked.light else {})
        for name, weight in weights.items() if asked.generated else ():
            made = Path(place) / name
            generate.write(made, asked.generated, weight=weight)
            found = everything[name] = measured(made)
            if asked.neighbour:
                shutil.rmtree(made / ".graphkit")
                print(f"{name} ({asked.generated} notes), load {os.getloadavg()[0]:.1f}")
                found["neighbour"] = compared(asked.neighbour, made, found["cold"])
        if asked.basic_memory:
            compared_in_part(asked.basic_memory, Path(place))
        if asked.heavy:
            generate.write_heavy(Path(place) / "heavy", asked.heavy)
            everything["heavy"] = measured(Path(place) / "heavy")
    print(table(everything))
    if asked.json:
        asked.json.write_text(json.dumps(everything, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
