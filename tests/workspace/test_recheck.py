"""The list of stale summaries after a change of runs is the one that a look at all notes gives."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit import graph as graphs
from graphkit import parse
from graphkit.models import Verdict
from graphkit.vocabulary import Kind, Outcome
from graphkit.workspace.lookup import silent
from graphkit.workspace.regeneration import Known, planned, write
from graphkit.workspace.stale import rechecked

NAMES = "ABCD"
TESTS = ("t", "u")
RELATIONS = ("is evidence for", "contradicts", "depends on", "qualifies", "is similar to")
RUN = Verdict("t", "T", Outcome.REPRODUCED, profile="full", effect=1.0, records=("r.json",))

claims = st.lists(
    st.tuples(
        st.sampled_from(["", *TESTS]),
        st.lists(st.tuples(st.sampled_from(RELATIONS), st.sampled_from(NAMES)), max_size=3),
        st.booleans(),
    ),
    min_size=len(NAMES),
    max_size=len(NAMES),
)
outcomes = st.sampled_from(
    [Outcome.REPRODUCED, Outcome.NOT_REPRODUCED, Outcome.PARTLY, Outcome.INCONCLUSIVE]
)
measures = st.sampled_from([(), (("sign-flip p, Holm", 0.01),)])
runs = st.tuples(
    *(
        st.builds(
            replace,
            st.just(replace(RUN, test=test)),
            outcome=outcomes,
            stale=st.booleans(),
            measures=measures,
        )
        for test in TESTS
    )
)
layouts = st.sampled_from([
    {},
    {Kind.CLAIM: "{{standing}}", Kind.QUESTION: "{{standing}}", Kind.NOTE: "{{standing}}"},
    {Kind.CLAIM: "{{open}}", Kind.SOURCE: "{{standing}}", Kind.QUESTION: "{{open}}"},
])  # fmt: skip


def pages(claims: list[tuple[str, list[tuple[str, str]], bool]]) -> dict[str, str]:
    """Claims with their tests, a question, a source, results and a page that leads to claims."""
    found = {
        "q.md": "---\nkind: question\n---\n# Q\n\nWhat holds?\n",
        "s.md": "---\nkind: source\nidentifiers: [arXiv:2401.00001]\n---\n# S\n\n- reports [[A]]\n",
        "map.md": "# Map\n\n[[A]] and [[Q]]\n",
    }
    for name, (test, ties, answers) in zip(NAMES, claims, strict=True):
        lines = [f"- {relation} [[{other}]]" for relation, other in ties if other != name]
        lines += ["- addresses [[Q]]"] if answers else []
        head = f"kind: claim\ntests: [{test}]" if test else "kind: claim"
        found[f"{name}.md"] = f"---\n{head}\n---\n# {name}\n\nIt holds.\n\n" + "\n".join(lines)
    for test in TESTS:
        found[f"{test}.md"] = f"---\nkind: result\nrun: {test}\n---\n# Run {test}\n"
    return found


def opened(
    root: Path, runs: tuple[Verdict, ...], layouts: dict[Kind, str]
) -> tuple[graphs.Weighed, Known]:
    """A vault's graph as these runs have it, and what its summaries are made from."""
    parsed = [parse.note(file.read_text(), file.name) for file in sorted(root.glob("*.md"))]
    notes = {each.note.path: each.note for each in parsed}
    weighed = graphs.weigh(graphs.build(parsed, runs))
    return weighed, Known(root, None, notes, weighed.graph, weighed.standings, layouts)


@settings(max_examples=60)
@given(claims, runs, runs, layouts, st.sets(st.sampled_from(["A.md", "q.md", "t.md"])))
def test_what_is_looked_at_again_is_all_that_changed(
    claims: list[tuple[str, list[tuple[str, str]], bool]],
    before: tuple[Verdict, ...],
    after: tuple[Verdict, ...],
    layouts: dict[Kind, str],
    stale: set[str],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for path, text in pages(claims).items():
            (root / path).write_text(text)
        first = planned(opened(root, before, layouts)[1], (), silent)
        write(root, None, (change for change in first.due if change.path not in stale), silent)
        weighed, known = opened(root, before, layouts)
        plan = planned(known, (), silent)
        assert plan.stale.keys() == {each.path for each in first.due} & stale
        told = graphs.rejudged(weighed, after)
        assert told is not None
        now = known._replace(graph=told.graph, standings=told.standings)
        listed = rechecked(now, plan, told, weighed.standings, silent)
        assert listed == planned(now, (), silent).stale
