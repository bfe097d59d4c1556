"""Tickets to look at before one is printed: facts that fit each case, and one that is no number. Pure."""

from datetime import datetime
from enum import StrEnum

from msgspec.structs import replace

from hardware.core.slip import Rule, Slip, Text
from ticketing.core import paper
from ticketing.core.outlook import Kind, Outlook
from ticketing.core.paper import Paper
from ticketing.core.refused import Conflict, Refused
from ticketing.texts import say

WIDTHS = {58: "generic-58", 80: "generic-80"}
"""Widths of paper in mm, and the printer model that stands for them: one that draws its QR codes as pictures."""

SERIAL, AHEAD, OUTLOOK = 12, 7, Outlook(kind=Kind.RANGE, least=20, most=35)
"""Of an example: three digits, and a wait of the usual length."""

CODE = "CONTOH-TIKET"
"""In the address of an example: as long as the code of a ticket (twelve signs), and no ticket's."""


class Case(StrEnum):
    """Which ticket is looked at: they have other lines."""

    ORDINARY = "ordinary"
    PRIORITY = "priority"
    COPY = "copy"
    ALONE = "alone"


class LayoutChanged(Conflict):
    """Somebody else has changed the layout since it was looked at."""

    code = "layout_changed"
    sentence = "Somebody else has changed how tickets are printed; look at it again, then change it."


class NoPicture(Refused):
    """The ticket cannot be shown now."""

    code = "no_slip_picture"
    status = 503
    sentence = "The picture of the ticket could not be made; try again, or see the server's log."


def example(facts: Paper, case: Case, prefix: str, url: str, now: datetime) -> Paper:
    """Write what belongs to one ticket into the facts of its service."""
    is_priority = case is Case.PRIORITY
    one = replace(
        facts,
        number=f"{'P' if is_priority else ''}{prefix}-{SERIAL:03}",
        is_priority=is_priority,
        issued_at=now,
        url=url,
    )
    match case:
        case Case.COPY:
            return replace(one, copied_at=now)
        case Case.ALONE:
            return replace(one, is_offline=True)
    return replace(one, ahead=AHEAD, outlook=OUTLOOK)


def not_a_number(facts: Paper) -> Slip:
    """Compose an example that nobody can wait with: it says so above and below."""
    mark = Text(text=say(facts.language, "slip_paper.test"), bold=True)
    return Slip(blocks=(mark, Rule(), *paper.compose(facts).blocks, Rule(), mark))
