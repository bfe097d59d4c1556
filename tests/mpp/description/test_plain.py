"""What a page is given of a mall, what it leaves alone, and what a new mall begins with."""

import pytest

from mpp.description.core import beginning, plain
from mpp.description.core.plain import Elsewhere, Plain
from ticketing.core import mall_faults
from ticketing.core.complaint_desk import ComplaintDesk
from ticketing.core.mall_entries import SPOKEN, MallFile, PolicyEntry
from ticketing.core.standard import UNSTATED


def elsewhere(file: MallFile) -> Elsewhere:
    standards = {service.code: service.standard for tenant in file.tenants for service in tenant.services}
    return Elsewhere(file.policy, file.complaints, standards)


def test_what_a_page_is_given_and_sends_back_is_the_same_mall(small_mall: MallFile) -> None:
    given = plain.plain(small_mall)
    whole = plain.completed(given, small_mall.mall.code, elsewhere(small_mall))
    assert mall_faults.find(whole, SPOKEN).mall == small_mall


def test_no_standard_no_rule_and_no_persons_name_goes_to_the_page(small_mall: MallFile) -> None:
    given = str(plain.plain(small_mall))
    assert "requirements" not in given
    assert "priority_weight" not in given
    assert "officer" not in given


def test_what_a_page_says_of_standards_and_the_malls_code_is_not_heard(small_mall: MallFile) -> None:
    given = plain.stripped({**plain.plain(small_mall), "policy": "x", "complaints": "y"})
    given["mall"] = {"code": "OTHER", "name": "Lain", "place": "Kota", "timezone": "Asia/Jakarta", "languages": ["id"]}
    whole = plain.completed(given, "OWN", elsewhere(small_mall))
    found = mall_faults.find(whole, SPOKEN).mall
    assert found is not None
    assert (found.mall.code, found.mall.name, found.policy) == ("OWN", "Lain", small_mall.policy)


def test_a_new_service_says_that_nothing_has_been_stated(small_mall: MallFile) -> None:
    found = mall_faults.find(
        plain.completed(plain.plain(small_mall), "X", Elsewhere(PolicyEntry(), ComplaintDesk(), {})), SPOKEN
    )
    assert found.mall is not None
    assert found.mall.tenants[0].services[0].standard.duration_text == UNSTATED


@pytest.mark.parametrize(
    "given", [{}, {"tenants": None}, {"tenants": [1]}, {"tenants": [{"services": [2]}]}, {"mall": 3}]
)
def test_what_is_no_description_is_told_and_breaks_nothing(given: Plain) -> None:
    whole = plain.completed(plain.stripped(given), "X", Elsewhere(PolicyEntry(), ComplaintDesk(), {}))
    assert mall_faults.find(whole, SPOKEN).faults


def test_a_description_is_named_by_what_it_says(small_mall: MallFile) -> None:
    given = plain.plain(small_mall)
    turned = dict(reversed(given.items()))
    assert plain.basis(given) == plain.basis(turned)
    assert plain.basis(given) != plain.basis({**given, "last_ticket_minutes": 1})


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("MPP Timor Tengah Selatan", "MPP-TIMOR-TENGAH-SELATAN"),
        ("Mal Pelayanan Publik Kabupaten Ngada", "MAL-PELAYANAN-PUBLIK-KAB"),
        ("Mal Pelayanan Publik So'e", "MAL-PELAYANAN-PUBLIK-SO"),
        ("Café 2", "CAFE-2"),
        ("北京", "MPP"),
    ],
)
def test_a_code_is_made_of_a_name(name: str, code: str) -> None:
    assert beginning.code_of(name) == code


def test_a_new_mall_lacks_tenants_and_counters_only() -> None:
    given = plain.plain(beginning.unfinished("MPP Soe", "Soe", "Asia/Makassar"))
    found = mall_faults.find(plain.completed(given, "MPP-SOE", Elsewhere(PolicyEntry(), ComplaintDesk(), {})), SPOKEN)
    assert [(fault.path, fault.code) for fault in found.faults] == [("$.tenants", "empty"), ("$.counters", "empty")]
