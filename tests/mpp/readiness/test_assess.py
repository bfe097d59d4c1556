"""The checks on a real mall: judged from its days, attested by people, noted each night; both databases."""

from datetime import date, timedelta
from functools import partial

import pytest

from counters import actions as counters
from mpp import daily, report_voices
from mpp.readiness import actions, assess, store
from mpp.readiness.actions import RecordBody
from mpp.readiness.core.shapes import State
from mpp.readiness.views import CheckPart, ReadinessView
from tests.counters.desk import call, close, open_
from tests.mpp.test_days import turn_midnight
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, hall_of, look, take, wita
from ticketing.core.ids import MallId
from ticketing.core.refused import BadRequest, Refused, Unknown
from ticketing.db import Db

TODAY = date(2026, 11, 24)


async def live_a_day(db: Db, mall: MallId, clock: StoppedClock, *, wait: int) -> None:
    """Let six people come for KTP on Monday at eight, be called after so many minutes or soon after, and be served."""
    clock.at = wita(23, 8)
    await open_(db, mall, "L01")
    for nth in range(6):
        await take(db, mall, "KTP", priority=nth == 0)
    clock.forward(timedelta(minutes=wait))
    for _ in range(6):
        await call(db, mall, "L01")
        await act(db, mall, partial(counters.start, code="L01"), "person:1")
        clock.forward(timedelta(minutes=1))
        await act(db, mall, partial(counters.finish, code="L01"))
    await close(db, mall, "L01")
    await turn_midnight(db, mall, clock, 24)
    await daily.tell_due(db, mall)


async def view(db: Db, mall: MallId) -> ReadinessView:
    return await assess.view(hall_of(db), mall)


async def check(db: Db, mall: MallId, id: str) -> CheckPart:
    return next(one for one in (await view(db, mall)).checks if one.id == id)


async def attest(db: Db, mall: MallId, id: str, **what: object) -> int:
    body = RecordBody(responsible="DPMPTSP", dated=TODAY, **what)  # type: ignore[arg-type]  # each case names its own
    return await act(db, mall, lambda tx: actions.record(tx, id, body), "person:1")


async def test_before_the_first_day_nothing_is_claimed(db: Db, mall: MallId) -> None:
    shown = await view(db, mall)
    assert [one.id for one in shown.checks] == [f"R{nth:02}" for nth in range(1, 29)]
    known = {one.id for one in shown.checks if one.state is not State.NOT_ASSESSED}
    assert known == {"R09", "R10", "R13"}, "the description is there before anybody comes"
    assert all(one.next and one.next_en for one in shown.checks)


@pytest.mark.parametrize(("wait", "state"), [(5, State.OK), (40, State.FAIL)])
async def test_the_hall_decides(db: Db, mall: MallId, clock: StoppedClock, wait: int, state: State) -> None:
    await live_a_day(db, mall, clock, wait=wait)
    wait_kept = await check(db, mall, "R24")
    assert (wait_kept.state, wait_kept.date) == (state, date(2026, 11, 23))
    assert wait_kept.evidence[0].text.startswith("100%" if state is State.OK else "0%")
    if state is State.FAIL:
        worst = wait_kept.evidence[-1]
        assert (worst.counter.code if worst.counter else None, worst.hour) == ("L01", 8)
        assert "Loket 1" in worst.text
    assert (await check(db, mall, "R27")).evidence[1].text == "Polres: tidak ada pengunjung."
    staffed = await check(db, mall, "R19")
    assert staffed.state is State.FAIL, "the police counter never opened"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_last_months_report_is_made_in_time(db: Db, mall: MallId, clock: StoppedClock) -> None:
    await live_a_day(db, mall, clock, wait=5)
    assert (await check(db, mall, "R28")).state is State.NOT_ASSESSED, "October had no visitors"
    for day, state in ((1, State.WARNING), (11, State.FAIL)):
        clock.at = wita(day, 9, month=12)
        assert (await check(db, mall, "R28")).state is state
    async with db.write(mall, "person:1") as tx:
        await report_voices.note(tx, "2026-12", date(2026, 12, 31))
    assert (await check(db, mall, "R28")).state is State.FAIL, "December is not over, and not what was owed"
    async with db.write(mall, "person:1") as tx:
        await report_voices.note(tx, "2026-11", date(2026, 11, 30))
        once = tx.mall.last_seq
        for _ in range(3):
            await report_voices.note(tx, "2026-11", date(2026, 11, 30))
        assert tx.mall.last_seq == once, "who downloads it again adds nothing to the log"
    assert (await check(db, mall, "R28")).state is State.OK


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_people_put_papers_and_walks_on_record(db: Db, mall: MallId, clock: StoppedClock) -> None:
    clock.at = wita(24, 9)
    id = await attest(db, mall, "R01", note="Perbup 12/2026")
    one = await check(db, mall, "R01")
    assert (one.state, one.responsible, one.date, one.next) == (State.OK, "DPMPTSP", TODAY, None)
    assert [(part.note, part.file) for part in one.records] == [("Perbup 12/2026", False)]
    await act(db, mall, lambda tx: actions.attach(tx, id, b"%PDF-1.7 a scan"))
    assert (await check(db, mall, "R01")).records[0].file
    kept = await look(db, mall, lambda tx: store.file(tx, id))
    assert (kept.media_type, kept.content) == ("application/pdf", b"%PDF-1.7 a scan")
    await attest(db, mall, "R07", tenant="POLRES")
    assert (await check(db, mall, "R07")).evidence[0].text == "Dukcapil: belum ada dokumen."


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("id", "what", "no", "says"),
    [
        ("R99", {}, Unknown, "R01 to R28"),
        ("R24", {}, BadRequest, "nobody can attest it"),
        ("R07", {}, BadRequest, "each tenant; name one"),
        ("R01", {"tenant": "POLRES"}, BadRequest, "not of a tenant"),
        ("R07", {"tenant": "NONE"}, Refused, ""),
        ("R01", {"expires": date(2026, 11, 1)}, BadRequest, "before its day"),
        ("R17", {"items": {"helipad": True}}, BadRequest, "no item 'helipad'; it has: ramp"),
    ],
)
async def test_nonsense_is_refused_in_words(
    db: Db, mall: MallId, clock: StoppedClock, id: str, what: dict[str, object], no: type[Refused], says: str
) -> None:
    clock.at = wita(24, 9)
    with pytest.raises(no) as refused:
        await attest(db, mall, id, **what)
    assert says in refused.value.detail


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_file_must_be_one_that_can_be_opened_anywhere(db: Db, mall: MallId, clock: StoppedClock) -> None:
    clock.at = wita(24, 9)
    id = await attest(db, mall, "R01")
    for record, content, no in ((id, b"PK\x03\x04", BadRequest), (999, b"%PDF-", Unknown)):
        with pytest.raises(no):
            await act(db, mall, partial(actions.attach, record_id=record, content=content))
    with pytest.raises(Unknown):
        await look(db, mall, lambda tx: store.file(tx, id))


async def test_each_night_is_noted_once_for_the_trend(db: Db, mall: MallId, clock: StoppedClock) -> None:
    await assess.note_day(db, mall)
    assert (await view(db, mall)).trend == [], "of no days there is nothing to note"
    await live_a_day(db, mall, clock, wait=5)
    for _ in range(2):
        await assess.note_day(db, mall)
    trend = (await view(db, mall)).trend
    assert [(one.day, one.ok + one.warning + one.fail + one.not_assessed) for one in trend] == [
        (date(2026, 11, 23), 28)
    ]
