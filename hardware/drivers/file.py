"""Printers behind a device file such as /dev/usb/lp0.

python-escpos opens such files for writing only; the printer's answers need both directions.
"""

import os
import select

from hardware.drivers.base import LineLost

SEND_SECONDS = 2.0
# A device that takes nothing for so long cannot print.


class FileDriver:
    """A line by a device file; a plain file is appended to and never answers."""

    stays_open = False

    def __init__(self, path: str) -> None:
        self._path = path
        self._line: int | None = None

    def open(self) -> None:
        """Open the file for both directions."""
        if self._line is not None:
            return
        try:
            self._line = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK | os.O_NOCTTY, 0o600)
        except OSError as error:
            raise LineLost(str(error)) from None

    def send(self, data: bytes) -> int:
        """Send some bytes."""
        line = self._opened()
        if not select.select([], [line], [], SEND_SECONDS)[1]:
            return 0
        try:
            return os.write(line, data)
        except BlockingIOError:
            return 0
        except OSError as error:
            raise LineLost(str(error)) from None

    def read(self, seconds: float) -> bytes:
        """Wait for bytes; the end of a plain file is no answer."""
        line = self._opened()
        if not select.select([line], [], [], seconds)[0]:
            return b""
        try:
            return os.read(line, 64)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise LineLost(str(error)) from None

    def close(self) -> None:
        """Close the file."""
        if self._line is not None:
            os.close(self._line)
            self._line = None

    def _opened(self) -> int:
        if self._line is None:
            raise LineLost("the line is not open")
        return self._line
