"""What stands on a slip: the number and where to look, and nothing about the visitor."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from hardware.core import lease, written
from hardware.core.slip import Qr, Slip, Text
from hardware.drivers.profiles import PROFILES
from hardware.drivers.render import render
from tests.ticketing.core.sample_events import NOON
from ticketing.core import paper
from ticketing.core.outlook import Kind, Outlook
from ticketing.core.paper import Paper
from ticketing.core.slip_layout import SlipLayout

PLAIN = Paper(
    language="id",
    mall="MPP Kecil",
    place="Soe",
    label="Data contoh",
    tenant="Dukcapil",
    service="KTP-el",
    number="PB-012",
    is_priority=False,
    issued_at=NOON,
    timezone="Asia/Makassar",
    ahead=3,
    url="http://mpp.test/t/abc",
    footer="Terima kasih",
)


def texts(slip: Slip) -> list[str]:
    return [block.text for block in slip.blocks if isinstance(block, Text)]


def test_the_number_stands_there_once_and_is_the_largest() -> None:
    blocks = [block for block in paper.compose(PLAIN).blocks if isinstance(block, Text)]
    assert [block.text for block in blocks if block.size == paper.NUMBER_SIZE] == ["PB-012"]
    assert max(block.size for block in blocks) == paper.NUMBER_SIZE


def test_a_slip_says_where_when_what_for_and_how_many_are_ahead() -> None:
    assert texts(paper.compose(PLAIN)) == [
        "MPP Kecil",
        "Soe",
        "Data contoh",
        "Dukcapil",
        "KTP-el",
        "Nomor antrean",
        "PB-012",
        "23-11-2026 12.00 WITA",
        "Sisa antrean di depan Anda: 3",
        "Simpan tiket ini sampai Anda selesai dilayani",
        "Berlaku hanya hari ini",
        "Terima kasih",
    ]


def test_the_code_leads_to_the_tickets_page() -> None:
    assert [block.data for block in paper.compose(PLAIN).blocks if isinstance(block, Qr)] == [PLAIN.url]


def test_what_is_not_known_leaves_no_empty_line() -> None:
    bare = texts(paper.compose(replace(PLAIN, place="", label=None, ahead=None, footer="")))
    assert all(bare)
    assert len(bare) == len(texts(paper.compose(PLAIN))) - 4


def test_priority_is_told_without_its_reason() -> None:
    added = set(texts(paper.compose(replace(PLAIN, is_priority=True)))) - set(texts(paper.compose(PLAIN)))
    assert added == {"Antrean prioritas"}


def test_a_copy_says_so_with_its_time() -> None:
    copied = replace(PLAIN, copied_at=datetime(2026, 11, 23, 4, 30, tzinfo=UTC), ahead=None)
    assert "CETAK ULANG 23-11-2026 12.30 WITA" in texts(paper.compose(copied))
    assert not any("CETAK ULANG" in text for text in texts(paper.compose(PLAIN)))


def test_a_slip_for_a_lost_line_says_what_is_not_known_and_is_filled_in_by_the_kiosk() -> None:
    lent = paper.compose(
        replace(PLAIN, number=lease.NUMBER, issued_at=None, ahead=None, url=lease.URL, is_offline=True)
    )
    slip = lease.fill(lent, number="B-701", time=written.local(NOON, "Asia/Makassar"), url="http://mpp.test/t/abc")
    usual = texts(paper.compose(replace(PLAIN, number="B-701", ahead=None)))
    said = texts(slip)
    assert [text for text in said if text not in usual] == [
        "Diambil saat sambungan terputus",
        "Jumlah antrean di depan Anda belum dapat diketahui",
    ]
    assert [text for text in said if text in usual] == usual
    assert [block.data for block in slip.blocks if isinstance(block, Qr)] == ["http://mpp.test/t/abc"]


def test_a_slip_holds_nothing_but_what_the_paper_says() -> None:
    fields = set(Paper.__struct_fields__)
    assert not fields & {"name", "phone", "nik", "priority", "code", "ticket_id"}


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_slip_can_be_written_in_every_language(language: str) -> None:
    slip = paper.compose(replace(PLAIN, language=language, is_priority=True, copied_at=NOON))
    assert not any("{" in text for text in texts(slip))


@pytest.mark.parametrize(
    ("timezone", "shown"),
    [
        ("Asia/Jakarta", "23-11-2026 11.00 WIB"),
        ("Asia/Makassar", "23-11-2026 12.00 WITA"),
        ("Asia/Jayapura", "23-11-2026 13.00 WIT"),
    ],
)
def test_times_are_those_of_the_malls_own_wall(timezone: str, shown: str) -> None:
    assert written.local(NOON, timezone) == shown


GOLDEN = Path(__file__).parent / "golden"
USUAL = {
    "ordinary": replace(PLAIN, outlook=Outlook(kind=Kind.RANGE, least=10, most=25)),
    "priority-copy": replace(
        PLAIN, is_priority=True, copied_at=datetime(2026, 11, 23, 4, 30, tzinfo=UTC), ahead=None, language="en"
    ),
    "alone": replace(
        PLAIN, number="B-701", issued_at=None, ahead=None, is_offline=True, label=None, footer="", requirements=("KTP",)
    ),
}
"""Printed before there was a layout to choose: the bytes were kept."""


@pytest.mark.parametrize("name", USUAL)
def test_a_mall_that_chooses_nothing_gets_the_bytes_that_it_always_got(name: str) -> None:
    printed = render(paper.compose(USUAL[name]), PROFILES["TM-T20II"])
    assert printed == (GOLDEN / f"{name}-TM-T20II.bin").read_bytes()


EVERYTHING = replace(USUAL["ordinary"], is_priority=True, requirements=("Kartu Keluarga", "Pasfoto"))
LEAVES_OUT = {
    "mall": {"MPP Kecil"},
    "place": {"Soe"},
    "service": {"KTP-el"},
    "priority": {"Antrean prioritas"},
    "ahead": {"Sisa antrean di depan Anda: 3"},
    "outlook": {"Perkiraan menunggu: 10-25 menit"},
    "notes": {"Simpan tiket ini sampai Anda selesai dilayani", "Berlaku hanya hari ini"},
    "footer": {"Terima kasih"},
}


@pytest.mark.parametrize("name", LEAVES_OUT)
def test_a_line_that_is_switched_off_is_all_that_is_gone(name: str) -> None:
    before, after = (
        paper.compose(replace(EVERYTHING, layout=replace(SlipLayout(), **{name: is_on}))) for is_on in (True, False)
    )
    assert set(texts(before)) - set(texts(after)) == LEAVES_OUT[name]
    assert set(texts(after)) <= set(texts(before))


def test_what_to_bring_is_printed_where_it_is_wanted() -> None:
    slip = paper.compose(replace(EVERYTHING, layout=SlipLayout(requirements=True)))
    assert [text for text in texts(slip) if text not in texts(paper.compose(EVERYTHING))] == [
        "YANG PERLU DIBAWA",
        "- Kartu Keluarga",
        "- Pasfoto",
    ]


def test_the_barest_ticket_still_says_whose_number_of_when_and_that_it_is_an_example_or_a_copy() -> None:
    switches = [name for name in SlipLayout.__struct_fields__ if name not in {"number_size", "language"}]
    bare = replace(
        EVERYTHING, copied_at=NOON, layout=replace(SlipLayout(number_size=2), **dict.fromkeys(switches, False))
    )
    slip = paper.compose(bare)
    assert texts(slip) == [
        "Data contoh",
        "CETAK ULANG 23-11-2026 12.00 WITA",
        "Dukcapil",
        "Nomor antrean",
        "PB-012",
        "23-11-2026 12.00 WITA",
    ]
    assert not any(isinstance(block, Qr) for block in slip.blocks)
    assert [block.size for block in slip.blocks if isinstance(block, Text) and block.text == "PB-012"] == [2]
    alone = texts(paper.compose(replace(bare, label=None, copied_at=None, is_offline=True)))
    assert alone[0] == "Dukcapil"
    assert "Diambil saat sambungan terputus" in alone
