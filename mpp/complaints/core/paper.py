"""What stands on the receipt of a complaint: how to follow it up, and until when. Nothing that was written. Pure."""

from datetime import date, datetime

from msgspec import Struct

from hardware.core.slip import Block, Qr, Rule, Slip, Space, Text
from hardware.core.written import local
from ticketing.texts import say

NUMBER_SIZE = 3
"""As large as 2026-0007 fits on 58 mm paper: 9 signs of 12 dots, 3 times, are 324 of 384 dots."""


class Receipt(Struct, frozen=True, kw_only=True):
    """The facts on a receipt."""

    language: str
    mall: str
    label: str | None
    number: str
    code: str
    received_at: datetime
    timezone: str
    first: date
    due: date
    url: str
    officer: str | None
    address: str | None


def compose(receipt: Receipt) -> Slip:
    """Lay the facts out on a slip."""

    def text(key: str, **values: object) -> str:
        return say(receipt.language, f"complaint_paper.{key}", **values)

    blocks: list[Block] = [Text(text=receipt.mall, bold=True)]
    if receipt.label:
        blocks.append(Text(text=receipt.label))
    blocks += [Rule(), Text(text=text("title"), bold=True), Text(text=receipt.number, size=NUMBER_SIZE, bold=True)]
    blocks += [Text(text=local(receipt.received_at, receipt.timezone)), Space()]
    blocks.append(Text(text=text("first", day=_day(receipt.first))))
    blocks.append(Text(text=text("due", day=_day(receipt.due))))
    blocks += [Qr(data=receipt.url, caption=text("scan")), Text(text=text("code")), Text(text=spaced(receipt.code))]
    blocks += [Rule(), Text(text=text("keep"))]
    if receipt.officer:
        blocks.append(Text(text=text("officer", officer=receipt.officer)))
    if receipt.address:
        blocks.append(Text(text=receipt.address))
    return Slip(blocks=tuple(blocks))


def spaced(code: str) -> str:
    """Write a code in groups of four, as eyes and fingers take it."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def _day(day: date) -> str:
    return day.strftime("%d-%m-%Y")
