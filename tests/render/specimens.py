"""A small argument to look at: one contested claim, its evidence, and a question."""

from __future__ import annotations

from typing import NamedTuple

from graphkit.change import Difference, Fall, Impact, Revision, Step, Turn
from graphkit.found import Answer, AnswerClaim, Evidence, Hit
from graphkit.models import (
    Edge,
    Graph,
    Node,
    Note,
    Paragraph,
    Problem,
    Reason,
    RelationGroup,
    Span,
    Standing,
    TrackState,
    Verdict,
)
from graphkit.vocabulary import AnswerState, Flag, Kind, Outcome, Severity, Stand

TERNARY = Verdict(
    test="ternary-reward",
    title="A ternary reward gives more truthful answers than a binary one",
    outcome=Outcome.PARTLY,
    profile="quick",
    quantity="truthfulness, ternary minus binary",
    unit="points",
    effect=25.04,
    interval=(22.1, 27.9),
    seeds=(1, 2, 3),
    cited="hallucination −28.9 %, truthfulness +21.1 %",
    reasons=("accuracy on known items fell by 8.9 points, 3 allowed",),
    measures=(("accuracy on all items", -8.9),),
    records=("quick/ternary-1.json", "quick/ternary-2.json"),
    figure="ternary-reward.svg",
    claims=("CLM-reward",),
)
NAMING = Verdict(
    test="clarification-reward",
    title="Rewarding the name of what is missing makes a model name it",
    outcome=Outcome.REPRODUCED,
    profile="full",
    unit="points",
    effect=34.7,
    interval=(14.5, 54.9),
    seeds=tuple(range(1, 9)),
    cited="a 3B model abstains and clarifies",
    stale=True,
)
PERSONA = Verdict(
    test="persona-refusals",
    title="Refusals depend on the persona",
    outcome=Outcome.NOT_TESTABLE,
    reasons=("needs a real assistant",),
    protocol="Give an assistant the same requests after biographies that differ in one trait.",
)
UNRUN = Verdict(test="sparse-updates", title="RL changes few parameters", outcome=Outcome.NOT_RUN)
VERDICTS = (TERNARY, NAMING, PERSONA, UNRUN)

REWARD = Node(
    "CLM-reward",
    Kind.CLAIM,
    "Does a ternary reward reduce hallucination compared with a binary one?",
    path="claims/ternary-reward-reduces-hallucination.md",
    summary="A reward that separates wrong answers from declined ones cuts hallucination by "
    "28.9 % while accuracy is preserved.",
    aliases=("Ternary reward",),
    tests=("ternary-reward", "sparse-updates"),
)
RIVAL = Node(
    "CLM-rival",
    Kind.CLAIM,
    "Is the gain of a ternary reward only a shift of threshold?",
    path="claims/threshold.md",
    summary="The gain is what a shifted threshold gives.",
)
QUESTION = Node(
    "QUE-idk",
    Kind.QUESTION,
    "Why do reasoning models stop saying I don't know?",
    path="questions/idk.md",
    summary="Which part of training removes it?",
)
TRUTHRL = Node(
    "SRC-truthrl",
    Kind.SOURCE,
    "TruthRL",
    path="sources/truthrl.md",
    identifiers=("arXiv:2509.25760",),
)
CITED = Node("SRC-cited", Kind.SOURCE, "arXiv:2506.09038", identifiers=("arXiv:2506.09038",))
RUN = Node(
    "RES-ternary",
    Kind.RESULT,
    "A ternary reward, run here",
    path="results/ternary-reward.md",
    verdict=TERNARY,
)
MAP = Node("NOTE-map", Kind.NOTE, "Map of rewards", path="map.md")


def _edge(source: Node, relation: str, target: Node, place: str, line: int, **more: str) -> Edge:
    return Edge(source.id, target.id, relation, Span(place, line, 3), **more)  # type: ignore[arg-type]  # more holds only texts


REPORTS = _edge(
    TRUTHRL, "reports", REWARD, REWARD.path, 21, context="28.9 % fewer hallucinated answers"
)
OPPOSES = _edge(RIVAL, "contradicts", REWARD, RIVAL.path, 15, context="accuracy fell too")
TESTS = _edge(RUN, "tests", REWARD, "experiments/records/quick/ternary-1.json", 1)
ADDRESSES = _edge(REWARD, "addresses", QUESTION, REWARD.path, 23)
INFERRED = _edge(
    CITED, "is evidence for", REWARD, REWARD.path, 25, phrase="the primary evidence for"
)
BACKS = _edge(CITED, "reports", RIVAL, RIVAL.path, 17)
LISTS = _edge(MAP, "mentions", REWARD, MAP.path, 5)
EDGES = (REPORTS, OPPOSES, TESTS, ADDRESSES, INFERRED, BACKS, LISTS)
NODES = {node.id: node for node in (REWARD, RIVAL, QUESTION, TRUTHRL, CITED, RUN, MAP)}
GRAPH = Graph(NODES, EDGES, verdicts=VERDICTS)

CONTESTED = Standing(
    REWARD.id,
    Stand.CONTESTED,
    supports=(TRUTHRL.id,),
    opposes=(CITED.id,),
    test=Outcome.PARTLY,
    test_reason="accuracy on known items fell by 8.9 points, 3 allowed",
    profile="quick",
    tracks=(
        TrackState("A", Outcome.PARTLY, "quick"),
        TrackState("B", Outcome.INCONCLUSIVE, "full"),
    ),
    flags=(Flag.QUALIFIED,),
)
STANDINGS = {
    REWARD.id: CONTESTED,
    RIVAL.id: Standing(RIVAL.id, Stand.SUPPORTED, supports=(CITED.id,)),
    QUESTION.id: Standing(QUESTION.id, Stand.CONTESTED),
}
FALL = Fall(
    (Impact(REWARD.id, CONTESTED, Standing(REWARD.id, Stand.REFUTED, opposes=(CITED.id,))),),
    (
        Reason(
            TRUTHRL.id,
            "without TruthRL",
            children=(
                Reason(REWARD.id, f"reports {REWARD.title} (as it was → as it would be)", REPORTS),
            ),
        ),
    ),
)
STEPS = (
    Step(
        Revision("", "", "", "not committed yet"),
        Difference((Turn(REWARD.id, REWARD.title, CONTESTED, None),)),
    ),
    Step(
        Revision("0123456789abcdef", "2026-03-01T09:30:00+01:00", "Ann", "Read a [bold]rival[/]"),
        Difference(
            (
                Turn(
                    REWARD.id,
                    REWARD.title,
                    Standing(REWARD.id, Stand.SUPPORTED, (TRUTHRL.id,)),
                    CONTESTED,
                    added=(OPPOSES,),
                ),
            ),
            gone=(INFERRED,),
            added=(OPPOSES,),
            titles=((RIVAL.id, RIVAL.title), (REWARD.id, REWARD.title), (CITED.id, CITED.title)),
        ),
    ),
)
GROUPS = (
    RelationGroup("addresses", True, (ADDRESSES,)),
    RelationGroup("has evidence", False, (INFERRED,)),
    RelationGroup("is reported by", False, (REPORTS,)),
)
WHY = Reason(
    REWARD.id,
    f"{REWARD.title} is contested (1 for, 1 against)",
    children=(
        Reason(TRUTHRL.id, "TruthRL reports it", REPORTS),
        Reason(
            RIVAL.id,
            f"{RIVAL.title} contradicts it",
            OPPOSES,
            (Reason(CITED.id, "arXiv:2506.09038 reports it", BACKS),),
        ),
        Reason(CITED.id, "arXiv:2506.09038 may be evidence for it", INFERRED),
    ),
)
HITS = (
    Hit(
        REWARD.id,
        REWARD.title,
        REWARD.path,
        9,
        0.8214,
        {"keyword": 0.61, "semantic": 0.9},
        "A reward that separates wrong answers from declined ones …",
    ),
    Hit(QUESTION.id, QUESTION.title, QUESTION.path, 1, 0.312, {"keyword": 0.0, "semantic": 0.31}),
)
ANSWERED = Answer(
    "Does a ternary reward help?",
    AnswerState.CONTESTED,
    0.934,
    (
        AnswerClaim(
            REWARD,
            9,
            CONTESTED,
            (Evidence(TRUTHRL, REPORTS), Evidence(CITED, INFERRED), Evidence(RUN, TESTS)),
        ),
    ),
    nearest=HITS[1:],
)
DECLINED = Answer(
    "What is a good recipe for sourdough bread?",
    AnswerState.NOT_IN_THESE_NOTES,
    0.02,
    missing=("recipe", "sourdough", "bread"),
    nearest=HITS[1:],
)
PROBLEMS = (
    Problem(
        "missing-target",
        Severity.ERROR,
        "No note is called “TruthRL 2”",
        Span("claims/threshold.md", 15, 3),
        "did you mean “TruthRL”?",
    ),
    Problem("no-evidence", Severity.INFO, "Nothing supports this claim", Span("claims/a.md")),
)


class Job(NamedTuple):
    """What a list of run records shows of one."""

    name: str
    profile: str
    arm: str
    seed: int
    failure: str
    cpu_seconds: float


JOBS = (
    Job("quick-k-base-seed1.json", "quick", "k-base", 1, "", 17.32),
    Job("quick-k-ternary-seed1.json", "quick", "k-ternary", 1, "a gate failed", 4.0),
)
NOTE = Note(
    REWARD.path,
    REWARD.id,
    Kind.CLAIM,
    REWARD.title,
    summary=REWARD.summary,
    tests=REWARD.tests,
    paragraphs=(Paragraph(REWARD.title, 9, REWARD.summary),),
)
