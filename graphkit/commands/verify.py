"""`graphkit experiment verify` and `compare`: records run again, and records side by side."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from graphkit.commands.experiment import group
from graphkit.commands.options import JsonOption, VaultOption, opened
from graphkit.commands.terminal import FINDINGS, Progress, say, show, show_json


@group.command()
def verify(
    count: Annotated[int, typer.Option("--count", "-n", min=1, help="Records to run again.")] = 2,
    seed: Annotated[int, typer.Option("--seed", help="Which ones: the seed of the draw.")] = 0,
    tolerance: Annotated[
        float, typer.Option("--tolerance", min=0, help="How far a rate may be off.")
    ] = 0.005,
    json: JsonOption = False,
    vault: VaultOption = None,
) -> None:
    """Run some recorded jobs again and compare their metrics.

    Nothing of the vault is written. Exit code 1: a metric is off by more than the tolerance.
    """
    from graphkit import render
    from graphkit.experiment import verify as proving
    from graphkit.workspace import evidence

    records = evidence.records(opened(vault).experiments)
    chosen = proving.drawn(records, count, seed)
    with tempfile.TemporaryDirectory() as folder:
        proof = proving.again(chosen, Path(folder), tolerance, Progress())
    if json:
        off = (each._asdict() for each in proof.differences)
        show_json(render.documents.proof(proof.records, off, proof.largest))
    else:
        show(render.differences(proof.differences))
    say(f"{len(proof.records)} records run again; largest difference {proof.largest:.6f}")
    if proof.differences:
        raise typer.Exit(FINDINGS)


@group.command()
def compare(
    before: Annotated[Path, typer.Argument(help="A vault, or a folder of records.")],
    after: Annotated[Path, typer.Argument(help="Another.")],
) -> None:
    """Say what two sets of records disagree about.

    Exit code 1: they disagree about something.
    """
    from graphkit import render
    from graphkit.experiment import claims
    from graphkit.experiment import verify as proving
    from graphkit.workspace import evidence

    first, second = (evidence.records(evidence.around(path)) for path in (before, after))
    turns = proving.turns(claims.verdicts(first), claims.verdicts(second))
    theirs = {record.name: record for record in second}
    both = [record for record in first if record.name in theirs]
    off = [each for held in both for each in proving.differences(held, theirs[held.name])]
    show(render.turns(turns))
    show(render.differences(off))
    say(f"{len(first)} and {len(second)} records, {len(both)} of the same jobs")
    if turns or off:
        raise typer.Exit(FINDINGS)
