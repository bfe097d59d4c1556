"""Every colour that a tenant may choose can be written on, and stays itself as far as it can."""

import colorsys
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketing.core import colour
from ticketing.core.colour import CONTRAST, INK

TOKENS = Path(__file__).parents[3] / "mpp/web/lib/tokens.css"
colours = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


def test_the_dark_ink_is_that_of_the_pages() -> None:
    found = re.search(r"--navy-950: (#[0-9a-f]{6});", TOKENS.read_text(encoding="utf-8"))
    assert found is not None
    assert found[1] == INK


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#0a0a0a", "#0a0a0a", 1.0)]
)
def test_contrast_is_that_of_the_guidelines(one: str, other: str, ratio: float) -> None:
    assert colour.contrast(one, other) == colour.contrast(other, one) == pytest.approx(ratio, abs=0.005)


@given(colours)
def test_on_every_shown_colour_an_ink_can_be_read(own: str) -> None:
    shown = colour.readable(own)
    assert max(colour.contrast(shown, "#ffffff"), colour.contrast(shown, INK)) >= CONTRAST
    assert colour.readable(shown) == shown


@pytest.mark.parametrize("own", ["#000000", "#FFFFFF", "#5b3a1e", "#0a2342", "#ffc233"])
def test_a_colour_that_is_good_stays_as_it_is(own: str) -> None:
    assert colour.readable(own) == own


@pytest.mark.parametrize(("own", "becomes"), [("#1f6f54", "darker"), ("#c0392b", "darker"), ("#e67e22", "lighter")])
def test_a_colour_that_fails_becomes_a_shade_or_tint_of_itself(own: str, becomes: str) -> None:
    shown = colour.readable(own)
    assert (colour.luminance(shown) < colour.luminance(own)) is (becomes == "darker")
    hues = [colorsys.rgb_to_hls(*(int(c[at : at + 2], 16) / 255 for at in (1, 3, 5)))[0] for c in (own, shown)]
    assert hues[0] == pytest.approx(hues[1], abs=0.02)
