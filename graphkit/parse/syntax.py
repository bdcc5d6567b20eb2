"""The one ordered table of Markdown rules, and the markdown-it parser made of them.

A dialect is one file and one line here. Inline rules are asked at the characters that can
begin them, before markdown-it's own; what they take, later rules never see. Code is taken by
markdown-it itself, so nothing inside code is ever a link.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from typing import Any, Final, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from graphkit.parse import blocks, citations, comments, fields, links, tags, wikilinks
from graphkit.parse.pieces import Read

Block = Callable[[StateBlock, int, int, bool], bool]


class Rule(NamedTuple):
    """One row: a name, and what it adds to the parser."""

    name: str
    plugin: Callable[[MarkdownIt], Any] | None = None  # a markdown-it plugin
    inline: Read | None = None
    starts: tuple[str, ...] = ()  # the literals that can begin it in running text
    block: Block | None = None


RULES: Final = (
    Rule("front matter", front_matter_plugin),
    Rule("footnotes", partial(footnote_plugin, inline=False)),
    Rule(
        "maths",
        partial(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True),
    ),
    Rule("managed block", block=blocks.block),
    Rule("positions of Markdown links", links.plugin),
    Rule("comments", inline=comments.read, starts=("%%",), block=comments.block),
    Rule("wikilinks", inline=wikilinks.read, starts=("[[", "![[")),
    Rule("citations", inline=citations.read_group, starts=("[",)),
    Rule("web addresses", inline=citations.read_address, starts=("http", "HTTP")),
    Rule(
        "identifiers",
        inline=citations.read_identifier,
        starts=("arXiv", "arxiv", "ArXiv", "ARXIV", "doi", "DOI", "10."),
    ),
    Rule("fields", inline=fields.read, starts=("::",)),
    Rule("tags", inline=tags.read, starts=("#",)),
)

_UNUSED = ("newline", "text", "linkify", "footnote_ref", "footnote_tail", "normalize", "text_join")
_MARKUP = ("!", "$", "&", "*", "<", "[", "\\", "]", "_", "`")  # what markdown-it's own rules need


@cache
def parser() -> MarkdownIt:
    """The parser with every rule of the table; made once."""
    md = _Parser("commonmark", {"maxNesting": 100})
    md.enable("table")
    for rule in RULES:
        if rule.plugin is not None:
            md.use(rule.plugin)
    _teach_inline(md)
    _teach_blocks(md)
    md.disable(_UNUSED, ignoreInvalid=True)
    return md


class _Parser(MarkdownIt):
    """Destinations stay as their author wrote them."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802  # named by markdown-it
        return url


def _teach_inline(md: MarkdownIt) -> None:
    readers: dict[str, tuple[Read, ...]] = {}
    for rule in RULES:
        for character in dict.fromkeys(literal[0] for literal in rule.starts):
            if rule.inline is not None:
                readers[character] = (*readers.get(character, ()), rule.inline)
    literals = {literal for rule in RULES for literal in rule.starts} | set(_MARKUP)
    stop = re.compile("|".join(re.escape(literal) for literal in sorted(literals)))
    md.inline.ruler.before("text", "plain", _plain(stop))
    md.inline.ruler.before("plain", "dialects", _dialects(readers))
    md.core.ruler.at("inline", _inline(stop))


def _plain(stop: re.Pattern[str]) -> Callable[[StateInline, bool], bool]:
    """Text up to the next place where a rule may want to be asked."""

    def rule(state: StateInline, silent: bool) -> bool:
        found = stop.search(state.src, state.pos, state.posMax)
        end = found.start() if found else state.posMax
        if end == state.pos:
            return False
        if not silent:
            state.append_pending(state.src[state.pos : end])
        state.pos = end
        return True

    return rule


def _dialects(readers: dict[str, tuple[Read, ...]]) -> Callable[[StateInline, bool], bool]:
    def rule(state: StateInline, silent: bool) -> bool:
        for read in readers.get(state.src[state.pos], ()):
            piece = read(state.src, state.pos)
            if piece is not None and piece.end <= state.posMax:
                if not silent:
                    token = state.push("piece", "", 0)
                    token.content = piece.text
                    token.meta = {"piece": piece, "linked": state.linkLevel > 0}
                state.pos = piece.end
                return True
        return False

    return rule


def _inline(stop: re.Pattern[str]) -> Callable[[StateCore], None]:
    """As markdown-it's own step, but text without any mark-up is left as it is."""

    def rule(state: StateCore) -> None:
        for token in state.tokens:
            if token.type == "inline":
                token.children = []
                if stop.search(token.content):
                    state.md.inline.parse(token.content, state.md, state.env, token.children)
                else:
                    token.children.append(Token("text", "", 0, content=token.content))

    return rule


def _teach_blocks(md: MarkdownIt) -> None:
    alternatives = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    for rule in RULES:
        if rule.block is not None:
            md.block.ruler.before("fence", rule.name, rule.block, alternatives)
