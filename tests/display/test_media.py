"""Pictures and videos: shown otherwise, taken off, put on again, and what is refused; on both databases."""

from collections.abc import Awaitable, Callable
from functools import partial

import pytest

from display import actions, store
from display.actions import Showing
from display.core import media
from display.core.media import UnknownMedia
from display.shelf import Kept
from tests.ticketing.deeds import act, look, second_mall
from ticketing import store as ground
from ticketing.core.ids import MallId
from ticketing.core.mall_entries import MallFile
from ticketing.core.refused import BadRequest, Refused, UnknownZone
from ticketing.db import Db, Tx


async def three(db: Db, mall: MallId) -> list[int]:
    """Put two pictures and a video on the boards."""
    ids = []
    for name, known in (("a", media.PNG), ("b", media.JPEG), ("c", media.MP4)):
        kept, how = Kept(name * 32, known), Showing(alt=name)

        async def add(tx: Tx, kept: Kept = kept, how: Showing = how) -> int:
            return (await actions.show_media(tx, kept, how)).id

        ids.append(await act(db, mall, add))
    return ids


async def on_board(db: Db, mall: MallId, zone: str) -> str:
    async def shown(tx: Tx) -> str:
        return "".join(row.alt for row in await store.media(tx, (await ground.zone(tx, zone)).id))

    return await look(db, mall, shown)


async def test_what_is_taken_off_keeps_its_place_and_comes_back(db: Db, mall: MallId) -> None:
    first, second, _ = await three(db, mall)
    heard = db.live.watch(mall, {"settings"})
    await act(db, mall, lambda tx: actions.take_off(tx, second))
    assert heard.is_set()
    assert await on_board(db, mall, "A") == "ac"
    assert len(await look(db, mall, store.media)) == 3
    await act(db, mall, lambda tx: actions.put_on(tx, second))
    assert await on_board(db, mall, "A") == "abc"
    for nothing_new in (actions.put_on, actions.take_off, actions.take_off):
        await act(db, mall, partial(nothing_new, media_id=first))
    assert await on_board(db, mall, "A") == "bc"


async def test_a_picture_is_moved_to_another_place_and_zone(db: Db, mall: MallId) -> None:
    _, _, last = await three(db, mall)
    await act(db, mall, lambda tx: actions.change_media(tx, last, Showing(alt="c", place=1)))
    assert (await on_board(db, mall, "A"), await on_board(db, mall, "B")) == ("cab", "cab")
    await act(db, mall, lambda tx: actions.change_media(tx, last, Showing(alt="z", zone="B", seconds=30)))
    assert (await on_board(db, mall, "A"), await on_board(db, mall, "B")) == ("ab", "zab")
    row = await look(db, mall, lambda tx: store.one_media(tx, last))
    assert row.seconds == 30


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_what_is_in_a_retired_zone_can_be_moved_and_brought_out_of_it(db: Db, mall: MallId) -> None:
    _, _, last = await three(db, mall)
    await act(db, mall, lambda tx: actions.change_media(tx, last, Showing(alt="c", zone="B")))

    async def retire(tx: Tx) -> None:
        (await ground.zone(tx, "B")).is_active = False

    await act(db, mall, retire)
    await act(db, mall, lambda tx: actions.change_media(tx, last, Showing(alt="c", zone="B", place=1)))
    assert [row.alt for row in await look(db, mall, store.media)] == ["c", "a", "b"]
    assert await on_board(db, mall, "A") == "ab"
    await act(db, mall, lambda tx: actions.change_media(tx, last, Showing(alt="c")))
    assert await on_board(db, mall, "A") == "cab"
    with pytest.raises(UnknownZone):
        await act(db, mall, lambda tx: actions.change_media(tx, last, Showing(alt="c", zone="B")))


NO: list[tuple[Callable[[Tx], Awaitable[None]], type[Refused]]] = [
    (lambda tx: actions.take_off(tx, 999), UnknownMedia),
    (lambda tx: actions.put_on(tx, 999), UnknownMedia),
    (lambda tx: actions.change_media(tx, 999, Showing()), UnknownMedia),
    (lambda tx: actions.change_media(tx, 1, Showing(zone="X")), UnknownZone),
    (lambda tx: actions.change_media(tx, 1, Showing(seconds=0)), BadRequest),
    (lambda tx: actions.change_media(tx, 1, Showing(place=0)), BadRequest),
    (lambda tx: actions.change_media(tx, 1, Showing(alt="x" * 301)), BadRequest),
]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_what_no_board_could_do_is_refused(db: Db, mall: MallId) -> None:
    assert (await three(db, mall))[0] == 1
    for deed, no in NO:
        with pytest.raises(no):
            await act(db, mall, deed)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_file_that_another_mall_shows_stays_on_the_shelf(db: Db, mall: MallId, small_mall: MallFile) -> None:
    there, kept = await second_mall(db, small_mall), Kept("a" * 32, media.PNG)
    here_id, there_id = [
        (await act(db, one, lambda tx: actions.show_media(tx, kept, Showing(alt="a")))).id for one in (mall, there)
    ]
    assert await act(db, mall, lambda tx: actions.remove_media(tx, here_id)) is None
    assert await act(db, there, lambda tx: actions.remove_media(tx, there_id)) == kept.key
