"""How well the faintest words of a picture are seen."""

from __future__ import annotations

from typing import Any, Final

from pictures import looks
from rich.style import Style

FAINTEST: Final = 2.4  # the ratio of lightness that the least important words still have


def faintest(told: str) -> float:
    """The least contrast of any word of a picture, light or dark."""
    return min(_contrast(style) for style in looks(told))


def _contrast(style: Style) -> float:
    """As WCAG 2.2 defines it: from 1, invisible, to 21, black on white."""
    if style.color is None or style.bgcolor is None:
        return 21.0
    light = sorted(_luminance(color) for color in (style.color, style.bgcolor))
    return (light[1] + 0.05) / (light[0] + 0.05)


def _luminance(color: Any) -> float:
    parts = [part / 255 for part in color.get_truecolor()]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return float(sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True)))
