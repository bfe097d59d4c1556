"""Which rule the calls of a log follow: weights of the classes, and how often somebody else was called.

The claim is that of ticketing.core.policy: weight x time waited. Class 0 has the weight 1.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from counters.core.forecast.compiled import compiled
from counters.core.forecast.facts import Chosen
from counters.core.forecast.queue import claim
from counters.core.forecast.shapes import Bools, Floats, Ints

GRID = tuple(float(2 ** (step / 4)) for step in range(-8, 29))
"""Weights that are tried, from 1/4 to 128, which is as good as always first."""

CLEARLY = 0.005
"""By how much of the calls another weight must explain more than the declared ones, or than equal ones."""

LATEST = 20_000
"""Calls that are looked at."""

SAME = 1e-6
"""Waits that differ by less are equal."""


def infer(chosen: Sequence[Chosen], declared: tuple[float, ...], kinds: int) -> tuple[Floats, float]:
    """Return the weights (K,) that explain most calls, and the share of calls that they do not explain."""
    told = np.array([declared[kind] if kind < len(declared) else 1.0 for kind in range(kinds)])
    rows = [one for one in chosen[-LATEST:] if one.able > 1]
    if not rows:
        return told, 0.0
    waits = np.full((len(rows), kinds), -1.0)
    for row, one in enumerate(rows):
        for kind, waited in one.longest:
            waits[row, kind] = max(0.0, waited)
    called = np.array([one.kind for one in rows])
    is_first = np.array([one.waited for one in rows]) >= waits[np.arange(len(rows)), called] - SAME
    mixed = ((waits >= 0).sum(axis=1) > 1) & is_first
    weights = _best(waits[mixed], called[mixed], [told, np.ones(kinds)])
    follows = explained(waits, called, weights) & is_first
    others = sum(1.0 - 1.0 / one.able for one in rows)
    return weights, float((~follows).sum() / others)


def _best(waits: Floats, called: Ints, known: Iterable[Floats]) -> Floats:
    """Try the known weights first, then each class for itself."""
    best, most = np.ones(waits.shape[1]), -1.0
    for weights in known:
        share = _share(waits, called, weights)
        if share > most + CLEARLY:
            best, most = weights, share
    for kind in [*range(1, waits.shape[1])] * 2:
        tried = [np.where(np.arange(len(best)) == kind, weight, best) for weight in GRID]
        shares = np.array([_share(waits, called, weights) for weights in tried])
        if shares.max() > most + CLEARLY:
            top = np.flatnonzero(shares >= shares.max() - 1e-12)
            best, most = tried[int(top[len(top) // 2])], float(shares.max())
    return best


def _share(waits: Floats, called: Ints, weights: Floats) -> float:
    return float(explained(waits, called, weights).mean()) if len(waits) else 0.0


@compiled
def explained(waits: Floats, called: Ints, weights: Floats) -> Bools:
    """Tell of each call whether the rule would have called that class; `waits` (calls, K) is negative for nobody."""
    found = np.ones(len(called), np.bool_)
    for row in range(len(called)):
        worth = claim(weights[called[row]], waits[row, called[row]], 0.0)
        for kind in range(len(weights)):
            if waits[row, kind] >= 0 and claim(weights[kind], waits[row, kind], 0.0) > worth + SAME:
                found[row] = False
    return found
