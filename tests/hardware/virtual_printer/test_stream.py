"""Bytes cut into commands, however they come."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.core.slip import Slip, Text
from hardware.drivers.profiles import PROFILES
from hardware.drivers.render import render
from hardware.virtual_printer.stream import Command, Reader
from tests.hardware.slips import ticket

IMAGE = b"\x1dv0\x00\x02\x00\x03\x00" + b"\x10\x04\x01" * 2
# Six bytes of an image that look like a question about the state.


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (b"B-012\n", [b"", b"\n"]),
        (b"\x1b@\x1ba\x01x", [b"\x1b@", b"\x1ba", b""]),
        (b"\x10\x04\x01", [b"\x10\x04"]),
        (IMAGE + b"\x10\x04\x04", [b"\x1dv", b"\x10\x04"]),
        (b"\x1b*\x21\x02\x00" + b"\x10\x04\x01" * 2 + b"\n", [b"\x1b*", b"\n"]),
        (b"\x1b*\x00\x03\x00\x10\x04\x01\n", [b"\x1b*", b"\n"]),
        (b"\x1d(k\x06\x001P0\x10\x04\x01\n", [b"\x1d(", b"\n"]),
        (b"\x1d8L\x03\x00\x00\x00\x10\x04\x01\n", [b"\x1d8", b"\n"]),
        (b"\x1dk\x04ABC\x00\x1dkI\x03ABC\n", [b"\x1dk", b"\x1dk", b"\n"]),
        (b"\x1dVB\x00\x1dV\x00\n", [b"\x1dV", b"\x1dV", b"\n"]),
        (b"\x1bD\x08\x10\x00\n", [b"\x1bD", b"\n"]),
        (b"\x1d*\x01\x01" + b"\x10\x04\x01\x00" * 2 + b"\n", [b"\x1d*", b"\n"]),
        (b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08\n", [b"\x10\x14", b"\n"]),
        (b"\x10\x04\x07\x01\x10\x05\x02", [b"\x10\x04", b"\x10\x05"]),
        (b"\x1b\x99x", [b"\x1b\x99", b""]),
    ],
)
def test_commands_end_where_they_say(data: bytes, codes: list[bytes]) -> None:
    assert [command.code for command in Reader().feed(data)] == codes


@given(st.binary(max_size=120), st.lists(st.integers(0, 120), max_size=8))
def test_it_does_not_matter_where_the_bytes_are_split(data: bytes, cuts: list[int]) -> None:
    whole, reader = Reader().feed(data), Reader()
    edges = sorted({0, len(data), *(min(cut, len(data)) for cut in cuts)})
    parts = [reader.feed(data[start:end]) for start, end in pairwise(edges)]
    assert joined([command for part in parts for command in part]) == joined(whole)


def joined(commands: list[Command]) -> list[Command]:
    """Join runs of text: a split may fall inside of one."""
    result: list[Command] = []
    for command in commands:
        if result and command.code == result[-1].code == b"":
            result[-1] = Command(b"", result[-1].args + command.args)
        else:
            result.append(command)
    return result


@pytest.mark.parametrize("name", PROFILES)
def test_a_ticket_fed_byte_by_byte_is_the_same_ticket(name: str) -> None:
    job, reader = render(ticket(), PROFILES[name]), Reader()
    drop = [command for byte in job for command in reader.feed(bytes([byte]))]
    assert joined(drop) == joined(Reader().feed(job))


def test_a_slip_without_blocks_is_a_cut() -> None:
    job = render(Slip((Text(text=""),)), PROFILES["TM-T20II"])
    assert Reader().feed(job)[-1] == Command(b"\x1dV", b"B\x00")
