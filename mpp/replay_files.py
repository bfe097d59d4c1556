"""The files of `mpp forecast replay`: a mall's plan, its log, the table of forecasts. Errors say line and remedy."""

import csv
import gzip
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from counters.core.forecast.answer import Prediction
from counters.core.forecast.plan import Entry, Kind, Plan, PlannedBreak, PlannedCounter, PlannedTenant

COLUMNS = ("day", "t", "event", "tenant", "counter", "ticket", "service", "class_or_operator")
WRITTEN = ("day", "ticket", "mean", "q10", "q25", "q50", "q75", "q90")


CLASSES = 100
"""Classes of visitors that a log may number; more is a mistake, such as a ticket's number in the wrong column."""


class FaultyLog(Exception):
    """A file of the replay cannot be used; the message says which, where, and what to do."""


class ServiceEntry(Struct):
    """A service in config.json."""

    nominal_min: float


class CounterEntry(Struct):
    """A counter in config.json."""

    skills: list[int]
    open: float | None = None
    close: float | None = None
    lunch: tuple[float, float] | None = None


class TenantEntry(Struct):
    """A tenant in config.json."""

    services: list[ServiceEntry]
    counters: list[CounterEntry]


class MallEntry(Struct):
    """The whole of config.json."""

    open: float
    close: float
    tenants: list[TenantEntry]
    note: str = ""
    b: list[float] | None = None


def read_plan(path: Path) -> Plan:
    """Read config.json.

    Raises: FaultyLog.
    """
    try:
        mall = msgspec.json.decode(path.read_bytes(), type=MallEntry)
    except msgspec.DecodeError as error:
        raise FaultyLog(f"{path}: {error}. See docs/forecast.md for what the file must hold.") from None
    for number, tenant in enumerate(mall.tenants):
        _check(path, number, tenant)
    return Plan(
        closes=mall.close,
        tenants=tuple(_tenant(mall, tenant) for tenant in mall.tenants),
        weights=_declared(mall),
    )


def _check(path: Path, number: int, tenant: TenantEntry) -> None:
    services = len(tenant.services)
    if not services or not tenant.counters:
        raise FaultyLog(f"{path}: tenant {number} needs at least one service and one counter.")
    if any(not 0 < service.nominal_min < 1440 for service in tenant.services):
        raise FaultyLog(f"{path}: tenant {number} has a service whose nominal_min is not between 0 and 1440 minutes.")
    for counter, entry in enumerate(tenant.counters):
        unknown = [skill for skill in entry.skills if not 0 <= skill < services]
        if unknown:
            raise FaultyLog(
                f"{path}: counter {counter} of tenant {number} serves {unknown[0]}, but the services of this tenant "
                f"are numbered 0 to {services - 1}."
            )


def _tenant(mall: MallEntry, tenant: TenantEntry) -> PlannedTenant:
    return PlannedTenant(
        minutes=tuple(service.nominal_min for service in tenant.services),
        counters=tuple(
            PlannedCounter(
                services=tuple(counter.skills),
                opens=mall.open if counter.open is None else counter.open,
                closes=mall.close if counter.close is None else counter.close,
                breaks=() if counter.lunch is None else (PlannedBreak(at=counter.lunch[0], minutes=counter.lunch[1]),),
            )
            for counter in tenant.counters
        ),
    )


def _declared(mall: MallEntry) -> tuple[float, ...]:
    """Return the weights of the classes, where the file or its note says them; the log has the last word."""
    if mall.b is not None:
        return tuple(mall.b)
    found = re.search(r"\bb\s*=\s*\[([\d.,\s]+)\]", mall.note)
    parts = [part.strip() for part in found[1].split(",")] if found else []
    try:
        return tuple(float(part) for part in parts if part)
    except ValueError:
        return ()  # a note is for people


def read_log(path: Path, plan: Plan, warn: Callable[[str], None]) -> list[Entry]:
    """Read events.csv.gz (or a plain events.csv), in the order of time.

    Raises: FaultyLog.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
            return _entries(path, file, plan, warn)
    except gzip.BadGzipFile:
        if path.suffix == ".gz":
            raise FaultyLog(f"{path} is named .gz but is not compressed; use gzip, or take .gz off its name.") from None
    except (EOFError, zlib.error):
        raise FaultyLog(f"{path} ends in the middle or is damaged; copy it again.") from None
    except (UnicodeDecodeError, csv.Error):
        raise FaultyLog(f"{path} is not text in UTF-8; export it again as CSV.") from None
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _entries(path, file, plan, warn)
    except (UnicodeDecodeError, csv.Error):
        raise FaultyLog(f"{path} is not text in UTF-8; export it again as CSV.") from None


def _entries(path: Path, file: Iterable[str], plan: Plan, warn: Callable[[str], None]) -> list[Entry]:
    rows = csv.reader(file)
    header = [name.strip() for name in next(rows, [])]
    if not header:
        raise FaultyLog(f"{path} is empty; its first line must be: {','.join(COLUMNS)}")
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise FaultyLog(f"{path} has no column {missing[0]}; its first line must be: {','.join(COLUMNS)}")
    at = [header.index(name) for name in COLUMNS]
    known = {str(kind): kind for kind in Kind}
    strange: dict[str, int] = {}
    entries = []
    for number, row in enumerate(rows, start=2):
        if not row:
            continue
        entry = _entry(path, number, row, at, known, strange)
        if entry is not None:
            _must_fit(path, number, entry, plan)
            entries.append(entry)
    for name, count in strange.items():
        warn(f"{count} lines with the unknown event {name!r} were left out")
    if not entries:
        raise FaultyLog(f"{path} holds no event; a replay needs at least one day to learn and one to foretell.")
    return sorted(entries, key=lambda entry: entry[:2])


def _entry(
    path: Path, number: int, row: list[str], at: list[int], known: dict[str, Kind], strange: dict[str, int]
) -> Entry | None:
    try:
        day, time, event, tenant, counter, ticket, service, who = (row[column].strip() for column in at)
        kind = known.get(event)
        if kind is None:
            strange[event] = strange.get(event, 0) + 1
            return None
        return Entry(
            int(day), float(time), kind, int(tenant), _number(counter), _number(ticket), _number(service), _number(who)
        )
    except (ValueError, IndexError):
        raise FaultyLog(
            f"{path}, line {number}: {','.join(row)} does not fit the columns {','.join(COLUMNS)}"
        ) from None


def _number(text: str) -> int:
    return int(text) if text else -1


OF_TICKETS = frozenset({Kind.TICKET, Kind.CALL, Kind.START, Kind.END, Kind.NO_SHOW})


def _must_fit(path: Path, number: int, entry: Entry, plan: Plan) -> None:
    where = f"{path}, line {number}"
    if not 0 <= entry.tenant < len(plan.tenants):
        raise FaultyLog(
            f"{where}: tenant {entry.tenant} is not in the configuration, which has {len(plan.tenants)} tenants from 0."
        )
    tenant = plan.tenants[entry.tenant]
    if entry.kind in OF_TICKETS and not 0 <= entry.service < len(tenant.minutes):
        raise FaultyLog(
            f"{where}: tenant {entry.tenant} has no service {entry.service}; its services in the configuration are "
            f"numbered 0 to {len(tenant.minutes) - 1}."
        )
    if entry.kind is not Kind.TICKET and not 0 <= entry.counter < len(tenant.counters):
        raise FaultyLog(
            f"{where}: tenant {entry.tenant} has no counter {entry.counter}; its counters in the configuration are "
            f"numbered 0 to {len(tenant.counters) - 1}."
        )
    if entry.kind is Kind.TICKET and (entry.ticket < 0 or not 0 <= entry.who < CLASSES):
        raise FaultyLog(f"{where}: a ticket needs its number and its visitor's class, 0 (ordinary) to {CLASSES - 1}.")
    if not 0 <= entry.at < 1440:
        raise FaultyLog(f"{where}: t is {entry.at:g}, but is counted in minutes from midnight, from 0 to 1440.")


def first_day(entries: list[Entry], train_days: int) -> int:
    """Return the first day that is foretold. Days are counted from 0, or from the log's own first day if that is late.

    Raises: FaultyLog.
    """
    begin, end = entries[0].day, entries[-1].day
    first = train_days if 0 <= begin < train_days else begin + train_days
    if first > end:
        raise FaultyLog(
            f"The log ends with day {end}, so that no day is left after {train_days} days of learning; "
            f"use a smaller --train-days."
        )
    return first


def write(path: Path, predictions: Iterable[Prediction]) -> int:
    """Write the table, whole or not at all, and return how many tickets it has."""
    part = path.with_name(f"{path.name}.part")
    with part.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(WRITTEN)
        written = 0
        for row in _rows(predictions):
            rows.writerow(row)
            written += 1
    part.replace(path)
    return written


def _rows(predictions: Iterable[Prediction]) -> Iterator[list[str]]:
    for day, ticket, forecast in predictions:
        yield [str(day), str(ticket), *(f"{minutes:.3f}" for minutes in forecast)]
