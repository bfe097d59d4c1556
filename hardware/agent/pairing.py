"""Being let in: the device shows a code, an administrator approves it, a token stays in the state folder."""

import asyncio
import logging
from pathlib import Path

import msgspec

from hardware.agent.server import Denied, NoAnswer, Rejected, Server, write_private
from hardware.core.device import Device, DeviceState, NewDevice

log = logging.getLogger(__name__)

ASK_SECONDS = 3.0
# An administrator who has just approved the device should see it come to life.
REVOKED_SECONDS = 30.0
# Nobody waits for a device that was sent away.
FILE = "device.json"


class _Application(msgspec.Struct, frozen=True):
    kind: str


class Pairing:
    """Membership of one device, kept in its state folder."""

    def __init__(
        self,
        server: Server,
        state: Path,
        kind: str,
        *,
        is_new: bool = False,
        ask_seconds: float = ASK_SECONDS,
    ) -> None:
        self._server, self._kind, self._file = server, kind, state / FILE
        self._ask_seconds = ask_seconds
        self._told: str | None = None
        state.mkdir(parents=True, exist_ok=True, mode=0o700)
        if is_new:
            self._file.unlink(missing_ok=True)
        self.device: Device | None = None
        self.is_revoked = False
        self.shown = b""
        """What the server last said of this device, as it said it."""

    @property
    def code(self) -> str:
        """The code that the server gave this device."""
        if self.device is None or self.device.code is None:
            raise LookupError("the device is not approved yet")
        return self.device.code

    async def approved(self) -> str:
        """Wait until the server has let this device in, and give its code."""
        while True:
            try:
                if pause := await self._try():
                    await asyncio.sleep(pause)
                    continue
                return self.code
            except NoAnswer as error:
                self._server.lost(str(error))
            except Rejected as error:
                self._tell(f"the server refused this device status={error.status} code={error.code!r}")
            await asyncio.sleep(self._ask_seconds)

    async def _try(self) -> float | None:
        """Ask once; give the seconds to wait before asking again, or None when approved."""
        if not self._server.token:
            self._server.token = await self._token()
        try:
            self.shown = await self._server.get("/api/devices/me")
            self.device = msgspec.json.decode(self.shown, type=Device)
        except Denied:
            return self._revoked()
        if self.device.state is DeviceState.REVOKED:
            return self._revoked()
        if self.device.state is DeviceState.WAITING or self.device.code is None:
            self._tell(f"waiting for approval; the pairing code is {self.device.pairing_code}")
            return self._ask_seconds
        self.is_revoked = False
        self._tell(f"approved as {self.device.code} name={self.device.name!r}")
        return None

    async def _token(self) -> str:
        """Take the token from the file, or register."""
        if self._file.exists():
            return msgspec.json.decode(self._file.read_bytes(), type=NewDevice).token
        content = await self._server.post("/api/devices", _Application(self._kind))
        new = msgspec.json.decode(content, type=NewDevice)
        write_private(self._file, msgspec.json.encode(new))
        return new.token

    def _revoked(self) -> float:
        self.is_revoked = True
        self._tell(
            "the server does not let this device in any more; ask the administrator, "
            "or start once with --pair-anew to apply again"
        )
        return max(REVOKED_SECONDS, self._ask_seconds)

    def _tell(self, what: str) -> None:
        if what != self._told:
            log.info("%s", what)
        self._told = what
