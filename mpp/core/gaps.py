"""Spans of time less the gaps in them. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

Gap = tuple[datetime, datetime]
NOTHING = timedelta()


def without(begins: datetime, ends: datetime, gaps: Iterable[Gap]) -> timedelta:
    """Return the time from `begins` to `ends` less the gaps, which may overlap; never negative."""
    net, reached = max(ends - begins, NOTHING), begins
    for since, until in sorted(gaps):
        lost = min(until, ends) - max(since, reached)
        if lost > NOTHING:
            net -= lost
            reached = min(until, ends)
    return net
