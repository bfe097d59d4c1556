"""Doors of privacy: what is kept and for how long, the register of breaches, the log's chain, what is kept of whom."""

from datetime import timedelta

from litestar import Response, Router, get, post
from litestar.params import FromPath, JSONBody

from mpp import store as people
from mpp.exports import TYPES, Value, safe, written
from mpp.privacy import actions, chain, parts
from mpp.privacy.actions import BreachBody, HandlingBody
from mpp.privacy.core import heads
from mpp.privacy.record import breach_rows, record_rows
from mpp.privacy.views import NoticeView, PersonExport, PrivacyView, TicketExport
from mpp.routes import Asker_, Hall_, Settings, Web
from ticketing import holders, store
from ticketing.answers import REFUSALS
from ticketing.core import access
from ticketing.core.access import LEADERS, Role
from ticketing.core.chain import LogVerified
from ticketing.core.ids import PersonId
from ticketing.routes import address

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})

VERIFIED_DAYS = timedelta(days=31)
"""How far back the page verifies: some seconds at most. `mpp log verify` does the whole."""

CHECKS_A_MINUTE = 2


@get("/api/privacy", operation_id="show_privacy", responses=REFUSALS)
async def show(hall: Hall_, asker: Asker_) -> PrivacyView:
    """Show what is kept, for how long, what was erased, breaches, and how the log stands."""
    who = access.allow(asker, LEADERS)
    async with hall.db.read(who.mall_id) as tx:
        return await parts.privacy_view(tx)


@get("/api/privacy/notice", operation_id="show_privacy_notice", responses=REFUSALS)
async def notice(hall: Hall_, asker: Asker_) -> NoticeView:
    """Show what visitors are told about data of theirs, to anybody."""
    async with hall.db.read(asker[0].mall_id if asker else await people.the_mall(hall.db, None)) as tx:
        return await parts.notice(tx)


@post("/api/privacy/verify", status_code=200, operation_id="verify_log", responses=REFUSALS)
async def verify(hall: Hall_, asker: Asker_, config: Settings) -> PrivacyView:
    """Hold the log of the last month against its chain and against the heads that were noted."""
    who = access.allow(asker, LEADERS)
    hall.limits.count(f"verify of mall {who.mall_id}", CHECKS_A_MINUTE)
    async with hall.db.read(who.mall_id) as tx:
        code, since = tx.mall.code, store.today(tx) - VERIFIED_DAYS
    noted = heads.of_mall(chain.noted(config.data / chain.HEADS), code)
    found = await chain.verify(hall.db, who.mall_id, noted, since)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        tx.append(LogVerified(first=found.first, last=found.last, faults=found.wrong))
        return await parts.privacy_view(tx)


@post("/api/privacy/breaches", status_code=201, operation_id="record_breach", responses=REFUSALS)
async def record_breach(data: JSONBody[BreachBody], hall: Hall_, asker: Asker_) -> PrivacyView:
    """Enter a breach of data in the register."""
    who = access.allow(asker, LEADERS)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        await actions.record_breach(tx, data)
        return await parts.privacy_view(tx)


@post("/api/privacy/breaches/{id:int}", status_code=200, operation_id="handle_breach", responses=REFUSALS)
async def handle_breach(id: FromPath[int], data: JSONBody[HandlingBody], hall: Hall_, asker: Asker_) -> PrivacyView:
    """Write down what is done about a breach, and when those concerned were told."""
    who = access.allow(asker, LEADERS)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        await actions.handle_breach(tx, id, data)
        return await parts.privacy_view(tx)


@get("/api/privacy/breaches.csv", operation_id="export_breaches", responses=REFUSALS, media_type="text/csv")
async def breaches_csv(hall: Hall_, asker: Asker_) -> Response[bytes]:
    """Take the register of breaches along."""
    who = access.allow(asker, LEADERS)
    async with hall.db.read(who.mall_id) as tx:
        return _file("breaches", breach_rows(await parts.privacy_view(tx)))


@get("/api/privacy/record.csv", operation_id="export_record", responses=REFUSALS, media_type="text/csv")
async def record_csv(hall: Hall_, asker: Asker_) -> Response[bytes]:
    """Take the record of processing along, in both languages."""
    who = access.allow(asker, LEADERS)
    async with hall.db.read(who.mall_id) as tx:
        return _file("record", record_rows(await parts.privacy_view(tx)))


def _file(name: str, rows: list[list[Value]]) -> Response[bytes]:
    headers = {"content-disposition": f'attachment; filename="{safe(name)}.csv"', "cache-control": "no-store"}
    return Response(written(rows), media_type=TYPES["csv"], headers=headers)


@get("/api/privacy/people/{id:int}", operation_id="export_person", responses=REFUSALS)
async def export_person(id: FromPath[int], hall: Hall_, asker: Asker_) -> PersonExport:
    """Show all that is kept of one who works here."""
    who = access.allow(asker, ADMINISTRATORS)
    async with hall.db.read(who.mall_id) as tx:
        return await parts.person_export(tx, PersonId(id))


@post("/api/privacy/people/{id:int}/erase", status_code=200, operation_id="erase_person", responses=REFUSALS)
async def erase_person(id: FromPath[int], hall: Hall_, asker: Asker_) -> PrivacyView:
    """Erase name, login and role of one who worked here; the log keeps the number."""
    who = access.allow(asker, ADMINISTRATORS)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        await actions.erase_person(tx, PersonId(id))
        return await parts.privacy_view(tx)


@get("/api/tickets/{code:str}/kept", operation_id="export_ticket", responses=REFUSALS, response_headers=holders.PRIVATE)
async def export_ticket(code: FromPath[str], hall: Hall_, request: Web) -> TicketExport:
    """Show all that is kept of a ticket to whoever knows its code."""
    async with hall.db.read(await holders.mall_of(hall, code, address(request))) as tx:
        return await parts.ticket_export(tx, await store.ticket_by_code(tx, code))


router = Router(
    "",
    route_handlers=[
        show,
        notice,
        verify,
        record_breach,
        handle_breach,
        breaches_csv,
        record_csv,
        export_person,
        erase_person,
        export_ticket,
    ],
)
