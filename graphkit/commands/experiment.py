"""`graphkit experiment`: run the claim tests, read their records and verdicts."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graphkit.commands.options import JsonOption, VaultOption, mind_vault, opened
from graphkit.commands.terminal import ERROR, INTERRUPTED, Progress, leave, say, show, show_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphkit.experiment.runner import Progress as Step
    from graphkit.experiment.runner import Summary
    from graphkit.models import Verdict
    from graphkit.workspace import Workspace

app = typer.Typer()
group = typer.Typer(help="Run the claim tests; read their records and verdicts.")
group.callback()(mind_vault)
app.add_typer(group, name="experiment")

TestOption = Annotated[
    list[str] | None, typer.Option("--test", metavar="TEST", help="Only this claim test.")
]


@group.command()
def run(
    *,
    profile: Annotated[
        str, typer.Option("--profile", "-p", help="smoke, quick, full, or tuning.")
    ] = "quick",
    test: TestOption = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes at once.")] = 2,
    device: Annotated[
        str, typer.Option("--device", help="cpu or cuda; with --model the fastest there is.")
    ] = "",
    scheduler: Annotated[
        str, typer.Option("--scheduler", metavar="ADDRESS", help="Run on this Dask cluster.")
    ] = "",
    model: Annotated[
        str, typer.Option("--model", metavar="NAME_OR_PATH", help="A language model instead.")
    ] = "",
    questions: Annotated[
        Path | None, typer.Option("--questions", metavar="PATH", help="With --model: what to ask.")
    ] = None,
    reward: Annotated[
        str, typer.Option("--reward", help="With --model: tune it by GRPO under this reward.")
    ] = "",
    steps: Annotated[int, typer.Option("--steps", min=1, help="With --reward: its steps.")] = 50,
    items: Annotated[
        int, typer.Option("--items", min=2, help="With --model: how many questions to ask.")
    ] = 200,
    vault: VaultOption = None,
) -> None:
    """Train the small models, record every job, and judge.

    Each job is recorded as soon as it ends, and one whose record has the present protocol is not
    run again: an interrupted run goes on where it stopped. With --model a causal language model is
    asked questions from files that you have (SelfAware, UMWP, XSTest, Abstain-Test), tuned under
    one of the same rewards, asked again.
    """
    if model:
        from graphkit.commands.models import ask_model

        ask_model(model, questions, reward, steps, items, device, opened(vault))
        return
    _run_profile(opened(vault), profile, test or [], jobs, device or "cpu", scheduler)


def _run_profile(
    workspace: "Workspace", profile: str, tests: list[str], jobs: int, device: str, scheduler: str
) -> None:
    """Run what is not recorded yet, draw, and show the verdicts of what was asked for."""
    from graphkit import render
    from graphkit.experiment import runner
    from graphkit.workspace import evidence

    folder = workspace.experiments
    records = folder / evidence.RECORDS
    told = _teller(profile)
    try:
        done = runner.run(
            profile,
            records,
            tests,
            jobs=jobs,
            device=device,
            scheduler=scheduler,
            on_progress=told,
        )
    except KeyboardInterrupt:
        say(f"stopped; what was recorded in {records} is kept, run again to go on")
        raise typer.Exit(INTERRUPTED) from None
    evidence.draw(folder)
    after = _told(opened(workspace.root))
    ran = [each for each in (*after.verdicts, *_beside(after)) if each.profile]
    asked = [each for each in ran if not tests or each.test in tests]
    if asked:
        show(render.verdicts(asked))
    _conclude(done, folder)


def _teller(profile: str) -> "Callable[[Step], None]":
    """Tells of each job that ended: a bar on a terminal, a line elsewhere."""
    bar = Progress()

    def report(step: "Step") -> None:
        minutes = f"{step.seconds_left / 60:.1f} minutes left"
        if sys.stderr.isatty():
            bar(f"{profile}, {minutes}", step.done, step.total)
        else:
            say(f"{step.done}/{step.total} {step.said}, {minutes}")

    return report


def _conclude(done: "Summary", folder: Path) -> None:
    """Say what a run came to; a failed job is an error."""
    from graphkit.render import words

    say(
        f"{words.count(len(done.written), 'job')} run, {len(done.kept)} kept, "
        f"{len(done.failed)} failed; {done.wall_seconds / 60:.1f} minutes, "
        f"{done.cpu_seconds / 60:.1f} of CPU; {folder}"
    )
    for reason in done.failed:
        say(f"failed: {reason} (it is run again once its record is removed)")
    for reason in done.dropped:
        say(f"left out: {reason}")
    if done.failed:
        raise typer.Exit(ERROR)


def _told(workspace: "Workspace") -> "Workspace":
    """The workspace, after what is wrong with its records has been said."""
    for problem in workspace.runs.problems:
        say(f"{problem.span.path}: {problem.message} ({problem.hint})")
    return workspace


@group.command("list")
def list_(json: JsonOption = False, vault: VaultOption = None) -> None:
    """List the run records of a vault."""
    from graphkit import render
    from graphkit.experiment import protocol
    from graphkit.workspace import evidence

    records = evidence.records(_told(opened(vault)).experiments)
    if json:
        show_json(render.documents.records(records))
    else:
        current = {r.name for r in records if protocol.current(r.profile, r.arm, r.fingerprint)}
        show(render.records(records, {r.name for r in records} - current))
    if not records:
        say("no run is recorded here; graphkit experiment run records some")
    leave(found=bool(records))


@group.command("show")
def show_(
    test: Annotated[str, typer.Argument(metavar="TEST", help="A claim test, or a row beside.")],
    json: JsonOption = False,
    vault: VaultOption = None,
) -> None:
    """Show one claim test: verdict, interval, measures, records."""
    from graphkit import render
    from graphkit.errors import GraphkitError

    workspace = _told(opened(vault))
    judged = (*workspace.verdicts, *_beside(workspace))
    told = [each for each in judged if each.test == test]
    if not told:
        names = ", ".join(dict.fromkeys(each.test for each in judged))
        raise GraphkitError(f"no claim test is called {test}", f"there are: {names}")
    if json:
        show_json(render.documents.verdicts(told))
        return
    for verdict in told:
        show(render.verdict(verdict, workspace.graph.nodes))


def _beside(workspace: "Workspace") -> "tuple[Verdict, ...]":
    """What is judged beside the tests, on the records of the vault."""
    from graphkit.experiment import claims
    from graphkit.workspace import evidence

    return claims.beside(evidence.records(workspace.experiments))


@group.command()
def verdicts(json: JsonOption = False, vault: VaultOption = None) -> None:
    """Show what held, what did not, what cannot be tested here."""
    from graphkit import render

    workspace = _told(opened(vault))
    if json:
        show_json(render.documents.verdicts(workspace.verdicts))
    else:
        show(render.verdicts(workspace.verdicts, workspace.graph.nodes))
