"""Who answers for complaints in a mall, as a mall describes it. Pure."""

from typing import Annotated

from msgspec import Meta, Struct

from ticketing.core.lines import LINE, Name, Sentence

Phone = Annotated[str, Meta(pattern=LINE, max_length=40)]


class ComplaintDesk(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The officer responsible for complaints, where to find and how to reach them: offices, not private data.

    Source: UU 25/2009 Art. 36 (name and address of the person responsible are published).
    """

    officer: Name | None = None
    address: Sentence | None = None
    phone: Phone | None = None
