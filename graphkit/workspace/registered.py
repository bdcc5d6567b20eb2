"""The experiments that a vault registers: read, trusted and run, each in a folder of its own.

A run is given the declared inputs and nothing else: the very bytes whose digest was trusted are
copied into an empty folder, and the command, which may name no other file, works there. What it
writes counts only at the declared output. This is no sandbox: what a trusted file says may reach
for whatever its user may.
"""

from __future__ import annotations

import hashlib
import os
import signal
import stat
import subprocess
import tempfile
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from graphkit import codes, disk
from graphkit.disk import write_atomically
from graphkit.errors import GraphkitError, RecordError, VaultError
from graphkit.experiment import own
from graphkit.experiment.own import Present, Registered, Run
from graphkit.models import Problem, Span, Verdict
from graphkit.workspace import pinnable, trust
from graphkit.workspace.settings import lines_of

FOLDER: Final = "own"  # below the folder of experiments
LARGEST: Final = 16 * 1024 * 1024  # bytes of an output that is read
_SECRET: Final = "GRAPHKIT_LLM_"  # settings that no command of a vault is told  # noqa: S105


class Found(NamedTuple):
    """What an experiment would be given, and what of that is not there."""

    files: Mapping[str, bytes]  # by path relative to the vault
    missing: tuple[str, ...]


class Judged(NamedTuple):
    """The verdicts of a vault's own experiments, and what is wrong with them."""

    verdicts: tuple[Verdict, ...] = ()
    problems: tuple[Problem, ...] = ()


def inputs(root: Path, registered: Registered) -> Found:
    """The declared inputs, and every file of the vault that the command itself names.

    Raises:
        VaultError: a path leads out of the vault, or the command names what no trust can cover.
    """
    disk.inside(root, registered.output)
    words = [word for word in registered.command if _is_file(root, word)]
    pinnable.refuse_what_cannot_be(registered.command, {*registered.inputs, *words})
    files: dict[str, bytes] = {}
    missing: list[str] = []
    for path in dict.fromkeys((*registered.inputs, *words)):
        if not path.startswith("/") and disk.inside(root, path).is_file():
            files[path] = disk.read_inside(root, path)
        else:
            missing.append(path)
    return Found(files, tuple(missing))


def _is_file(root: Path, word: str) -> bool:
    try:
        return not word.startswith("/") and disk.inside(root, word).is_file()
    except (VaultError, ValueError, OSError):
        return False


def judged(
    root: Path, folder: Path, registered: Iterable[Registered], taken: Iterable[str], file: str
) -> Judged:
    """The verdict of each registered experiment; `taken` are names that built-in tests have.

    `folder` is that of the experiments, `file` the settings that register them.
    """
    verdicts: dict[str, Verdict] = {}
    problems = []
    for each in registered:
        try:
            _unused(each.name, {*taken, *verdicts})
            verdicts[each.name] = _judged(root, folder, each)
        except (RecordError, VaultError) as error:
            said = f"experiment {each.name}: {error.message}"
            place = Span(file, lines_of(root).get(each.name, 1))
            problems.append(codes.problem("bad-experiment", said, place, error.hint))
    return Judged(tuple(verdicts.values()), tuple(problems))


def _unused(name: str, taken: Collection[str]) -> None:
    if name in taken:
        raise RecordError(f'a test is already called "{name}"', "choose another name")


def _judged(root: Path, folder: Path, registered: Registered) -> Verdict:
    found = inputs(root, registered)
    digest = "" if found.missing else own.protocol(registered, found.files)
    kept = _kept(folder, registered.name)
    output = kept.read_bytes() if kept.is_file() else None
    run = own.read(_record(folder, registered.name))
    return own.judge(registered, run, Present(digest, found.missing, output))


def _record(folder: Path, name: str) -> Path:
    return folder / FOLDER / f"{name}.json"


def _kept(folder: Path, name: str) -> Path:
    """Where the file that a run wrote is kept."""
    return folder / FOLDER / "outputs" / f"{name}.json"


def trusted(state: Path, root: Path, registered: Registered) -> bool:
    """Whether the user trusts the experiment as it stands in the vault now."""
    try:
        found = inputs(root, registered)
    except VaultError:  # one that cannot be judged can be trusted even less
        return False
    return not found.missing and _pin(state, root, registered) == _digest(registered, found.files)


def _pin(state: Path, root: Path, registered: Registered) -> str:
    return trust.pinned(state, root, registered.name)


def _digest(registered: Registered, files: Mapping[str, bytes]) -> str:
    """What trust is given to: the content, and the bytes of a program that is named by its place.

    A run is none the less that of its protocol: the same interpreter lies elsewhere elsewhere.
    """
    program = Path(registered.command[0])
    content = own.content(registered, files)
    if not program.is_absolute() or not program.is_file():
        return content
    return hashlib.sha256(content.encode() + program.read_bytes()).hexdigest()


def give_trust(state: Path, root: Path, registered: Registered) -> Found:
    """Trust an experiment as it stands now; the files that the trust covers.

    Raises:
        VaultError: an input is missing or leads out of the vault, or the state cannot be written.
    """
    found = _whole(root, registered)
    trust.pin(state, root, registered.name, _digest(registered, found.files))
    return found


def _whole(root: Path, registered: Registered) -> Found:
    found = inputs(root, registered)
    if found.missing:
        gone = ", ".join(found.missing)
        raise VaultError(f"{registered.name} lacks its input {gone}", "name files of the vault")
    return found


def run(state: Path, root: Path, folder: Path, registered: Registered) -> Run:
    """Run a trusted experiment and record what came of it.

    Raises:
        GraphkitError: it is not trusted as it stands now; nothing was run.
        VaultError: an input is missing.
        RecordError: the record cannot be written.
    """
    found = _whole(root, registered)
    if _pin(state, root, registered) != _digest(registered, found.files):
        raise GraphkitError(
            f"{registered.name} is not trusted as it stands now: nothing was run",
            f"read its command and inputs, then: graphkit experiment trust {registered.name}",
        )
    output, failure = _performed(root, registered, found.files)
    value = None
    if output is not None:
        try:
            value = own.number(output, registered.metric)
        except RecordError as error:
            failure = error.message
    measured, last = own.measured(registered, found.files), _last(folder, registered.name)
    seen = (*own.values(last, measured), *(() if value is None else (value,)))
    done = Run(
        name=registered.name,
        protocol=own.protocol(registered, found.files),
        measured=measured,
        value=value,
        failure=failure,
        output=hashlib.sha256(output).hexdigest() if output is not None else "",
        values={**(last.values if last else {}), measured: tuple(dict.fromkeys(seen))},
    )
    if output is not None:
        write_atomically(_kept(folder, registered.name), output)
    own.write(_record(folder, registered.name), done)
    return done


def _last(folder: Path, name: str) -> Run | None:
    """The run before this one; a record that cannot be read is about to be replaced."""
    try:
        return own.read(_record(folder, name))
    except RecordError:
        return None


def _performed(
    root: Path, registered: Registered, files: Mapping[str, bytes]
) -> tuple[bytes | None, str]:
    """The bytes that the command wrote, or None and why there are none."""
    with tempfile.TemporaryDirectory(prefix="graphkit-") as name:
        place = Path(name)
        for path, data in files.items():
            file = disk.inside(place, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
            file.chmod(0o700 if disk.inside(root, path).stat().st_mode & stat.S_IXUSR else 0o600)
        failure = _executed(registered, place)
        return (None, failure) if failure else _written(place, registered.output)


def _executed(registered: Registered, place: Path) -> str:
    """Run the command in `place`, its words to standard error; why it failed, or nothing."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(_SECRET)}
    disk.inside(place, registered.output).parent.mkdir(parents=True, exist_ok=True)
    try:
        process = subprocess.Popen(  # noqa: S603  # what the user trusted, and no shell
            registered.command, cwd=place, env=environment, stdin=subprocess.DEVNULL, stdout=2,
            start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        return f"the command cannot be started: {error.strerror}"
    try:
        code = process.wait(registered.seconds)
    except subprocess.TimeoutExpired:
        return f"the command was stopped after {registered.seconds:g} s"
    finally:
        _end(process)
    return f"the command ended with {code}" if code else ""


def _end(process: subprocess.Popen[bytes]) -> None:
    """Stop what the command may have left running, itself included."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        process.wait()


def _written(place: Path, output: str) -> tuple[bytes | None, str]:
    try:
        file = disk.inside(place, output)
    except VaultError as error:
        return None, error.message
    if not file.is_file() or file.is_symlink():
        return None, f"the command wrote no {output}"
    if file.stat().st_size > LARGEST:
        return None, f"{output} is larger than {LARGEST} bytes"
    return file.read_bytes(), ""
