"""GRPO under one of our rewards, by TRL's trainer; small adapters (LoRA) unless told otherwise.

The rewards are the very functions that the tiny model is trained with: a reply in prose is first
brought to the words they read (`reading.canonical`).
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphkit.errors import GraphkitError
from graphkit.experiment.hub import reading
from graphkit.experiment.hub.measure import prompt
from graphkit.experiment.hub.questions import Question
from graphkit.experiment.rewards import REWARDS, Reward

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

Told = Callable[[int, int], None]
NEEDS_CONFIDENCE: Final = frozenset({"brier", "own_confidence"})  # not stated in free prose


class Recipe(NamedTuple):
    """How a model is tuned; the same for every reward that is compared."""

    steps: int = 50
    prompts: int = 4  # groups a step
    samples: int = 8  # completions a group
    tokens: int = 64  # of a completion, at most
    rate: float = 1e-5
    beta: float = 0.05  # weight of the divergence from the start
    adapter: int = 16  # rank of the LoRA adapters; 0: all weights are tuned
    seed: int = 0


def reward(name: str, questions: Sequence[Question]) -> Reward:
    """A reward of ours for replies in prose, for TRL's trainer; `index` names the question.

    Raises:
        GraphkitError: no such reward, or one that replies in prose cannot be given.
    """
    if name not in REWARDS or name in NEEDS_CONFIDENCE:
        there = ", ".join(each for each in REWARDS if each not in NEEDS_CONFIDENCE)
        raise GraphkitError(f"no reward {name!r} for a model in prose", f"there are {there}")

    def scored(
        *, prompts: Sequence[str], completions: Sequence[str], index: Sequence[int], **_: Any
    ) -> list[float | None]:
        asked = [questions[place] for place in index]
        rows = zip(completions, asked, strict=True)
        return REWARDS[name](
            prompts=prompts,
            completions=[reading.canonical(reply, question) for reply, question in rows],
            answer=[reading.gold(question) for question in asked],
            missing=[None] * len(asked),
            group=["h" if question.harmful else "b" for question in asked],
        )

    scored.__name__ = name  # TRL's logs are told apart by it
    return scored


def tune(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    name: str,
    questions: Sequence[Question],
    recipe: Recipe,
    on_progress: Told | None = None,
) -> tuple[Any, list[float]]:
    """The tuned model, and its mean reward step by step. The model given is changed.

    Raises:
        GraphkitError: no such reward, or the extra `llm` is not installed.
    """
    try:
        from datasets import Dataset
        from transformers import PrinterCallback
        from trl.trainer.grpo_config import GRPOConfig
        from trl.trainer.grpo_trainer import GRPOTrainer
    except ImportError as error:
        raise GraphkitError("TRL is not installed", "pip install 'graphkit-notes[llm]'") from error
    rows = [
        {"prompt": prompt(question, tokenizer), "index": place}
        for place, question in enumerate(questions)
    ]
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        # The adapters' library still asks the model by a name that transformers gives up.
        warnings.filterwarnings("ignore", ".*gradient_checkpointing", FutureWarning)
        trainer = GRPOTrainer(
            model=model,
            reward_funcs=[reward(name, questions)],
            args=GRPOConfig(output_dir=folder, **_settings(recipe, on_cpu=_on_cpu(model))),
            train_dataset=Dataset.from_list(rows),
            processing_class=tokenizer,
            peft_config=_adapter(recipe),
            callbacks=[_teller(on_progress)] if on_progress else None,
        )
        trainer.remove_callback(PrinterCallback)  # standard output is for data
        trainer.train()
        history = [entry["reward"] for entry in trainer.state.log_history if "reward" in entry]
    return trainer.model, history


def _on_cpu(model: PreTrainedModel) -> bool:
    return model.device.type == "cpu"


def _settings(recipe: Recipe, *, on_cpu: bool) -> dict[str, Any]:
    return {
        "max_steps": recipe.steps,
        "per_device_train_batch_size": recipe.prompts * recipe.samples,
        "num_generations": recipe.samples,
        "max_completion_length": recipe.tokens,
        "learning_rate": recipe.rate,
        "beta": recipe.beta,
        "scale_rewards": "none",  # Dr. GRPO, arXiv:2503.20783: no division by the group's spread
        "loss_type": "dr_grpo",
        "seed": recipe.seed,
        "use_cpu": on_cpu,
        "bf16": not on_cpu,
        "activation_checkpointing": not on_cpu,
        "logging_steps": 1,
        "save_strategy": "no",
        "report_to": "none",
        "disable_tqdm": True,
    }


def _adapter(recipe: Recipe) -> Any:
    if not recipe.adapter:
        return None
    from peft import LoraConfig

    return LoraConfig(
        r=recipe.adapter,
        lora_alpha=2 * recipe.adapter,
        target_modules="all-linear",
        task_type="CAUSAL_LM",
    )


def _teller(on_progress: Told) -> Any:
    from transformers import TrainerCallback

    class Teller(TrainerCallback):
        def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:  # noqa: ARG002
            on_progress(state.global_step, state.max_steps)  # the names are the trainer's

    return Teller()
