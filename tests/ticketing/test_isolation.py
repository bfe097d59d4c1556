"""Two malls in one database: what is of one is not there for the other; on both databases."""

from datetime import date

import pytest
from msgspec import Struct
from sqlalchemy import Select, Table, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from counters import actions as counters
from display.actions import Utterance, announce
from display.core.media import MediaKind
from display.tables import Media
from mpp import actions as people
from mpp import schema
from mpp.complaints import actions as complaints
from mpp.complaints import printing
from mpp.complaints.actions import Complainant
from mpp.complaints.core import deeds
from mpp.description import actions as descriptions
from mpp.floorplan import actions as floorplan
from mpp.forms import actions as forms
from mpp.forms.core import basis
from mpp.law import store as law
from mpp.law.core import Edition, Instrument, Mark, Rule
from mpp.privacy import actions as privacy
from mpp.privacy.actions import BreachBody
from mpp.readiness import actions as attest
from mpp.readiness import store as judged
from mpp.readiness.actions import RecordBody
from mpp.readiness.core.shapes import Finding, State
from mpp.standards import actions as standards
from mpp.survey import actions as survey
from mpp.survey import store as answered
from mpp.survey.core.questionnaire import Element, Scores, Way
from mpp.survey.tables import SurveyPlan
from mpp.tables import Day, DaysTold
from tests.ticketing.deeds import act, hall_of, look, pair, second_mall, take
from ticketing import actions, forecasts, layouts, offline, register, slips, store, tables
from ticketing.base import Base, MallRow
from ticketing.core.access import Role
from ticketing.core.complaint_events import Channel, Identity, Kind
from ticketing.core.form import Form, FormField
from ticketing.core.ids import DeviceId, MallId
from ticketing.core.mall_entries import SPOKEN, MallFile
from ticketing.core.outlook import Chance, Forecast
from ticketing.core.refused import UnknownSlip, UnknownTicket
from ticketing.core.slip_layout import SlipLayout
from ticketing.db import Db, Tx
from ticketing.outlooks import Outlooks
from ticketing.request_tables import Request

OWN: list[type[MallRow]] = [m.class_ for m in Base.registry.mappers if issubclass(m.class_, MallRow)]
REFERENCES = [
    constraint
    for table in schema.metadata().sorted_tables
    for constraint in table.foreign_key_constraints
    if constraint.referred_table.name not in {"mall", "person"}
]


class Neighbours(Struct):
    """Two malls that are alike, with a row in every table, and a ticket and printer of each."""

    here: MallId
    there: MallId
    mine: tables.Ticket
    theirs: tables.Ticket
    their_printer: DeviceId


async def fill(db: Db, mall: MallId) -> tuple[tables.Ticket, DeviceId]:
    """Put at least one row into every table of a mall."""
    printer = await pair(db, mall, Role.PRINTER, "P01")
    await pair(db, mall, Role.BOARD, "B01", zone="A")
    kiosk = await pair(db, mall, Role.KIOSK, "K01")
    await act(db, mall, lambda tx: offline.lease_numbers(tx, kiosk, ()))
    ticket = await take(db, mall, "KTP", printer=printer)
    now = await look(db, mall, descriptions.present)
    other = {**now.description, "last_ticket_minutes": 5}
    await act(db, mall, lambda tx: descriptions.save(tx, other, now.basis, SPOKEN))
    async with db.write(mall, "test") as tx:
        tenant = (await tx.session.scalars(select(tables.Tenant.id))).first()
        await people.add_person(tx, f"maria{mall}", "Maria", "hash", Role.SUPERVISOR, tenant)
        await people.make_token(tx, Role.SUPERVISOR, "test", tenant, tx.now)
        tx.session.add(Request(actor="test", key="k", command="issue", answer="1", at=tx.now))
        told = Outlooks()
        told.tell(ticket.tenant_id, tx.now, [(ticket.id, Chance(Forecast(1, 1, 1, 1, 1, 1)))], [])
        forecasts.note(tx, told, ticket)
        await register.add(tx, await store.service(tx, "KTP"), "48213", tx.now)
        counter = await store.counter(tx, "L01")
        await counters.open_(tx, counter, "Maria")
        called = await counters.call_next(tx, "L01")
        said = Utterance(
            call_seq=tx.mall.last_seq,
            zone_id=counter.zone_id,
            ticket_id=ticket.id,
            counter_id=counter.id,
            calls=1,
            text="",
            sound=None,
            seconds=0,
        )
        await announce(tx, [said])
        await counters.write_note(tx, called, "L01", "kurang fotokopi")
        tx.session.add(
            Media(
                zone_id=counter.zone_id,
                key="k",
                kind=MediaKind.PICTURE,
                seconds=5,
                alt="Denah",
                position=1,
                added_at=tx.now,
            )
        )
        who = Complainant(identity=Identity.OPEN, name="Maria")
        complaint = await complaints.take(tx, Channel.DESK, "lama", who, await complaints.about(tx, None, "KTP", None))
        await complaints.handle(tx, complaint, deeds.Verify(kind=Kind.SIMPLE))
        await complaints.handle(tx, complaint, deeds.Forward(tenant="DUKCAPIL"))
        await printing.receipt(tx, hall_of(db), complaint, printer)
        rule = Rule(key="a", name="A", name_en="A", source="S", mark=Mark.OWN)
        day = store.today(tx)
        law.add(tx, Edition(instrument=Instrument.HALL, name="Janji mal", valid_from=day, rules=(rule,)))
        await privacy.record_breach(tx, BreachBody(discovered_at=tx.now, what="X", whose="X"))
        await survey.begin_day(tx)
        answered.add_answer(tx, ticket, Scores(u1=4), Way.PHONE, invited=True, entered_by=None)
        answered.add_rating(tx, ticket, 4, Way.PHONE)
        tx.session.add(
            SurveyPlan(element=Element.TIME, plan="X", responsible="X", due=day, published=True, written_at=tx.now)
        )
        service = await store.service(tx, "KTP")
        await standards.save(tx, service, service.standard, None)
        await layouts.hold(tx, SlipLayout(qr=False))
        paper = await attest.record(tx, "R07", RecordBody(responsible="X", dated=day, tenant="DUKCAPIL"))
        await attest.attach(tx, paper, b"%PDF-1.7")
        await judged.note(tx, day, {"R07": Finding(state=State.OK)})
        asked = Form(title="Permohonan", fields=(FormField(label="Nama"),))
        await forms.save(tx, service, [asked], basis(service.forms))
        await floorplan.show(tx, floorplan.Picture("image/png", 1, 1, b"png"))
        tx.session.add(Day(day=store.today(tx), tenant_id=counter.tenant_id, version=1, legs=b"", hours=b""))
        tx.session.add(DaysTold(seq=0, version=1))
    return ticket, printer


@pytest.fixture
async def malls(db: Db, mall: MallId, small_mall: MallFile) -> Neighbours:
    """Open two malls."""
    there = await second_mall(db, small_mall)
    mine, _ = await fill(db, mall)
    theirs, their_printer = await fill(db, there)
    return Neighbours(here=mall, there=there, mine=mine, theirs=theirs, their_printer=their_printer)


async def test_no_question_finds_a_row_of_the_other_mall(db: Db, malls: Neighbours) -> None:
    async with db.read(malls.here) as tx:
        for table in OWN:
            rows = (await tx.session.scalars(select(table))).all()
            assert rows, f"{table.__name__} has no row to be seen"
            assert {row.mall_id for row in rows} == {malls.here}
            assert await tx.session.scalar(select(func.count()).select_from(table)) == len(rows)
            other = aliased(table)
            assert set(await tx.session.scalars(select(other.mall_id))) == {malls.here}
        pairs = select(tables.Ticket.mall_id, tables.Service.mall_id).join(
            tables.Service, tables.Service.code.is_not(None)
        )
        assert {(one, other) for one, other in await tx.session.execute(pairs)} == {(malls.here, malls.here)}


async def test_no_id_or_number_leads_to_the_other_mall(db: Db, malls: Neighbours) -> None:
    async with db.read(malls.here) as tx:
        assert await tx.session.get(tables.Ticket, malls.theirs.id) is None
        with pytest.raises(UnknownTicket):
            await store.ticket(tx, malls.theirs.id)
        with pytest.raises(UnknownTicket):
            await store.ticket_by_code(tx, malls.theirs.code)
        assert (await store.ticket_by_number(tx, "B-001")).id == malls.mine.id
    theirs = await look(db, malls.there, lambda tx: slips.last(tx, malls.theirs.id))
    assert theirs is not None
    with pytest.raises(UnknownSlip):
        await act(db, malls.here, lambda tx: actions.claim_slip(tx, theirs.id, malls.their_printer))


async def test_the_holder_of_a_ticket_is_led_to_its_mall(db: Db, malls: Neighbours) -> None:
    assert await store.mall_of_ticket(db, malls.theirs.code) == malls.there
    with pytest.raises(UnknownTicket):
        await store.mall_of_ticket(db, "nobodyhasit1")


async def test_no_update_and_no_delete_reaches_the_other_mall(db: Db, malls: Neighbours) -> None:
    async with db.write(malls.here, "test") as tx:
        await tx.session.execute(update(tables.Zone).values(name="hier"))
        await tx.session.execute(update(tables.Zone).where(tables.Zone.mall_id == malls.there).values(name="dort"))
        await tx.session.execute(delete(tables.Holiday))
        await tx.session.execute(delete(Request).where(Request.mall_id == malls.there))
    async with db.read(malls.here) as tx:
        assert set(await tx.session.scalars(select(tables.Zone.name))) == {"hier"}
        assert (await tx.session.scalars(select(tables.Holiday))).all() == []
    async with db.read(malls.there) as tx:
        assert set(await tx.session.scalars(select(tables.Zone.name))) == {"Zona A", "Zona B"}
        assert len((await tx.session.scalars(select(tables.Holiday))).all()) == 1
        assert len((await tx.session.scalars(select(Request))).all()) == 1


async def test_a_row_of_the_other_mall_can_be_neither_added_changed_nor_deleted(db: Db, malls: Neighbours) -> None:
    async def add(tx: Tx) -> None:
        tx.session.add(tables.Holiday(mall_id=malls.there, date=date(2026, 1, 1), name="Tahun Baru"))

    async def bulk(tx: Tx) -> None:
        await tx.session.execute(insert(tables.Holiday).values(mall_id=malls.there, date=date(2026, 1, 1), name="X"))

    async def move(tx: Tx) -> None:
        (await tx.session.scalars(select(tables.Holiday))).one().mall_id = malls.there

    async def smuggle(tx: Tx) -> None:
        tx.session.add(malls.theirs)
        malls.theirs.calls = 99

    async def remove(tx: Tx) -> None:
        async with db.session(db.reader, None) as session:
            theirs = await session.scalar(select(tables.Holiday).where(tables.Holiday.mall_id == malls.there))
        await tx.session.delete(theirs)

    for deed in (add, bulk, move, smuggle, remove):
        with pytest.raises(PermissionError):
            await act(db, malls.here, deed)
    async with db.read(malls.there) as tx:
        assert len((await tx.session.scalars(select(tables.Holiday))).all()) == 1
        assert (await tx.session.get_one(tables.Ticket, malls.theirs.id)).calls == 1


def test_every_reference_between_rows_of_a_mall_carries_the_mall() -> None:
    assert len(REFERENCES) > 15
    assert all(constraint.column_keys[0] == "mall_id" for constraint in REFERENCES)
    assert all(len(constraint.column_keys) == 2 for constraint in REFERENCES)


async def test_the_database_itself_refuses_references_across_malls(db: Db, malls: Neighbours) -> None:
    async with db.writer.connect() as connection:
        for constraint in REFERENCES:
            table, column = constraint.table, constraint.column_keys[1]
            theirs = await connection.scalar(_one_of(constraint.referred_table, malls.there))
            own = (await connection.execute(table.select().where(table.c.mall_id == malls.here))).mappings().first()
            assert own is not None
            crossing = table.update().values({column: theirs})
            crossing = crossing.where(*(key == own[key.name] for key in table.primary_key))
            with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
                async with connection.begin_nested():
                    await connection.execute(crossing)


def _one_of(target: Table, mall: MallId) -> Select[int]:
    return select(target.c.id).where(target.c.mall_id == mall).order_by(target.c.id.desc()).limit(1)


async def test_numbers_requests_and_device_codes_of_two_malls_do_not_meet(db: Db, malls: Neighbours) -> None:
    assert malls.mine.number == malls.theirs.number == "B-001"
    assert malls.mine.code != malls.theirs.code
    codes = [await look(db, mall, lambda tx: slips.printer(tx, "P01")) for mall in (malls.here, malls.there)]
    assert codes[0].id != codes[1].id


async def test_one_malls_news_wake_nobody_in_the_other(db: Db, malls: Neighbours) -> None:
    theirs, mine = (db.live.watch(mall, {"tickets"}) for mall in (malls.there, malls.here))
    await take(db, malls.here, "KTP")
    assert (mine.is_set(), theirs.is_set()) == (True, False)
