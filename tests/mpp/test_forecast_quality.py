"""What was foretold is kept, what then happened is noted after the day, and both are compared; both databases."""

from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import select

from counters import actions as counters
from mpp import forecast_quality, timekeeper
from mpp.forecast_quality import QualityView
from mpp.privacy import retention
from tests.counters.desk import call, open_
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, hall_of, look, take, wita
from ticketing import forecasts, tables
from ticketing.core.access import Principal, Role
from ticketing.core.ids import MallId, TenantId
from ticketing.core.outlook import Chance, Fate, Forecast, Kind
from ticketing.db import Db, Tx
from ticketing.forecast_tables import TicketForecast
from ticketing.outlooks import Outlooks

MONDAY = date(2026, 11, 23)
TEN = Forecast(11.0, 4.0, 7.0, 10.0, 13.0, 17.0)
USUAL = Chance(TEN)


async def issue(db: Db, mall: MallId, told: Outlooks, service: str = "KTP") -> tables.Ticket:
    """Take a number of which the kiosk had told something before."""
    ticket = await take(db, mall, service)

    async def note(tx: Tx) -> None:
        forecasts.note(tx, told, ticket)

    await act(db, mall, note)
    return ticket


async def foretold(db: Db, mall: MallId, clock: StoppedClock, chance: Chance = USUAL) -> Outlooks:
    told = Outlooks()
    services = await look(db, mall, lambda tx: tx.session.scalars(select(tables.Service)))
    for service in services:
        told.tell(service.tenant_id, clock.now(), [], [((service.id, False), chance)])
    return told


async def rows(db: Db, mall: MallId) -> list[TicketForecast]:
    async with db.read(mall) as tx:
        return list(await tx.session.scalars(select(TicketForecast).order_by(TicketForecast.id)))


async def end_day(db: Db, mall: MallId, clock: StoppedClock) -> None:
    clock.at = wita(24, 0, 1)
    await timekeeper.tick(hall_of(db), mall)


async def see(db: Db, mall: MallId, tenant: TenantId | None = None) -> QualityView:
    who = Principal(mall_id=mall, role=Role.SUPERVISOR if tenant else Role.MANAGER, name="x", actor="x", token_id=1,
                    tenant_id=tenant, device=None)  # fmt: skip
    return await look(db, mall, partial(forecast_quality.view, hall=hall_of(db), who=who, first=MONDAY, last=None))


async def test_a_forecast_is_compared_with_what_happened(db: Db, mall: MallId, clock: StoppedClock) -> None:
    told = await foretold(db, mall, clock, Chance(TEN, 0.0, TEN._replace(mean=9.0)))
    await open_(db, mall, "L02")
    called, never = await issue(db, mall, told), await issue(db, mall, told, "KK")
    clock.forward(timedelta(minutes=12))
    await call(db, mall, "L02")
    assert {row.fate for row in await rows(db, mall)} == {Fate.OPEN}
    await end_day(db, mall, clock)
    first, second = await rows(db, mall)
    assert (first.ticket_id, first.fate) == (called.id, Fate.CALLED)
    assert first.waited == pytest.approx(12.0)
    assert (first.kind, first.least, first.most, first.q90, first.raw.mean) == (Kind.RANGE, 4, 20, 17.0, 9.0)
    assert (second.ticket_id, second.fate, second.waited) == (never.id, Fate.NEVER, None)
    async with db.read(mall) as tx:
        assert not await forecasts.is_any_open(tx)
        (quality,) = (await forecasts.quality(tx, MONDAY, MONDAY)).values()
    assert (quality.n, quality.never, quality.shown, quality.words) == (1, 1, 1, 0)
    assert [quality.error, quality.bias] == pytest.approx([2.0, -1.0])
    assert (quality.covered, quality.within, quality.later) == (1.0, 1.0, 0.0)


@pytest.mark.parametrize(
    ("chance", "waited", "within", "later"),
    [
        (Chance(TEN), 25, 0.0, 1.0),
        (Chance(TEN), 1, 0.0, 0.0),
        (Chance(Forecast(1, 0, 0, 1, 1, 2)), 2, 1.0, 0.0),
        (Chance(Forecast(1, 0, 0, 1, 1, 2)), 4, 0.0, 1.0),
        (Chance(TEN, 0.5), 12, None, None),
    ],
)
async def test_a_promise_is_kept_or_not(
    db: Db, mall: MallId, clock: StoppedClock, chance: Chance, waited: int, within: float | None, later: float | None
) -> None:
    await issue(db, mall, await foretold(db, mall, clock, chance))
    await open_(db, mall, "L02")
    clock.forward(timedelta(minutes=waited))
    await call(db, mall, "L02")
    await end_day(db, mall, clock)
    (quality,) = (await look(db, mall, partial(forecasts.quality, first=MONDAY, last=MONDAY))).values()
    assert (quality.within, quality.later) == (within, later)


async def test_the_public_reads_it_when_there_is_enough(
    db: Db, mall: MallId, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = await foretold(db, mall, clock)
    await open_(db, mall, "L02")
    for _ in range(2):
        await issue(db, mall, told)
    for minutes in (12, 30):
        clock.forward(timedelta(minutes=minutes))
        await call(db, mall, "L02")
        await act(db, mall, partial(counters.miss, code="L02"))
    await end_day(db, mall, clock)
    clock.at = wita(1, 9, month=12)
    assert await look(db, mall, partial(forecasts.right_last_month, told=Outlooks())) is None
    monkeypatch.setattr(forecasts, "ENOUGH", 2)
    known = Outlooks()
    assert await look(db, mall, partial(forecasts.right_last_month, told=known)) == 50
    monkeypatch.setattr(forecasts, "ENOUGH", 3)
    assert await look(db, mall, partial(forecasts.right_last_month, told=known)) == 50  # reckoned once a day


async def test_a_supervisor_sees_the_own_tenant_and_few_are_not_told(db: Db, mall: MallId, clock: StoppedClock) -> None:
    told = await foretold(db, mall, clock)
    ticket = await issue(db, mall, told)
    await issue(db, mall, told, "SKCK")
    await open_(db, mall, "L02")
    await call(db, mall, "L02")
    await end_day(db, mall, clock)
    everything = await see(db, mall)
    assert [line.tenant.code for line in everything.tenants] == ["DUKCAPIL", "POLRES"]
    assert (everything.total.n, everything.total.never, everything.total.error) == (1, 1, None)
    (week,) = everything.weeks
    assert (week.monday, week.quality) == (MONDAY, everything.total)
    own = await see(db, mall, ticket.tenant_id)
    assert [line.tenant.code for line in own.tenants] == ["DUKCAPIL"]
    assert [week.quality.never for week in own.weeks] == [0]


async def test_forecasts_of_long_ago_are_forgotten(db: Db, mall: MallId, clock: StoppedClock) -> None:
    await issue(db, mall, await foretold(db, mall, clock))
    clock.forward(timedelta(days=399))
    await act(db, mall, lambda tx: retention.run(tx, tx.now))
    assert len(await rows(db, mall)) == 1
    clock.forward(timedelta(days=2))
    await act(db, mall, lambda tx: retention.run(tx, tx.now))
    assert await rows(db, mall) == []


async def test_without_a_forecast_nothing_is_kept(db: Db, mall: MallId, clock: StoppedClock) -> None:
    await issue(db, mall, Outlooks())
    told = await foretold(db, mall, clock)
    clock.forward(timedelta(minutes=2))
    await issue(db, mall, told)
    assert await rows(db, mall) == []
