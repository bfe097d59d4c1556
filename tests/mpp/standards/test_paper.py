"""What stands on the paper of a standard, in both languages, and on a narrow roll."""

from datetime import date

import pytest
from msgspec.structs import replace

from hardware.core.slip import Slip, Text
from mpp.standards.paper import Sheet, compose
from tests.mpp.standards.test_completeness import BARE, FULL
from ticketing.core.standard import Standard


def lines(standard: Standard, language: str = "id", label: str | None = "Data contoh") -> list[str]:
    sheet = Sheet(
        language=language,
        mall="MPP",
        label=label,
        tenant="Dinas",
        service="KTP",
        standard=standard,
        day=date(2026, 1, 2),
    )
    slip: Slip = compose(sheet)
    return [block.text for block in slip.blocks if isinstance(block, Text)]


def test_all_that_must_be_published_stands_on_it() -> None:
    found = lines(FULL)
    assert found[:4] == ["MPP", "Data contoh", "KTP", "Dinas"]
    for said in ("[ ] KTP-el", "1. Ambil nomor", "2. Ke loket", "1 hari", "Gratis", "Kartu", "Meja pengaduan"):
        assert said in found
    assert found[-2:] == ["Belum diverifikasi: pastikan kepada petugas", "02-01-2026"]
    assert "HOW LONG" in lines(FULL, "en")


def test_what_is_not_known_has_no_heading() -> None:
    found = lines(BARE, label=None)
    assert found[:3] == ["MPP", "KTP", "Dinas"]
    assert not {"YANG PERLU DIBAWA", "LANGKAH-LANGKAH", "HASIL LAYANAN", "PENGADUAN DAN SARAN"} & set(found)


@pytest.mark.parametrize(("fee", "said"), [(None, "Tanyakan di loket"), (0, "Gratis"), (1_250_000, "Rp 1.250.000")])
def test_a_fee_is_said_as_people_say_it(fee: int | None, said: str) -> None:
    assert said in lines(replace(FULL, fee_idr=fee))
