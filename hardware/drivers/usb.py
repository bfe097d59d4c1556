"""Printers on USB, reached without a kernel driver."""

from typing import Any

import libusb_package
import usb.core  # type: ignore[import-untyped]  # it carries no types
from escpos.exceptions import Error as EscposError  # type: ignore[import-untyped]  # it carries no types
from escpos.printer import Usb  # type: ignore[import-untyped]  # it carries no types

from hardware.drivers.base import LineLost

CHUNK = 4096
# The printer's own buffer is about that large.
SEND_MS = 2000
# A printer that takes nothing for so long cannot print.


class UsbDriver:
    """A line by USB; it stays open, because opening resets the printer."""

    stays_open = True

    def __init__(self, vendor: int, product: int, endpoints: tuple[int, int]) -> None:
        self._read_from, self._write_to = endpoints
        arguments = {
            "idVendor": vendor,
            "idProduct": product,
            "backend": libusb_package.get_libusb1_backend(),
        }
        self._printer = Usb(usb_args=arguments, in_ep=self._read_from, out_ep=self._write_to, timeout=SEND_MS)
        self._line: Any = None

    def open(self) -> None:
        """Claim the printer."""
        if self._line:
            return
        try:
            self._printer.open()
        except (OSError, EscposError, ValueError) as error:
            raise LineLost(str(error)) from None
        self._line = self._printer.device

    def send(self, data: bytes) -> int:
        """Send some bytes."""
        try:
            sent: int = self._opened().write(self._write_to, data[:CHUNK], SEND_MS)
        except usb.core.USBTimeoutError:
            return 0
        except usb.core.USBError as error:
            raise LineLost(str(error)) from None
        return sent

    def read(self, seconds: float) -> bytes:
        """Wait for bytes."""
        try:
            return bytes(self._opened().read(self._read_from, 64, max(1, int(seconds * 1000))))
        except usb.core.USBTimeoutError:
            return b""
        except usb.core.USBError as error:
            raise LineLost(str(error)) from None

    def close(self) -> None:
        """Let the printer go."""
        self._line = None
        self._printer.close()

    def _opened(self) -> Any:
        if self._line is None:
            raise LineLost("the line is not open")
        return self._line
