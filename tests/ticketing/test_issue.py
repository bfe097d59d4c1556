"""Giving out numbers, on both databases."""

import asyncio
from datetime import date, datetime, timedelta

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import select, update

from mpp.privacy.store import erase_requests
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, again, hall_of, look, take, wita
from ticketing import actions, malls, reads, requests, store, tables
from ticketing.actions import Order
from ticketing.core.hours import Interval, OpeningHours
from ticketing.core.ids import MallId
from ticketing.core.mall_entries import MallFile
from ticketing.core.refused import (
    AnswerOutdated,
    QuotaFull,
    RequestReused,
    ServiceClosed,
    UnknownPriority,
    UnknownService,
    WrongState,
)
from ticketing.core.ticket import State
from ticketing.db import Db, Tx
from ticketing.live import Live
from ticketing.request_tables import Request
from ticketing.views import TicketView


async def number(db: Db, mall: MallId, service: str, *, priority: bool | str = False) -> str:
    """Take a number and return it."""
    return (await take(db, mall, service, priority=priority)).number


async def test_numbers_of_a_series_follow_one_another(db: Db, mall: MallId) -> None:
    assert [await number(db, mall, code) for code in ("KTP", "KK", "KTP")] == ["B-001", "B-002", "B-003"]


async def test_a_priority_number_has_its_own_series(db: Db, mall: MallId) -> None:
    assert await number(db, mall, "KTP", priority="lansia") == "PB-001"
    assert await number(db, mall, "KTP") == "B-001"


async def test_priority_by_own_declaration_needs_no_reason(db: Db, mall: MallId) -> None:
    ticket = await take(db, mall, "KTP", priority=True)
    assert (ticket.number, ticket.priority) == ("PB-001", "declared")


async def test_a_priority_class_that_the_mall_does_not_know_is_refused(db: Db, mall: MallId) -> None:
    with pytest.raises(UnknownPriority):
        await take(db, mall, "KTP", priority="raja")
    assert await number(db, mall, "KTP", priority=True) == "PB-001"


async def test_a_service_group_has_its_own_series(db: Db, mall: MallId) -> None:
    assert await number(db, mall, "SKCK") == "C-001"
    assert await number(db, mall, "HILANG") == "K-001"


async def test_a_service_that_is_not_there_is_named(db: Db, mall: MallId) -> None:
    with pytest.raises(UnknownService, match="'SIM'"):
        await take(db, mall, "SIM")


async def test_many_at_once_get_many_numbers(db: Db, mall: MallId) -> None:
    numbers = await asyncio.gather(*(number(db, mall, "KTP") for _ in range(50)))
    assert sorted(numbers) == [f"B-{n:03d}" for n in range(1, 51)]


CLOSED = [
    (wita(23, 7, 59), "before_opening. The next numbers are given out on 23-11-2026 08.00 WITA."),
    (wita(23, 14, 30), "last_ticket_passed. The next numbers are given out on 24-11-2026 08.00 WITA."),
    (wita(23, 15), "after_closing. "),
    (wita(27, 11, 30), r"break \(Istirahat Jumat\). The next numbers are given out on 27-11-2026 13.00 WITA."),
    (wita(28, 9), "closed_today. The next numbers are given out on 30-11-2026 08.00 WITA."),
    (wita(25, 9, month=12), r"holiday \(Natal\). "),
]


async def test_no_number_is_given_out_while_the_mall_does_not(db: Db, mall: MallId, clock: StoppedClock) -> None:
    for at, says in CLOSED:
        clock.at = at
        with pytest.raises(ServiceClosed, match=says):
            await take(db, mall, "KTP")


async def test_numbers_are_given_out_from_opening_to_the_last_ticket(db: Db, mall: MallId, clock: StoppedClock) -> None:
    for at, given in (
        (wita(23, 8), "B-001"),
        (wita(23, 14, 29), "B-002"),
        (wita(27, 11, 29), "B-001"),
        (wita(27, 13), "B-002"),
    ):
        clock.at = at
        assert await number(db, mall, "KTP") == given


async def test_a_tenant_may_have_hours_of_its_own(
    db: Db, mall: MallId, small_mall: MallFile, clock: StoppedClock
) -> None:
    first, *others = small_mall.tenants
    mornings = OpeningHours(mon=Interval(open=wita(1, 8).time(), close=wita(1, 10).time()))
    file = replace(small_mall, tenants=(replace(first, hours=mornings), *others))
    await act(db, mall, lambda tx: malls.replace(tx, file))
    clock.at = wita(23, 9, 30)
    with pytest.raises(ServiceClosed, match="last_ticket_passed"):
        await take(db, mall, "KTP")
    assert await number(db, mall, "SKCK") == "C-001"


async def test_a_full_service_gives_no_number_until_one_is_given_back(db: Db, mall: MallId) -> None:
    first, *_ = [await take(db, mall, "KK", priority=n == 1) for n in range(3)]
    with pytest.raises(QuotaFull):
        await take(db, mall, "KK")
    await act(db, mall, lambda tx: _cancel(tx, first))
    assert await number(db, mall, "KK") == "B-003"
    with pytest.raises(QuotaFull):
        await take(db, mall, "KK")


async def test_a_quota_begins_anew_each_day(db: Db, mall: MallId, clock: StoppedClock) -> None:
    for _ in range(3):
        await take(db, mall, "KK")
    clock.forward(timedelta(days=1))
    assert await number(db, mall, "KK") == "B-001"


async def test_the_day_changes_at_the_malls_own_midnight(
    db: Db, mall: MallId, small_mall: MallFile, clock: StoppedClock
) -> None:
    all_day = Interval(open=datetime(2026, 1, 1).time(), close=datetime(2026, 1, 1, 23, 59).time())  # noqa: DTZ001 - wall times
    hours = OpeningHours(mon=all_day, tue=all_day)
    await act(db, mall, lambda tx: malls.replace(tx, replace(small_mall, hours=hours, last_ticket_minutes=0)))
    clock.at = wita(23, 23, 30)
    late = [await take(db, mall, "KTP") for _ in range(2)]
    clock.at = wita(24, 0, 30)
    early = await take(db, mall, "KTP")
    assert [ticket.number for ticket in (*late, early)] == ["B-001", "B-002", "B-001"]
    assert (late[0].day, early.day) == (date(2026, 11, 23), date(2026, 11, 24))
    assert len({ticket.issued_at.date() for ticket in (*late, early)}) == 2
    utc = {ticket.issued_at.utctimetuple().tm_mday for ticket in (*late, early)}
    assert utc == {23}, "in UTC all of this was one day"
    found = await look(db, mall, lambda tx: store.ticket_by_number(tx, "B-001"))
    assert found.id == early.id


async def test_a_number_that_was_rolled_back_is_neither_lost_nor_given_twice(db: Db, mall: MallId) -> None:
    await take(db, mall, "KTP")
    with pytest.raises(ZeroDivisionError):
        await act(db, mall, _issue_and_break)
    assert [await number(db, mall, "KTP") for _ in range(2)] == ["B-002", "B-003"]
    log = await look(db, mall, _log)
    assert [row.kind for row in log if row.kind == "issued"] == ["issued"] * 3


async def test_numbers_go_on_after_a_restart(db: Db, mall: MallId, clock: StoppedClock) -> None:
    await take(db, mall, "KTP")
    fresh = Db(db.url.render_as_string(hide_password=False), clock, Live())
    assert await number(fresh, mall, "KTP") == "B-002"
    await fresh.close()


async def test_the_same_tap_gives_the_same_ticket(db: Db, mall: MallId) -> None:
    first = await _tap(db, mall, "tap-00001")
    assert await _tap(db, mall, "tap-00001") == first
    assert (await _tap(db, mall, "tap-00002")).number == "B-002"


async def test_taps_that_arrive_together_give_one_ticket(db: Db, mall: MallId) -> None:
    answers = await asyncio.gather(*(_tap(db, mall, "tap-00001") for _ in range(8)))
    assert {answer.number for answer in answers} == {"B-001"}


async def test_two_kiosks_may_make_the_same_request_id(db: Db, mall: MallId) -> None:
    assert (await _tap(db, mall, "tap-00001", actor="device:1")).number == "B-001"
    assert (await _tap(db, mall, "tap-00001", actor="device:2")).number == "B-002"


async def test_a_request_id_belongs_to_one_command(db: Db, mall: MallId) -> None:
    await _tap(db, mall, "tap-00001")
    with pytest.raises(RequestReused):
        await _tap(db, mall, "tap-00001", command="cancel")


async def test_a_refused_command_may_be_sent_again_with_its_id(db: Db, mall: MallId, clock: StoppedClock) -> None:
    clock.at = wita(23, 7)
    with pytest.raises(ServiceClosed):
        await _tap(db, mall, "tap-00001")
    clock.at = wita(23, 8)
    assert (await _tap(db, mall, "tap-00001")).number == "B-001"


async def test_request_ids_are_forgotten_in_time(db: Db, mall: MallId, clock: StoppedClock) -> None:
    await _tap(db, mall, "tap-00001")
    clock.forward(timedelta(days=1))
    await _tap(db, mall, "tap-00002")
    clock.forward(timedelta(hours=1))
    await act(db, mall, lambda tx: erase_requests(tx, tx.now - timedelta(days=1)))
    kept = await look(db, mall, lambda tx: tx.session.scalars(select(Request.key)))
    assert kept.all() == ["tap-00002"]


async def test_a_ticket_is_given_back_once(db: Db, mall: MallId) -> None:
    ticket = await take(db, mall, "KTP")
    await act(db, mall, lambda tx: _cancel(tx, ticket))
    assert (await again(db, mall, ticket)).state is State.CANCELLED
    with pytest.raises(WrongState):
        await act(db, mall, lambda tx: _cancel(tx, ticket))


async def test_an_answer_from_before_an_upgrade_is_refused_and_nothing_is_done_again(db: Db, mall: MallId) -> None:
    await _tap(db, mall, "a" * 32)
    shorter = msgspec.json.encode({"id": 1, "number": "D-001"}).decode()
    await act(db, mall, lambda tx: tx.session.execute(update(Request).values(answer=shorter)))
    with pytest.raises(AnswerOutdated):
        await _tap(db, mall, "a" * 32)
    assert [event.kind for event in await look(db, mall, _log)].count("issued") == 1


async def _cancel(tx: Tx, ticket: tables.Ticket) -> None:
    await actions.cancel(tx, await store.ticket(tx, ticket.id))


async def _issue_and_break(tx: Tx) -> None:
    await actions.issue(tx, Order(service="KTP", priority=False, printer_id=None))
    raise ZeroDivisionError


async def _log(tx: Tx) -> list[tables.Event]:
    return list(await tx.session.scalars(select(tables.Event).order_by(tables.Event.seq)))


async def _tap(db: Db, mall: MallId, request: str, *, command: str = "issue", actor: str = "device:1") -> TicketView:
    async def deed(tx: Tx) -> TicketView:
        async def issue() -> TicketView:
            ticket = await actions.issue(tx, Order(service="KTP", priority=False, printer_id=None))
            return await reads.ticket_view(tx, hall_of(db), ticket)

        return await requests.once(tx, request, command, TicketView, issue)

    return await act(db, mall, deed, actor)
