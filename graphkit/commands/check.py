"""`graphkit check`: what is wrong in a vault, by file, line and column."""

from typing import Annotated

import typer

from graphkit.commands.options import JsonOption, VaultArgument, VaultOption, opened
from graphkit.commands.terminal import FINDINGS, say, show, show_json
from graphkit.vocabulary import Severity

app = typer.Typer()


@app.command()
def check(
    folder: VaultArgument = None,
    fail_on: Annotated[
        Severity, typer.Option("--fail-on", help="Exit 1 from this severity up.")
    ] = Severity.ERROR,
    json: JsonOption = False,
    vault: VaultOption = None,
) -> None:
    """Report broken links, misfitting relations and missing evidence."""
    from graphkit import render

    problems = opened(folder, vault).check()
    if json:
        show_json(render.documents.problems(problems))
    else:
        show(render.problems(problems))
        say(render.tally(problems).plain)
    order = list(Severity)
    if any(order.index(problem.severity) <= order.index(fail_on) for problem in problems):
        raise typer.Exit(FINDINGS)
