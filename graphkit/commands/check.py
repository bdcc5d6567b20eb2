"""`graphkit check`: what is wrong in a vault, by file, line and column."""

from typing import Annotated

import typer

from graphkit.commands.options import (
    JsonOption,
    StagedOption,
    VaultArgument,
    VaultOption,
    opened,
    own_vault,
    seen,
)
from graphkit.commands.terminal import FINDINGS, say, show, show_json
from graphkit.vocabulary import Severity

app = typer.Typer()


@app.command()
def check(
    folder: VaultArgument = None,
    fail_on: Annotated[
        Severity | None,
        typer.Option(
            "--fail-on", help="Exit 1 from this severity up.", show_default="as graphkit.toml says"
        ),
    ] = None,
    codes: Annotated[
        bool, typer.Option("--codes", help="List every code with its severity and meaning.")
    ] = False,
    staged: StagedOption = False,
    json: JsonOption = False,
    vault: VaultOption = None,
) -> None:
    """Report broken links, wrong relations, missing evidence.

    The [check] table of graphkit.toml says what is left out (ignore, skip), how much a code
    matters (severity) and from where on to exit 1 (fail-on; error by default).
    """
    from graphkit import render

    if codes:
        _list_codes(json=json)
        return
    with seen(own_vault(folder, vault), staged=staged) as place:
        workspace = opened(place)
        problems = workspace.check()
    if json:
        show_json(render.documents.problems(problems))
    else:
        show(render.problems(problems))
        say(render.tally(problems).plain)
    order = list(Severity)
    worst = order.index(fail_on or workspace.vault.check.fail_on)
    if any(order.index(problem.severity) <= worst for problem in problems):
        raise typer.Exit(FINDINGS)


def _list_codes(*, json: bool) -> None:
    from graphkit import render
    from graphkit.codes import CODES

    if json:
        listed = [{"code": name, **code._asdict()} for name, code in CODES.items()]
        show_json({"schema": "graphkit.codes.v1", "codes": listed})
    else:
        show(render.codes(CODES))
