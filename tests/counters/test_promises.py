"""Who waits by far longer than was promised is called first; on both databases."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from counters import policies
from tests.counters.desk import call, last_event, open_, send
from tests.counters.test_late import be_late, phone
from tests.counters.test_views import console
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, again, look, take
from ticketing import tables
from ticketing.core.ids import MallId
from ticketing.core.outlook import Chance, Forecast
from ticketing.core.policy import ChosenBy, Policy
from ticketing.core.ticket import Called
from ticketing.db import Db
from ticketing.outlooks import Outlooks

TEN = Forecast(mean=11.0, q10=4.0, q25=7.0, q50=10.0, q75=13.0, q90=17.0)
"""Is told as 4 to 20 minutes."""


@pytest.fixture
async def told(db: Db, mall: MallId, clock: StoppedClock) -> Outlooks:
    """Let a mall call first whoever waits longer than twice the most that is told, which is 20 minutes for KTP."""
    await act(db, mall, partial(policies.change, tenant=None, since=None, rules=Policy(cap=2)))
    service = await look(db, mall, lambda tx: tx.session.scalars(select(tables.Service)))
    one = next(row for row in service if row.code == "KTP")
    outlooks = Outlooks()
    outlooks.tell(one.tenant_id, clock.now(), [], [((one.id, False), Chance(TEN))])
    return outlooks


async def test_an_ordinary_visitor_is_called_before_one_of_the_favoured(
    db: Db, mall: MallId, clock: StoppedClock, told: Outlooks
) -> None:
    first = await take(db, mall, "KTP", told=told)
    assert first.promised == 20
    await open_(db, mall, "L01")
    clock.forward(timedelta(minutes=10))
    favoured = await take(db, mall, "KTP", priority=True, told=told)
    assert favoured.promised is None, "nothing was told to the favoured"
    clock.forward(timedelta(minutes=30))
    assert (await phone(db, mall, first)).ahead == 1, "40 minutes are not longer than twice 20"
    clock.forward(timedelta(seconds=1))
    assert [(await phone(db, mall, one)).ahead for one in (first, favoured)] == [0, 1]
    shown = await console(db, mall, "L01")
    assert shown.next_why is not None
    assert (shown.next_why.reason, shown.next_why.cap) == (ChosenBy.PROMISE, 2)
    assert [item.number for item in shown.queue] == [first.number, favoured.number]
    await call(db, mall, "L01")
    event = await look(db, mall, last_event)
    assert isinstance(event, Called)
    assert (event.reason, event.cap, event.score, event.runner_up) == (ChosenBy.PROMISE, 2, 2401.0, favoured.id)
    assert (await again(db, mall, first)).promised is None, "who was called has had what was promised"
    why = (await console(db, mall, "L01")).called_why
    assert why is not None
    assert (why.reason, why.cap) == (ChosenBy.PROMISE, 2)


async def test_who_is_late_or_sent_on_has_no_promise_any_more(
    db: Db, mall: MallId, clock: StoppedClock, told: Outlooks
) -> None:
    late, sent, due = [await take(db, mall, "KTP", told=told) for _ in range(3)]
    await open_(db, mall, "L01")
    await open_(db, mall, "L02")
    favoured = [await take(db, mall, "KTP", priority=True) for _ in range(3)]
    clock.forward(timedelta(minutes=41))
    assert (await phone(db, mall, late)).late_places == 5
    await be_late(db, mall, late)
    await call(db, mall, "L01", sent.number)
    await send(db, mall, "L01", service="KK")
    assert [(await again(db, mall, one)).promised for one in (late, sent, due)] == [None, None, 20]
    shown = await console(db, mall, "L01")
    assert [item.number for item in shown.queue][:2] == [due.number, favoured[0].number]
