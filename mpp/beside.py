"""Work in a process of its own that gives way to the hall, and ends when nobody waits for it any more."""

import asyncio
import os
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar

from counters import machine_code

Q = TypeVar("Q")
A = TypeVar("A")

GIVING_WAY = 10
"""How nice the work is to the hall (0 to 19)."""


async def beside(work: Callable[[Q], A], question: Q, name: str) -> A:
    """Return what `work` (a function of a module) makes of a question; the process is killed when nobody wants it."""
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(work, question, there), daemon=True, name=name)
    try:
        await asyncio.to_thread(process.start)
        there.close()  # so that the end of the process is heard
        found: A = await asyncio.to_thread(here.recv)
        return found
    finally:
        if process.is_alive():
            process.kill()
            await asyncio.to_thread(process.join)
        here.close()


def _work(work: Callable[[Q], A], question: Q, door: Connection) -> None:
    os.nice(GIVING_WAY)
    machine_code.keep()
    door.send(work(question))
