"""`mpp demo`: a whole mall on one machine, with a clock of its own, for looking and learning. Never for a real hall."""

import asyncio
import logging
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import httpx
from msgspec import structs

from mpp import app, passwords, schema, server, setup, store
from mpp.config import Config, listening
from mpp.demo import day, floor_plan
from mpp.demo.crowd import Crowd
from mpp.floorplan import actions as floorplan
from ticketing import malls
from ticketing.clock import Clock
from ticketing.core import hours, mall_file
from ticketing.core.access import Role
from ticketing.core.mall_entries import MallFile

log = logging.getLogger(__name__)

OPENS = time(8, 0)
PASSWORD = "contoh-mpp"  # noqa: S105 - printed on the screen for whoever tries the demo
ACCOUNTS = (
    ("admin", "Admin Contoh", Role.ADMINISTRATOR, None),
    ("manajer", "Manajer Contoh", Role.MANAGER, None),
    ("supervisor", "Supervisor Dukcapil Contoh", Role.SUPERVISOR, "DUKCAPIL"),
    ("petugas", "Petugas Contoh", Role.OFFICER, None),
    ("pemandu", "Pemandu Contoh", Role.GREETER, None),
)
PRINTER_TRIES = 200
"""A twentieth of a second each: how long the demo waits for its printer to be there."""


def demo(config: Config, *, port: int, speed: float, seed: int, with_visitors: bool) -> None:
    """Set up what is missing, then live the day until stopped."""
    config = structs.replace(listening(config, None, port), pairing="at_once")
    schema.upgrade(config.url)
    with suppress(KeyboardInterrupt):
        asyncio.run(_demo(config, speed, seed, with_visitors=with_visitors))


async def _demo(config: Config, speed: float, seed: int, *, with_visitors: bool) -> None:
    # SIGTERM ends all of it as Ctrl+C does; otherwise uvicorn would end us before printer and agent have ended.
    signal.signal(signal.SIGTERM, signal.getsignal(signal.SIGINT))
    described = mall_file.read(files("mpp.demo").joinpath("mall.yaml").read_text(encoding="utf-8"))
    opens = await _prepare(config, described)
    clock = Clock(opens, speed)
    running = server.make(app.make(config, clock), config)
    serving = asyncio.create_task(running.serve())
    while not running.started:
        if serving.done():
            raise click.ClickException(f"The server could not start; is port {config.port} free?")
        await asyncio.sleep(0.05)
    async with _printer(config) as pictures:
        showing = asyncio.create_task(
            _show(config, clock, described, opens, seed, pictures, with_visitors=with_visitors)
        )
        await asyncio.wait({serving, showing}, return_when=asyncio.FIRST_COMPLETED)
        await serving
        showing.cancel()


async def _show(
    config: Config,
    clock: Clock,
    described: MallFile,
    opens: datetime,
    seed: int,
    pictures: tuple[Path, int],
    *,
    with_visitors: bool,
) -> None:
    """Say where to look once the printer is there, and let the day's people in."""
    await _until_printer_is_there(f"http://127.0.0.1:{config.port}")
    _tell(config, described, opens, clock.pace, pictures)
    if with_visitors:
        await _live(config, clock, described, opens, seed)


async def _prepare(config: Config, described: MallFile) -> datetime:
    """Make mall and accounts, and choose the day: the next working day on which nobody took a number yet."""
    hash = await passwords.make(PASSWORD)
    async with setup.database(config) as db:
        mall_id = await malls.ensure(db, described)
        async with db.write(mall_id, setup.ACTOR) as tx:
            if not await store.is_described(tx):
                await malls.replace(tx, described)
                await floorplan.show(tx, floorplan.picture(floor_plan.drawn(described)))
            await setup.add_accounts(tx, ACCOUNTS, hash)
            last = await store.last_day(tx)
    today = datetime.now(ZoneInfo(described.mall.timezone)).date()
    first = max(today, last + timedelta(days=1)) if last else today
    return _working_day(described, first)


def _working_day(described: MallFile, first: date) -> datetime:
    """Return eight o'clock of the first day from `first` on that the mall opens."""
    zone = ZoneInfo(described.mall.timezone)
    holidays = {day.date: day.name for day in described.holidays}
    at = datetime.combine(first, OPENS, zone)
    cut_off = timedelta(minutes=described.last_ticket_minutes)
    while hours.status(at, described.hours, holidays, cut_off).state is not hours.HoursState.OPEN:
        at += timedelta(days=1)
    return at


@asynccontextmanager
async def _printer(config: Config) -> AsyncIterator[tuple[Path, int]]:
    """Run a virtual printer and the agent before it, as two processes of their own; yield where the pictures lie."""
    folder, paper, control = config.data / "slips", config.port + 1020, config.port + 1100
    agent = [sys.executable, "-m", "hardware"]
    where = f"network://127.0.0.1:{paper}?profile=TM-T20II"
    state, address = str(config.data / "agent"), f"http://127.0.0.1:{config.port}"
    commands = (
        [
            *agent,
            "virtual-printer",
            "--port",
            str(paper),
            "--control-port",
            str(control),
            "--folder",
            str(folder),
        ],
        [*agent, "print", "--server", address, "--to", where, "--state", state],
    )
    processes = [await asyncio.create_subprocess_exec(*command) for command in commands]
    try:
        yield folder, control
    finally:
        for process in processes:
            with suppress(ProcessLookupError):
                process.terminate()
        await asyncio.gather(*(process.wait() for process in processes))


async def _until_printer_is_there(address: str) -> None:
    async with httpx.AsyncClient(base_url=address) as client:
        for _ in range(PRINTER_TRIES):
            if (await client.get("/health/ready")).json().get("printers"):
                return
            await asyncio.sleep(0.05)
    log.warning("the demo's printer is not there yet; tickets are valid without paper")


async def _live(config: Config, clock: Clock, described: MallFile, opens: datetime, seed: int) -> None:
    """Let the day's visitors come and all counters work."""
    token = await setup.make_token(config, described.mall.code, Role.MANAGER, "demo", None)
    headers = {"authorization": f"Bearer {token}"}
    closes = datetime.combine(opens.date(), _closing(described, opens), opens.tzinfo)
    address = f"http://127.0.0.1:{config.port}"
    async with httpx.AsyncClient(base_url=address, headers=headers, timeout=30) as client:
        crowd = Crowd(client, clock, opens)
        await crowd.live(day.plan(described, seed), [counter.code for counter in described.counters], closes)
    log.info("the hall's day is over; start the demo again for the next one")


def _closing(described: MallFile, opens: datetime) -> time:
    """Return when the mall closes on the day of `opens`."""
    today = hours.week(described.hours)[opens.weekday()]
    return today.close if today else OPENS


def _tell(config: Config, described: MallFile, opens: datetime, speed: float, pictures: tuple[Path, int]) -> None:
    """Say where to look and who can sign in."""
    here, (folder, control) = config.address, pictures
    zone, counter = described.zones[0].code, described.counters[1].code
    names = ", ".join(login for login, *_ in ACCOUNTS)
    click.echo(
        f"""
{described.mall.name} ({described.mall.label})
The hall's clock started at {opens:%A %d-%m-%Y %H.%M} {opens.tzname()} and runs {speed:g} times as fast as yours.

  Kiosk      {here}/kiosk          take a number
  Counter    {here}/counter        call and serve (sign in as petugas, choose a counter)
  Board      {here}/board/{zone}        see and hear the calls (press the sound button once)
  Sign       {here}/sign/{counter}       the sign over a counter
  Manager    {here}/manage         the hall at a glance, devices (sign in as admin)
  Info       {here}/info           what to bring, for every service
  API        {here}/schema
  Printer    http://127.0.0.1:{control}      the slips as pictures; run it out of paper ({folder})

  Accounts   {names}; password of all: {PASSWORD}
  Stop with Ctrl+C.
"""
    )
