"""What a search found, and what the notes answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from rich.console import Group, RenderableType
from rich.text import Text

from graphkit.found import Answer, AnswerClaim, Basis, Evidence, Hit
from graphkit.models import Node
from graphkit.render import marks, words
from graphkit.render.escape import line
from graphkit.render.layout import Hang, Rows, facts, paragraph, spaced, stack
from graphkit.render.walks import label, remark
from graphkit.vocabulary import VOCABULARY, AnswerState, Vocabulary

LONGEST_QUESTION: Final = 300  # characters shown of one; who pastes a book need not read it again
LONGEST_WORD: Final = 40  # characters
MOST_MISSING: Final = 20  # words


def hits(found: Iterable[Hit], *, explain: bool = False) -> Rows:
    """Search hits, best first; with `explain`, what each score is made of.

    Also the view of related notes: a hit there is a neighbour by meaning.
    """
    listed = tuple(found)
    return Rows(
        rows=[_row(hit, explain=explain) for hit in listed],
        stacks=lambda: [_stack(hit, explain=explain) for hit in listed],
        right=frozenset({0}),
    )


def _row(hit: Hit, *, explain: bool) -> tuple[Text, ...]:
    return (
        Text(f"{hit.score:.3f}"),
        Text(line(hit.id), style=marks.FAINT),
        *([_parts(hit)] if explain else []),
        marks.place(hit.path, hit.line),
        Text(line(hit.title)),
    )


def _parts(hit: Hit) -> Text:
    given = {name: hit.parts[name] for name in _SHARES if name in hit.parts}
    if not given:
        given = dict(hit.parts)
    said = (f"{score:.3f} {line(name)}{_from(hit, name)}" for name, score in given.items())
    return Text(" + ".join(said), style=marks.FAINT)


_SHARES: Final = {"by words": ("keyword", "BM25"), "by meaning": ("semantic", "cosine")}


def _from(hit: Hit, share: str) -> str:
    """What a share was scaled from, as " (cosine 0.71)"."""
    part, name = _SHARES.get(share, ("", ""))
    return f" ({name} {hit.parts[part]:.2f})" if part in hit.parts else ""


def _stack(hit: Hit, *, explain: bool) -> Group:
    score, *about, title = _row(hit, explain=explain)
    score.append("  ")
    snippet = Text(line(hit.snippet), style=marks.FAINT)
    return stack(
        Hang(score, title),
        facts(*about, by=score.cell_len),
        *([paragraph(snippet, by=score.cell_len)] if snippet else []),
    )


def answer(
    given: Answer, vocabulary: Vocabulary = VOCABULARY, *, explain: bool = False
) -> RenderableType:
    """The state, the claims with their standing and evidence, what is missing, what is nearest."""
    claims = (_claim(claim, vocabulary) for claim in given.claims)
    return spaced((_state(given), *claims, *_ending(given, explain=explain)))


def _state(given: Answer) -> Group:
    return stack(
        paragraph(Text(_clipped(given.question, LONGEST_QUESTION), style=marks.TITLE)),
        facts(
            marks.marked(marks.ANSWERS[given.state], given.state),
            Text(f"confidence {given.confidence:.2f} that these notes answer it", marks.FAINT),
        ),
    )


def _clipped(text: str, most: int) -> str:
    """So much of what a user gave as shows them that it was understood."""
    return line(text if len(text) <= most else f"{text[:most]}…")


def _claim(claim: AnswerClaim, vocabulary: Vocabulary) -> Group:
    where = marks.place(claim.node.path, claim.line)
    return stack(
        Hang(marks.lead(claim.standing), Text(line(claim.node.title), style=marks.TITLE)),
        facts(*marks.states(claim.standing), marks.name(claim.node), where, by=2),
        *(part for piece in claim.evidence for part in _evidence(piece, vocabulary)),
    )


def _evidence(piece: Evidence, vocabulary: Vocabulary) -> Iterator[RenderableType]:
    node, edge = piece
    said = label(edge.relation, vocabulary, forward=edge.source == node.id)
    glyph = Text(f"    {marks.relation_glyph(edge.relation, vocabulary)} ", style=marks.FAINT)
    yield Hang(glyph, Text.assemble(f"{line(node.title)} ", (said, "italic"), " this"))
    yield facts(marks.name(node), marks.span(edge.span), *_run(node), marks.inference(edge), by=6)
    yield from remark(edge, by=6)


def _run(node: Node) -> tuple[Text, ...]:
    """What a result measured: verdict, effect with its interval, seeds; none for other nodes."""
    if node.verdict is None:
        return ()
    return (
        marks.outcome(node.verdict.outcome, words.caveat(node.verdict)),
        Text(words.measurement(node.verdict)),
        Text(words.seeds(node.verdict)),
    )


def _ending(given: Answer, *, explain: bool) -> Iterator[RenderableType]:
    if given.missing:
        told = [_clipped(word, LONGEST_WORD) for word in given.missing[:MOST_MISSING]]
        more = len(given.missing) - len(told)
        missing = Text(", ".join(told) + (f" and {more} more" if more else ""), style="magenta")
        yield Hang(Text("No note covers  ", style=marks.FAINT), missing)
    if explain:
        yield paragraph(Text(_basis(given.basis), style=marks.FAINT))
    if given.nearest:
        away = given.state is AnswerState.NOT_IN_THESE_NOTES
        head = "The nearest notes, none close enough to answer from" if away else "Near it"
        yield stack(Text(head, style=marks.FAINT), hits(given.nearest, explain=explain))


def _basis(known: Basis | None) -> str:
    """What the confidence was learnt from, and for which questions it is a rate."""
    if known is None:
        return _NO_BASIS
    return (
        f"The confidence was learnt from questions made of these notes. This one is closer to them "
        f"than {known.above_absent:.0%} of the {known.absent} whose answer was taken away, and "
        f"than {known.above_present:.0%} of the {known.present} whose answer was in place. {_ORDER}"
    )


_ORDER: Final = (
    "For questions unlike those it says which is likelier to be answered, not how often they are."
)
_NO_BASIS: Final = (
    "These notes give too few questions to learn a confidence from: a fixed threshold decides, and "
    "promises nothing."
)
