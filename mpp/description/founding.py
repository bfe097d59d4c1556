"""The first start: a server without a mall writes a code on its console, and who types it in begins the mall."""

import asyncio
import hmac
import logging
import secrets
from collections.abc import Collection

from mpp import actions as people
from mpp import passwords
from mpp.description import actions
from mpp.description.core import beginning
from mpp.description.core.refused import BegunAlready, WrongFirstCode
from ticketing import malls
from ticketing.core import device
from ticketing.core.access import Role
from ticketing.core.ids import MallId
from ticketing.db import Db

log = logging.getLogger(__name__)


class Founding:
    """The code of this start, and word of the mall that it began."""

    def __init__(self, spoken: Collection[str]) -> None:
        self.spoken = frozenset(spoken)
        self.code = "-".join(device.pairing_code(secrets.token_bytes(6)) for _ in range(2))
        self._begun: asyncio.Future[MallId] | None = None
        self._turn = asyncio.Lock()

    def announce(self, address: str) -> None:
        """Write the code where only those who run the server can read it."""
        log.warning("there is no mall yet: open %s/manage/setup and type in the code %s", address, self.code)

    async def begun(self) -> MallId:
        """Wait until a mall was begun here."""
        self._begun = asyncio.get_running_loop().create_future()
        return await self._begun

    async def begin(
        self, db: Db, code: str, mall: tuple[str, str, str], person: tuple[str, str, str]
    ) -> tuple[MallId, str]:
        """Begin a mall (name, place, time zone) with its administrator (name, login, password); return the login.

        Raises: WrongFirstCode, BegunAlready.
        """
        if not hmac.compare_digest(_letters(code), _letters(self.code)):
            raise WrongFirstCode
        name, login, password = person
        hashed = await passwords.make(password)
        async with self._turn:
            if await db.malls():
                raise BegunAlready
            unfinished = beginning.unfinished(*mall)
            # In one go: a mall without its administrator would be one into which nobody is ever let.
            async with db.found(malls.new(unfinished), "console") as tx:
                await actions.begin(tx, unfinished)
                await people.add_person(tx, login, name, hashed, Role.ADMINISTRATOR, None)
        if self._begun is not None and not self._begun.done():
            self._begun.set_result(tx.mall_id)
        return tx.mall_id, login


def _letters(code: str) -> bytes:
    """Read a code as people type it: with or without dashes, small or capital."""
    return "".join(sign for sign in code.upper() if sign.isalnum()).encode()
