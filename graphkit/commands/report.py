"""`graphkit experiment report`: everything the runs came to, on one page."""

import os
from pathlib import Path
from typing import Annotated

import typer

from graphkit.commands.experiment import group
from graphkit.commands.options import VaultOption, opened
from graphkit.commands.terminal import say


@group.command()
def report(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The page to write.")
    ] = Path("experiment-report.md"),
    vault: VaultOption = None,
) -> None:
    """Write one Markdown page: every test with its verdict, figure, rule, records and limits.

    Its numbers come from the verdicts and records of the vault; its figures are linked, not copied.
    """
    from graphkit.disk import write_atomically
    from graphkit.experiment.told import promise
    from graphkit.experiment.trials import TESTS
    from graphkit.render.report import Place, report
    from graphkit.workspace import evidence

    workspace = opened(vault)
    folder = workspace.experiments
    evidence.draw(folder)
    records = evidence.records(folder)
    output.parent.mkdir(parents=True, exist_ok=True)
    top = Path(os.path.commonpath([output.resolve().parent, workspace.root, folder.resolve()]))
    paths = (output.resolve(), workspace.root.resolve(), folder.resolve())
    verdicts = workspace.verdicts
    drawn = {path.name for path in (folder / evidence.FIGURES).glob("*.svg")}
    page = report(
        verdicts,
        records,
        {name: promise(test) for name, test in TESTS.items()},
        workspace.graph.nodes,
        Place(*(path.relative_to(top).as_posix() for path in paths)),
        sorted(drawn - {verdict.figure for verdict in verdicts}),
    )
    write_atomically(output, page.encode("utf-8", "surrogateescape"))
    say(f"{output}: {len(records)} records")
