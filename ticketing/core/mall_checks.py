"""What must fit together in a mall file: codes, prefixes, hours, and who serves what."""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from itertools import chain
from typing import NamedTuple
from zoneinfo import available_timezones

from ticketing.core import form
from ticketing.core.hours import Interval, OpeningHours, week
from ticketing.core.lines import LINE
from ticketing.core.mall_entries import CounterEntry, MallFile

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The fields of OpeningHours, in the order of a week."""


ZONES = "Asia/Jakarta (WIB), Asia/Makassar (WITA) or Asia/Jayapura (WIT)"
"""The time zones of Indonesia; any other of the tz database is taken too."""


LONGEST_WORDS = 100
"""Letters of a pronunciation; nobody listens longer for one word."""


class Fault(NamedTuple):
    """Something that does not fit; `path` is like `$.tenants[0].prefix`, `reason` says what to do.

    `code` is the same for a page, which finds its words for it and puts `given` and `other` into them.
    """

    path: str
    reason: str
    code: str
    given: str = ""
    other: str = ""


def faults(mall: MallFile, spoken: Collection[str]) -> Iterator[Fault]:
    """Find everything in a mall that does not fit together; `spoken` are the languages of the voice."""
    yield from _timezone(mall)
    yield from _hours("$.hours", mall.hours, mall.last_ticket_minutes)
    for at, tenant in enumerate(mall.tenants):
        if tenant.hours is not None:
            yield from _hours(f"$.tenants[{at}].hours", tenant.hours, mall.last_ticket_minutes)
    yield from _twice(mall)
    yield from _prefixes(mall)
    yield from _references(mall)
    yield from _voices(mall, spoken)
    yield from _unserved(mall)


def served_by(counter: CounterEntry, mall: MallFile) -> tuple[str, ...]:
    """List the codes of the services of a counter, with `all` written out."""
    if counter.services != "all":
        return counter.services
    own = (tenant.services for tenant in mall.tenants if tenant.code == counter.tenant)
    return tuple(service.code for service in chain.from_iterable(own))


def _timezone(mall: MallFile) -> Iterator[Fault]:
    if mall.mall.timezone not in available_timezones():
        reason = f'there is no time zone "{mall.mall.timezone}"; write {ZONES}'
        yield Fault("$.mall.timezone", reason, "timezone")


def _hours(path: str, hours: OpeningHours, last_ticket_minutes: int) -> Iterator[Fault]:
    days = [(f"{path}.{name}", day) for name, day in zip(DAYS, week(hours), strict=True) if day is not None]
    if not days:
        reason = 'no day is open; give at least one, for example "mon: {open: 08:00, close: 15:00}"'
        yield Fault(path, reason, "no_day")
    for place, day in days:
        if day.close <= day.open:
            yield Fault(f"{place}.close", f"{day.close:%H:%M} is not after opening; close later", "ends_early")
        elif _minutes(day.close) - _minutes(day.open) <= last_ticket_minutes:
            yield Fault(place, "last_ticket_minutes leaves no time for any ticket; open longer", "no_time_for_tickets")
        yield from _whole_minutes(place, open=day.open, close=day.close)
        yield from _breaks(place, day)


def _breaks(path: str, day: Interval) -> Iterator[Fault]:
    free_from = day.open
    for at, pause in enumerate(day.breaks):
        place = f"{path}.breaks[{at}]"
        if pause.end <= pause.start:
            reason = f"{pause.end:%H:%M} is not after the start; end the break later"
            yield Fault(f"{place}.end", reason, "ends_early")
        elif pause.start <= day.open or pause.end >= day.close:
            inside = f"{day.open:%H:%M} to {day.close:%H:%M}"
            yield Fault(place, f"this break is outside the hours {inside}; move one of them", "break_outside")
        elif pause.start < free_from:
            yield Fault(place, "this break begins before the one above ends; list them in order", "break_order")
        free_from = max(free_from, pause.end)
        yield from _whole_minutes(place, start=pause.start, end=pause.end)


def _whole_minutes(path: str, **times: dt.time) -> Iterator[Fault]:
    for name, time in times.items():
        if time.second or time.microsecond:
            yield Fault(f"{path}.{name}", f"write hours and minutes only, for example {time:%H:%M}", "time")


def _twice(mall: MallFile) -> Iterator[Fault]:
    yield from _repeated("language", _column("$.mall.languages", mall.mall.languages))
    yield from _repeated("class code", _column("$.mall.priority_classes", mall.mall.priority_classes, "code"))
    yield from _repeated("holiday", _column("$.holidays", mall.holidays, "date"))
    yield from _repeated("zone code", _column("$.zones", mall.zones, "code"))
    yield from _repeated("tenant code", _column("$.tenants", mall.tenants, "code"))
    tenants = enumerate(mall.tenants)
    lists = (_column(f"$.tenants[{at}].services", tenant.services, "code") for at, tenant in tenants)
    yield from _repeated("service code", chain.from_iterable(lists))
    for at, tenant in enumerate(mall.tenants):
        for nth, service in enumerate(tenant.services):
            path = f"$.tenants[{at}].services[{nth}]"
            yield from _repeated("keyword", _column(f"{path}.keywords", service.keywords))
            for fault in form.faults(service.forms):
                yield Fault(f"{path}.forms{fault.path}", fault.reason, fault.code, fault.given)
            yield from _repeated("outcome", _column(f"{path}.outcomes", service.outcomes, "code"))
    yield from _repeated("counter code", _column("$.counters", mall.counters, "code"))
    yield from _repeated("counter name", _column("$.counters", mall.counters, "name"))
    for at, zone in enumerate(mall.zones):
        yield from _repeated("language", _column(f"$.zones[{at}].languages", zone.languages))
    for at, counter in enumerate(mall.counters):
        yield from _repeated("service", _column(f"$.counters[{at}].services", served_by(counter, mall)))


def _column(path: str, rows: Iterable[object], name: str = "") -> Iterator[tuple[str, str]]:
    for at, row in enumerate(rows):
        yield (f"{path}[{at}].{name}", str(getattr(row, name))) if name else (f"{path}[{at}]", str(row))


def _repeated(kind: str, rows: Iterable[tuple[str, str]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for path, value in rows:
        if value in seen:
            yield Fault(path, f'{kind} "{value}" is given twice; change or delete one of the two', "twice", value)
        seen.add(value)


def _prefixes(mall: MallFile) -> Iterator[Fault]:
    owners: dict[str, str] = {}
    for at, tenant in enumerate(mall.tenants):
        rows = [(f"$.tenants[{at}].prefix", tenant.prefix)]
        rows += [
            (f"$.tenants[{at}].services[{nth}].prefix", service.prefix)
            for nth, service in enumerate(tenant.services)
            if service.prefix is not None
        ]
        for path, prefix in rows:
            owner = owners.setdefault(prefix, tenant.code)
            if owner != tenant.code:
                reason = f'prefix "{prefix}" belongs to tenant {owner}; choose another'
                yield Fault(path, reason, "prefix_taken", prefix, owner)


def _references(mall: MallFile) -> Iterator[Fault]:
    zones = [zone.code for zone in mall.zones]
    tenants = [tenant.code for tenant in mall.tenants]
    homes = {service.code: tenant.code for tenant in mall.tenants for service in tenant.services}
    for at, counter in enumerate(mall.counters):
        path = f"$.counters[{at}]"
        yield from _unknown(f"{path}.zone", "zone", counter.zone, zones)
        yield from _unknown(f"{path}.tenant", "tenant", counter.tenant, tenants)
        for nth, code in enumerate(served_by(counter, mall)):
            place = f"{path}.services[{nth}]"
            yield from _unknown(place, "service", code, homes)
            if homes.get(code) != counter.tenant:
                reason = f"{code} is not a service of tenant {counter.tenant}; move it to another counter"
                yield Fault(place, reason, "not_of_tenant", code, counter.tenant)


def _voices(mall: MallFile, spoken: Collection[str]) -> Iterator[Fault]:
    for at, zone in enumerate(mall.zones):
        for nth, language in enumerate(zone.languages):
            yield from _unspoken(f"$.zones[{at}].languages[{nth}]", language, spoken)
    written: dict[str, str] = {}
    for word, said in mall.pronunciations.items():
        place = f"$.pronunciations.{word}"
        if written.setdefault(word.casefold(), word) != word:
            other = written[word.casefold()]
            yield Fault(place, f'"{word}" and "{other}" are one word to the voice; keep one', "twice", word)
        by_language = {"": said} if isinstance(said, str) else said
        for language, text in by_language.items():
            at_language = f"{place}.{language}" if language else place
            if language:
                yield from _unspoken(at_language, language, spoken)
            for line in (word, text):
                if not re.search(LINE, line) or not re.search(r"\w", line) or len(line) > LONGEST_WORDS:
                    reason = f'write "{word}" as words to be said, for example SKCK: es ka ce ka'
                    yield Fault(at_language, reason, "not_words", word)


def _unspoken(path: str, language: str, spoken: Collection[str]) -> Iterator[Fault]:
    if language not in spoken:
        reason = f'the voice does not speak "{language}"; it speaks {", ".join(sorted(spoken))} (see docs/voice.md)'
        yield Fault(path, reason, "not_spoken", language)


def _unserved(mall: MallFile) -> Iterator[Fault]:
    served = {code for counter in mall.counters for code in served_by(counter, mall)}
    for at, tenant in enumerate(mall.tenants):
        for nth, service in enumerate(tenant.services):
            if service.code not in served:
                reason = f"no counter serves {service.code}; give it to a counter of {tenant.code}, or delete it"
                path = f"$.tenants[{at}].services[{nth}].code"
                yield Fault(path, reason, "unserved", service.name, tenant.short_name)


def _unknown(path: str, kind: str, name: str, known: Collection[str]) -> Iterator[Fault]:
    if name not in known:
        near = get_close_matches(name, sorted(known), n=1)
        hint = f'did you mean "{near[0]}"?' if near else f"add it, or choose one such as {min(known)}"
        yield Fault(path, f'there is no {kind} "{name}"; {hint}', f"unknown_{kind}", name)


def _minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute
