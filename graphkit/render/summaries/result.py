"""The summary of a result: what a run measured, beside the figure that the source states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from graphkit.models import Node, Verdict
from graphkit.render.measures import measures
from graphkit.render.summaries import said
from graphkit.render.summaries.inputs import Input, facts, wording
from graphkit.render.summaries.markdown import Cell, image, items, table, text
from graphkit.render.summaries.scene import Part, Scene, Section
from graphkit.render.words import (
    LEVEL,
    caveat,
    citing,
    count,
    effect,
    interval,
    number,
    seeds,
    signed,
)
from graphkit.vocabulary import Outcome


def _verdict(scene: Scene) -> Verdict | None:
    """The verdict of the run that the note names, whether it has been run or not."""
    run = dict(scene.note.properties).get("run", "")
    named = (verdict for verdict in scene.graph.verdicts if verdict.test == run)
    return scene.node.verdict or next(named, None)


def _stands(scene: Scene) -> Section:
    verdict = _verdict(scene)
    if verdict is None:
        words = "**Not run**: no test of these notes has the name that this note gives."
        return Section(
            words, facts(scene.node.id, {"verdict": "not run", "title": scene.node.title})
        )
    inputs = said.verdict_inputs(scene, verdict, told=True)
    return Section(partial(_sentence, verdict), inputs)


def _sentence(verdict: Verdict) -> str:
    remark, why = caveat(verdict), said.reasons(verdict)
    word = f"**{verdict.outcome.capitalize()}**" + (f" ({text(remark)})" if remark else "")
    told = [text(verdict.title)]
    if verdict.effect is not None:
        between = interval(verdict)
        told = [effect(verdict), between and f"{LEVEL} {between}", text(verdict.quantity),
                seeds(verdict)]  # fmt: skip
    return f"{word}: {'; '.join(part for part in told if part)}." + (
        f" {_head(verdict)}: {why}." if why else ""
    )


def _head(verdict: Verdict) -> str:
    return said.RESERVED.capitalize() if verdict.outcome is Outcome.REPRODUCED else "Why"


def _measures(scene: Scene) -> Section:
    """The cited figure and ours, and everything else that was measured."""
    verdict = _verdict(scene)
    return Section("" if verdict is None else partial(_table, verdict))


def _table(verdict: Verdict) -> str:
    ours = (f"Measured here: {text(verdict.quantity)}".removesuffix(": "),
            number(verdict.effect, verdict.unit) if verdict.effect is not None else "",
            interval(verdict), text(verdict.unit))  # fmt: skip
    rows = [
        (citing(verdict).capitalize(), text(signed(verdict.cited)), "", ""),
        *([ours] if verdict.effect is not None else []),
        *((text(each.name), each.value, each.interval, text(each.unit))
          for each in measures(verdict)),
        ("From", count(len(verdict.records), "run record") if verdict.records else "", "", ""),
    ]  # fmt: skip
    kept = [row for row in rows if any(row[1:])]
    width = 4 if any(row[3] for row in kept) else 3
    header = ("Quantity", "Value", LEVEL, "Unit")
    return table(header[:width], [row[:width] for row in kept])


def _plot(scene: Scene) -> Section:
    verdict = _verdict(scene)
    if verdict is None or not verdict.figure:
        return Section("")
    path = f"{scene.figures}/{verdict.figure}"
    return Section(image(verdict.title or verdict.test, path, scene.note.path))


def _claims(scene: Scene) -> Section:
    """The claims that name the test, and how they stand."""
    verdict = _verdict(scene)
    ids = verdict.claims if verdict else ()
    nodes = [scene.graph.nodes[id_] for id_ in ids if id_ in scene.graph.nodes]
    ordered = sorted(nodes, key=lambda node: (node.title.casefold(), node.id))
    inputs = tuple(each for node in ordered for each in _claim_inputs(scene, node))

    def rows() -> Iterator[tuple[Cell, Cell]]:
        yield from ((scene.link(node), scene.stand(node)) for node in ordered)

    return Section(lambda: table(("Claim under test", "Standing"), rows()), inputs)


def _claim_inputs(scene: Scene, node: Node) -> tuple[Input, ...]:
    return facts(
        node.id, {"title": node.title, "standing": scene.stand(node), "words": wording(node.path)}
    )


def _open(scene: Scene) -> Section:
    return Section(lambda: items("Open", _todo(scene)))


def _todo(scene: Scene) -> Iterator[Cell]:
    verdict = _verdict(scene)
    if verdict is not None:
        yield from said.unsettled(verdict)


PARTS: Final[Mapping[str, Part]] = {
    "standing": _stands,
    "measures": _measures,
    "figure": _plot,
    "claims": _claims,
    "open": _open,
}
