"""A log lived through once more: each night learned, each ticket foretold from what was known when it was taken."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from counters.core.forecast import foresee, learn, quantiles, rule
from counters.core.forecast.answer import Forecast, Prediction
from counters.core.forecast.facts import Facts
from counters.core.forecast.learn import Learned
from counters.core.forecast.plan import Entry, Kind, Plan
from counters.core.forecast.quantiles import RECENT, SURELY, Correction, Fault
from counters.core.forecast.shapes import Moment
from counters.core.forecast.watch import Watch


class Made(NamedTuple):
    """A forecast that was made, and of which tenant on which day."""

    day: int
    tenant: int
    fault: Fault


class Replay:
    """What is known of a mall, and what was foretold; it only looks back."""

    def __init__(self, plan: Plan, first_day: int, runs: int) -> None:
        self.plan, self.first_day, self.runs = plan, first_day, runs
        self.facts = [Facts() for _ in plan.tenants]
        self.made: list[Made] = []
        self.kinds = max(1, len(plan.weights))
        self.open: dict[int, tuple[int, Forecast]] = {}
        self.learned: list[Learned] = []
        self.corrections: list[Correction] = []
        self.watches: list[Watch] = []

    def live(self, entries: Iterable[Entry], progress: Callable[[int], None]) -> Iterator[Prediction]:
        """Go through the log in its order; foretell all tickets from `first_day` on. `progress` hears of each day."""
        for day, of_day in groupby(entries, attrgetter("day")):
            progress(day)
            self._night(day)
            for entry in of_day:
                waited = self.watches[entry.tenant].see(entry)
                if entry.kind is Kind.TICKET and day >= self.first_day - RECENT:
                    yield from self._foretell(entry)
                elif waited is not None:
                    self._check(entry, waited)
            for watch in self.watches:
                watch.end_day()

    def _night(self, day: int) -> None:
        """Learn from all days until now, and begin a new one."""
        self.open.clear()
        chosen = [one for facts in self.facts for one in facts.chosen[-rule.LATEST // len(self.facts) :]]
        seen = (arrival.kind for facts in self.facts for arrival in facts.arrivals)
        self.kinds = max(self.kinds, 1 + max(seen, default=0))
        weights, disorder = rule.infer(chosen, self.plan.weights, self.kinds)
        self.learned = [
            learn.learn(tenant, facts, weights, disorder)
            for tenant, facts in zip(self.plan.tenants, self.facts, strict=True)
        ]
        self.corrections = self._corrections(day)
        is_first = not any(facts.days for facts in self.facts)
        no_openings = not (is_first or any(facts.openings for facts in self.facts))
        no_breaks = not (is_first or any(facts.breaks for facts in self.facts))
        patience = learn.patience(self.facts)
        self.watches = [
            Watch(
                tenant,
                facts,
                learned.expected,
                opens_unseen=no_openings,
                breaks_unseen=no_breaks,
                patience=patience,
            )
            for tenant, facts, learned in zip(self.plan.tenants, self.facts, self.learned, strict=True)
        ]

    def _corrections(self, day: int) -> list[Correction]:
        faults: list[list[Fault]] = [[] for _ in self.plan.tenants]
        for one in self.made:
            if one.day >= day - RECENT:
                faults[one.tenant].append(one.fault)
        return quantiles.corrections(faults)

    def _foretell(self, entry: Entry) -> Iterator[Prediction]:
        moment = self.moment(entry)
        last = np.arange(len(moment.line.since)) == len(moment.line.since) - 1
        runs = self.runs if entry.day >= self.first_day else foresee.RUNS
        seed = (entry.day * 1_000_003 + entry.ticket) % 2**31
        raw = foresee.foresee(moment, last, runs=runs, seed=seed)[0]
        self.open[entry.ticket] = entry.tenant, raw
        if entry.day >= self.first_day:
            yield Prediction(entry.day, entry.ticket, quantiles.correct(raw, self.corrections[entry.tenant]))

    def _check(self, entry: Entry, waited: float) -> None:
        tenant, raw = self.open.pop(entry.ticket, (0, None))
        if raw is not None and waited > SURELY:
            self.made.append(Made(entry.day, tenant, Fault(raw, waited)))

    def moment(self, entry: Entry) -> Moment:
        """Return the state of a tenant now, as arrays."""
        watch, learned = self.watches[entry.tenant], self.learned[entry.tenant]
        habits = learned.habits
        crowd = learn.crowd_today(learned, watch.arrived, entry.at)
        line = watch.line()
        strange = line.kind >= len(habits.rules.weights)
        return Moment(
            now=entry.at,
            day_end=self.plan.closes,
            line=line._replace(kind=np.where(strange, 0, line.kind)),
            desk=watch.desk(
                learned.skills, learn.pace_today(learned, watch.spent, watch.spent_usually), learned.factor
            ),
            habits=habits._replace(arrivals=habits.arrivals * crowd),
        )
