"""How the mall asks its visitors whether they are satisfied, as data that a mall can change. Pure."""

from typing import Annotated, Literal

from msgspec import Meta, Struct


class Surveying(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether visitors are asked, how many of them, and until when they may answer.

    None of these numbers comes from a law that we could verify: the instrument asks for a least number of answers in a
    period, and leaves the rest to whoever asks.
    """

    offered: bool = True
    period_months: Literal[1, 3, 6, 12] = 6
    answer_percent: Annotated[int, Meta(ge=1, le=100)] = 50
    open_days: Annotated[int, Meta(ge=0, le=30)] = 1
    paper_days: Annotated[int, Meta(ge=0, le=60)] = 14
    quick: bool = True
