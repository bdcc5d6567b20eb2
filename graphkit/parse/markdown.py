"""The markdown-it parser that the table of rules makes.

It is tuned for reading rather than rendering: what costs time and says nothing of links and
prose (line breaks, smart quotes, joining of text) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from graphkit.dialect import PLAIN, Dialect
from graphkit.parse import quick
from graphkit.parse.pieces import Read
from graphkit.parse.rules import RULES, Rule, in_force

_UNUSED: Final = ("newline", "text", "linkify", "normalize", "text_join", "fragments_join")
_OWN_STARTS: Final = ("!", "&", "*", "<", "[", "\\", "]", "_", "`")  # of CommonMark's rules
_DEEPEST_BLOCK: Final = 100  # levels of lists and quotes; what lies deeper is not read
_DEEPEST_BRACKET: Final = 20  # the time to look for links in brackets grows with it
_INTERRUPTED: Final = ["paragraph", "reference", "blockquote", "list"]

_STOP = re.compile(
    "|".join(
        re.escape(literal)
        for literal in sorted({*_OWN_STARTS, *(start for rule in RULES for start in rule.starts)})
    )
)
"""The next place in a text where any rule may want to be asked."""


def tokens(
    text: str, managed: Mapping[int, int] | None = None, dialect: Dialect = PLAIN
) -> list[Token]:
    """The tokens of a note; `managed` maps first lines (from 0) to the lines after their block."""
    return _made(in_force(dialect), _DEEPEST_BLOCK).parse(text, {"managed": managed or {}})


def definitions(
    text: str, managed: Mapping[int, int], dialect: Dialect = PLAIN
) -> list[tuple[int, int]]:
    """The lines of each definition of a reference link: its first, from 0, and the one after."""
    env: dict[str, Any] = {"managed": managed}
    _made(in_force(dialect), _DEEPEST_BLOCK).parse(text, env)
    return [tuple(each["map"]) for each in env.get("references", {}).values()]


def value_tokens(text: str, dialect: Dialect = PLAIN) -> list[Token]:
    """The tokens of a property's value: inline text only."""
    if not _STOP.search(text):
        return []
    return _made(in_force(dialect), _DEEPEST_BRACKET).parseInline(text, {})


class _Parser(MarkdownIt):
    """Destinations stay as their author wrote them."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802  markdown-it's name
        return url


def parser(rules: Iterable[Rule], *, short_cuts: bool = True) -> MarkdownIt:
    """A parser with these rules, in their order; without `short_cuts` markdown-it reads all."""
    return _made(tuple(rules), _DEEPEST_BLOCK, short_cuts=short_cuts)


@cache
def _made(rules: tuple[Rule, ...], deepest: int, *, short_cuts: bool = True) -> MarkdownIt:
    """markdown-it knows one depth for blocks and brackets, we need two: so each has its parser."""
    md = _Parser("commonmark", {"maxNesting": deepest}).enable("table")
    for rule in rules:
        if rule.plugin is not None:
            md.use(rule.plugin)
        if rule.block is not None:
            md.block.ruler.before("fence", rule.name, rule.block, {"alt": _INTERRUPTED})
    md.inline.ruler.before("text", "plain", _plain)
    md.inline.ruler.before("plain", "dialects", _dialects(_readers(rules)))
    md.core.ruler.at("inline", _inline(rules, short_cuts=short_cuts))
    return md.disable(_UNUSED)


def _readers(rules: Iterable[Rule]) -> dict[str, tuple[Read, ...]]:
    """The inline rules by the character that they begin with, in the order of the table."""
    readers: dict[str, tuple[Read, ...]] = {}
    for rule in rules:
        if rule.inline is not None:
            for character in dict.fromkeys(start[0] for start in rule.starts):
                readers[character] = (*readers.get(character, ()), rule.inline)
    return readers


def _plain(state: StateInline, silent: bool) -> bool:
    """Text up to the next place where a rule may want to be asked."""
    found = _STOP.search(state.src, state.pos, state.posMax)
    end = found.start() if found else state.posMax
    if end == state.pos:
        return False
    if not silent:
        state.append_pending(state.src[state.pos : end])
    state.pos = end
    return True


def _dialects(readers: Mapping[str, tuple[Read, ...]]) -> Callable[[StateInline, bool], bool]:
    def rule(state: StateInline, silent: bool) -> bool:
        start = state.pos
        for read in readers.get(state.src[start], ()):
            piece = read(state.src, start)
            if piece is not None and piece.end <= state.posMax:
                if not silent:
                    token = state.push("piece", "", 0)
                    token.content = piece.text
                    token.meta = {"piece": piece, "span": (start, piece.end)}
                state.pos = piece.end
                return True
        return False

    return rule


def _inline(rules: tuple[Rule, ...], *, short_cuts: bool) -> Callable[[StateCore], None]:
    """As markdown-it's own step, but only for text that is not simple."""
    readers = _readers(rules)

    def step(state: StateCore) -> None:
        md = _made(rules, _DEEPEST_BRACKET)
        references = bool(state.env.get("references"))
        for token in state.tokens:
            if token.type != "inline" or not _STOP.search(token.content):
                continue
            if short_cuts and (
                found := quick.read(token.content, _STOP, readers, references=references)
            ):
                token.meta["quick"] = found
            else:
                token.children = _children(md, state, token.content)

    return step


def _children(md: MarkdownIt, state: StateCore, source: str) -> list[Token]:
    inline = StateInline(source, md, state.env, [])
    md.inline.tokenize(inline)
    if "*" in source or "_" in source:
        for rule in md.inline.ruler2.getRules(""):
            rule(inline)
    return inline.tokens
