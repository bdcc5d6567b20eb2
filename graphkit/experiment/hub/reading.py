"""What an answer in prose amounts to: right, wrong or declined, in the words our rewards read.

This is a rule, not a judge: it knows common ways to decline, and a right answer where a gold
answer stands in the reply as words of its own. Replies that decline in other ways count as answers,
so abstention is more likely under- than overstated; the rule is the same for every model and arm.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from graphkit.experiment.hub.questions import Question
from graphkit.experiment.rewards import DECLINE

RIGHT: Final = "right"
_WRONG: Final = "wrong"
_DECLINES: Final = re.compile(
    "|".join(
        (
            r"\b(?:do|did|does)(?: not|n['’]?t) (?:know|have (?:enough|any|the|sufficient))\b",
            r"\bi(?: a|['’])m (?:not sure|unsure|unable|sorry)\b",
            (
                r"\b(?:i|we) (?:can ?not|can['’]t|could not|won['’]t|will not) "
                r"(?:answer|say|tell|determine|know|help|assist|provide|do|fulfil|comply)"
            ),
            (
                r"\b(?:can ?not|can['’]t|could not|impossible to|not possible to|no way to) "
                r"(?:be )?(?:answer|determin|know|say|tell|comput|calculat|predict|verif)"
            ),
            r"\binsufficient (?:information|data|context)\b",
            r"\bnot (?:enough|sufficient) (?:information|data|context)\b",
            r"\b(?:unknown|unanswerable|uncertain|undetermined)\b",
            r"\bno(?: one|body) knows\b",
            r"\bno (?:definitive|known|single) answer\b",
        )
    ),
    re.IGNORECASE,
)
_STATED: Final = re.compile(r"(?:answer\s*(?:is|:)|\\boxed\{|####)\s*(.+)", re.IGNORECASE)
_NUMBER: Final = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_ARTICLES: Final = re.compile(r"\b(?:a|an|the)\b")


def declines(reply: str) -> bool:
    """Whether a reply declines to answer."""
    return _DECLINES.search(reply) is not None


def right(reply: str, answers: Sequence[str]) -> bool:
    """Whether a reply gives one of these answers; without any, whatever is said does."""
    if not answers:
        return bool(reply.strip())
    return any(_gives(reply, answer) for answer in answers)


def canonical(reply: str, question: Question) -> str:
    """The reply as our rewards read it: declined, right or wrong."""
    if declines(reply):
        return DECLINE
    return RIGHT if question.answerable and right(reply, question.answers) else _WRONG


def gold(question: Question) -> str | None:
    """The answer that `canonical` is compared with: none where declining is right."""
    return RIGHT if question.answerable else None


def _gives(reply: str, answer: str) -> bool:
    number = _value(answer)
    if number is not None:
        last = _last_number(reply)
        return last is not None and abs(last - number) <= 1e-6 * max(1.0, abs(number))
    wanted = _plain(answer)
    return bool(wanted) and f" {wanted} " in f" {_plain(reply)} "


def _value(text: str) -> float | None:
    found = _NUMBER.fullmatch(text.strip())
    return float(found[0].replace(",", "")) if found else None


def _last_number(reply: str) -> float | None:
    """The number that a reply ends on, or that stands where it states its answer."""
    stated = _STATED.findall(reply)
    found = _NUMBER.findall(stated[-1] if stated else reply)
    return float(found[-1].replace(",", "")) if found else None


def _plain(text: str) -> str:
    words = re.sub(r"[^\w\s]", " ", text.casefold())
    return " ".join(_ARTICLES.sub(" ", words).split())
