"""What a printer's own answers mean: the bytes of DLE EOT and GS r, read as one condition.

Source: Epson, ESC/POS command reference, DLE EOT and GS r.
"""

from collections.abc import Mapping
from enum import StrEnum


class Condition(StrEnum):
    """How a printer is."""

    READY = "ready"
    PAPER_LOW = "paper_low"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    MUTE = "mute"
    FAULTY = "faulty"


class Question(int):
    """The n of DLE EOT n."""


PRINTER, CAUSE, ERROR, PAPER = Question(1), Question(2), Question(3), Question(4)
QUESTIONS = (PRINTER, CAUSE, ERROR, PAPER)
CAN_PRINT = frozenset({Condition.READY, Condition.PAPER_LOW})
# A roll near its end still prints.


def is_status(byte: int) -> bool:
    """Say whether a byte is an answer to DLE EOT: bits 1 and 4 set, 0 and 7 not."""
    return byte & 0x93 == 0x12


def is_sensor(byte: int) -> bool:
    """Say whether a byte is an answer to GS r: bits 4 and 7 not set."""
    return byte & 0x90 == 0


def has_paper(sensor: int) -> bool:
    """Read GS r 1: bits 2 and 3 mean the end of the roll (0 and 1 only that it is near)."""
    return not sensor & 0x0C


def condition(answers: Mapping[Question, int | None]) -> Condition:
    """Read the answers to DLE EOT; None is a question that was not answered.

    The printer itself (1) and its paper (4) must answer; some printers know no 2 and 3. The cover comes
    before the paper, because an open cover lifts the paper off its sensor.
    """
    if answers.get(PRINTER) is None or answers.get(PAPER) is None:
        return Condition.MUTE
    printer, cause, error, paper = (answers.get(question) or 0 for question in QUESTIONS)
    for is_so, meaning in (
        (cause & 0x04, Condition.COVER_OPEN),
        (paper & 0x60 or cause & 0x20, Condition.PAPER_OUT),
        (cause & 0x40 or error & 0x6C, Condition.FAULTY),
        (printer & 0x08, Condition.OFFLINE),
        (paper & 0x0C, Condition.PAPER_LOW),
    ):
        if is_so:
            return meaning
    return Condition.READY
