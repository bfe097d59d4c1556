"""Runs the application in uvicorn, and tells systemd how it goes."""

import asyncio
import logging
import os
import socket

import msgspec
import uvicorn
from litestar import Litestar
from msgspec import structs

from mpp import app
from mpp.config import Config
from ticketing.clock import Clock

log = logging.getLogger(__name__)

SHUTDOWN_SECONDS = 5
"""How long open requests may take after a stop; sockets are told to come back at once."""


def make(application: Litestar, config: Config) -> uvicorn.Server:
    """Make the server of an application; the caller runs it."""
    return uvicorn.Server(
        uvicorn.Config(
            application,
            host=config.host,
            port=config.port,
            ws="websockets-sansio",
            ws_per_message_deflate=False,  # zlib's memory for each of them, for nothing on a local network
            timeout_graceful_shutdown=SHUTDOWN_SECONDS,
            log_config=None,
            access_log=False,
            server_header=False,
        )
    )


def run(config: Config, clock: Clock | None = None) -> None:
    """Serve until stopped, on the fastest loop that this machine has (uvloop, where it is installed)."""
    server = make(app.make(config, clock), config)
    with asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner:
        runner.run(_serve(server, config))


async def _serve(server: uvicorn.Server, config: Config) -> None:
    beating = asyncio.create_task(_beat(server))
    log.info("serving on http://%s:%s", config.host, config.port)
    await server.serve()
    beating.cancel()


async def _beat(server: uvicorn.Server) -> None:
    """Tell systemd that the server is ready, and then that its loop still turns."""
    while not server.started:  # noqa: ASYNC110 - uvicorn offers no event
        await asyncio.sleep(0.05)
    notify("READY=1")
    pause = int(os.environ.get("WATCHDOG_USEC", "0")) / 2_000_000
    while pause:
        notify("WATCHDOG=1")
        await asyncio.sleep(pause)


def notify(state: str) -> None:
    """Send a line to systemd, if systemd started us."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
        line.connect("\0" + address[1:] if address.startswith("@") else address)
        line.sendall(state.encode())


def openapi(config: Config) -> bytes:
    """Return the description of all doors."""
    schema = app.make(structs.replace(config, voice=False)).openapi_schema.to_schema()
    return msgspec.json.format(msgspec.json.encode(schema), indent=1)
