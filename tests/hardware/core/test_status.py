"""What a printer's own bytes mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.core import status
from hardware.core.status import Condition, Question

FINE: dict[int, int | None] = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}

ANSWERS = [
    ({}, Condition.READY),
    ({4: 0x1E}, Condition.PAPER_LOW),
    ({4: 0x7E, 1: 0x1A, 2: 0x32}, Condition.PAPER_OUT),
    ({4: 0x72}, Condition.PAPER_OUT),
    ({2: 0x32, 1: 0x1A}, Condition.PAPER_OUT),
    ({2: 0x16, 1: 0x1A}, Condition.COVER_OPEN),
    ({2: 0x16, 1: 0x1A, 4: 0x7E}, Condition.COVER_OPEN),
    ({1: 0x1A}, Condition.OFFLINE),
    ({2: 0x52, 1: 0x1A}, Condition.FAULTY),
    ({3: 0x1A}, Condition.FAULTY),
    ({3: 0x32}, Condition.FAULTY),
    ({1: None}, Condition.MUTE),
    ({4: None}, Condition.MUTE),
    ({2: None, 3: None}, Condition.READY),
    ({1: None, 2: None, 3: None, 4: None}, Condition.MUTE),
]


@pytest.mark.parametrize(("changed", "condition"), ANSWERS)
def test_answers_are_read_as_one_condition(changed: dict[int, int | None], condition: Condition) -> None:
    answers = {Question(kind): byte for kind, byte in (FINE | changed).items()}
    assert status.condition(answers) is condition


def test_the_end_of_the_roll_is_not_its_nearness() -> None:
    assert status.has_paper(0x00)
    assert status.has_paper(0x03)
    assert not status.has_paper(0x0C)
    assert not status.has_paper(0x0F)


@given(st.integers(min_value=0, max_value=255))
def test_a_byte_is_never_taken_for_both_kinds_of_answers(byte: int) -> None:
    assert not (status.is_status(byte) and status.is_sensor(byte))


@pytest.mark.parametrize("flow_control", [0x11, 0x13])
def test_flow_control_is_no_answer(flow_control: int) -> None:
    assert not status.is_status(flow_control)
