"""What is kept of a run on a model: which model, reward and questions, and the rates."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from graphkit.experiment.hub.questions import Question
from graphkit.experiment.record import store

SCHEMA: Final = "graphkit.model-run.v1"
FOLDER: Final = "models"  # beside the folder of run records


class ModelRun(BaseModel):
    """One model, measured before and after tuning under one reward; rates are shares of one."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False
    )

    schema_: Literal["graphkit.model-run.v1"] = Field(default=SCHEMA, alias="schema")
    model: str  # hub name, or the name of a folder
    parameters: int
    reward: str = ""  # empty: measured only
    recipe: dict[str, Any] = {}
    sources: dict[str, int]  # measured questions by source
    digest: str  # of the measured questions
    before: dict[str, float]
    after: dict[str, float] = {}
    rewards: list[float] = []  # mean reward by step
    versions: dict[str, str] = {}
    device: str = "cpu"
    wall_seconds: float = 0.0

    @property
    def name(self) -> str:
        """Its file name: the model, the reward, the questions."""
        model = re.sub(r"[^\w.-]+", "-", self.model).strip("-.") or "model"
        return "-".join(filter(None, (model, self.reward, self.digest[:8]))) + ".json"


def digest(questions: Sequence[Question]) -> str:
    """SHA-256 of the questions, so that two runs are compared on the same ones."""
    return hashlib.sha256(json.dumps(questions).encode()).hexdigest()


def write(folder: Path, run: ModelRun) -> Path:
    """Write a record atomically and return its path.

    Raises:
        RecordError: the folder cannot be written.
    """
    text = run.model_dump_json(by_alias=True, indent=1) + "\n"
    return store(folder / run.name, text.encode(), "the record")
