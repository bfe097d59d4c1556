"""Agreed times beside the opening hours: who is given a number when nobody else is."""

from datetime import time, timedelta

import pytest

from tests.ticketing.deeds import WITA, wita
from ticketing.core import appointment, hours
from ticketing.core.hours import Break, Interval, OpeningHours

DAY = Interval(open=time(8), close=time(16), breaks=(Break(start=time(12), end=time(13), name="Istirahat"),))
WEEK = OpeningHours(mon=DAY)
HOLIDAYS = {wita(30, 0).date(): "Libur"}


@pytest.mark.parametrize(
    ("agreed", "came", "is_one"),
    [
        ((23, 15, 25), (23, 15, 35), True),
        ((23, 15, 25), (23, 16, 0), False),
        ((23, 15, 30), (23, 15, 35), False),
        ((23, 11, 55), (23, 12, 5), True),
        ((23, 13, 0), (23, 12, 55), True),
        ((23, 12, 0), (23, 12, 5), False),
        ((23, 8, 0), (23, 7, 55), False),
        ((23, 10, 0), (23, 9, 0), True),
        ((23, 12, 30), (23, 13, 5), True),
        ((24, 10, 0), (24, 10, 0), False),
        ((30, 10, 0), (30, 10, 0), False),
    ],
    ids=[
        "agreed before the last number, a little late",
        "closed for the day meanwhile",
        "agreed for a time without numbers",
        "agreed before a break, come in it",
        "agreed for the end of a break, come in it",
        "agreed for a break",
        "before the opening nobody is there to give it",
        "open now",
        "open now, whatever the hours were when it was agreed",
        "a day on which it is shut",
        "a holiday",
    ],
)
def test_a_number_for_an_agreed_time(agreed: tuple[int, int, int], came: tuple[int, int, int], is_one: bool) -> None:
    now, then = (
        hours.status(wita(*at).astimezone(WITA), WEEK, HOLIDAYS, timedelta(minutes=30)) for at in (came, agreed)
    )
    assert appointment.is_received(now, then) is is_one
