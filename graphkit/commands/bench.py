"""`graphkit bench`: how well searching, declining and suggesting work, in figures."""

from pathlib import Path
from typing import Annotated

import typer

from graphkit.commands.ask import RiskOption
from graphkit.commands.options import JsonOption, VaultOption, mind_vault, opened
from graphkit.commands.terminal import FINDINGS, Progress, say_model, show, show_json

app = typer.Typer()
group = typer.Typer(help="Measure searching, declining and suggesting.")
group.callback()(mind_vault)
app.add_typer(group, name="bench")


@group.command()
def retrieval(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR", help="A collection: corpus.jsonl, queries.jsonl, qrels/test.tsv."
        ),
    ],
    json: JsonOption = False,
) -> None:
    """Measure every ranking on judged queries in BEIR layout.

    The rankings are by grep, keywords, meaning and both; measured are nDCG@10, recall@10 and the
    mean reciprocal rank, and how well `ask` tells queries with an answer from those without
    (`"answerable": false`, or the answer taken away). What was encoded is kept in the user's
    cache: an interrupted run goes on where it stopped.

    Example: graphkit bench retrieval ./my-collection
    """
    from graphkit import render
    from graphkit.workspace import measuring

    report = measuring.retrieval(folder, Progress())
    if json:
        show_json(render.measurements.document("retrieval", report))
    else:
        show(render.retrieval(report))


@group.command()
def queries(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="Saved questions; by default the vault's own."),
    ] = None,
    risk: RiskOption = 0.1,
    json: JsonOption = False,
    vault: VaultOption = None,
) -> None:
    """Ask the saved questions; say which got the right claim.

    `queries.jsonl` holds one a line: {"question": "…", "expects": "name of a claim, or null"};
    null where the notes hold no answer. `graphkit ask "…" --save NAME` appends one. A question
    is declined but named where the right claim is among the nearest notes that are shown. Exit 1
    when any turned out otherwise than expected.
    """
    from graphkit import render
    from graphkit.workspace import measuring

    workspace = opened(vault)
    outcomes = measuring.queries(workspace, file, risk)
    say_model(workspace)
    if json:
        show_json(render.measurements.document("queries", {"risk": risk, "queries": outcomes}))
    else:
        show(render.outcomes(outcomes))
    if not all(outcome.as_expected for outcome in outcomes):
        raise typer.Exit(FINDINGS)


@group.command()
def links(json: JsonOption = False, vault: VaultOption = None) -> None:
    """Take links away; see whether `suggest` would bring them back.

    Shown is the share of links whose other end is among the k notes closest to one end, of those
    that it is not linked to.
    """
    from graphkit import render
    from graphkit.errors import GraphkitError
    from graphkit.workspace import measuring

    report = measuring.links(opened(vault))
    if report is None:
        raise GraphkitError("no two notes of this vault are linked", "write some links first")
    if json:
        show_json(render.measurements.document("links-returned", report))
    else:
        show(render.returned(report))
