"""What can be done with complaints: take, handle, respond, and what time brings about. Each is one transaction."""

from datetime import timedelta
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from mpp.complaints import store
from mpp.complaints.core import complaint, deeds, terms, writing
from mpp.complaints.core.deeds import Deed
from mpp.complaints.core.refused import NameNeeded, ReopenedAlready, ReopenOver
from mpp.complaints.tables import Complaint
from ticketing import store as ground
from ticketing.core.access import Principal
from ticketing.core.complaint_desk import ComplaintDesk
from ticketing.core.complaint_events import (
    Channel,
    ComplaintAnswered,
    ComplaintClosed,
    ComplaintContactErased,
    ComplaintEscalated,
    ComplaintEvent,
    ComplaintForwarded,
    ComplaintHandedOver,
    ComplaintReceived,
    ComplaintRejected,
    ComplaintReopened,
    ComplaintStarted,
    ComplaintTextErased,
    ComplaintVerified,
    Identity,
)
from ticketing.core.events import ComplaintDeskNamed
from ticketing.core.ids import ComplaintId, ServiceId, TenantId
from ticketing.core.refused import BadRequest, NotAllowed
from ticketing.db import Tx


class Complainant(Struct, frozen=True, kw_only=True):
    """How much somebody tells of themselves; a contact only to be answered by it."""

    identity: Identity
    name: str | None = None
    contact: str | None = None


class About(Struct, frozen=True, kw_only=True):
    """Whom and what a complaint concerns, as far as that is known; the ticket itself is not kept."""

    tenant_id: TenantId | None = None
    service_id: ServiceId | None = None


async def about(tx: Tx, ticket: str | None, service: str | None, tenant: str | None) -> About:
    """Find out what a complaint is about: a ticket's code, a service or a tenant was named, or nothing.

    Raises: UnknownTicket, UnknownService, UnknownTenant.
    """
    if ticket is not None:
        row = await ground.ticket_by_code(tx, ticket)
        return About(tenant_id=row.tenant_id, service_id=row.service_id)
    if service is not None:
        found = await ground.service(tx, service)
        return About(tenant_id=found.tenant_id, service_id=found.id)
    return About(tenant_id=(await ground.tenant_by_code(tx, tenant)).id if tenant is not None else None)


async def take(tx: Tx, channel: Channel, text: str, who: Complainant, what: About) -> Complaint:
    """Take a complaint; its deadlines are promised at once, the strictest until its kind is known.

    Raises: NameNeeded, BadRequest.
    """
    said, who = writing.tidy(text), _tidy(who)
    if not said:
        raise BadRequest("Say in some words what happened.")
    numbers, calendar, day = await store.the_terms(tx), await store.the_calendar(tx), ground.today(tx)
    event = ComplaintReceived(
        complaint_id=ComplaintId(0),
        number=await store.next_number(tx, day),
        day=day,
        channel=channel,
        identity=who.identity,
        tenant_id=what.tenant_id,
        service_id=what.service_id,
        has_contact=who.name is not None,
        first=terms.first(numbers, calendar, day),
        term=terms.answer(numbers, calendar, day, None),
    )
    row = await store.add(tx, complaint.receive(event, tx.now), ground.fresh_code())
    store.note(tx, row, replace(event, complaint_id=row.id), said)
    if who.name is not None:
        await store.keep_contact(tx, row.id, who.name, who.contact)
    return row


def _tidy(who: Complainant) -> Complainant:
    name, contact = (writing.one_line(words or "") or None for words in (who.name, who.contact))
    if (name is None) != (who.identity is Identity.ANONYMOUS) or (name is None and contact is not None):
        raise NameNeeded
    return replace(who, name=name, contact=contact)


def must_handle(who: Principal, row: Complaint, deed: Deed) -> None:
    """Refuse one who is tied to a tenant all but what that tenant was asked to do.

    Raises: UnknownComplaint, NotAllowed.
    """
    store.must_see(row, who.tenant_id)
    if who.tenant_id is not None and not isinstance(deed, deeds.TENANTS_MAY):
        raise NotAllowed("The mall itself does this; answer, or ask the mall.")


async def handle(tx: Tx, row: Complaint, deed: Deed) -> None:
    """Do what somebody who handles complaints asks for.

    Raises: ComplaintMovedOn, UnknownTenant.
    """
    text = writing.tidy(getattr(deed, "text", None) or "") or None
    if text is None and isinstance(deed, deeds.Reply | deeds.Reject | deeds.HandOver):
        raise BadRequest("Say it in some words: the complainant reads them.")
    await store.record(tx, row, await _event(tx, row, deed), text)
    await _part_with_contact(tx, row)


async def _event(tx: Tx, row: Complaint, deed: Deed) -> ComplaintEvent:
    numbers, today = await store.the_terms(tx), ground.today(tx)
    kept = terms.keep_until(numbers, today)
    match deed:
        case deeds.Verify():
            term = terms.answer(numbers, await store.the_calendar(tx), row.since, deed.kind)
            return ComplaintVerified(complaint_id=row.id, kind=deed.kind, term=term)
        case deeds.Forward():
            tenant = await ground.tenant_by_code(tx, deed.tenant)
            return ComplaintForwarded(complaint_id=row.id, tenant_id=tenant.id)
        case deeds.Start():
            return ComplaintStarted(complaint_id=row.id)
        case deeds.Reply():
            return ComplaintAnswered(complaint_id=row.id, respond_by=terms.respond_by(numbers, today))
        case deeds.Close():
            return ComplaintClosed(complaint_id=row.id, keep_until=kept)
        case deeds.Reject():
            return ComplaintRejected(complaint_id=row.id, keep_until=kept)
        case deeds.HandOver():
            return ComplaintHandedOver(complaint_id=row.id, keep_until=kept)
        case _:
            assert_never(deed)


async def _part_with_contact(tx: Tx, row: Complaint) -> None:
    """Let name and contact be erased some hours after the end: their purpose is reached."""
    if not row.has_contact:
        return
    hours = (await store.the_terms(tx)).contact_hours
    await store.erase_contact_at(tx, row.id, row.ended_at + timedelta(hours=hours) if row.ended_at else None)


async def content(tx: Tx, row: Complaint) -> None:
    """Close an answered complaint because the complainant is content.

    Raises: ComplaintMovedOn.
    """
    await handle(tx, row, deeds.Close())


async def reopen(tx: Tx, row: Complaint, reason: str) -> None:
    """Begin anew because the complainant is not content.

    Raises: ComplaintMovedOn, ReopenedAlready, ReopenOver, BadRequest.
    """
    said = writing.tidy(reason)
    if not said:
        raise BadRequest("Say in some words why the answer does not help.")
    numbers, calendar, day = await store.the_terms(tx), await store.the_calendar(tx), ground.today(tx)
    if row.reopened and row.state in complaint.REOPENABLE:
        raise ReopenedAlready
    last = await store.reopen_by(tx, row)
    if last is not None and day > last:
        raise ReopenOver
    event = ComplaintReopened(
        complaint_id=row.id,
        day=day,
        first=terms.first(numbers, calendar, day),
        term=terms.answer(numbers, calendar, day, row.kind),
    )
    await store.record(tx, row, event, said)
    await _part_with_contact(tx, row)


async def is_anything_due(tx: Tx) -> bool:
    """Say whether any of what follows has something to do."""
    return await store.is_anything_due(tx)


async def escalate_due(tx: Tx) -> int:
    """Tell those who lead of complaints whose deadline is near or over; return how many."""
    today, rows = ground.today(tx), await store.alarmed(tx)
    for row in rows:
        alarm = complaint.next_alarm(store.value(row), today)
        if alarm is not None:
            await store.record(tx, row, ComplaintEscalated(complaint_id=row.id, alarm=alarm))
    return len(rows)


async def close_silent(tx: Tx) -> int:
    """Close answered complaints to which nobody responded in time; return how many."""
    rows = await store.silent(tx)
    kept = terms.keep_until(await store.the_terms(tx), ground.today(tx))
    for row in rows:
        await store.record(tx, row, ComplaintClosed(complaint_id=row.id, keep_until=kept, by_itself=True))
        await _part_with_contact(tx, row)
    return len(rows)


def name_desk(tx: Tx, desk: ComplaintDesk) -> None:
    """Say who answers for complaints, where, and by which telephone; it is shown to everybody."""
    if tx.mall.complaints != desk:
        tx.mall.complaints = desk
        tx.append(ComplaintDeskNamed())
        tx.touch("settings")


async def erase_contacts(tx: Tx) -> int:
    """Erase names and contacts whose purpose is reached; return how many."""
    over = [one.complaint_id for one in await store.contacts_over(tx)]
    for id in over:
        await store.erase_contact(tx, id)
        await store.record(tx, await store.by_id(tx, id), ComplaintContactErased(complaint_id=id))
    return len(over)


async def erase_texts(tx: Tx) -> int:
    """Erase what was written about complaints that ended long enough ago; return how many."""
    rows = await store.texts_over(tx)
    for row in rows:
        await store.erase_texts(tx, row.id)
        await store.record(tx, row, ComplaintTextErased(complaint_id=row.id))
    return len(rows)
