"""Knowing when the notes do not hold an answer.

The vault labels itself (see `trials`). A question's strength is mapped to a probability by a
logistic fitted on questions with their answer in place and with it taken away. The threshold is
chosen on the latter, for each way of taking an answer away on its own (Mondrian categories, Vovk
et al. 2005), so that of such questions at most twice the `risk` is answered: wrong answers are at
most `risk` of all questions of which half have no answer, whichever way it is absent. That holds
not on average over vaults but for nine vaults in ten at least, each for itself: the threshold is
an upper confidence limit of the quantile (Vovk, arXiv:1209.2673; Angelopoulos et al.,
arXiv:2110.01052).

What is promised is promised for questions like the vault's own. Questions written to be mistaken
for answered ones, about the very sentence of a note, are closer than any it can make itself.
Measured at a risk of .1 on half of CLAPNQ, which played no part in how thresholds are set: wrong
answers were .083 [.053 .117] of all, and .82 of the answerable were answered. Of SQuAD 2.0, whose
questions are written to be mistaken, .145 were wrong. The confidence, too, is a rate only of the
vault's own questions; of others it is an order: its calibration error was .10 on adi, .19 on med
(answers taken away) and .27 on the half of CLAPNQ. Leaving out the easiest of the vault's questions
without an answer made it better on med (.13 to .18) and worse on adi (.13 to .15), so they stay.
"""

from __future__ import annotations

import hashlib
import json
import math
from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate, chain, takewhile
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphkit.found import Basis, Hit
from graphkit.search import rank, words

if TYPE_CHECKING:
    from graphkit.search.encoder import Encoder, Progress
    from graphkit.search.store import Store
    from graphkit.search.trials import Links

VERSION: Final = 7  # of what is kept; another is made anew
CHANGED: Final = 0.1  # share of changed notes, old and new, from which on it is made anew
RISK: Final = 0.1
UNANSWERED: Final = 0.5  # share of questions without an answer that the promise reckons with
DOUBT: Final = 0.1  # share of vaults whose own questions were too easy for the promise to hold
FOREIGN: Final = 0.1  # share of questions about another subject that may pass for close ones
# A vault too small to judge itself is judged by what larger ones taught, in round numbers.
SMALL_THRESHOLD: Final = 0.5
SMALL_SLOPE: Final = 12.0
RIDGE: Final = 1e-4  # keeps the fit finite where scores do not overlap


@dataclass(frozen=True)
class Calibration:
    """What a vault taught about its own scores. Plain numbers, kept beside the index."""

    version: int
    ground: tuple[str, ...]  # digests of the notes it was made on, each with its links
    model: str  # fingerprint of the encoder; empty for words alone
    present: tuple[float, ...]  # strengths of questions with their answer in place, ascending
    beyond: tuple[float, ...]  # with the half of the vault around it taken away
    removed: tuple[float, ...]  # with its note taken away
    trimmed: tuple[float, ...]  # with its sentence taken away
    slope: float
    intercept: float

    def confidence(self, strength: float) -> float:
        """Probability that a question of this strength is answered in the notes."""
        return _sigmoid(self.slope * strength + self.intercept)

    @property
    def absent(self) -> tuple[tuple[float, ...], ...]:
        """Strengths of questions without an answer, by the way in which it was taken away."""
        return tuple(kind for kind in (self.beyond, self.removed, self.trimmed) if kind)

    @property
    def foreign(self) -> float:
        """Strength that few questions about another subject reach; every one passes without any."""
        place = math.ceil(len(self.beyond) * (1 - FOREIGN))
        return self.beyond[place - 1] if self.beyond else -math.inf

    def basis(self, strength: float) -> Basis | None:
        """Where a strength stands among those of the vault's own questions; None without any."""
        absent = sorted(chain(*self.absent))
        if not (self.present and absent):
            return None
        shares = (bisect_left(each, strength) / len(each) for each in (self.present, absent))
        return Basis(len(self.present), len(absent), *shares)

    def level(self, strength: float) -> float | None:
        """The least risk, in hundredths, at which a question of this strength is answered."""
        levels = [hundredth / 100 for hundredth in range(1, round(100 * UNANSWERED))]
        place = bisect_left(levels, 1, key=lambda risk: int(strength > self.threshold(risk)))
        return levels[place] if place < len(levels) else None

    def threshold(self, risk: float) -> float:
        """Strength above which to answer, so that at most a share of `risk` of all questions gets
        an answer that is not in the notes. Infinite when that needs more questions than the vault
        has; a vault too small to be asked at all gets one fixed value, which promises nothing.

        The bound is approximate: several of the scores may come from one note.
        """
        if not self.absent:
            return SMALL_THRESHOLD
        return max(exceeded(kind, risk / UNANSWERED) for kind in self.absent)


def exceeded(scores: Sequence[float], share: float, doubt: float = DOUBT) -> float:
    """A score that at most this share of others like these exceeds, but for `doubt`.

    `scores` ascend. The k-th of n is too low when k or more of them lie below the quantile, and
    how many do is binomial: taken is the lowest whose chance of that is at most `doubt`. Infinite
    when n scores cannot say.
    """
    if share >= 1:
        return -math.inf
    count = len(scores)
    chances = (
        math.comb(count, below) * (1 - share) ** below * share ** (count - below)
        for below in range(count, 0, -1)
    )
    above = sum(1 for _ in takewhile(lambda tail: tail <= doubt, accumulate(chances)))
    return scores[count - above] if above else math.inf


class Judgement(NamedTuple):
    """Whether to answer."""

    answerable: bool
    confidence: float  # probability that the notes hold the answer
    missing: tuple[str, ...]  # words of the question that no note covers


class Asked(NamedTuple):
    """All that a question brought up."""

    hits: tuple[Hit, ...]
    judgement: Judgement
    strength: float
    calibration: Calibration

    @property
    def close(self) -> bool:
        """Whether a note is closer than notes are to questions about another subject."""
        return self.strength > self.calibration.foreign

    @property
    def level(self) -> float | None:
        """The least risk at which it is answered; None at none."""
        return self.calibration.level(self.strength)

    @property
    def basis(self) -> Basis | None:
        """What its confidence was learnt from."""
        return self.calibration.basis(self.strength)


def ask(
    store: Store,
    text: str,
    *,
    limit: int = 10,
    encoder: Encoder | None = None,
    risk: float = RISK,
    links: Callable[[], Links] = dict,
    state: str = "",
    on_calibrate: Progress | None = None,
) -> Asked:
    """Hits for a question, and whether they answer it. Calibrates the vault when that is due.

    `links` gives the paths linked to each note's path, either way: what is taken away together
    when the vault is calibrated. While `state`, any text that changes whenever a note or a link
    does, is what it was, they are not asked for.
    """
    from graphkit.search import evidence

    calibration = calibrate(store, encoder, links, state=state, on_progress=on_calibrate)
    query = rank.pose(store, text, "hybrid", encoder)
    found = rank.hits(store, text, rank.measure(query), limit)
    vectors = None if query.vector is None else query.vector[None]
    strengths = evidence.field(store, [text], query.matrix, vectors).strength
    held = evidence.held(store, text)
    missing = words.rejoined(word for word, notes in held.items() if not notes)
    strength = float(strengths.max(initial=0.0))
    return Asked(found, judge(calibration, strength, missing, risk), strength, calibration)


def judge(
    calibration: Calibration, strength: float, missing: tuple[str, ...] = (), risk: float = RISK
) -> Judgement:
    """Whether a question whose strongest note has this strength is one that the notes answer."""
    return Judgement(
        answerable=strength > calibration.threshold(risk),
        confidence=calibration.confidence(strength),
        missing=missing,
    )


def calibrate(
    store: Store,
    encoder: Encoder | None = None,
    links: Callable[[], Links] = dict,
    *,
    state: str = "",
    force: bool = False,
    on_progress: Progress | None = None,
) -> Calibration:
    """The vault's calibration: the kept one until the vault has changed enough, then a new one.

    `links` and `state` are those of `ask`. `on_progress` is called with what is done of it and
    how much there is.
    """
    model = _model(encoder)
    kept, seen = _recall(store.remembered(f"calibration {model}")), f"calibration seen {model}"
    if kept and not force and state and store.remembered(seen) == state:
        return kept
    linked = links()
    ground = _ground(store, linked)
    if not kept or force or _apart(kept.ground, ground) > CHANGED:
        kept = _made(store, encoder, linked, ground, on_progress)
    store.remember(seen, state)
    return kept


def _made(
    store: Store,
    encoder: Encoder | None,
    links: Links,
    ground: tuple[str, ...],
    on_progress: Progress | None,
) -> Calibration:
    from graphkit.search import trials

    model = _model(encoder)
    if on_progress and ground:
        on_progress(0, 1)
    found = trials.run(store, encoder, links, on_progress)
    slope, intercept = logistic(found.present, tuple(chain(*found[1:])))
    made = Calibration(VERSION, ground, model, *found, slope, intercept)
    store.remember(f"calibration {model}", json.dumps(asdict(made)))
    store.date(made_key(encoder))
    if on_progress and ground:
        on_progress(1, 1)
    return made


def changed(
    store: Store, encoder: Encoder | None, links: Callable[[], Links] = dict
) -> float | None:
    """The share of notes that changed since the vault was calibrated; None when it never was."""
    kept = _recall(store.remembered(f"calibration {_model(encoder)}"))
    return _apart(kept.ground, _ground(store, links())) if kept else None


def made_key(encoder: Encoder | None) -> str:
    """Under which the store keeps when the calibration was made."""
    return f"calibrated {_model(encoder)}"


def _model(encoder: Encoder | None) -> str:
    return encoder.fingerprint if encoder else ""


def _recall(text: str | None) -> Calibration | None:
    fields: dict[str, Any] = json.loads(text) if text else {}
    if fields.get("version") != VERSION:
        return None
    lists = {name: tuple(value) for name, value in fields.items() if isinstance(value, list)}
    return Calibration(**{**fields, **lists})


def _ground(store: Store, links: Links) -> tuple[str, ...]:
    linked = {path: json.dumps(sorted(others)).encode() for path, others in links.items()}
    return tuple(
        hashlib.blake2b(digest + linked.get(path, b""), digest_size=4).hexdigest()
        for path, digest in sorted(store.digests().items())
    )


def _apart(kept: Collection[str], now: Collection[str]) -> float:
    """The share of notes, old and new, that are not the same in both."""
    before, after = set(kept), set(now)
    return len(before ^ after) / len(before | after) if before | after else 0.0


class _Point(NamedTuple):
    score: float
    target: float
    weight: float


def logistic(positive: Sequence[float], negative: Sequence[float]) -> tuple[float, float]:
    """Slope and intercept of P(positive) on a score (Platt 1999), both kinds equally likely.

    Newton's steps on the penalised likelihood, with Platt's softened targets, so that a vault
    whose questions are told apart perfectly gets no infinite slope. The slope is never negative.
    """
    if not positive or not negative:
        return SMALL_SLOPE, -SMALL_SLOPE * SMALL_THRESHOLD
    points = [
        *(_Point(score, 1 - 1 / (len(positive) + 2), 1 / len(positive)) for score in positive),
        *(_Point(score, 1 / (len(negative) + 2), 1 / len(negative)) for score in negative),
    ]
    slope, intercept = 1.0, 0.0
    for _ in range(100):
        by_slope, by_intercept = _newton(points, slope, intercept)
        slope, intercept = slope + by_slope, intercept + by_intercept
        if abs(by_slope) + abs(by_intercept) < 1e-9:
            break
    return max(0.0, slope), intercept if slope > 0 else 0.0


def _newton(points: Sequence[_Point], slope: float, intercept: float) -> tuple[float, float]:
    """One step towards the greatest likelihood: the gradient divided by the curvature."""
    by_slope, by_intercept = -RIDGE * slope, -RIDGE * intercept
    slope_slope, slope_intercept, intercept_intercept = RIDGE, 0.0, RIDGE
    for score, target, weight in points:
        chance = _sigmoid(slope * score + intercept)
        by_slope += weight * (target - chance) * score
        by_intercept += weight * (target - chance)
        spread = weight * chance * (1 - chance)
        slope_slope += spread * score * score
        slope_intercept += spread * score
        intercept_intercept += spread
    determinant = slope_slope * intercept_intercept - slope_intercept**2
    return (
        (intercept_intercept * by_slope - slope_intercept * by_intercept) / determinant,
        (slope_slope * by_intercept - slope_intercept * by_slope) / determinant,
    )


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))
