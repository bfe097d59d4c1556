"""Doors of the layout of tickets, for those who lead the mall."""

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Struct
from msgspec.structs import replace

from mpp.routes import Asker_, Hall_
from mpp.slip import actions, core, reads
from mpp.slip.core import WIDTHS, Case
from mpp.slip.pictures import Pictures
from mpp.slip.views import SlipLayoutView, SlipPicture, SlipPreview
from ticketing import requests
from ticketing.answers import REFUSALS
from ticketing.core import access, paper
from ticketing.core.access import LEADERS
from ticketing.core.mall_entries import Language
from ticketing.core.slip_layout import SlipLayout
from ticketing.routes import RequestId

TESTS_A_MINUTE = 6
"""Of one person: enough to try some layouts on paper."""

PREVIEWS_A_MINUTE = 120
"""Of one person: two switches a second, for a while."""


class LayoutBody(Struct, frozen=True, forbid_unknown_fields=True):
    """The layout that shall hold, and the version that was looked at (none: there was none)."""

    layout: SlipLayout
    seen: int | None = None


class ExampleBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which example by which layout; `language` None is the layout's own, `service` None the first one."""

    layout: SlipLayout
    case: Case = Case.ORDINARY
    language: Language | None = None
    service: str | None = None

    def printed(self) -> SlipLayout:
        """Return the layout in the language that is asked for."""
        return replace(self.layout, language=self.language or self.layout.language)


class TestBody(ExampleBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which example, and the printer (its code) that shall print it."""

    printer: str
    request: RequestId


@get("/api/slip", operation_id="show_slip_layout", responses=REFUSALS)
async def show(hall: Hall_, asker: Asker_) -> SlipLayoutView:
    """Show how tickets are printed, and were."""
    who = access.allow(asker, LEADERS)
    async with hall.db.read(who.mall_id) as tx:
        return await reads.layout_view(tx)


@post("/api/slip", status_code=200, operation_id="change_slip_layout", responses=REFUSALS)
async def change(data: JSONBody[LayoutBody], hall: Hall_, asker: Asker_) -> SlipLayoutView:
    """Print tickets otherwise from now on; an old version is taken up by sending it again."""
    who = access.allow(asker, LEADERS)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        await actions.change(tx, data.layout, data.seen)
        return await reads.layout_view(tx)


@post("/api/slip/preview", status_code=200, operation_id="preview_slip", responses=REFUSALS)
async def preview(
    data: JSONBody[ExampleBody], hall: Hall_, asker: Asker_, pictures: NamedDependency[Pictures]
) -> SlipPreview:
    """Show a ticket as the printer would print it; nothing is changed."""
    who = access.allow(asker, LEADERS)
    hall.limits.count(f"preview {who.mall_id} {who.actor}", PREVIEWS_A_MINUTE)
    async with hall.db.read(who.mall_id) as tx:
        facts = await reads.example(tx, hall, data.printed(), data.case, data.service)
    drawn = await pictures.of(paper.compose(facts))
    return SlipPreview(
        pictures=[
            SlipPicture(paper_mm=mm, width=one.width, height=one.height, text=one.text, png=one.png)
            for mm, one in zip(WIDTHS, drawn, strict=True)
        ]
    )


@post("/api/slip/test", status_code=204, operation_id="print_test_slip", responses=REFUSALS)
async def print_test(data: JSONBody[TestBody], hall: Hall_, asker: Asker_) -> None:
    """Print a ticket that says that it is none."""
    who = access.allow(asker, LEADERS)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        hall.limits.count(f"test slip {who.mall_id} {who.actor}", TESTS_A_MINUTE)

        async def answer() -> bool:
            facts = await reads.example(tx, hall, data.printed(), data.case, data.service)
            await actions.print_test(tx, data.printer, core.not_a_number(facts))
            return True

        await requests.once(tx, data.request, "test_slip", bool, answer)


router = Router("", route_handlers=[show, change, preview, print_test])
