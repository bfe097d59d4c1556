"""What we know of printer models: one row each. A new model is a new row."""

from collections.abc import Mapping
from types import MappingProxyType

import msgspec


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """One printer model.

    Args:
        escpos: the name that python-escpos knows it by.
        dots: printable dots in a line.
        columns: characters of font A in a line.
        has_native_qr: draws QR codes itself; otherwise they are sent as pictures.
        has_proof: answers GS r from its buffer, which tells that the job before it has been worked off.
        feed: lines between the head and the knife that its cut command does not feed by itself.
    """

    escpos: str
    dots: int
    columns: int
    has_native_qr: bool = True
    has_proof: bool = True
    feed: int = 1


DEFAULT = "generic-80"
# Pictures of QR codes work on every printer, so an unknown model gets them.

PROFILES: Mapping[str, Profile] = MappingProxyType(
    {
        "generic-80": Profile(escpos="RP-F10-80mm", dots=576, columns=48, has_native_qr=False, feed=4),
        "generic-58": Profile(escpos="POS-5890", dots=384, columns=32, has_native_qr=False, feed=3),
        "TM-T20II": Profile(escpos="TM-T20II", dots=576, columns=48),
        "TM-T20III": Profile(escpos="TM-T20II", dots=576, columns=48),
        "TM-T82": Profile(escpos="TM-T20II", dots=576, columns=48),
        "TM-T88IV": Profile(escpos="TM-T88IV", dots=512, columns=42),
        "TM-T88V": Profile(escpos="TM-T88V", dots=512, columns=42),
        "TM-m30": Profile(escpos="TM-T20II", dots=576, columns=48),
        "TSP600": Profile(escpos="TSP600", dots=576, columns=48),
        "TH230": Profile(escpos="TH230", dots=576, columns=44, has_native_qr=False, feed=4),
        "NT-80-V-UL": Profile(escpos="NT-80-V-UL", dots=576, columns=48, feed=4),
        "POS-5890": Profile(escpos="POS-5890", dots=384, columns=32, has_native_qr=False, feed=3),
        "ZJ-5870": Profile(escpos="ZJ-5870", dots=384, columns=32, has_native_qr=False, feed=3),
        "Sunmi-V2": Profile(escpos="Sunmi-V2", dots=384, columns=32, feed=4),
    }
)
# Sources: python-escpos' capabilities and the makers' data sheets, for widths and QR.
