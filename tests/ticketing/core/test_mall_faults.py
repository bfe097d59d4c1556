"""Every field of a description that is wrong is told at its place, with a code that the page has words for."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from ticketing import texts
from ticketing.core import mall_checks, mall_faults
from ticketing.core.mall_entries import SPOKEN, MallFile

Deed = Callable[[Any], object]

CASES: list[tuple[Deed, str, str]] = [
    (lambda it: it["mall"].pop("place"), "$.mall.place", "missing"),
    (lambda it: it["mall"].update(name=""), "$.mall.name", "missing"),
    (lambda it: it["mall"].update(name=" X"), "$.mall.name", "line"),
    (lambda it: it["mall"].update(name=None), "$.mall.name", "missing"),
    (lambda it: it["mall"].update(name="x" * 121), "$.mall.name", "too_long"),
    (lambda it: it["mall"].update(languages=["xx"]), "$.mall.languages[0]", "choice"),
    (lambda it: it["mall"].update(more=1), "$.mall.more", "unknown_field"),
    (lambda it: it["mall"].update(timezone="Asia/Kupang"), "$.mall.timezone", "timezone"),
    (lambda it: it["hours"]["mon"].update(open="25:00"), "$.hours.mon.open", "time"),
    (lambda it: it["hours"]["mon"].update(close="07:00:00"), "$.hours.mon.close", "ends_early"),
    (lambda it: it["hours"].update(dict.fromkeys(mall_checks.DAYS)), "$.hours", "no_day"),
    (lambda it: it.update(last_ticket_minutes=-1), "$.last_ticket_minutes", "too_small"),
    (lambda it: it.update(last_ticket_minutes=999), "$.last_ticket_minutes", "too_large"),
    (lambda it: it.update(last_ticket_minutes="x"), "$.last_ticket_minutes", "number"),
    (lambda it: it.update(holidays=[{"date": "17-8", "name": "HUT"}]), "$.holidays[0].date", "date"),
    (lambda it: it.update(zones=[]), "$.zones", "empty"),
    (lambda it: it["tenants"][0].update(prefix="I"), "$.tenants[0].prefix", "prefix"),
    (lambda it: it["tenants"][1].update(prefix=it["tenants"][0]["prefix"]), "$.tenants[1].prefix", "prefix_taken"),
    (lambda it: it["tenants"][0].update(colour="red"), "$.tenants[0].colour", "colour"),
    (lambda it: it["tenants"][0]["services"][0].update(code="a b"), "$.tenants[0].services[0].code", "code"),
    (
        lambda it: it["tenants"][0]["services"][0].update(outcomes=[{"code": "A", "name": "A", "name_en": "A"}]),
        "$.tenants[0].services[0].outcomes[0].code",
        "class_code",
    ),
    (lambda it: it["counters"][0].update(services=[]), "$.counters[0].services", "empty"),
    (lambda it: it["counters"][0].update(zone="ZZ"), "$.counters[0].zone", "unknown_zone"),
    (lambda it: it["counters"][1].update(name=it["counters"][0]["name"]), "$.counters[1].name", "twice"),
    (lambda it: it["counters"].__setitem__(0, "x"), "$.counters[0]", "other"),
    (lambda it: it["zones"][0].update(languages=["jv-x"]), "$.zones[0].languages[0]", "not_spoken"),
    (lambda it: it["pronunciations"].update(x={"id": 3}), "$.pronunciations.x.id", "other"),
    (lambda it: it["pronunciations"].update({"?": "?"}), "$.pronunciations.?", "not_words"),
]


@pytest.mark.parametrize(("deed", "path", "code"), CASES)
def test_a_fault_is_told_at_its_place(small_mall: MallFile, deed: Deed, path: str, code: str) -> None:
    value = msgspec.json.decode(msgspec.json.encode(small_mall))
    deed(value)
    found = mall_faults.find(value, SPOKEN)
    assert found.mall is None
    assert all(
        texts.say(language, f"problem.{fault.code}", given="x", other="y")
        for fault in found.faults
        for language in ("id", "en")
    )
    assert (path, code) in [(fault.path, fault.code) for fault in found.faults]


def test_all_faults_are_told_at_once(small_mall: MallFile) -> None:
    value = msgspec.json.decode(msgspec.json.encode(small_mall))
    value["mall"]["name"], value["tenants"][0]["prefix"], value["counters"][0]["name"] = "", "i", None
    found = mall_faults.find(value, SPOKEN)
    assert [fault.path for fault in found.faults] == ["$.mall.name", "$.tenants[0].prefix", "$.counters[0].name"]


def test_what_fits_is_the_mall(small_mall: MallFile) -> None:
    found = mall_faults.find(msgspec.json.decode(msgspec.json.encode(small_mall)), SPOKEN)
    assert (found.mall, found.faults) == (small_mall, [])


@pytest.mark.parametrize("value", [None, [], "mall", {}, 3])
def test_what_is_no_mall_at_all_is_told_too(value: object) -> None:
    assert mall_faults.find(value, SPOKEN).faults
