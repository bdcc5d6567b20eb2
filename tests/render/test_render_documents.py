"""The JSON documents: exact keys, and nothing that JSON cannot say."""

from __future__ import annotations

import dataclasses
import json
import math
from typing import Any

import pytest
import specimens as s

from graphkit.models import Change, LinkCounts, TrackState
from graphkit.render import documents
from graphkit.vocabulary import VOCABULARY, Outcome

EVERY = {
    "nodes": documents.nodes(s.NODES.values(), s.STANDINGS),
    "node": documents.node(s.REWARD, s.CONTESTED),
    "links": documents.links(s.REWARD, s.GROUPS),
    "path": documents.path(s.QUESTION, s.RIVAL, (s.ADDRESSES, s.INFERRED, s.BACKS)),
    "standing": documents.standing(s.REWARD, s.CONTESTED),
    "why": documents.why(s.WHY),
    "hits": documents.hits(s.HITS),
    "answer": documents.answer(s.ANSWERED),
    "problems": documents.problems(s.PROBLEMS),
    "status": documents.status(s.GRAPH, 7, 6, s.PROBLEMS),
    "verdicts": documents.verdicts(s.VERDICTS),
    "records": documents.records(s.JOBS),
    "relations": documents.relations(VOCABULARY),
    "changes": documents.changes([Change("a.md", b"", b"x", ("it has no summary yet",))]),
}


@pytest.mark.parametrize("name", EVERY)
def test_a_document_names_its_schema_and_is_plain_json(name: str) -> None:
    document = EVERY[name]
    assert document["schema"] == f"graphkit.{name}.v1"
    assert json.loads(json.dumps(document, allow_nan=False)) == document


def test_a_hit_says_where_it_is_and_what_its_score_is_made_of() -> None:
    assert documents.hits(s.HITS)["hits"][0] == {
        "id": "CLM-reward",
        "title": s.REWARD.title,
        "path": s.REWARD.path,
        "line": 9,
        "score": 0.8214,
        "parts": {"keyword": 0.61, "semantic": 0.9},
        "snippet": "A reward that separates wrong answers from declined ones …",
        "grounds": [],
    }


def test_an_answer_goes_down_to_the_line_of_its_evidence() -> None:
    document = documents.answer(s.ANSWERED)
    (claim,) = document["claims"]
    assert (document["state"], document["confidence"]) == ("contested", 0.934)
    assert (claim["id"], claim["path"], claim["line"]) == ("CLM-reward", s.REWARD.path, 9)
    stands = {key: claim["standing"][key] for key in ("word", "for", "against", "test", "flags")}
    assert stands == {
        "word": "contested",
        "for": 1,
        "against": 1,
        "test": "partly reproduced",
        "flags": ["qualified"],
    }
    reported, inferred, run = claim["evidence"]
    assert {key: reported[key] for key in ("id", "kind", "relation", "title", "path", "line")} == {
        "id": "SRC-truthrl",
        "kind": "source",
        "relation": "reports",
        "title": "TruthRL",
        "path": s.REWARD.path,
        "line": 21,
    }
    assert (inferred["inferred"], inferred["phrase"]) == (True, "the primary evidence for")
    assert (run["kind"], run["relation"]) == ("result", "tests")
    assert document["nearest"][0]["id"] == "QUE-idk"


def test_a_test_that_never_ran_decides_nothing() -> None:
    told = documents.standing_value(s.STANDINGS[s.RIVAL.id])
    assert told
    assert (told["test"], told["decisive"]) == ("not run", False)


def test_each_track_says_whether_it_is_decisive_and_stale() -> None:
    tracks = (
        TrackState("A", Outcome.REPRODUCED, "full", stale=True),
        TrackState("B", Outcome.INCONCLUSIVE, "released"),
    )
    told = documents.standing_value(s.CONTESTED._replace(tracks=tracks))
    assert told
    assert {key: (each["decisive"], each["stale"]) for key, each in told["tracks"].items()} == {
        "A": (True, True),
        "B": (False, False),
    }


def test_a_declined_question_says_what_is_missing() -> None:
    document = documents.answer(dataclasses.replace(s.DECLINED, level=0.16))
    assert document["level"] == 0.16
    assert document["state"] == "not in these notes"
    assert document["missing"] == ["recipe", "sourdough", "bread"]
    assert document["claims"] == []


def test_a_status_counts_files_notes_links_and_problems_by_code() -> None:
    graph = dataclasses.replace(s.GRAPH, links=LinkCounts(5, 1, 2, 3))
    document = documents.status(graph, 7, 6, (*s.PROBLEMS, s.PROBLEMS[0]))
    assert (document["files"], document["notes"]) == (7, 6)
    assert document["links"] == {"resolved": 5, "ambiguous": 1, "missing": 2, "external": 3}
    assert document["problems"] == {"missing-target": 2, "no-evidence": 1}


def test_a_verdict_says_what_was_measured_and_on_what() -> None:
    first, _, untestable, unrun = documents.verdicts(s.VERDICTS)["verdicts"]
    wanted: dict[str, Any] = {
        "test": "ternary-reward",
        "claims": ["CLM-reward"],
        "track": "A",
        "profile": "quick",
        "verdict": "partly reproduced",
        "effect": 25.04,
        "interval": [22.1, 27.9],
        "seeds": [1, 2, 3],
        "cited": "hallucination −28.9 %, truthfulness +21.1 %",
        "records": ["quick/ternary-1.json", "quick/ternary-2.json"],
    }
    assert {key: first[key] for key in wanted} == wanted
    assert (unrun["effect"], unrun["interval"], unrun["seeds"]) == (None, None, [])
    assert untestable["protocol"] == s.PERSONA.protocol
    assert (first["protocol"], unrun["protocol"]) == ("", "")


def test_a_number_that_is_not_finite_is_null() -> None:
    verdict = dataclasses.replace(s.TERNARY, effect=math.nan, interval=(-math.inf, 1.0))
    (told,) = documents.verdicts([verdict])["verdicts"]
    assert (told["effect"], told["interval"]) == (None, [None, 1.0])


def test_links_say_their_direction_and_forward_relation() -> None:
    addresses, evidence, _ = documents.links(s.REWARD, s.GROUPS)["groups"]
    assert (addresses["label"], addresses["direction"]) == ("addresses", "out")
    assert (evidence["label"], evidence["direction"]) == ("has evidence", "in")
    assert evidence["edges"][0]["relation"] == "is evidence for"
