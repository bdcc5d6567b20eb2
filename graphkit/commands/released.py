"""`graphkit experiment released`: what released results of real models say of the claims."""

from pathlib import Path
from typing import Annotated

import typer

from graphkit.commands.experiment import group
from graphkit.commands.options import JsonOption, VaultOption, opened
from graphkit.commands.terminal import say, show, show_json


@group.command()
def released(
    data: Annotated[
        Path, typer.Option("--data", metavar="DIR", help="The folder of the released files.")
    ],
    json: JsonOption = False,
    vault: VaultOption = None,
) -> None:
    """Compute contrasts of released results from files you have.

    Reads AbstentionBench's table, RLCR's metrics and XSTest's labels below DIR; each that is there
    gives a record (figures, digests of the files, whom to cite) in the vault's experiments, from
    which the verdicts of track B follow. The files themselves are not copied.
    """
    from graphkit import render
    from graphkit.experiment import released as track
    from graphkit.workspace import evidence

    workspace = opened(vault)
    folder = workspace.experiments / evidence.RELEASED
    records = track.recompute(data)
    for record in records:
        track.write(folder, record)
    judged = track.verdicts(records)
    if json:
        studies = (record.model_dump(by_alias=True) for record in records)
        show_json(render.documents.released(studies, judged))
    else:
        show(render.released(records, judged))
    say(f"{len(records)} studies recorded in {folder}")
