"""What stands on paper of a standard, for who wants to take it home from a kiosk. Pure."""

from datetime import date

from msgspec import Struct

from hardware.core.slip import Block, Rule, Slip, Space, Text
from ticketing.core.standard import Standard
from ticketing.texts import say


class Sheet(Struct, frozen=True, kw_only=True):
    """The facts on the paper."""

    language: str
    mall: str
    label: str | None
    tenant: str
    service: str
    standard: Standard
    day: date


def compose(sheet: Sheet) -> Slip:
    """Lay the six components that must be published out on a slip."""
    promise = sheet.standard

    def text(key: str, **values: object) -> str:
        return say(sheet.language, f"standard_paper.{key}", **values)

    head = [Text(text=sheet.mall, bold=True), *([Text(text=sheet.label)] if sheet.label else [])]
    blocks: list[Block] = [*head, Rule(), Text(text=sheet.service, bold=True), Text(text=sheet.tenant), Rule()]
    for key, lines in (
        ("bring", [f"[ ] {line}" for line in promise.requirements]),
        ("steps", [f"{nth}. {line}" for nth, line in enumerate(promise.procedure_steps, 1)]),
        ("duration", [promise.duration_text, text("minutes", n=promise.counter_minutes)]),
        ("fee", [fee(promise, text("free"), text("ask")), *([promise.fee_note] if promise.fee_note else [])]),
        ("product", [promise.product] if promise.product else []),
        ("complaints", list(promise.complaint_channels)),
    ):
        if lines:
            blocks.append(Text(text=text(key), bold=True, align="left"))
            blocks += [Text(text=line, align="left") for line in lines]
            blocks.append(Space())
    known = text("verified") if promise.verified else text("unverified")
    return Slip(blocks=(*blocks, Rule(), Text(text=known), Text(text=f"{sheet.day:%d-%m-%Y}")))


def fee(promise: Standard, free: str, ask: str) -> str:
    """Say a fee as people say it; `ask` is for one that depends on the case."""
    if promise.fee_idr is None:
        return ask
    return "Rp {}".format(f"{promise.fee_idr:,}".replace(",", ".")) if promise.fee_idr else free
