"""The log is for ever, so no event holds personal data: each text in an event is listed here, with the reason."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from types import NoneType
from typing import Any, get_args

import msgspec
import pytest

from ticketing.core.events import AnyEvent

PLAIN = (int, float, bool, date, datetime, Enum, NoneType)
"""Numbers, times and words of an enumeration: of themselves they name nobody. Who is behind `person:3` is told by a row
that can be erased."""

TEXTS = {
    "issued.code": "a secret made at random; whoever holds the slip has it, and nobody knows who that is",
    "issued.number": "the number on the slip",
    "issued.series": "the letters of the number",
    "issued.priority": "the code of a class of the mall file; the ticket knows nobody",
    "finished.outcome": "the code of an outcome of the mall file",
    "returned.outcome": "the code of an outcome of the mall file",
    "device_approved.code": "the code of a machine",
    "device_approved.name": "the name of a machine, as the administrator calls it",
    "numbers_leased.blocks.series": "the letters of numbers",
    "numbers_returned.blocks.series": "the letters of numbers",
    "media_added.key": "the hash of a picture's content",
    "media_removed.key": "the hash of a picture's content",
    "media_changed.key": "the hash of a picture's content",
    "person_added.role": "a role",
    "token_made.role": "a role",
    "month_reported.month": "a month, such as 2026-10",
    "edition_added.instrument": "what the mall is measured by",
    "edition_added.name": "the name of a law or rule",
    "complaint_received.number": "the running number of a complaint",
    "survey_answered.way": "the way it came in: phone, kiosk or paper",
    "quickly_rated.way": "the way it came in: phone, kiosk or paper",
    "survey_plan_written.element": "the code of an element of the survey",
    "retention_run.erased.kind": "the key of a kind of data",
    "readiness_recorded.check": "the number of a check",
    "readiness_recorded.state": "a state of a check",
    "log_sealed.head": "a hash",
}


def texts(of: type, path: str) -> Iterator[str]:
    """Name the fields of a type that can hold any text."""
    for field in msgspec.structs.fields(of):
        for kind in kinds(field.type):
            if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
                yield from texts(kind, f"{path}.{field.name}")
            elif not (isinstance(kind, type) and issubclass(kind, PLAIN)):
                yield f"{path}.{field.name}"


def kinds(of: Any) -> list[Any]:
    """Return what a field may be, without what is only wrapped around it."""
    if hasattr(of, "__supertype__"):
        return kinds(of.__supertype__)
    inner = [one for one in get_args(of) if not isinstance(one, msgspec.Meta) and one is not Ellipsis]
    return [kind for one in inner for kind in kinds(one)] if inner else [of]


@pytest.mark.parametrize("event", get_args(AnyEvent))
def test_every_text_in_an_event_has_a_reason(event: type[msgspec.Struct]) -> None:
    name = str(event.__struct_config__.tag)
    new = set(texts(event, name)) - set(TEXTS)
    assert not new, (
        f"{new}: events are for ever. Keep ids, and the text in a row that can be erased; else say why here."
    )


def test_no_reason_is_left_for_a_text_that_is_gone() -> None:
    every = {path for event in get_args(AnyEvent) for path in texts(event, str(event.__struct_config__.tag))}
    assert set(TEXTS) - every == set()
