"""What has to be recorded is enough for every call, and no more than anybody would record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from display import tongues
from hardware.core import words
from hardware.core.call import Call, CallKind
from hardware.core.cutting import cut
from hardware.core.vocabulary import vocabulary

TONGUES = tongues.load()
PREFIXES, COUNTERS, NAMES = ("A", "BK", "P"), ("1", "12", "Z1"), ("Dukcapil", "be pe je es Kesehatan")
NEEDED = vocabulary(TONGUES["id"], PREFIXES, COUNTERS, NAMES)


@given(
    st.sampled_from(CallKind),
    st.from_regex(r"P?(A|BK)-[0-9]{3}", fullmatch=True),
    st.sampled_from(COUNTERS),
    st.sampled_from([None, "Dukcapil", "BPJS Kesehatan"]),
    st.booleans(),
)
def test_every_call_can_be_spoken_with_the_phrases_listed(
    kind: CallKind, number: str, counter: str, tenant: str | None, is_priority: bool
) -> None:
    call = Call(kind=kind, number=number, counter=counter, tenant=tenant, is_priority=is_priority)
    assert all(piece.is_recorded for piece in cut(words.sentence(call, TONGUES["id"]), NEEDED))


@pytest.mark.parametrize(("language", "most"), [("id", 40), ("en", 55)])
def test_the_list_can_be_recorded_in_an_afternoon(language: str, most: int) -> None:
    needed = vocabulary(TONGUES[language], PREFIXES, COUNTERS, NAMES)
    assert len(needed) == len(set(needed)) < most
    assert {"id": "silakan menuju loket", "en": "please go to counter"}[language] in needed
