"""Doors of the register of agreed times: for those who lead, and for a tenant's own people."""

from datetime import date
from typing import Annotated

from litestar import Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import Meta, Struct

from mpp.appointments import actions, core, reads
from mpp.appointments.core import Entry, Fault
from mpp.appointments.views import AppointmentsView, EnteredView, EntryFault
from mpp.routes import Asker_, Hall_
from ticketing import register, requests
from ticketing.answers import REFUSALS
from ticketing.core import access
from ticketing.core.access import COUNTER_STAFF, Asker
from ticketing.core.ids import AppointmentId
from ticketing.db import Tx
from ticketing.hall import Hall
from ticketing.routes import RequestId

Word = Annotated[str, Meta(min_length=1, max_length=60)]


class EnterBody(Struct, frozen=True, forbid_unknown_fields=True):
    """One agreed time; without the agency's reference a code is made."""

    request: RequestId
    service: Word
    day: Word
    time: Word
    code: Annotated[str, Meta(max_length=60)] = ""


class ImportBody(Struct, frozen=True, forbid_unknown_fields=True):
    """Lines of service code, date, time and reference."""

    request: RequestId
    text: Annotated[str, Meta(min_length=1, max_length=60_000)]


@get("/api/appointments", operation_id="list_appointments", responses=REFUSALS)
async def list_appointments(hall: Hall_, asker: Asker_, day: FromQuery[date | None] = None) -> AppointmentsView:
    """Show the agreed times of a day; a tenant's people see their own."""
    who = access.allow(asker, COUNTER_STAFF)
    async with hall.db.read(who.mall_id) as tx:
        return await reads.appointments_view(tx, hall, who.tenant_id, day)


@post("/api/appointments", status_code=200, operation_id="enter_appointment", responses=REFUSALS)
async def enter(data: JSONBody[EnterBody], hall: Hall_, asker: Asker_) -> EnteredView:
    """Enter one agreed time."""
    found = core.entry(1, data.service, data.day, data.time, data.code)
    entries, faults = ([], [found]) if isinstance(found, Fault) else ([found], [])
    return await _enter(hall, asker, data.request, entries, faults)


@post("/api/appointments/import", status_code=200, operation_id="import_appointments", responses=REFUSALS)
async def import_lines(data: JSONBody[ImportBody], hall: Hall_, asker: Asker_) -> EnteredView:
    """Enter the agreed times of a table: all of them, or none when anything is wrong with a line."""
    entries, faults = core.read(data.text)
    return await _enter(hall, asker, data.request, entries, faults)


@post("/api/appointments/{id:int}/withdraw", status_code=200, operation_id="withdraw_appointment", responses=REFUSALS)
async def withdraw(id: FromPath[int], hall: Hall_, asker: Asker_) -> AppointmentsView:
    """Take an agreed time out of the register, as long as nobody has come with it."""
    who = access.allow(asker, COUNTER_STAFF)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        row = await register.load(tx, AppointmentId(id))
        access.allow_tenant(who, row.tenant_id)
        day = row.day
        await register.withdraw(tx, row)
        await tx.session.flush()
        return await reads.appointments_view(tx, hall, who.tenant_id, day)


async def _enter(hall: Hall, asker: Asker, request: str, entries: list[Entry], faults: list[Fault]) -> EnteredView:
    who = access.allow(asker, COUNTER_STAFF)
    async with hall.db.write(who.mall_id, who.actor) as tx:

        async def answer() -> EnteredView:
            return await _told(tx, await actions.enter(tx, entries, who.tenant_id, faults))

        return await requests.once(tx, request, "appointments", EnteredView, answer)


async def _told(tx: Tx, entered: actions.Entered) -> EnteredView:
    return EnteredView(
        added=await reads.lines(tx, entered.added),
        known=entered.known,
        faults=[EntryFault(line=one.line, reason=one.reason, what=one.what) for one in entered.faults],
    )


router = Router("", route_handlers=[list_appointments, enter, import_lines, withdraw])
