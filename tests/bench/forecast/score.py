"""Measures of forecasts: how far off, to which side, how sure, beside the clairvoyant."""

from typing import NamedTuple

import numpy as np

from counters.core.forecast.quantiles import pinball
from counters.core.forecast.shapes import Bools, Floats


class Score(NamedTuple):
    """How good forecasts were; minutes unless it is a share. Medians for the error, means for square and bias."""

    error: float
    square: float
    bias: float
    coverage: float
    width: float
    loss: float
    favoured: float
    """Error for the favoured classes."""


def score(quantiles: Floats, waited: Floats, favoured: Bools) -> Score:
    """Score (n, 6) mean and quantiles of tickets that had to wait."""
    mean, low, middle, high = quantiles[:, 0], quantiles[:, 1], quantiles[:, 3], quantiles[:, 5]
    off = np.abs(middle - waited)
    return Score(
        error=float(off.mean()),
        square=float(np.sqrt(((mean - waited) ** 2).mean())),
        bias=float((mean - waited).mean()),
        coverage=float(((low <= waited) & (waited <= high)).mean()),
        width=float((high - low).mean()),
        loss=pinball(quantiles[:, 1:], waited),
        favoured=float(off[favoured].mean()),
    )


def line(name: str, found: Score, limit: Score, perfect: Score, *, has_range: bool) -> str:
    """Write one row of the table."""
    sure = f"{found.coverage:.2f} | {found.width:.1f} | {found.loss / limit.loss:.2f}" if has_range else "| |"
    return (
        f"| {name} | {found.error:.2f} | {found.error / limit.error:.3f} | {found.error / perfect.error:.3f} | "
        f"{found.square / limit.square:.3f} | {found.bias:+.2f} | {found.favoured / limit.favoured:.3f} | {sure} |"
    )


HEAD = (
    "| forecast | MAE, min | / L1 | / L2 | RMSE / L1 | bias, min | favoured: MAE / L1 | 80 % covers | width, min | "
    "pinball / L1 |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
)
