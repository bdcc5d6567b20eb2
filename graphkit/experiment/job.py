"""One job: train one arm of one seed on one thread, evaluate it, write its record.

This is where torch is loaded, in the process that does the work.
"""

from __future__ import annotations

import platform
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import graphkit
from graphkit.experiment import protocol, record
from graphkit.experiment.arms import Measure, Plan, Pretrain, Reinforce, Score, Tune, closure
from graphkit.experiment.protocol import PROFILES
from graphkit.experiment.record import Items, Record
from graphkit.experiment.trials import ARMS

if TYPE_CHECKING:
    from graphkit.experiment.model import GPT
    from graphkit.experiment.train import Curves

POINTS: Final = 60  # most points of a recorded curve


class Job(NamedTuple):
    """What to run, and where its record and its weights go."""

    profile: str
    arm: str
    seed: int
    folder: Path
    cache: Path
    commit: str = ""
    device: str = "cpu"

    @property
    def name(self) -> str:
        return record.filename(self.profile, self.arm, self.seed)

    @property
    def checkpoint(self) -> Path:
        return checkpoint(self, self.arm)


def checkpoint(job: Job, arm: str) -> Path:
    """Where the weights of an arm are kept while other arms may start from them."""
    fingerprint = protocol.fingerprint(job.profile, arm)
    return job.cache / f"{arm}-{fingerprint}-seed{job.seed}.safetensors"


def perform(job: Job) -> Record:
    """Run a job and write its record; a loss that is no number gives a record that says so.

    Raises:
        RecordError: the record or the weights cannot be written.
    """
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # two threads beside a busy core were many times slower than one
    wall, cpu = time.perf_counter(), time.process_time()
    try:
        done = _attempt(job)
    finally:
        torch.set_num_threads(threads)
    measured = done.model_copy(
        update={
            "wall_seconds": round(time.perf_counter() - wall, 2),
            "cpu_seconds": round(time.process_time() - cpu, 2),
        }
    )
    record.write(job.folder, measured)
    return measured


def _attempt(job: Job) -> Record:

    arm, profile = ARMS[job.arm], PROFILES[job.profile]
    plan = protocol.plan(profile, arm)
    empty = Record(
        profile=job.profile,
        arm=job.arm,
        stage=arm.stage,
        seed=job.seed,
        fingerprint=protocol.fingerprint(job.profile, job.arm),
        config=protocol.config(profile, arm),
        commit=job.commit,
        versions=_versions(job.device),
    )
    try:
        measured, items, curves = _done(job, plan, profile.items)
    except FloatingPointError as error:
        return empty.model_copy(update={"failure": str(error)})
    return empty.model_copy(
        update={
            "metrics": {name: round(value, 5) for name, value in measured.items()},
            "items": items,
            "curves": {name: _thinned(values) for name, values in curves.items()},
        }
    )


def _done(job: Job, plan: Plan, count: int) -> tuple[dict[str, float], dict[str, Items], Curves]:
    """Metrics, items and curves of a job: trained and evaluated, or measured on others."""
    from graphkit.experiment import evaluate

    needs = [arm.name for arm in ARMS[job.arm].needs]
    if isinstance(plan, Measure):
        metrics, items = plan.what({name: _loaded(job, name) for name in needs}, job.seed, count)
        return metrics, items, {}
    model, curves, metrics = _trained(job, plan)
    start = not isinstance(plan, Reinforce)  # the label `known` is of the policy all start from
    found, items = evaluate.evaluate(model, plan.world, job.seed, count, label=start)
    return metrics | found, items, curves


def _trained(
    job: Job, plan: Pretrain | Tune | Reinforce | Score
) -> tuple[GPT, Curves, dict[str, float]]:
    from graphkit.experiment import precision, reinforce, supervise, train

    metrics: dict[str, float] = {}
    start = [_loaded(job, arm.name) for arm in ARMS[job.arm].needs[:1]]
    match plan, start:
        case Tune(), [model]:
            with precision.kept(plan.dtype):
                curves = train.tune(model, plan, job.seed)
        case Reinforce(), [model]:
            with precision.kept(plan.dtype):
                curves, metrics = reinforce.reinforce(model, plan, job.seed)
        case Score(), [model]:
            curves = supervise.supervise(model, plan, job.seed)
        case Pretrain(), []:
            model, curves, metrics = train.pretrain(plan, job.seed, job.device)
        case _:
            raise TypeError(f"the arm {job.arm} starts from too much or too little")
    if any(ARMS[job.arm] in other.needs for other in ARMS.values()):
        _save(model, job.checkpoint)
    return model, curves, metrics


def _loaded(job: Job, arm: str) -> GPT:
    """The weights of an arm of this seed, as large as its base was made."""
    from safetensors.torch import load_file

    from graphkit.experiment.model import GPT

    base = closure([ARMS[arm]])[0].plan
    shape = (base.width, base.layers) if isinstance(base, Pretrain) else ()
    model = GPT(*shape).to(job.device)
    model.load_state_dict(load_file(checkpoint(job, arm), device=job.device))
    return model


def _save(model: GPT, path: Path) -> None:
    from safetensors.torch import save

    record.store(path, save(model.state_dict()), "the weights")


def _thinned(values: list[float]) -> list[float]:
    """At most POINTS values: means of equal stretches."""
    stride = max(1, -(-len(values) // POINTS))
    stretches = (values[place : place + stride] for place in range(0, len(values), stride))
    return [round(sum(stretch) / len(stretch), 4) for stretch in stretches]


def _versions(device: str) -> dict[str, str]:
    installed = {name: version(name) for name in ("torch", "numpy")}
    own = {"graphkit": graphkit.__version__, "python": platform.python_version()}
    return installed | own | {"device": device}
