"""What stands on a ticket's slip, as blocks. No personal data, no reason of a priority."""

from datetime import datetime

from msgspec import Struct

from hardware.core import lease
from hardware.core.slip import Block, Qr, Rule, Slip, Space, Text
from hardware.core.written import local
from ticketing.core.outlook import Kind, Outlook
from ticketing.texts import say

NUMBER_SIZE = 6
"""As large as B-012 fits on 58 mm paper: 5 signs of 12 dots, 6 times, are 360 of 384 dots."""


class Paper(Struct, frozen=True, kw_only=True):
    """The facts on a slip; `ahead` and `outlook` None when nobody can say (a copy, a number taken while offline).

    `issued_at` None leaves its place open, to be filled in where the number is given out.
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


def compose(paper: Paper) -> Slip:
    """Lay the facts out on a slip."""

    def text(key: str, **values: object) -> str:
        return say(paper.language, f"slip_paper.{key}", **values)

    blocks: list[Block] = [Text(text=paper.mall, bold=True)]
    if paper.place:
        blocks.append(Text(text=paper.place))
    if paper.label:
        blocks.append(Text(text=paper.label))
    if paper.copied_at is not None:
        blocks.append(Text(text=text("copy", time=local(paper.copied_at, paper.timezone)), bold=True))
    blocks += [Rule(), Text(text=paper.tenant, bold=True), Text(text=paper.service), Space()]
    blocks.append(Text(text=text("number")))
    blocks.append(Text(text=paper.number, size=NUMBER_SIZE, bold=True))
    if paper.is_priority:
        blocks.append(Text(text=text("priority"), bold=True))
    if paper.agreed_at is not None:
        blocks.append(Text(text=text("agreed", time=local(paper.agreed_at, paper.timezone)), bold=True))
    blocks += [Space(), Text(text=local(paper.issued_at, paper.timezone) if paper.issued_at else lease.TIME)]
    if paper.ahead is not None:
        blocks.append(Text(text=text("ahead", ahead=paper.ahead)))
    if paper.outlook is not None:
        blocks.append(Text(text=text(f"outlook_{_words(paper.outlook)}", **_minutes(paper.outlook))))
    if paper.is_offline:
        blocks += [Text(text=text("offline"), bold=True), Text(text=text("ahead_unknown"))]
    blocks += [
        Qr(data=paper.url, caption=text("scan_later" if paper.is_offline else "scan")),
        Rule(),
        Text(text=text("keep")),
        Text(text=text("valid_today")),
    ]
    if paper.footer:
        blocks.append(Text(text=paper.footer))
    return Slip(blocks=tuple(blocks))


def _words(outlook: Outlook) -> str:
    return "within" if outlook.kind is Kind.RANGE and outlook.least == 0 else outlook.kind


def _minutes(outlook: Outlook) -> dict[str, int]:
    named = {"least": outlook.least, "most": outlook.most}
    return {name: minutes for name, minutes in named.items() if minutes is not None}
