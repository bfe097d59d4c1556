"""Legs and counter hours of a period as columns: put together, narrowed to what is meant, keyed for grouping. Pure."""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from mpp.core import packed
from mpp.core.packed import Kept, Table

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


class By(StrEnum):
    """What figures can be grouped by."""

    TENANT = "tenant"
    SERVICE = "service"
    COUNTER = "counter"
    ZONE = "zone"
    HOUR = "hour"
    WEEKDAY = "weekday"
    WEEKDAY_HOUR = "weekday_hour"
    DAY = "day"
    PRIORITY = "priority"
    ROLE = "role"


class Only(Struct, frozen=True, kw_only=True):
    """Which legs are meant; None is all.

    Hours are those in which a visitor came, 0 to 23; Monday is weekday 0; roles are numbers of `packed`.
    """

    service: int | None = None
    counter: int | None = None
    zone: int | None = None
    hour: int | None = None
    weekday: int | None = None
    is_priority: bool | None = None
    role: int | None = None


class Columns(Struct, frozen=True):
    """Legs and counter hours of a period, with the day (ordinal) and tenant of each row beside them."""

    legs: Table
    leg_days: Ints
    leg_tenants: Ints
    hours: Table
    hour_days: Ints
    hour_tenants: Ints


def columns(kept: Sequence[Kept]) -> Columns:
    """Put days together."""
    legs, hours = packed.read_legs(one.what.legs for one in kept), packed.read_hours(one.what.hours for one in kept)
    days, tenants = [one.day.toordinal() for one in kept], [one.tenant_id for one in kept]
    n_legs = [len(one.what.legs) // packed.LEGS.itemsize for one in kept]
    n_hours = [len(one.what.hours) // packed.HOURS.itemsize for one in kept]
    return Columns(
        legs,
        np.repeat(np.array(days, np.int64), n_legs),
        np.repeat(np.array(tenants, np.int64), n_legs),
        hours,
        np.repeat(np.array(days, np.int64), n_hours),
        np.repeat(np.array(tenants, np.int64), n_hours),
    )


def weekday(days: Ints) -> Ints:
    """Return the weekday of ordinal days; Monday is 0."""
    return (days - 1) % 7  # the first day of the calendar was a Monday


def hour(legs: Table) -> Ints:
    """Return the hour in which each leg's visitor joined the queue."""
    found: Ints = np.clip(legs["joined"].astype(np.int64) // 3600, 0, 23)
    return found


def narrowed(of: Columns, only: Only) -> Columns:
    """Keep what is meant."""
    if only == Only():
        return of  # a year need not be copied to be kept whole
    legs: Bools = np.ones(len(of.legs), np.bool_)
    hours: Bools = np.ones(len(of.hours), np.bool_)
    for name in ("service", "counter", "zone", "is_priority", "role"):
        wanted = getattr(only, name)
        if wanted is not None:
            legs &= of.legs[name] == wanted
            hours &= of.hours[name] == wanted if name in (packed.HOURS.names or ()) else False
    if only.hour is not None:
        legs &= hour(of.legs) == only.hour
        hours &= of.hours["hour"] == only.hour
    if only.weekday is not None:
        legs &= weekday(of.leg_days) == only.weekday
        hours &= weekday(of.hour_days) == only.weekday
    return Columns(
        of.legs[legs],
        of.leg_days[legs],
        of.leg_tenants[legs],
        of.hours[hours],
        of.hour_days[hours],
        of.hour_tenants[hours],
    )


def keys(rows: Table, days: Ints, tenants: Ints, hours: Ints, by: By) -> Ints:
    """Return the group of each row: ids, ordinals of days, weekday x 24 + hour, or the numbers of `packed`."""
    match by:
        case By.TENANT:
            return tenants
        case By.DAY:
            return days
        case By.WEEKDAY:
            return weekday(days)
        case By.HOUR:
            return hours
        case By.WEEKDAY_HOUR:
            return weekday(days) * 24 + hours
        case By.PRIORITY:
            return np.asarray(rows["is_priority"], np.int64)
        case By.SERVICE | By.COUNTER | By.ZONE | By.ROLE:
            return np.asarray(rows[by.value], np.int64)
