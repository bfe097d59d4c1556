"""The rules that a mall is measured by: what holds when, what is refused, and that what is packaged is sound."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from mpp.law import actions, core, packaged, store
from mpp.law.core import Edition, Instrument, Mark, Rule, Unit
from tests.ticketing.deeds import act, look
from ticketing.core.ids import MallId
from ticketing.core.refused import BadRequest
from ticketing.db import Db


def rule(key: str = "settle.simple", value: str | None = "5", unit: Unit | None = Unit.WORKING_DAYS) -> Rule:
    number = None if value is None else Decimal(value)
    return Rule(key=key, name="A", name_en="A", value=number, unit=unit, source="S", mark=Mark.OWN)


def edition(begins: date, *rules: Rule, name: str = "E") -> Edition:
    return Edition(instrument=Instrument.COMPLAINTS, name=name, valid_from=begins, rules=rules or (rule(),))


OLD, NEW, SAME = (
    edition(date(2018, 1, 1), name="old"),
    edition(date(2025, 7, 1), name="new"),
    edition(date(2025, 7, 1), name="same day, later in the list"),
)


@pytest.mark.parametrize(
    ("day", "editions", "name"),
    [
        (date(2018, 1, 1), [OLD, NEW], "old"),
        (date(2025, 6, 30), [OLD, NEW], "old"),
        (date(2025, 7, 1), [OLD, NEW], "new"),
        (date(2030, 1, 1), [NEW, OLD], "new"),
        (date(2030, 1, 1), [OLD, NEW, SAME], "same day, later in the list"),
    ],
)
def test_the_newest_that_has_begun_holds(day: date, editions: list[Edition], name: str) -> None:
    assert core.in_force(editions, Instrument.COMPLAINTS, day).name == name


def test_before_the_first_nothing_holds() -> None:
    with pytest.raises(LookupError, match="no edition of complaints holds on 2017-12-31"):
        core.in_force([OLD, NEW], Instrument.COMPLAINTS, date(2017, 12, 31))


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ((rule(),), []),
        ((rule(), rule("more", "1", Unit.COUNT)), []),
        ((rule("other"),), ["settle.simple: missing"]),
        ((rule(), rule()), ["settle.simple: twice"]),
        ((rule(unit=Unit.DAYS),), ["settle.simple: must count working_days"]),
        ((rule(value=None, unit=None),), ["settle.simple: must count working_days"]),
        ((rule(value="-1"),), ["settle.simple: below zero"]),
    ],
)
def test_an_edition_says_as_much_as_the_one_before(rules: tuple[Rule, ...], said: list[str]) -> None:
    assert core.faults(edition(date(2026, 1, 1), *rules), [OLD]) == said


def test_what_the_program_asks_for_since_is_in_a_malls_older_edition_too() -> None:
    program = [OLD, edition(date(2025, 1, 1), rule(value="7"), rule("more", "1", Unit.COUNT))]
    own = edition(date(2026, 1, 1), rule(value="9"))
    assert [(one.key, one.value) for one in core.whole(own, program).rules] == [
        ("settle.simple", Decimal(9)),
        ("more", Decimal(1)),
    ]
    assert core.whole(own, []) == own


def test_what_is_packaged_is_sound() -> None:
    known = packaged.editions()
    assert {one.instrument for one in known} == set(Instrument)
    for one in known:
        assert core.faults(one, []) == [], one.name
        assert all(rule.source for rule in one.rules)
        for family in ("grade", "zone", "opinion", "index"):
            bounds = [item.value for item in one.of(family) if item.value is not None]
            assert bounds == sorted(bounds, reverse=True), f"{one.name}: {family}"
        weights = [item.value for item in one.of("weight") if item.value is not None]
        assert sum(weights) == 100 or not weights, one.name


@pytest.mark.parametrize(
    ("instrument", "day", "key", "value", "mark"),
    [  # read once more from the sources that the rows name
        (Instrument.COMPLAINTS, date(2026, 1, 1), "settle.dispute", "14", Mark.VERIFIED),
        (Instrument.COMPLAINTS, date(2026, 1, 1), "reply.written", "14", Mark.UNVERIFIED),
        (Instrument.SURVEY, date(2026, 1, 1), "grade.a", "88.31", Mark.VERIFIED),
        (Instrument.OMBUDSMAN, date(2021, 12, 31), "zone.green", "81.00", Mark.VERIFIED),
        (Instrument.OMBUDSMAN, date(2024, 1, 1), "opinion.a", "88.00", Mark.SECONDARY),
        (Instrument.PEKPPP, date(2026, 1, 1), "weight.staff", "25", Mark.VERIFIED),
        (Instrument.PRIVACY, date(2026, 1, 1), "breach.notice", "72", Mark.VERIFIED),
    ],
)
def test_rules_as_their_sources_say(instrument: Instrument, day: date, key: str, value: str, mark: Mark) -> None:
    found = core.in_force(packaged.editions(), instrument, day).rule(key)
    assert (found.value, found.mark) == (Decimal(value), mark)


def test_words_are_no_numbers() -> None:
    with pytest.raises(KeyError, match="is no number"):
        edition(date(2026, 1, 1), rule(value=None, unit=None)).number("settle.simple")
    with pytest.raises(KeyError, match="has no rule 'nothing'"):
        OLD.number("nothing")


async def test_a_mall_adds_an_edition_and_keeps_the_old_one(db: Db, mall: MallId) -> None:
    before = await look(db, mall, lambda tx: store.in_force(tx, Instrument.SURVEY))
    stricter = tuple(
        replace(one, value=Decimal("90.00"), mark=Mark.OWN) if one.key == "grade.a" else one for one in before.rules
    )
    new = replace(before, name="Edisi baru", valid_from=date(2026, 11, 1), rules=stricter)
    await act(db, mall, lambda tx: actions.add(tx, new))
    assert await look(db, mall, lambda tx: store.in_force(tx, Instrument.SURVEY)) == new
    assert await look(db, mall, lambda tx: store.in_force(tx, Instrument.SURVEY, date(2026, 10, 31))) == before
    with pytest.raises(BadRequest, match="never changed"):
        await act(db, mall, lambda tx: actions.add(tx, new))
    with pytest.raises(BadRequest, match=r"grade\.d: missing"):
        await act(db, mall, lambda tx: actions.add(tx, replace(new, valid_from=date(2026, 12, 1), rules=stricter[:3])))
    old = replace(new, valid_from=date(1999, 1, 1), rules=stricter[:3])
    with pytest.raises(BadRequest, match=r"grade\.d: missing"):
        await act(db, mall, lambda tx: actions.add(tx, old))
