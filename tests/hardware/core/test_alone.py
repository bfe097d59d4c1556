"""What a kiosk offers, gives out and shows while its line is lost."""

from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from hardware.core import alone, lease
from hardware.core.alone import CLOSED, FULL, USED_UP, Hall, Refusal, View
from hardware.core.journal import Entry
from hardware.core.lease import OnPaper
from hardware.core.outcome import Reason
from hardware.core.slip import Qr, Text
from tests.hardware.lent import DAY, LEASE, NINE, slip, ticket, view

SEEN = msgspec.json.decode(view(), type=View)
ENTRY = Entry(ticket=ticket(), day=DAY, tenant="DUKCAPIL")
USED_KTP = {("B", n) for n in (701, 702, 703, 721)}


def hall(now: datetime = NINE, **changes: Any) -> Hall:
    """Say what is known."""
    return msgspec.structs.replace(Hall(lease=LEASE, used=set(), taken={}, now=now, since=NINE), **changes)


def shown(raw: bytes) -> dict[str, Any]:
    """Read a view as the page does."""
    return dict(msgspec.json.decode(raw))


def lost(known: Hall | None, raw: bytes = view(), condition: str | None = None) -> dict[str, Any]:
    """Show the page a lost line."""
    now = known.now if known else NINE
    return shown(alone.lost_view(raw, known, now=now, since=NINE, condition=condition))


def states(told: dict[str, Any]) -> dict[str, str]:
    """Read the state of each service."""
    return {service["code"]: service["state"] for tenant in told["tenants"] for service in tenant["services"]}


def test_a_live_line_is_told_and_nothing_else_is_touched() -> None:
    assert shown(alone.live_view(view())) == shown(view()) | {"line": {"state": "live", "since": None, "left": None}}


def test_a_lost_line_is_told_with_its_time_and_what_is_left() -> None:
    told = lost(hall(NINE + timedelta(minutes=5), used={("B", 701)}))
    assert told["line"] == {"state": "lost", "since": "2026-11-23T01:00:00Z", "left": 7}
    assert told["at"] == "2026-11-23T01:05:00Z"
    assert told["of a later version"] == {"x": 1}
    assert told["tenants"][0]["services"][0]["of a later version"] == 1
    assert told["tenants"][0]["waiting"] == 3, "the counts are those of the time when the line was lost"


@pytest.mark.parametrize(
    ("known", "told"),
    [
        pytest.param(hall(), {"KTP": "open", "KK": "open", "SKCK": "open", "NEW": "used_up"}, id="all is well"),
        pytest.param(
            hall(used=USED_KTP), {"KTP": "used_up", "KK": "used_up", "SKCK": "open", "NEW": "used_up"}, id="used up"
        ),
        pytest.param(
            hall(taken={"KK": 2}), {"KTP": "open", "KK": "full", "SKCK": "open", "NEW": "used_up"}, id="quota"
        ),
        pytest.param(
            hall(NINE + timedelta(hours=3)),
            {"KTP": "open", "KK": "open", "SKCK": "closed", "NEW": "closed"},
            id="one tenant's break",
        ),
        pytest.param(
            hall(NINE + timedelta(hours=4)),
            {"KTP": "used_up", "KK": "used_up", "SKCK": "closed", "NEW": "closed"},
            id="the life of the numbers is over",
        ),
        pytest.param(
            hall(NINE + timedelta(hours=6), lease=replace(LEASE, expires_at=NINE + timedelta(hours=9))),
            dict.fromkeys(("KTP", "KK", "SKCK", "NEW"), "closed"),
            id="the day is over",
        ),
        pytest.param(
            hall(
                NINE + timedelta(hours=16),
                lease=replace(LEASE, expires_at=NINE + timedelta(days=2), turns=LEASE.turns[:1], tenants=()),
            ),
            dict.fromkeys(("KTP", "KK", "SKCK", "NEW"), "used_up"),
            id="numbers of yesterday",
        ),
        pytest.param(None, dict.fromkeys(("KTP", "KK", "SKCK", "NEW"), "used_up"), id="no numbers at all"),
    ],
)
def test_each_service_says_whether_a_number_can_be_had(known: Hall | None, told: dict[str, str]) -> None:
    assert states(lost(known)) == told


def test_a_quota_goes_down_with_what_is_given_out_here() -> None:
    (_, family), _ = (tenant["services"] for tenant in lost(hall(taken={"KK": 1}))["tenants"])
    assert family["left"] == 1


def test_the_hours_are_those_of_now() -> None:
    told = lost(hall(NINE + timedelta(hours=3)))
    assert (told["hours"]["state"], told["tenants"][0]["hours"]["state"]) == ("open", "open")
    assert told["tenants"][1]["hours"] == {
        "state": "break",
        "reason": "Istirahat",
        "until": "2026-11-23T05:00:00Z",
        "next_open": "2026-11-23T05:00:00Z",
    }


def test_before_the_first_turn_of_the_day_the_first_one_holds() -> None:
    assert lease.hours_at(LEASE.turns, NINE - timedelta(days=1)) == LEASE.turns[0].hours


@pytest.mark.parametrize(
    ("raw", "condition", "told"),
    [
        (view(), "paper_out", {"code": "P01", "condition": "paper_out"}),
        (view(), None, {"code": "P01", "condition": "ready"}),
        (view(printer=None), "paper_out", None),
    ],
)
def test_the_printer_is_as_the_kiosk_itself_finds_it(raw: bytes, condition: str | None, told: object) -> None:
    assert lost(hall(), raw, condition)["printer"] == told


@pytest.mark.parametrize(
    ("known", "no"),
    [
        (hall(), None),
        (hall(NINE + timedelta(hours=6)), CLOSED),
        (hall(taken={"KK": 5}), FULL),
        (hall(used=USED_KTP), USED_UP),
    ],
)
def test_a_no_has_the_servers_own_words(known: Hall, no: Refusal | None) -> None:
    found = alone.find(SEEN, "KK")
    assert found is not None
    assert alone.refusal(known, *found) == no


def test_a_service_that_is_not_offered_is_not_found() -> None:
    assert alone.find(SEEN, "TIADA") is None


@pytest.mark.parametrize(
    ("used", "is_priority", "chosen"),
    [
        (set(), False, ("B", 701)),
        ({("B", 701), ("B", 702)}, False, ("B", 703)),
        ({("B", 701), ("B", 702), ("B", 703)}, False, ("B", 721)),
        (USED_KTP, False, None),
        (set(), True, ("PB", 701)),
        ({("PB", 701)}, True, ("B", 701)),
        ({("PB", 701), *USED_KTP}, True, None),
    ],
)
def test_numbers_come_in_order_and_the_favoured_get_an_ordinary_one_at_need(
    used: set[tuple[str, int]], is_priority: bool, chosen: tuple[str, int] | None
) -> None:
    slips = alone.slips_of(LEASE, "KTP")
    assert slips is not None
    found = alone.choose(hall(used=used), slips, is_priority=is_priority)
    assert (found and found[:2]) == chosen
    if found:
        assert found[2] == slip("priority" if is_priority else "ordinary")


def test_a_slip_is_filled_in() -> None:
    filled = lease.fill(slip("ordinary"), number="B-701", time="23-11-2026 09.00 WITA", url="http://mpp.test/t/x")
    text, time, code = filled.blocks
    assert isinstance(text, Text)
    assert isinstance(time, Text)
    assert isinstance(code, Qr)
    assert (text.text, text.size, time.text, code.data) == (
        "ordinary B-701",
        6,
        "23-11-2026 09.00 WITA",
        "http://mpp.test/t/x",
    )


@pytest.mark.parametrize(
    ("entry", "slip_part"),
    [
        (ENTRY, {"state": "waiting", "reason": ""}),
        (replace(ENTRY, is_printing=True), {"state": "claimed", "reason": ""}),
        (replace(ENTRY, ticket=ticket(on_paper=OnPaper.PRINTED)), {"state": "printed", "reason": ""}),
        (
            replace(ENTRY, ticket=ticket(on_paper=OnPaper.FAILED, reason=Reason.PAPER_OUT)),
            {"state": "failed", "reason": "paper_out"},
        ),
    ],
)
def test_a_ticket_tells_what_became_of_its_paper(entry: Entry, slip_part: dict[str, str]) -> None:
    assert shown(alone.ticket_view(view(), LEASE.ticket, entry, now=NINE, url="u"))["slip"] == slip_part


def test_a_ticket_is_shown_as_the_server_would_but_for_what_nobody_knows() -> None:
    told = shown(alone.ticket_view(view(), LEASE.ticket, ENTRY, now=NINE, url="http://mpp.test/t/x"))
    assert (told["number"], told["ahead"], told["offline"], told["priority"]) == ("B-701", None, True, False)
    assert (told["state"], told["of a later version"]) == ("waiting", {"x": 1})
    assert told["tenant"]["short_name"] == "Dukcapil"
    assert told["service"] == {"code": "KTP", "name": "Layanan KTP", "name_en": "Service KTP"}
    assert (told["requirements"], told["url"]) == (["Kartu keluarga"], "http://mpp.test/t/x")


def test_a_ticket_of_a_tenant_that_has_left_meanwhile_can_still_be_shown() -> None:
    gone = replace(ENTRY, tenant="PINDAH", ticket=ticket(service="LAMA"))
    told = shown(alone.ticket_view(view(), LEASE.ticket, gone, now=NINE, url="u"))
    assert (told["number"], told["tenant"]["code"], told["service"]["code"]) == ("B-701", "PINDAH", "LAMA")
    assert told["requirements"] == []
