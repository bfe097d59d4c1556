"""Numbers that come late in the day: a kiosk warns, or gives out no more; whoever stands beside may still do so."""

from collections.abc import Mapping

import pytest
from msgspec.structs import replace

from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, hall_of, look, take, wita
from ticketing import appointments, closings, malls, offers, register, store
from ticketing.core.closing import Closing, Mode
from ticketing.core.ids import MallId
from ticketing.core.mall_entries import MallFile
from ticketing.core.outlook import Chance, Forecast
from ticketing.core.refused import TooLate, UnknownService
from ticketing.db import Db, Tx
from ticketing.hall import Hall
from ticketing.views import OfferState

ORDINARY, FAVOURED = Forecast(100, 80, 90, 100, 110, 120), Forecast(15, 5, 10, 15, 20, 25)


async def hall_at(db: Db, mall: MallId, clock: StoppedClock, hour: int, minute: int) -> Hall:
    """Return a hall in which a queue is foretold at this time of a Monday; it closes at 15.00."""
    clock.at = wita(23, hour, minute)
    hall = hall_of(db)
    row = await look(db, mall, lambda tx: store.service(tx, "KTP"))
    told = [((row.id, False), Chance(ORDINARY)), ((row.id, True), Chance(FAVOURED))]
    hall.outlooks.tell(row.tenant_id, clock.at, [], told)
    return hall


async def set_mode(db: Db, mall: MallId, like: MallFile, mode: Mode) -> None:
    await act(db, mall, lambda tx: malls.replace(tx, replace(like, closing=Closing(mode=mode))))


async def offered(db: Db, mall: MallId, hall: Hall) -> Mapping[str, tuple[OfferState, bool]]:
    view = await look(db, mall, lambda tx: offers.kiosk_view(tx, hall, None))
    return {one.code: (one.state, one.is_late) for tenant in view.tenants for one in tenant.services}


async def test_a_kiosk_warns_of_a_queue_that_reaches_until_closing(db: Db, mall: MallId, clock: StoppedClock) -> None:
    early = await offered(db, mall, await hall_at(db, mall, clock, 12, 0))
    assert (early["KTP"], early["SKCK"]) == ((OfferState.OPEN, False), (OfferState.OPEN, False))
    hall = await hall_at(db, mall, clock, 13, 30)
    late = await offered(db, mall, hall)
    assert (late["KTP"], late["KK"]) == ((OfferState.OPEN, True), (OfferState.OPEN, False))
    await look(db, mall, lambda tx: closings.must_be_in_time(tx, hall.outlooks, "KTP", is_priority=False))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_kiosk_stops_for_all_but_the_favoured_and_then_for_them_too(
    db: Db, mall: MallId, clock: StoppedClock, small_mall: MallFile
) -> None:
    await set_mode(db, mall, small_mall, Mode.STOP)
    hall = await hall_at(db, mall, clock, 13, 30)
    assert (await offered(db, mall, hall))["KTP"] == (OfferState.PRIORITY_ONLY, True)
    with pytest.raises(TooLate):
        await look(db, mall, lambda tx: closings.must_be_in_time(tx, hall.outlooks, "KTP", is_priority=False))
    await look(db, mall, lambda tx: closings.must_be_in_time(tx, hall.outlooks, "KTP", is_priority=True))
    with pytest.raises(UnknownService):
        await look(db, mall, lambda tx: closings.must_be_in_time(tx, hall.outlooks, "NO", is_priority=True))
    row = await look(db, mall, lambda tx: store.service(tx, "KTP"))
    told = [((row.id, is_priority), Chance(ORDINARY)) for is_priority in (False, True)]
    hall.outlooks.tell(row.tenant_id, clock.at, [], told)
    view = await look(db, mall, lambda tx: offers.kiosk_view(tx, hall, None))
    ktp = next(one for tenant in view.tenants for one in tenant.services if one.code == "KTP")
    assert (ktp.state, ktp.next_open) == (OfferState.LATE, wita(24, 8))
    assert (await take(db, mall, "KTP")).number == "B-001", "people who know better may give a number"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_an_agreed_time_goes_before_closing_unless_one_is_too_late_for_it(
    db: Db, mall: MallId, clock: StoppedClock, small_mall: MallFile
) -> None:
    async def agree(tx: Tx) -> None:
        await register.add(tx, await store.service(tx, "KTP"), "48213", wita(23, 13, 20))

    await set_mode(db, mall, small_mall, Mode.STOP)
    await act(db, mall, agree)
    hall = await hall_at(db, mall, clock, 13, 30)

    async def must(tx: Tx, hall: Hall, *, is_priority: bool) -> None:
        row = (await register.of_code(tx, "48213"))[0]
        await appointments.must_be_in_time(tx, hall.outlooks, row, is_priority=is_priority)

    await look(db, mall, lambda tx: must(tx, hall, is_priority=False))
    hall = await hall_at(db, mall, clock, 13, 36)
    with pytest.raises(TooLate):
        await look(db, mall, lambda tx: must(tx, hall, is_priority=False))
    await look(db, mall, lambda tx: must(tx, hall, is_priority=True))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_mall_may_want_neither(db: Db, mall: MallId, clock: StoppedClock, small_mall: MallFile) -> None:
    await set_mode(db, mall, small_mall, Mode.OFF)
    hall = await hall_at(db, mall, clock, 14, 20)
    assert (await offered(db, mall, hall))["KTP"] == (OfferState.OPEN, False)
