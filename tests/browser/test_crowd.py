"""However many are called at once, each number is large enough for ten metres, and its counter stands beside it."""

from io import BytesIO
from time import monotonic
from typing import Any

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page

from tests.browser.installation import Installation
from tests.browser.line import crowd_of, line_with, real
from tests.browser.windows import assert_accessible, window

pytestmark = [pytest.mark.slow, pytest.mark.long]

PIXEL = 0.496
"""Millimetres of a pixel on a 43-inch board of 1920 x 1080."""
READABLE = 42
"""Least height of a digit in millimetres: ten metres away it is seen under fourteen minutes of arc."""
AMBER = (255, 194, 51)

LOOK = """
() => [...document.querySelectorAll("[data-call]")].map((one) => {
  const box = (part) => (({ left, top, right, bottom }) => [left, top, right, bottom])(part.getBoundingClientRect());
  const name = one.querySelector(".where span");
  return {
    number: one.dataset.call, counter: name.textContent, colour: getComputedStyle(one).borderLeftColor,
    tile: box(one), digits: box(one.querySelector(".number")), name: box(name),
    isCut: name.scrollWidth > name.clientWidth + 1, isHero: one.closest(".now") !== null,
  };
})
"""


def height(picture: Image.Image, box: list[float]) -> float:
    """Measure the amber ink of a number in millimetres."""
    part = picture.crop((round(box[0]), round(box[1]), round(box[2]), round(box[3])))
    difference = ImageChops.difference(part, Image.new("RGB", part.size, AMBER)).convert("L")
    ink = difference.point(lambda far: 255 if far < 40 else 0).getbbox()
    return 0 if ink is None else (ink[3] - ink[1]) * PIXEL


def heights(page: Page, found: list[dict[str, Any]]) -> dict[str, float]:
    """Measure all numbers, as soon as the browser has drawn them."""
    over = monotonic() + 60
    while True:
        picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
        sizes = {one["number"]: height(picture, one["digits"]) for one in found}
        if all(sizes.values()) or monotonic() > over:
            return sizes


def holds(outer: list[float], inner: list[float]) -> bool:
    """Tell whether a box lies in another one, but for half a pixel."""
    low = all(small >= large - 0.5 for small, large in zip(inner[:2], outer[:2], strict=True))
    return low and all(small <= large + 0.5 for small, large in zip(inner[2:], outer[2:], strict=True))


@pytest.mark.parametrize(("width", "high"), [(1920, 1080), (1080, 1920)])
def test_every_current_number_of_a_crowd_can_be_read_from_ten_metres(
    browser: Browser, installation: Installation, width: int, high: int
) -> None:
    view = real(installation, "boards/A")

    def prepare(page: Page) -> None:
        page.emulate_media(reduced_motion="reduce")
        page.add_init_script(line_with(view))

    with window(browser, installation.address, "/board/A", width, high, prepare=prepare) as page:
        page.wait_for_selector("[data-ground]")
        page.evaluate("document.fonts.ready.then(() => true)")
        for how_many in (2, 4, 5, 9, 10, 13, 16, 17):
            new = crowd_of(view, how_many)
            page.evaluate("views => feed(views.map((one) => JSON.stringify(one)))", [new])
            page.wait_for_function("n => document.querySelectorAll('[data-call]').length === n", arg=how_many)
            found: list[dict[str, Any]] = page.evaluate(LOOK)
            wanted = {call["number"]: call for call in new["calls"]}
            assert {one["number"] for one in found} == set(wanted)
            sizes = heights(page, found)
            hero = next(one["number"] for one in found if one["isHero"])
            assert min(sizes.values()) >= READABLE, sizes
            assert sizes[hero] == max(sizes.values())
            for one in found:
                assert holds([0, 0, width, high], one["tile"]), one
                assert holds(one["tile"], one["digits"]), one
                assert holds(one["tile"], one["name"]), one
                assert not one["isCut"], one
                assert wanted[one["number"]]["counter"]["name"] in one["counter"]
                assert rgb(wanted[one["number"]]["tenant"]["colour"]) == one["colour"]
        assert_accessible(page)


def rgb(colour: str) -> str:
    """Write #102030 as a browser computes it."""
    return "rgb({}, {}, {})".format(*bytes.fromhex(colour.removeprefix("#")))
