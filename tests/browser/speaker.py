"""`mpp-agent speak` as it runs in a zone, with a folder instead of a sound card."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from tests.browser.installation import Installation


class Speaker:
    """A loudspeaker's agent as a process of its own, with a folder for a sound card."""

    def __init__(self, mall: Installation, code: str) -> None:
        self._heard, state = mall.data / code / "heard", mall.data / code
        state.mkdir()
        mine = httpx.post(f"{mall.address}/api/devices", json={"kind": "speaker"}).raise_for_status()
        mall.post(f"/api/devices/{mine.json()['id']}/approve", code=code, name=code, zone="A")
        (state / "device.json").write_bytes(mine.content)
        self._log = state / "log"
        words = ("speak", "--server", mall.address, "--to", f"file:{self._heard}", "--state", str(state))
        with self._log.open("wb") as log:
            self._process = subprocess.Popen([sys.executable, "-m", "hardware", *words], stderr=log)

    def is_ready(self) -> bool:
        """Tell whether the server has let it in."""
        assert self._process.poll() is None, self._log.read_text()
        return "approved as" in self._log.read_text()

    def heard(self) -> list[int]:
        """List the announcements that were played."""
        return [int(file.name.partition("-")[0]) for file in sorted(self._heard.glob("*.wav"))]

    def pause(self) -> None:
        """Let it stand still: it hears of nothing."""
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it live on."""
        self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """Cut its power."""
        self._process.kill()
        self._process.wait(timeout=60)


@contextmanager
def speaker(mall: Installation, code: str) -> Iterator[Speaker]:
    """Run a loudspeaker's agent until the block is left."""
    running = Speaker(mall, code)
    try:
        yield running
    finally:
        running.kill()
