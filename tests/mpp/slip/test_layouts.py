"""The layout of tickets: what is printed after a change, who decided it, what is refused; on both databases."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from hardware.core.slip import Qr, Slip, Text
from mpp.slip import actions, core, reads
from mpp.slip.core import Case, LayoutChanged
from mpp.slip.pictures import Pictures
from mpp.slip.views import SlipLayoutView
from tests.ticketing.deeds import act, hall_of, look, pair, take
from ticketing import kits, malls, slips
from ticketing import reads as tickets
from ticketing.core import paper
from ticketing.core.access import Role
from ticketing.core.ids import DeviceId, MallId
from ticketing.core.mall_entries import MallFile
from ticketing.core.paper import Paper
from ticketing.core.refused import UnknownDevice, UnknownService
from ticketing.core.slip_layout import SlipLayout
from ticketing.db import Db, Tx

ENGLISH = SlipLayout(language="en", requirements=True, qr=False)


async def changed(db: Db, mall: MallId, layout: SlipLayout, seen: int | None) -> SlipLayoutView:
    await act(db, mall, lambda tx: actions.change(tx, layout, seen), "person:1")
    return await look(db, mall, reads.layout_view)


def words(slip: Slip) -> list[str]:
    return [block.text for block in slip.blocks if isinstance(block, Text)]


async def printed(db: Db, mall: MallId, printer: DeviceId) -> Slip:
    """Take a number, and return what its printer is told to print."""
    ticket = await take(db, mall, "KTP", printer=printer)

    async def paper_of(tx: Tx) -> Slip:
        slip = await slips.last(tx, ticket.id)
        assert slip is not None
        return await tickets.compose(tx, hall_of(db), slip, ticket)

    return await look(db, mall, paper_of)


async def test_what_is_chosen_is_printed_and_an_old_layout_is_taken_up_again(
    db: Db, mall: MallId, small_mall: MallFile
) -> None:
    printer = await pair(db, mall, Role.PRINTER, "P01")
    before = await printed(db, mall, printer)
    assert any(isinstance(block, Qr) for block in before.blocks)

    view = await changed(db, mall, ENGLISH, None)
    assert (view.layout, [one.layout for one in view.versions]) == (ENGLISH, [ENGLISH])
    after = await printed(db, mall, printer)
    assert not any(isinstance(block, Qr) for block in after.blocks)
    assert {"Queue number", "WHAT TO BRING", "- Kartu keluarga"} <= set(words(after))
    kit = await look(db, mall, lambda tx: kits.kit(tx, hall_of(db), DeviceId(99)))
    assert "Queue number" in words(kit.services[0].ordinary_slip)

    again = await changed(db, mall, view.usual, view.versions[0].id)
    assert [one.layout for one in again.versions] == [SlipLayout(), ENGLISH]
    assert len(words(await printed(db, mall, printer))) == len(words(before))
    assert (await changed(db, mall, SlipLayout(), again.versions[0].id)).versions == again.versions

    await act(db, mall, lambda tx: malls.replace(tx, replace(small_mall, slip=ENGLISH)))
    view = await look(db, mall, reads.layout_view)
    assert (view.layout, len(view.versions), view.versions[0].by) == (ENGLISH, 3, None)
    assert (await look(db, mall, malls.describe)).slip == ENGLISH


async def test_who_has_not_seen_the_newest_layout_cannot_change_it(db: Db, mall: MallId) -> None:
    await changed(db, mall, ENGLISH, None)
    for seen in (None, 999):
        with pytest.raises(LayoutChanged):
            await changed(db, mall, SlipLayout(), seen)


async def test_a_test_says_that_it_is_no_number_and_takes_none(db: Db, mall: MallId) -> None:
    await pair(db, mall, Role.PRINTER, "P01")
    facts = await look(db, mall, lambda tx: reads.example(tx, hall_of(db), ENGLISH, Case.PRIORITY, "KTP"))
    await act(db, mall, lambda tx: actions.print_test(tx, "P01", core.not_a_number(facts)))

    async def waiting(tx: Tx) -> list[list[str]]:
        view = await tickets.printer_view(tx, hall_of(db), await slips.printer(tx, "P01"))
        return [words(job.slip) for job in view.slips]

    (told,) = await look(db, mall, waiting)
    assert (told[0], told[-1]) == ("TEST PRINT - not a queue number",) * 2
    assert "PB-012" in told
    with pytest.raises(UnknownDevice):
        await act(db, mall, lambda tx: actions.print_test(tx, "P99", core.not_a_number(facts)))
    with pytest.raises(UnknownService):
        await look(db, mall, lambda tx: reads.example(tx, hall_of(db), ENGLISH, Case.COPY, "NO"))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_the_picture_is_what_the_printer_prints(db: Db, mall: MallId, tmp_path: Path) -> None:
    async def facts(case: Case) -> Paper:
        return await look(db, mall, lambda tx: reads.example(tx, hall_of(db), SlipLayout(), case, None))

    for case, said in ((Case.COPY, "CETAK ULANG"), (Case.ALONE, "terputus"), (Case.PRIORITY, "PB-012")):
        assert any(said in line for line in words(paper.compose(await facts(case))))
    narrow, wide = await Pictures(tmp_path / "escpos").of(paper.compose(await facts(Case.ORDINARY)))
    assert (narrow.width, wide.width) == (384, 576)
    assert narrow.png.startswith(b"\x89PNG")
    assert "20-35" in wide.text
    assert "B-012" in narrow.text.splitlines()
