"""A bell that wakes all who wait for news."""

import asyncio


class News:
    """Counts what happened; whoever waits is woken by the next."""

    def __init__(self) -> None:
        self._bell = asyncio.Event()

    def tell(self) -> None:
        """Wake everybody who waits now."""
        bell, self._bell = self._bell, asyncio.Event()
        bell.set()

    async def wait(self, seconds: float) -> None:
        """Wait for news, at most so long."""
        bell = self._bell
        try:
            async with asyncio.timeout(seconds):
                await bell.wait()
        except TimeoutError:
            return
