"""Visitors and officers who live the day over HTTP with bearer tokens: they use the doors everyone uses."""

import asyncio
import logging
from collections.abc import Awaitable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx

from mpp.demo.day import Visitor, outcome
from ticketing.clock import Clock

log = logging.getLogger(__name__)

GLANCE = timedelta(seconds=20)
"""How often an officer with nobody to call looks again."""

MOST_CALLS = 3
"""After the third call in vain the visitor is taken for absent."""

CALL_AGAIN = timedelta(seconds=60)
FIRST_OPENS = timedelta(seconds=15)
"""Counters open one after another in the first minutes."""


class Crowd:
    """All who are in the hall, at the hall's pace."""

    def __init__(self, client: httpx.AsyncClient, clock: Clock, opens: datetime) -> None:
        self.client = client
        self.clock = clock
        self.opens = opens
        self.known: dict[str, Visitor] = {}

    async def live(self, visitors: Sequence[Visitor], counters: Sequence[str], closes: datetime) -> None:
        """Let everybody come, and every counter work until the day is over."""
        async with asyncio.TaskGroup() as hall:
            hall.create_task(self._arrive(visitors))
            for place, counter in enumerate(counters):
                hall.create_task(self._work(counter, FIRST_OPENS * place, closes))

    async def _arrive(self, visitors: Sequence[Visitor]) -> None:
        for visitor in visitors:
            await self._until(self.opens + visitor.comes)
            body = {"service": visitor.service, "priority": visitor.is_priority, "request": uuid4().hex}
            ticket = await self._post("/api/tickets", body)
            if ticket is not None:
                self.known[ticket["number"]] = visitor

    async def _work(self, counter: str, late: timedelta, closes: datetime) -> None:
        await self._pass(late)
        await self._post(f"/api/counters/{counter}/open")
        while self.clock.now() < closes:
            ticket = await self._post(f"/api/counters/{counter}/call-next")
            if ticket is None:
                await self._pass(GLANCE)
                continue
            await self._serve(counter, self.known.get(ticket["number"]))
        await self._post(f"/api/counters/{counter}/close")

    async def _serve(self, counter: str, visitor: Visitor | None) -> None:
        """Wait for the called visitor, serve, finish; or call again and give up."""
        if visitor is not None and not visitor.comes_when_called:
            for _ in range(MOST_CALLS - 1):
                await self._pass(CALL_AGAIN)
                await self._post(f"/api/counters/{counter}/recall")
            await self._pass(CALL_AGAIN)
            await self._post(f"/api/counters/{counter}/miss")
            return
        await self._pass(visitor.walk if visitor else GLANCE)
        await self._post(f"/api/counters/{counter}/start")
        await self._pass(visitor.takes if visitor else timedelta(minutes=5))
        await self._finish(counter, visitor.luck if visitor else 0)

    async def _finish(self, counter: str, luck: float) -> None:
        """End the service, with an outcome if it has some."""
        try:
            view = (await self.client.get(f"/api/counters/{counter}")).json()
        except httpx.TransportError:
            return
        codes = [one["code"] for one in view["outcomes"]]
        await self._post(f"/api/counters/{counter}/finish", {"outcome": outcome(codes, luck), "request": uuid4().hex})

    async def _post(self, path: str, body: dict[str, object] | None = None) -> dict[str, Any] | None:
        """Post a command; None when it is refused: someone may have been quicker, or the demo ends."""
        try:
            answer = await self.client.post(path, json=body or {"request": uuid4().hex})
        except httpx.TransportError:
            return None
        if answer.is_success:
            return dict(answer.json())
        refusal = answer.json().get("code")
        if refusal != "queue_empty":
            log.info("%s: %s", path, refusal)
        return None

    def _pass(self, time: timedelta) -> Awaitable[None]:
        return asyncio.sleep(time.total_seconds() / self.clock.pace)

    async def _until(self, when: datetime) -> None:
        await self._pass(max(timedelta(), when - self.clock.now()))
