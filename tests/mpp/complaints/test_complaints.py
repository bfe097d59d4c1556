"""Complaints from the kiosk to their end with a clock over weekends and holidays; on both databases."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from hardware.core.slip import Qr, Text
from mpp import timekeeper
from mpp.complaints import actions, printing, reads, store
from mpp.complaints.actions import About, Complainant
from mpp.complaints.core import deeds
from mpp.complaints.core.complaint import ComplaintState
from mpp.complaints.core.deeds import Deed
from mpp.complaints.core.refused import NameNeeded, ReopenedAlready, ReopenOver
from mpp.complaints.tables import Complaint, ComplaintContact, ComplaintStep
from mpp.complaints.views import ComplaintView
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, hall_of, look, pair, take, wita
from ticketing import actions as ground
from ticketing import reads as ground_reads
from ticketing import slips, tables
from ticketing.core.access import Role
from ticketing.core.complaint_desk import ComplaintDesk
from ticketing.core.complaint_events import Alarm, Channel, Identity, Kind
from ticketing.core.ids import MallId, SlipId
from ticketing.core.refused import BadRequest, UnknownTicket
from ticketing.core.slip_job import SlipState
from ticketing.db import Db, Tx
from ticketing.views import PrinterView, SlipPart

S = ComplaintState
NOBODY = Complainant(identity=Identity.ANONYMOUS)
MARIA = Complainant(identity=Identity.CONFIDENTIAL, name="Maria  Tefa ", contact="0812 3456")


async def complain(db: Db, mall: MallId, who: Complainant = NOBODY, service: str | None = "KTP") -> Complaint:
    async def deed(tx: Tx) -> Complaint:
        what = await actions.about(tx, None, service, None)
        return await actions.take(tx, Channel.KIOSK, "Antre tiga jam,\nlalu disuruh pulang.", who, what)

    return await act(db, mall, deed, "device:1")


async def do(db: Db, mall: MallId, row: Complaint, *steps: Deed) -> Complaint:
    for step in steps:
        async with db.write(mall, "person:1") as tx:
            await actions.handle(tx, await store.by_id(tx, row.id), step)
    return await now(db, mall, row)


async def now(db: Db, mall: MallId, row: Complaint) -> Complaint:
    return await look(db, mall, lambda tx: store.by_id(tx, row.id))


async def shown(db: Db, mall: MallId, row: Complaint) -> ComplaintView:
    async def question(tx: Tx) -> ComplaintView:
        return await reads.complaint_view(tx, hall_of(db), await store.by_code(tx, row.code))

    return await look(db, mall, question)


async def count(db: Db, mall: MallId, of: type[ComplaintContact | ComplaintStep]) -> int:
    return await look(db, mall, lambda tx: tx.session.scalar(select(func.count()).select_from(of))) or 0


async def pass_time(db: Db, mall: MallId, clock: StoppedClock, day: int, *, month: int) -> None:
    """Let it be the morning of a day; what the hours before brought about has happened."""
    clock.at = wita(day, 0, 1, month=month)
    await timekeeper.tick(hall_of(db), mall)
    clock.at = wita(day, 9, month=month)
    await timekeeper.tick(hall_of(db), mall)


async def test_a_complaint_goes_through_every_state_over_christmas(db: Db, mall: MallId, clock: StoppedClock) -> None:
    async with db.write(mall, "test") as tx:
        tx.session.add(tables.Holiday(date=date(2026, 12, 28), name="Cuti bersama"))
        tx.session.add(tables.Holiday(date=date(2027, 1, 1), name="Tahun Baru"))
    await pass_time(db, mall, clock, 24, month=12)
    row = await complain(db, mall, MARIA)
    assert (row.number, row.state, row.due_first, row.due) == ("2026-0001", S.RECEIVED, *dates("2026-12-31 2027-01-05"))
    await pass_time(db, mall, clock, 29, month=12)
    assert (await now(db, mall, row)).alarm is None, "two working days are left"
    await pass_time(db, mall, clock, 30, month=12)
    assert (await now(db, mall, row)).alarm is Alarm.NEAR
    row = await do(db, mall, row, deeds.Verify(kind=Kind.DISPUTE))
    assert (row.alarm, row.due, row.alarm_on) == (None, *dates("2027-01-18 2027-01-13"))
    row = await do(db, mall, row, deeds.Forward(tenant="DUKCAPIL", text="Mohon dijawab"), deeds.Start())
    assert row.state is S.IN_PROGRESS
    clock.at = wita(13, 9, month=1).replace(year=2027)
    await timekeeper.tick(hall_of(db), mall)
    assert (await now(db, mall, row)).alarm is Alarm.NEAR
    clock.at = clock.at.replace(day=19)
    await timekeeper.tick(hall_of(db), mall)
    assert (await now(db, mall, row)).alarm is Alarm.LATE
    row = await do(db, mall, row, deeds.Reply(text="Maaf. KTP Anda sudah dapat diambil."))
    assert (row.state, row.alarm, row.respond_by) == (S.ANSWERED, None, date(2027, 1, 29))
    view = await shown(db, mall, row)
    assert (view.said, view.reopen_by) == ("Maaf. KTP Anda sudah dapat diambil.", date(2027, 1, 29))
    await act(db, mall, lambda tx: reopen(tx, row, "Belum jadi juga"))
    row = await now(db, mall, row)
    assert (row.state, row.due_first, row.due) == (S.REOPENED, *dates("2027-01-22 2027-02-08"))
    assert (await shown(db, mall, row)).said is None
    row = await do(db, mall, row, deeds.Verify(kind=Kind.SIMPLE), deeds.Reply(text="Sudah kami antar."))
    assert await count(db, mall, ComplaintContact) == 1
    clock.at = clock.at.replace(day=29)
    await timekeeper.tick(hall_of(db), mall)
    assert (await now(db, mall, row)).state is S.ANSWERED, "the tenth day is still a day to respond on"
    clock.at = clock.at.replace(day=30)
    await timekeeper.tick(hall_of(db), mall)
    row = await now(db, mall, row)
    assert (row.state, row.has_contact, row.keep_until) == (S.CLOSED, True, date(2032, 1, 30))
    clock.forward(timedelta(hours=24))
    await timekeeper.tick(hall_of(db), mall)
    assert (await now(db, mall, row)).has_contact is False
    assert await count(db, mall, ComplaintContact) == 0
    seq = await look(db, mall, last_seq)
    await timekeeper.tick(hall_of(db), mall)
    assert await look(db, mall, last_seq) == seq, "nothing is due any more"
    clock.at = clock.at.replace(year=2032)
    await timekeeper.tick(hall_of(db), mall)
    texts = await look(db, mall, lambda tx: tx.session.scalars(select(ComplaintStep.text)))
    assert set(texts) == {None}
    assert (await shown(db, mall, row)).said is None
    assert [move.state for move in (await shown(db, mall, row)).moves] == [
        *(S.RECEIVED, S.VERIFIED, S.FORWARDED, S.IN_PROGRESS, S.ANSWERED),
        *(S.REOPENED, S.VERIFIED, S.ANSWERED, S.CLOSED),
    ]
    with pytest.raises(ReopenedAlready):
        await act(db, mall, lambda tx: reopen(tx, row, "Lagi"))


def dates(text: str) -> list[date]:
    return [date.fromisoformat(word) for word in text.split()]


async def reopen(tx: Tx, row: Complaint, reason: str) -> None:
    await actions.reopen(tx, await store.by_code(tx, row.code), reason)


async def last_seq(tx: Tx) -> int:
    return tx.mall.last_seq


async def test_refused_and_handed_over_ones_say_why_and_part_with_the_contact(
    db: Db, mall: MallId, clock: StoppedClock
) -> None:
    refused, national = await complain(db, mall, MARIA), await complain(db, mall, MARIA)
    assert national.number == "2026-0002"
    await do(db, mall, refused, deeds.Reject(text="Bukan urusan mal ini; silakan ke Samsat."))
    await do(db, mall, national, deeds.Verify(kind=Kind.INSPECTION), deeds.HandOver(text="LAPOR! 123"))
    view = await shown(db, mall, refused)
    assert (view.state, view.said) == (S.REJECTED, "Bukan urusan mal ini; silakan ke Samsat.")
    assert (await shown(db, mall, national)).said == "LAPOR! 123"
    await act(db, mall, lambda tx: reopen(tx, refused, "Samsat bilang ke sini"))
    clock.forward(timedelta(hours=24))
    await timekeeper.tick(hall_of(db), mall)
    left = await look(db, mall, lambda tx: tx.session.scalars(select(ComplaintContact.complaint_id)))
    assert list(left) == [refused.id], "what was reopened still needs its contact"


async def test_the_days_to_reopen_end(db: Db, mall: MallId, clock: StoppedClock) -> None:
    row = await complain(db, mall)
    await do(db, mall, row, deeds.Verify(kind=Kind.SIMPLE), deeds.Reply(text="Baik"))
    await act(db, mall, lambda tx: content(tx, row))
    clock.forward(timedelta(days=11))
    assert (await shown(db, mall, row)).reopen_by is None
    with pytest.raises(ReopenOver):
        await act(db, mall, lambda tx: reopen(tx, row, "Belum"))


async def content(tx: Tx, row: Complaint) -> None:
    await actions.content(tx, await store.by_code(tx, row.code))


async def test_nothing_personal_stands_in_the_log(db: Db, mall: MallId) -> None:
    row = await complain(db, mall, MARIA)
    await do(db, mall, row, deeds.Verify(kind=Kind.SIMPLE), deeds.Reply(text="Maaf, Ibu Maria"))
    await act(db, mall, lambda tx: reopen(tx, row, "Maria masih menunggu"))
    bodies = "".join(await look(db, mall, lambda tx: tx.session.scalars(select(tables.Event.body))))
    for secret in ("Maria", "Tefa", "0812", "Antre tiga jam", "Maaf", "menunggu", row.code):
        assert secret not in bodies


async def test_who_is_anonymous_tells_nothing_and_who_is_not_tells_a_name(db: Db, mall: MallId) -> None:
    for who in (
        Complainant(identity=Identity.ANONYMOUS, name="Maria"),
        Complainant(identity=Identity.ANONYMOUS, contact="0812"),
        Complainant(identity=Identity.OPEN),
        Complainant(identity=Identity.CONFIDENTIAL, name=" ", contact="0812"),
    ):
        with pytest.raises(NameNeeded):
            await complain(db, mall, who)
    with pytest.raises(BadRequest):
        await act(db, mall, lambda tx: actions.take(tx, Channel.WEB, " \n", NOBODY, About()))
    assert await count(db, mall, ComplaintContact) == 0
    assert (await complain(db, mall)).has_contact is False


async def test_a_ticket_says_what_a_complaint_is_about_and_is_not_kept(db: Db, mall: MallId) -> None:
    ticket = await take(db, mall, "SKCK")
    about = await look(db, mall, lambda tx: actions.about(tx, ticket.code, None, None))
    assert about == About(tenant_id=ticket.tenant_id, service_id=ticket.service_id)
    assert (await look(db, mall, lambda tx: actions.about(tx, None, None, "POLRES"))).service_id is None
    with pytest.raises(UnknownTicket):
        await look(db, mall, lambda tx: actions.about(tx, "nobodyhasit1", None, None))


async def test_the_receipt_is_printed_and_then_forgotten(db: Db, mall: MallId) -> None:
    printer = await pair(db, mall, Role.PRINTER, "P01")

    async def deed(tx: Tx) -> Complaint:
        tx.mall.complaints = ComplaintDesk(officer="Kepala Bidang", address="Meja pengaduan")
        row = await actions.take(tx, Channel.KIOSK, "Lama", NOBODY, About())
        await printing.receipt(tx, hall_of(db), row, printer)
        return row

    row = await act(db, mall, deed)
    (job,) = (await look(db, mall, lambda tx: to_print(db, tx))).slips
    assert (job.ticket, job.state) == ("2026-0001", SlipState.WAITING)
    said = [block.text for block in job.slip.blocks if isinstance(block, Text)]
    assert {"2026-0001", "Tanggapan pertama paling lambat 26-11-2026", "Penanggung jawab: Kepala Bidang"} <= {*said}
    (code,) = [block.data for block in job.slip.blocks if isinstance(block, Qr)]
    assert code == f"http://mpp.test/c/{row.code}"
    assert "Lama" not in said
    await act(db, mall, lambda tx: ground.claim_slip(tx, job_id(row), printer))
    await act(db, mall, lambda tx: ground.slip_printed(tx, job_id(row), printer))
    assert (await shown(db, mall, row)).slip == SlipPart(state=SlipState.PRINTED, reason="")
    slip = await look(db, mall, lambda tx: slips.load(tx, job_id(row)))
    assert (slip.title, slip.paper) == ("2026-0001", None)


def job_id(row: Complaint) -> SlipId:
    assert row.slip_id is not None
    return row.slip_id


async def to_print(db: Db, tx: Tx) -> PrinterView:
    return await ground_reads.printer_view(tx, hall_of(db), await slips.printer(tx, "P01"))
