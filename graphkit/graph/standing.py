"""How claims and questions stand, derived from the graph on every read and stored nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from graphkit.graph.argument import Argument, argument
from graphkit.graph.lines import Lines, lines
from graphkit.graph.trials import trials
from graphkit.models import Graph, Node, Standing
from graphkit.vocabulary import Flag, Kind, Stand

SHAKY: Final = frozenset({Stand.CONTESTED, Stand.REFUTED})

_WORDS: Final = {
    (False, False): Stand.UNSUPPORTED,
    (True, False): Stand.SUPPORTED,
    (False, True): Stand.REFUTED,
    (True, True): Stand.CONTESTED,
}


def standings(graph: Graph) -> Mapping[str, Standing]:
    """The standing of every claim and question, by id.

    A claim's word follows from whether it has lines for it and against it (see `lines`), its test
    state from the verdicts of the tests it names. A claim is *qualified* where a node qualifies
    it, *stale* where a verdict on it is, and *at risk* where it leans, over any number of steps,
    on another claim that is contested, refuted or stale.
    """
    argued = argument(graph)
    found = lines(argued)
    tried = trials(graph)
    claims = [node for node in graph.nodes.values() if node.kind is Kind.CLAIM]
    words = {claim.id: _word(found.get(claim.id, Lines())) for claim in claims}
    stale = {claim.id for claim in claims if tried[claim.id].stale}
    shaky = stale | {claim for claim, word in words.items() if word in SHAKY}
    risky = _at_risk(shaky, argued)
    flags = {
        Flag.STALE: stale,
        Flag.AT_RISK: risky,
        Flag.QUALIFIED: argued.qualifiers.keys(),
    }
    standing = {
        claim.id: Standing(
            claim.id,
            words[claim.id],
            *found.get(claim.id, Lines()),
            test=tried[claim.id].outcome,
            test_reason=tried[claim.id].reason,
            flags=tuple(flag for flag, ids in flags.items() if claim.id in ids),
            tracks=tried[claim.id].tracks,
        )
        for claim in claims
    }
    questions = (node for node in graph.nodes.values() if node.kind is Kind.QUESTION)
    return standing | {each.id: _asked(each, argued, standing) for each in questions}


def _word(found: Lines) -> Stand:
    return _WORDS[bool(found.supports), bool(found.opposes)]


def _asked(question: Node, argued: Argument, standing: Mapping[str, Standing]) -> Standing:
    """A question stands as the claims that address or resolve it; it has all their lines."""
    claims = [standing[claim] for claim in argued.answers.get(question.id, ())]
    words = {claim.word for claim in claims}
    word = Stand.OPEN
    if Stand.CONTESTED in words:
        word = Stand.CONTESTED
    elif Stand.SUPPORTED in words:
        word = Stand.ANSWERED
    return Standing(
        question.id,
        word,
        _union(claim.supports for claim in claims),
        _union(claim.opposes for claim in claims),
        test_reason="questions are not tested",
    )


def _union(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({line for group in groups for line in group}))


def _at_risk(shaky: set[str], argued: Argument) -> set[str]:
    """Claims that lean on a shaky claim other than themselves.

    Every claim remembers at most two shaky claims below it: that is enough to tell whether one of
    them is not itself, and keeps rings of claims cheap.
    """
    dependants: defaultdict[str, list[str]] = defaultdict(list)
    for claim, leaning in argued.leans_on.items():
        for each in leaning:
            dependants[each].append(claim)
    below: defaultdict[str, set[str]] = defaultdict(set)
    news = [(claim, cause) for cause in shaky for claim in dependants[cause]]
    while news:
        claim, cause = news.pop()
        if cause not in below[claim] and len(below[claim]) < 2:
            below[claim].add(cause)
            news += [(each, cause) for each in dependants[claim]]
    return {claim for claim, causes in below.items() if causes - {claim}}
