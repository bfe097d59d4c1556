"""A tenant's own colour, made so that ink can be read on it. Pure.

Source: WCAG 2.2, relative luminance and contrast ratio; 7 : 1 is success criterion 1.4.6.
"""

from collections.abc import Callable
from functools import lru_cache

CONTRAST = 7.0
"""Kiosks and boards promise it for every text."""

INK = "#06172e"
"""The dark ink of the pages (--navy-950); the light one is white."""

STEPS = 16
"""Halvings: finer than the 256 steps of a channel."""


def luminance(colour: str) -> float:
    """Return the relative luminance of "#rrggbb", 0 to 1."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@lru_cache(maxsize=1024)
def readable(colour: str) -> str:
    """Return the colour itself when white or dark ink can be read on it, else the nearest shade or tint of it."""
    if _is_readable(colour):
        return colour
    # Eyes see ratios: what lies between is moved to the side from which it differs by the smaller one.
    darkest_tint = CONTRAST * (luminance(INK) + 0.05)
    lightest_shade = 1.05 / CONTRAST
    own = luminance(colour) + 0.05
    is_darkened = own / lightest_shade <= darkest_tint / own
    return _nearest(lambda share: _mixed(colour, 0 if is_darkened else 255, share))


def _nearest(mixed: Callable[[float], str]) -> str:
    """Find the smallest share of black or white with which ink can be read."""
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if _is_readable(mixed(middle)) else (middle, high)
    return mixed(high)


def _is_readable(colour: str) -> bool:
    return max(contrast(colour, "#ffffff"), contrast(colour, INK)) >= CONTRAST


def _mixed(colour: str, other: int, share: float) -> str:
    channels = (round(channel + (other - channel) * share) for channel in _channels(colour))
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
