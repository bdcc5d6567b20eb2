"""`graphkit experiment report`: everything the runs came to, on one page."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graphkit.commands.experiment import group
from graphkit.commands.options import VaultOption, opened
from graphkit.commands.terminal import leave, say
from graphkit.errors import GraphkitError

if TYPE_CHECKING:
    from graphkit.experiment.record import Record
    from graphkit.workspace import Workspace


@group.command()
def report(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The page to write.")
    ],
    vault: VaultOption = None,
) -> None:
    """Write one Markdown page of every test, verdict and record.

    Its numbers come from the verdicts and records of the vault; its figures are linked, not copied,
    and drawn by `graphkit experiment run`. Exit code 1: there is no record to tell of.
    """
    from graphkit.disk import write_atomically
    from graphkit.workspace import evidence

    workspace = opened(vault)
    _refuse(output, workspace.root)
    records = evidence.records(workspace.experiments)
    if records:
        page = _page(workspace, records, output)
        write_atomically(output, page.encode("utf-8", "surrogateescape"))
        say(f"{output}: {len(records)} records")
    else:
        say("no run is recorded here, so there is nothing to report; graphkit experiment run")
    leave(found=bool(records))


def _refuse(output: Path, root: Path) -> None:
    """Refuse a place where the page cannot be written, or would be more than a page.

    Raises:
        GraphkitError: there is no such folder, or it lies in the vault, where a page is a note.
    """
    if not output.parent.is_dir():
        raise GraphkitError(f"no such folder: {output.parent}", "make it, or name another place")
    if output.is_dir():
        raise GraphkitError(f"{output} is a folder", "name a file in it")
    if output.resolve().is_relative_to(root.resolve()):
        hint = f"name a place outside of {root}, such as a docs/ beside it"
        raise GraphkitError(f"{output} lies in the vault, where it would become a note", hint)


def _page(workspace: "Workspace", records: "Sequence[Record]", output: Path) -> str:
    from graphkit.experiment import claims
    from graphkit.experiment.told import promise
    from graphkit.experiment.trials import JUDGED, tuning
    from graphkit.render.report import Beside, Place, report
    from graphkit.workspace import evidence

    folder = workspace.experiments
    paths = (output.resolve(), workspace.root.resolve(), folder.resolve())
    top = Path(os.path.commonpath([paths[0].parent, *paths[1:]]))
    return report(
        workspace.verdicts,
        records,
        {name: promise(test) for name, test in JUDGED.items()},
        workspace.graph.nodes,
        Place(*(path.relative_to(top).as_posix() for path in paths)),
        sorted(path.name for path in (folder / evidence.FIGURES).glob("*.svg")),
        Beside(claims.beside(records), tuning.tuned(records)),
    )
