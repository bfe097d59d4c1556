"""Slips as pictures, printed by a process of their own (`hardware.picture`): one at a time, the same one once only."""

import asyncio
import sys
from collections import OrderedDict
from pathlib import Path

import msgspec

from hardware.core.picture import Picture, Wish
from hardware.core.slip import Slip
from mpp.slip.core import WIDTHS, NoPicture

REMEMBERED = 32
"""Pictures of some 5 kB: going to and fro between two layouts prints nothing anew."""

PATIENCE = 20.0
"""Seconds; a slip takes a third of one, and a machine under load some more."""


class Pictures:
    """Prints slips as pictures, on each width of paper."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: OrderedDict[Slip, list[Picture]] = OrderedDict()
        self._turn = asyncio.Lock()

    async def of(self, slip: Slip) -> list[Picture]:
        """Return what paper of each width shows, in the order of WIDTHS.

        Raises: NoPicture.
        """
        async with self._turn:
            if slip not in self._known:
                self._known[slip] = await self._print(slip)
            self._known.move_to_end(slip)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
            return self._known[slip]

    async def _print(self, slip: Slip) -> list[Picture]:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "hardware.picture", str(self._folder)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        wish = msgspec.json.encode(Wish(slip=slip, profiles=tuple(WIDTHS.values())))
        try:
            async with asyncio.timeout(PATIENCE):
                answer, _ = await process.communicate(wish)
        except TimeoutError as slow:
            raise NoPicture from slow
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode != 0:
            raise NoPicture
        return msgspec.json.decode(answer, type=list[Picture])
