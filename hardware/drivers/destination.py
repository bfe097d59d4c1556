"""Where a printer is, written as one line: network://192.168.1.50:9100?profile=TM-T20II.

The four kinds are network, usb, serial and file; the last is a device file such as /dev/usb/lp0.
"""

from urllib.parse import parse_qsl, urlsplit

import msgspec

from hardware.drivers.profiles import DEFAULT, PROFILES, Profile

PORT = 9100
# Where network printers listen for raw jobs ("JetDirect").
BAUD = 9600
# What serial printers are set to in the factory.
YES_NO = {"yes": True, "no": False}
OPTIONS = {
    "network": {"profile", "proof"},
    "usb": {"profile", "proof", "in", "out"},
    "serial": {"profile", "proof", "baud"},
    "file": {"profile", "proof", "status"},
}
# What may stand behind the question mark of each kind.


class WrongDestination(ValueError):
    """A destination that cannot be understood; the text says how to write it."""


class Destination(msgspec.Struct, frozen=True, kw_only=True):
    """A printer's address and model.

    Args:
        place: host, device file, or "04b8:0e15" (vendor and product) for USB.
        has_status: whether the printer is asked how it is; a plain file cannot be.
        endpoints: USB addresses for reading and writing.
    """

    kind: str
    place: str
    profile: Profile
    port: int = PORT
    baud: int = BAUD
    has_status: bool = True
    endpoints: tuple[int, int] = (0x82, 0x01)


def parse(text: str) -> Destination:
    """Read a destination; raise WrongDestination with an advice when it cannot be understood."""
    parts = urlsplit(text)
    if parts.scheme not in OPTIONS:
        raise WrongDestination(f"{text!r}: begin with network://, usb://, serial:// or file://")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if unknown := options.keys() - OPTIONS[parts.scheme]:
        known = ", ".join(sorted(OPTIONS[parts.scheme]))
        raise WrongDestination(f"{text!r}: unknown option {min(unknown)!r}; known are {known}")
    try:
        return Destination(
            kind=parts.scheme,
            place=_place(parts.scheme, parts.netloc, parts.hostname, parts.path),
            profile=_profile(options),
            port=(parts.port if parts.scheme == "network" else None) or PORT,
            baud=int(options.get("baud", BAUD)),
            has_status=YES_NO[options.get("status", "yes")],
            endpoints=(int(options.get("in", "0x82"), 0), int(options.get("out", "0x01"), 0)),
        )
    except KeyError as error:
        raise WrongDestination(f"{text!r}: write yes or no, not {error}") from None
    except ValueError as error:
        raise WrongDestination(f"{text!r}: {error}") from None


def _place(kind: str, netloc: str, host: str | None, path: str) -> str:
    """Check the part that says where: host, device file, or the two USB numbers."""
    if kind == "network":
        if not host:
            raise ValueError("name the printer's address, as in network://192.168.1.50:9100")
        return host
    if kind == "usb":
        vendor, _, product = netloc.partition(":")
        if len(vendor) != 4 or len(product) != 4 or not _is_hex(vendor + product):
            raise ValueError("name vendor and product as lsusb shows them, as in usb://04b8:0e15")
        return netloc.lower()
    if netloc or not path.startswith("/"):
        raise ValueError(f"name the device file with three slashes, as in {kind}:///dev/usb/lp0")
    return path


def _is_hex(digits: str) -> bool:
    return all(digit in "0123456789abcdefABCDEF" for digit in digits)


def _profile(options: dict[str, str]) -> Profile:
    name = options.get("profile", DEFAULT)
    if name not in PROFILES:
        raise ValueError(f"unknown profile {name!r}; known are {', '.join(PROFILES)}")
    has_proof = YES_NO[options["proof"]] if "proof" in options else PROFILES[name].has_proof
    return msgspec.structs.replace(PROFILES[name], has_proof=has_proof)
