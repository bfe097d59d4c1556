"""From runs to a forecast: mean and quantiles, corrected by what was learned of their errors."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from msgspec import Struct

from counters.core.forecast.answer import Forecast
from counters.core.forecast.shapes import Floats

LEVELS = (0.10, 0.25, 0.50, 0.75, 0.90)
"""Quantiles of a forecast; the first and the last are what is shown."""


class Fault(NamedTuple):
    """A forecast as it was made, before correction, and what then happened."""

    forecast: Forecast
    waited: float


class Correction(Struct, frozen=True, kw_only=True):
    """How forecasts of a tenant have been wrong of late: all too short (ratio > 1), too sure (stretch > 1)."""

    ratio: float = 1.0
    stretch: float = 1.0


RATIOS = (0.8, 1.25)
"""More than that is not an error of the forecast, but another hall."""

STRETCHES = np.arange(0.80, 1.81, 0.05)

RECENT = 14
"""Days whose errors correct the forecasts of today."""

SURELY = 0.1
"""Minutes: who is called sooner than that did not have to wait, and tells nothing about errors."""

FEW = 300
"""With fewer forecasts a tenant's correction is that of the whole mall."""


def summary(runs: Floats, day_left: float) -> Floats:
    """Return (n, 6) mean and quantiles of (runs, n) minutes; one who was not called waits until the day's end."""
    least = max(day_left, 0.0)
    called = np.where(np.isfinite(runs), runs, 0.0)
    filled = np.where(np.isfinite(runs), runs, np.maximum(called.max(axis=0), least))
    return np.column_stack((filled.mean(axis=0), _quantiles(np.sort(filled.T))))


def _quantiles(rising: Floats) -> Floats:
    """Return (n, 5) quantiles of (n, runs) minutes that rise; as numpy's, in a third of its time for so few runs."""
    place = np.array(LEVELS) * (rising.shape[1] - 1)
    low = place.astype(np.int64)
    below, above = rising[:, low], rising[:, np.minimum(low + 1, rising.shape[1] - 1)]
    between: Floats = below + (above - below) * (place - low)
    return between


def correct(forecast: Forecast, correction: Correction) -> Forecast:
    """Return the forecast, scaled and stretched around its median."""
    mean, *quantiles = (value * correction.ratio for value in forecast)
    middle = quantiles[2]
    return Forecast(mean, *(max(0.0, middle + correction.stretch * (value - middle)) for value in quantiles))


def calibrate(faults: list[Fault]) -> Correction:
    """Return the correction that would have been best: ratio by sums, stretch by the pinball loss."""
    if len(faults) < FEW // 3:
        return Correction()
    made = np.array([fault.forecast for fault in faults])
    waited = np.array([fault.waited for fault in faults])
    ratio = float(np.clip(waited.sum() / max(made[:, 0].sum(), 1e-9), *RATIOS))
    quantiles = made[:, 1:] * ratio
    middle = quantiles[:, 2:3]
    losses = [pinball(np.maximum(0.0, middle + k * (quantiles - middle)), waited) for k in STRETCHES]
    return Correction(ratio=ratio, stretch=float(STRETCHES[int(np.argmin(losses))]))


def corrections(faults: Sequence[list[Fault]]) -> list[Correction]:
    """Return the correction of each tenant: that of all together while it has few forecasts of its own."""
    whole = calibrate([fault for own in faults for fault in own])
    return [calibrate(own) if len(own) >= FEW else whole for own in faults]


def pinball(quantiles: Floats, actual: Floats) -> float:
    """Return the mean loss of (n, 5) quantiles: each miss counts by how unlikely the quantile said it was."""
    miss = actual[:, None] - quantiles
    levels = np.array(LEVELS)
    return float(np.maximum(levels * miss, (levels - 1.0) * miss).mean())
