"""The kinds of lines to a printer, by the word that a destination begins with."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from hardware.drivers.base import Driver
from hardware.drivers.destination import Destination, parse
from hardware.drivers.file import FileDriver
from hardware.drivers.network import NetworkDriver
from hardware.drivers.printer import PATIENCE, Patience, Printer
from hardware.drivers.serial import SerialDriver
from hardware.drivers.usb import UsbDriver


def _usb(destination: Destination) -> Driver:
    vendor, product = (int(number, 16) for number in destination.place.split(":"))
    return UsbDriver(vendor, product, destination.endpoints)


KINDS: Mapping[str, Callable[[Destination], Driver]] = MappingProxyType(
    {
        "network": lambda to: NetworkDriver(to.place, to.port),
        "usb": _usb,
        "serial": lambda to: SerialDriver(to.place, to.baud),
        "file": lambda to: FileDriver(to.place),
    }
)


def printer(text: str, patience: Patience = PATIENCE) -> Printer:
    """Make the printer that a destination names; nothing is opened yet."""
    destination = parse(text)
    return Printer(KINDS[destination.kind](destination), destination, patience)
