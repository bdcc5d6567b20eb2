"""The saved pages beside a checkout give exactly the notes and relations that they state."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import pytest

from graphkit import graph as graphs
from graphkit import parse
from graphkit.models import Graph
from graphkit.parse import pages
from graphkit.vocabulary import Kind

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the saved pages are not here")

TRANSFER = "Can abstention behavior transfer from small models to frontier models?"
BALANCE = "How should safety training and reasoning training balance abstention differently?"
DROP = "Why does reasoning fine-tuning reduce model abstention capacity by 24 percent?"
DIRECTION = "Does training objective determine which direction models fail at abstention?"
PAPER = "Abstain-R1: Calibrated Abstention and Post-Refusal Clarification via Verifiable RL"

# The first words of the summary that each cited claim must have.
SUMMARIES = {
    "Can models learn to abstain when uncertain about predictions?": "Small open-source",
    "Can three-way rewards fix the accuracy versus abstention problem?": "TruthRL uses three",
    "Can small models match frontier reasoning without massive scale?": "A 3B model trained",
    "Does reinforcement learning update only a small fraction of parameters?": "Across seven RL",
    "Can models reliably improve themselves without external feedback?": "Pure self-improvement",
    "Does negative reinforcement alone outperform full reinforcement learning?": "Training with",
    "Do AI guardrails refuse differently based on who is asking?": "GPT-3.5 refuses",
    "Does safety alignment harm models' ability to roleplay villains?": "The Moral RolePlay",
    "Why does reasoning training help math but hurt medical tasks?": "Two-phase inference",
    "Does preference optimization harm conversational understanding?": "RLHF optimizes models",
    "Does reasoning fine-tuning make models worse at declining to answer?": "Models optimized for",
    "Does supervised fine-tuning improve reasoning or just answers?": "Supervised fine-tuning",
    "Does fine-tuning disconnect reasoning steps from final answers?": "Three faithfulness",
    "Can model confidence work as a reward signal for reasoning?": "RLSF uses answer-span",
    "Do base models already contain hidden reasoning ability?": "Five independent",
    "Does RL post-training create reasoning or just deploy it?": "Evidence shows base",
    DIRECTION: "LLM abstention calibration",
    "Does binary reward training hurt model calibration?": "",
    "Can models identify what information they actually need?": "",
    "Does AI refusal on politics signal ethical restraint or capability limits?": "",
}


def read() -> list[pages.Page]:
    files = [(file.name, file.read_bytes()) for file in sorted(SEEDS.glob("*.txt"))]
    return [
        pages.read(data.decode(), name, hashlib.sha256(data).hexdigest()) for name, data in files
    ]


@pytest.fixture(scope="module")
def notes() -> dict[str, bytes]:
    changes = pages.plan(pages.notes(read()), {})
    return {change.path: change.after for change in changes}


@pytest.fixture(scope="module")
def graph(notes: dict[str, bytes]) -> Graph:
    return graphs.build([parse.note(data.decode(), path) for path, data in notes.items()])


def titled(graph: Graph, relation: str) -> Counter[tuple[str, str]]:
    """(subject, object) of every edge of a relation, by title."""
    return Counter(
        (graph.nodes[edge.source].title, graph.nodes[edge.target].title)
        for edge in graph.edges
        if edge.relation == relation
    )


def test_every_page_is_recognised_and_the_import_is_clean(graph: Graph) -> None:
    assert Counter(page.shape for page in read()) == {
        "inquiry page": 3,
        "note page": 1,
        "paper page": 1,
    }
    assert not [problem for page in read() for problem in page.problems]
    assert graph.problems == ()
    assert (graph.links.missing, graph.links.ambiguous) == (0, 0)


def test_nodes(graph: Graph) -> None:
    by_kind = Counter(node.kind for node in graph.nodes.values())
    assert by_kind == {Kind.QUESTION: 3, Kind.CLAIM: 21, Kind.SOURCE: 8}


def test_each_claim_has_its_own_summary(graph: Graph) -> None:
    claims = {node.title: node for node in graph.nodes.values() if node.kind is Kind.CLAIM}
    (own,) = claims.keys() - SUMMARIES.keys()
    assert own.startswith("Calibrated abstention and clarification can be learned through verif")
    for title, beginning in SUMMARIES.items():
        summary = claims[title].summary
        assert summary.startswith(beginning)
        assert bool(summary) is bool(beginning)


def test_the_claims_address_the_questions_that_cite_them(graph: Graph) -> None:
    edges = titled(graph, "addresses")
    assert edges.total() == len(edges) == 17
    assert Counter(question for _, question in edges) == {TRANSFER: 6, BALANCE: 5, DROP: 6}
    shared = "Can three-way rewards fix the accuracy versus abstention problem?"
    assert {question for claim, question in edges if claim == shared} == {TRANSFER, BALANCE}


def test_the_annotations_of_the_note_page_are_typed(graph: Graph) -> None:
    (page,) = (node for node in graph.nodes.values() if node.title == DIRECTION)
    edges = [edge for edge in graph.edges if page.id in (edge.source, edge.target)]
    assert all(edge.inferred for edge in edges)
    assert Counter(edge.relation for edge in edges) == {
        "resolves": 2,
        "is evidence for": 1,
        "extends": 1,
        "relates to": 1,
    }
    assert {edge.target for edge in edges if edge.relation != "relates to"} == {page.id}
    assert page.aliases[0].startswith("training objective determines abstention direction")


def test_the_paper_reports_its_claim_and_has_similar_works(graph: Graph) -> None:
    ((reporting, _),) = titled(graph, "reports")
    assert reporting == PAPER
    (paper,) = (node for node in graph.nodes.values() if node.title == PAPER)
    assert paper.identifiers == ("arXiv:2604.17073",)
    similar = titled(graph, "is similar to")
    assert similar.total() == len(similar) == 7
    assert all(PAPER in edge for edge in similar)


def test_a_second_import_changes_nothing(notes: dict[str, bytes]) -> None:
    assert pages.plan(pages.notes(reversed(read())), notes) == ()
