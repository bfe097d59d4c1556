"""The nine elements and what may be answered: by code, never by order, for agencies order them differently. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

Mark4 = Annotated[int, Meta(ge=1, le=4)]
"""From 1 (not good) to 4 (very good)."""


class Element(StrEnum):
    """What is asked about. Source: PermenPANRB 14/2017, nine elements."""

    REQUIREMENTS = "u1"
    PROCEDURE = "u2"
    TIME = "u3"
    FEE = "u4"
    PRODUCT = "u5"
    COMPETENCE = "u6"
    BEHAVIOUR = "u7"
    COMPLAINTS = "u8"
    FACILITIES = "u9"


ELEMENTS = tuple(Element)


class Way(StrEnum):
    """How an answer came: from the visitor's telephone, at a kiosk, or on paper that somebody entered."""

    PHONE = "phone"
    KIOSK = "kiosk"
    PAPER = "paper"


class Scores(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One questionnaire; what was left out is None."""

    u1: Mark4 | None = None
    u2: Mark4 | None = None
    u3: Mark4 | None = None
    u4: Mark4 | None = None
    u5: Mark4 | None = None
    u6: Mark4 | None = None
    u7: Mark4 | None = None
    u8: Mark4 | None = None
    u9: Mark4 | None = None

    def given(self) -> Mapping[Element, int]:
        """Return what was answered."""
        found = {element: getattr(self, element.value) for element in ELEMENTS}
        return {element: mark for element, mark in found.items() if mark is not None}

    @property
    def is_complete(self) -> bool:
        """Say whether the index counts this one: the formula divides by completed questionnaires only."""
        return len(self.given()) == len(ELEMENTS)
