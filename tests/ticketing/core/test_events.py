"""The log's own language: every kind is written and read back, and none is ever renamed."""

from typing import get_args

import msgspec
import pytest

from tests.ticketing.core.sample_events import OTHER_EVENTS, SLIP_EVENTS, TICKET_EVENTS
from ticketing.core import events
from ticketing.core.events import AnyEvent

EVERY: dict[str, AnyEvent] = {**TICKET_EVENTS, **SLIP_EVENTS, **OTHER_EVENTS}


def test_there_is_an_example_of_every_kind() -> None:
    assert {type(event) for event in EVERY.values()} == set(get_args(AnyEvent))


@pytest.mark.parametrize("name", EVERY)
def test_an_event_is_read_back_as_it_was_written(name: str) -> None:
    body = events.encode(EVERY[name])
    assert events.kind(EVERY[name]) == name
    assert msgspec.json.decode(body, type=dict[str, object])["type"] == name
    assert events.decode(body) == EVERY[name]


@pytest.mark.parametrize("name", EVERY)
def test_an_event_of_a_later_version_can_be_read(name: str) -> None:
    body = events.encode(EVERY[name]).removesuffix("}") + ',"added_later":1}'
    assert events.decode(body) == EVERY[name]
