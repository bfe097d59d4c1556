"""Visitors who come with an agreed time, on both databases."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from tests.counters.desk import call, open_
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, hall_of, look, take, wita
from ticketing import appointments, offers, reads, register, store, tables
from ticketing.core.appointment import Standing
from ticketing.core.appointment_refused import AppointmentNotToday, AppointmentUsed, UnknownAppointment
from ticketing.core.ids import MallId
from ticketing.core.refused import QuotaFull, Refused, ServiceClosed
from ticketing.db import Db, Tx

TEN = wita(23, 10)


async def agree(db: Db, mall: MallId, code: str = "48213", at: datetime = TEN, service: str = "KTP") -> None:
    async def deed(tx: Tx) -> None:
        await register.add(tx, await store.service(tx, service), code, at)

    await act(db, mall, deed)


async def come(db: Db, mall: MallId, code: str = "48213", *, priority: bool = False) -> tables.Ticket:
    async def deed(tx: Tx) -> tables.Ticket:
        return await appointments.arrive(tx, (await register.of_code(tx, code))[0], priority, None)

    return await act(db, mall, deed)


async def shown(db: Db, mall: MallId, code: str = "48213") -> tuple[Standing, str | None]:
    async def question(tx: Tx) -> tuple[Standing, str | None]:
        view = await appointments.view(tx, (await register.of_code(tx, code))[0])
        return view.standing, view.number

    return await look(db, mall, question)


async def ahead(db: Db, mall: MallId, row: tables.Ticket) -> int | None:
    async def question(tx: Tx) -> int | None:
        return (await reads.ticket_view(tx, hall_of(db), await store.ticket(tx, row.id))).ahead

    return await look(db, mall, question)


async def left(db: Db, mall: MallId, service: str) -> int | None:
    view = await look(db, mall, lambda tx: offers.kiosk_view(tx, hall_of(db), None))
    return next(one.left for tenant in view.tenants for one in tenant.services if one.code == service)


@pytest.mark.parametrize(
    ("minutes", "standing", "since", "counts"),
    [
        (-40, Standing.EARLY, 0, True),
        (0, Standing.EXPECTED, 0, True),
        (15, Standing.EXPECTED, 15, True),
        (16, Standing.LATE, 16, False),
    ],
)
async def test_since_when_one_waits(
    db: Db, mall: MallId, clock: StoppedClock, minutes: int, standing: Standing, since: int, counts: bool
) -> None:
    await agree(db, mall)
    clock.at = TEN + timedelta(minutes=minutes)
    assert await shown(db, mall) == (standing, None)
    row = await come(db, mall)
    assert row.waiting_since == TEN + timedelta(minutes=since)
    assert row.agreed_at == (TEN if counts else None)
    assert await shown(db, mall) == (Standing.ARRIVED, row.number)


async def test_who_is_early_is_called_when_nobody_else_waits(db: Db, mall: MallId, clock: StoppedClock) -> None:
    await agree(db, mall)
    await open_(db, mall, "L01")
    clock.at = wita(23, 9, 20)
    early = await come(db, mall)
    assert await ahead(db, mall, early) == 0
    clock.at = wita(23, 9, 30)
    other = await take(db, mall, "KTP")
    assert (await ahead(db, mall, early), await ahead(db, mall, other)) == (1, 0)
    assert (await call(db, mall, "L01")).id == other.id


async def test_from_the_agreed_time_on_each_minute_counts_more(db: Db, mall: MallId, clock: StoppedClock) -> None:
    await agree(db, mall)
    clock.at = wita(23, 9, 50)
    early, other = await come(db, mall), await take(db, mall, "KTP")
    clock.at = wita(23, 10, 2)
    assert (await ahead(db, mall, early), await ahead(db, mall, other)) == (1, 0)
    clock.at = wita(23, 10, 3)
    assert (await ahead(db, mall, early), await ahead(db, mall, other)) == (0, 1)


async def test_the_favoured_get_a_number_of_their_series(db: Db, mall: MallId) -> None:
    await agree(db, mall)
    assert (await come(db, mall, priority=True)).number == "PB-001"


@pytest.mark.parametrize(
    ("at", "standing", "no"),
    [
        (wita(24, 10), Standing.ANOTHER_DAY, AppointmentNotToday),
        (wita(20, 10), Standing.MISSED, AppointmentNotToday),
    ],
    ids=["still to come", "over"],
)
async def test_another_day_is_not_today(
    db: Db, mall: MallId, at: datetime, standing: Standing, no: type[Refused]
) -> None:
    await agree(db, mall, at=at)
    assert await shown(db, mall) == (standing, None)
    with pytest.raises(no):
        await come(db, mall)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_code_of_a_day_far_off_is_found_by_nobody(db: Db, mall: MallId) -> None:
    for day in (19, 27):
        await agree(db, mall, at=wita(day, 10))
        with pytest.raises(UnknownAppointment):
            await shown(db, mall)


async def test_of_several_days_the_nearest_to_come_is_meant(db: Db, mall: MallId, clock: StoppedClock) -> None:
    for day in (20, 23, 24):
        await agree(db, mall, at=wita(day, 10))
    assert (await shown(db, mall))[0] is Standing.EARLY
    clock.at = wita(25, 9)
    assert (await shown(db, mall))[0] is Standing.MISSED


async def test_a_code_is_found_however_it_is_written_and_used_once(db: Db, mall: MallId) -> None:
    await agree(db, mall, code="MJKN77A2")
    await come(db, mall, "mjkn-77 a2")
    with pytest.raises(AppointmentUsed):
        await come(db, mall, "MJKN77A2")
    with pytest.raises(UnknownAppointment):
        await come(db, mall, "MJKN77A3")


async def test_no_numbers_while_none_are_given_out(db: Db, mall: MallId, clock: StoppedClock) -> None:
    await agree(db, mall)
    clock.at = wita(23, 7, 30)
    with pytest.raises(ServiceClosed):
        await come(db, mall)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("minutes", "is_in_time"), [(15, True), (16, False)])
async def test_who_is_expected_gets_a_number_after_the_last_one(
    db: Db, mall: MallId, clock: StoppedClock, minutes: int, is_in_time: bool
) -> None:
    await agree(db, mall, at=wita(23, 14, 25))
    clock.at = wita(23, 14, 25 + minutes)
    if is_in_time:
        assert (await come(db, mall)).agreed_at == wita(23, 14, 25)
    else:
        with pytest.raises(ServiceClosed):
            await come(db, mall)


async def test_a_place_is_kept_for_who_is_expected(db: Db, mall: MallId, clock: StoppedClock) -> None:
    await agree(db, mall, service="KK")
    clock.at = wita(23, 9)
    assert await left(db, mall, "KK") == 2
    for _ in range(2):
        await take(db, mall, "KK")
    with pytest.raises(QuotaFull):
        await take(db, mall, "KK")
    await come(db, mall)
    assert await left(db, mall, "KK") == 0


async def test_a_place_is_free_again_for_whoever_comes_first_when_one_is_too_late(
    db: Db, mall: MallId, clock: StoppedClock
) -> None:
    await agree(db, mall, service="KK")
    clock.at = wita(23, 10, 30)
    assert await left(db, mall, "KK") == 3
    for _ in range(3):
        await take(db, mall, "KK")
    with pytest.raises(QuotaFull):
        await come(db, mall)


async def test_who_has_a_number_already_cannot_be_taken_out(db: Db, mall: MallId) -> None:
    await agree(db, mall)

    async def withdraw(tx: Tx) -> None:
        await register.withdraw(tx, (await register.of_code(tx, "48213"))[0])

    await come(db, mall)
    with pytest.raises(AppointmentUsed):
        await act(db, mall, withdraw)


async def test_kiosks_ask_for_a_code_on_days_with_agreed_times_only(db: Db, mall: MallId, clock: StoppedClock) -> None:
    async def asked() -> bool:
        return (await look(db, mall, lambda tx: offers.kiosk_view(tx, hall_of(db), None))).appointments

    await agree(db, mall)
    assert await asked()
    clock.at = wita(24, 9)
    assert not await asked()


async def test_how_late_is_too_late_is_the_tenants_rule(db: Db, mall: MallId, clock: StoppedClock) -> None:
    async def patient(tx: Tx) -> None:
        tx.mall.policy = replace(tx.mall.policy, appointment_tolerance=60)

    await agree(db, mall)
    await act(db, mall, patient)
    clock.at = wita(23, 10, 50)
    assert (await come(db, mall)).agreed_at == TEN


async def test_what_was_agreed_is_erased_after_some_days(db: Db, mall: MallId) -> None:
    for day, code in ((19, "11111"), (23, "22222")):
        await agree(db, mall, code, wita(day, 10))
    assert await act(db, mall, lambda tx: register.forget(tx, wita(23, 0))) == 1
    with pytest.raises(UnknownAppointment):
        await come(db, mall, "11111")
    await come(db, mall, "22222")
