"""How fast the experiment trains, as a share of what this machine can multiply, and on what.

    python benchmarks/experiment.py [--figure docs/images/experiment-time.png] [--beside NANOGPT]

On one thread: the best rate of a 1024 x 1024 matrix product, then tokens a second of pretraining
and completions a second of reinforcement (worlds K and R), each with its share of that rate by the
operations the model must do. No weights are loaded, so the reinforced arm of world R is one whose
reward never leaves a group without variance: a real run skips such groups. The parts of a step are
timed by wrapping the functions that do them.

`--beside` names a checkout of nanoGPT: a model of its own, of as many layers, heads and units, is
then trained on batches of the same shape by its own forward pass and optimiser, on the same thread
in the same run. Its loss reads the head at every token, ours only where something is to be learnt.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

os.environ["OMP_NUM_THREADS"] = "1"

import torch  # the thread count is read when it loads

from graphkit.experiment import reinforce, train
from graphkit.experiment.arms import Pretrain, Reinforce
from graphkit.experiment.model import GPT
from graphkit.experiment.trials import ARMS
from graphkit.experiment.world import words

STEPS: Final = {"pretrain": 40, "reinforce": 12}
SIZE, REPEATS = 1024, 12
PARTS: Final = {  # function, where it is looked up: what it does
    (train, "loss_on"): "forward",
    (train, "step"): "backward and optimiser",
    (reinforce, "complete"): "sampling",
    (reinforce, "_loss"): "forward, policy and reference",
    (words, "text"): "reading completions",
}


def gemm() -> float:
    """The best rate of multiplying two square matrices, in operations a second."""
    one, other = torch.randn(SIZE, SIZE), torch.randn(SIZE, SIZE)
    best = float("inf")
    for _ in range(REPEATS):
        began = time.perf_counter()
        one @ other
        best = min(best, time.perf_counter() - began)
    return 2 * SIZE**3 / best


@contextmanager
def timed(spent: Counter[str]) -> Iterator[None]:
    """Add the seconds of each part to `spent` while the block runs."""
    held = {place: getattr(*place) for place in PARTS}

    def wrapped(function: Callable[..., Any], part: str) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            began = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                spent[part] += time.perf_counter() - began  # type: ignore[assignment]

        return call

    for (module, name), function in held.items():
        setattr(module, name, wrapped(function, PARTS[module, name]))
    try:
        yield
    finally:
        for (module, name), function in held.items():
            setattr(module, name, function)


def operations(model: GPT, tokens: float, heads: float) -> float:
    """Multiplications and additions of one pass forward: blocks by token, the head where read."""
    blocks = sum(w.numel() for w in model.blocks.parameters() if w.ndim == 2)
    return 2 * (blocks * tokens + model.head.weight.numel() * heads)


def pretraining(arm: str, peak: float) -> tuple[str, Counter[str]]:
    """Tokens a second of an arm's pretraining, and the seconds of its parts."""
    plan = ARMS[arm].plan
    if not isinstance(plan, Pretrain):
        raise TypeError(f"{arm} is no base")
    plan = replace(plan, steps=STEPS["pretrain"], target=0.0)
    draw, random = train.documents(plan.world, 0), train.generator(0, "pretrain")
    batches = draw(random, plan.batch, 0.0)
    tokens = sum(b.tokens[:, :-1].size for b in batches) * plan.steps
    heads = sum(int(b.learn[:, 1:].sum()) for b in batches) * plan.steps
    spent: Counter[str] = Counter()
    train.pretrain(replace(plan, steps=3), 0, "cpu")
    began = time.perf_counter()
    with timed(spent):
        model, _, _ = train.pretrain(plan, 0, "cpu")
    took = time.perf_counter() - began
    share = 3 * operations(model, tokens, heads) / took / peak
    return f"{arm}: {tokens / took:,.0f} tokens a second, {share:.0%} of the peak", _rest(
        spent, took
    )


def beside(checkout: Path, arm: str) -> str:
    """Tokens a second of nanoGPT's model and optimiser, on batches shaped as those of an arm."""
    plan = ARMS[arm].plan
    if not isinstance(plan, Pretrain):
        raise TypeError(f"{arm} is no base")
    spec = importlib.util.spec_from_file_location("nanogpt", checkout / "model.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(checkout / "model.py")
    theirs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(theirs)
    batches = train.documents(plan.world, 0)(train.generator(0, "pretrain"), plan.batch, 0.0)
    shape = theirs.GPTConfig(
        block_size=max(batch.tokens.shape[1] for batch in batches),
        vocab_size=len(words.WORDS),
        n_layer=plan.layers,
        n_head=4,
        n_embd=plan.width,
        dropout=0.0,
        bias=False,
    )
    model = theirs.GPT(shape)
    optimizer = model.configure_optimizers(0.01, plan.rate, (0.9, 0.98), "cpu")
    pairs = [
        (torch.as_tensor(b.tokens[:, :-1]).long(), torch.as_tensor(b.tokens[:, 1:]).long())
        for b in batches
    ]
    began = time.perf_counter()
    for number in range(STEPS["pretrain"] + 3):
        if number == 3:
            began = time.perf_counter()
        for inputs, targets in pairs:
            _, loss = model(inputs, targets.contiguous())
            loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
    tokens = sum(inputs.numel() for inputs, _ in pairs) * STEPS["pretrain"]
    return f"nanoGPT, as {arm}: {tokens / (time.perf_counter() - began):,.0f} tokens a second"


def reinforcement(arm: str, peak: float) -> tuple[str, Counter[str]]:
    """Completions a second of an arm's reinforcement, and the seconds of its parts."""
    plan = ARMS[arm].plan
    if not isinstance(plan, Reinforce):
        raise TypeError(f"{arm} is not reinforced")
    plan = replace(plan, steps=STEPS["reinforce"])
    torch.manual_seed(0)
    model = GPT()
    tasks = reinforce.stream(plan.world, 0)(train.generator(0, "tasks"), plan.prompts)
    rollouts = plan.prompts * plan.samples * plan.steps
    read = plan.prompts * tasks.prompts.shape[1] * plan.steps
    spent: Counter[str] = Counter()
    reinforce.reinforce(model, replace(plan, steps=1), 0)
    began = time.perf_counter()
    with timed(spent):
        reinforce.reinforce(model, plan, 0)
    took = time.perf_counter() - began
    # Prompts are read once to sample, once by the reference, and forward and back by the policy.
    least = 5 * operations(model, read + rollouts * (tasks.length - 1), rollouts * tasks.length)
    said = (
        f"{arm}: {rollouts / took:,.0f} completions a second, {least / took / peak:.0%} of the peak"
    )
    return said + " at most (groups that are all alike are skipped)", _rest(spent, took)


def _rest(spent: Counter[str], took: float) -> Counter[str]:
    spent["tasks, rewards, the rest"] = max(0.0, took - sum(spent.values()))  # type: ignore[assignment]
    return spent


def drawn(shares: dict[str, Counter[str]], path: Path) -> None:
    """One bar an arm, its parts side by side, in per cent of its time."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 2.8), layout="constrained")
    axes = figure.subplots()
    parts = list(dict.fromkeys(part for spent in shares.values() for part in spent))
    left = dict.fromkeys(shares, 0.0)
    for part in parts:
        widths = [100 * spent[part] / sum(spent.values()) for spent in shares.values()]
        axes.barh(list(shares), widths, left=list(left.values()), label=part)
        left = {arm: left[arm] + width for arm, width in zip(shares, widths, strict=True)}
    axes.set_xlim(0, 100)
    axes.set_xlabel("per cent of the time")
    axes.legend(frameon=False, fontsize=8, ncols=3, loc="upper left", bbox_to_anchor=(0, -0.25))
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110, metadata={"Software": None})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--figure", type=Path, help="draw where time goes into this PNG")
    parser.add_argument("--beside", type=Path, metavar="NANOGPT", help="a checkout of nanoGPT")
    asked = parser.parse_args()
    torch.set_num_threads(1)
    peak = gemm()
    print(f"torch {torch.__version__}, one thread; GEMM peak {peak / 1e9:.0f} GFLOP/s")
    shares = {}
    measures = {"k-base": pretraining, "r-base": pretraining, "k-ternary": reinforcement}
    for arm, measure in {**measures, "r-sure": reinforcement}.items():
        said, spent = measure(arm, peak)
        shares[arm] = spent
        parts = ", ".join(
            f"{part} {seconds / sum(spent.values()):.0%}" for part, seconds in spent.most_common()
        )
        print(f"{said}\n    {parts}")
        if asked.beside and measure is pretraining:
            print(beside(asked.beside, arm))
    if asked.figure:
        drawn(shares, asked.figure)


if __name__ == "__main__":
    main()
