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
from collections.abc import Iterable
from hashlib import sha256
from typing import Final, NamedTuple

from markdown_it.rules_block import StateBlock

from graphkit.models import Problem, Span
from graphkit.vocabulary import Severity

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
_NEWLINE = re.compile(r"\r\n?|\n")
_LEFT_ALONE = "the summary is left as it is; remove the marker that is too many"


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
    return sha256(_NEWLINE.sub("\n", body).strip("\n").encode("utf-8", "surrogatepass")).hexdigest()


def compose(body: str, inputs: Iterable[Input], newline: str = "\n") -> str:
    """The whole block for a body, without a line end after its closing marker."""
    body = body.strip("\n")
    lines = [
        f"{_OPEN} v{VERSION} text={digest(body)}",
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
    problems: list[Problem] = []
    fence, opened = "", -1
    for event in _EVENT.finditer(text):
        if mark := event["fence"]:
            if not fence:
                fence = mark
            elif mark.startswith(fence) and not event["info"].strip():
                fence = ""
        elif fence:
            continue
        elif event["open"]:
            if opened >= 0:
                problems.append(
                    _problem(
                        "nested-summary",
                        "a summary begins inside a summary",
                        text,
                        event.start(),
                        path,
                    )
                )
            opened = event.start()
        elif opened < 0:
            problems.append(
                _problem(
                    "unopened-summary", "a summary ends that never began", text, event.start(), path
                )
            )
        else:
            _complete(text, opened, event, path, blocks, problems)
            opened = -1
    if opened >= 0:
        problems.append(
            _problem("unclosed-summary", f"a summary has no `{_CLOSE}`", text, opened, path)
        )
    return Found(tuple(blocks), tuple(problems))


def _complete(
    text: str,
    start: int,
    close: re.Match[str],
    path: str,
    blocks: list[Block],
    problems: list[Problem],
) -> None:
    head = _HEAD.match(text, start, close.start())
    if head is None or int(head["version"]) != VERSION:
        problems.append(
            _problem(
                "damaged-summary", "the first lines of a summary are damaged", text, start, path
            )
        )
        return
    if blocks:
        problems.append(_problem("second-summary", "a second summary", text, start, path))
    blocks.append(
        Block(
            start,
            close.end(),
            _line(text, start),
            _line(text, close.start()),
            head["digest"],
            tuple(_inputs(head["inputs"])),
            text[head.end() : close.start()],
        )
    )


def _inputs(lines: str) -> Iterable[Input]:
    for line in _NEWLINE.split(lines):
        name, _, rest = line.strip().partition(" ")
        key, equals, value = rest.partition("=")
        if equals:
            yield Input(name, key, value)


def _line(text: str, offset: int) -> int:
    return len(_NEWLINE.findall(text, 0, offset)) + 1


def _problem(code: str, message: str, text: str, offset: int, path: str) -> Problem:
    return Problem(code, Severity.ERROR, message, Span(path, _line(text, offset), 1), _LEFT_ALONE)


def block(state: StateBlock, line: int, end_line: int, silent: bool) -> bool:  # noqa: ARG001  # markdown-it's signature
    """The markdown-it rule that steps over the blocks found before, by their first lines."""
    last: int | None = state.env.get("managed", {}).get(line)
    if last is None:
        return False
    if not silent:
        state.line = last + 1
    return True
