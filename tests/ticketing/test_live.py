"""Feeds: one render for all, bursts become one, the slow skip, one bad render is not the end."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from itertools import count

import pytest

from tests.logs import told
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import take
from ticketing import live as feeds
from ticketing import notify
from ticketing.core.ids import MallId
from ticketing.db import Db
from ticketing.live import EVERYTHING, Live, View

MALL, OTHER = MallId(1), MallId(2)


class Shown:
    """A view that counts its renders and can be told to fail."""

    def __init__(self, *, burst: float = 0.0, mall: MallId = MALL) -> None:
        self.renders = 0
        self.failures = 0
        self.view = View(mall_id=mall, name="shown", topics=frozenset({"tickets"}), render=self.render, burst=burst)

    async def render(self) -> bytes:
        if self.failures:
            self.failures -= 1
            raise ZeroDivisionError
        self.renders += 1
        return str(self.renders).encode()


@pytest.fixture
async def live() -> AsyncIterator[Live]:
    opened = Live()
    yield opened
    await opened.close()


async def newest(views: AsyncIterator[bytes]) -> int:
    """Wait for the next state."""
    async with asyncio.timeout(30):
        return int(await anext(views))


async def test_many_followers_share_one_render(live: Live) -> None:
    shown = Shown()
    async with AsyncExitStack() as stack:
        all_views = [await stack.enter_async_context(aclosing(live.follow(shown.view))) for _ in range(60)]
        assert {await newest(views) for views in all_views} == {1}
        live.poke(MALL, {"tickets"})
        assert {await newest(views) for views in all_views} == {2}
    assert shown.renders == 2


async def test_one_who_comes_later_is_shown_the_present_at_once(live: Live) -> None:
    shown = Shown()
    async with aclosing(live.follow(shown.view)) as early, aclosing(live.follow(shown.view)) as late:
        assert await newest(early) == 1
        assert await newest(late) == 1
    assert shown.renders == 1


async def test_a_burst_of_news_becomes_one_render(live: Live) -> None:
    shown = Shown(burst=0.05)
    async with aclosing(live.follow(shown.view)) as views:
        await newest(views)
        for _ in range(100):
            live.poke(MALL, {"tickets"})
        assert await newest(views) == 2
        live.poke(MALL, {"tickets"})
        assert await newest(views) == 3


async def test_a_slow_follower_skips_what_is_old(live: Live) -> None:
    shown = Shown()
    async with aclosing(live.follow(shown.view)) as slow, aclosing(live.follow(shown.view)) as quick:
        assert await newest(slow) == 1
        for state in range(1, 6):
            assert await newest(quick) == state
            live.poke(MALL, {"tickets"})
        assert await newest(quick) == 6
        assert await newest(slow) == 6


@pytest.mark.parametrize(
    ("mall", "topics", "is_shown"),
    [
        (MALL, {"tickets", "counters"}, True),
        (MALL, {EVERYTHING}, True),
        (MALL, {"counters"}, False),
        (MALL, set(), False),
        (OTHER, {"tickets"}, False),
        (OTHER, {EVERYTHING}, False),
    ],
)
async def test_a_feed_renders_for_its_own_topics_in_its_own_mall(
    live: Live, mall: MallId, topics: set[str], is_shown: bool
) -> None:
    shown, marker = Shown(), Shown()
    other = View(mall_id=MALL, name="marker", topics=frozenset({"marker"}), render=marker.render, burst=0)
    async with aclosing(live.follow(shown.view)) as views, aclosing(live.follow(other)) as marks:
        await newest(views)
        await newest(marks)
        live.poke(mall, topics)
        live.poke(MALL, {"marker"})
        assert await newest(marks) >= 2
        if is_shown:
            assert await newest(views) == 2
        assert shown.renders == 1 + is_shown


async def test_a_bad_render_is_logged_and_tried_again(live: Live, caplog: pytest.LogCaptureFixture) -> None:
    shown = Shown()
    async with aclosing(live.follow(shown.view)) as views:
        await newest(views)
        shown.failures = 1
        with caplog.at_level(logging.ERROR, "ticketing.live"):
            live.poke(MALL, {"tickets"})
            assert await newest(views) == 2
    assert "feed shown could not be rendered" in told(caplog, "ticketing.live")


async def test_a_quiet_feed_renders_to_prove_that_the_line_lives(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "HEARTBEAT_SECONDS", 0.01)
    shown = Shown()
    async with aclosing(live.follow(shown.view)) as views:
        assert [await newest(views) for _ in range(3)] == [1, 2, 3]


async def test_a_feed_ends_with_its_last_follower_and_begins_anew_with_the_next(live: Live) -> None:
    shown = Shown()
    first, second = live.follow(shown.view), live.follow(shown.view)
    assert (await newest(first), await newest(second)) == (1, 1)
    (task,) = running()
    await first.aclose()
    live.poke(MALL, {"tickets"})
    assert await newest(second) == 2
    await second.aclose()
    await asyncio.wait({task}, timeout=5)
    assert task.cancelled()
    async with aclosing(live.follow(shown.view)) as third:
        assert await newest(third) == 3


async def test_one_who_watches_is_woken_for_the_topics_watched(live: Live) -> None:
    mine = live.watch(MALL, {"token:7"})
    live.poke(MALL, {"token:8", "tickets"})
    live.poke(OTHER, {"token:7"})
    assert not mine.is_set()
    live.poke(MALL, {"token:7"})
    assert mine.is_set()
    mine.clear()
    live.unwatch(mine)
    live.poke(MALL, {"token:7"})
    assert not mine.is_set()


def running() -> list["asyncio.Task[object]"]:
    """Return the tasks of feeds."""
    return [task for task in asyncio.all_tasks() if task.get_name().startswith("feed ")]


# between processes


@asynccontextmanager
async def second_process(db: Db, clock: StoppedClock) -> AsyncIterator[Db]:
    """Open the database once more, as another process would, and listen."""
    other = Db(db.url.render_as_string(hide_password=False), clock, Live())
    listening = asyncio.create_task(notify.listen(other.url, other.live, await other.malls()))
    try:
        yield other
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        await other.live.close()
        await other.close()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_news_of_one_process_reach_the_other(db: Db, mall: MallId, clock: StoppedClock) -> None:
    async with second_process(db, clock) as other:
        theirs = other.live.watch(mall, {"tickets"})
        await listening_is_heard(db, mall, theirs)
        theirs.clear()
        own = db.live.watch(mall, {"tickets"})
        await take(db, mall, "KTP")
        async with asyncio.timeout(30):
            await asyncio.gather(theirs.wait(), own.wait())
        await asyncio.gather(*(take(db, mall, "KTP") for _ in range(3)))


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_after_a_cut_line_everything_is_rendered_anew(db: Db, mall: MallId, clock: StoppedClock) -> None:
    async with second_process(db, clock) as other:
        theirs = other.live.watch(mall, {"tickets", EVERYTHING})
        await listening_is_heard(db, mall, theirs)
        theirs.clear()
        async with db.writer.connect() as connection:
            cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND pid <> $1"
            await connection.exec_driver_sql(cut, (0,))
        async with asyncio.timeout(60):
            await theirs.wait()


async def listening_is_heard(db: Db, mall: MallId, theirs: asyncio.Event) -> None:
    """Send news until the other process hears them: it needs a moment to begin listening."""
    for _ in count():
        await take(db, mall, "KTP")
        try:
            async with asyncio.timeout(0.2):
                await theirs.wait()
        except TimeoutError:
            continue
        return
