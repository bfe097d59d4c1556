"""A mall that is followed through its log: first the days gone by, to learn from, then today, to foretell. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

import numpy as np

from counters.core.forecast import forward, learn, quantiles
from counters.core.forecast.facts import Facts
from counters.core.forecast.foresee import RUNS
from counters.core.forecast.hall_day import CLASSES, HallDay, Line, class_of
from counters.core.forecast.layout import Layout, Places, plan, planned
from counters.core.forecast.learn import Learned
from counters.core.forecast.plan import PlannedTenant
from counters.core.forecast.proposing import Asked, proposals
from counters.core.forecast.quantiles import Correction
from counters.core.forecast.question import Answer, Offered, Waits
from counters.core.forecast.shapes import BREAK, IDLE, Bools, Desk, Floats, Ints, Moment, Rules
from counters.core.forecast.shapes import Line as Queue
from counters.core.forecast.watch import Watch
from ticketing.core import policy
from ticketing.core.ids import CounterId, TenantId
from ticketing.core.outlook import Chance, Forecast
from ticketing.core.policy import Policy
from ticketing.core.ticket import Ticket

OFFERED = 2
"""Ordinary and favoured: what who takes a number now may be; an agreed time is not offered. The first of CLASSES."""

UNKNOWN = 20
"""Calls by the policy that are taken for granted before it is known how often officers call by number."""

NONE = CounterId(0)
"""No counter has this id."""

EARLIEST = 60.0
"""Minutes before the opening from which on it can be said how long one would wait."""

SEED = 1
"""Always the same, so that a forecast changes because the hall has, and not because the dice were thrown again."""


class Followed:
    """One mall. After `begin`, `answer` tells of today, up to the last line that was taken in."""

    def __init__(self, layout: Layout) -> None:
        self.places = Places(layout)
        self.learned: list[Learned] = []
        self.corrections = [Correction()] * len(layout.tenants)
        self._facts = [Facts() for _ in layout.tenants]
        self._officers: dict[str, int] = {}
        self._plans: list[PlannedTenant | None] = []
        self._watches: list[Watch | None] = []
        self._hall: HallDay | None = None
        self._by_number = self._calls = 0

    def take(self, lines: Iterable[Line]) -> None:
        """Take in what the log tells; with the first line of a later day that day begins."""
        for line in lines:
            day = self.places.day(line.at)
            if self._hall is None or day > self._hall.day:
                self._hall = self._turn(day)
            for entry in self._hall.take(line, self._number):
                watch = self._watches[entry.tenant]
                if watch is not None:
                    watch.see(entry)

    def begin(self, today: date, rules: Sequence[Policy]) -> None:
        """Learn from the days that were taken in, let go of them, and begin today; `rules` are the tenants'."""
        self._end()
        disorder = self._by_number / (self._calls + UNKNOWN)
        self.learned = [
            learn.learn(planned(tenant), facts, weights(of), disorder)
            for tenant, facts, of in zip(self.places.layout.tenants, self._facts, rules, strict=True)
        ]
        breaks_unseen = self._facts[0].days > 0 and not any(facts.breaks for facts in self._facts)
        self._facts = [Facts() for _ in self._facts]
        self._hall = self._turn(today, breaks_unseen=breaks_unseen)

    def _number(self, officer: str) -> int:
        return self._officers.setdefault(officer, len(self._officers))

    def _turn(self, day: date, *, breaks_unseen: bool = False) -> HallDay:
        """End the day before and begin another."""
        self._end()
        layout = self.places.layout
        self._plans = [plan(tenant, day, layout.holidays) for tenant in layout.tenants]
        self._watches = [
            None
            if of is None
            else Watch(
                of,
                facts,
                self.learned[at].expected if self.learned else lambda _service, _officer: 0.0,
                breaks_unseen=breaks_unseen,
            )
            for at, (of, facts) in enumerate(zip(self._plans, self._facts, strict=True))
        ]
        return HallDay(self.places, day, self._plans)

    def _end(self) -> None:
        for watch in self._watches:
            if watch is not None:
                watch.end_day()
        if self._hall is not None:
            self._by_number += self._hall.by_number
            self._calls += self._hall.by_number + self._hall.by_policy
        self._watches, self._hall = [], None

    def answer(self, tenant_id: TenantId, now: datetime, asked: Asked) -> Answer:
        """Foretell when each who waits for a tenant is called, and who would take a number for a service now.

        Where counters look ahead, say whom each would call. The waits are foretold by the claims all the same.
        """
        at = next((n for n, tenant in enumerate(self.places.layout.tenants) if tenant.id == tenant_id), None)
        if at is None or self._hall is None or self._watches[at] is None:
            return Answer()
        waiting = self._waiting(at)
        moment = self._moment(at, waiting, now, asked.rules)
        is_over = moment.now > moment.day_end and not waiting
        if is_over or moment.now < moment.desk.opens.min() - EARLIEST:
            return Answer()
        lanes, group = ghosts(moment.desk.skills, moment.habits.rules)
        everyone = np.ones(len(waiting), np.bool_)
        found = forward.run(moment, everyone, RUNS, SEED, lanes)
        told = chances(found, moment.day_end - moment.now, self.corrections[at])
        tenant = self.places.layout.tenants[at]
        services = list(tenant.services)
        counted = dict(zip(services, moment.habits.rules.favour.tolist(), strict=True))
        return Answer(
            waiting=[Waits(ticket.id, chance) for ticket, chance in zip(waiting, told, strict=False)],
            offers=[
                Offered(services[lane % len(services)], bool(lane // len(services)), told[len(waiting) + which])
                for lane, which in enumerate(group.tolist())
            ],
            proposals=proposals(moment, tenant, waiting, counted, now, asked),
        )

    def _waiting(self, tenant: int) -> list[Ticket]:
        """Return who waits for a tenant, in the order of the numbers."""
        if self._hall is None:
            return []
        queues = [(ticket, self.places.queue(ticket)) for _, ticket in sorted(self._hall.waiting.items())]
        return [ticket for ticket, place in queues if place is not None and place.tenant == tenant]

    def _moment(self, tenant: int, waiting: list[Ticket], now: datetime, rules: Policy) -> Moment:
        watch, learned, of = self._watches[tenant], self.learned[tenant], self._plans[tenant]
        if watch is None or of is None or self._hall is None:
            raise ValueError("a tenant that does not open today has no state to run forward")
        minute = self.places.minute(now, self._hall.day)
        pace = learn.pace_today(learned, watch.spent, watch.spent_usually)
        habits = learned.habits
        return Moment(
            now=minute,
            day_end=max(counter.closes for counter in of.counters),
            line=self._queue(tenant, waiting, rules),
            desk=in_break(watch.desk(learned.skills, pace, learned.factor), minute),
            habits=habits._replace(
                arrivals=habits.arrivals * learn.crowd_today(learned, watch.arrived, minute),
                rules=Rules(weights(rules), head_starts(rules), favours(rules, of.minutes)),
            ),
        )

    def _queue(self, tenant: int, waiting: list[Ticket], rules: Policy) -> Queue:
        counters = {id: place.own for id, place in self.places.counters.items() if place.tenant == tenant}
        places = [self.places.queue(ticket) for ticket in waiting]
        day = self.places.day(waiting[0].issued_at) if waiting else None
        due = [policy.due(rules, ticket.waiting_since, ticket.promised) for ticket in waiting]
        return Queue(
            service=np.array([place.own for place in places if place is not None], np.int64),
            kind=np.array([class_of(ticket) for ticket in waiting], np.int64),
            since=np.array([self.places.minute(ticket.waiting_since, day) for ticket in waiting if day], np.float64),
            counter=np.array([counters.get(ticket.for_counter_id or NONE, -1) for ticket in waiting], np.int64),
            late=tuple(at for at, ticket in enumerate(waiting) if ticket.deferred),
            barred=tuple(
                (at, counters[home])
                for at, ticket in enumerate(waiting)
                if (home := ticket.back_to_counter_id or NONE) in counters
            ),
            due=tuple(self.places.minute(one, day) if one and day else np.inf for one in due) if any(due) else (),
        )


def weights(rules: Policy) -> Floats:
    """Return (K,) how much a minute of waiting counts in each class."""
    return np.array([policy.weight(rules, is_priority=one, has_appointment=agreed) for one, agreed in CLASSES])


def head_starts(rules: Policy) -> Floats:
    """Return (K,) the minutes that are added in each class."""
    return np.array([policy.head_start(rules, is_priority=one).total_seconds() / 60 for one, _ in CLASSES])


def favours(rules: Policy, minutes: Sequence[float]) -> Floats:
    """Return (S,) how much more each service counts because it is short."""
    usual = sum(minutes) / len(minutes)
    return np.array([policy.favour(rules, own, usual) for own in minutes])


def ghosts(skills: Bools, rules: Rules) -> tuple[Ints, Ints]:
    """Return (G,) lanes of ghosts that stand for all, and (2 x S,) which ghost each offered class and service has.

    Services of one class that the same counters serve, and that count the same, are called at the same time.
    """
    services = skills.shape[1]
    lanes: dict[tuple[int, bytes, float], int] = {}
    group = [
        lanes.setdefault((kind, skills[:, service].tobytes(), float(rules.favour[service])), len(lanes))
        for kind in range(OFFERED)
        for service in range(services)
    ]
    first = [group.index(which) for which in range(len(lanes))]
    return np.array(first, np.int64), np.array(group, np.int64)


def in_break(desk: Desk, now: float) -> Desk:
    """Let counters that are free, and called nobody since a planned break began, have that break until its end.

    A break that is over, and was not told, is not had later: hours are those of the whole tenant.
    """
    ends = desk.break_at + desk.break_minutes
    has = (desk.break_at <= now) & (now < ends) & (desk.phase == IDLE)[:, None] & (desk.since[:, None] <= desk.break_at)
    rests = has.any(axis=1)
    return desk._replace(
        phase=np.where(rests, BREAK, desk.phase),
        ends=np.where(rests, np.where(has, ends, -np.inf).max(axis=1), desk.ends),
        break_at=np.where(has | (ends <= now), np.inf, desk.break_at),
    )


def chances(found: Floats, day_left: float, correction: Correction) -> list[Chance]:
    """Return what (runs, n) minutes until the call tell of each."""
    if not found.shape[1]:
        return []
    never = np.isinf(found).mean(axis=0).tolist()
    table = quantiles.summary(found, day_left).tolist()
    raw = [Forecast(*row) for row in table]
    return [Chance(quantiles.correct(one, correction), share, one) for one, share in zip(raw, never, strict=True)]
