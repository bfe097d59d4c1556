"""Entering agreed times, on both databases: all lines or none, held against hours, holidays and quota."""

from collections.abc import Sequence

import pytest

from mpp.appointments import actions, core, reads
from mpp.appointments.actions import Entered
from mpp.appointments.core import Flaw
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, hall_of, look, take, wita
from ticketing import register, store
from ticketing.core.ids import MallId
from ticketing.db import Db, Tx


async def enter(db: Db, mall: MallId, *lines: str, own: str | None = None) -> Entered:
    entries, faults = core.read("\n".join(lines))

    async def deed(tx: Tx) -> Entered:
        tenant = (await store.tenant_by_code(tx, own)).id if own else None
        return await actions.enter(tx, entries, tenant, faults)

    return await act(db, mall, deed)


async def codes(db: Db, mall: MallId, own: str | None = None) -> Sequence[str]:
    async def question(tx: Tx) -> Sequence[str]:
        tenant = (await store.tenant_by_code(tx, own)).id if own else None
        view = await reads.appointments_view(tx, hall_of(db), tenant, wita(24, 0).date())
        assert sum(one.n for one in view.days) == len(view.lines)
        return [f"{one.service.code} {one.code}" for one in view.lines]

    return await look(db, mall, question)


async def test_what_is_entered_is_shown_by_time_and_to_its_own_tenant(db: Db, mall: MallId) -> None:
    done = await enter(db, mall, "SKCK,2026-11-24,10.00,AB12", "KTP,2026-11-24,09.00,AB13", "KTP,2026-11-24,11.00")
    assert (len(done.added), done.known, done.faults) == (3, 0, ())
    made = done.added[2].code
    assert (len(made), made.isdigit()) == (6, True)
    assert await codes(db, mall) == ["KTP AB13", "SKCK AB12", f"KTP {made}"]
    assert await codes(db, mall, "POLRES") == ["SKCK AB12"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("NIKAH,2026-11-24,10.00", Flaw.SERVICE),
        ("SKCK,2026-11-24,10.00", Flaw.TENANT),
        ("KTP,2026-11-23,08.30", Flaw.PAST),
        ("KTP,0001-01-01,00.00", Flaw.PAST),
        ("KTP,2027-11-24,10.00", Flaw.FAR),
        ("KTP,9999-12-31,23.59", Flaw.FAR),
        ("KTP,2026-11-24,07.59", Flaw.CLOSED),
        ("KTP,2026-11-24,14.31", Flaw.CLOSED),
        ("KTP,2026-11-27,12.00", Flaw.CLOSED),
        ("KTP,2026-11-28,10.00", Flaw.CLOSED),
        ("KTP,2026-12-25,10.00", Flaw.CLOSED),
        ("KTP,2026-11-24,10.00,XY99", Flaw.TWICE),
    ],
    ids=[
        "no such service",
        "of another tenant",
        "too late to come",
        "the first day that there is",
        "a wrong year",
        "the last day that there is",
        "before opening",
        "after the last number",
        "in a break",
        "on a Saturday",
        "on a holiday",
        "a code for two times",
    ],
)
async def test_one_faulty_line_and_nothing_is_entered(db: Db, mall: MallId, line: str, reason: Flaw) -> None:
    done = await enter(db, mall, "KTP,2026-11-24,09.00,XY99", line, own="DUKCAPIL")
    assert [(fault.line, fault.reason) for fault in done.faults] == [(2, reason)]
    assert await codes(db, mall) == []


async def test_a_list_can_be_sent_again_with_more_in_it(db: Db, mall: MallId) -> None:
    first, more = "KTP,2026-11-24,09.00,AB12", "KTP,2026-11-24,09.00,AB13"
    await enter(db, mall, first)
    done = await enter(db, mall, first, more, more)
    assert ([row.code for row in done.added], done.known) == (["AB13"], 2)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_agencies_may_use_the_same_code_on_the_same_day(db: Db, mall: MallId) -> None:
    await enter(db, mall, "KTP,2026-11-23,10.00,AB12")
    done = await enter(db, mall, "SKCK,2026-11-23,10.00,AB12", "SKCK,2026-11-23,11.00,AB12")
    assert [(fault.line, fault.reason) for fault in done.faults] == [(2, Flaw.TWICE)]
    assert (await enter(db, mall, "SKCK,2026-11-23,10.00,AB12")).faults == ()
    assert len(await look(db, mall, lambda tx: register.of_code(tx, "ab-12"))) == 2


async def test_no_more_than_the_days_quota(db: Db, mall: MallId, clock: StoppedClock) -> None:
    clock.at = wita(23, 9)
    await take(db, mall, "KK")
    done = await enter(db, mall, *["KK,2026-11-23,10.00"] * 3)
    assert [(fault.line, fault.reason, fault.what) for fault in done.faults] == [(3, Flaw.FULL, "3")]
    assert (await enter(db, mall, *["KK,2026-11-24,10.00"] * 3)).faults == ()
    assert [fault.line for fault in (await enter(db, mall, "KK,2026-11-24,11.00")).faults] == [1]
    clock.at = wita(24, 10, 16)
    assert (await enter(db, mall, *["KK,2026-11-24,11.00"] * 3)).faults == (), "for who is too late no number is kept"
