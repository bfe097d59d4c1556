"""Heads as lines of text, and a verdict in words."""

from datetime import UTC, datetime

import pytest

from mpp.privacy.core import heads, told
from mpp.privacy.core.heads import FaultyHead, Head
from ticketing.core.chain import MOST_FAULTS, START, Entry, Walk
from ticketing.core.ids import MallId

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
HEAD = Head(NOON, "MPP-TTS", 12, bytes(range(32)))


def test_a_head_is_read_as_it_was_written() -> None:
    text = f"# noted by the manager\n\n  {heads.line(HEAD)}\n"
    assert heads.read(text) == [HEAD]
    assert heads.line(HEAD).startswith("2026-11-23T04:00:00Z MPP-TTS 12 00010203")


@pytest.mark.parametrize("row", ["x", "yesterday MPP 1 " + "0" * 64, "2026-11-23T04:00:00Z MPP 1 00ff"])
def test_what_is_no_head_is_told_with_its_line(row: str) -> None:
    with pytest.raises(FaultyHead, match="Line 2 is no head"):
        heads.read(f"\n{row}")


def test_of_two_heads_of_one_event_the_first_counts() -> None:
    other = Head(NOON, "MPP-TTS", 12, bytes(32))
    elsewhere = Head(NOON, "KUPANG", 12, bytes(32))
    assert heads.of_mall([elsewhere, HEAD, other], "MPP-TTS") == {12: HEAD.hash}


def test_faults_without_end_are_counted() -> None:
    walk = Walk(MallId(1), {})
    walk.take(Entry(seq, NOON, "a", "b", None, None, "{}", START) for seq in range(1, 300))
    found = walk.end(299, START)
    assert (found.wrong, len(found.faults)) == (299, MOST_FAULTS)
    assert told.told("m", found)[-1] == "  and 199 more"


def test_an_empty_log_is_whole() -> None:
    assert told.told("m", Walk(MallId(1), {}).end(0, None)) == ["m: whole: 0 events, head none (event 0)."]
