"""Pairing codes: readable across the hall, and forgotten after an hour."""

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ticketing.core.sample_events import NOON
from ticketing.core import device


@given(st.binary(min_size=6, max_size=6))
def test_a_pairing_code_has_two_groups_of_three_clear_signs(randoms: bytes) -> None:
    assert re.fullmatch(r"[A-HJ-NP-Z2-9]{3}-[A-HJ-NP-Z2-9]{3}", device.pairing_code(randoms))


@pytest.mark.parametrize(("minutes", "is_over"), [(0, False), (60, False), (60.1, True), (1440, True)])
def test_a_pairing_code_lives_for_an_hour(minutes: float, is_over: bool) -> None:
    assert device.expired(NOON, NOON + timedelta(minutes=minutes)) is is_over
