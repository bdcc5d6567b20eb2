"""How claims and questions stand, derived from the graph on every read and stored nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from graphkit.graph.argument import Argument, argument
from graphkit.graph.lines import NO_LINES, Lines, lines
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
    on another claim that is contested, refuted or stale. A question is contested if a claim that
    addresses or resolves it is, else answered if one is supported, else open.
    """
    argued = argument(graph)
    found = lines(argued)
    claims = _claims(graph, argued, found)
    asked = {
        node.id: _asked(
            node,
            [claims[claim] for claim in argued.answers.get(node.id, ())],
            found.get(node.id, NO_LINES),
        )
        for node in graph.nodes.values()
        if node.kind is Kind.QUESTION
    }
    return claims | asked


def _claims(graph: Graph, argued: Argument, found: Mapping[str, Lines]) -> dict[str, Standing]:
    tried = trials(graph)
    words = {claim: _word(found.get(claim, NO_LINES)) for claim in tried}
    stale = {claim for claim, trial in tried.items() if trial.stale}
    shaky = stale | {claim for claim, word in words.items() if word in SHAKY}
    flagged = {
        Flag.STALE: stale,
        Flag.AT_RISK: _at_risk(shaky, argued),
        Flag.QUALIFIED: argued.qualifiers.keys(),
    }
    return {
        claim: Standing(
            claim,
            words[claim],
            *found.get(claim, NO_LINES),
            test=trial.outcome,
            test_reason=trial.reason,
            flags=tuple(flag for flag, ids in flagged.items() if claim in ids),
            tracks=trial.tracks,
        )
        for claim, trial in tried.items()
    }


def _word(found: Lines) -> Stand:
    return _WORDS[bool(found.supports), bool(found.opposes)]


def _asked(question: Node, claims: Iterable[Standing], found: Lines) -> Standing:
    words = {claim.word for claim in claims}
    word = Stand.OPEN
    if Stand.CONTESTED in words:
        word = Stand.CONTESTED
    elif Stand.SUPPORTED in words:
        word = Stand.ANSWERED
    return Standing(question.id, word, *found, test_reason="questions are not tested")


def _at_risk(shaky: set[str], argued: Argument) -> set[str]:
    """Claims that lean on a shaky claim other than themselves.

    Every claim remembers at most two shaky claims below it: that is enough to tell whether one of
    them is not itself, and keeps rings of claims cheap.
    """
    dependants = defaultdict(set, {key: set(ids) for key, ids in argued.dependants.items()})
    for claim, supporters in argued.supporters.items():
        for supporter in supporters:
            dependants[supporter].add(claim)
    below: defaultdict[str, set[str]] = defaultdict(set)
    news = [(claim, cause) for cause in shaky for claim in dependants[cause]]
    while news:
        claim, cause = news.pop()
        if cause not in below[claim] and len(below[claim]) < 2:
            below[claim].add(cause)
            news += [(each, cause) for each in dependants[claim]]
    return {claim for claim, causes in below.items() if causes - {claim}}
