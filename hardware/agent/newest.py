"""A place that holds only the newest value: who is slow skips what is already old."""

import asyncio
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Newest(Generic[Value]):
    """Holds one value and wakes the one who waits for it."""

    def __init__(self) -> None:
        self._changed = asyncio.Event()
        self.value: Value | None = None

    def set(self, value: Value | None) -> None:
        """Replace the value and wake."""
        self.value = value
        self._changed.set()

    def wake(self) -> None:
        """Wake without a new value."""
        self._changed.set()

    async def wait(self, seconds: float) -> bool:
        """Wait for a change, at most so long; say whether there was one."""
        try:
            async with asyncio.timeout(seconds):
                await self._changed.wait()
        except TimeoutError:
            return False
        self._changed.clear()
        return True
