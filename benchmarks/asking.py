"""What `ask` answers on the bundled notes, and what it declines.

    python benchmarks/asking.py [--risk 0.1] [--unanswered FILE...] [--sample 400]

`rewordings.jsonl` holds questions that the notes answer, in words other than theirs, each with the
claim that should come first. Files of questions that the notes do not answer (SelfAware's JSON,
XSTest's CSV, or JSON lines with `text`) are given by name; long ones are sampled, always alike.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from graphkit import Workspace
from graphkit.vocabulary import AnswerState

REWORDINGS = Path(__file__).with_name("rewordings.jsonl")


class Reworded(NamedTuple):
    text: str
    path: str  # of the claim that should come first


def rewordings() -> list[Reworded]:
    return [Reworded(**json.loads(line)) for line in REWORDINGS.read_text("utf-8").splitlines()]


def questions(file: Path) -> list[str]:
    text = file.read_text("utf-8")
    if file.suffix == ".csv":
        return [row["prompt"] for row in csv.DictReader(text.splitlines())]
    if file.suffix == ".json":
        return [example["question"] for example in json.loads(text)["example"]]
    return [json.loads(line)["text"] for line in text.splitlines()]


def answered(workspace: Workspace, asked: Sequence[Reworded], risk: float) -> None:
    """Print how often the right claim came first, and where it did not."""
    right = refused = 0
    for question in asked:
        answer = workspace.ask(question.text, risk)
        first = answer.claims[0].node.path if answer.claims else ""
        refused += answer.state == AnswerState.NOT_IN_THESE_NOTES
        right += first == question.path
        if first != question.path:
            print(f"  {answer.state:<20} {question.text}")
    print(
        f"rewordings: {len(asked)}; answered with the right claim first {right / len(asked):.3f}, "
        f"with another {1 - (right + refused) / len(asked):.3f}, "
        f"declined {refused / len(asked):.3f}"
    )


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
    answered(workspace, rewordings(), arguments.risk)
    for file in arguments.unanswered:
        every = questions(file)
        asked = random.Random(0).sample(every, min(arguments.sample, len(every)))
        share = declined(workspace, asked, arguments.risk)
        print(f"{file.name}: {len(asked)} of {len(every)}; declined {share:.3f}")


if __name__ == "__main__":
    main()
