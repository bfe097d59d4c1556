"""Whoever knows a ticket's code is its holder: no name, no account. Guessing codes is counted and stopped here."""

from collections.abc import Mapping

from ticketing import store
from ticketing.core.ids import MallId
from ticketing.core.refused import UnknownTicket
from ticketing.hall import Hall

UNKNOWN_CODES_A_MINUTE = 100
"""From one address: more than a whole hall behind one address mistypes, or has taken while the line was lost."""

PRIVATE: Mapping[str, str] = {
    "cache-control": "no-store",
    "x-robots-tag": "noindex, nofollow",
    "referrer-policy": "no-referrer",
}
"""Headers of all that shows a ticket: no cache keeps it, no search engine lists it, its code does not leave."""


async def mall_of(hall: Hall, code: str, address: str) -> MallId:
    """Find out in which mall a code is: its holder is nobody, and names no mall.

    A page that asks again and again for the same unknown code (taken while the line was lost) counts once.

    Raises: UnknownTicket, TooManyRequests.
    """
    guesses = f"unknown codes from {address}"
    hall.limits.must_be_below(guesses, UNKNOWN_CODES_A_MINUTE)
    try:
        return await store.mall_of_ticket(hall.db, code)
    except UnknownTicket:
        hall.limits.note(guesses, code)
        raise
