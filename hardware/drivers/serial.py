"""Printers on a serial port, or on USB with a serial chip."""

from typing import Any

from escpos.exceptions import Error as EscposError  # type: ignore[import-untyped]  # it carries no types
from escpos.printer import Serial  # type: ignore[import-untyped]  # it carries no types
from serial import SerialException  # type: ignore[import-untyped]  # it carries no types

from hardware.drivers.base import LineLost

CHUNK = 256
# At 9600 baud a quarter of a second: the printer's word is heard between two chunks.
SEND_SECONDS = 3.0
# A printer that holds DTR down longer cannot print.


class SerialDriver:
    """A line by a serial port; DTR stops us when the printer's buffer is full."""

    stays_open = True

    def __init__(self, device: str, baud: int) -> None:
        self._printer = Serial(devfile=device, baudrate=baud, timeout=SEND_SECONDS, dsrdtr=False)
        self._line: Any = None

    def open(self) -> None:
        """Open the port."""
        if self._line:
            return
        try:
            self._printer.open()
        except (OSError, EscposError) as error:
            raise LineLost(str(error)) from None
        self._line = self._printer.device
        self._line.write_timeout = SEND_SECONDS

    def send(self, data: bytes) -> int:
        """Send some bytes."""
        try:
            sent: int = self._opened().write(data[:CHUNK])
        except SerialException as error:
            if "timeout" in str(error).lower():
                return 0
            raise LineLost(str(error)) from None
        except OSError as error:
            raise LineLost(str(error)) from None
        return sent

    def read(self, seconds: float) -> bytes:
        """Wait for bytes."""
        line = self._opened()
        try:
            line.timeout = seconds
            first: bytes = line.read(1)
            return first + bytes(line.read(line.in_waiting)) if first else b""
        except OSError as error:
            raise LineLost(str(error)) from None

    def close(self) -> None:
        """Close the port."""
        self._line = None
        self._printer.close()

    def _opened(self) -> Any:
        if self._line is None:
            raise LineLost("the line is not open")
        return self._line
