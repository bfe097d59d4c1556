"""Live feeds: a view is rendered once for all who follow it, whenever something it shows has changed.

A poke marks feeds dirty; a burst of pokes becomes one render; a slow follower skips what is already old; every
20 s a feed renders anyway and thereby proves that the line lives. No message can be lost, because no message is
ever sent: only states.
"""

import asyncio
import logging
import secrets
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Mapping, Set
from contextlib import suppress

from msgspec import Struct

from ticketing.core.ids import MallId

log = logging.getLogger(__name__)

BURST_SECONDS = 0.02
"""Least time between two renders of one feed: what comes in between shares the next render."""

CALM_SECONDS = 1.0
"""The same for views that are large and whose figures nobody waits for to the second."""

HEARTBEAT_SECONDS = 20.0
"""A feed renders at least this often; pages take a line for dead after 45 s."""

EVERYTHING = "*"
RIGHT = "token:"
"""Before the id of a token: the topic of its being taken back."""


class View(Struct, frozen=True):
    """What a feed shows: its name (one feed per name and mall), what it depends on, and how it is rendered.

    Rendering may add to `topics`: a ticket that is sent on depends on another queue from then on.
    """

    mall_id: MallId
    name: str
    topics: Set[str]
    render: Callable[[], Awaitable[bytes]]
    burst: float = BURST_SECONDS


class Feed:
    """One view and all who follow it."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.followers = 0
        self.version = 0
        self.body = b""
        self.dirty = asyncio.Event()
        self.news = asyncio.Event()
        self.task = asyncio.create_task(self._run(), name=f"feed {view.name}")

    async def _run(self) -> None:
        """Render now, and again whenever something changed or the line has been quiet for long."""
        while True:
            self.dirty.clear()
            try:
                self.body = await self.view.render()
                self.version += 1
                told, self.news = self.news, asyncio.Event()
                told.set()
            except Exception:  # a feed must outlive one bad render: its followers would stand still for ever
                log.exception("feed %s could not be rendered", self.view.name)
                self.dirty.set()
                await asyncio.sleep(1)
            await asyncio.sleep(self.view.burst)
            with suppress(TimeoutError):
                await asyncio.wait_for(self.dirty.wait(), HEARTBEAT_SECONDS)


class Live:
    """All feeds of this process, and who has been shown the door."""

    def __init__(self) -> None:
        self.name = secrets.token_hex(4)
        self._feeds: dict[tuple[MallId, str], Feed] = {}
        self._watchers: dict[asyncio.Event, tuple[MallId, Collection[str]]] = {}

    def poke(self, mall_id: MallId, topics: Collection[str]) -> None:
        """Render anew every feed that shows one of `topics`, and wake who waits for them."""
        if not topics:
            return
        for (feed_mall, _), feed in self._feeds.items():
            if feed_mall == mall_id and (EVERYTHING in topics or not feed.view.topics.isdisjoint(topics)):
                feed.dirty.set()
        for waiting, (watched_mall, watched) in self._watchers.items():
            if watched_mall == mall_id and any(topic in topics for topic in watched):
                waiting.set()

    async def follow(self, view: View) -> AsyncGenerator[bytes]:
        """Yield the view as it is, and then each newer state; a feed ends with its last follower."""
        key = (view.mall_id, view.name)
        feed = self._feeds.get(key)
        if feed is None:
            feed = self._feeds[key] = Feed(view)
        feed.followers += 1
        seen = 0
        try:
            while True:
                while feed.version == seen:
                    await feed.news.wait()
                seen = feed.version
                yield feed.body
        finally:
            feed.followers -= 1
            if feed.followers == 0:
                self._feeds.pop(key, None)
                feed.task.cancel()

    def followers(self) -> Mapping[str, int]:
        """Count who follows, by the kind of view: what stands before the colon of its name."""
        counts: Counter[str] = Counter()
        for (_, name), feed in self._feeds.items():
            counts[name.partition(":")[0]] += feed.followers
        return counts

    def watch(self, mall_id: MallId, topics: Collection[str]) -> asyncio.Event:
        """Return an event that is set whenever one of `topics` is poked; give it back with `unwatch`."""
        waiting = asyncio.Event()
        self._watchers[waiting] = (mall_id, topics)
        return waiting

    def watched(self, mall_id: MallId) -> set[str]:
        """Return the topics for which somebody waits."""
        return {topic for mall, topics in self._watchers.values() if mall == mall_id for topic in topics}

    def unwatch(self, waiting: asyncio.Event) -> None:
        """Stop waiting for topics."""
        self._watchers.pop(waiting, None)

    async def close(self) -> None:
        """End all feeds."""
        tasks = [feed.task for feed in self._feeds.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._feeds.clear()
