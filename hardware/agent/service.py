"""Running an agent as a program: its log, its end on a signal, its word to systemd."""

import asyncio
import logging
import signal
import sys
from contextlib import suppress
from typing import Protocol

from hardware.agent import systemd

log = logging.getLogger(__name__)

SILENT_SECONDS = 120.0
# The longest that one slip can take, and some more; after that systemd shall start us anew.


class Agent(Protocol):
    """Something that works until it is told to stop, and counts its steps."""

    @property
    def beats(self) -> int:
        """Count the steps so far."""

    async def run(self, stop: asyncio.Event) -> None:
        """Work until told to stop."""


def log_to_stderr() -> None:
    """Write a line for each happening, with its time; libraries speak only of trouble."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%S%z"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("hardware").setLevel(logging.INFO)


def stop_on_signal() -> asyncio.Event:
    """Give an event that SIGTERM and Ctrl-C set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


async def serve(agent: Agent) -> None:
    """Run an agent until a signal comes."""
    stop = stop_on_signal()
    watchdog = asyncio.create_task(_watchdog(agent))
    systemd.notify("READY=1")
    try:
        await agent.run(stop)
    finally:
        systemd.notify("STOPPING=1")
        watchdog.cancel()
        with suppress(asyncio.CancelledError):
            await watchdog
    log.info("stopped")


async def _watchdog(agent: Agent) -> None:
    """Tell systemd that we live, as long as the agent's steps go on."""
    interval = systemd.watchdog_seconds()
    if interval is None:
        return
    loop = asyncio.get_running_loop()
    beats, since = agent.beats, loop.time()
    while True:
        if agent.beats != beats:
            beats, since = agent.beats, loop.time()
        if loop.time() - since < SILENT_SECONDS:
            systemd.notify("WATCHDOG=1")
        await asyncio.sleep(interval / 2)
