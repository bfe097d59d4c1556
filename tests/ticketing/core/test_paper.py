"""What stands on a slip: the number and where to look, and nothing about the visitor."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from hardware.core import lease, written
from hardware.core.slip import Qr, Slip, Text
from tests.ticketing.core.sample_events import NOON
from ticketing.core import paper
from ticketing.core.paper import Paper

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
