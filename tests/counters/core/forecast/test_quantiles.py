"""From runs to what is shown."""

import numpy as np
import pytest

from counters.core.forecast import quantiles
from counters.core.forecast.answer import Forecast
from counters.core.forecast.quantiles import Correction, Fault

TYPICAL = Forecast(10.0, 4.0, 7.0, 10.0, 13.0, 16.0)


def test_one_who_is_not_called_in_a_run_waits_until_the_days_end() -> None:
    found = quantiles.summary(np.array([[1.0, np.inf], [3.0, np.inf], [np.inf, 70.0]]), 60.0)
    assert found[0, 0] == pytest.approx((1 + 3 + 60) / 3)
    assert found[1, 5] == 70.0


def test_a_correction_scales_and_stretches_around_the_middle() -> None:
    assert quantiles.correct(TYPICAL, Correction()) == TYPICAL
    assert quantiles.correct(TYPICAL, Correction(ratio=1.1)).mean == pytest.approx(11.0)
    assert quantiles.correct(TYPICAL, Correction(stretch=2.0)) == Forecast(10.0, 0.0, 4.0, 10.0, 16.0, 22.0)


def test_errors_of_the_past_tell_the_correction() -> None:
    chance = np.random.default_rng(3)
    waits = chance.normal(11.0, 2 * 4.7, 3000).clip(0.1)  # longer, and twice as uncertain as foretold
    found = quantiles.calibrate([Fault(TYPICAL, float(waited)) for waited in waits])
    assert found.ratio == pytest.approx(waits.mean() / 10.0)
    assert found.stretch > 1.4


def test_few_errors_tell_nothing() -> None:
    assert quantiles.calibrate([Fault(TYPICAL, 99.0)] * 20) == Correction()
