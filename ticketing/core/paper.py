"""What stands on a ticket's slip, as blocks. No personal data, no reason of a priority."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from hardware.core import lease
from hardware.core.slip import Block, Qr, Rule, Slip, Space, Text
from hardware.core.written import local
from ticketing.core.outlook import Kind, Outlook
from ticketing.core.slip_layout import SlipLayout
from ticketing.texts import say

NUMBER_SIZE = SlipLayout().number_size
"""As large as B-012 fits on 58 mm paper: 5 signs of 12 dots, 6 times, are 360 of 384 dots."""


class Paper(Struct, frozen=True, kw_only=True):
    """The facts on a slip; `ahead` and `outlook` None when nobody can say (a copy, a number taken while offline).

    `issued_at` None leaves its place open, to be filled in where the number is given out. `layout` says which of the
    facts this mall prints.
    """

    language: str
    mall: str
    place: str
    label: str | None
    tenant: str
    service: str
    number: str
    is_priority: bool
    issued_at: datetime | None
    timezone: str
    ahead: int | None
    outlook: Outlook | None = None
    url: str
    footer: str
    agreed_at: datetime | None = None
    copied_at: datetime | None = None
    is_offline: bool = False
    requirements: tuple[str, ...] = ()
    layout: SlipLayout = SlipLayout()


def compose(paper: Paper) -> Slip:
    """Lay the facts out on a slip."""
    return Slip(blocks=(*_head(paper), *_turn(paper), *_expected(paper), *_foot(paper)))


def _head(paper: Paper) -> Iterator[Block]:
    """Say which mall it is, and which tenant and service."""
    shown = paper.layout
    lines: list[Block] = [Text(text=paper.mall, bold=True)] if shown.mall else []
    if shown.place and paper.place:
        lines.append(Text(text=paper.place))
    if paper.label:
        lines.append(Text(text=paper.label))
    if paper.copied_at is not None:
        lines.append(Text(text=_say(paper, "copy", time=local(paper.copied_at, paper.timezone)), bold=True))
    yield from lines
    if lines:
        yield Rule()
    yield Text(text=paper.tenant, bold=True)
    if shown.service:
        yield Text(text=paper.service)
    yield Space()


def _turn(paper: Paper) -> Iterator[Block]:
    """Say the number, and when it was taken."""
    yield Text(text=_say(paper, "number"))
    yield Text(text=paper.number, size=paper.layout.number_size, bold=True)
    if paper.is_priority and paper.layout.priority:
        yield Text(text=_say(paper, "priority"), bold=True)
    if paper.agreed_at is not None:
        yield Text(text=_say(paper, "agreed", time=local(paper.agreed_at, paper.timezone)), bold=True)
    yield Space()
    yield Text(text=local(paper.issued_at, paper.timezone) if paper.issued_at else lease.TIME)


def _expected(paper: Paper) -> Iterator[Block]:
    """Say how many are ahead and how long it may take, as far as it is known."""
    if paper.ahead is not None and paper.layout.ahead:
        yield Text(text=_say(paper, "ahead", ahead=paper.ahead))
    if paper.outlook is not None and paper.layout.outlook:
        yield Text(text=_say(paper, f"outlook_{_words(paper.outlook)}", **_minutes(paper.outlook)))
    if paper.is_offline:
        yield Text(text=_say(paper, "offline"), bold=True)
        yield Text(text=_say(paper, "ahead_unknown"))


def _foot(paper: Paper) -> Iterator[Block]:
    """Say what to bring, where the turn can be followed, and what else holds."""
    shown = paper.layout
    if shown.requirements and paper.requirements:
        yield Space()
        yield Text(text=_say(paper, "bring"), bold=True, align="left")
        yield from (Text(text=f"- {line}", align="left") for line in paper.requirements)
    if shown.qr:
        yield Qr(data=paper.url, caption=_say(paper, "scan_later" if paper.is_offline else "scan"))
    if shown.notes or (shown.footer and paper.footer):
        yield Rule()
    if shown.notes:
        yield Text(text=_say(paper, "keep"))
        yield Text(text=_say(paper, "valid_today"))
    if shown.footer and paper.footer:
        yield Text(text=paper.footer)


def _say(paper: Paper, key: str, **values: object) -> str:
    return say(paper.language, f"slip_paper.{key}", **values)


def _words(outlook: Outlook) -> str:
    return "within" if outlook.kind is Kind.RANGE and outlook.least == 0 else outlook.kind


def _minutes(outlook: Outlook) -> dict[str, int]:
    named = {"least": outlook.least, "most": outlook.most}
    return {name: minutes for name, minutes in named.items() if minutes is not None}
