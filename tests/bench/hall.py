"""A hall to be measured: the demo mall, open round the clock, behind a real `mpp serve` in a process of its own."""

import asyncio
import datetime as dt
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from time import perf_counter

import msgspec
from msgspec import Struct, structs
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from mpp import setup
from mpp.config import load
from tests.bench.wire import Http
from ticketing.core import mall_file
from ticketing.core.access import Role
from ticketing.core.hours import Interval, OpeningHours
from ticketing.core.mall_entries import MallFile

PROGRAM = Path(sys.executable).with_name("mpp")
ROUND_THE_CLOCK = Interval(open=dt.time(0, 0), close=dt.time(23, 59))
LONGEST_START = 60.0
"""Seconds after which a server that does not answer will not come any more."""


class Hall(Struct, kw_only=True):
    """A running server, how to reach it, and what its mall looks like."""

    port: int
    token: str
    services: list[str]
    counters: list[str]
    pid: int
    settings: Path

    def memory_mb(self) -> float:
        """Return what the server itself holds, without its speech worker.  Source: proc(5), statm (resident pages)."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def described() -> MallFile:
    """Read the demo mall and open it on every day, without breaks, holidays or quotas."""
    mall = mall_file.read(files("mpp.demo").joinpath("mall.yaml").read_text(encoding="utf-8"))
    days = OpeningHours(**dict.fromkeys(OpeningHours.__struct_fields__, ROUND_THE_CLOCK))
    tenants = tuple(
        structs.replace(
            tenant,
            hours=None,
            services=tuple(structs.replace(service, quota_per_day=None, outcomes=()) for service in tenant.services),
        )
        for tenant in mall.tenants
    )
    return structs.replace(mall, hours=days, last_ticket_minutes=0, holidays=(), tenants=tenants)


async def installed(
    folder: Path, database: str | None, *, voice: bool, pairing: str = "by_administrator", forecast: bool = True
) -> tuple[Path, str]:
    """Make a fresh installation; return its settings file and a token."""
    folder.mkdir(parents=True)
    settings = folder / "mpp.toml"
    lines = {
        "data": str(folder),
        "port": await free_port(),
        "voice": voice,
        "database": database,
        "pairing": pairing,
        "forecast": forecast,
    }
    texts = [f"{name} = {msgspec.json.encode(value).decode()}\n" for name, value in lines.items() if value is not None]
    settings.write_text("".join(texts), encoding="utf-8")
    mall = folder / "mall.yaml"
    mall.write_text(mall_file.write(described()), encoding="utf-8")
    await mpp("mall", "import", "--config", str(settings), str(mall))
    return settings, await setup.make_token(load(settings, None), None, Role.MANAGER, "bench", None)


@asynccontextmanager
async def hall(
    folder: Path,
    database: str | None = None,
    *,
    voice: bool = False,
    pairing: str = "by_administrator",
    forecast: bool = True,
) -> AsyncIterator[Hall]:
    """Serve a fresh hall until the measuring is done."""
    settings, token = await installed(folder, database, voice=voice, pairing=pairing, forecast=forecast)
    mall = described()
    async with serving(settings, folder / "log") as (process, _):
        yield Hall(
            port=load(settings, None).port,
            token=token,
            services=[service.code for tenant in mall.tenants for service in tenant.services],
            counters=[counter.code for counter in mall.counters if counter.zone == mall.zones[0].code],
            pid=process.pid,
            settings=settings,
        )


@asynccontextmanager
async def serving(settings: Path, log: Path) -> AsyncIterator[tuple[asyncio.subprocess.Process, float]]:
    """Run `mpp serve`; yield its process and the seconds until it was ready."""
    with log.open("ab") as file:
        before = perf_counter()
        process = await asyncio.create_subprocess_exec(
            PROGRAM, "serve", "--config", str(settings), stdout=file, stderr=file
        )
        try:
            await ready(load(settings, None).port, "/health/ready")
            yield process, perf_counter() - before
        finally:
            process.terminate()
            await process.wait()


async def ready(port: int, path: str) -> None:
    """Ask every few milliseconds until the server answers that it is ready."""
    async with asyncio.timeout(LONGEST_START):
        while True:
            try:
                line = await Http.open(port)
                status, _ = await line.get(path)
                line.close()
                if status == 200:
                    return
            except (OSError, asyncio.IncompleteReadError):
                pass
            await asyncio.sleep(0.005)


async def mpp(*words: str) -> None:
    """Type a command of mpp."""
    process = await asyncio.create_subprocess_exec(PROGRAM, *words, stdout=asyncio.subprocess.DEVNULL)
    if await process.wait():
        raise RuntimeError(f"mpp {' '.join(words)} failed")


async def free_port() -> int:
    """Ask the system for a port that nobody uses."""
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = int(server.sockets[0].getsockname()[1])
    server.close()
    await server.wait_closed()
    return port


async def create_database(server: str, name: str) -> str:
    """Make an empty PostgreSQL database and return its address."""
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    await engine.dispose()
    return make_url(server).set(database=name).render_as_string(hide_password=False)
