"""A model from its name to its record: loaded, measured, tuned, measured again."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphkit.errors import GraphkitError
from graphkit.experiment.hub import measure, tuning
from graphkit.experiment.hub.questions import Question
from graphkit.experiment.hub.record import ModelRun, digest
from graphkit.experiment.hub.tuning import Recipe

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

Told = Callable[[str, int, int], None]


def run(
    name: str,
    reward: str,
    learnt: Sequence[Question],
    asked: Sequence[Question],
    recipe: Recipe,
    *,
    device: str = "",
    on_progress: Told | None = None,
) -> ModelRun:
    """Measure a model on `asked`; with a reward, tune it on `learnt` and measure it again.

    `name` is a hub name or a folder; `device` a name that torch knows, the graphics processor if
    there is one when empty. No question stands on both sides.

    Raises:
        GraphkitError: the model cannot be loaded, the reward is unknown, the questions overlap.
    """
    if reward and {question.text for question in learnt} & {question.text for question in asked}:
        raise GraphkitError("questions to learn from are among those that are asked")
    began = time.perf_counter()
    model, tokenizer = load(name, device)
    parameters = sum(weights.numel() for weights in model.parameters())

    def told(what: str) -> Callable[[int, int], None] | None:
        return None if on_progress is None else lambda done, total: on_progress(what, done, total)

    def rates(subject: Any, what: str) -> dict[str, float]:
        said = measure.replies(
            subject, tokenizer, asked, tokens=recipe.tokens, on_progress=told(what)
        )
        return measure.rates(asked, said)

    before = rates(model, "asked before")
    after: dict[str, float] = {}
    history: list[float] = []
    if reward:
        tuned, history = tuning.tune(model, tokenizer, reward, learnt, recipe, told(reward))
        after = rates(tuned, "asked after")
    return ModelRun(
        model=Path(name).name if Path(name).is_dir() else name,
        parameters=parameters,
        reward=reward,
        recipe=recipe._asdict() if reward else {},
        sources=dict(Counter(question.source for question in asked)),
        digest=digest(asked),
        before=before,
        after=after,
        rewards=[round(value, 5) for value in history],
        versions={each: version(each) for each in ("torch", "transformers")},
        device=str(model.device),
        wall_seconds=round(time.perf_counter() - began, 2),
    )


def load(name: str, device: str = "") -> tuple[PreTrainedModel, PreTrainedTokenizerBase]:
    """A causal language model and its tokenizer; weights from safetensors only, no code of its own.

    Raises:
        GraphkitError: it cannot be found or read.
    """
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # ours tells what takes long
    chosen = device or ("cuda" if torch.cuda.is_available() else "cpu")
    try:
        tokenizer = AutoTokenizer.from_pretrained(name)
        model = AutoModelForCausalLM.from_pretrained(name, use_safetensors=True, device_map=chosen)
    except (OSError, ValueError) as error:
        first = str(error).strip().splitlines()[0]
        raise GraphkitError(f"no model {name!r}: {first}", "give a hub name or a folder") from error
    if tokenizer.pad_token_id is None:
        tokenizer.pad_token = tokenizer.eos_token
    return model, tokenizer
