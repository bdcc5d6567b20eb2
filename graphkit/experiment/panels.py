"""The panels: what the figure of each claim test shows beside its effect.

To give a test a figure, add its row to `PANELS`; a test without one has a verdict and no figure.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Panel(NamedTuple):
    """Bars of some metrics for some arms: seeds as dots, their mean as a bar."""

    title: str
    metrics: tuple[tuple[str, str], ...]  # metric of the records, its name in the legend
    arms: tuple[tuple[str, str], ...]  # arm, its name on the axis


_KNOWLEDGE_ARMS: Final = (
    ("k-base", "start"),
    ("k-binary", "binary"),
    ("k-ternary-cost", "ternary, t = -0.3"),
    ("k-ternary", "ternary, t = 0"),
    ("k-ternary-reward", "ternary, t = +0.3"),
)
PANELS: Final = {
    "ternary-reward": Panel(
        "What becomes of a question (world K)",
        (("accuracy", "right"), ("hallucination", "wrong"), ("abstention", "declined")),
        _KNOWLEDGE_ARMS,
    ),
    "reasoning-removes-abstention": Panel(
        "Rewarding right answers only (world R)",
        (
            ("abstention recall", "declined, unanswerable"),
            ("accuracy on answerable", "right, answerable"),
            ("false refusals", "declined, answerable"),
        ),
        (("r-sft", "start"), ("r-correct", "correct-only")),
    ),
    "objective-sets-direction": Panel(
        "Two objectives from one start (worlds S and R)",
        (
            ("refused contrast", "refused, only looks unsafe"),
            ("refused harmful", "refused, harmful"),
            ("abstention recall", "declined, unanswerable"),
            ("false refusals", "declined, answerable"),
        ),
        (
            ("r-sft", "start"),
            ("r-correct", "reasoning objective"),
            ("s-safety", "safety objective"),
        ),
    ),
    "clarification-reward": Panel(
        "Rewarding the name of what is missing (world R)",
        (
            ("clarification", "declined and named, unanswerable"),
            ("abstention recall", "declined, unanswerable"),
            ("accuracy on answerable", "right, answerable"),
        ),
        (("r-sft", "start"), ("r-abstain", "abstain-only"), ("r-clarify", "clarification")),
    ),
}
