"""One demo mall and one browser for all tests of pages; each test opens its own window."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.installation import Installation, installed
from tests.browser.month import month
from tests.browser.stage import Stage, chromium, staged

expect.set_options(timeout=30_000)  # a busy machine is slow, not wrong


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Run the browser."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="package")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Run the demo mall, with nobody in it."""
    with staged(tmp_path_factory.mktemp("demo")) as running:
        yield running


@pytest.fixture(scope="package")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Run a mall as it is really installed, with nobody in it and no device."""
    with installed(tmp_path_factory.mktemp("installation")) as running:
        yield running


@pytest.fixture(scope="package")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Run a demo mall with a month behind it."""
    with month(tmp_path_factory.mktemp("month")) as running:
        yield running
