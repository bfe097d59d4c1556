"""How complete a standard is: each component by itself, and the ladder rung by rung."""

from datetime import date

import pytest
from msgspec import to_builtins
from msgspec.structs import fields, replace

from mpp.law import core as law
from mpp.law import packaged
from mpp.law.core import Edition, Instrument, Mark, Rule
from mpp.standards import core
from mpp.standards.core import FIELDS, completeness
from ticketing.core.standard import Standard, delivered

DAY = date(2026, 11, 23)
EDITION = law.in_force(packaged.editions(), Instrument.STANDARDS, DAY)

BARE = Standard(
    requirements=(), duration_text="1 hari", counter_minutes=5, fee_idr=None, source="contoh", verified=False
)
FULL = replace(
    BARE,
    requirements=("KTP-el",),
    procedure_steps=("Ambil nomor", "Ke loket"),
    fee_idr=0,
    product="Kartu",
    complaint_channels=("Meja pengaduan",),
    legal_basis="UU 25/2009",
    facilities=("Kursi roda",),
    competence="Petugas terlatih",
    internal_supervision="Oleh atasan langsung",
    staff_count=2,
    service_guarantee="Maklumat",
    safety_guarantee="Data dijaga",
    performance_evaluation="Setiap tahun",
)
SET = replace(FULL, set_on=DAY)
HEARD = replace(SET, public_hearing=DAY)


def test_all_fourteen_components_are_known() -> None:
    assert set(FIELDS) == {rule.key for family in (core.DELIVERY, core.MAKING) for rule in EDITION.of(family)}
    assert (completeness(FULL, EDITION).delivery_of, completeness(FULL, EDITION).all_of) == (6, 14)
    assert {name for names in FIELDS.values() for name in names} <= {field.name for field in fields(Standard)}


@pytest.mark.parametrize("key", sorted(FIELDS.keys() - {"delivery.sd3"}))
def test_each_component_is_missed_by_itself(key: str) -> None:
    without = replace(FULL, **{name: getattr(BARE, name) for name in FIELDS[key]})
    found = completeness(without, EDITION)
    assert (found.missing, found.all, found.rung) == ([key], 13, 1)
    assert found.is_delivery_complete == key.startswith("making")


@pytest.mark.parametrize(
    ("standard", "delivery", "all_", "rung"),
    [
        (BARE, 1, 1, 1),
        (replace(BARE, fee_note="Menurut perkara"), 2, 2, 1),
        (replace(BARE, fee_idr=0), 2, 2, 1),
        (replace(BARE, set_on=DAY, public_hearing=DAY, monitored_on=DAY), 1, 1, 1),
        (replace(FULL, fee_idr=None, fee_note="Menurut perkara"), 6, 14, 2),
        (FULL, 6, 14, 2),
        (replace(FULL, public_hearing=DAY), 6, 14, 2),
        (SET, 6, 14, 3),
        (replace(SET, monitored_on=DAY), 6, 14, 3),
        (HEARD, 6, 14, 4),
        (replace(HEARD, monitored_on=DAY), 6, 14, 5),
        (delivered(HEARD), 6, 7, 1),
    ],
)
def test_the_ladder_is_climbed_until_something_is_missing(
    standard: Standard, delivery: int, all_: int, rung: int
) -> None:
    found = completeness(standard, EDITION)
    assert (found.delivery, found.all, found.rung) == (delivery, all_, rung)


def test_a_component_that_a_new_edition_adds_is_missing_everywhere() -> None:
    more = Rule(key="making.m9", name="Baru", name_en="New", source="S", mark=Mark.OWN)
    edition = Edition(instrument=Instrument.STANDARDS, name="Baru", valid_from=DAY, rules=(*EDITION.rules, more))
    found = completeness(FULL, edition)
    assert (found.missing, found.all, found.all_of, found.rung) == (["making.m9"], 14, 15, 1)


@pytest.mark.parametrize(
    ("review_on", "is_due"), [(None, False), (date(2026, 11, 24), False), (DAY, True), (date(2025, 1, 1), True)]
)
def test_a_review_is_due_on_its_day(review_on: date | None, is_due: bool) -> None:
    assert core.is_review_due(replace(FULL, review_on=review_on), DAY) == is_due


def test_what_is_not_stated_takes_no_room() -> None:
    assert sorted(to_builtins(BARE)) == [
        "counter_minutes",
        "duration_text",
        "fee_idr",
        "requirements",
        "source",
        "verified",
    ]
