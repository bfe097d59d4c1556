"""A mall is described, undone and taken from files; on both databases."""

from copy import deepcopy
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import delete

from mpp.description import actions, reads, store
from mpp.description.actions import Outcome
from mpp.description.core import beginning, plain
from mpp.description.core.refused import SetUpMeanwhile, UnknownDescription
from mpp.description.tables import DescriptionVersion, Way
from mpp.description.views import Held
from tests.ticketing.deeds import act, look, take, wita
from ticketing import malls, register
from ticketing import store as ground
from ticketing.core.form import FieldKind, Form, FormField
from ticketing.core.ids import MallId
from ticketing.core.mall_entries import SPOKEN, MallFile
from ticketing.core.policy import Policy
from ticketing.core.refused import UnknownService
from ticketing.db import Db, Tx


@pytest.fixture(autouse=True)
async def _set_up_by_hand(db: Db, mall: MallId) -> None:
    """Begin with a hall that no version tells of."""
    async with db.write(mall, "test") as tx:
        await tx.session.execute(delete(DescriptionVersion))


async def saved(db: Db, mall: MallId, deed: Any, *, basis: str | None = None, confirmed: bool = False) -> Outcome:
    """Load the description as a page does, change it, and save it."""
    now = await look(db, mall, actions.present)
    given = deepcopy(now.description)
    deed(given)
    return await act(
        db,
        mall,
        lambda tx: actions.save(tx, given, basis or now.basis, SPOKEN, confirmed=confirmed),
        "person:1",
    )


def rename(name: str) -> Any:
    return lambda it: it["mall"].update(name=name)


def drop_lost_things(it: Any) -> None:
    """Take the service HILANG away, wherever it is named."""
    it["tenants"][1]["services"] = [one for one in it["tenants"][1]["services"] if one["code"] != "HILANG"]
    for counter in it["counters"]:
        if counter["services"] != "all":
            counter["services"] = [code for code in counter["services"] if code != "HILANG"]


async def history(db: Db, mall: MallId) -> list[tuple[int, Way, bool]]:
    rows = await look(db, mall, store.versions)
    return [(row.number, row.way, row.is_whole) for row in rows]


async def test_what_is_saved_is_the_halls_at_once_and_what_was_before_is_known(db: Db, mall: MallId) -> None:
    done = await saved(db, mall, rename("Mal Baru"))
    assert done == Outcome(is_saved=True, faults=[], held=[])
    assert (await look(db, mall, malls.describe)).mall.name == "Mal Baru"
    assert await history(db, mall) == [(2, Way.SAVED, True), (1, Way.FOUND, True)]
    (line, _) = await look(db, mall, reads.version_lines)
    assert [(one.field, one.after) for one in line.changes] == [("name", "Mal Baru")]


async def test_to_save_what_is_there_already_makes_no_version(db: Db, mall: MallId) -> None:
    assert (await saved(db, mall, lambda it: it)).is_saved
    assert await history(db, mall) == []


async def test_standards_and_rules_stay_as_they_are(db: Db, mall: MallId, small_mall: MallFile) -> None:
    async def decide(tx: Tx) -> None:
        tx.mall.policy = Policy(priority_weight=2.5)
        (await ground.service(tx, "KTP")).name_en = "ID"

    await act(db, mall, decide)
    await saved(db, mall, rename("Mal Baru"))
    now = await look(db, mall, malls.describe)
    assert [one.standard for one in now.tenants[0].services] == [one.standard for one in small_mall.tenants[0].services]
    assert await look(db, mall, policy_of) == Policy(priority_weight=2.5)


async def policy_of(tx: Tx) -> Policy:
    return tx.policy(None)


async def test_a_tenants_forms_stay_when_an_older_description_is_put_back(db: Db, mall: MallId) -> None:
    form = Form(title="Surat kuasa", fields=(FormField(label="Nama", kind=FieldKind.TEXT),))

    async def write(tx: Tx) -> None:
        (await ground.service(tx, "SKCK")).forms = [form]

    await saved(db, mall, rename("Mal Baru"))
    await act(db, mall, write)
    now = await look(db, mall, actions.present)
    done = await act(db, mall, lambda tx: actions.put_back(tx, 1, now.basis, SPOKEN), "person:1")
    assert done.is_saved
    assert (await look(db, mall, lambda tx: ground.service(tx, "SKCK"))).forms == [form]


async def test_a_faulty_description_changes_nothing(db: Db, mall: MallId) -> None:
    done = await saved(db, mall, lambda it: (rename("")(it), it["counters"].pop()))
    assert not done.is_saved
    assert "$.mall.name" in [fault.path for fault in done.faults]
    assert (await look(db, mall, malls.describe)).mall.name == "Mal Pelayanan Publik Kecil"
    assert await history(db, mall) == []


async def test_who_looked_at_an_older_description_is_told(db: Db, mall: MallId) -> None:
    before = await look(db, mall, actions.present)
    await saved(db, mall, rename("Mal Baru"))
    with pytest.raises(SetUpMeanwhile):
        await saved(db, mall, rename("Mal Lama"), basis=before.basis)


async def test_an_old_version_is_put_back_as_a_new_one(db: Db, mall: MallId, small_mall: MallFile) -> None:
    await saved(db, mall, rename("Mal Baru"))
    await saved(db, mall, drop_lost_things)
    now = await look(db, mall, actions.present)
    shown = await look(db, mall, lambda tx: reads.version_view(tx, 1, now.description))
    assert ("changed", "mall") in {(one.verb, one.part) for one in shown.changes}
    await act(db, mall, lambda tx: actions.put_back(tx, 1, now.basis, SPOKEN), "person:1")
    assert await look(db, mall, malls.describe) == small_mall
    assert [way for _, way, _ in await history(db, mall)] == [Way.PUT_BACK, Way.SAVED, Way.SAVED, Way.FOUND]
    with pytest.raises(UnknownDescription):
        await act(db, mall, lambda tx: actions.put_back(tx, 9, now.basis, SPOKEN))


async def test_a_service_for_which_somebody_waits_goes_only_when_it_is_said_twice(db: Db, mall: MallId) -> None:
    async def agree(tx: Tx) -> None:
        for day in (20, 23, 24):
            await register.add(tx, await ground.service(tx, "HILANG"), f"{day}{day}", wita(day, 10))

    await act(db, mall, agree)
    held = Held(part="services", code="HILANG", name="Surat kehilangan", appointments=2)
    assert await saved(db, mall, drop_lost_things) == Outcome(is_saved=False, faults=[], held=[held])
    await take(db, mall, "HILANG")
    held = replace(held, tickets=1)
    assert await saved(db, mall, drop_lost_things) == Outcome(is_saved=False, faults=[], held=[held])
    assert (await saved(db, mall, drop_lost_things, confirmed=True)).is_saved
    with pytest.raises(UnknownService):
        await look(db, mall, lambda tx: ground.service(tx, "HILANG"))


async def test_a_file_is_a_version_too_and_changes_by_other_ways_are_noticed(
    db: Db, mall: MallId, small_mall: MallFile
) -> None:
    await act(db, mall, lambda tx: actions.take_file(tx, small_mall))
    assert await history(db, mall) == [(2, Way.IMPORTED, True), (1, Way.FOUND, True)]

    async def otherwise(tx: Tx) -> None:
        tx.mall.label = "Contoh"

    await act(db, mall, otherwise)
    await saved(db, mall, rename("Mal Baru"))
    assert [way for _, way, _ in await history(db, mall)] == [Way.SAVED, Way.FOUND, Way.IMPORTED, Way.FOUND]


async def test_a_mall_is_kept_as_far_as_it_is_there_until_it_is_whole(db: Db, small_mall: MallFile) -> None:
    unfinished = beginning.unfinished("MPP Soe", "Soe", "Asia/Makassar")
    mall = await malls.ensure(db, unfinished)
    await act(db, mall, lambda tx: actions.begin(tx, unfinished))
    first = await saved(db, mall, lambda it: it["tenants"].append({"name": "Dukcapil"}))
    assert first.is_saved
    assert {"$.tenants[0].code", "$.counters"} <= {fault.path for fault in first.faults}
    now = await look(db, mall, actions.present)
    assert now.description["tenants"] == [{"name": "Dukcapil"}]
    assert not now.is_whole

    def whole(it: Any) -> None:
        it.update({name: value for name, value in plain.plain(small_mall).items() if name != "mall"})

    second = await saved(db, mall, whole)
    assert second == Outcome(is_saved=True, faults=[], held=[])
    assert (await look(db, mall, actions.present)).is_whole
    assert (await take(db, mall, "KTP")).number == "B-001"
    assert [is_whole for _, _, is_whole in await history(db, mall)] == [True, False, False]
