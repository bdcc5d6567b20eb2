"""Two calm themes, light and dark, and the inks that give words their colour.

The glyphs and their meaning live in `graphkit.render.marks`; an ink is the theme's answer to
the colour word of such a mark.
"""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

from graphkit.render.marks import Mark
from graphkit.vocabulary import Kind

KINDS: Final = {
    Kind.CLAIM: Mark("■", "$claim"),
    Kind.SOURCE: Mark("§", "$source"),
    Kind.QUESTION: Mark("?", "$question"),
    Kind.RESULT: Mark("▲", "$result"),
    Kind.NOTE: Mark("≡", "$note"),
    Kind.GHOST: Mark("◌", "$ghost"),
}
SIGNS: Final = {+1: "$support", -1: "$oppose", 0: "$quiet"}

_INKS: Final = {
    "green": "$support",
    "red": "$oppose",
    "bold red": "bold $oppose",
    "yellow": "$doubt",
    "cyan": "$question",
    "magenta": "$inferred",
    "dim": "$quiet",
}


def ink(style: str) -> str:
    """The theme's style for the colour word of a mark."""
    return _INKS.get(style, style)


_DARK: Final = {
    "claim": "#8fb8ea",
    "source": "#d9b779",
    "question": "#c0a4ee",
    "result": "#74c7b8",
    "note": "#a5adba",
    "ghost": "#7b8290",
    "support": "#98c583",
    "oppose": "#e88388",
    "doubt": "#e3b969",
    "inferred": "#c39ac9",
    "quiet": "#8b93a1",
    "faint": "#565d69",
    "rule": "#2b3039",
    "cursor": "#2b3a4e",
    "cursor-away": "#262a32",
}
_LIGHT: Final = {
    "claim": "#1f5fa6",
    "source": "#85590f",
    "question": "#6d3bb3",
    "result": "#0b6e66",
    "note": "#545b68",
    "ghost": "#767c87",
    "support": "#33741f",
    "oppose": "#b3322f",
    "doubt": "#8f5c00",
    "inferred": "#8a3f8f",
    "quiet": "#666c77",
    "faint": "#9a9a96",
    "rule": "#dcd8d0",
    "cursor": "#d5e3f3",
    "cursor-away": "#e6e3dc",
}


def _chrome(palette: dict[str, str], muted: str) -> dict[str, str]:
    """The variables of Textual's own widgets, in the colours of the palette."""
    return {
        "block-cursor-foreground": "initial",
        "block-cursor-background": palette["cursor"],
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": palette["cursor-away"],
        "border": palette["claim"],
        "border-blurred": palette["rule"],
        "footer-key-foreground": palette["claim"],
        "footer-description-foreground": muted,
        "input-selection-background": palette["cursor"],
        "scrollbar": palette["rule"],
        "scrollbar-hover": palette["faint"],
        "scrollbar-active": palette["claim"],
        "link-background-hover": palette["cursor"],
        "link-color-hover": palette["claim"],
    }


DARK: Final = Theme(
    name="graphkit-dark",
    primary=_DARK["claim"],
    secondary=_DARK["result"],
    accent=_DARK["question"],
    success=_DARK["support"],
    warning=_DARK["doubt"],
    error=_DARK["oppose"],
    foreground="#d6dae1",
    background="#16181d",
    surface="#1b1e24",
    panel="#20242b",
    dark=True,
    variables={
        **_DARK,
        **_chrome(_DARK, _DARK["quiet"]),
        "scrollbar-background": "#1b1e24",
        "scrollbar-background-hover": "#1b1e24",
        "scrollbar-background-active": "#1b1e24",
        "footer-background": "#1b1e24",
    },
)
LIGHT: Final = Theme(
    name="graphkit-light",
    primary=_LIGHT["claim"],
    secondary=_LIGHT["result"],
    accent=_LIGHT["question"],
    success=_LIGHT["support"],
    warning=_LIGHT["doubt"],
    error=_LIGHT["oppose"],
    foreground="#262930",
    background="#fbfaf8",
    surface="#f4f2ee",
    panel="#ebe8e2",
    dark=False,
    variables={
        **_LIGHT,
        **_chrome(_LIGHT, _LIGHT["quiet"]),
        "scrollbar-background": "#f4f2ee",
        "scrollbar-background-hover": "#f4f2ee",
        "scrollbar-background-active": "#f4f2ee",
        "footer-background": "#f4f2ee",
    },
)
