"""Positions for markdown-it's own inline rules, which forget where they began."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, autolink, backtick, html_inline, image, link

_RULES: Final = {
    "backticks": backtick,
    "link": link,
    "image": image,
    "autolink": autolink,
    "html_inline": html_inline,
}
InlineRule = Callable[[StateInline, bool], bool]


def plugin(md: MarkdownIt) -> None:
    for name, rule in _RULES.items():
        md.inline.ruler.at(name, _located(rule))


def _located(rule: InlineRule) -> InlineRule:
    """The same rule; the first token it makes also tells where its Markdown begins and ends."""

    def located(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        made = (token for token in state.tokens[count : count + 2] if token.type != "text")
        if first := next(made, None):
            first.meta["span"] = (start, state.pos)
        return True

    return located
