"""Destinations, written as one line."""

import pytest

from hardware.drivers.destination import WrongDestination, parse
from hardware.drivers.lines import printer
from hardware.drivers.profiles import PROFILES


def test_a_network_printer_is_named_by_its_address() -> None:
    to = parse("network://192.168.1.50?profile=TM-T20II")
    assert (to.kind, to.place, to.port, to.profile) == (
        "network",
        "192.168.1.50",
        9100,
        PROFILES["TM-T20II"],
    )
    assert parse("network://printer.local:9101").port == 9101


def test_an_unknown_model_gets_pictures_of_qr_codes() -> None:
    assert not parse("network://192.168.1.50").profile.has_native_qr


def test_a_usb_printer_is_named_by_its_numbers() -> None:
    to = parse("usb://04B8:0e15?profile=TM-T88V&in=0x81&out=2")
    assert (to.place, to.endpoints, to.profile.dots) == ("04b8:0e15", (0x81, 2), 512)


def test_serial_and_file_printers_are_named_by_their_device() -> None:
    assert parse("serial:///dev/ttyUSB0?baud=19200").baud == 19_200
    assert parse("file:///dev/usb/lp0").place == "/dev/usb/lp0"
    assert not parse("file:///tmp/x?status=no").has_status


def test_a_model_that_cannot_tell_the_end_of_a_job_can_be_said_so() -> None:
    assert parse("network://10.0.0.9").profile.has_proof
    assert not parse("network://10.0.0.9?proof=no").profile.has_proof


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("", "begin with network://"),
        ("lpt1", "begin with network://"),
        ("http://192.168.1.50", "begin with network://"),
        ("network://", "name the printer's address"),
        ("network://10.0.0.9:abc", "Port could not be cast"),
        ("network://10.0.0.9?profile=TM-X", "unknown profile 'TM-X'; known are generic-80"),
        ("network://10.0.0.9?baud=9600", "unknown option 'baud'; known are profile, proof"),
        ("network://10.0.0.9?proof=maybe", "write yes or no"),
        ("usb://04b8", "name vendor and product"),
        ("usb://04b8:0e1z", "name vendor and product"),
        ("serial://dev/ttyUSB0", "three slashes"),
        ("serial:///dev/ttyUSB0?baud=fast", "invalid literal"),
        ("file:lp0", "three slashes"),
    ],
)
def test_a_wrong_destination_is_answered_with_advice(text: str, advice: str) -> None:
    with pytest.raises(WrongDestination, match=r".") as error:
        parse(text)
    assert advice in str(error.value)


@pytest.mark.parametrize("text", ["network://127.0.0.1", "usb://04b8:0e15", "serial:///dev/ttyS9", "file:///dev/null"])
def test_making_a_printer_opens_nothing(text: str) -> None:
    printer(text).close()
