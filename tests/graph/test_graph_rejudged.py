"""Other verdicts on the same notes: the part that is weighed again is as if all had been."""

from __future__ import annotations

import dataclasses

import pytest

from graphkit import graph as graphs
from graphkit import parse
from graphkit.models import Verdict
from graphkit.vocabulary import Outcome

NOTES = {
    "a.md": "---\nkind: claim\ntests: [t]\n---\n# A\n\n- is evidence for [[B]]\n",
    "b.md": "---\nkind: claim\n---\n# B\n\n- contradicts [[C]]\n- addresses [[Q]]\n",
    "c.md": "---\nkind: claim\n---\n# C\n\n- is reported by [[S]]\n",
    "d.md": "---\nkind: claim\n---\n# D\n\n- depends on [[A]]\n",
    "q.md": "---\nkind: question\n---\n# Q\n",
    "r.md": "---\nkind: result\nrun: t\n---\n# R\n",
    "s.md": "---\nkind: source\nidentifiers: [arXiv:2401.00001]\n---\n# S\n\n- reports [[A]]\n",
}
PAGES = [parse.note(text, path) for path, text in NOTES.items()]
RUN = Verdict("t", "T", Outcome.REPRODUCED, profile="full", effect=1.0)
OUTCOMES = [Outcome.REPRODUCED, Outcome.NOT_REPRODUCED, Outcome.INCONCLUSIVE, Outcome.PARTLY]


@pytest.mark.parametrize("before", OUTCOMES)
@pytest.mark.parametrize("after", OUTCOMES)
@pytest.mark.parametrize("stale", [False, True])
def test_it_is_the_graph_that_would_be_built(before: Outcome, after: Outcome, stale: bool) -> None:
    old = dataclasses.replace(RUN, outcome=before)
    new = dataclasses.replace(RUN, outcome=after, stale=stale)
    weighed = graphs.weigh(graphs.build(PAGES, [old]))
    told = graphs.rejudged(weighed, [new])
    assert told is not None
    built = graphs.build(PAGES, [new])
    assert told.graph.nodes == built.nodes
    assert {*told.graph.edges} == {*built.edges}
    for found, expected in (
        (told.graph.incoming, built.incoming),
        (told.graph.outgoing, built.outgoing),
    ):
        assert {k: {*v} for k, v in found.items() if v} == {k: {*v} for k, v in expected.items()}
    then = graphs.standings(built)
    assert told.standings == then
    assert {key for key in then if then[key] != weighed.standings[key]} <= told.changed


def test_a_run_that_comes_or_goes_needs_the_graph_built_anew() -> None:
    weighed = graphs.weigh(graphs.build(PAGES, [RUN]))
    assert graphs.rejudged(weighed, []) is None
    gone = dataclasses.replace(RUN, outcome=Outcome.NOT_RUN)
    assert graphs.rejudged(weighed, [gone]) is None
