"""Editions of instruments: which rules held on a day, what each says, where it is from, and how sure that is. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct, structs

from ticketing.core.lines import Name, Sentence

Key = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$", max_length=64)]


class Instrument(StrEnum):
    """What a mall is measured by."""

    STANDARDS = "standards"
    COMPLAINTS = "complaints"
    SURVEY = "survey"
    OMBUDSMAN = "ombudsman"
    PEKPPP = "pekppp"
    PRIVACY = "privacy"
    HALL = "hall"


class Mark(StrEnum):
    """How sure a rule is: read in a source, in a weak source, from knowledge only, or set by the mall itself."""

    VERIFIED = "verified"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"
    OWN = "own"


class Unit(StrEnum):
    """What a number counts."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    HOURS = "hours"
    MINUTES = "minutes"
    PERCENT = "percent"
    POINTS = "points"
    YEARS = "years"
    COUNT = "count"


class Rule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One thing that an instrument says: a number with its unit, or only words."""

    key: Key
    name: Name
    name_en: Name
    value: Decimal | None = None
    unit: Unit | None = None
    source: Sentence
    mark: Mark


class Edition(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an instrument says from a day on, until the next edition."""

    instrument: Instrument
    name: Name
    valid_from: date
    rules: Annotated[tuple[Rule, ...], Meta(min_length=1, max_length=200)]

    def rule(self, key: str) -> Rule:
        """Return the rule of that key.

        Raises: KeyError.
        """
        for rule in self.rules:
            if rule.key == key:
                return rule
        raise KeyError(f"{self.name} has no rule {key!r}")

    def number(self, key: str) -> Decimal:
        """Return what a rule of numbers says.

        Raises: KeyError.
        """
        value = self.rule(key).value
        if value is None:
            raise KeyError(f"{key!r} of {self.name} is no number")
        return value

    def of(self, family: str) -> list[Rule]:
        """Return the rules whose keys begin with `family.`, in their order."""
        return [rule for rule in self.rules if rule.key.startswith(f"{family}.")]


def whole(edition: Edition, program: Iterable[Edition]) -> Edition:
    """Return a mall's edition with the rules that the program has come to know since, as its own newest edition says.

    Without them an update of the program would ask for what nobody could have entered.
    """
    own = [one for one in program if one.instrument == edition.instrument]
    newest = max(own, key=lambda one: one.valid_from, default=edition)
    known = {rule.key for rule in edition.rules}
    missing = tuple(rule for rule in newest.rules if rule.key not in known)
    return structs.replace(edition, rules=(*edition.rules, *missing))


def in_force(editions: Iterable[Edition], instrument: Instrument, day: date) -> Edition:
    """Return the edition that holds on a day: of those that have begun the newest, of one day the last in the list.

    Raises: LookupError when none has begun.
    """
    begun = [one for one in editions if one.instrument == instrument and one.valid_from <= day]
    if not begun:
        raise LookupError(f"no edition of {instrument} holds on {day}")
    return max(reversed(begun), key=lambda one: one.valid_from)


def faults(edition: Edition, before: Sequence[Edition]) -> list[str]:
    """Say why an edition cannot follow those before it: rules that are doubled, missing, or of another kind."""
    found = [f"{key}: twice" for key in _twice([rule.key for rule in edition.rules])]
    mine = {rule.key: rule for rule in edition.rules}
    for old in before[-1].rules if before else ():
        new = mine.get(old.key)
        if new is None:
            found.append(f"{old.key}: missing")
        elif (new.value is None, new.unit) != (old.value is None, old.unit):
            found.append(f"{old.key}: must count {old.unit or 'nothing'}")
        elif new.value is not None and new.value < 0:
            found.append(f"{old.key}: below zero")
    return found


def _twice(keys: Sequence[str]) -> list[str]:
    return sorted({key for key in keys if keys.count(key) > 1})
