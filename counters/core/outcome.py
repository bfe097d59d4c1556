"""How a visit ended, where the service wants to know. Pure."""

from collections.abc import Sequence

from counters.core.refused import OutcomeNeeded, UnknownOutcome
from ticketing.core.mall_entries import Outcome


def must_fit(offered: Sequence[Outcome], code: str | None) -> None:
    """Refuse an end without one of the outcomes that the service offers, or with one that it does not.

    Raises: OutcomeNeeded, UnknownOutcome.
    """
    if code is None:
        if offered:
            raise OutcomeNeeded
    elif code not in {outcome.code for outcome in offered}:
        raise UnknownOutcome
