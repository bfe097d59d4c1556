"""The SQL shape of the versions of a mall's description."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mpp.description.core.difference import Change
from mpp.description.core.plain import Plain
from ticketing.base import Base, MallRow
from ticketing.columns import BigId, Json, words


class Way(StrEnum):
    """How a version came: begun, saved on the page, imported from a file, put back; found is what was there before."""

    BEGUN = "begun"
    SAVED = "saved"
    IMPORTED = "imported"
    PUT_BACK = "put_back"
    FOUND = "found"


class DescriptionVersion(MallRow, Base):
    """One version of a mall's description, never changed; `put_back` is the number of the one that it repeats.

    Until a mall is whole for the first time its newest version is all there is of it; then only whole ones are kept.
    """

    __tablename__ = "description_version"
    __table_args__ = (UniqueConstraint("mall_id", "number"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[int]
    at: Mapped[datetime]
    actor: Mapped[str]
    way: Mapped[Way] = mapped_column(words(Way))
    put_back: Mapped[int | None]
    is_whole: Mapped[bool]
    description: Mapped[Plain] = mapped_column(Json(Plain))
    changes: Mapped[list[Change]] = mapped_column(Json(list[Change]))
