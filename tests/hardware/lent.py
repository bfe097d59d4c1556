"""What a server lends a kiosk of a small mall, and the view that the kiosk saw last."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec

from hardware.core.lease import NUMBER, TIME, URL, Block, Hours, Lease, OfflineTicket, ServiceSlips, TenantHours, Turn
from hardware.core.slip import Qr, Slip, Text

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Nine in the morning in the hall."""

DAY = date(2026, 11, 23)
OPEN = Hours(state="open", reason="", until=None, next_open=None)
CLOSED = Hours(state="after_closing", reason="", until=None, next_open=NINE + timedelta(days=1))
BREAK = Hours(state="break", reason="Istirahat", until=NINE + timedelta(hours=4), next_open=NINE + timedelta(hours=4))


def slip(kind: str) -> Slip:
    """Lend a slip."""
    return Slip((Text(text=f"{kind} {NUMBER}", size=6), Text(text=TIME), Qr(data=URL)))


LEASE = Lease(
    at=NINE,
    day=DAY,
    expires_at=NINE + timedelta(hours=4),
    timezone="Asia/Makassar",
    ticket_url="http://mpp.test/t/",
    blocks=(
        Block(id=1, series="B", first=701, last=703),
        Block(id=2, series="PB", first=701, last=701),
        Block(id=3, series="B", first=721, last=721),
        Block(id=4, series="C", first=701, last=703),
    ),
    turns=(Turn(at=NINE - timedelta(hours=1), hours=OPEN), Turn(at=NINE + timedelta(hours=6), hours=CLOSED)),
    tenants=(
        TenantHours(
            tenant="POLRES",
            turns=(Turn(at=NINE - timedelta(hours=1), hours=OPEN), Turn(at=NINE + timedelta(hours=3), hours=BREAK)),
        ),
    ),
    services=tuple(
        ServiceSlips(
            service=code,
            ordinary=prefix,
            priority=f"P{prefix}",
            ordinary_slip=slip("ordinary"),
            priority_slip=slip("priority"),
        )
        for code, prefix in (("KTP", "B"), ("KK", "B"), ("SKCK", "C"))
    ),
    ticket=msgspec.Raw(b'{"id":0,"number":"","state":"expired","ahead":null,"of a later version":{"x":1}}'),
)


def service(code: str, left: int | None = None) -> dict[str, Any]:
    """Offer a service."""
    standard = {"requirements": ["Kartu keluarga"], "counter_minutes": 8}
    return {
        "code": code,
        "name": f"Layanan {code}",
        "name_en": f"Service {code}",
        "standard": standard,
        "state": "open",
        "left": left,
        "of a later version": 1,
    }


def tenant(code: str, *services: dict[str, Any]) -> dict[str, Any]:
    """Offer a tenant's services."""
    return {
        "code": code,
        "name": code.title(),
        "name_en": None,
        "short_name": code.title(),
        "colour": "#1f6f54",
        "prefix": "B",
        "hours": {"state": "open", "reason": "", "until": None, "next_open": None},
        "waiting": 3,
        "open_counters": 1,
        "services": list(services),
    }


def view(**changes: Any) -> bytes:
    """Show what a kiosk saw last."""
    told = {
        "at": NINE.isoformat(),
        "pace": 1.0,
        "build": "abc",
        "mall": {"code": "KECIL", "name": "MPP Kecil"},
        "hours": {"state": "open", "reason": "", "until": None, "next_open": None},
        "priority_classes": [],
        "printer": {"code": "P01", "condition": "ready"},
        "tenants": [
            tenant("DUKCAPIL", service("KTP"), service("KK", 2)),
            tenant("POLRES", service("SKCK"), service("NEW")),
        ],
        "line": None,
        "of a later version": {"x": 1},
    }
    return msgspec.json.encode(told | changes)


def ticket(nth: int = 0, **changes: Any) -> OfflineTicket:
    """Give out a number."""
    plain = OfflineTicket(
        request=f"tap-{nth}",
        service="KTP",
        priority=False,
        series="B",
        serial=701 + nth,
        code=f"abcdefghjk{nth:02d}".replace("0", "z").replace("1", "y"),
        issued_at=NINE + timedelta(minutes=nth),
    )
    return msgspec.structs.replace(plain, **changes)
