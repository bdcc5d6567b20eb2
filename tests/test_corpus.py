"""What the bundled notes promise: the corpus a newcomer reads first, and that answers come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from graphkit import graph, parse
from graphkit.experiment.trials import BUILT
from graphkit.models import Edge, Graph, Node, ParsedNote, Standing
from graphkit.vocabulary import Flag, Kind, Severity, Stand

NOTES: Final = Path(__file__).parents[1] / "notes"

ABSTAIN = "Can models learn to abstain when uncertain about predictions?"
TERNARY = "Can three-way rewards fix the accuracy versus abstention problem?"
SMALL = "Can small models match frontier reasoning without massive scale?"
SPARSE = "Does reinforcement learning update only a small fraction of parameters?"
SELF = "Can models reliably improve themselves without external feedback?"
NEGATIVE = "Does negative reinforcement alone outperform full reinforcement learning?"
OBJECTIVE = "Does training objective determine which direction models fail at abstention?"
REASONING = "Does reasoning fine-tuning make models worse at declining to answer?"
BINARY = "Does binary reward training hurt model calibration?"
NEED = "Can models identify what information they actually need?"
POLITICS = "Does AI refusal on politics signal ethical restraint or capability limits?"
PERSONA = "Do AI guardrails refuse differently based on who is asking?"
VILLAINS = "Does safety alignment harm models' ability to roleplay villains?"
MEDICAL = "Why does reasoning training help math but hurt medical tasks?"
PREFERENCE = "Does preference optimization harm conversational understanding?"
SUPERVISED = "Does supervised fine-tuning improve reasoning or just answers?"
FAITHFUL = "Does fine-tuning disconnect reasoning steps from final answers?"
CONFIDENCE = "Can model confidence work as a reward signal for reasoning?"
HIDDEN = "Do base models already contain hidden reasoning ability?"
DEPLOY = "Does RL post-training create reasoning or just deploy it?"
CLARIFY = "Abstention and clarification can be learned from verifiable rewards"
SAFETY = "Safety training makes models over-abstain"
BASE = "Base models split by domain complexity"
SUPPRESS = "Suppressing wrong answers is structurally what abstention does"

ANSWERS: Final[Mapping[str, tuple[str, ...]]] = {
    "Can abstention behavior transfer from small models to frontier models?": (
        *(ABSTAIN, TERNARY, SMALL, SPARSE, SELF, NEGATIVE),
    ),
    "How should safety training and reasoning training balance abstention differently?": (
        *(TERNARY, PERSONA, VILLAINS, MEDICAL, PREFERENCE),
    ),
    "Why does reasoning fine-tuning reduce model abstention capacity by 24 percent?": (
        *(REASONING, SUPERVISED, FAITHFUL, CONFIDENCE, HIDDEN, DEPLOY),
    ),
}

TESTS: Final[Mapping[str, tuple[str, ...]]] = {
    "ternary-reward": (TERNARY,),
    "reasoning-removes-abstention": (REASONING,),
    "objective-sets-direction": (OBJECTIVE, SAFETY),
    "clarification-reward": (CLARIFY, NEED),
    "binary-hurts-calibration": (BINARY,),
    "confidence-as-reward": (CONFIDENCE,),
    "small-matches-large": (ABSTAIN,),
    "sparse-updates": (SPARSE,),
    "negative-reinforcement": (NEGATIVE, SUPPRESS),
    "external-anchor": (SELF,),
    "deploys-not-creates": (DEPLOY, HIDDEN),
    "hollow-reasoning": (SUPERVISED, FAITHFUL),
    "domain-complexity": (BASE,),
    "knowledge-cost": (MEDICAL,),
    "persona-refusals": (PERSONA,),
    "villain-roleplay": (VILLAINS,),
    "grounding-acts": (PREFERENCE,),
    "political-refusal": (POLITICS,),
    "recipe-scores": (SMALL,),
}

WORKS: Final = (
    *("2509.25760", "2507.16806", "2506.09038", "2401.05561", "2308.01263", "2402.03284"),
    *("2606.16140", "2505.11711", "2511.08567", "2412.02674", "2505.21444", "2506.01347"),
    *("2604.17073", "2407.16221", "2305.18153", "2506.02126", "2411.15382", "2307.13702"),
    *("2507.21931", "2510.07364", "2407.06866", "2511.04962", "2507.18178", "2311.09144"),
    *("2503.22674", "2508.21448", "2604.19656", "2603.05881"),
    *("2601.20126", "2605.07689", "2505.13988", "2407.18418"),
)

SIMILAR: Final = (
    'Beyond "I Don\'t Know"',
    "Less Approximates More",
    "Evaluate-as-Action",
    "Confidence Before Answering",
    "Pause or Fabricate?",
    "MediX-R1",
    "Prioritizing the Best",
)


class Drift(NamedTuple):
    """A place where a claim says more than its source, and a word that its reason must hold."""

    subject: str
    relation: str
    claim: str
    reason: str


DRIFTS: Final = (
    Drift("AbstentionBench", "qualifies", REASONING, "percentage points"),
    Drift("AbstentionBench", "qualifies", BASE, "0.47"),
    Drift("RL Finetunes Small Subnetworks", "qualifies", SPARSE, "5 to 30 %"),
    Drift("The Path Not Taken", "contradicts", SPARSE, "precision"),
    Drift("Grounding Gaps", "qualifies", PREFERENCE, "humans"),
    Drift(
        "Base Models Know How to Reason, Thinking Models Learn When", "qualifies", DEPLOY, "12 %"
    ),
    Drift("Measuring Faithfulness in Chain-of-Thought Reasoning", "qualifies", FAITHFUL, "survive"),
    Drift("TruthRL", "qualifies", TERNARY, "37.2 %"),
    Drift(CONFIDENCE, "contradicts", SELF, "horizon"),
    Drift("XSTest", "qualifies", SAFETY, "prompts and training"),
    Drift(
        *("The Surprising Effectiveness of Negative Reinforcement", "qualifies", SUPPRESS),
        "I don't know",
    ),
)
"""Ten places; that on sparse updates has two works behind it."""


@pytest.fixture(scope="module")
def parsed() -> tuple[ParsedNote, ...]:
    found = []
    for file in sorted(NOTES.rglob("*.md")):
        path = file.relative_to(NOTES).as_posix()
        if path.startswith("experiments/"):
            continue
        text, problems = parse.decode(file.read_bytes(), path)
        assert not problems
        found.append(parse.note(text, path))
    return tuple(found)


@pytest.fixture(scope="module")
def notes(parsed: tuple[ParsedNote, ...]) -> Graph:
    return graph.build(parsed)


@pytest.fixture(scope="module")
def standings(notes: Graph) -> Mapping[str, Standing]:
    return graph.standings(notes)


def titled(notes: Graph, title: str) -> Node:
    (node,) = (node for node in notes.nodes.values() if node.title == title)
    return node


def between(notes: Graph, subject: str, object_: str) -> list[Edge]:
    ends = titled(notes, subject).id, titled(notes, object_).id
    return [edge for edge in notes.edges if (edge.source, edge.target) == ends]


def test_it_holds_24_claims_3_questions_and_14_results(notes: Graph) -> None:
    kinds = Counter(node.kind for node in notes.nodes.values())
    assert (kinds[Kind.CLAIM], kinds[Kind.QUESTION], kinds[Kind.RESULT]) == (24, 3, 14)
    assert kinds[Kind.GHOST] == 0


@pytest.mark.parametrize("question", ANSWERS)
def test_each_question_is_addressed_by_its_own_claims(notes: Graph, question: str) -> None:
    target = titled(notes, question).id
    claims = [
        notes.nodes[edge.source].title
        for edge in notes.edges
        if edge.relation == "addresses" and edge.target == target
    ]
    assert sorted(claims) == sorted(ANSWERS[question])


def test_every_source_of_the_claims_is_a_node(notes: Graph) -> None:
    known = {name for node in notes.nodes.values() for name in node.identifiers}
    assert {f"arXiv:{number}" for number in WORKS} <= known


def test_every_work_has_a_note_of_its_own(notes: Graph) -> None:
    assert [node.title for node in notes.nodes.values() if not node.path] == []


@pytest.mark.parametrize("system", ["DeepSeek-R1", "GPT-3.5", "AIME26", "LiveCodeBench"])
def test_the_systems_that_claims_name_are_sources(notes: Graph, system: str) -> None:
    assert titled(notes, system).kind is Kind.SOURCE


def test_abstain_r1_lists_seven_similar_works(notes: Graph) -> None:
    work = titled(notes, "Abstain-R1").id
    similar = [
        notes.nodes[edge.target].title
        for edge in notes.edges
        if edge.relation == "is similar to" and edge.source == work
    ]
    assert sorted(similar) == sorted(SIMILAR)


@pytest.mark.parametrize("drift", DRIFTS, ids=lambda drift: f"{drift.subject}: {drift.reason}")
def test_where_a_claim_drifts_from_its_source_an_edge_says_why(notes: Graph, drift: Drift) -> None:
    (edge,) = (
        edge
        for edge in between(notes, drift.subject, drift.claim)
        if edge.relation == drift.relation
    )
    assert drift.reason in edge.context


def test_every_relation_but_a_bare_field_gives_its_reason(notes: Graph) -> None:
    silent = [
        str(edge.span) for edge in notes.edges if edge.relation != "mentions" and not edge.context
    ]
    assert len(silent) <= 3, silent


@pytest.mark.parametrize("test", TESTS)
def test_each_claim_test_is_named_by_the_claims_it_speaks_for(notes: Graph, test: str) -> None:
    named = sorted(node.title for node in notes.nodes.values() if test in node.tests)
    assert named == sorted(TESTS[test])


def test_every_claim_opens_with_its_assertion(parsed: tuple[ParsedNote, ...]) -> None:
    for note, _, _ in parsed:
        if note.kind is Kind.CLAIM:
            assert len(note.summary) > 80, note.path
            assert not note.summary.endswith("?"), note.path


def test_a_claim_without_a_known_source_stays_unsupported(
    notes: Graph, standings: Mapping[str, Standing]
) -> None:
    for title in (BASE, SUPPRESS):
        assert standings[titled(notes, title).id].word is Stand.UNSUPPORTED
        assert Flag.QUALIFIED in standings[titled(notes, title).id].flags


def test_every_other_claim_has_a_source_behind_it(
    notes: Graph, standings: Mapping[str, Standing]
) -> None:
    for node in notes.nodes.values():
        if node.kind is Kind.CLAIM and node.title not in (BASE, SUPPRESS):
            assert standings[node.id].supports, node.title


def test_what_is_disputed_is_contested(notes: Graph, standings: Mapping[str, Standing]) -> None:
    contested = {
        notes.nodes[id_].title
        for id_, standing in standings.items()
        if standing.word is Stand.CONTESTED and notes.nodes[id_].kind is Kind.CLAIM
    }
    assert contested == {SPARSE, SELF, CONFIDENCE}


def test_result_notes_name_their_run_and_state_no_outcome(parsed: tuple[ParsedNote, ...]) -> None:
    results = [note for note, _, _ in parsed if note.kind is Kind.RESULT]
    runs = {dict(note.properties)["run"] for note in results}
    assert runs == {test.name for test in BUILT}
    assert {name for note in results for name, _ in note.properties} == {"run"}


def test_nothing_in_it_is_broken(parsed: tuple[ParsedNote, ...], notes: Graph) -> None:
    problems = graph.check(parsed, notes)
    assert [str(p) for p in problems if p.severity in (Severity.ERROR, Severity.WARNING)] == []
