"""A standard from draft to history: who may, what is refused, when it is published; on both databases."""

from collections.abc import Awaitable, Callable
from datetime import date

import pytest
from msgspec.structs import replace

from mpp import timekeeper
from mpp.standards import actions, reads
from mpp.standards import store as store_of_versions
from mpp.standards.core import DayIsOver, NoDraft, NotADraft, NothingNew, NotSent, Rewritten, VersionState
from mpp.standards.views import ServiceStandardView
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, hall_of, look, wita
from ticketing import offers, store, tables
from ticketing.core.ids import MallId
from ticketing.core.refused import Refused
from ticketing.core.standard import Standard
from ticketing.db import Db, Tx

TOMORROW = date(2026, 11, 24)
Step = Callable[[Tx, tables.Service], Awaitable[None]]


async def do(db: Db, mall: MallId, *steps: Step, actor: str = "person:1") -> ServiceStandardView:
    """Do some steps with the standard of KTP, each in a transaction of its own, and show what it is then."""

    async def shown(tx: Tx) -> ServiceStandardView:
        return await reads.service_view(tx, await store.service(tx, "KTP"))

    for step in steps:

        async def deed(tx: Tx, step: Step = step) -> None:
            await step(tx, await store.service(tx, "KTP"))

        await act(db, mall, deed, actor)
    return await look(db, mall, shown)


def saved(revision: int | None = None, **other: object) -> Step:
    return lambda tx, row: actions.save(tx, row, changed(row.standard, **other), revision)


def changed(standard: Standard, **other: object) -> Standard:
    return replace(standard, **{"product": "KTP-el", **other})


def sent(revision: int = 1) -> Step:
    return lambda tx, row: actions.send(tx, row, revision)


def approved(revision: int = 1, day: date | None = None) -> Step:
    return lambda tx, row: actions.approve(tx, row, revision, day)


def returned(remark: str | None = None) -> Step:
    return lambda tx, row: actions.give_back(tx, row, remark)


def dropped(revision: int = 1) -> Step:
    return lambda tx, row: actions.drop(tx, row, revision)


async def at_the_kiosk(db: Db, mall: MallId) -> str | None:
    view = await look(db, mall, lambda tx: offers.kiosk_view(tx, hall_of(db), None))
    (product,) = {one.standard.product for tenant in view.tenants for one in tenant.services if one.code == "KTP"}
    return product


async def test_an_approved_standard_is_published_at_once_and_the_old_one_is_history(db: Db, mall: MallId) -> None:
    view = await do(db, mall, saved(), sent())
    assert view.version is not None
    assert (view.version.state, view.published.product, await at_the_kiosk(db, mall)) == ("sent", None, None)
    heard = db.live.watch(mall, {"settings"})
    view = await do(db, mall, approved(), actor="person:2")
    assert heard.is_set()
    assert (view.version, view.published.product, await at_the_kiosk(db, mall)) == (None, "KTP-el", "KTP-el")
    new, old = view.history
    assert (new.state, new.written_by, new.decided_by) == (VersionState.IN_FORCE, "person:1", "person:2")
    assert (old.state, old.written_by, old.standard.product) == (VersionState.PAST, actions.IMPORTED, None)
    assert old.ended_at == new.began_at


async def test_a_standard_begins_with_its_day(db: Db, mall: MallId, clock: StoppedClock) -> None:
    await do(db, mall, saved(), sent(), approved(day=TOMORROW))
    clock.at = wita(23, 23, 59)
    await timekeeper.tick(hall_of(db), mall)
    assert await at_the_kiosk(db, mall) is None
    clock.at = wita(24, 0, 0)
    await timekeeper.tick(hall_of(db), mall)
    view = await do(db, mall)
    assert (await at_the_kiosk(db, mall), view.history[0].began_at) == ("KTP-el", clock.at)
    assert view.history[0].effective_on == TOMORROW


async def test_what_was_sent_comes_back_with_a_remark_and_what_is_approved_can_be_taken_back(
    db: Db, mall: MallId, clock: StoppedClock
) -> None:
    view = await do(db, mall, saved(), sent(), returned("Biaya belum jelas"))
    assert view.version is not None
    assert (view.version.state, view.version.remark) == ("draft", "Biaya belum jelas")
    view = await do(db, mall, sent(), approved(day=TOMORROW), returned())
    assert view.version is not None
    assert (view.version.state, view.version.effective_on) == ("draft", None)
    clock.at = wita(24, 8)
    await timekeeper.tick(hall_of(db), mall)
    assert await at_the_kiosk(db, mall) is None


async def test_an_old_version_is_taken_up_again(db: Db, mall: MallId) -> None:
    view = await do(db, mall, saved(), sent(), approved())
    old = view.history[1].id
    view = await do(db, mall, lambda tx, row: actions.take_up(tx, row, old), sent(), approved())
    assert view.published.product is None
    assert [version.state for version in view.history] == ["in_force", "past", "past"]
    assert [version.standard.product for version in view.history] == [None, "KTP-el", None]


REFUSALS: list[tuple[list[Step], Step, type[Refused]]] = [
    ([], sent(), NoDraft),
    ([], approved(), NoDraft),
    ([], dropped(), NoDraft),
    ([], returned(), NoDraft),
    ([], lambda tx, row: actions.take_up(tx, row, 999), NoDraft),
    ([saved()], approved(), NotSent),
    ([saved()], returned(), NotSent),
    ([saved()], saved(), Rewritten),
    ([saved(), saved(1)], saved(1), Rewritten),
    ([saved(), saved(1)], sent(1), Rewritten),
    ([saved(), saved(1)], dropped(1), Rewritten),
    ([saved(product=None)], sent(), NothingNew),
    ([saved(), sent()], saved(1), NotADraft),
    ([saved(), sent()], sent(), NotADraft),
    ([saved(), sent()], dropped(), NotADraft),
    ([saved(), sent()], approved(2), Rewritten),
    ([saved(), sent()], approved(day=date(2026, 11, 22)), DayIsOver),
    ([saved(), sent(), approved(day=TOMORROW)], saved(1), NotADraft),
    ([saved(), sent(), approved(day=TOMORROW)], approved(), NotSent),
]


async def put_away(tx: Tx, row: tables.Service) -> None:
    """Throw away what is open, whatever it has come to."""
    version = await store_of_versions.open_version(tx, row.id)
    if version is not None:
        await store_of_versions.drop(tx, version)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_what_does_not_fit_is_refused(db: Db, mall: MallId) -> None:
    for before, step, no in REFUSALS:
        await do(db, mall, *before)
        with pytest.raises(no):
            await do(db, mall, step)
        await do(db, mall, put_away)
    assert [service.standard.product for service in await look(db, mall, store_of_versions.services)] == [None] * 4


async def test_a_draft_that_was_thrown_away_is_gone(db: Db, mall: MallId) -> None:
    assert (await do(db, mall, saved(), dropped())).version is None
