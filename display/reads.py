"""The views of boards, signs and speakers: questions to the rows, nothing is changed here."""

from datetime import timedelta
from typing import TypeAlias

from sqlalchemy import select

from display import store as mine
from display import tables as rows_of
from display.core import announcement
from display.core.announcement import Speech, Spoken
from display.shelf import Shelf
from display.views import (
    Announcement,
    BoardCall,
    BoardCounter,
    BoardView,
    MediaLine,
    MediaPart,
    SignView,
    SpeakerView,
    TenantWaiting,
)
from ticketing import offers, outlooks, reads, standings, store, tables
from ticketing.core import colour, outlook
from ticketing.core.ids import CounterId, DeviceId, TenantId, ZoneId
from ticketing.core.ticket import AT_COUNTER, State
from ticketing.db import Tx
from ticketing.hall import Hall
from ticketing.views import CounterPart, TenantPart, ZoneLine

InLine: TypeAlias = tuple[rows_of.Announcement, Spoken]
"""An announcement that is spoken now or waits to be, and the truth about it."""

CALLS_SHOWN = 12
"""The current call and six below it, and some more for visitors who look up late."""

FRESH = timedelta(seconds=30)
"""However many call at once, each call is told for so long, also when its visitor has come at once."""


async def board_view(tx: Tx, hall: Hall, zone_id: ZoneId) -> BoardView:
    """Show a zone's board."""
    zone = await tx.session.get_one(tables.Zone, zone_id)
    counters = await _counters(tx, zone_id)
    tenants = {
        row.id: row
        for row in await tx.session.scalars(select(tables.Tenant).order_by(tables.Tenant.position))
        if row.id in {counter.tenant_id for counter in counters.values()}
    }
    parts = {id: reads.tenant_part(row) for id, row in tenants.items()}
    places = {id: CounterPart(code=row.code, name=row.name, zone=zone.code) for id, row in counters.items()}
    here = await _numbers_here(tx, list(counters))
    in_line = await _in_line(tx, hall, zone_id)
    return BoardView(
        at=tx.now,
        pace=hall.clock.pace,
        build=hall.build,
        mall=reads.mall_part(tx.mall),
        hours=reads.hours_part((await reads.openings(tx, [])).mall),
        zone=ZoneLine(code=zone.code, name=zone.name, languages=zone.languages),
        calls=await _calls(tx, counters, places, parts, in_line),
        counters=[
            BoardCounter(
                code=row.code,
                name=row.name,
                zone=zone.code,
                tenant=parts[row.tenant_id],
                state=row.state,
                number=here.get(row.id),
            )
            for row in counters.values()
        ],
        waiting=await _waiting(tx, hall, tenants),
        voice=await _first(tx, in_line, hall),
        ticker=zone.ticker,
        media=[media_part(row) for row in await mine.media(tx, zone_id)],
    )


def media_part(row: rows_of.Media) -> MediaPart:
    """Show where a board finds a picture or video."""
    return MediaPart(kind=row.kind, url=media_url(row.key), seconds=row.seconds, alt=row.alt)


def media_url(key: str) -> str:
    """Return the address of a file."""
    return f"/media/{key}"


async def media_lines(tx: Tx, shelf: Shelf) -> list[MediaLine]:
    """List all pictures and videos in their order."""
    zones = {row.id: row.code for row in await tx.session.scalars(select(tables.Zone))}
    return [
        MediaLine(
            id=row.id,
            kind=row.kind,
            url=media_url(row.key),
            seconds=row.seconds,
            alt=row.alt,
            zone=zones[row.zone_id] if row.zone_id is not None else None,
            there=shelf.has(row.key),
            off_at=row.off_at,
        )
        for row in await mine.media(tx)
    ]


async def sign_view(tx: Tx, hall: Hall, counter_id: CounterId) -> SignView:
    """Show the sign over a counter."""
    row = await tx.session.get_one(tables.Counter, counter_id)
    ticket = await store.at_counter(tx, counter_id)
    return SignView(
        at=tx.now,
        pace=hall.clock.pace,
        build=hall.build,
        mall=reads.mall_part(tx.mall),
        counter=await reads.counter_part(tx, counter_id),
        tenant=reads.tenant_part(await store.tenant(tx, row.tenant_id)),
        state=row.state,
        number=ticket.number if ticket else None,
        phase=ticket.state if ticket else None,
        called_at=ticket.called_at if ticket else None,
        calls=ticket.calls if ticket else 0,
    )


async def speaker_view(tx: Tx, hall: Hall, zone_id: ZoneId, device_id: DeviceId) -> SpeakerView:
    """Show what the loudspeakers of a zone have to say now."""
    zone = await tx.session.get_one(tables.Zone, zone_id)
    return SpeakerView(
        at=tx.now,
        pace=hall.clock.pace,
        build=hall.build,
        zone=zone.code,
        now=await voice(tx, hall, zone_id, device_id),
    )


async def voice(tx: Tx, hall: Hall, zone_id: ZoneId, device_id: DeviceId | None = None) -> Announcement | None:
    """Return what is spoken now in a zone, or has to be next; None when all is said."""
    return await _first(tx, await _in_line(tx, hall, zone_id), hall, device_id)


async def _in_line(tx: Tx, hall: Hall, zone_id: ZoneId) -> list[InLine]:
    """Return what is spoken now in a zone and what waits to be, as far as it is true."""
    return [
        (row, truth)
        for row, truth in await mine.open_announcements(tx, zone_id)
        if row.state is Speech.SPEAKING or announcement.is_true(truth, tx.now, hall.clock.pace)
    ]


async def _first(tx: Tx, in_line: list[InLine], hall: Hall, device_id: DeviceId | None = None) -> Announcement | None:
    if not in_line:
        return None
    row, truth = in_line[0]
    ticket = await tx.session.get_one(tables.Ticket, row.ticket_id)
    counter = await tx.session.get_one(tables.Counter, row.counter_id)
    key = row.brief if len(in_line) > 1 and row.brief else row.sound
    return Announcement(
        id=row.id,
        number=ticket.number,
        counter=counter.name,
        text=row.text,
        sound=f"/api/sounds/{key}.wav" if key else None,
        seconds=row.seconds,
        state=row.state,
        by_me=device_id is not None and row.speaker_id == device_id,
        expires_at=announcement.expires_at(truth, hall.clock.pace),
    )


async def _counters(tx: Tx, zone_id: ZoneId) -> dict[CounterId, tables.Counter]:
    rows = await tx.session.scalars(
        select(tables.Counter)
        .where(tables.Counter.zone_id == zone_id, tables.Counter.is_active.is_(True))
        .order_by(tables.Counter.position)
    )
    return {row.id: row for row in rows}


async def _numbers_here(tx: Tx, counters: list[CounterId]) -> dict[CounterId, str]:
    ticket = tables.Ticket
    found = select(ticket.counter_id, ticket.number).where(
        ticket.state.in_(AT_COUNTER), ticket.counter_id.in_(counters)
    )
    return {id: number for id, number in (await tx.session.execute(found)) if id is not None}


async def _calls(
    tx: Tx,
    counters: dict[CounterId, tables.Counter],
    places: dict[CounterId, CounterPart],
    parts: dict[TenantId, TenantPart],
    in_line: list[InLine],
) -> list[BoardCall]:
    ticket = tables.Ticket
    speech = {(row.ticket_id, row.calls): row.state for row, _ in in_line}
    rows = await tx.session.scalars(
        select(ticket)
        .where(
            ticket.day == store.today(tx),
            ticket.counter_id.in_(list(counters)),
            ticket.called_at.is_not(None),
            ticket.state.in_([State.CALLED, State.SERVING, State.MISSED, State.DONE]),
        )
        .order_by(ticket.called_at.desc(), ticket.id.desc())
        .limit(CALLS_SHOWN + 2 * len(counters))
    )
    return [
        BoardCall(
            id=row.id,
            number=row.number,
            counter=places[row.counter_id],
            tenant=parts[counters[row.counter_id].tenant_id],
            called_at=row.called_at,
            calls=row.calls,
            state=row.state,
            priority=row.priority is not None,
            speech=speech.get((row.id, row.calls)),
        )
        for place, row in enumerate(rows)
        if row.counter_id is not None and row.called_at is not None
        if place < CALLS_SHOWN or row.state is State.CALLED or tx.now - row.called_at <= FRESH * tx.pace
    ]


async def _waiting(tx: Tx, hall: Hall, tenants: dict[TenantId, tables.Tenant]) -> list[TenantWaiting]:
    counted = await standings.waiting_by_tenant(tx)
    services = await offers.services_by_tenant(tx)
    return [
        TenantWaiting(
            code=row.code,
            name=row.name,
            name_en=row.name_en,
            short_name=row.short_name,
            colour=colour.readable(row.colour),
            prefix=row.prefix,
            waiting=counted.get(row.id, 0),
            outlook=outlook.whichever(
                outlooks.shown(hall.outlooks.offer(tx, id, is_priority=False)) for id in services.get(row.id, [])
            ),
        )
        for row in tenants.values()
    ]
