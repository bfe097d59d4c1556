"""What people read before they undo, as a table of cases."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from mpp.description.core import plain
from mpp.description.core.difference import LONGEST, Change, Verb, difference, text
from ticketing.core.mall_entries import MallFile

Deed = Callable[[Any], object]


def changed(small_mall: MallFile, deed: Deed) -> list[Change]:
    before = plain.plain(small_mall)
    after = deepcopy(before)
    deed(after)
    return difference(before, after)


def said(one: Change) -> tuple[str, ...]:
    return (one.verb, one.part, one.name, one.field, one.before, one.after)


CASES: list[tuple[Deed, list[tuple[str, ...]]]] = [
    (dict, []),
    (
        lambda it: it["mall"].update(label="Contoh"),
        [("changed", "mall", "", "label", "", "Contoh")],
    ),
    (
        lambda it: it.update(last_ticket_minutes=10),
        [("changed", "mall", "", "last_ticket_minutes", "30", "10")],
    ),
    (
        lambda it: it["closing"].update(mode="stop"),
        [("changed", "closing", "", "mode", "warn", "stop")],
    ),
    (
        lambda it: it["holidays"].append({"date": "2026-12-24", "name": "Cuti"}),
        [("added", "holidays", "Cuti (2026-12-24)", "", "", "")],
    ),
    (
        lambda it: it["counters"].pop(),
        [("removed", "counters", "3", "", "", "")],
    ),
    (
        lambda it: it["counters"].reverse(),
        [("moved", "counters", "", "", "", "")],
    ),
    (
        lambda it: it["tenants"][0].update(short_name="Capil"),
        [("changed", "tenants", "Dinas Kependudukan dan Pencatatan Sipil", "short_name", "Dukcapil", "Capil")],
    ),
    (
        lambda it: it["tenants"][0]["services"][0].update(quota_per_day=40),
        [("changed", "services", "Perekaman KTP-el", "quota_per_day", "", "40")],
    ),
    (
        lambda it: it["pronunciations"].update(MPP="em pe pe"),
        [("changed", "pronunciations", "", "MPP", "", "em pe pe")],
    ),
]


@pytest.mark.parametrize(("deed", "expected"), CASES)
def test_each_difference_is_one_line(small_mall: MallFile, deed: Deed, expected: list[tuple[str, ...]]) -> None:
    assert [said(one) for one in changed(small_mall, deed)] == expected


def test_hours_are_told_day_by_day(small_mall: MallFile) -> None:
    def deed(it: Any) -> None:
        pause = {"start": "12:00:00", "end": "13:00:00", "name": "Istirahat"}
        it["hours"]["mon"] = {"open": "08:00:00", "close": "12:30:00", "breaks": []}
        it["hours"]["tue"] = None
        it["tenants"][0]["hours"] = {"wed": {"open": "09:00:00", "close": "15:00:00", "breaks": [pause]}}

    lines = {(one.name, one.field): one.after for one in changed(small_mall, deed) if one.part == "hours"}
    assert lines["", "mon"] == "08:00-12:30"
    assert lines["", "tue"] == ""
    assert lines["Dinas Kependudukan dan Pencatatan Sipil", "wed"] == "09:00-15:00 (12:00-13:00)"


def test_a_service_that_moves_to_another_tenant_is_seen(small_mall: MallFile) -> None:
    def deed(it: Any) -> None:
        it["tenants"][1]["services"].append(it["tenants"][0]["services"].pop())

    assert [one.verb for one in changed(small_mall, deed)] == [Verb.REMOVED, Verb.ADDED]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (True, "true"),
        (7, "7"),
        ("all", "all"),
        (["id", "en"], "id, en"),
        ({"name": "Selesai", "code": "selesai"}, "Selesai"),
        ({"id": "es", "en": "ess"}, "id: es, en: ess"),
        ("x" * 200, "x" * (LONGEST - 1) + "…"),
    ],
)
def test_values_are_short_lines(value: object, expected: str) -> None:
    assert text(value) == expected
