"""Nightly learning: what a tenant's days so far tell, drawn towards what was configured while there is little of it.

Sums with pseudo-counts (so that one day is enough), robust samples, least squares for the no-shows.
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from counters.core.forecast.facts import Facts, Served
from counters.core.forecast.plan import PlannedTenant
from counters.core.forecast.shapes import Bools, Floats, Habits, Odds, Rules

PRIOR = 8.0
"""Services that the configured minutes count for."""

NOISE = 0.65
"""How much single services of one kind vary (sd / mean), until enough of them were seen: .47 to 1.1 in real halls."""

BETWEEN_OFFICERS = 0.2
"""How much officers' paces truly vary (sd): 18 agents of a bank, 21 %."""

BETWEEN_DAYS = 0.08
"""How much the pace of days truly varies (sd): 5.5 % in a bank, 8.7 % in a clinic."""

PRIOR_ARRIVALS = 60.0
"""Visitors that today's crowd counts for."""

LATEST, ENOUGH, FILLED = 400, 60, 120
"""Services in a sample; below ENOUGH it is filled up to FILLED with what other services' ratios tell."""

CONFIGURED_RATIOS = np.exp(0.65 * np.array([-1.96, -1.4, -1.1, -0.84, -0.62, -0.43, -0.25, -0.08]))
"""Lower half of a lognormal's ratios to its median, for a tenant never seen; log sd between .44 and .83."""

SLOT = 30.0
"""Arrivals are counted by half-hours."""


class Learned(Struct, frozen=True, kw_only=True):
    """What was learned of a tenant until last night."""

    habits: Habits
    means: Floats
    """(S,) usual minutes of each service."""
    officers: dict[int, float]
    """How long an officer takes, times the usual."""
    profile: Floats
    """(48,) visitors in each half-hour of an average day."""
    shares: Floats
    """(K,) shares of the classes."""
    skills: Bools
    """(C, S) who serves what."""
    noise: float
    """How much single services vary (sd / mean), given service and officer."""

    def factor(self, officer: int) -> float:
        """Return how long an officer takes, times the usual; 1 for an unknown one."""
        return self.officers.get(officer, 1.0)

    def expected(self, service: int, officer: int) -> float:
        """Return how long an officer usually takes for a service."""
        return float(self.means[service]) * self.factor(officer)


def learn(plan: PlannedTenant, facts: Facts, weights: Floats, disorder: float) -> Learned:
    """Learn from all that was seen until tonight; `weights` (K,) and `disorder` are the mall's (see rule)."""
    means, officers, noise = paces(plan, facts.served)
    durations = samples(means, officers, facts.served)
    profile, shares, mix = crowd(facts, len(weights), len(plan.minutes))
    base, slope = no_shows(facts)
    in_vain = np.sort(np.array(facts.in_vain[-LATEST:] or [1.5]))
    pauses = np.sort(np.array(facts.pauses[-LATEST:] or [8.0]))
    skills = np.zeros((len(plan.counters), len(plan.minutes)), np.bool_)
    for row, counter in enumerate(plan.counters):
        skills[row, list(counter.services)] = True
    habits = Habits(
        durations=np.concatenate(durations),
        begins=np.concatenate(([0], np.cumsum([len(sample) for sample in durations]))).astype(np.int64),
        gap=np.sort(np.array(facts.gaps[-LATEST:] or [0.0 if facts.served else 0.6])),
        reaction=np.sort(np.array(facts.reactions[-LATEST:] or [0.0])),
        opening=np.sort(np.array(facts.openings[-LATEST:] or [0.0])),
        pause=pauses,
        arrivals=np.outer(shares, profile) / SLOT,
        mix=np.cumsum(mix),
        rules=Rules(weights, np.zeros(len(weights)), np.ones(len(plan.minutes))),
        odds=Odds(
            pause_rate=facts.paused / facts.minutes_open if facts.minutes_open > 0 else 0.0,
            no_show=base,
            no_show_slope=slope,
            no_show_least=float(np.quantile(in_vain, 0.02)),
            no_show_most=float(np.quantile(in_vain, 0.98)),
            disorder=disorder,
        ),
    )
    return Learned(
        habits=habits, means=means, officers=officers, profile=profile, shares=shares, skills=skills, noise=noise
    )


def paces(plan: PlannedTenant, served: list[Served]) -> tuple[Floats, dict[int, float], float]:
    """Return usual minutes of each service, each officer's factor (each given the other, four times over), and noise.

    An officer's factor is drawn to 1 by as many usual services as tell as much as the knowledge that officers vary by
    BETWEEN_OFFICERS: (noise / BETWEEN_OFFICERS) squared.
    """
    configured = np.array(plan.minutes)
    service = np.array([one.service for one in served], np.int64)
    officer = np.array([one.officer for one in served], np.int64)
    minutes = np.array([one.minutes for one in served])
    known, index = np.unique(officer, return_inverse=True)
    factors, means, noise = np.ones(len(known)), configured.copy(), NOISE
    count = np.bincount(service, minlength=len(configured))
    for _ in range(4 if len(served) else 0):
        usual = minutes / factors[index]
        sums = np.bincount(service, usual, minlength=len(configured))
        ratio = (sums.sum() + PRIOR * configured.mean()) / (configured[service].sum() + PRIOR * configured.mean())
        means = (sums + PRIOR * configured * ratio) / (count + PRIOR)
        noise = scatter(usual / means[service])
        middle = (noise / BETWEEN_OFFICERS) ** 2 * means[service].mean()
        factors = (np.bincount(index, minutes) + middle) / (np.bincount(index, means[service]) + middle)
    officers = {int(who): float(factor) for who, factor in zip(known, factors, strict=True) if who >= 0}
    return means, officers, noise


def scatter(ratios: Floats) -> float:
    """Return sd / mean of services, drawn to NOISE while few were seen."""
    return float(np.sqrt((((ratios - 1.0) ** 2).sum() + ENOUGH * NOISE**2) / (len(ratios) + ENOUGH)))


def samples(means: Floats, officers: dict[int, float], served: list[Served]) -> list[Floats]:
    """Return sorted service times at pace 1, for each service, with the learned mean."""
    own: list[list[float]] = [[] for _ in means]
    for one in served:
        own[one.service].append(one.minutes / officers.get(one.officer, 1.0))
    ratios = np.array([time / means[service] for service, times in enumerate(own) for time in times[-ENOUGH:]])
    if len(ratios) < ENOUGH:
        ratios = np.concatenate((ratios, CONFIGURED_RATIOS, 1 / CONFIGURED_RATIOS))
    ratios = ratios / ratios.mean()
    found = []
    for service, times in enumerate(own):
        sample = np.array(times[-LATEST:])
        if len(sample) < ENOUGH:
            wanted = FILLED - len(sample)
            filling = np.quantile(ratios, (np.arange(wanted) + 0.5) / wanted) * means[service]
            sample = np.concatenate((sample, filling))
        found.append(np.sort(sample * (means[service] / max(sample.mean(), 1e-9))))
    return found


def no_shows(facts: Facts) -> tuple[float, float]:
    """Return the chance of not coming at once, and its growth with each minute waited, by least squares."""
    seen = facts.outcomes[-20 * LATEST :]
    if not seen:
        return 0.03, 0.0
    waited = np.array([one.waited for one in seen])
    missing = np.array([not one.came for one in seen], np.float64)
    base = (missing.sum() + 0.03 * PRIOR) / (len(missing) + PRIOR)
    spread = ((waited - waited.mean()) ** 2).sum() + PRIOR * 400.0
    slope = max(0.0, float(((waited - waited.mean()) * missing).sum() / spread))
    return float(base - slope * waited.mean()), slope


def crowd(facts: Facts, kinds: int, services: int) -> tuple[Floats, Floats, Floats]:
    """Return visitors in each half-hour of an average day, and the shares of classes and of services."""
    slots = np.array([min(47, int(one.at // SLOT)) for one in facts.arrivals], np.int64)
    profile = np.bincount(slots, minlength=48) / max(1, facts.days)
    kind = np.bincount(np.array([one.kind for one in facts.arrivals], np.int64), minlength=kinds)[:kinds]
    mix = np.bincount(np.array([one.service for one in facts.arrivals], np.int64), minlength=services) + 1.0
    return profile, kind / max(1, kind.sum()), mix / mix.sum()


def crowd_today(learned: Learned, arrived: int, now: float) -> float:
    """Return how crowded today is so far, times the usual."""
    slot, part = divmod(min(now, 1439.0), SLOT)
    usual = learned.profile[: int(slot)].sum() + learned.profile[int(slot)] * part / SLOT
    return float((arrived + PRIOR_ARRIVALS) / (usual + PRIOR_ARRIVALS))


def pace_today(learned: Learned, spent: float, usually: float) -> float:
    """Return how long services take today, times the usual: a day tells little of its rest."""
    middle = (learned.noise / BETWEEN_DAYS) ** 2 * float(learned.means.mean())
    return (spent + middle) / (usually + middle)


def patience(tenants: Sequence[Facts], usual: int = 3, most: int = 50) -> int:
    """Return how often one must have been overtaken to have left more likely than not; `usual` if nobody ever was."""
    called = np.array([count for facts in tenants for count in facts.overtaken])
    left = np.array([count for facts in tenants for count in facts.left])
    if not len(called) and not len(left):
        return usual
    return next((count for count in range(1, most) if (left >= count).sum() > (called >= count).sum()), most)
