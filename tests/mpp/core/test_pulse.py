"""How today goes beside days like it, against hand calculations."""

from datetime import date, timedelta

from mpp.core import packed, pulse
from mpp.core.packed import Kept
from mpp.core.pulse import Beat
from tests.mpp.core.days import DAY, TENANT, log, together
from tests.mpp.core.test_figures import FACTS

TEN = int(timedelta(hours=10).total_seconds())


def kept(waits: list[float], day: date = DAY) -> list[Kept]:
    """Tell a day on which visitors who came at eight wait so many minutes for their call."""
    told = packed.tell(
        together(*(log((0, "issue"), (wait, "call"), ticket=nth) for nth, wait in enumerate(waits, 1))), FACTS
    )
    return [Kept(day, id, of) for id, of in told.items()]


def test_nine_in_ten_of_today_stand_beside_those_of_other_days_together() -> None:
    before = [*kept([10.0] * 5), *kept([20.0] * 5)]
    found = pulse.beats(kept([float(n) for n in range(11)]), before, TEN, 5)
    assert found == {TENANT: Beat(wait_p90=9 * 60.0, usual_p90=20 * 60.0)}


def test_what_came_later_on_other_days_does_not_count() -> None:
    before = kept([10.0] * 5 + [130.0] * 5)
    assert pulse.beats([], before, TEN, 5) == {TENANT: Beat(None, 600.0)}
    assert pulse.beats([], before, TEN + 3600, 5) == {TENANT: Beat(None, 7800.0)}


def test_of_too_few_nothing_is_told() -> None:
    assert pulse.beats(kept([5.0] * 4), [], TEN, 5) == {}
