"""Who can still be served today: the chance to be called before closing."""

import pytest

from ticketing.core.closing import Closing, Mode, chance_within, is_late
from ticketing.core.outlook import Chance, Forecast

HOUR = Forecast(60, 20, 40, 60, 80, 100)

CHANCES = {
    "no time left": (Chance(HOUR), 0, 0.0),
    "after closing": (Chance(HOUR), -5, 0.0),
    "below the first quantile": (Chance(HOUR), 10, 0.05),
    "between quantiles": (Chance(HOUR), 50, 0.375),
    "the middle": (Chance(HOUR), 60, 0.5),
    "beyond the last quantile": (Chance(HOUR), 120, 0.95),
    "time enough": (Chance(HOUR), 300, 1.0),
    "nobody waits": (Chance(Forecast(0, 0, 0, 0, 0, 0)), 1, 1.0),
    "a third of the runs never calls": (Chance(HOUR, 0.375), 300, 0.625),
}


@pytest.mark.parametrize(("chance", "minutes", "share"), CHANCES.values(), ids=CHANCES)
def test_the_chance_lies_between_the_quantiles(chance: Chance, minutes: float, share: float) -> None:
    assert chance_within(chance, minutes) == pytest.approx(share)


LATE = {
    "less likely than not": (Closing(), Chance(HOUR), 59, True),
    "as likely as not": (Closing(), Chance(HOUR), 60, False),
    "a careful mall": (Closing(percent=80), Chance(HOUR), 80, True),
    "also when it stops": (Closing(mode=Mode.STOP), Chance(HOUR), 10, True),
    "switched off": (Closing(mode=Mode.OFF), Chance(HOUR), 10, False),
    "nobody knows": (Closing(), None, 10, False),
    "no counter serves: that is said otherwise": (Closing(), Chance(HOUR, 1.0), 10, False),
}


@pytest.mark.parametrize(("rules", "chance", "minutes", "expected"), LATE.values(), ids=LATE)
def test_a_number_is_late_when_it_is_likely_in_vain(
    rules: Closing, chance: Chance | None, minutes: float, expected: bool
) -> None:
    assert is_late(rules, chance, minutes) is expected
