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
from graphkit.workspace.regeneration import Known, planned, reached, together

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


@settings(max_examples=60)
@given(claims, runs, runs, layouts)
def test_what_is_looked_at_again_is_all_that_changed(
    claims: list[tuple[str, list[tuple[str, str]], bool]],
    before: tuple[Verdict, ...],
    after: tuple[Verdict, ...],
    layouts: dict[Kind, str],
) -> None:
    texts = pages(claims)
    parsed = [parse.note(text, path) for path, text in sorted(texts.items())]
    notes = {each.note.path: each.note for each in parsed}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for path, text in texts.items():
            (root / path).write_text(text)
        weighed = graphs.weigh(graphs.build(parsed, before))
        known = Known(root, None, notes, weighed.graph, weighed.standings, layouts)
        plan = planned(known, (), silent)
        told = graphs.rejudged(weighed, after)
        assert told is not None
        now = known._replace(graph=told.graph, standings=told.standings)
        paths = reached(now, plan, told.changed, told.turned)
        again = together(plan, planned(now, paths, silent, before=plan)) if paths else plan
        assert again == planned(now, (), silent)
