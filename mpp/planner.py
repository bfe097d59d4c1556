"""Finds counters for hours in a process of its own: one search at a time, limited in time, its answer remembered.

The hall never waits for it: the process gives way to all others, imports the compiler for itself, and is ended with its
answer, or with the server.
"""

import asyncio
import pickle
from collections import OrderedDict
from hashlib import sha256
from time import monotonic

from counters.core.staffing.question import Answer, Question
from mpp.beside import beside
from ticketing.core.refused import TooManyRequests

SECONDS = 60.0
"""After which a search returns the best it has found; a tenant of 600 visitors a day takes some ten."""

IN_LINE = 8
"""Searches that may wait for their turn: all tenants of a small mall, and an end to what one person can cause."""

REMEMBERED = 64


class Planner:
    """Answers questions about counters, the same one once only."""

    def __init__(self) -> None:
        self._known: OrderedDict[bytes, Answer] = OrderedDict()
        self._asked: dict[bytes, asyncio.Task[Answer]] = {}
        self._turn = asyncio.Lock()

    async def answer(self, question: Question) -> Answer:
        """Return what is remembered, or what the search finds; who goes away does not end it.

        Raises: TooManyRequests.
        """
        key = sha256(pickle.dumps(question)).digest()
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key]
        if key not in self._asked:
            if len(self._asked) >= IN_LINE:
                raise TooManyRequests("Too many searches are waiting; ask again in a minute.")
            self._asked[key] = asyncio.create_task(self._find(key, question))
        return await asyncio.shield(self._asked[key])

    async def _find(self, key: bytes, question: Question) -> Answer:
        try:
            async with self._turn:
                self._known[key] = await search(question)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
            return self._known[key]
        finally:
            del self._asked[key]

    async def close(self) -> None:
        """End all searches."""
        tasks = [*self._asked.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def search(question: Question) -> Answer:
    """Search in another process."""
    return await beside(_found, question, "staffing")


def _found(question: Question) -> Answer:
    from counters.core.staffing.trial import answer  # only the process of the search imports the compiler

    until = monotonic() + SECONDS
    return answer(question, lambda: monotonic() > until)
