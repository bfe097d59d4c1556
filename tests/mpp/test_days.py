"""Days that are over are told once, again when more becomes known, and always as the log tells them; both databases."""

from datetime import date, timedelta
from functools import partial

from sqlalchemy import func, select, update

from counters import actions as counters
from hardware.core.lease import OfflineTicket
from mpp import actions as people
from mpp import daily, days, timekeeper
from mpp.core import packed
from mpp.core.legs import End
from mpp.core.packed import Kept
from mpp.tables import Day, DaysTold
from tests.counters.desk import call, close, open_, send
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, hall_of, look, pair, second_mall, take, wita
from ticketing import offline, tables
from ticketing.core.access import Device, Role
from ticketing.core.ids import MallId
from ticketing.core.mall_entries import MallFile
from ticketing.core.ticket import State
from ticketing.db import Db, Tx

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


async def kept(db: Db, mall: MallId) -> list[Kept]:
    return await look(db, mall, partial(days.kept, first=MONDAY, last=TUESDAY))


async def live_a_day(db: Db, mall: MallId, clock: StoppedClock, day: int) -> None:
    """Let some people come, be served, be sent on, stay away and give up."""
    clock.at = wita(day, 9)
    await open_(db, mall, "L01")
    await open_(db, mall, "L03", "Yohanis")
    for service in ("KTP", "KTP", "KK", "SKCK"):
        await take(db, mall, service, priority=service == "KK")
        clock.forward(timedelta(minutes=3))
    for outcome in ("finish", "miss", "send"):
        await call(db, mall, "L01")
        clock.forward(timedelta(minutes=2))
        if outcome == "miss":
            await act(db, mall, partial(counters.miss, code="L01"))
            continue
        await act(db, mall, partial(counters.start, code="L01"), "person:1")
        clock.forward(timedelta(minutes=7))
        if outcome == "finish":
            await act(db, mall, partial(counters.finish, code="L01"))
        else:
            await send(db, mall, "L01", service="SKCK")
    await call(db, mall, "L03")
    await act(db, mall, partial(counters.start, code="L03"))
    clock.forward(timedelta(minutes=4))
    await act(db, mall, partial(counters.finish, code="L03"))
    await close(db, mall, "L01")


async def turn_midnight(db: Db, mall: MallId, clock: StoppedClock, day: int) -> None:
    clock.at = wita(day, 0, 1)
    await timekeeper.tick(hall_of(db), mall)


async def test_a_look_between_closing_and_midnight_loses_no_day(db: Db, mall: MallId, clock: StoppedClock) -> None:
    await live_a_day(db, mall, clock, 23)
    await turn_midnight(db, mall, clock, 24)
    await live_a_day(db, mall, clock, 24)
    clock.at = wita(24, 18)
    await daily.tell_due(db, mall)  # a restart after hours: Monday is told, Tuesday is not over
    clock.at = wita(25, 0, 1)
    await daily.tell_due(db, mall)
    assert {one.day for one in await kept(db, mall)} == {MONDAY, TUESDAY}


async def test_a_day_is_told_when_it_is_over_and_once(db: Db, mall: MallId, clock: StoppedClock) -> None:
    await act(db, mall, lambda tx: people.add_person(tx, "maria", "Maria", "hash", Role.OFFICER, None))
    await live_a_day(db, mall, clock, 23)
    await daily.tell_due(db, mall)
    assert await kept(db, mall) == []  # it is not over
    await turn_midnight(db, mall, clock, 24)
    seen = await daily.tell_due(db, mall)
    first = await kept(db, mall)
    assert {one.day for one in first} == {MONDAY}
    legs = packed.read_legs(one.what.legs for one in first)
    ends = sorted(packed.ENDS[end] for end in legs["end"])
    assert ends == sorted([End.SERVED, End.ABSENT, End.SENT, End.SERVED, End.EXPIRED])
    ids = await look(db, mall, numbers)
    await daily.tell_due(db, mall, seen)
    assert await look(db, mall, numbers) == ids


async def numbers(tx: Tx) -> list[int]:
    """Return the ids of the rows: a day that is told anew gets new ones."""
    return list(await tx.session.scalars(select(Day.id).order_by(Day.id)))


async def test_a_day_that_cannot_be_told_keeps_no_other_from_it(db: Db, mall: MallId, clock: StoppedClock) -> None:
    for day in (23, 24):
        clock.at = wita(day, 9)
        await take(db, mall, "KTP")
        await turn_midnight(db, mall, clock, day + 1)
    whole = await look(db, mall, body_of_first)
    await damage(db, mall, "{")
    await daily.tell_due(db, mall)
    assert {one.day for one in await kept(db, mall)} == {TUESDAY}
    assert await look(db, mall, days.told_until) == 0  # Monday is tried again
    await damage(db, mall, whole)
    await daily.tell_due(db, mall)
    assert {one.day for one in await kept(db, mall)} == {MONDAY, TUESDAY}


async def body_of_first(tx: Tx) -> str:
    """Return how the first ticket's issue stands in the log."""
    return await tx.session.scalar(select(tables.Event.body).where(tables.Event.kind == "issued").limit(1)) or ""


async def damage(db: Db, mall: MallId, body: str) -> None:
    """Write something else into the log, as a broken disk may."""
    first = select(func.min(tables.Event.seq)).where(tables.Event.kind == "issued").scalar_subquery()
    async with db.write(mall, "test") as tx:
        await tx.session.execute(update(tables.Event).where(tables.Event.seq == first).values(body=body))


async def test_what_is_told_is_what_the_tickets_say(db: Db, mall: MallId, clock: StoppedClock) -> None:
    """Count once more from the rows of the tickets, of which the days know nothing."""
    await live_a_day(db, mall, clock, 23)
    rows = await look(db, mall, lambda tx: tx.session.scalars(select(tables.Ticket).where(tables.Ticket.day == MONDAY)))
    tickets = list(rows)
    await turn_midnight(db, mall, clock, 24)
    await daily.tell_due(db, mall)
    told = packed.read_legs(one.what.legs for one in await kept(db, mall))
    first = told[told["is_first"] == 1]
    assert len(first) == len(tickets)
    assert sorted(first["issued"].tolist()) == sorted(packed.seconds(one.issued_at - wita(23, 0)) for one in tickets)
    assert int((told["end"] == packed.ENDS.index(End.SERVED)).sum()) == sum(one.state == State.DONE for one in tickets)
    assert sorted(told["calls"][told["called"] >= 0].tolist()) == [1] * int((told["called"] >= 0).sum())
    stays = sorted(
        packed.seconds(one.ended_at - one.issued_at) for one in tickets if one.ended_at and one.state == State.DONE
    )
    assert sorted(told["in_all"][told["in_all"] >= 0].tolist()) == stays


async def test_what_is_kept_is_what_the_log_tells(db: Db, mall: MallId, clock: StoppedClock) -> None:
    for day in (23, 24):
        await live_a_day(db, mall, clock, day)
        await turn_midnight(db, mall, clock, day + 1)
    await daily.tell_due(db, mall)  # two days at once: the server was away
    stored = await kept(db, mall)
    told = [
        Kept(day, id, of)
        for day in (MONDAY, TUESDAY)
        for id, of in days.tell(await look(db, mall, partial(days.read_log, day=day))).items()
    ]
    assert stored == told
    assert len({one.day for one in stored}) == 2


async def test_a_ticket_handed_in_days_later_changes_its_day(db: Db, mall: MallId, clock: StoppedClock) -> None:
    kiosk = await pair(db, mall, Role.KIOSK, "K01")
    await take(db, mall, "KTP")
    await act(db, mall, lambda tx: offline.lease_numbers(tx, kiosk, ()))
    await turn_midnight(db, mall, clock, 24)
    seen = await daily.tell_due(db, mall)
    assert sum(len(packed.read_legs([one.what.legs])) for one in await kept(db, mall)) == 1
    late = OfflineTicket(
        request="tap-00001", service="KTP", series="B", serial=701, code="abcdefghjkmn", priority=False,
        issued_at=wita(23, 10), on_paper=None, reason=None,
    )  # fmt: skip
    device = Device(id=kiosk, code="K01")
    receipts = await act(db, mall, lambda tx: offline.hand_in(tx, hall_of(db), device, [late], None))
    assert [receipt.code for receipt in receipts] == [None]
    await daily.tell_due(db, mall, seen)
    legs = packed.read_legs(one.what.legs for one in await kept(db, mall))
    assert sorted(legs["is_offline"].tolist()) == [0, 1]


async def test_two_malls_keep_their_own_days(db: Db, mall: MallId, small_mall: MallFile, clock: StoppedClock) -> None:
    other = await second_mall(db, small_mall)
    await take(db, mall, "KTP")
    await take(db, other, "KTP")
    await take(db, other, "KK")
    for id in (mall, other):
        await turn_midnight(db, id, clock, 24)
        await daily.tell_due(db, id)
    assert [len(packed.read_legs(one.what.legs for one in await kept(db, id))) for id in (mall, other)] == [1, 2]


async def test_another_shape_means_that_all_is_told_anew(db: Db, mall: MallId, clock: StoppedClock) -> None:
    await take(db, mall, "KTP")
    await turn_midnight(db, mall, clock, 24)
    await daily.tell_due(db, mall)
    before = await kept(db, mall)
    async with db.write(mall, "test") as tx:
        await tx.session.execute(update(Day).values(version=packed.VERSION - 1, legs=b""))
        await tx.session.execute(update(DaysTold).values(version=packed.VERSION - 1))
    assert await kept(db, mall) == []
    await daily.tell_due(db, mall)
    assert await kept(db, mall) == before
    assert await look(db, mall, lambda tx: tx.session.scalar(select(func.count(Day.id)))) == len(before)
