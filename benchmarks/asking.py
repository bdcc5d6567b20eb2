"""What `ask` answers on the bundled notes, and what it declines.

    python benchmarks/asking.py [--risk 0.1] [--unanswered FILE...] [--sample 400]

First the questions saved with the notes (`notes/queries.jsonl`), as `graphkit bench queries` asks
them: those that the notes answer are in words other than theirs. Then the share declined of files
of questions that the notes do not answer (SelfAware's JSON, XSTest's CSV, or JSON lines with
`text`), given by name; long ones are sampled, always alike.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from collections.abc import Sequence
from pathlib import Path

from graphkit import Workspace, render
from graphkit.vocabulary import AnswerState
from graphkit.workspace import measuring


def questions(file: Path) -> list[str]:
    text = file.read_text("utf-8")
    if file.suffix == ".csv":
        return [row["prompt"] for row in csv.DictReader(text.splitlines())]
    if file.suffix == ".json":
        return [example["question"] for example in json.loads(text)["example"]]
    return [json.loads(line)["text"] for line in text.splitlines()]


def declined(workspace: Workspace, asked: Sequence[str], risk: float) -> float:
    """The share of questions that `ask` declines."""
    states = [workspace.ask(question, risk).state for question in asked]
    return sum(state == AnswerState.NOT_IN_THESE_NOTES for state in states) / len(states)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--risk", type=float, default=0.1)
    parser.add_argument("--unanswered", nargs="*", type=Path, default=[], metavar="FILE")
    parser.add_argument("--sample", type=int, default=400)
    arguments = parser.parse_args()
    workspace = Workspace.open(Path(__file__).parents[1] / "notes")
    if workspace.no_model:
        raise SystemExit(workspace.no_model)  # keywords alone are not what is measured
    print(render.to_text(render.outcomes(measuring.queries(workspace, None, arguments.risk))))
    for file in arguments.unanswered:
        every = questions(file)
        asked = random.Random(0).sample(every, min(arguments.sample, len(every)))
        share = declined(workspace, asked, arguments.risk)
        print(f"{file.name}: {len(asked)} of {len(every)}; declined {share:.3f}")


if __name__ == "__main__":
    main()
