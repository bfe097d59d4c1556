"""A tenant's day, followed line by line: who waits, what each counter does, and what there is to be learned from it.

Logs differ in what they hold. What is missing is taken from what follows: a call ends what the counter did before.
"""

from collections.abc import Callable, Sequence
from math import nan

import numpy as np
from msgspec import Struct

from counters.core.forecast.facts import Arrival, Chosen, Facts, Outcome, Served
from counters.core.forecast.plan import Entry, Kind, PlannedBreak, PlannedTenant
from counters.core.forecast.shapes import ABSENT, BREAK, CALLING, GONE, IDLE, PAUSED, SERVING, Desk, Line

NOBODY = -1
"""No officer, service or ticket."""

USUAL_BREAK = 45.0
"""Length of a break that nobody planned: long enough for a meal and a prayer."""


MOST = 0.6
"""Share of a planned break after which a free counter has had it, where breaks are not told."""


class Visitor(Struct):
    """One who waits."""

    since: float
    service: int
    kind: int
    overtaken: int = 0


class Post(Struct):
    """What a counter does."""

    breaks: list[PlannedBreak]
    opens: float
    phase: int = ABSENT
    since: float = 0.0
    service: int = NOBODY
    officer: int = NOBODY
    kind: int = 0
    waited: float = 0.0
    checked: float = 0.0
    ends: float = nan


class Watch:
    """One tenant on one day. `expected` tells how long an officer usually takes for a service.

    Where openings, or planned breaks, are never seen in the log, they are taken to happen as planned. Who was overtaken
    `patience` times by later numbers of the same class, at counters that serve both, has left without a word.
    """

    def __init__(
        self,
        plan: PlannedTenant,
        facts: Facts,
        expected: Callable[[int, int], float],
        *,
        opens_unseen: bool = False,
        breaks_unseen: bool = False,
        patience: int = 3,
    ) -> None:
        self.patience = patience
        self.plan, self.facts, self.expected, self.breaks_unseen = plan, facts, expected, breaks_unseen
        self.waiting: dict[int, Visitor] = {}
        self.posts = [
            Post(breaks=sorted(counter.breaks, key=lambda one: one.at), opens=counter.opens)
            for counter in plan.counters
        ]
        self.spent = self.spent_usually = 0.0
        self.arrived = 0
        self.calls: list[tuple[int, float, list[tuple[int, int, float]]]] = []
        self.opened = False
        facts.days += 1
        if opens_unseen:
            for post, counter in zip(self.posts, plan.counters, strict=True):
                post.phase, post.since, post.checked = IDLE, counter.opens, counter.opens

    def see(self, entry: Entry) -> float | None:
        """Take a line of the log in; a call returns how long its visitor has waited."""
        if entry.kind is Kind.TICKET:
            self.waiting[entry.ticket] = Visitor(entry.at, entry.service, entry.who)
            self.facts.arrivals.append(Arrival(entry.at, entry.who, entry.service))
            self.arrived += 1
            return None
        if entry.counter < 0:
            return None
        post = self.posts[entry.counter]
        if entry.kind is Kind.CALL:
            return self._call(entry, post)
        STEPS[entry.kind](self, entry, post)
        return None

    def end_day(self) -> None:
        """Note how each was chosen, who was never called, and which counters never opened though others did."""
        self.facts.chosen += [self._chosen(*one) for one in self.calls]
        self.facts.left += [one.overtaken for one in self.waiting.values() if one.overtaken]
        if self.opened:
            self.facts.openings += [float("inf") for post in self.posts if post.phase == ABSENT]

    def _call(self, entry: Entry, post: Post) -> float:
        visitor = self.waiting.get(entry.ticket) or Visitor(entry.at, entry.service, entry.who)
        waited = max(0.0, entry.at - visitor.since)
        self._end_unseen(entry.at, post, waited)
        self.calls.append((visitor.kind, waited, self._able(entry)))
        self.waiting.pop(entry.ticket, None)
        self._overtake(visitor, self.plan.counters[entry.counter].services)
        if post.phase == IDLE:
            self._rested(entry.at, post)
            self.facts.reactions.append(max(0.0, entry.at - max(post.since, visitor.since)))
        post.phase, post.since, post.ends = CALLING, entry.at, nan
        post.service, post.kind, post.waited = visitor.service, visitor.kind, waited
        return waited

    def _overtake(self, called: Visitor, able: Sequence[int]) -> None:
        """Count for each who came before one of the same class, and could have been called instead."""
        if called.overtaken:
            self.facts.overtaken.append(called.overtaken)
        for one in self.waiting.values():
            if one.since < called.since and one.kind == called.kind and one.service in able:
                one.overtaken += 1

    def present(self) -> list[Visitor]:
        """Return those who truly wait, in the order of their numbers."""
        return [one for one in self.waiting.values() if one.overtaken < self.patience]

    def _rested(self, at: float, post: Post) -> None:
        """Cross off a break that is not told, when the counter was free for most of it, or it is long past."""
        if self.breaks_unseen and post.breaks:
            first = post.breaks[0]
            was_free = at >= first.at and at - post.since >= MOST * first.minutes
            if was_free or at >= first.at + 2 * first.minutes:
                post.breaks.pop(0)

    def _end_unseen(self, at: float, post: Post, waited: float) -> None:
        """End what the counter did, when the log does not tell it: known only if the next one was there already."""
        if post.phase == CALLING and self.facts.gaps:
            self._gave_up(at, post)
        elif post.phase in {CALLING, SERVING} and waited > at - post.since:
            self._served(at, post)
        elif post.phase == PAUSED:
            self.facts.pauses.append(at - post.since)
        if post.phase in {CALLING, SERVING, ABSENT, GONE, PAUSED, BREAK}:
            self._free(at, post)

    def _able(self, entry: Entry) -> list[tuple[int, int, float]]:
        """Return number, class and wait of all whom the counter could have called."""
        able = self.plan.counters[entry.counter].services
        waiting = self.waiting.items()
        return [(ticket, one.kind, entry.at - one.since) for ticket, one in waiting if one.service in able]

    def _chosen(self, kind: int, waited: float, able: list[tuple[int, int, float]]) -> Chosen:
        """Tell how one was chosen from those who were called that day: the others may have left long before."""
        longest: dict[int, float] = {}
        present = [one for one in able if one[0] not in self.waiting]
        for _, other, minutes in present:
            longest[other] = max(minutes, longest.get(other, 0.0))
        return Chosen(kind, waited, len(present), tuple(longest.items()))

    def _start(self, entry: Entry, post: Post) -> None:
        if post.phase == CALLING:
            self.facts.gaps.append(entry.at - post.since)
            self.facts.outcomes.append(Outcome(post.waited, came=True))
        post.phase, post.since, post.service = SERVING, entry.at, entry.service

    def _end(self, entry: Entry, post: Post) -> None:
        if post.phase in {CALLING, SERVING}:
            self._served(entry.at, post)
        self._free(entry.at, post)

    def _served(self, at: float, post: Post) -> None:
        minutes = at - post.since
        if post.phase == CALLING:
            self.facts.outcomes.append(Outcome(post.waited, came=True))
        self.facts.served.append(Served(post.service, post.officer, minutes))
        self.spent += minutes
        self.spent_usually += self.expected(post.service, post.officer)

    def _no_show(self, entry: Entry, post: Post) -> None:
        if post.phase == CALLING:
            self._gave_up(entry.at, post)
        self._free(entry.at, post)

    def _gave_up(self, at: float, post: Post) -> None:
        self.facts.in_vain.append(at - post.since)
        self.facts.outcomes.append(Outcome(post.waited, came=False))

    def _open(self, entry: Entry, post: Post) -> None:
        if post.phase == ABSENT:
            self.facts.openings.append(max(0.0, entry.at - self.plan.counters[entry.counter].opens))
            post.checked = entry.at
        self.opened, post.officer = True, entry.who
        self._free(entry.at, post)

    def _close(self, entry: Entry, post: Post) -> None:
        self._spend(entry.at, post)
        post.phase, post.since = GONE, entry.at

    def _lunch(self, entry: Entry, post: Post) -> None:
        self._spend(entry.at, post)
        planned = post.breaks.pop(0) if post.breaks else None
        self.facts.breaks += planned is not None
        post.phase, post.since = BREAK, entry.at
        post.ends = entry.at + (planned.minutes if planned else USUAL_BREAK)

    def _pause(self, entry: Entry, post: Post) -> None:
        self._spend(entry.at, post)
        self.facts.paused += 1
        post.phase, post.since = PAUSED, entry.at

    def _resume(self, entry: Entry, post: Post) -> None:
        if post.phase == PAUSED:
            self.facts.pauses.append(entry.at - post.since)
        if entry.who >= 0:
            post.officer = entry.who
        self._free(entry.at, post)

    def _free(self, at: float, post: Post) -> None:
        self._spend(at, post)
        post.phase, post.since, post.service, post.ends = IDLE, at, NOBODY, nan

    def _spend(self, at: float, post: Post) -> None:
        """Count the minutes in which the counter could have paused."""
        if post.phase not in {ABSENT, GONE}:
            self.facts.minutes_open += max(0.0, at - post.checked)
        post.checked = at

    def line(self) -> Line:
        """Return those who wait, in the order of their numbers."""
        waiting = self.present()
        return Line(
            service=np.array([one.service for one in waiting], np.int64),
            kind=np.array([one.kind for one in waiting], np.int64),
            since=np.array([one.since for one in waiting], np.float64),
            counter=np.full(len(waiting), NOBODY),
        )

    def desk(self, skills: np.typing.NDArray[np.bool_], pace: float, factor: Callable[[int], float]) -> Desk:
        """Return what the counters do; `factor` is how long an officer takes times the usual, `pace` all today."""
        posts, counters = self.posts, self.plan.counters
        rows = max([1, *(len(post.breaks) for post in posts)])
        at = np.full((len(posts), rows), np.inf)
        minutes = np.zeros((len(posts), rows))
        for row, post in enumerate(posts):
            for column, one in enumerate(post.breaks):
                at[row, column], minutes[row, column] = one.at, one.minutes
        return Desk(
            skills=skills,
            phase=np.array([post.phase for post in posts], np.int64),
            since=np.array([post.since for post in posts]),
            service=np.array([post.service for post in posts], np.int64),
            waited=np.array([post.waited for post in posts]),
            pace=np.array([pace * factor(post.officer) for post in posts]),
            ends=np.array([post.ends for post in posts]),
            checked=np.array([max(post.checked, post.opens) for post in posts]),
            opens=np.array([counter.opens for counter in counters]),
            closes=np.array([counter.closes for counter in counters]),
            break_at=at,
            break_minutes=minutes,
        )


Step = Callable[[Watch, Entry, Post], None]

STEPS: dict[Kind, Step] = {
    Kind.START: Watch._start,
    Kind.END: Watch._end,
    Kind.NO_SHOW: Watch._no_show,
    Kind.OPEN: Watch._open,
    Kind.CLOSE: Watch._close,
    Kind.LUNCH: Watch._lunch,
    Kind.PAUSE: Watch._pause,
    Kind.RESUME: Watch._resume,
}
"""What each kind of line does to a counter."""
