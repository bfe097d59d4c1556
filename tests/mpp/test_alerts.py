"""Alerts on a real mall: raised when a long wait is foretold, kept in the log, over when it is; both databases."""

from datetime import datetime, timedelta
from functools import partial

from counters import actions as counters
from mpp import alerts
from mpp.alerts import Alerts
from mpp.core.alert import Foretold
from mpp.views import AlertLine
from tests.counters.desk import call, open_
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, hall_of, look, take
from ticketing import appointments, register, store
from ticketing.core.ids import MallId, ServiceId, TenantId
from ticketing.core.outlook import Chance, Forecast
from ticketing.db import Db, Tx
from ticketing.hall import Hall


async def foretell(hall: Hall, db: Db, mall: MallId, minutes: float) -> None:
    """Say that who takes a number for KTP now will wait so long."""

    async def ids(tx: Tx) -> tuple[TenantId, ServiceId]:
        row = await store.service(tx, "KTP")
        return row.tenant_id, row.id

    tenant, service = await look(db, mall, ids)
    chance = Chance(Forecast(*(minutes,) * 6))
    hall.outlooks.tell(tenant, db.clock.now(), [], [((service, False), chance)])


async def come_early(db: Db, mall: MallId, agreed_at: datetime) -> None:
    """Let one come now whose time is agreed for later."""

    async def deed(tx: Tx) -> None:
        await register.add(tx, await store.service(tx, "KTP"), "48213", agreed_at)
        await appointments.arrive(tx, (await register.of_code(tx, "48213"))[0], priority=False, printer_id=None)

    await act(db, mall, deed)


async def lines(db: Db, mall: MallId) -> list[AlertLine]:
    return await look(db, mall, partial(alerts.lines, only=None))


async def test_an_alert_is_raised_shown_with_what_came_and_over(db: Db, mall: MallId, clock: StoppedClock) -> None:
    hall = hall_of(db)
    watch = Alerts(hall, lambda _, __: {})

    async def minutes_pass(minutes: int, foretold: float) -> None:
        for _ in range(minutes):
            await foretell(hall, db, mall, foretold)
            await watch.look(mall)
            clock.forward(timedelta(minutes=1))

    await minutes_pass(2, 48)
    assert await lines(db, mall) == [], "one look may be chance"
    await minutes_pass(1, 48)
    (told,) = await lines(db, mall)
    assert (told.tenant, told.service.code, told.most, told.over, told.waited_seconds) == (
        "DUKCAPIL",
        "KTP",
        50,
        None,
        None,
    )
    assert (told.counters, told.counters_now) == (0, 0)
    await open_(db, mall, "L01")
    await come_early(db, mall, clock.now() + timedelta(hours=1))
    await take(db, mall, "KTP")
    clock.forward(timedelta(minutes=7))
    await call(db, mall, "L01")
    clock.forward(timedelta(seconds=40))
    await act(db, mall, partial(counters.recall, code="L01"))  # the wait was over at the first call
    await act(db, mall, partial(counters.start, code="L01"))
    clock.forward(timedelta(minutes=1))
    await act(db, mall, partial(counters.finish, code="L01"))
    await call(db, mall, "L01")  # who is early is called when nobody else waits, and has not waited yet
    again = Alerts(hall, lambda _, __: {})  # a restart, or another process of the installation, says nothing twice
    await foretell(hall, db, mall, 48)
    await again.look(mall)
    await minutes_pass(4, 8)
    (told,) = await lines(db, mall)
    assert told.over is not None
    assert (told.counters, told.counters_now, told.waited_seconds) == (0, 1, 7 * 60)


async def test_what_is_coming_is_told_with_its_time_and_the_counters_to_open(
    db: Db, mall: MallId, clock: StoppedClock
) -> None:
    hall = hall_of(db)
    row = await look(db, mall, lambda tx: store.service(tx, "KTP"))
    at = clock.now() + timedelta(minutes=90)
    crowd = Foretold(row.id, 20, 48, 31.0, at=at, more=1)
    ahead = {row.tenant_id: crowd}
    watch = Alerts(hall, lambda _, __: ahead)
    for _ in range(4):
        await watch.look(mall)
        clock.forward(timedelta(minutes=1))
    (told,) = await lines(db, mall)
    assert (told.tenant, told.most, told.ahead_at, told.more, told.over) == ("DUKCAPIL", 48, at, 1, None)
    ahead.clear()
    for _ in range(4):
        await watch.look(mall)
        clock.forward(timedelta(minutes=1))
    assert (await lines(db, mall))[0].over is not None
