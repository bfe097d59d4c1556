"""A day of the demo in a hall that looks ahead, then its log again: the simulation's own function calls the same."""

from datetime import timedelta
from importlib.resources import files

import numpy as np
import pytest
from msgspec import Struct

from counters import actions, log_reads
from counters.core.forecast import followed
from counters.core.forecast.followed import Followed
from counters.core.forecast.hall_day import Line
from counters.core.forecast.layout import Layout
from counters.core.forecast.proposing import Asked
from counters.core.forecast.question import Question
from counters.foresight import Foresight
from tests.counters.test_replayed_day import COUNTERS, Decision, chosen, decisions, hall_of, live, of_tenant
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, look
from ticketing import store, tables
from ticketing.core import mall_file, policy
from ticketing.core.ids import MallId, TenantId, TicketId
from ticketing.core.policy import ChosenBy, Mode, Policy
from ticketing.core.proposal import LIFE
from ticketing.db import Db, Tx

LOOKING = Policy(priority_weight=3.0, mode=Mode.LOOK_AHEAD, guard=8)


class Looker(Struct):
    """A hall whose forecaster is late now and then, later than a proposal may be old."""

    foresight: Foresight
    calls: int = 0

    async def call(self, db: Db, mall: MallId, code: str) -> tables.Ticket:
        async with db.read(mall) as tx:
            tenant_id, now = (await store.counter(tx, code)).tenant_id, tx.now
        self.calls += 1
        lag = timedelta(seconds=31 if self.calls % 5 == 0 else 2)
        answer = await self.foresight.answer(Question(mall_id=mall, tenant_id=tenant_id, now=now - lag))
        known = {tenant_id: {one.counter_id: one for one in answer.proposals}}
        return await act(db, mall, lambda tx: actions.call_next(tx, code, known))


class Past(Struct):
    """The log, line by line with its numbers, and what the mall was."""

    layout: Layout
    tenant: TenantId
    target: int
    lines: list[tuple[int, Line]]


async def past(tx: Tx) -> Past:
    layout, lines = await log_reads.layout(tx), []
    for seq in range(1, tx.mall.last_seq + 1):
        lines += [(seq, line) for line in (await log_reads.part(tx, seq - 1, seq)).lines]
    tenant = (await store.counter(tx, COUNTERS[0])).tenant_id
    return Past(layout, tenant, tx.mall.reporting.target_wait_minutes, lines)


def again(log: Past, found: list[Decision]) -> list[tuple[TicketId, float, TicketId, float]]:
    """Decide each call that looked ahead once more, from the log up to where it was known then."""
    hall = Followed(log.layout)
    hall.begin(found[0].at.date(), [found[0].rules] * len(log.layout.tenants))
    decided, at = [], 0
    for one in found:
        foreseen = one.why.foreseen
        assert foreseen is not None
        while at < len(log.lines) and log.lines[at][0] <= foreseen.seq:
            hall.take([log.lines[at][1]])
            at += 1
        asked = Asked(rules=one.rules, target_minutes=log.target, seq=foreseen.seq)
        told = hall.answer(log.tenant, foreseen.at, asked).proposals
        best = next(proposal for proposal in told if proposal.counter_id == one.counter)
        decided.append((best.ticket_id, best.cost, best.runner_up, best.runner_up_cost))
    return decided


def longest(one: Decision, able: frozenset[int], target: int) -> TicketId:
    """Return who has waited the most targets of those whom a counter may call."""
    mine = [who for who in one.waiting if who.service_id in able and who.for_counter_id is None and not who.deferred]
    targets = [
        (one.at - who.waiting_since).total_seconds()
        / policy.target(one.rules, target, is_priority=who.priority is not None)
        for who in mine
    ]
    return mine[int(np.argmax(targets))].id


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_the_simulation_calls_whom_the_hall_called_by_looking_ahead(
    db: Db, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(followed, "RUNS", 2)  # the waits, which nobody reads here
    mall = mall_file.read(files("mpp.demo").joinpath("mall.yaml").read_text(encoding="utf-8"))
    visitors = list(of_tenant(mall, seed=1))[:40]
    lived = await live(db, clock, visitors, LOOKING, Looker(Foresight(db)).call)
    hall, log = await look(db, lived, hall_of), await look(db, lived, past)
    found = await look(db, lived, decisions)
    by = {reason: [one for one in found if one.why.reason is reason] for reason in ChosenBy}
    assert len(by[ChosenBy.LOOK_AHEAD]) > 5
    assert {one.rules for one in by[ChosenBy.LOOK_AHEAD]} == {LOOKING}
    why = [one.why for one in by[ChosenBy.LOOK_AHEAD]]
    told = [(one.called, one.why.foreseen, one.why.runner_up) for one in by[ChosenBy.LOOK_AHEAD]]
    expected = [(id, seen.cost, second, seen.runner_up_cost) for id, seen, second in told if seen]
    assert again(log, by[ChosenBy.LOOK_AHEAD]) == expected
    assert all(timedelta(0) <= one.at - seen.at <= LIFE for one in found if (seen := one.why.foreseen) is not None)
    assert any((one.score or 0) < (one.runner_up_score or 0) for one in why), "not what the claims would have done"
    assert [chosen(hall, one) for one in by[ChosenBy.CLAIM]] == [one.called for one in by[ChosenBy.CLAIM]]
    assert [longest(one, hall.served[one.counter], log.target) for one in by[ChosenBy.GUARD]] == [
        one.called for one in by[ChosenBy.GUARD]
    ]
