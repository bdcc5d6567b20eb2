"""The views to look at, and where their transcripts are kept.

Run this file to write the transcripts anew, then read the difference: it is what people will see.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import measurement_specimens as m
import specimens as s

from graphkit import render
from graphkit.change import Fall
from graphkit.models import Change

if TYPE_CHECKING:
    from rich.console import RenderableType

FOLDER = Path(__file__).parent / "transcripts"
WIDTHS = {"60": 60, "100": 100, "pipe": None}
CAUSE = "QUE-1 went from open to answered"
CHANGED = Change("claims/a.md", b"# A\n\nold\r\n\nend", b"# A\n\nnew\r\n\nend", (CAUSE,))
REFUSED = Change("claims/b.md", b"", b"", problem=s.PROBLEMS[0])

VIEWS: dict[str, RenderableType] = {
    "nodes": render.nodes(s.NODES.values(), s.STANDINGS),
    "node": render.node(s.REWARD, s.CONTESTED),
    "links": render.links(s.GROUPS, s.NODES, s.STANDINGS),
    "path": render.path(s.QUESTION.id, (s.ADDRESSES, s.INFERRED, s.BACKS), s.NODES),
    "standing": render.standing(s.REWARD, s.CONTESTED, s.NODES),
    "why": render.why(s.WHY, nodes=s.NODES),
    "fall": render.fall(s.FALL, s.GRAPH),
    "fall-of-nothing": render.fall(Fall((), ()), s.GRAPH),
    "log": render.log(s.REWARD, s.STEPS),
    "difference": render.difference(s.STEPS[1].difference),
    "rules": render.rules(),
    "hits": render.hits(s.HITS, explain=True),
    "answered": render.answer(s.ANSWERED),
    "declined": render.answer(s.DECLINED),
    "problems": render.problems(s.PROBLEMS),
    "status": render.status(s.GRAPH, 7, s.PROBLEMS, s.STANDINGS),
    "verdicts": render.verdicts(s.VERDICTS, s.NODES),
    "verdict": render.verdict(s.TERNARY, s.NODES),
    "untestable": render.verdict(s.PERSONA, s.NODES),
    "records": render.records(s.JOBS),
    "changes": render.changes([REFUSED, CHANGED]),
    "stale": render.stale([REFUSED, CHANGED]),
    "relations": render.relations(),
    "suggestions": render.suggestions(m.SUGGESTIONS, s.NODES),
    "related": render.related(m.RELATED),
    "calibration": render.calibration(m.CALIBRATION),
    "uncalibrated": render.calibration(m.TOO_FEW),
    "retrieval": render.retrieval(m.RETRIEVAL),
    "outcomes": render.outcomes(m.OUTCOMES),
    "returned": render.returned(m.RETURNED),
}


def transcript(name: str) -> str:
    """One view at every width, each under a line that names it."""
    return "\n".join(
        f"===== {label}\n{render.to_text(VIEWS[name], width=width)}"
        for label, width in WIDTHS.items()
    )


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for view in VIEWS:
        (FOLDER / f"{view}.txt").write_text(transcript(view), encoding="utf-8")
