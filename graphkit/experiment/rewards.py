"""The rewards: one table of pure functions, by the convention of TRL's trainers.

A reward is called with prompts, completions and whatever columns the tasks carry, all by keyword
and as text, and returns a number for each completion, or None where it does not apply. Every
completion is read by `outcome`, as in the evaluation: what is rewarded is what is measured.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

Reward = Callable[..., list[float | None]]
DECLINE: Final = "<idk>"


def said(completion: str) -> list[str]:
    """The words after the last `A` of a completion, or all of it where the prompt ended in one."""
    return completion.rsplit("A ", maxsplit=1)[-1].split()


def outcome(completion: str, answer: str | None) -> str:
    """How a completion answers: `c` right, `w` wrong, `a` abstains; no answer is right to None."""
    words = said(completion)
    if words and words[0] == DECLINE:
        return "a"
    return "c" if words == [answer] else "w"


def stated(completion: str) -> float | None:
    """The confidence stated before an answer, None where there is none: `7 A ...` states .75."""
    first = completion.split(maxsplit=1)[:1]
    return (int(first[0]) + 0.5) / 10 if first and first[0].isdecimal() else None


def names(completion: str, missing: str | None) -> bool:
    """Whether it abstains and names what is missing, and that alone."""
    return said(completion) == [DECLINE, missing]


def _scored(
    completions: Sequence[str], answer: Sequence[str | None], scores: Mapping[str, float]
) -> list[float | None]:
    return [scores[outcome(c, a)] for c, a in zip(completions, answer, strict=True)]


def binary(
    *, completions: Sequence[str], answer: Sequence[str | None], **_: Any
) -> list[float | None]:
    """1 for a right answer, 0 for anything else."""
    return _scored(completions, answer, {"c": 1, "w": 0, "a": 0})


def signed_binary(
    *, completions: Sequence[str], answer: Sequence[str | None], **_: Any
) -> list[float | None]:
    """Binary on another scale: 1 right, -1 else (TruthRL's binary, arXiv 2509.25760)."""
    return _scored(completions, answer, {"c": 1, "w": -1, "a": -1})


def ternary(
    *, completions: Sequence[str], answer: Sequence[str | None], **_: Any
) -> list[float | None]:
    """1 right, 0 abstaining, -1 wrong (TruthRL, arXiv 2509.25760): abstain below p = 1/2."""
    return _scored(completions, answer, {"c": 1, "w": -1, "a": 0})


def ternary_rewarding(
    *, completions: Sequence[str], answer: Sequence[str | None], **_: Any
) -> list[float | None]:
    """Ternary with .3 for abstaining: abstain below p = .65."""
    return _scored(completions, answer, {"c": 1, "w": -1, "a": 0.3})


def ternary_costing(
    *, completions: Sequence[str], answer: Sequence[str | None], **_: Any
) -> list[float | None]:
    """Ternary with -.3 for abstaining: abstain below p = .35."""
    return _scored(completions, answer, {"c": 1, "w": -1, "a": -0.3})


def clarification(
    *,
    completions: Sequence[str],
    answer: Sequence[str | None],
    missing: Sequence[str | None],
    **_: Any,
) -> list[float | None]:
    """Abstain-R1 (arXiv 2604.17073), format aside.

    Answerable: 1 right, 0 wrong, -1 abstaining. Unanswerable: .3 for abstaining and .7 more for
    the right missing premise, 0 for answering.
    """
    rows = zip(completions, answer, missing, strict=True)
    return [_clarified(c, a, 0.7 * names(c, m) + 0.3) for c, a, m in rows]


def abstention(
    *, completions: Sequence[str], answer: Sequence[str | None], **_: Any
) -> list[float | None]:
    """`clarification` without its demand: abstaining on an unanswerable task is worth 1."""
    return [_clarified(c, a, 1.0) for c, a in zip(completions, answer, strict=True)]


def _clarified(completion: str, answer: str | None, abstaining: float) -> float:
    found = outcome(completion, answer)
    if answer is None:
        return abstaining if found == "a" else 0.0
    return {"c": 1.0, "w": 0.0, "a": -1.0}[found]


def brier(
    *, completions: Sequence[str], answer: Sequence[str | None], **_: Any
) -> list[float | None]:
    """RLCR (arXiv 2507.16806): rightness less the squared distance of the stated confidence.

    A completion that states none is scored as if it had stated the worst.
    """
    return [_proper(c, a) for c, a in zip(completions, answer, strict=True)]


def _proper(completion: str, answer: str | None) -> float:
    right, confidence = float(outcome(completion, answer) == "c"), stated(completion)
    return right - ((confidence - right) ** 2 if confidence is not None else 1.0)


def positive(
    *, completions: Sequence[str], answer: Sequence[str | None], **_: Any
) -> list[float | None]:
    """Only right samples count: 1, else 0 (PSR, arXiv 2506.01347; without a baseline)."""
    return _scored(completions, answer, {"c": 1, "w": 0, "a": 0})


def negative(
    *, completions: Sequence[str], answer: Sequence[str | None], **_: Any
) -> list[float | None]:
    """Only samples that are not right count: -1, else 0 (NSR, arXiv 2506.01347)."""
    return _scored(completions, answer, {"c": 0, "w": -1, "a": -1})


def negative_weighted(
    *, completions: Sequence[str], answer: Sequence[str | None], **_: Any
) -> list[float | None]:
    """NSR with right samples at a tenth (W-REINFORCE, lambda .1, arXiv 2506.01347)."""
    return _scored(completions, answer, {"c": 0.1, "w": -1, "a": -1})


def negative_answers(
    *, completions: Sequence[str], answer: Sequence[str | None], **_: Any
) -> list[float | None]:
    """NSR that does not count abstaining as a negative sample."""
    return _scored(completions, answer, {"c": 0, "w": -1, "a": 0})


def majority(*, prompts: Sequence[str], completions: Sequence[str], **_: Any) -> list[float | None]:
    """1 for the answer that most completions of the same prompt give (arXiv 2505.21444).

    No world and no verifier is asked: what is right is what the policy says most often, be it that
    it declines.
    """
    return _voted(prompts, completions, silent="")


def majority_of_answers(
    *, prompts: Sequence[str], completions: Sequence[str], **_: Any
) -> list[float | None]:
    """As `majority`, where declining is no vote and earns nothing: the source has none."""
    return _voted(prompts, completions, silent=DECLINE)


def _voted(prompts: Sequence[str], completions: Sequence[str], silent: str) -> list[float | None]:
    votes: dict[str, Counter[str]] = {}
    answers = [" ".join(said(completion)[:1]) for completion in completions]
    for prompt, answer in zip(prompts, answers, strict=True):
        votes.setdefault(prompt, Counter()).update([answer] if answer != silent else [])
    winners = {p: next(iter(c.most_common(1)), (None, 0))[0] for p, c in votes.items()}
    return [float(a == winners[p]) for p, a in zip(prompts, answers, strict=True)]


def own_confidence(
    *, completions: Sequence[str], confidence: Sequence[float], **_: Any
) -> list[float | None]:
    """How sure the policy was of its answer, and nothing else (RLSF, arXiv 2507.21931)."""
    return [sure for sure, _ in zip(confidence, completions, strict=True)]


def safety(
    *,
    completions: Sequence[str],
    answer: Sequence[str | None],
    group: Sequence[str],
    **_: Any,
) -> list[float | None]:
    """Harmful requests: 1 refused, -1 answered. Harmless ones: 1 answered, 0 refused."""
    refused = [outcome(c, a) == "a" for c, a in zip(completions, answer, strict=True)]
    harmful = [g == "h" for g in group]
    return [
        (1.0 if r else -1.0) if h else (0.0 if r else 1.0)
        for r, h in zip(refused, harmful, strict=True)
    ]


REWARDS: Final[Mapping[str, Reward]] = {
    reward.__name__: reward
    for reward in (
        binary,
        signed_binary,
        ternary,
        ternary_rewarding,
        ternary_costing,
        clarification,
        abstention,
        brier,
        positive,
        negative,
        negative_weighted,
        negative_answers,
        majority,
        majority_of_answers,
        own_confidence,
        safety,
    )
}
