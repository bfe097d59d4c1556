"""The virtual printer's sensors, buffer and head."""

import pytest
from PIL import Image

from hardware.core import status
from hardware.core.status import Condition, Question
from hardware.virtual_printer.machine import Machine, Trouble

ASK = [bytes([0x10, 0x04, kind]) for kind in (1, 2, 3, 4)]
LINE = b"satu baris\n"
CUT = b"\x1dVB\x00"


class Heard:
    """Everything that a machine gives."""

    def __init__(self) -> None:
        self.answers = bytearray()
        self.slips: list[str] = []
        self.raw: list[bytes] = []
        self.drops = 0
        self.machine = Machine(576, answer=self.answers.extend, cut=self._cut, drop=self._drop)

    def _cut(self, raw: bytes, picture: Image.Image, text: str) -> None:
        assert picture.width == 576
        self.raw.append(raw)
        self.slips.append(text)

    def _drop(self) -> None:
        self.drops += 1


CONDITIONS = [
    (Trouble.READY, Condition.READY),
    (Trouble.PAPER_LOW, Condition.PAPER_LOW),
    (Trouble.PAPER_OUT, Condition.PAPER_OUT),
    (Trouble.COVER_OPEN, Condition.COVER_OPEN),
    (Trouble.OFFLINE, Condition.OFFLINE),
    (Trouble.FAULTY, Condition.FAULTY),
    (Trouble.MUTE, Condition.MUTE),
]


@pytest.mark.parametrize(("trouble", "condition"), CONDITIONS)
def test_each_trouble_is_read_back_as_its_condition(trouble: Trouble, condition: Condition) -> None:
    heard = Heard()
    heard.machine.suffer(trouble)
    answers: dict[Question, int | None] = {}
    for question, ask in zip(status.QUESTIONS, ASK, strict=True):
        heard.answers.clear()
        heard.machine.feed(ask)
        assert all(status.is_status(byte) for byte in heard.answers)
        answers[question] = heard.answers[0] if heard.answers else None
    assert status.condition(answers) is condition


def test_paper_that_ends_in_mid_job_holds_the_rest_back_until_there_is_new_paper() -> None:
    heard = Heard()
    heard.machine.suffer(Trouble.PAPER_OUT, after_lines=2)
    heard.machine.feed(LINE * 5 + CUT + b"\x1dr\x01")
    assert heard.machine.trouble is Trouble.PAPER_OUT
    assert heard.slips == []
    assert not heard.answers, "the answer from behind the job must wait for the job"
    heard.machine.feed(ASK[3])
    assert heard.answers == b"\x7e"
    heard.machine.suffer(Trouble.READY)
    assert heard.slips == ["\n".join(["satu baris"] * 5)]
    assert heard.answers == b"\x7e\x00"


def test_the_sensor_answers_in_the_order_of_the_buffer() -> None:
    heard = Heard()
    heard.machine.feed(b"\x1dr\x01")
    heard.machine.suffer(Trouble.PAPER_LOW)
    heard.machine.feed(b"\x1dr\x01")
    assert heard.answers == b"\x00\x03"


def test_a_question_inside_an_image_is_not_answered() -> None:
    heard = Heard()
    heard.machine.feed(b"\x1dv0\x00\x03\x00\x02\x00" + ASK[0] * 2)
    assert not heard.answers
    heard.machine.feed(ASK[0])
    assert heard.answers == b"\x12"


def test_a_question_split_over_two_reads_is_answered() -> None:
    heard = Heard()
    for byte in ASK[0]:
        heard.machine.feed(bytes([byte]))
    assert heard.answers == b"\x12"


def test_a_dropped_line_loses_the_rest_of_the_job() -> None:
    heard = Heard()
    heard.machine.suffer(Trouble.DROP, after_lines=2)
    heard.machine.feed(LINE * 5 + CUT)
    heard.machine.line_closed()
    assert heard.drops == 1
    assert heard.machine.trouble is Trouble.READY
    heard.machine.feed(b"\x1b@" + LINE + CUT)
    assert heard.slips == ["\n".join(["satu baris"] * 3)], "the torn slip hangs out of the printer"


def test_the_buffer_can_be_cleared() -> None:
    heard = Heard()
    heard.machine.suffer(Trouble.OFFLINE)
    heard.machine.feed(LINE + CUT + b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08")
    heard.machine.suffer(Trouble.READY)
    heard.machine.feed(LINE + CUT)
    assert heard.slips == ["satu baris"]


def test_a_cut_without_anything_printed_gives_no_slip() -> None:
    heard = Heard()
    heard.machine.feed(CUT + CUT + LINE + CUT)
    assert heard.slips == ["satu baris"]
    assert heard.raw == [LINE + CUT]
