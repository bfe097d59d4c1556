"""Slips on their way to paper: taken, printed, failed, lapsed, copied; on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hardware.core.slip import Text
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, hall_of, look, pair, take
from ticketing import actions, due, reads, slips, tables
from ticketing.core.access import Device, Principal, Role
from ticketing.core.ids import DeviceId, MallId, SlipId
from ticketing.core.refused import NoPrinter, NotAllowed, SlipLapsed, SlipTaken, UnknownDevice, UnknownSlip
from ticketing.core.slip_job import Condition, SlipState, Trouble
from ticketing.db import Db, Tx
from ticketing.views import PrinterView, SlipPart


@pytest.fixture
async def printer(db: Db, mall: MallId) -> DeviceId:
    """Pair a printer."""
    return await pair(db, mall, Role.PRINTER, "P01")


async def slip_of(db: Db, mall: MallId, ticket: tables.Ticket) -> tables.Slip:
    slip = await look(db, mall, lambda tx: slips.last(tx, ticket.id))
    assert slip is not None
    return slip


async def claim(db: Db, mall: MallId, slip: SlipId, printer: DeviceId) -> tables.Slip:
    return await act(db, mall, lambda tx: actions.claim_slip(tx, slip, printer))


async def to_print(db: Db, mall: MallId, printer: DeviceId) -> PrinterView:
    """Show what the printer's agent sees."""

    async def question(tx: Tx) -> PrinterView:
        return await reads.printer_view(tx, hall_of(db), await tx.session.get_one(tables.Device, printer))

    return await look(db, mall, question)


async def test_a_ticket_with_a_printer_waits_for_paper_and_one_without_does_not(
    db: Db, mall: MallId, printer: DeviceId
) -> None:
    on_paper, without = await take(db, mall, "KTP", printer=printer), await take(db, mall, "KTP")
    (job,) = (await to_print(db, mall, printer)).slips
    assert (job.ticket, job.state, job.copy) == (on_paper.number, SlipState.WAITING, False)
    assert await look(db, mall, lambda tx: slips.last(tx, without.id)) is None


async def test_a_slip_is_claimed_once_and_then_printed_once(db: Db, mall: MallId, printer: DeviceId) -> None:
    slip = await slip_of(db, mall, await take(db, mall, "KTP", printer=printer))
    assert (await claim(db, mall, slip.id, printer)).state is SlipState.CLAIMED
    with pytest.raises(SlipTaken):
        await claim(db, mall, slip.id, printer)
    assert [job.state for job in (await to_print(db, mall, printer)).slips] == [SlipState.CLAIMED]
    printed = await act(db, mall, lambda tx: actions.slip_printed(tx, slip.id, printer))
    assert printed == SlipPart(state=SlipState.PRINTED, reason="")
    assert (await to_print(db, mall, printer)).slips == []
    with pytest.raises(SlipTaken):
        await act(db, mall, lambda tx: actions.slip_printed(tx, slip.id, printer))


async def test_a_slip_that_failed_or_nobody_is_sure_of_keeps_its_reason(
    db: Db, mall: MallId, printer: DeviceId
) -> None:
    sure = await slip_of(db, mall, await take(db, mall, "KTP", printer=printer))
    failed = await act(db, mall, lambda tx: actions.slip_not_printed(tx, sure.id, printer, Trouble.PAPER_OUT))
    assert failed == SlipPart(state=SlipState.FAILED, reason="paper_out")
    unsure = await slip_of(db, mall, await take(db, mall, "KTP", printer=printer))
    await claim(db, mall, unsure.id, printer)
    unknown = await act(db, mall, lambda tx: actions.slip_unknown(tx, unsure.id, printer, Trouble.MUTE))
    assert unknown == SlipPart(state=SlipState.UNKNOWN, reason="mute")


async def test_another_printer_may_not_touch_a_slip(db: Db, mall: MallId, printer: DeviceId) -> None:
    other = await pair(db, mall, Role.PRINTER, "P02")
    slip = await slip_of(db, mall, await take(db, mall, "KTP", printer=printer))
    with pytest.raises(NotAllowed, match="another printer"):
        await claim(db, mall, slip.id, other)
    with pytest.raises(UnknownSlip):
        await claim(db, mall, SlipId(999), printer)


async def test_a_slip_nobody_takes_in_time_lapses(db: Db, mall: MallId, printer: DeviceId, clock: StoppedClock) -> None:
    slip = await slip_of(db, mall, await take(db, mall, "KTP", printer=printer))
    assert not await look(db, mall, due.is_anything)
    clock.forward(slips.SLIP_LIFE)
    with pytest.raises(SlipLapsed):
        await claim(db, mall, slip.id, printer)
    assert await look(db, mall, due.is_anything)
    assert await act(db, mall, actions.lapse_slips) == 1
    assert (await look(db, mall, lambda tx: slips.load(tx, slip.id))).state is SlipState.LAPSED
    assert (await to_print(db, mall, printer)).slips == []
    assert await act(db, mall, actions.lapse_slips) == 0
    with pytest.raises(SlipLapsed):
        await claim(db, mall, slip.id, printer)


async def test_a_slip_whose_agent_fell_silent_is_unknown_and_never_printed_again(
    db: Db, mall: MallId, printer: DeviceId, clock: StoppedClock
) -> None:
    slip = await slip_of(db, mall, await take(db, mall, "KTP", printer=printer))
    await claim(db, mall, slip.id, printer)
    clock.forward(slips.SLIP_LIFE + due.SILENT_AGENT - timedelta(seconds=1))
    assert not await look(db, mall, due.is_anything), "an agent that prints is not disturbed"
    clock.forward(timedelta(seconds=1))
    assert await act(db, mall, actions.lapse_slips) == 1
    now = await look(db, mall, lambda tx: slips.load(tx, slip.id))
    assert (now.state, now.reason) == (SlipState.UNKNOWN, "no_answer")
    assert (await to_print(db, mall, printer)).slips == []


async def test_a_copy_says_that_it_is_one_and_goes_where_the_first_went(
    db: Db, mall: MallId, printer: DeviceId
) -> None:
    second = await pair(db, mall, Role.PRINTER, "P02")
    ticket = await take(db, mall, "KTP", printer=second)
    await act(db, mall, lambda tx: actions.reprint(tx, ticket))
    first, copy = (await to_print(db, mall, second)).slips
    assert [first.copy, copy.copy] == [False, True]
    marks = [b.text for b in copy.slip.blocks if isinstance(b, Text) and b.text.startswith("CETAK ULANG")]
    assert marks == ["CETAK ULANG 23-11-2026 09.00 WITA"]
    await act(db, mall, lambda tx: actions.reprint(tx, ticket, printer))
    assert [job.copy for job in (await to_print(db, mall, printer)).slips] == [True]


async def test_a_slip_shows_how_many_are_ahead_and_a_copy_does_not(db: Db, mall: MallId, printer: DeviceId) -> None:
    await take(db, mall, "KTP")
    ticket = await take(db, mall, "KTP", printer=printer)
    await act(db, mall, lambda tx: actions.reprint(tx, ticket))
    first, copy = (await to_print(db, mall, printer)).slips
    ahead = "Sisa antrean di depan Anda: 1"
    assert [any(getattr(b, "text", "") == ahead for b in job.slip.blocks) for job in (first, copy)] == [True, False]


async def test_a_reprint_without_any_printer_is_refused(db: Db, mall: MallId) -> None:
    ticket = await take(db, mall, "KTP")
    with pytest.raises(NoPrinter):
        await act(db, mall, lambda tx: actions.reprint(tx, ticket))


async def test_a_new_ticket_is_printed_as_named_or_at_the_kiosk_or_at_the_malls_printer(
    db: Db, mall: MallId, printer: DeviceId
) -> None:
    second = await pair(db, mall, Role.PRINTER, "P02")
    place = Device(id=DeviceId(9), code="K01", printer_id=second)
    kiosk = Principal(mall_id=mall, role=Role.KIOSK, actor="device:9", name="K01", token_id=1, device=place)
    program = Principal(mall_id=mall, role=Role.GREETER, actor="program:x", name="x", token_id=1)

    async def where(who: Principal, code: str | None) -> DeviceId | None:
        return await look(db, mall, lambda tx: actions.printer_for(tx, who, code))

    assert [await where(kiosk, "P01"), await where(kiosk, None), await where(program, None)] == [
        printer,
        second,
        printer,
    ]
    with pytest.raises(UnknownDevice, match="P09"):
        await where(kiosk, "P09")


async def test_what_a_printer_says_of_itself_is_logged_when_it_changes(
    db: Db, mall: MallId, printer: DeviceId, clock: StoppedClock
) -> None:
    async def report(condition: Condition) -> None:
        async with db.write(mall, "test") as tx:
            await actions.report_condition(tx, await slips.printer(tx, "P01"), condition)

    for condition in (Condition.READY, Condition.READY, Condition.PAPER_OUT):
        clock.forward(timedelta(seconds=5))
        await report(condition)
    device = await look(db, mall, lambda tx: slips.printer(tx, "P01"))
    assert (device.condition, device.condition_at) == (Condition.PAPER_OUT, clock.now())
    changed = select(tables.Event.kind).where(tables.Event.kind == "condition_changed")
    assert len((await look(db, mall, lambda tx: tx.session.scalars(changed))).all()) == 2
