"""A real server on a real port, over both databases, with a clock that stands still until it is told to move."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from mpp import setup
from mpp.config import Config
from tests.conftest import SMALL_MALL
from tests.flows.house import ADDRESS, House, open_house
from tests.stopped_clock import StoppedClock


@pytest.fixture
def mall_yaml() -> str:
    """Give the description of the mall that the house serves; a test may put another in its place."""
    return SMALL_MALL


@pytest.fixture
def has_voice() -> bool:
    """Say whether calls are rendered; a test of many calls may do without."""
    return True


@pytest.fixture
def has_forecast() -> bool:
    """Say whether waits are foretold; few tests wait for that."""
    return False


@pytest.fixture
async def config(database: str, mall_yaml: str, tmp_path: Path, *, has_voice: bool, has_forecast: bool) -> Config:
    """Serve the small mall, which is there already, or put another into the empty database."""
    settings = Config(
        data=tmp_path, database=database, port=0, public_url=ADDRESS, voice=has_voice, forecast=has_forecast
    )
    if mall_yaml != SMALL_MALL:
        mall = tmp_path / "mall.yaml"
        mall.write_text(mall_yaml, encoding="utf-8")
        await setup.import_mall(settings, mall)
    return settings


@pytest.fixture
async def house(config: Config, clock: StoppedClock) -> AsyncIterator[House]:
    """Run a server; after the test the log must tell the rows."""
    async with open_house(config, clock) as opened:
        yield opened
        await opened.replay()
