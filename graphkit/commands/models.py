"""`graphkit experiment run --model`: a language model asked, tuned under a reward, asked again."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from graphkit.commands.terminal import Progress, say, show

if TYPE_CHECKING:
    from graphkit.workspace import Workspace

_SEED = 0


def ask_model(
    name: str,
    questions: Path | None,
    reward: str,
    steps: int,
    items: int,
    device: str,
    workspace: "Workspace",
) -> None:
    """Ask a model, tune it when a reward is named, ask again; record and show the rates.

    Raises:
        GraphkitError: no questions, no such model or reward.
    """
    from graphkit import render
    from graphkit.errors import GraphkitError
    from graphkit.experiment.hub import questions as asking
    from graphkit.experiment.hub import record, trial
    from graphkit.experiment.hub.tuning import Recipe

    if questions is None:
        raise GraphkitError("a model needs questions", "name a file or a folder: --questions PATH")
    drawn = asking.sample(asking.read(questions), 2 * items if reward else items, _SEED)
    asked = drawn[: len(drawn) // 2] if reward else drawn
    learnt = drawn[len(asked) :]
    bar = Progress()
    if not sys.stderr.isatty():
        say(
            f"{len(asked)} questions to {name}" + (f", {steps} steps of {reward}" if reward else "")
        )
    recipe = Recipe(steps=steps, seed=_SEED)
    run = trial.run(name, reward, learnt, asked, recipe, device=device, on_progress=bar)
    file = record.write(workspace.experiments / record.FOLDER, run)
    show(render.model_run(run))
    say(f"recorded in {file}")
