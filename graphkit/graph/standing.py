"""How claims and questions stand, derived from the graph on every read and stored nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, compress, product
from typing import Final

from graphkit.errors import NodeNotFound
from graphkit.graph import lines, trials
from graphkit.graph.argument import Argument, argument
from graphkit.graph.lines import Ledger, Reach
from graphkit.graph.trials import Trial
from graphkit.models import Graph, Node, Standing
from graphkit.rules import CLAIM_WORDS, FLAGS, SHAKY, question_word
from graphkit.vocabulary import Kind, Stand


@dataclass(frozen=True)
class Weighed:
    """A graph with its evidence weighed, and what it takes to weigh a part of it again."""

    graph: Graph
    argued: Argument
    fed: Reach  # the claims that each claim is evidence for
    order: tuple[list[str], ...]  # as `lines.course`
    ledger: Ledger
    trials: Mapping[str, Trial]
    shaky: frozenset[str]  # claims that put at risk what leans on them
    at_risk: frozenset[str]
    standings: Mapping[str, Standing]

    @cached_property
    def attacked(self) -> Reach:
        """The claims that each claim contradicts."""
        return reversed_ends(self.argued.attackers)

    @cached_property
    def asked(self) -> Reach:
        """The questions that each claim answers."""
        return reversed_ends(self.argued.answers)


_SHAKY: Final = {sides: word in SHAKY for sides, word in CLAIM_WORDS.items()}

_FLAGS: Final = {
    raised: tuple(compress((rule.flag for rule in FLAGS), raised))
    for raised in product((False, True), repeat=len(FLAGS))
}
"""The flags of a claim, by which of the rules apply to it, in their order."""


def reversed_ends(ends: Mapping[str, Iterable[str]]) -> Reach:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for object_, subjects in ends.items():
        for subject in subjects:
            found[subject].add(object_)
    return found


def weigh(graph: Graph) -> Weighed:
    """Weigh all the evidence of a graph by the rules of `graphkit.rules`."""
    argued = argument(graph)
    fed = reversed_ends(argued.supporters)
    order = lines.course(argued)
    ledger = lines.ledger(argued, order)
    tried = trials.trials(graph)
    unsafe = shaky(tried, ledger, tried)
    at_risk = risks(argued, fed, unsafe)
    claims = {claim: stand(claim, argued, ledger, tried, at_risk) for claim in tried}
    questions = (node.id for node in graph.nodes.values() if node.kind is Kind.QUESTION)
    asked = {key: answered(key, argued, ledger, claims) for key in questions}
    return Weighed(graph, argued, fed, order, ledger, tried, unsafe, at_risk, claims | asked)


def standings(graph: Graph) -> Mapping[str, Standing]:
    """The standing of every claim and question, by id."""
    return weigh(graph).standings


def standing(weighed: Weighed, node: Node) -> Standing:
    """How one node stands.

    Raises:
        NodeNotFound: it is of a kind that does not stand on evidence.
    """
    if node.id not in weighed.standings:
        hint = "only claims and questions have a standing"
        raise NodeNotFound(f"{node.title} is a {node.kind}", hint)
    return weighed.standings[node.id]


def stand(
    claim: str,
    argued: Argument,
    ledger: Ledger,
    tried: Mapping[str, Trial],
    at_risk: Collection[str],
) -> Standing:
    """How one claim stands."""
    trial = tried[claim]
    spelt = ledger.spelt  # a claim's lines without a value between: thousands are asked at once
    for_it, against_it = ledger.supports.get(claim, 0), ledger.opposes.get(claim, 0)
    return Standing(
        claim,
        CLAIM_WORDS[for_it > 0, against_it > 0],
        spelt(for_it),
        spelt(against_it),
        trial.outcome,
        trial.reason,
        _FLAGS[trial.stale, claim in at_risk, claim in argued.qualifiers],
        trial.tracks,
        trial.profile,
    )


def word(claim: str, ledger: Ledger) -> Stand:
    """The word of a claim, by which sides it has lines on."""
    return CLAIM_WORDS[bool(ledger.supports.get(claim)), bool(ledger.opposes.get(claim))]


def answered(
    question: str, argued: Argument, ledger: Ledger, claims: Mapping[str, Standing]
) -> Standing:
    """How one question stands on its answers."""
    answers = argued.answers.get(question, ())
    said = question_word(frozenset(claims[claim].word for claim in answers))
    return Standing(
        question, said, *ledger.together(answers), test_reason="questions are not tested"
    )


def risks(argued: Argument, fed: Reach, unsafe: Iterable[str]) -> frozenset[str]:
    """Claims that lean, over any number of steps, on a shaky claim other than themselves.

    `fed` are the claims that each claim is evidence for: like those that depend on it, they lean
    on it. Every claim remembers at most two shaky claims below it: that is enough to tell whether
    one of them is not itself, and keeps rings of claims cheap.
    """
    first: dict[str, str] = {}
    second: dict[str, str] = {}
    news = [(cause, cause) for cause in unsafe]
    while news:
        claim, cause = news.pop()
        for each in chain(fed.get(claim, ()), argued.dependants.get(claim, ())):
            known = first.get(each)
            if known is None:
                first[each] = cause
            elif known == cause or each in second:
                continue
            else:
                second[each] = cause
            news.append((each, cause))
    return frozenset(claim for claim, cause in first.items() if cause != claim or claim in second)


def shaky(claims: Iterable[str], ledger: Ledger, tried: Mapping[str, Trial]) -> frozenset[str]:
    """Those of these claims that put at risk what leans on them."""
    supports, opposes = ledger.supports.get, ledger.opposes.get
    return frozenset(
        claim
        for claim in claims
        if tried[claim].stale or _SHAKY[bool(supports(claim)), bool(opposes(claim))]
    )
