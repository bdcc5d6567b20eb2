"""The managed summary block: the one stretch of a note that GraphKit itself may write.

    <!-- graphkit:summary v1 text=SHA256
    RES-12 outcome=reproduced
    -->
    body
    <!-- /graphkit:summary -->

The digest is that of the body, so that a person's edit shows; each line under it names an input
of the body as it was, so that a stale block can say what changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Final, NamedTuple

from markdown_it.rules_block import StateBlock

from graphkit import codes
from graphkit.models import Problem, Span

VERSION: Final = 1
_OPEN: Final = "<!-- graphkit:summary"
_CLOSE: Final = "<!-- /graphkit:summary -->"

_LINE_START = r"(?:^|(?<=\r))"
_EVENT = re.compile(
    rf"{_LINE_START}(?:[ ]{{0,3}}(?P<fence>`{{3,}}|~{{3,}})(?P<info>[^\r\n]*)"
    rf"|(?P<open>{re.escape(_OPEN)}\b)|(?P<close>{re.escape(_CLOSE)}))",
    re.MULTILINE,
)
_HEAD = re.compile(
    rf"{re.escape(_OPEN)} v(?P<version>\d+) text=(?P<digest>[0-9a-f]{{64}})[ \t]*(?:\r\n?|\n)"
    r"(?P<inputs>(?:(?!-->)[^\r\n]*(?:\r\n?|\n))*)-->[ \t]*(?:\r\n?|\n)"
)
LINE_END: Final = re.compile(r"\r\n?|\n")

_ODD: Final = {
    "nested-summary": "a managed summary begins inside another",
    "unopened-summary": "a managed summary ends here that never began",
    "unclosed-summary": f"a managed summary begins here without `{_CLOSE}`",
    "damaged-summary": "the first lines of a managed summary are damaged",
    "second-summary": "a second managed summary",
}
_KEEP: Final = "it is left as it is; keep one pair of markers, as GraphKit wrote them"
_MERGE: Final = "git left two sides here; keep either, whole, then: graphkit regenerate"
_MERGING = re.compile(r"^<{7} ", re.MULTILINE)


class Input(NamedTuple):
    """One thing that a summary was built from: `ID key=value`."""

    id: str
    key: str
    value: str


class Block(NamedTuple):
    """A managed block: offsets in the text it was found in, from marker to marker."""

    start: int
    end: int
    line: int  # of the opening marker, from 1
    last_line: int
    digest: str
    inputs: tuple[Input, ...]
    body: str  # with the file's own line ends

    @property
    def edited(self) -> bool:
        """Whether a person changed the body after it was written."""
        return digest(self.body) != self.digest


class Found(NamedTuple):
    """All complete blocks of a text; only a single one without Problems may be written."""

    blocks: tuple[Block, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def block(self) -> Block | None:
        return self.blocks[0] if len(self.blocks) == 1 and not self.problems else None


def digest(body: str) -> str:
    """SHA-256 of a body, the same for every kind of line end."""
    return sha256(LINE_END.sub("\n", body).strip("\n").encode("utf-8", "surrogatepass")).hexdigest()


def compose(
    body: str, inputs: Iterable[Input], newline: str = "\n", generated: str | None = None
) -> str:
    """The whole block for a body, without a line end after its closing marker.

    `generated` is the text of GraphKit's own that the body grew out of, where a person's words
    are in it: the digest stays that of the former, so that the latter still show.
    """
    body = body.strip("\n")
    lines = [
        f"{_OPEN} v{VERSION} text={digest(body if generated is None else generated)}",
        *(f"{i.id} {i.key}={i.value}" for i in inputs),
        "-->",
        *body.split("\n"),
        _CLOSE,
    ]
    return newline.join(lines)


def find(text: str, path: str = "") -> Found:
    """The managed blocks of a text, of any line ends; markers inside fenced code do not count."""
    if "graphkit:summary" not in text:
        return Found()
    blocks: list[Block] = []
    odd: list[tuple[str, int]] = []
    opened = -1
    for marker in _markers(text):
        if marker["open"]:
            if opened >= 0:
                odd.append(("nested-summary", marker.start()))
            opened = marker.start()
        elif opened < 0:
            odd.append(("unopened-summary", marker.start()))
        elif block := _complete(text, opened, marker):
            odd.extend([("second-summary", opened)] if blocks else [])
            blocks.append(block)
            opened = -1
        else:
            odd.append(("damaged-summary", opened))
            opened = -1
    odd.extend([("unclosed-summary", opened)] if opened >= 0 else [])
    return Found(tuple(blocks), tuple(_problem(code, text, offset, path) for code, offset in odd))


def slot(text: str) -> int:
    """Where a new block goes in a text of any line ends, as an offset."""
    from graphkit.parse import slots  # it reads by all rules, and one of them is below

    return slots.slot(text)


def _markers(text: str) -> Iterator[re.Match[str]]:
    """Opening and closing markers outside fenced code."""
    fence = ""
    for event in _EVENT.finditer(text):
        mark = event["fence"]
        if mark is None:
            if not fence:
                yield event
        elif not fence:
            fence = mark if mark[0] == "~" or "`" not in event["info"] else ""
        elif mark.startswith(fence) and not event["info"].strip():
            fence = ""


def _complete(text: str, start: int, close: re.Match[str]) -> Block | None:
    """The block between two markers, or None when its first lines are not as GraphKit writes."""
    head = _HEAD.match(text, start, close.start())
    if head is None or int(head["version"]) != VERSION:
        return None
    return Block(
        start,
        close.end(),
        _line(text, start),
        _line(text, close.start()),
        head["digest"],
        tuple(_inputs(head["inputs"])),
        text[head.end() : close.start()],
    )


def _inputs(lines: str) -> Iterable[Input]:
    for line in LINE_END.split(lines):
        name, _, rest = line.strip().partition(" ")
        key, equals, value = rest.partition("=")
        if equals:
            yield Input(name, key, value)


def _line(text: str, offset: int) -> int:
    newlines, returns = text.count("\n", 0, offset), text.count("\r", 0, offset)
    return newlines + returns - text.count("\r\n", 0, offset) + 1


def _problem(code: str, text: str, offset: int, path: str) -> Problem:
    span = Span(path, _line(text, offset))
    return codes.problem(code, _ODD[code], span, _MERGE if _MERGING.search(text) else _KEEP)


def block(state: StateBlock, line: int, end_line: int, silent: bool) -> bool:  # noqa: ARG001
    """The markdown-it rule that steps over blocks found before: first line to the line after."""
    after: int | None = state.env.get("managed", {}).get(line)
    if after is None:
        return False
    if not silent:
        state.line = after
    return True
