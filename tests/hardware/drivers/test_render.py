"""The bytes that each printer model gets. Golden files: made once, looked at, and kept."""

import io
from contextlib import redirect_stdout
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from hardware.core.slip import Qr, Rule, Slip, Space, Text
from hardware.drivers.profiles import PROFILES
from hardware.drivers.render import render
from hardware.virtual_printer.paper import Paper
from hardware.virtual_printer.stream import Reader
from tests.hardware.slips import ADDRESS, SMALL, ticket

GOLDEN = Path(__file__).parent / "golden"


def picture(job: bytes, dots: int) -> tuple[Image.Image, str]:
    """Print bytes on the virtual printer's paper."""
    paper = Paper(dots)
    for command in Reader().feed(job):
        paper.do(command)
    return paper.cut()


@pytest.mark.parametrize("name", PROFILES)
def test_each_model_gets_the_bytes_that_it_always_got(name: str) -> None:
    assert render(SMALL, PROFILES[name]) == (GOLDEN / f"{name}.bin").read_bytes()


@pytest.mark.parametrize("name", PROFILES)
def test_the_qr_code_on_a_ticket_can_be_read(name: str) -> None:
    printed, words = picture(render(ticket(), PROFILES[name]), PROFILES[name].dots)
    assert [code.text for code in zxingcpp.read_barcodes(printed.convert("L"))] == [ADDRESS]
    assert "B-012" in words.splitlines()
    assert printed.width == PROFILES[name].dots


@pytest.mark.parametrize("name", PROFILES)
def test_rendering_prints_nothing_on_standard_output(name: str) -> None:
    heard = io.StringIO()
    with redirect_stdout(heard):
        render(ticket(), PROFILES[name])
    assert heard.getvalue() == ""


def test_the_number_is_very_large_and_shrinks_only_where_it_must() -> None:
    wide, narrow = PROFILES["generic-80"], PROFILES["generic-58"]
    six, five = b"\x1d!\x55", b"\x1d!\x44"
    assert six in render(ticket("PB-003"), wide)
    assert six in render(ticket("B-012"), narrow)
    assert five in render(ticket("PB-003"), narrow)


def test_a_name_cannot_reset_the_printer() -> None:
    job = render(Slip((Text(text="Siti\x1b@\x1dV\x00 Aminah"),)), PROFILES["TM-T20II"])
    codes = [command.code for command in Reader().feed(job)]
    assert codes.count(b"\x1b@") == 1
    assert codes.count(b"\x1dV") == 1
    assert codes[-1] == b"\x1dV"


texts = st.builds(Text, text=st.text(max_size=80), size=st.integers(1, 8), bold=st.booleans())
qrs = st.builds(Qr, data=st.text(min_size=1, max_size=60), caption=st.text(max_size=40))
slips = st.builds(Slip, st.lists(texts | qrs | st.builds(Rule) | st.builds(Space), max_size=5).map(tuple))


@given(slips, st.sampled_from(["generic-80", "generic-58", "TM-T20II"]))
def test_any_slip_is_understood_to_its_last_byte_and_cut_once(slip: Slip, name: str) -> None:
    reader = Reader()
    commands = reader.feed(render(slip, PROFILES[name]))
    assert [command.code for command in commands].count(b"\x1dV") == 1
    assert commands[-1].code == b"\x1dV"
    assert commands[-1].args == b"B\x00"
