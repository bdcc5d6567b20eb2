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
from graphkit.experiment.protocol import ARMS, PROFILES, Pretrain, Reinforce, Tune
from graphkit.experiment.record import Record

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
    from graphkit.experiment import evaluate

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
        versions=_versions(),
    )
    try:
        model, curves, metrics = _trained(job, plan)
    except FloatingPointError as error:
        return empty.model_copy(update={"failure": str(error)})
    start = arm.stage != "rl"  # the label `known` belongs to the policy that all arms start from
    measured, items = evaluate.evaluate(model, plan.world, job.seed, profile.items, label=start)
    return empty.model_copy(
        update={
            "metrics": {name: round(value, 5) for name, value in (metrics | measured).items()},
            "items": items,
            "curves": {name: _thinned(values) for name, values in curves.items()},
        }
    )


def _trained(job: Job, plan: protocol.Plan) -> tuple[GPT, Curves, dict[str, float]]:
    from graphkit.experiment import reinforce, train

    metrics: dict[str, float] = {}
    match plan:
        case Pretrain():
            model, curves, metrics = train.pretrain(plan, job.seed)
        case Tune():
            model = _loaded(job)
            curves = train.tune(model, plan, job.seed)
        case Reinforce():
            model = _loaded(job)
            curves, metrics = reinforce.reinforce(model, plan, job.seed)
    if any(other.start == job.arm for other in ARMS.values()):
        _save(model, job.checkpoint)
    return model, curves, metrics


def _loaded(job: Job) -> GPT:
    from safetensors.torch import load_file

    from graphkit.experiment.model import GPT

    model = GPT()
    model.load_state_dict(load_file(checkpoint(job, ARMS[job.arm].start)))
    return model


def _save(model: GPT, path: Path) -> None:
    from safetensors.torch import save

    record.store(path, save(model.state_dict()), "the weights")


def _thinned(values: list[float]) -> list[float]:
    """At most POINTS values: means of equal stretches."""
    stride = max(1, -(-len(values) // POINTS))
    stretches = (values[place : place + stride] for place in range(0, len(values), stride))
    return [round(sum(stretch) / len(stretch), 4) for stretch in stretches]


def _versions() -> dict[str, str]:
    installed = {name: version(name) for name in ("torch", "numpy")}
    return installed | {"graphkit": graphkit.__version__, "python": platform.python_version()}
