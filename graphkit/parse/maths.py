"""Maths, which holds no links: `$…$` and `$$…$$` in text, `$$` blocks."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from graphkit.parse.pieces import Piece

# As in pandoc: no space inside the dollars and no digit behind them, so that prices are text.
_INLINE = re.compile(r"\$\$[^$]+\$\$|\$(?=\S)(?:\\.|[^$\\])+(?<=\S)\$(?!\d)")


def plugin(md: MarkdownIt) -> None:
    """The blocks only: the plugin's inline rule reads the text's end as what stands before it."""
    md.use(dollarmath_plugin)
    md.disable("math_inline")


def read(source: str, start: int) -> Piece | None:
    match = _INLINE.match(source, start)
    return match and Piece(match.end(), match[0])
