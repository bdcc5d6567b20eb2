"""`graphkit experiment own` and `trust`: the experiments that a vault registers itself."""

from typing import TYPE_CHECKING, Annotated

import typer

from graphkit.commands.experiment import group
from graphkit.commands.options import JsonOption, VaultOption, opened
from graphkit.commands.terminal import ERROR, leave, say, show, show_json

if TYPE_CHECKING:
    from graphkit.experiment.own import Registered
    from graphkit.workspace import Workspace

own = typer.Typer(help="Experiments that the vault registers in graphkit.toml.")
group.add_typer(own, name="own")

Named = Annotated[str, typer.Argument(metavar="NAME", help="A registered experiment.")]


@own.command("list")
def list_(json: JsonOption = False, vault: VaultOption = None) -> None:
    """List the registered experiments with trust and verdict."""
    from graphkit import render
    from graphkit.render.escape import line
    from graphkit.workspace import registered, trust

    workspace = opened(vault)
    held = {verdict.test: verdict for verdict in workspace.verdicts}
    rows = [
        (each, held.get(each.name), registered.trusted(trust.folder(), workspace.root, each))
        for each in workspace.vault.registered
    ]
    for problem in (*workspace.problems, *workspace.runs.problems):
        if problem.code == "bad-experiment":
            say(f"{problem.span}: {line(problem.message)} ({line(problem.hint)})")
    if json:
        show_json(render.documents.registered(rows))
    else:
        show(render.registered(rows))
        leave(found=bool(rows))


@own.command()
def run(name: Named, vault: VaultOption = None) -> None:
    """Run a trusted experiment, record its number, and judge it.

    It runs in an empty folder with its declared inputs, and only while their bytes and its
    command are those that were trusted.
    """
    from graphkit import render
    from graphkit.workspace import registered, trust

    workspace = opened(vault)
    chosen = _named(workspace, name)
    done = registered.run(trust.folder(), workspace.root, workspace.experiments, chosen)
    after = opened(workspace.root)
    verdict = next(each for each in after.verdicts if each.test == name)
    show(render.verdict(verdict, after.graph.nodes))
    if done.failure:
        say(f"{name}: {done.failure}")
        raise typer.Exit(ERROR)


@group.command("trust")
def give(
    name: Named,
    revoke: Annotated[bool, typer.Option("--revoke", help="End the trust.")] = False,
    vault: VaultOption = None,
) -> None:
    """Let a registered experiment run as it stands now.

    Any change of its command or inputs ends the trust. It is kept with your settings, never in
    the vault. A trusted command runs with your rights: read it first.
    """
    from graphkit.render.escape import line
    from graphkit.workspace import registered, trust

    workspace = opened(vault)
    chosen = _named(workspace, name)
    if revoke:
        trust.pin(trust.folder(), workspace.root, name, "")
        say(f"{name} is no longer trusted")
        return
    covered = registered.give_trust(trust.folder(), workspace.root, chosen)
    say(f"{name} may run: {line(' '.join(chosen.command))}")
    for path, data in covered.files.items():
        say(f"  with {line(path)}, {len(data)} bytes")
    say(f"then: graphkit experiment own run {name}")


def _named(workspace: "Workspace", name: str) -> "Registered":
    from graphkit.errors import GraphkitError

    known = {each.name: each for each in workspace.vault.registered}
    if name not in known:
        there = f"there are: {', '.join(known)}" if known else "graphkit.toml registers none"
        raise GraphkitError(f"no experiment is registered as {name}", there)
    return known[name]
