"""What differs between two descriptions of a mall, one line for each thing, for people to read before they undo."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from mpp.description.core.plain import Plain

KEYS: Mapping[str, str] = {
    "zones": "code",
    "tenants": "code",
    "services": "code",
    "counters": "code",
    "outcomes": "code",
    "priority_classes": "code",
    "holidays": "date",
}
"""Lists of things that stay what they are when their fields change, and the field by which each is known."""

LONGEST = 120
"""Letters of a value that are shown: enough to recognise it by."""


class Verb(StrEnum):
    """What happened to a thing."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


class Change(Struct, frozen=True, kw_only=True):
    """One difference: in which part, of which thing, in which of its fields; "" where there is none."""

    verb: Verb
    part: str
    name: str = ""
    field: str = ""
    before: str = ""
    after: str = ""


def difference(before: Plain, after: Plain) -> list[Change]:
    """List what differs, in the order of the description."""
    return list(_fields("mall", "", before, after))


def _fields(part: str, name: str, before: Plain, after: Plain) -> Iterator[Change]:
    for field in {**before, **after}:
        old, new = before.get(field), after.get(field)
        if old == new:
            continue
        if field in KEYS and (_is_things(old) or _is_things(new)):
            yield from _things(field, _rows(old), _rows(new))
        elif field == "hours":
            yield from _days(name, _group(old), _group(new))
        elif part == "mall" and (isinstance(old, dict) or isinstance(new, dict)):
            yield from _fields(field, name, _group(old), _group(new))
        else:
            yield Change(verb=Verb.CHANGED, part=part, name=name, field=field, before=text(old), after=text(new))


def _days(name: str, before: Plain, after: Plain) -> Iterator[Change]:
    for day in {**before, **after}:
        if before.get(day) != after.get(day):
            old, new = opening(before.get(day)), opening(after.get(day))
            yield Change(verb=Verb.CHANGED, part="hours", name=name, field=day, before=old, after=new)


def _things(part: str, before: Sequence[Plain], after: Sequence[Plain]) -> Iterator[Change]:
    key = KEYS[part]
    old, new = ({str(row.get(key)): row for row in rows} for rows in (before, after))
    for code, row in new.items():
        if code not in old:
            yield Change(verb=Verb.ADDED, part=part, name=_name(row))
    for code, row in old.items():
        if code not in new:
            yield Change(verb=Verb.REMOVED, part=part, name=_name(row))
    for code in old:
        if code in new:
            yield from _fields(part, _name(new[code]), old[code], new[code])
    if [code for code in old if code in new] != [code for code in new if code in old]:
        yield Change(verb=Verb.MOVED, part=part)


def _name(row: Plain) -> str:
    name = str(row.get("name") or row.get("code") or "")
    return f"{name} ({row['date']})" if "date" in row else name


def _is_things(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def _rows(value: object) -> Sequence[Plain]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _group(value: object) -> Plain:
    return value if isinstance(value, dict) else {}


def opening(day: object) -> str:
    """Write a day's hours, such as "08:00-15:00 (12:00-13:00)"; "" is closed."""
    if not isinstance(day, dict):
        return ""
    pauses = ", ".join(f"{_clock(one, 'start')}-{_clock(one, 'end')}" for one in _rows(day.get("breaks")))
    return f"{_clock(day, 'open')}-{_clock(day, 'close')}" + (f" ({pauses})" if pauses else "")


def _clock(of: Plain, field: str) -> str:
    return str(of.get(field, ""))[:5]


def text(value: object) -> str:
    """Write a value in one short line; yes and no are "true" and "false", nothing is ""."""
    match value:
        case None:
            said = ""
        case bool():
            said = str(value).lower()
        case list():
            said = ", ".join(text(one) for one in value)
        case dict():
            said = (
                str(value["name"]) if "name" in value else ", ".join(f"{key}: {text(it)}" for key, it in value.items())
            )
        case _:
            said = str(value)
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"
