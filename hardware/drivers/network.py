"""Printers on the network, at TCP port 9100.

The socket is our own: python-escpos takes a closed connection for a printer with plenty of paper, knows only
IPv4, and leaves the socket open when a printer is not there.
"""

import socket

from hardware.drivers.base import LineLost

CONNECT_SECONDS = 3.0
# A printer on the same network answers in milliseconds.
SEND_SECONDS = 2.0
# A full buffer takes nothing more until paper has moved.


class NetworkDriver:
    """A line by TCP. It is closed between jobs, because most printers serve one at a time."""

    stays_open = False

    def __init__(self, host: str, port: int) -> None:
        self._address = (host, port)
        self._line: socket.socket | None = None

    def open(self) -> None:
        """Connect."""
        if self._line:
            return
        try:
            self._line = socket.create_connection(self._address, CONNECT_SECONDS)
        except OSError as error:
            raise LineLost(str(error)) from None

    def send(self, data: bytes) -> int:
        """Send some bytes."""
        line = self._opened()
        line.settimeout(SEND_SECONDS)
        try:
            return line.send(data)
        except TimeoutError:
            return 0
        except OSError as error:
            raise LineLost(str(error)) from None

    def read(self, seconds: float) -> bytes:
        """Wait for bytes; a closed line is lost, not an empty answer."""
        line = self._opened()
        line.settimeout(seconds)
        try:
            data = line.recv(64)
        except TimeoutError:
            return b""
        except OSError as error:
            raise LineLost(str(error)) from None
        if not data:
            raise LineLost("the printer closed the connection")
        return data

    def close(self) -> None:
        """Hang up."""
        if self._line:
            self._line.close()
            self._line = None

    def _opened(self) -> socket.socket:
        if self._line is None:
            raise LineLost("the line is not open")
        return self._line
